"""Which columns of a table add up to which, by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.sheets import Sheet

_TOTAL: Final = re.compile(r"(?:合计|总计|小计|总额)$")
_OF_WHICH: Final = re.compile(r"^其中")
_STAGES: Final = frozenset(
    {"budget", "final", "initial", "adjusted", "previous_year", "change", "rate", "quantity", "price"}
)
"""Columns that stand beside a total without being a part of it."""

Tree = dict[str, "Tree | int"]
"""Headings by their words: a column, or the headings below."""


def column_sums(sheet: Sheet) -> Iterator[tuple[int, list[int]]]:
    """Every column of a total with the columns that it is the sum of.

    Under one heading 小计 or 合计 is the sum of what stands beside it, where a heading with parts counts with its own
    小计. Where "其中" stands before a heading, what is beside it is a part of the rest, and nothing can be added.
    """
    tree: Tree = {}
    for index, column in enumerate(sheet.table.columns):
        node = tree
        *above, last = column.label.split("/")
        for word in above:
            below = node.setdefault(word, {})
            if not isinstance(below, dict):
                return  # a heading over nothing: the head was read in another way than it was meant
            node = below
        if last in node:
            return
        node[last] = index
    yield from _sums(tree, sheet)


def _sums(tree: Tree, sheet: Sheet) -> Iterator[tuple[int, list[int]]]:
    for below in tree.values():
        if isinstance(below, dict):
            yield from _sums(below, sheet)
    totals = [at for word, at in tree.items() if isinstance(at, int) and _TOTAL.search(word)]
    if len(totals) != 1 or any(_OF_WHICH.match(word) for word in tree):
        return
    parts: list[int] = []
    for below in tree.values():
        if below != totals[0]:
            parts += _represented(below)
    columns = sheet.table.columns
    has_sides = any(row.side for row in sheet.table.rows)
    if any(columns[at].key is None for at in parts):
        return
    if has_sides:
        # the amounts of the other side stand in a column of their own
        parts = [at for at in parts if columns[at].key not in _STAGES]
    if parts and not any(columns[at].key in _STAGES for at in parts):
        yield totals[0], parts


def _represented(below: Tree | int) -> list[int]:
    """The column that stands for a heading: its 小计, else all below it."""
    if isinstance(below, int):
        return [below]
    total = next((at for word, at in below.items() if isinstance(at, int) and _TOTAL.search(word)), None)
    if total is not None:
        return [total]
    return [at for part in below.values() for at in _represented(part)]
