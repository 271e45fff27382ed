"""A small table inside a form, beside one label that is merged over its heading and all its rows.

"项目预算 | 成本构成 | 金额 | 测算依据" over a row for each cost, "实施进度计划 | 内容 | 开始时间 | 完成时间" over a row for each step.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from jiheng.budget import FundingLine, Statement, tidy
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.forms import headings, loose
from jiheng.reading.layouts.forms.cells import filled, is_figure, text_of
from jiheng.reading.layouts.forms.labels import TOPIC_FIELDS, field_of, fund_column
from jiheng.reading.layouts.ledger import Ledger

_COLUMNS = 3
"""A heading has so many labels beside the merged one; with fewer they are labels and values."""


class Framed(msgspec.Struct):
    """What was read: a statement a row, the sum of the amounts, and how many rows of the form that were."""

    statements: list[Statement]
    total: FundingLine | None
    rows: int


def read(rows: Sequence[Row], index: int, ledger: Ledger) -> Framed | None:
    """The table whose heading begins in the row at ``index``; ``None`` when there is none."""
    words = filled(rows[index])
    if len(words) <= _COLUMNS or headings.is_heading(rows[index]):
        return None
    side, head = words[0], words[1:]
    body = rows[index + 1 : index + side.rows]
    if side.rows < 2 or not body or not all(_heads_column(cell) for cell in head):
        return None
    columns = {cell.column: "".join(cell.text.split()) for cell in head}
    if not all(_is_under(filled(row), columns) for row in body if filled(row)):
        return None
    ledger.furnish("表头", side, *head)
    return Framed(
        [_statement(row, side, columns, ledger) for row in body if filled(row)],
        next((line for row in body if filled(row) and (line := loose.total_of(row, head))), None),
        1 + len(body),
    )


def _heads_column(cell: Cell) -> bool:
    return loose.is_label(cell) and bool(text_of(cell)) and not _holds_text(cell)  # a stroke heads none


def _holds_text(cell: Cell) -> bool:
    """Whether a label is of a field that the form asks for, and so heads no column."""
    field = field_of(cell.text)
    return field is not None and field not in TOPIC_FIELDS | {"starts", "ends", "unit", "manager"}


def _is_under(cells: Sequence[Cell], columns: dict[int, str]) -> bool:
    """Whether a row has two cells and more, each under a label, and its first cell is no label of the form."""
    first = cells[0]
    return (
        len(cells) >= 2
        and {cell.column for cell in cells} <= set(columns)
        and (is_figure(first.text) or (field_of(first.text) is None and fund_column(first.text) is None))
    )


def _statement(row: Row, side: Cell, columns: dict[int, str], ledger: Ledger) -> Statement:
    """A row: named by its first cell, what stands in the others each with the heading of its column."""
    named, *others = filled(row)
    ledger.take(named, *others)
    topic = field_of(side.text)
    return Statement(
        label=tidy(named.text),
        topic=topic if topic in TOPIC_FIELDS else "calculation",
        text="；".join(f"{columns[cell.column]}：{tidy(cell.text).rstrip('。；;')}" for cell in others),
        place=row.place,
    )


__all__ = ["Framed", "read"]
