"""年度主要任务: the tasks of a department, each with its money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from jiheng.budget import Place, Task
from jiheng.reading.blocks import Row
from jiheng.reading.layouts.forms import headings
from jiheng.reading.layouts.forms.cells import figure, filled, text_of
from jiheng.reading.layouts.forms.labels import bare, field_of, money_unit
from jiheng.reading.layouts.ledger import Ledger

if TYPE_CHECKING:
    from jiheng.reading.layouts.forms.funding import Funds

_TASKS: Final = ((re.compile(r"(?:工作|重点)?任务名称|重点工作任务|主要任务|工作任务"), "name"), (re.compile(r"主要内容|任务内容|工作内容"), "content"),
                 (re.compile(r"(?:预算)?(?:金额)?总额|预算金额|预算数|合计"), "total"), (re.compile(r"财政拨款|财政资金"), "fiscal"),
                 (re.compile(r"其他资金|其他"), "other"), (re.compile(r"执行数|实际支出"), "executed"), (re.compile(r"完成情况"), "result"))  # fmt: skip
_GOALS: Final = ("goals", "mid_term_goals", "results")


def columns_of(row: Row) -> dict[int, str] | None:
    """The columns of a table of tasks that ``row`` heads; ``None`` when it heads none."""
    found: dict[int, str] = {}
    for cell in filled(row):
        field = next((field for pattern, field in _TASKS if pattern.fullmatch(bare(cell.text))), None)
        if field is not None and field not in found.values():
            found[cell.column] = field
    return found if {"name", "content"} <= set(found.values()) else None


def read(
    rows: Sequence[Row], index: int, columns: dict[int, str], funds: Funds, ledger: Ledger
) -> tuple[list[Task], int]:
    """The tasks below the heading at ``index``; how many rows the table has, its heading counted."""
    for cell in filled(rows[index]):
        funds.unit = funds.unit or money_unit(cell.text)
        ledger.furnish("表头", cell)
    count = 1
    if index + 1 < len(rows):
        second = {
            cell.column: field
            for cell in filled(rows[index + 1])
            for pattern, field in _TASKS
            if pattern.fullmatch(bare(cell.text))
        }
        if len(second) >= 2 and set(second.values()) <= {"total", "fiscal", "other"}:
            first = {at: field for at, field in columns.items() if field not in second.values()}
            columns = {**first, **second}
            ledger.furnish("表头", rows[index + 1])
            count = 2
    found: list[Task] = []
    while index + count < len(rows):
        row = rows[index + count]
        if any(field_of(cell.text) in _GOALS for cell in filled(row)) or headings.is_heading(row):
            break
        found += _task(row, columns, ledger)
        count += 1
    return found, count


def _task(row: Row, columns: dict[int, str], ledger: Ledger) -> list[Task]:
    fields: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    for at, field in columns.items():
        cell = row.at(at)
        text = text_of(cell)
        if cell is None or not text:
            continue
        value = figure(text) if field in ("total", "fiscal", "other", "executed") else text
        if value is not None:
            fields[field], cells[field] = value, cell.place
            ledger.take(cell)
    first = min(columns)
    for cell in filled(row):
        if cell.column < first:
            ledger.furnish("表头", cell)
    if bare(str(fields.get("name", ""))).startswith(("金额合计", "合计", "总计")):
        ledger.furnish("合计行", row)
        return []
    return [Task(place=row.place, cells=cells, **fields)] if fields else []
