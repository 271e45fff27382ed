"""Tables that go on over a page break, made one: repeated heads dropped, columns matched by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.budget import Box, is_blank, normalise
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table
from jiheng.reading.formats.page.paragraphs import BEGINS, joined
from jiheng.reading.formats.page.rulings import cluster

_NEAR: Final = 0.012
"""Edges nearer than this share of the page's width are the same."""
_FIGURE: Final = re.compile(r"^[-≥≤<>=]?\d[\d,.]*%?$")
_LABEL: Final = 12
"""A label has no more signs than this."""
_FOOT: Final = 200
"""No merged cell reaches further up from the foot of a page."""
_TITLE: Final = re.compile(r"^[^。；;:：]{2,40}(?<!续)表$")
"""A row over the whole width that names its table."""
_COUNTED: Final = re.compile(r"^\s*[(（]?(\d{1,2})[)）.、．](?!\d)")
_WORD: Final = re.compile(r"[〔（(《“]?(?:[\x21-\x7e]+[〕）)]?)+|[〔（《“]?.", re.DOTALL)
"""What a line is not broken in: a figure or word with its brackets, else a sign."""
_MARGINS: Final = 1.1
"""Signs that the margins of a cell take, left and right together."""
_CUT: Final = 4
"""A cell with at least so many signs may have been cut by the page break."""


Rooms = dict[tuple[int, Box], float]
"""Page and rectangle of a cell at the foot of a table -> room that the last line of its text leaves, in signs."""


def join_tables(blocks: list[Block], rooms: Rooms) -> list[Block]:
    """``blocks`` with each table and its continuations on following pages as one table."""
    joined: list[Block] = []
    chain: _Chain | None = None
    at = 0
    for block in blocks:
        if isinstance(block, Table):
            if chain is not None and chain.goes_on_with(block):
                joined += chain.add(block)
                continue
            if chain is not None:
                joined[at] = chain.table()
            chain, at = _Chain(block, rooms), len(joined)
        elif block.style != "furniture" and chain is not None:
            joined[at], chain = chain.table(), None
        joined.append(block)
    if chain is not None:
        joined[at] = chain.table()
    return joined


class _Chain:
    """A table while its continuations are put to it: thousands of pages may follow, so no row is looked at twice."""

    def __init__(self, first: Table, rooms: Rooms) -> None:
        self._first = first
        self._rooms = rooms
        self._rows = list(first.rows)
        self._xs: list[float] = []
        self._words: list[list[str]] = []
        self._starts: dict[str, list[int]] = {}
        self._know(self._rows)

    def table(self) -> Table:
        """The whole table."""
        return Table(tuple(self._rows), self._first.place) if self._xs else self._first

    def goes_on_with(self, after: Table) -> bool:
        """Whether ``after`` stands on the page behind, between the same margins, and has no title of its own."""
        last = self._rows[-1].place.page
        if last is None or after.place.page != last + 1:
            return False
        title = _words(after.rows[0])
        if len(title) == 1 and _TITLE.search(title[0]) and title not in self._words:
            return False
        one, other = _margins(self._rows), _margins(after.rows)
        return (
            one is not None
            and other is not None
            and all(abs(a - b) <= _NEAR * 2 for a, b in zip(one, other, strict=True))
        )

    def add(self, after: Table) -> list[Block]:
        """Puts ``after`` to the table; gives the heads that it repeats."""
        heads = self._repeated_rows(after)
        furniture: list[Block] = [
            Paragraph(cell.text, cell.place, "furniture")
            for row in after.rows[:heads]
            for cell in row.cells
            if not is_blank(cell.text)
        ]
        rest = list(after.rows[heads:])
        edges = _edges(rest)
        if not self._xs or any(min(abs(edge - x) for x in self._xs) > _NEAR for edge in edges):
            self._xs = cluster([*(self._xs or _edges(self._rows)), *edges], _NEAR)
            self._rows = [_on(row, self._xs) for row in self._rows]
        rest = [_on(row, self._xs) for row in rest]
        if self._rows and rest:
            foot = self._rows[-_FOOT:]
            _lift_labels(foot, rest)
            self._rows[-_FOOT:] = foot
        if self._rows and rest and _is_rest_of(self._rows[-1], rest[0], self._rooms):
            self._rows[-1] = _merged(self._rows[-1], rest[0])
            rest = rest[1:]
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
            count = 0
            while count < len(words) and start + count < len(known) and words[count] == known[start + count]:
                count += 1
            # rows of figures that happen to be the same are content
            while count and not _is_head(words[count - 1]):
                count -= 1
            best = max(best, count)
        return best


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


