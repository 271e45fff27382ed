"""Tables that a page break or an empty line cut in two, put together again."""

from __future__ import annotations

from typing import Final

import msgspec

from jiheng.budget import is_blank, normalise
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table

_LEAST_COLUMNS: Final = 3
_NEAR: Final = 30
"""Columns whose widths differ by less (twentieths of a point) are the same."""


class Shape(msgspec.Struct, frozen=True):
    """How a file marks a table: rows of its head that Word repeats on every page, and the widths of its columns."""

    heads: int = 0
    grid: tuple[int, ...] = ()


def joined(blocks: list[Block], shapes: dict[int, Shape] | None = None) -> list[Block]:
    """``blocks`` with tables of the same grid right behind one another as one.

    A repeated head stands once; its repetition follows the table as furniture.

    Args:
        shapes: table number -> its shape, where the file tells.
    """
    found: list[Block] = []
    repeated: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(block, Table) and isinstance(before, Table):
            heads = _goes_on(before, block, shapes or {})
            if heads is not None:
                found[-1] = _one(before, block, heads)
                repeated += _furniture(block, heads)
                continue
        found += repeated
        repeated = []
        found.append(block)
    return found + repeated


def _goes_on(before: Table, after: Table, shapes: dict[int, Shape]) -> int | None:
    """How many rows of ``after`` repeat the head of ``before``, when it goes on with that; ``None`` when it does not."""
    if _width(before) != _width(after):
        return None
    one, other = _shape(before, shapes), _shape(after, shapes)
    marked = one.heads if one.heads < len(before.rows) and one.heads < len(after.rows) else 0
    if marked and all(_words(a) == _words(b) for a, b in zip(before.rows[:marked], after.rows, strict=False)):
        return marked
    if (heads := _repeated(before, after)) > 0:
        return heads
    return 0 if _has_same_columns(one, other) and _has_no_head(before, after) else None


def _shape(table: Table, shapes: dict[int, Shape]) -> Shape:
    return shapes.get(table.place.table or 0, Shape())


def _has_same_columns(one: Shape, other: Shape) -> bool:
    return (
        len(one.grid) == len(other.grid) >= _LEAST_COLUMNS
        and all(abs(a - b) <= _NEAR for a, b in zip(one.grid, other.grid, strict=True))
        and any(one.grid)
    )


def _has_no_head(before: Table, after: Table) -> bool:
    """Whether ``after`` begins in the middle of a list: like the last row of ``before``, which has a head."""
    cells = [(cell.column, cell.span) for cell in before.rows[-1].cells]
    return (
        len(before.rows) > 1
        and _is_head(before.rows[0])
        and _is_list(before)
        and not _is_head(after.rows[0])
        and all([(cell.column, cell.span) for cell in row.cells] == cells for row in after.rows)
    )


def _width(table: Table) -> int:
    return max((cell.column + cell.span for row in table.rows for cell in row.cells), default=0)


def _words(row: Row) -> list[str]:
    return [normalise(cell.text) for cell in row.cells]


def _is_head(row: Row) -> bool:
    """Whether a row holds several words and no figure."""
    words = _words(row)
    return sum(not is_blank(word) for word in words) >= 2 and not any(word[:1].isdigit() for word in words)


def _repeated(before: Table, after: Table) -> int:
    count = 0
    for one, other in zip(before.rows, after.rows, strict=False):
        if not _is_head(one) or _words(one) != _words(other):
            break
        count += 1
    # forms that begin alike are forms of their own: only a head of columns is repeated over pages
    return count if count == 1 and len(before.rows) > 1 and len(after.rows) > 1 and _is_list(before) else 0


def _is_list(table: Table) -> bool:
    """Whether every row has the cells of the head: a list, not a form."""
    head = len(table.rows[0].cells)
    return head >= _LEAST_COLUMNS and all(len(row.cells) == head for row in table.rows)


def _furniture(table: Table, heads: int) -> list[Block]:
    return [
        Paragraph(cell.text, cell.place, "furniture")
        for row in table.rows[:heads]
        for cell in row.cells
        if not is_blank(cell.text)
    ]


def _one(before: Table, after: Table, heads: int) -> Table:
    number = len(before.rows)
    rows = list(before.rows)
    for row in after.rows[heads:]:
        number += 1
        rows.append(
            Row(
                tuple(_placed(cell, before, number) for cell in row.cells),
                msgspec.structs.replace(row.place, table=before.place.table, row=number),
            )
        )
    return Table(tuple(rows), before.place)


def _placed(cell: Cell, table: Table, row: int) -> Cell:
    return msgspec.structs.replace(
        cell, place=msgspec.structs.replace(cell.place, table=table.place.table, row=row)
    )
