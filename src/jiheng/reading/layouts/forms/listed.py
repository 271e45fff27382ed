"""One table for many projects with one row for each: goals and indicators beside one another, or scores and grades."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from jiheng.budget import (
    CodedName,
    FundingLine,
    Indicator,
    IndicatorValue,
    Place,
    Project,
    ProjectBudget,
    Statement,
    normalise,
    tidy,
)
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.forms.cells import figure, filled, lines_of, text_of
from jiheng.reading.layouts.forms.labels import (
    TOPIC_FIELDS,
    bare,
    column_of,
    field_of,
    fund_column,
    money_unit,
    source_of,
)
from jiheng.reading.layouts.forms.months import last_month
from jiheng.reading.layouts.goals import split_goals
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2

_ORDERS: Final = frozenset({"序号", "编号", "行次"})
_TOTALS: Final = ("合计", "总计", "小计")
_TOLD: Final = frozenset({"goals", "results", "score", "grade", "problems", "improvement", "conclusion"})
_AMOUNTS: Final = frozenset({"amount", "initial", "adjusted", "executed", "forecast"})


class Listing(msgspec.Struct):
    """The heading of such a table.

    ``fields``, ``funds`` and the headings of those (``sources``) by column; ``indicators`` are pairs of columns (name, value) with the level above them.
    """

    rows: int
    fields: dict[int, str]
    funds: dict[int, str]
    sources: dict[int, str]
    indicators: list[tuple[int, int, str]]
    others: dict[int, str]


def heading_of(rows: Sequence[Row]) -> Listing | None:
    """The heading that ``rows`` begin with; ``None`` when they are no such table."""
    if not rows:
        return None
    fields: dict[int, str] = {}
    funds: dict[int, str] = {}
    sources: dict[int, str] = {}
    others: dict[int, str] = {}
    for cell in filled(rows[0]):
        field, fund = field_of(cell.text), fund_column(cell.text)
        if bare(cell.text) in _ORDERS:
            fields[cell.column] = "order"
        elif field is not None and field not in fields.values():
            fields[cell.column] = field
        elif fund is not None or source_of(cell.text) is not None:
            funds[cell.column] = fund or "amount"
            sources[cell.column] = "".join(cell.text.split())
        else:
            others[cell.column] = "".join(cell.text.split())
    pairs = _pairs(rows)
    told = set(fields.values()) & _TOLD
    is_list = "name" in fields.values() and (pairs or (len(told) + len(funds) >= 2 and told))
    if not is_list or any(column_of(cell.text) in ("level1", "level2", "level3") for cell in filled(rows[0])):
        return None
    grouped = {cell.column for cell in filled(rows[0]) if cell.span > 1}
    others = {at: label for at, label in others.items() if not (pairs and at in grouped)}
    return Listing(2 if pairs else 1, fields, funds, sources, pairs, others)


def _pairs(rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """Columns of names and values below wide cells that name a level: 产出指标 over 指标名称 and 指标值."""
    if len(rows) < 2:
        return []
    found = []
    for group in filled(rows[0]):
        name = normalise(group.text)
        if group.span < 2 or not (is_level1(name) or is_level2(name)):
            continue
        under = [
            (cell.column, column_of(cell.text))
            for cell in filled(rows[1])
            if group.column <= cell.column < group.column + group.span
        ]
        names = [at for at, field in under if field == "level3"]
        values = [at for at, field in under if field == "value"]
        found += [(at, value, tidy(group.text)) for at, value in zip(names, values, strict=False)]
    return found


def read(rows: Sequence[Row], heading: Listing, unit: str, ledger: Ledger) -> list[Project]:
    """A project for each row below the heading; lines for totals are furniture."""
    for row in rows[: heading.rows]:
        for label in filled(row):
            unit = money_unit(label.text) or unit
            ledger.furnish("表头", label)
    found: list[Project] = []
    for row in rows[heading.rows :]:
        words = filled(row)
        if words and any(bare(cell.text).startswith(_TOTALS) for cell in words[:3]):
            ledger.furnish("合计行", *words)
        elif words:
            found.append(_project(row, heading, unit, ledger))
    return found


def _project(row: Row, heading: Listing, unit: str, ledger: Ledger) -> Project:
    fields: dict[str, Any] = {"goals": [], "results": []}
    cells: dict[str, Place] = {}
    statements: list[Statement] = []
    for cell in filled(row):
        field = heading.fields.get(cell.column)
        text = text_of(cell)
        if field == "order" or not text:
            ledger.furnish("序号或空格记号", cell)
            continue
        if field in ("goals", "results", "mid_term_goals"):
            fields[field] = split_goals("\n".join(lines_of(cell)), wrapped=False)
            cells[field] = cell.place
        elif field in ("body", "department", "unit"):
            fields.setdefault("unit" if field == "body" else field, CodedName(None, text))
            cells["unit" if field == "body" else field] = cell.place
        elif field in (
            "name",
            "code",
            "manager",
            "phone",
            "starts",
            "ends",
            "period",
            "attribute",
            "score",
            "grade",
        ):
            fields[field], cells[field] = text, cell.place
        elif field is not None or cell.column in heading.others:
            label = _label(heading, cell.column, field)
            topic = field if field in TOPIC_FIELDS else None
            statements.append(Statement(label=label, topic=topic, text=text, place=cell.place))
        else:
            continue
        ledger.take(cell)
    lines = _funding(row, heading, unit, ledger)
    return Project(
        **fields,
        funding=lines,
        budget=_budget(lines, unit),
        indicators=_indicators(row, heading, ledger),
        statements=statements,
        place=row.place,
        cells=cells,
    )


def _label(heading: Listing, at: int, field: str | None) -> str:
    return heading.others.get(at) or {"problems": "存在问题", "improvement": "改进措施"}.get(
        field or "", field or ""
    )


def _funding(row: Row, heading: Listing, unit: str, ledger: Ledger) -> list[FundingLine]:
    amounts: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    label = ""
    for at, field in heading.funds.items():
        cell = row.at(at)
        text = text_of(cell)
        value = figure(text) if field in _AMOUNTS else normalise(text).removesuffix("%")
        if cell is None or not text or value is None or field in amounts:
            continue
        amounts[field], cells[field] = value, cell.place
        if field == "executed":
            amounts["through"] = last_month(heading.sources[at])
        label = label or heading.sources[at]
        ledger.take(cell)
    return (
        [FundingLine(label=label, source="total", unit=unit, place=row.place, cells=cells, **amounts)]
        if amounts
        else []
    )


def _budget(lines: list[FundingLine], unit: str) -> ProjectBudget | None:
    for line in lines:
        for field in ("amount", "adjusted", "initial"):
            if (amount := getattr(line, field)) is not None:
                return ProjectBudget(total=amount, unit=unit, cells={"total": line.cells[field]})
    return None


def _indicators(row: Row, heading: Listing, ledger: Ledger) -> list[Indicator]:
    found = []
    for at, beside, level in heading.indicators:
        name: Cell | None = row.at(at)
        value: Cell | None = row.at(beside)
        if name is None or not text_of(name):
            continue
        ledger.take(name, value)
        cells = {"level3": name.place}
        if value is not None and text_of(value):
            cells["value"] = value.place
        found.append(
            Indicator(
                level1=level if is_level1(normalise(level)) else None,
                level2=None if is_level1(normalise(level)) else level,
                level3=text_of(name),
                value=IndicatorValue.parse(text_of(value)) if text_of(value) else None,
                place=row.place,
                cells=cells,
            )
        )
    return found
