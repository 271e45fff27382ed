"""Tables that a page break or an empty line cut in two, put together again."""

from __future__ import annotations

import msgspec

from jiheng.budget import is_blank, normalise
from jiheng.reading.blocks import Block, Cell, Row, Table


def joined(blocks: list[Block]) -> list[Block]:
    """``blocks`` with tables of the same grid right behind one another as one; a repeated head stands once."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(block, Table) and isinstance(before, Table) and _goes_on(before, block):
            found[-1] = _one(before, block)
        else:
            found.append(block)
    return found


def _goes_on(before: Table, after: Table) -> bool:
    """Whether ``after`` repeats the head of ``before`` and has its width."""
    return _width(before) == _width(after) and _repeated(before, after) > 0


def _width(table: Table) -> int:
    return max((cell.column + cell.span for row in table.rows for cell in row.cells), default=0)


def _repeated(before: Table, after: Table) -> int:
    count = 0
    for one, other in zip(before.rows, after.rows, strict=False):
        words = [normalise(cell.text) for cell in one.cells]
        is_head = sum(not is_blank(word) for word in words) >= 2 and not any(
            word[:1].isdigit() for word in words
        )
        if not is_head or words != [normalise(cell.text) for cell in other.cells]:
            break
        count += 1
    # forms that begin alike are forms of their own: only a head of columns is repeated over pages
    return count if count == 1 and len(before.rows) > 1 and len(after.rows) > 1 and _is_list(before) else 0


def _is_list(table: Table) -> bool:
    """Whether every row has the cells of the head: a list, not a form."""
    head = len(table.rows[0].cells)
    return head >= 3 and all(len(row.cells) == head for row in table.rows)


def _one(before: Table, after: Table) -> Table:
    number = len(before.rows)
    rows = list(before.rows)
    for row in after.rows[1:]:
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
