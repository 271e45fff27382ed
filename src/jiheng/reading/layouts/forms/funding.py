"""The money of a form: a table of sources with planned and executed amounts, or pairs of label and amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from jiheng.budget import WAN_YUAN, FundingLine, Place, ProjectBudget, normalise, tidy
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.forms.cells import figure, filled, is_figure, text_of
from jiheng.reading.layouts.forms.labels import column_of, field_of, fund_column, money_unit, source_of
from jiheng.reading.layouts.forms.months import last_month
from jiheng.reading.layouts.forms.tasks import columns_of
from jiheng.reading.layouts.ledger import Ledger

_AMOUNTS = frozenset({"amount", "initial", "adjusted", "executed", "forecast"})
_AMOUNT_FIRST = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万元|万|元)(?=[\d,，;；(]|其中)")
"""An amount before a breakdown, or the same amount again: 854万854万, 854万元，其中…."""


class Funds(msgspec.Struct):
    """The lines gathered so far, and what the form says of their unit."""

    lines: list[FundingLine] = []
    unit: str | None = None
    scopes: dict[int, str] = {}
    """Column of a label of totals -> "year" or "project"."""
    months: dict[int, int] = {}
    """Column of 执行数 -> the last month that its heading names."""
    month: int | None = None
    """The last month that the form names above its table: （2024年1-9月）."""

    def budget(self) -> ProjectBudget | None:
        """This year's total, fiscal and other money."""
        chosen: dict[str, str] = {}
        cells: dict[str, Place] = {}
        for line in self.lines:
            field = {"total": "total", "fiscal": "fiscal", "other": "other"}.get(line.source or "")
            if field is None or line.scope != "year" or field in chosen:
                continue
            name = next(
                (name for name in ("amount", "adjusted", "initial") if getattr(line, name) is not None), None
            )
            if name is not None:
                chosen[field] = getattr(line, name)
                cells[field] = line.cells.get(name) or line.place or Place()
        if not chosen:
            return None
        return ProjectBudget(unit=self.unit or WAN_YUAN, cells=cells, **chosen)

    def settled(self) -> list[FundingLine]:
        """The lines in the unit that the form states; what was spent, up to the month that it names."""
        return [
            msgspec.structs.replace(
                line,
                unit=self.unit or WAN_YUAN,
                through=line.through or self.month if line.executed is not None else None,
            )
            for line in self.lines
        ]


def heading_of(row: Row) -> dict[int, str] | None:
    """The columns of a table of funds that ``row`` heads; ``None`` when it heads none."""
    labels = {cell.column: field for cell in row.cells if (field := fund_column(cell.text)) is not None}
    amounts = [field for field in labels.values() if field in _AMOUNTS]
    words = [text for cell in filled(row) if (text := column_of(cell.text)) in ("level1", "level2", "level3")]
    return labels if len(labels) >= 2 and amounts and not words else None


def read_table(rows: Sequence[Row], index: int, columns: dict[int, str], funds: Funds, ledger: Ledger) -> int:
    """Takes in the rows below the heading at ``index``; how many rows the table has, its heading counted."""
    head, before = rows[index], len(funds.lines)
    funds.months = months_of(head, columns)
    for cell in filled(head):
        funds.unit = funds.unit or money_unit(cell.text)
        if cell.column in columns or source_of(cell.text) or not is_figure(cell.text):
            ledger.furnish("表头", cell)
    count = 1
    while index + count < len(rows):
        row = rows[index + count]
        if columns_of(row) is not None:
            break
        label = next(
            (cell for cell in filled(row) if source_of(cell.text) and cell.column < min(columns)), None
        ) or _other_label(row, columns)
        if label is None:
            break
        _line(row, label, columns, funds, ledger)
        count += 1
    if not any(line.cells for line in funds.lines[before:]):
        # a table that nobody has filled in has the form's own labels and nothing else
        ledger.furnish("未填写的预设行", *rows[index + 1 : index + count])
        del funds.lines[before:]
    return count


