"""Tables that go on over a page break, made one: repeated heads dropped, columns matched by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import Final

import msgspec

from jiheng.budget import is_blank, normalise
from jiheng.reading.blocks import Block, Paragraph, Row, Table
from jiheng.reading.formats.page.cut_rows import Rooms, mend
from jiheng.reading.formats.page.rulings import cluster

_NEAR: Final = 0.012
"""Edges nearer than this share of the page's width are the same."""
_FOOT: Final = 200
"""No merged cell reaches further up from the foot of a page."""
_TITLE: Final = re.compile(r"^[^。；;:：]{2,40}(?<!续)表$")
"""A row over the whole width that names its table."""
_WORDS: Final = 4
"""So many signs tell a row from another."""
_COLUMNS: Final = 4
"""Fewer edges between columns do not tell one table's from another's."""


def join_tables(blocks: list[Block], rooms: Rooms) -> list[Block]:
    """``blocks`` with each table and its continuations on following pages as one table."""
    joined: list[Block] = []
    whole = _WholeRows(blocks)
    chain: _Chain | None = None
    at = 0
    for block in blocks:
        if isinstance(block, Table):
            if chain is not None and chain.goes_on_with(block):
                joined += chain.add(block)
                continue
            if chain is not None:
                joined[at] = chain.table()
            chain, at = _Chain(block, rooms, whole), len(joined)
        elif block.style != "furniture" and chain is not None:
            joined[at], chain = chain.table(), None
        joined.append(block)
    if chain is not None:
        joined[at] = chain.table()
    return joined


class _WholeRows:
    """The rows that no page break can have cut: those that do not stand first on their page. Counted when asked."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)

    @cached_property
    def _counts(self) -> Counter[tuple[str, ...]]:
        tables = (block for block in self._blocks if isinstance(block, Table))
        return Counter(tuple(_words(row)) for table in tables for row in table.rows[1:])

    def has(self, row: Row, times: int) -> bool:
        """Whether so many of them have the words of ``row``; a few signs may end anything."""
        words = tuple(_words(row))
        return sum(map(len, words)) >= _WORDS and self._counts[words] >= times


class _Chain:
    """A table while its continuations are put to it: thousands of pages may follow, so no row is looked at twice."""

    def __init__(self, first: Table, rooms: Rooms, whole: _WholeRows) -> None:
        self._first = first
        self._rooms = rooms
        self._whole = whole
        self._rows = list(first.rows)
        self._page = first.place.page
        self._xs: list[float] = []
        self._words: list[list[str]] = []
        self._starts: dict[str, list[int]] = {}
        self._know(self._rows)

    def table(self) -> Table:
        """The whole table."""
        return Table(tuple(self._rows), self._first.place) if self._xs else self._first

    def goes_on_with(self, after: Table) -> bool:
        """Whether ``after`` stands on the page behind, between the same margins, and does not begin a table."""
        if self._page is None or after.place.page != self._page + 1:
            return False
        title = _words(after.rows[0])
        if len(title) == 1 and _TITLE.search(title[0]) and title not in self._words:
            return False
        if _begins_again(self._words[0], title):
            return False
        one, other = _margins(self._rows), _margins(after.rows)
        return (
            one is not None
            and other is not None
            and all(abs(a - b) <= _NEAR * 2 for a, b in zip(one, other, strict=True))
            and not self._has_other_columns(after, other)
        )

    def _has_other_columns(self, after: Table, margins: tuple[float, float]) -> bool:
        """Whether most columns of ``after`` stand where the table has none, and it lacks some of the table's."""
        known = self._xs or sorted(_edges(self._rows))
        new = _edges(after.rows)
        inner = [edge for edge in new if not _is_near(edge, margins, 2)]
        strange = sum(not _is_near(edge, known) for edge in inner)
        return (
            len(inner) >= _COLUMNS
            and strange * 2 > len(inner)
            and not all(_is_near(edge, new, 2) for edge in known)
        )

    def add(self, after: Table) -> list[Block]:
        """Puts ``after`` to the table; gives the heads that it repeats."""
        self._page = after.place.page
        heads = self._repeated_rows(after)
        furniture: list[Block] = [
            Paragraph(cell.text, cell.place, "furniture")
            for row in after.rows[:heads]
            for cell in row.cells
            if not is_blank(cell.text)
        ]
        rest = list(after.rows[heads:])
        edges = _edges(rest)
        if not self._xs or not all(_is_near(edge, self._xs) for edge in edges):
            self._xs = cluster([*(self._xs or _edges(self._rows)), *edges], _NEAR)
            self._rows = [_on(row, self._xs) for row in self._rows]
        rest = [_on(row, self._xs) for row in rest]
        if rest:
            foot = self._rows[-_FOOT:]
            mend(foot, rest, self._rooms, is_whole=partial(self._whole.has, times=2 if heads else 1))
            self._rows[-_FOOT:] = foot
            self._words[-1] = _words(foot[-1])
        self._know(rest)
        self._rows += rest
        return furniture

    def _know(self, rows: Sequence[Row]) -> None:
        for row in rows:
            words = _words(row)
            self._starts.setdefault(words[0] if words else "", []).append(len(self._words))
            self._words.append(words)

    def _repeated_rows(self, after: Table) -> int:
        """How many rows at the head of ``after`` repeat rows of the table: its head, or that of its last part."""
        words = [_words(row) for row in after.rows[:6]]
        if not words or not words[0] or not any(_is_head(row) for row in words):
            return 0
        known = self._words
        best = 0
        for start in self._starts.get(words[0][0], ()):
            # the same rows stood behind a row like the last one before: so goes the form, nothing is repeated
            if start and known[start - 1][:1] == known[-1][:1]:
                continue
            count = 0
            while count < len(words) and start + count < len(known) and words[count] == known[start + count]:
                count += 1
            # rows of figures that happen to be the same are content
            while count and not _is_head(words[count - 1]):
                count -= 1
            best = max(best, count)
        return best


def _begins_again(first: list[str], words: list[str]) -> bool:
    """Whether ``words`` have the labels of a form's ``first`` row, and other values: the next form of its kind."""
    return (
        first[:1] == words[:1]
        and len(first) == len(words)
        and first != words
        and sum(one == other for one, other in zip(first, words, strict=True)) >= 2
    )


def _margins(rows: Sequence[Row]) -> tuple[float, float] | None:
    boxes = [cell.place.box for row in rows[-3:] for cell in row.cells if cell.place.box]
    return (min(box.left for box in boxes), max(box.right for box in boxes)) if boxes else None


def _edges(rows: Sequence[Row]) -> set[float]:
    return {
        edge
        for row in rows
        for cell in row.cells
        if cell.place.box
        for edge in (cell.place.box.left, cell.place.box.right)
    }


def _is_near(edge: float, others: Iterable[float], times: int = 1) -> bool:
    return any(abs(edge - other) <= _NEAR * times for other in others)


def _words(row: Row) -> list[str]:
    return [normalise(cell.text) for cell in row.cells if not is_blank(cell.text)]


def _is_head(words: list[str]) -> bool:
    """Whether a row holds several words and no figure."""
    return len(words) >= 2 and not any(
        any(sign.isdigit() for sign in word) and len(word) < 12 and word[:1].isdigit() for word in words
    )


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
    index = bisect_left(xs, at)
    if index and (index == len(xs) or at - xs[index - 1] <= xs[index] - at):
        return index - 1
    return index
