"""What a form says outside the labels and tables that are known: nothing of it is lost, and amounts are amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jiheng.budget import CodedName, FundingLine, Place, Statement, normalise, tidy, without_space
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.forms import headings
from jiheng.reading.layouts.forms.cells import filled, is_figure, text_of
from jiheng.reading.layouts.forms.labels import (
    TOPIC_FIELDS,
    bare,
    column_of,
    field_of,
    fund_column,
    money_unit,
    source_of,
)
from jiheng.reading.layouts.ledger import Ledger

_LINE: Final = re.compile(r"^\s*([^:：。；;]{2,20}?)\s*[:：]\s*(\S.*)$", re.DOTALL)
_AMOUNT: Final = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{2,12}?)(?:\((?P<before>百?万?亿?千?元)\))?[:：为]?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|千元|元)?"
)
_CODED: Final = re.compile(r"^[\[【(]?(\d{3,9}|[0-9A-Z]{10,40})[\]】)]?[-—\s]?([^\d].+)$")
_MONEY_UNIT: Final = re.compile(r"(?:^|\s)(?:金额|计量)?单位\s*[:：]\s*(万元|千元|元)\s*$")
_GOALS: Final = ("goals", "mid_term_goals", "results")
_IN_WORDS: Final = frozenset({"name", "body", "department", "unit", "manager"})
"""Fields whose value is a name."""
_TITLE: Final = re.compile(
    r"^(?:20\d{2}年度?)?(?P<name>.+?)(?:预算)?(?:支出)?(?:绩效.{0,12}|申报|目标)(?:表|申报书|申请书)(?:[(（].{0,16}[)）])?$"
)
_GENERIC: Final = re.compile(
    r"^(?:20\d{2}年度?)?(?:(?:省|市|县|区|州|本|乡镇?)*级|部门|单位|财政|项目|支出|预算|政策|专项|资金|整体|转移支付|区域|中央|对|地方|年度|三年|滚动|规划|重点|情况|债券|政府|和|及|\(|\)|（|）)*$"
)


def parse_line(text: str) -> tuple[str, str, str | None] | None:
    """Label, value and field of a line such as "项目编码：…"; the field is ``None`` for a line of amounts."""
    match = _LINE.match(text)
    if match is None:
        return None
    field = field_of(match[1])
    if field is not None:
        return "".join(match[1].split()), tidy(match[2]), field
    if source_of(match[1]) is not None and _AMOUNT.search(
        normalise(match[2]) if "(" in match[1] else normalise(text)
    ):
        return "".join(match[1].split()), tidy(match[2]), None
    return None


def is_labelled(lines: Sequence[str]) -> bool:
    """Whether the lines of a cell are labels with their values; prose about goals is not."""
    found = [parse_line(line) for line in lines]
    known = [one for one in found if one is not None]
    return bool(known) and found[0] is not None and known[0][2] not in _GOALS and len(known) * 2 >= len(lines)


def amounts(text: str, place: Place) -> list[FundingLine]:
    """The amounts in a line: "批复金额（万元）：450.00，其中：财政资金400.00"."""
    plain = re.sub(r"其中[:：]?", "", normalise(text))
    found = []
    for match in _AMOUNT.finditer(plain):
        source = source_of(match["label"])
        if source is not None:
            digits = match["digits"].replace(",", "")
            found.append(
                FundingLine(
                    label=match["label"], source=source, amount=digits, place=place, cells={"amount": place}
                )
            )
    return found


def without_money_unit(value: str) -> tuple[str, str | None]:
    """A line's value without "单位：万元" at its end, and that unit: "水务局　单位：万元", or nothing but the unit."""
    match = _MONEY_UNIT.search(value)
    return (value, None) if match is None else (value[: match.start()].strip(), match[1])


def is_money_unit(line: str) -> bool:
    """Whether a line holds a label without a value, and the unit of the form's amounts behind it."""
    found = parse_line(line)
    return found is not None and not without_money_unit(found[1])[0]


def unit_of(text: str) -> str | None:
    """The unit of the amounts in a line."""
    match = re.search(r"\((百万元|万元|亿元|千元|元)\)|\d(万元|亿元|千元|元)", normalise(text))
    return (match[1] or match[2]) if match else None


def is_known(cell: Cell) -> bool:
    """Whether a cell is a label that some list names."""
    text = cell.text
    return any(known(text) is not None for known in (field_of, source_of, column_of, fund_column))


def is_value_of(label: Cell, cell: Cell) -> bool:
    """Whether ``cell`` is what a label of words asks for, though it names a source of money: 县级储备粮 as a project.

    It stands right beside the label; a heading of amounts names its unit or the sum, or is one by its whole text.
    """
    text = cell.text
    return (
        field_of(label.text) in _IN_WORDS
        and cell.column == label.column + label.span
        and field_of(text) is None
        and fund_column(text) is None
        and money_unit(text) is None
        and source_of(text) != "total"
    )


def is_label(cell: Cell) -> bool:
    """Whether a cell looks like a label: short, no figure, no sentence."""
    plain = bare(cell.text)
    return (
        0 < len(plain) <= 16 and not is_figure(plain) and not re.search(r"[。；;，,]|^\d(?!\d{3}年)", plain)
    )


