"""Lists of projects, a row each: what a project library hands out (项目库清单, 项目汇总表), under any title.

A ``TableReader`` (see ``layouts.claimed``). Forms with one label beside each value are not lists, however alike their
first row looks: below a list's 项目编码 stand codes, and below its 项目名称 no labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from jiheng.budget import (
    WAN_YUAN,
    CodedName,
    FundingLine,
    Kind,
    Place,
    Project,
    ProjectBudget,
    Statement,
    normalise,
)
from jiheng.reading.blocks import Block, Paragraph, Row, Table
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.forms import loose
from jiheng.reading.layouts.forms.cells import figure, filled, text_of
from jiheng.reading.layouts.forms.labels import bare, field_of, fund_column, money_unit, source_of
from jiheng.reading.layouts.ledger import Ledger

_TITLE: Final = re.compile(r"项目.{0,12}(?:清单|目录|名单|汇总表|明细表|一览表|项目库|台账|列表)$|项目库")
_ORDERS: Final = frozenset({"序号", "编号", "行次"})
_TOTALS: Final = ("合计", "总计", "小计")
_CODE: Final = re.compile(r"^[0-9A-Z][0-9A-Z-]{9,24}$")
_UNIT_CODE: Final = re.compile(r"^(?:预算)?(?:单位|部门)(?:编码|代码)$")
_PLAIN: Final = frozenset({"name", "code", "manager", "phone", "starts", "ends", "period", "attribute"})
_BODIES: Final = {"body": "unit", "unit": "unit", "department": "department"}
_YEAR: Final = re.compile(r"\(?(20\d{2})年度?\)?$")
_ABOVE: Final = 4
"""So many lines above a list are its title, its year, who filled it in, and the unit of its amounts."""
_HEAD: Final = 3
"""A title may stand in so many rows above the headings, in the table itself."""
_FEWEST: Final = 3
"""Columns of a list."""


class Columns(msgspec.Struct):
    """What the columns of a list are: fields of a project, amounts, and the headings of all."""

    head: int
    fields: dict[int, str]
    amounts: dict[int, str]
    labels: dict[int, str]


def columns_of(rows: Sequence[Row]) -> Columns | None:
    """The columns of a list of projects; ``None`` when ``rows`` are none."""
    for head in range(min(_HEAD, len(rows) - 1)):
        found = _columns(rows[head], head)
        if found is not None:
            return found if _is_list(rows[head + 1 :], found) else None
        if len(filled(rows[head])) > 1:
            return None
    return None


def _columns(row: Row, head: int) -> Columns | None:
    fields: dict[int, str] = {}
    amounts: dict[int, str] = {}
    labels = {cell.column: bare(cell.text) for cell in filled(row)}
    for cell in filled(row):
        field = field_of(cell.text)
        if bare(cell.text) in _ORDERS:
            fields[cell.column] = "order"
        elif _UNIT_CODE.match(bare(cell.text)):
            fields[cell.column] = "unit_code"
        elif field in _PLAIN and field not in fields.values():
            fields[cell.column] = field
        elif field in _BODIES and _BODIES[field] not in fields.values():
            fields[cell.column] = _BODIES[field]
        elif fund_column(cell.text) or source_of(cell.text):
            amounts[cell.column] = normalise(cell.text)
    names = set(fields.values())
    is_known = "name" in names and ("code" in names or amounts) and len(labels) >= _FEWEST
    return Columns(head, fields, amounts, labels) if is_known else None


def _is_list(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether what stands below the headings are projects."""
    below = [row for row in rows if filled(row) and not _is_total(row)]
    at = {field: column for column, field in columns.fields.items()}
    if not below:
        return False
    due = max(1, len(below) * 3 // 4)
    good = 0
    for left, row in zip(range(len(below), 0, -1), below, strict=True):
        if good + left < due:
            return False
        name = text_of(row.at(at["name"]))
        is_named = bool(name) and field_of(name) is None and figure(name) is None
        code = normalise(text_of(row.at(at["code"]))) if "code" in at else ""
        amounts = [text for column in columns.amounts if (text := text_of(row.at(column)))]
        has_figures = bool(amounts) and all(figure(text) is not None for text in amounts)
        good += is_named and (_CODE.match(code) is not None if "code" in at else has_figures)
    return good >= due


def _is_total(row: Row) -> bool:
    return any(bare(cell.text).startswith(_TOTALS) for cell in filled(row)[:3])


def claims(table: Table, before: Sequence[Block]) -> bool:
    """Whether ``table`` is a list of projects without goals and indicators, which are read as forms."""
    rows = [row for row in table.rows if not row.is_blank]
    found = columns_of(rows)
    return found is not None and not any(
        (field_of(label) or "") in ("goals", "mid_term_goals", "results", "score", "grade")
        for label in found.labels.values()
    )


def caption_length(before: Sequence[Paragraph]) -> int:
    """The title, and the line with unit and date."""
    count = 0
    for line in reversed(before[-_ABOVE:]):
        text = normalise(line.text)
        is_known = (
            _TITLE.search(text)
            or _YEAR.match(text)
            or money_unit(text)
            or _body(line)
            or line.style == "furniture"
        )
        if len(text) > 50 or not is_known:
            break
        count += 1
    return count


def note_length(after: Sequence[Paragraph]) -> int:
    """None: what stands below a list is text of its own."""
    return 0


def read(tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """A project for each row."""
    projects: list[Project] = []
    fields: dict[str, Any] = {"kind": Kind.PROJECT_LIST, "projects": projects}
    for claimed in tables:
        rows = claimed.rows
        columns = columns_of(rows)
        if columns is None:
            continue
        unit = WAN_YUAN
        for line in claimed.caption:
            unit = money_unit(line.text) or unit
            _title(line.text, fields)
            _line(line, fields)
            ledger.furnish("表题、日期和计量单位", line)
        for row in rows[: columns.head + 1]:
            for cell in filled(row):
                unit = money_unit(cell.text) or unit
                if len(filled(row)) == 1:
                    _title(cell.text, fields)
                ledger.furnish("表头", cell)
        for row in rows[columns.head + 1 :]:
            if _is_total(row):
                ledger.furnish("合计行", *filled(row))
            elif filled(row):
                projects.append(_project(row, columns, unit, ledger))
    departments = {project.department for project in projects if project.department}
    if len(departments) == 1:
        fields["department"] = departments.pop()
    return fields


def _line(line: Paragraph, fields: dict[str, Any]) -> None:
    """Takes in the year, or the body that filled the list in."""
    if (year := _YEAR.match(normalise(line.text))) is not None:
        fields.setdefault("fiscal_year", int(year[1]))
    if name := _body(line):
        fields["department"] = loose.coded(name)


def _body(line: Paragraph) -> str:
    """The body in a line such as "填报单位：…　单位：万元", "" without one."""
    found = loose.parse_line(line.text)
    is_body = found is not None and found[2] in ("unit", "body", "department")
    return loose.without_money_unit(found[1])[0] if found is not None and is_body else ""


def _title(text: str, fields: dict[str, Any]) -> None:
    """Takes in a title; of two (a worksheet's name and the line above the headings) the one that says more."""
    plain = normalise(text)
    if _TITLE.search(plain) and len(plain) > len(normalise(fields.get("title"))):
        fields["title"] = text.strip()
        if (year := re.search(r"(20\d{2})年", plain)) is not None:
            fields["fiscal_year"] = int(year[1])


def _project(row: Row, columns: Columns, unit: str, ledger: Ledger) -> Project:
    fields: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    statements: list[Statement] = []
    code = ""
    for cell in filled(row):
        field, text = columns.fields.get(cell.column), text_of(cell)
        if field == "order" or not text:
            ledger.furnish("序号或空格记号", cell)
        elif field == "unit_code":
            code = text
            ledger.take(cell)
        elif field in ("unit", "department"):
            fields[field], cells[field] = loose.coded(text), cell.place
            ledger.take(cell)
        elif field is not None:
            fields[field], cells[field] = text, cell.place
            ledger.take(cell)
        elif cell.column not in columns.amounts or figure(text) is None:
            label = columns.labels.get(cell.column, "")
            statements.append(Statement(label=label, topic=None, text=text, place=cell.place))
            ledger.take(cell)
    if code:
        fields["unit"] = CodedName(code, fields["unit"].name if "unit" in fields else None)
    lines = _funding(row, columns, unit, ledger)
    return Project(
        **fields,
        funding=lines,
        budget=_budget(lines, unit),
        statements=statements,
        place=row.place,
        cells=cells,
    )


def _funding(row: Row, columns: Columns, unit: str, ledger: Ledger) -> list[FundingLine]:
    lines = []
    for at, label in columns.amounts.items():
        cell = row.at(at)
        amount = figure(text_of(cell))
        if cell is not None and amount is not None:
            ledger.take(cell)
            source = source_of(label) or "total"
            lines.append(
                FundingLine(
                    label=label,
                    source=source,
                    amount=amount,
                    unit=unit,
                    place=row.place,
                    cells={"amount": cell.place},
                )
            )
    return lines


def _budget(lines: Sequence[FundingLine], unit: str) -> ProjectBudget | None:
    """The total of the row: the column that says so, else the only amount."""
    line = next((line for line in lines if line.source == "total"), lines[0] if len(lines) == 1 else None)
    if line is None:
        return None
    return ProjectBudget(total=line.amount, unit=unit, cells={"total": line.cells["amount"]})


__all__ = ["caption_length", "claims", "note_length", "read"]