def _lift_labels(rows: list[Row], rest: list[Row]) -> None:
    """A label in the middle of a merged cell that the page break cut stands on one page only: it begins above.

    Told by a cell without text at the foot of the page, under one that has text, and above a short text at the
    head of the next page. ``rows`` and ``rest`` are changed.
    """
    for cell in rest[0].cells:
        if (
            is_blank(cell.text)
            or len(normalise(cell.text)) > _LABEL
            or any(sign.isdigit() for sign in cell.text)
        ):
            continue
        column = [
            (index, found) for index, row in enumerate(rows) if (found := _same_column(row, cell)) is not None
        ]
        origin = _origin_at_foot(rows, column)
        if origin is None:
            continue
        above = [found for index, found in column if index < origin and not _is_covered(column, index)]
        if above and not is_blank(above[-1].text):
            rows[origin] = _with_text(rows[origin], cell, cell.text)
            rest[0] = _with_text(rest[0], cell, "")


def _origin_at_foot(rows: list[Row], column: list[tuple[int, Cell]]) -> int | None:
    """The row in which the empty cell begins that reaches the foot of the page."""
    for index, cell in reversed(column):
        if index + cell.rows == len(rows) and is_blank(cell.text):
            return index if not _is_covered(column, index) else None
        if not is_blank(cell.text):
            return None
    return None


def _is_covered(column: list[tuple[int, Cell]], index: int) -> bool:
    """Whether the cell in row ``index`` continues one above it."""
    return any(other < index < other + cell.rows for other, cell in column)


def _with_text(row: Row, cell: Cell, text: str) -> Row:
    cells = tuple(
        msgspec.structs.replace(found, text=text) if found is _same_column(row, cell) else found
        for found in row.cells
    )
    return Row(cells, row.place)


def _is_rest_of(last: Row, first: Row, rooms: Rooms) -> bool:
    """Whether ``first`` holds nothing but the ends of texts that ``last`` begins.

    A text that a page break cuts fills its last line on the page; where every one does, that is proof enough. Where
    some do not (a word had no room), the row must also have less than half of the cells filled.
    """
    filled = [cell for cell in first.cells if not is_blank(cell.text)]
    pairs = [(start, cell) for cell in filled if (start := _same_column(last, cell)) is not None]
    if not filled or len(pairs) < len(filled):
        return False
    if len(pairs) == 1 and _counts_on(*pairs[0]):
        return True
    if any(
        is_blank(start.text)
        or start.text.rstrip().endswith(("。", "；", "！", ";"))
        or BEGINS.match(cell.text)
        for start, cell in pairs
    ):
        return False
    if all(_is_full(start, cell, rooms) for start, cell in pairs):
        return True
    begun = sum(not is_blank(cell.text) for cell in last.cells)
    return len(filled) * 2 <= begun and all(
        len(start.text) >= _CUT and not _FIGURE.match(cell.text.strip()) for start, cell in pairs
    )


def _counts_on(start: Cell, rest: Cell) -> bool:
    """Whether ``rest`` begins with the number that follows the last one of the list in ``start``."""
    behind = _COUNTED.match(rest.text)
    before = [match for line in start.text.split("\n") if (match := _COUNTED.match(line))]
    return behind is not None and bool(before) and int(behind[1]) == int(before[-1][1]) + 1


def _is_full(start: Cell, rest: Cell, rooms: Rooms) -> bool:
    """Whether the first word of ``rest`` had no room behind ``start``."""
    box, page = start.place.box, start.place.page
    room = rooms.get((page, box)) if box is not None and page is not None else None
    word = _WORD.match(rest.text)
    if room is None or word is None:
        return False
    return room - _MARGINS < sum(1.0 if ord(sign) > 0x2E7F else 0.55 for sign in word[0])


def _same_column(row: Row, cell: Cell) -> Cell | None:
    return next(
        (other for other in row.cells if other.column == cell.column and other.span == cell.span), None
    )


def _merged(last: Row, first: Row) -> Row:
    cells = []
    for cell in last.cells:
        more = _same_column(first, cell)
        if more is None:
            cells.append(cell)
        else:
            text = _put_together(cell.text, more.text)
            cells.append(msgspec.structs.replace(cell, text=text, rows=max(cell.rows, more.rows)))
    return Row(tuple(cells), last.place)


def _put_together(start: str, rest: str) -> str:
    """The text that the page break cut; what begins a paragraph begins a line."""
    if is_blank(rest):
        return start
    return f"{start}\n{rest}" if BEGINS.match(rest) else joined([start, rest])
