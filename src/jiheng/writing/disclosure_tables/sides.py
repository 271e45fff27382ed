"""The sides of a disclosure table: which columns stand on which side, and which rows beside one another.

A table read has its columns once and gives a row for each side of a printed row, left before right. From this the
printed form follows again: what a side uses, and that a row of the left begins a new line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from jiheng.budget import DisclosureTable, TableRow
from jiheng.writing.disclosure_tables.official import TWO_SIDED

LEFT: Final = "revenue"
RIGHT: Final = "expenditure"
SIDES: Final = {LEFT: "收入", RIGHT: "支出"}
"""What stands above each side."""

Line = tuple[TableRow | None, ...]
"""A printed row: the row of each side."""


class Sides(NamedTuple):
    """Names of the sides (``None`` for a table that has but one), the columns of each, and the printed rows."""

    names: tuple[str | None, ...]
    columns: tuple[tuple[int, ...], ...]
    lines: tuple[Line, ...]


def sides_of(table: DisclosureTable) -> Sides:
    """How ``table`` stands on paper."""
    count = width_of(table)
    is_two_sided = any(row.side for row in table.rows) or (not table.rows and table.kind in TWO_SIDED)
    if not is_two_sided:
        return Sides((None,), (tuple(range(count)),), tuple((row,) for row in table.rows))
    return Sides((LEFT, RIGHT), _columns(table, count), tuple(_lines(table.rows)))


def width_of(table: DisclosureTable) -> int:
    """How many columns of figures a table has; rows may have more figures than there are headings."""
    return max([len(table.columns), *(len(row.values) for row in table.rows)])


def _columns(table: DisclosureTable, count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of either side: the left has the first ones, and the right may share some of them."""
    left, right = (
        _used(row for row in table.rows if (row.side == RIGHT) is other) for other in (False, True)
    )
    if not table.rows and count > 1:
        return (0,), tuple(range(1, count))
    end = max(left, default=0) + 1
    own = tuple(range(min(end, count)))
    other = tuple(index for index in range(count) if index in right or index >= end)
    return own, other or own


def _used(rows: Iterable[TableRow]) -> set[int]:
    return {index for row in rows for index, value in enumerate(row.values) if value}


def _lines(rows: list[TableRow]) -> Iterable[Line]:
    """The printed rows. All income before all expenditure, as data may have it, is put side by side."""
    left = [row for row in rows if row.side != RIGHT]
    right = [row for row in rows if row.side == RIGHT]
    if len(left) > 1 and len(right) > 1 and rows == [*left, *right]:
        yield from _beside(left, right)
        return
    waiting: TableRow | None = None
    for row in rows:
        if row.side == RIGHT:
            yield waiting, row
            waiting = None
        else:
            if waiting is not None:
                yield waiting, None
            waiting = row
    if waiting is not None:
        yield waiting, None


def _beside(left: list[TableRow], right: list[TableRow]) -> Iterable[Line]:
    """The sums at the end of both sides on the same lines, what is shorter above them filled up."""
    ends = min(_sums(left), _sums(right))
    height = max(len(left), len(right)) - ends
    for index in range(height):
        above = [rows[index] if index < len(rows) - ends else None for rows in (left, right)]
        yield tuple(above)
    for index in range(ends, 0, -1):
        yield left[-index], right[-index]


def _sums(rows: list[TableRow]) -> int:
    """How many of the last rows are sums and what is carried over."""
    first = next(
        (index for index, row in enumerate(rows) if (row.name or "").endswith(("合计", "总计"))), len(rows)
    )
    return len(rows) - first
