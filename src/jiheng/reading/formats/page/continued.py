"""Tables that go on over a page break, made one: repeated heads dropped, columns matched by where they stand."""

from __future__ import annotations

from typing import Final

import msgspec

from jiheng.budget import is_blank, normalise
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table
from jiheng.reading.formats.page.rulings import cluster

_NEAR: Final = 0.012
"""Edges nearer than this share of the page's width are the same."""
_CUT: Final = 12
"""A cell with at least so many signs may have been cut by the page break."""


def join_tables(blocks: list[Block]) -> list[Block]:
    """``blocks`` with each table and its continuations on following pages as one table."""
    joined: list[Block] = []
    for block in blocks:
        at = _last_table(joined)
        before = joined[at] if at is not None else None
        if (
            at is not None
            and isinstance(block, Table)
            and isinstance(before, Table)
            and _goes_on(before, block)
        ):
            joined[at], heads = _join(before, block)
            joined += heads
            continue
        joined.append(block)
    return joined


def _last_table(blocks: list[Block]) -> int | None:
    """The table at the end of ``blocks``, page furniture left aside."""
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if isinstance(block, Table):
            return index
        if block.style != "furniture":
            return None
    return None


def _goes_on(before: Table, after: Table) -> bool:
    """Whether ``after`` stands on the page behind ``before`` between the same margins."""
    last = before.rows[-1].place.page
    if last is None or after.place.page != last + 1:
        return False
    one, other = _margins(before), _margins(after)
    return (
        one is not None
        and other is not None
        and all(abs(a - b) <= _NEAR * 2 for a, b in zip(one, other, strict=True))
    )


def _margins(table: Table) -> tuple[float, float] | None:
    boxes = [cell.place.box for row in table.rows[-3:] for cell in row.cells if cell.place.box]
    return (min(box.left for box in boxes), max(box.right for box in boxes)) if boxes else None


def _join(before: Table, after: Table) -> tuple[Table, list[Block]]:
    heads = _repeated_rows(before, after)
    furniture: list[Block] = [
        Paragraph(cell.text, cell.place, "furniture")
        for row in after.rows[:heads]
        for cell in row.cells
        if not is_blank(cell.text)
    ]
    rest = list(after.rows[heads:])
    rows = list(before.rows)
    xs = cluster(
        [
            edge
            for row in (*rows, *rest)
            for cell in row.cells
            if cell.place.box
            for edge in (cell.place.box.left, cell.place.box.right)
        ],
        _NEAR,
    )
    rows, rest = [_on(row, xs) for row in rows], [_on(row, xs) for row in rest]
    if rows and rest and _is_rest_of(rows[-1], rest[0]):
        rows[-1] = _merged(rows[-1], rest[0])
        rest = rest[1:]
    return Table((*rows, *rest), before.place), furniture


def _repeated_rows(before: Table, after: Table) -> int:
    """How many rows at the head of ``after`` repeat the head of ``before``."""
    count = 0
    for one, other in zip(before.rows, after.rows, strict=False):
        words = [normalise(cell.text) for cell in other.cells]
        if not any(words) or words != [normalise(cell.text) for cell in one.cells]:
            break
        count += 1
    # a single row of figures that happens to be the same is content
    if count and all(
        any(sign.isdigit() for sign in cell.text) or is_blank(cell.text)
        for row in after.rows[:count]
        for cell in row.cells
    ):
        return 0
    return count


def _on(row: Row, xs: list[float]) -> Row:
    """``row`` on the columns between ``xs``."""
    cells = []
    for cell in row.cells:
        box = cell.place.box
        if box is None:
            return row
        left, right = _index(xs, box.left), _index(xs, box.right)
        cells.append(
            msgspec.structs.replace(
                cell,
                column=left,
                span=max(1, right - left),
                place=msgspec.structs.replace(cell.place, column=left + 1),
            )
        )
    return Row(tuple(cells), row.place)


def _index(xs: list[float], at: float) -> int:
    return min(range(len(xs)), key=lambda index: abs(xs[index] - at))


def _is_rest_of(last: Row, first: Row) -> bool:
    """Whether ``first`` holds nothing but the ends of long texts that ``last`` begins."""
    filled = [cell for cell in first.cells if not is_blank(cell.text)]
    if not filled or len(filled) > 2:
        return False
    for cell in filled:
        start = _same_column(last, cell)
        if start is None or len(start.text) < _CUT or start.text.rstrip().endswith(("。", "；", "！", ";")):
            return False
    return len([cell for cell in last.cells if not is_blank(cell.text)]) > len(filled)


def _same_column(row: Row, cell: Cell) -> Cell | None:
    return next(
        (other for other in row.cells if other.column == cell.column and other.span == cell.span), None
    )


def _merged(last: Row, first: Row) -> Row:
    cells = []
    for cell in last.cells:
        more = _same_column(first, cell)
        if more is None or is_blank(more.text):
            cells.append(cell)
        else:
            cells.append(msgspec.structs.replace(cell, text=f"{cell.text}\n{more.text}"))
    return Row(tuple(cells), last.place)