def months_of(head: Row, columns: dict[int, str]) -> dict[int, int]:
    """The last month of every column of 执行数 whose heading names one."""
    return {
        cell.column: month
        for cell in filled(head)
        if columns.get(cell.column) == "executed" and (month := last_month(cell.text)) is not None
    }


def _other_label(row: Row, columns: dict[int, str]) -> Cell | None:
    """A label that no list names (基本支出), before at least two amounts."""
    words = [cell for cell in filled(row) if cell.column < min(columns)]
    amounts = [
        at
        for at, field in columns.items()
        if field in _AMOUNTS and (cell := row.at(at)) is not None and is_figure(cell.text)
    ]
    return (
        words[-1]
        if words and amounts and not is_figure(words[-1].text) and not field_of(words[-1].text)
        else None
    )


def _line(row: Row, label: Cell, columns: dict[int, str], funds: Funds, ledger: Ledger) -> None:
    funds.unit = funds.unit or money_unit(label.text)
    fields: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    for at, field in columns.items():
        cell = row.at(at)
        text = text_of(cell)
        if cell is None or not text:
            if cell is not None and filled(Row((cell,), row.place)):
                ledger.furnish("空格记号", cell)
            continue
        value = (
            figure(text)
            if field in _AMOUNTS
            else normalise(text).removesuffix("%")
            if field != "reason"
            else tidy(text)
        )
        if value is None:
            ledger.warn(f"金额“{tidy(text)}”不是数字，请核对。", cell.place)
            value = None
            continue
        fields[field] = value
        cells[field] = cell.place
        if field == "executed":
            fields["through"] = funds.months.get(at)
        ledger.take(cell)
    for cell in filled(row):
        if cell.column < min(columns):
            ledger.take(cell) if cell is label else ledger.furnish("表头", cell)
    funds.lines.append(
        FundingLine(label=_label(label), source=source_of(label.text), place=row.place, cells=cells, **fields)
    )


def read_pair(label: Cell, value: Cell, funds: Funds, ledger: Ledger) -> bool:
    """A label of funds and the amount beside it; ``False`` when they are none."""
    source = source_of(label.text)
    amount = figure(text_of(value))
    if source is not None and amount is None and (stated := _AMOUNT_FIRST.match(normalise(value.text))):
        amount = stated[1].replace(",", "")
        funds.unit = funds.unit or {"万": WAN_YUAN}.get(stated[2], stated[2])
        ledger.warn(f"金额“{tidy(value.text)}”里不止一个数，取了第一个，请核对。", value.place)
    if source is None or (amount is None and text_of(value)):
        return False
    funds.unit = (
        funds.unit or money_unit(label.text) or (money_unit(f"({_tail(value)})") if _tail(value) else None)
    )
    plain = normalise(label.text)
    scope = funds.scopes.get(label.column, "year")
    if source == "total":
        is_whole = any(
            word in plain
            for word in ("项目资金总额", "三年", "实施期", "中期", "项目总", "总投资", "项目预算总额")
        )
        scope = "project" if is_whole and "年度" not in plain else "year"
        funds.scopes[label.column] = scope
    ledger.furnish("表头", label)
    ledger.take(label, value)
    funds.lines.append(
        FundingLine(
            label=_label(label),
            source=source,
            scope=scope,
            amount=amount,
            place=label.place,
            cells={"amount": value.place} if amount else {},
        )
    )
    return True


def settle_scopes(funds: Funds) -> None:
    """A form with one column of totals states the year's money, whatever it calls it."""
    if funds.lines and not any(line.scope == "year" for line in funds.lines):
        funds.lines = [msgspec.structs.replace(line, scope="year") for line in funds.lines]


def _label(cell: Cell) -> str:
    return "".join(cell.text.split())


def _tail(cell: Cell) -> str:
    plain = normalise(cell.text)
    return next((unit for unit in ("万元", "元") if plain.endswith(unit)), "")
