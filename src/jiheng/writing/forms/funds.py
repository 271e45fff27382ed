"""The money of a form: pairs of a source and its amount, or a table with what was planned and executed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.budget import WAN_YUAN, DepartmentGoals, FundingLine, Project
from jiheng.writing.forms.ruling import CHARACTER, MARGIN, Strip, figures_length, label, shared, short, wanted
from jiheng.writing.pages import Cell, figure

_BUDGET = (("total", "年度资金总额："), ("fiscal", "其中：财政拨款"), ("other", "其他资金"))
_WHOLE = ("中期资金总额：", "其中：财政拨款", "其他资金")
_SIDE, _SIDE_LEAST = 25.0, 19.0
"""Of 项目资金 over （万元）, in mm."""
_AMOUNTS = ("initial", "adjusted", "amount", "executed", "forecast")
_HEADS = {
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "amount": "预算金额",
    "executed": "执行数",
    "forecast": "全年预计执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
    "reason": "偏差原因",
}
_NONE = "—"


def unit_of(part: Project | DepartmentGoals) -> str:
    """The unit of the form's amounts: that of its first line."""
    budget = getattr(part, "budget", None)
    lines = lines_of(part)
    return lines[0].unit if lines else budget.unit if budget else WAN_YUAN


def lines_of(part: Project | DepartmentGoals) -> list[FundingLine]:
    """The lines of a form, and one for each amount of the project's budget that none of them states."""
    found = list(part.funding)
    budget = part.budget if isinstance(part, Project) else None
    for field, name in _BUDGET if budget else ():
        amount = getattr(budget, field)
        stated = [line for line in part.funding if line.source == field]
        if amount and not any(amount in _amounts(line).values() for line in stated):
            found.append(
                FundingLine(label=name, source=field, unit=budget.unit if budget else WAN_YUAN, amount=amount)
            )
    return found


def _amounts(line: FundingLine) -> dict[str, str]:
    return {field: value for field in _AMOUNTS if (value := getattr(line, field)) is not None}


def is_plain(lines: Sequence[FundingLine]) -> bool:
    """Whether the lines state one amount each and nothing besides."""
    return all(
        set(_amounts(line)) <= {"amount"} and not (line.rate or line.weight or line.score or line.reason)
        for line in lines
    )


def pair_strips(lines: Sequence[FundingLine], unit: str, width: float, *, has_whole: bool) -> list[Strip]:
    """Sources with their amounts; those of the whole project stand left of those of the year.

    Args:
        has_whole: the form asks for the medium term as well.
    """
    left = [line for line in lines if line.scope == "project"]
    if not (left or has_whole):
        return _one_sided(lines, unit, width)
    rows = list(_paired(lines)) if lines else [(None, None)] * len(_BUDGET)
    half = (width - _SIDE) / 2
    name, amount = half * 0.55, half * 0.45
    strips: list[Strip] = []
    for number, (whole, year) in enumerate(rows):
        cells = (
            *_pair(whole, unit, _WHOLE[number] if not lines else ""),
            *_pair(year, unit, _BUDGET[number][1] if not lines else ""),
        )
        side = label(f"项目资金\n（{unit}）", len(rows)) if number == 0 else None
        strips.append([(_SIDE, side), *zip((name, amount) * 2, cells, strict=True)])
    return strips


def _one_sided(lines: Sequence[FundingLine], unit: str, width: float) -> list[Strip]:
    pairs = [_pair(line, unit, "") for line in lines] or [_pair(None, unit, name) for _, name in _BUDGET]
    half = (width - _SIDE) / 2
    return [
        [
            (_SIDE, label(f"项目资金\n（{unit}）", len(pairs)) if number == 0 else None),
            (half, name),
            (half, amount),
        ]
        for number, (name, amount) in enumerate(pairs)
    ]


def _paired(
    lines: Sequence[FundingLine],
) -> Iterator[tuple[FundingLine | None, FundingLine | None]]:
    """A line of the whole project with the one of the year that follows it."""
    index = 0
    while index < len(lines):
        line = lines[index]
        after = lines[index + 1] if index + 1 < len(lines) else None
        if line.scope == "project" and after is not None and after.scope != "project":
            yield line, after
            index += 2
        else:
            yield (line, None) if line.scope == "project" else (None, line)
            index += 1