def values_of(cells: Sequence[Cell]) -> list[Cell]:
    """The values behind an unknown label: all up to the next label that is known."""
    found: list[Cell] = []
    for cell in cells:
        if is_known(cell):
            break
        found.append(cell)
    return found


def labels_above(rows: Sequence[Row], index: int) -> list[tuple[Cell, Cell]]:
    """Labels in the row at ``index`` that each have their value below; none when it is no such row."""
    words = filled(rows[index])
    if len(words) < 2 or index + 1 >= len(rows) or headings.is_heading(rows[index]):
        return []
    below = rows[index + 1]
    pairs: list[tuple[Cell, Cell]] = []
    for label in words:
        field = field_of(label.text)
        if field in _GOALS or field in TOPIC_FIELDS:
            return []
        if field is None and source_of(label.text) is None:
            # one label of the side, such as 资金来源 over 申请数
            if label is words[0] and len(words) > 2:
                continue
            return []
        value = below.at(label.column)
        if value is None or value.column != label.column or field_of(value.text) is not None:
            return []
        if value.rows > 1 or fund_column(value.text) is not None:
            return []  # below labels that nobody has filled in begins the table of funds
        if field is None and not (is_figure(value.text) or not text_of(value)):
            return []
        pairs.append((label, value))
    funds = [value for label, value in pairs if field_of(label.text) is None]
    if funds and not any(is_figure(value.text) for value in funds):
        return []  # a project named like a source of money, and what stands below it
    return pairs if len(pairs) >= 2 and any(text_of(value) for _, value in pairs) else []


def _is_of_form(cell: Cell) -> bool:
    """Whether a cell is a label whose value stands beside it, and no heading of a column."""
    field = field_of(cell.text)
    return (field is not None and field not in TOPIC_FIELDS) or (
        source_of(cell.text) is not None and fund_column(cell.text) is None
    )


def details(
    rows: Sequence[Row], index: int, ledger: Ledger
) -> tuple[list[Statement], FundingLine | None, int]:
    """The rows of a table that no list names, its sum, and how many rows it has with its heading (0: there is none).

    Its heading has four labels and more, and the row below it two figures and more under them.
    """
    head = filled(rows[index])
    if len(head) < 4 or not all(is_label(cell) and not _is_of_form(cell) for cell in head):
        return [], None, 0
    labels = {cell.column: "".join(cell.text.split()) for cell in head}
    found: list[Statement] = []
    for row in rows[index + 1 :]:
        cells = filled(row)
        if (
            len(cells) < 3
            or sum(is_figure(cell.text) for cell in cells) < 2
            or not {cell.column for cell in cells} <= set(labels)
        ):
            break
        named = next((cell for cell in cells if not is_figure(cell.text)), cells[0])
        told = [f"{labels[cell.column]}：{tidy(cell.text)}" for cell in cells if cell is not named]
        found.append(
            Statement(
                label=tidy(named.text),
                topic="calculation",
                text="；".join([*(one.rstrip("。；;") for one in told[:-1]), told[-1]]),
                place=row.place,
            )
        )
        ledger.take(*cells)
    if not found:
        return [], None, 0
    ledger.furnish("表头", *head)
    return found, total_of(rows[index + len(found)], head), len(found) + 1


def total_of(row: Row, head: Sequence[Cell]) -> FundingLine | None:
    """The amount of all details, if ``row`` is their sum: in the last column of amounts."""
    label = filled(row)[0]
    columns = [cell.column for cell in head if re.search(r"金额|预算|合计|小计", bare(cell.text))]
    cell = row.at(columns[-1]) if columns else None
    if not bare(label.text).startswith(("合计", "总计")) or cell is None or not is_figure(cell.text):
        return None
    amount = normalise(cell.text).replace(",", "")
    return FundingLine(
        label=tidy(label.text), source="total", amount=amount, place=row.place, cells={"amount": cell.place}
    )


def is_title(text: str) -> bool:
    """Whether a line is the title of a form or of its goals."""
    plain = normalise(text)
    return (
        len(plain) <= 50
        and re.search(r"(?:绩效目标|绩效指标|表|申报书|自评)(?:[(（][^()（）]{1,16}[)）])?$", plain)
        is not None
    )


def name_in_title(text: str) -> str | None:
    """The project that a title names ("文化馆免费开放项目绩效目标表"), ``None`` when it names none."""
    match = _TITLE.match("".join(text.split()))
    if (
        match is None
        or re.search(r"汇总|一览|清单|20\d{2}年度?项目$", match["name"])
        or _GENERIC.match(match["name"])
        or len(match["name"]) < 4
    ):
        return None
    return match["name"]


def is_structure(cell: Cell, row: Row) -> bool:
    """Whether a label only heads the rows beside it (merged over several rows, with another label beside it)."""
    if field_of(cell.text) in ("name", "unit", "department"):
        return False
    words = filled(row)
    position = next(index for index, other in enumerate(words) if other is cell)
    if position + 1 >= len(words):
        return False
    after = words[position + 1]
    is_other_label = (
        field_of(after.text) is not None
        or source_of(after.text) is not None
        or fund_column(after.text) is not None
    )
    return is_other_label and (cell.rows > 1 or position == 0) and not is_figure(after.text)


def coded(text: str) -> CodedName:
    match = _CODED.match(without_space(text))
    return CodedName(match[1], match[2]) if match else CodedName(None, tidy(text))
