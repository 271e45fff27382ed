"""A row, a merged cell or a label that a page break cut, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec

from jiheng.budget import Box, is_blank, normalise
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.formats.page.breaking import first_word, width
from jiheng.reading.formats.page.paragraphs import BEGINS, joined

_FIGURE: Final = re.compile(r"^[-≥≤<>=]?\d[\d,.]*%?$")
_LABEL: Final = 12
"""A label has no more signs than this."""
_LABELS: Final = 2
"""No more merged cells than this have their labels behind one page break."""
_HEAD: Final = 3
"""No heading reaches down over more rows."""
_COUNTED: Final = re.compile(r"^\s*[(（]?(\d{1,2})[)）.、．](?!\d)")
_MARGINS: Final = 1.1
"""Signs that the margins of a cell take, left and right together."""
_CUT: Final = 4
"""A cell with at least so many signs may have been cut by the page break."""

Rooms = dict[tuple[int, Box], float]
"""Page and rectangle of a cell at the foot of a table -> room that the last line of its text leaves, in signs."""


def mend(foot: list[Row], rest: list[Row], rooms: Rooms, *, is_whole: Callable[[Row], bool]) -> None:
    """Put together what the page break between ``foot`` and ``rest`` cut; both are changed.

    ``foot`` are the last rows above the break, ``rest`` is all of the table below it, on the same columns.
    ``is_whole`` says of a row whether it stands elsewhere as a row of its own.
    """
    _lift_labels(foot, rest)
    if _is_rest_of(foot[-1], rest[0], rooms) and not is_whole(rest[0]):
        foot[-1] = _merged(foot[-1], rest.pop(0))
    elif not any(_has_figure(row) for row in foot):
        _join_headings(foot, rest, rooms)


def _join_headings(foot: list[Row], rest: list[Row], rooms: Rooms) -> None:
    """Headings over several rows of a head that the page break cut, beside others that it did not."""
    for cell in rest[0].cells:
        start = _same_column(foot[-1], cell)
        if (
            start is not None
            and 1 < cell.rows <= _HEAD
            and not any(_has_figure(row) for row in rest[: cell.rows])
            and not is_blank(start.text)
            and not is_blank(cell.text)
            and _is_full(start, cell, rooms)
        ):
            foot[-1] = _with_text(foot[-1], cell, _put_together(start.text, cell.text))
            rest[0] = _with_text(rest[0], cell, "")


def _lift_labels(rows: list[Row], rest: list[Row]) -> None:
    """A label in the middle of a merged cell that the page break cut stands on one page only: it begins above.

    Told by a cell without text at the foot of the page, under one that has text, and above a short text at the
    head of the next page. ``rows`` and ``rest`` are changed.
    """
    found = [
        (origin, cell)
        for cell in rest[0].cells
        if _is_label(cell.text) and (origin := _row_of_label(rows, rest[0], cell)) is not None
    ]
    # a row of several such labels is a row of its own: the head of what follows
    if len(found) > _LABELS:
        return
    for origin, cell in found:
        rows[origin] = _with_text(rows[origin], cell, cell.text)
        rest[0] = _with_text(rest[0], cell, "")


def _is_label(text: str) -> bool:
    words = normalise(text)
    return 0 < len(words) <= _LABEL and not any(sign.isdigit() for sign in words)


def _row_of_label(rows: list[Row], rest: Row, cell: Cell) -> int | None:
    """The row above the page break in which the merged cell begins whose label ``cell`` is."""
    column = [
        (index, found) for index, row in enumerate(rows) if (found := _same_column(row, cell)) is not None
    ]
    origin = _origin_at_foot(rows, column)
    if origin is None:
        return None
    own = [(index, found) for index, found in column if index < origin and not _is_covered(column, index)]
    if not own or is_blank(own[-1][1].text):
        return None
    # where the lower half of a label has a border above it, an empty cell is no part of a merged one
    if any(is_blank(found.text) and _is_filled_behind(rows[index], found) for index, found in own[1:]):
        return None
    if not _is_beside_text(rows[origin], cell):
        return None
    # the head of a table has no part in the rows of figures below it
    is_head = not any(_has_figure(row) for row in rows[: origin + 1])
    return None if is_head and _has_figure(rest) else origin


def _is_filled_behind(row: Row, cell: Cell) -> bool:
    return any(other.column > cell.column and not is_blank(other.text) for other in row.cells)


def _is_beside_text(row: Row, cell: Cell) -> bool:
    """Whether ``row`` says something behind ``cell``, or in front of it where it is the last one."""
    if _is_filled_behind(row, cell):
        return True
    before = [other for other in row.cells if other.column < cell.column]
    is_last = all(other.column <= cell.column for other in row.cells)
    return is_last and bool(before) and not is_blank(before[-1].text)


def _has_figure(row: Row) -> bool:
    return any(_FIGURE.match(cell.text.strip()) for cell in row.cells)


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
    word = first_word(rest.text)
    return room is not None and word != "" and room - _MARGINS < width(word)


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