def _pair(line: FundingLine | None, unit: str, blank: str) -> tuple[Cell, Cell]:
    if line is None:
        return label(blank), figure("")
    return label(line.label), figure(_stated(line.amount, line.unit, unit) or _NONE)


def _stated(amount: str | None, own: str, unit: str) -> str | None:
    """An amount in the unit of the form, or with its own where that is another."""
    return f"{amount}{own}" if amount and own != unit and amount[-1].isdigit() else amount


def table_strips(
    lines: Sequence[FundingLine],
    unit: str,
    width: float,
    *,
    fields: Sequence[str],
    heads: dict[str, str],
    usual: Sequence[str],
) -> Iterator[Strip]:
    """A table of the sources with what was planned and executed of each.

    Args:
        fields: of the columns that the form has; more are added where a line says more. ``heads``: their headings.
        usual: the sources of a form that nobody has filled in.
    """
    shown = _shown(fields, lines)
    names = [line.label for line in lines] or list(usual)
    texts = {field: [text_of(line, field, unit) for line in lines] for field in shown}
    widths = shared(_wants(lines, names, unit, shown, heads), width)
    head = [label(""), *(label(heads.get(field, _HEADS[field])) for field in shown)]
    side = label(f"项目资金\n（{unit}）", len(names) + 1)
    yield list(zip(widths, [side, *head], strict=True))
    for number, name in enumerate(names):
        cells = [_cell(field, texts[field][number] if lines else "") for field in shown]
        yield list(zip(widths, [None, label(name), *cells], strict=True))


def needed(lines: Sequence[FundingLine], fields: Sequence[str]) -> float:
    """The least width of the table, in mm."""
    names = [line.label for line in lines]
    unit = lines[0].unit if lines else WAN_YUAN
    return sum(least for least, _ in _wants(lines, names, unit, _shown(fields, lines), {}))


def _wants(
    lines: Sequence[FundingLine],
    names: Sequence[str],
    unit: str,
    shown: Sequence[str],
    heads: dict[str, str],
) -> list[tuple[float, float]]:
    texts = {field: [text_of(line, field, unit) for line in lines] for field in shown}
    found = [(_SIDE_LEAST, _SIDE), wanted("年度资金总额", names, most=10)]
    return found + [_wanted(field, heads.get(field, _HEADS[field]), texts[field]) for field in shown]


def _shown(fields: Sequence[str], lines: Sequence[FundingLine]) -> list[str]:
    """The columns of the form in its order, and where they belong those that a line fills besides."""
    found, order = list(fields), list(_HEADS)
    for field in order:
        if field not in found and any(getattr(line, field) for line in lines):
            before = [at for at, other in enumerate(found) if order.index(other) < order.index(field)]
            found.insert(before[-1] + 1 if before else 0, field)
    return found


def _wanted(field: str, head: str, texts: Sequence[str]) -> tuple[float, float]:
    least, liked = wanted(head, texts, most=14)
    if field in _AMOUNTS:
        liked = max(liked, figures_length(texts) * CHARACTER + MARGIN)
    elif field == "reason":
        return max(least, 5 * CHARACTER + MARGIN), liked
    return max(least, liked), liked  # a figure stands on one line


def text_of(line: FundingLine, field: str, unit: str) -> str:
    """What stands in a column of the table."""
    value = getattr(line, field)
    if value is None:
        return ""
    if field in _AMOUNTS:
        return _stated(value, line.unit, unit) or ""
    return f"{value}%" if field == "rate" and value[-1:].isdigit() else str(value)


def _cell(field: str, text: str) -> Cell:
    return figure(text) if field in _AMOUNTS else short(text)


def points_of(lines: Sequence[FundingLine]) -> Decimal:
    """The points for execution that the lines state."""
    return sum(
        (Decimal(line.weight) for line in lines if line.weight and _is_number(line.weight)), Decimal(0)
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
