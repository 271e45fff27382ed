"""On which page each heading stands, so that a table of contents is true when the file is opened.

Word counts pages when it lays out a file; a file that asks it to renew its contents on opening puts a question
to the reader first. So the pages are counted here. That is possible because the layout leaves nothing open:
fixed line pitch, characters of one width, rows that do not break, and every goal table on a page of its own.
"""

from __future__ import annotations

import unicodedata
from math import ceil

from jiheng.writing.pages import Body, Grid, Heading, Pages, Row, Text

# All lengths in mm; the type area and the pitch are those of GB/T 9704-2012.
_HEIGHT = 225.0
_WIDTH = 156.0
_LINE = 10.21
_CHARACTER = 5.64
_HEADING = {0: 18.35, 1: 10.21, 2: 11.64}
_UNITS = 7.06
_CELL_LINE = 4.94
_CELL_PADDING = 1.06
_CELL_CHARACTER = 3.70
_CELL_MARGIN = 2.01
_RULE = 0.18


def page_numbers(pages: Pages) -> dict[str, int]:
    """The page of every heading by its anchor, counted from 1 where the body begins."""
    numbers: dict[str, int] = {}
    counter = _Counter()
    blocks = pages.blocks
    for position, block in enumerate(blocks):
        if isinstance(block, Body):
            counter = _Counter()
        elif isinstance(block, Heading):
            if block.new_page and counter.used:
                counter.turn()
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            counter.place(_HEADING[block.level], keep_with=_first_height(following))
            numbers[block.anchor] = counter.page
        elif isinstance(block, Text):
            _place_text(block, counter)
        elif isinstance(block, Grid):
            for height in _row_heights(block):
                counter.place(height)
    return numbers


class _Counter:
    """Where on which page the pen stands."""

    def __init__(self) -> None:
        self.page = 1
        self.used = 0.0

    def turn(self) -> None:
        """A new page."""
        self.page += 1
        self.used = 0.0

    def place(self, height: float, keep_with: float = 0.0) -> None:
        """Put something down that does not break; what follows it closely must fit as well."""
        if self.used and self.used + height + keep_with > _HEIGHT + 0.3:
            self.turn()
        self.used += height
        while self.used > _HEIGHT + 0.3:
            self.page += 1
            self.used -= _HEIGHT


def _place_text(text: Text, counter: _Counter) -> None:
    if text.style == "units":
        counter.place(_UNITS)
        return
    for line in text.text.split("\n"):
        for _ in range(line_count(line, _WIDTH, _CHARACTER, indent=2)):
            counter.place(_LINE)


def _first_height(block: object) -> float:
    if isinstance(block, Grid):
        return _row_heights(block)[0] if block.rows else 0.0
    if isinstance(block, Text):
        return _UNITS if block.style == "units" else _LINE
    return _HEADING[block.level] if isinstance(block, Heading) else 0.0


def line_count(text: str, width: float, character: float, indent: int = 0) -> int:
    """How many lines ``text`` takes: wide characters are one character wide, all others half."""
    halves = sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text) + 2 * indent
    return max(1, ceil(halves / max(2, int(width / character * 2))))


def _row_heights(grid: Grid) -> list[float]:
    """The height of every row: its tallest cell; a cell over several rows stretches the last of them."""
    heights = [0.0] * len(grid.rows)
    spanning: list[tuple[int, int, float]] = []
    open_until: dict[int, int] = {}
    for number, row in enumerate(grid.rows):
        for column, cell_height, rows in _cell_heights(grid, row, number, open_until):
            if rows == 1:
                heights[number] = max(heights[number], cell_height)
            else:
                spanning.append((number, rows, cell_height))
                open_until[column] = number + rows
    for first, rows, needed in spanning:
        have = sum(heights[first : first + rows])
        heights[first + rows - 1] += max(0.0, needed - have)
    return [height + _RULE for height in heights]


def _cell_heights(grid: Grid, row: Row, number: int, open_until: dict[int, int]) -> list[tuple[int, float, int]]:
    """Column, height and rows of every cell that begins in ``row``."""
    found = []
    column = 0
    for cell in row.cells:
        while open_until.get(column, 0) > number:
            column += 1
        width = sum(grid.widths[column : column + cell.span]) - _CELL_MARGIN
        lines = sum(line_count(line, width, _CELL_CHARACTER) for line in cell.text.split("\n"))
        paragraphs = cell.text.count("\n") + 1
        found.append((column, lines * _CELL_LINE + paragraphs * _CELL_PADDING, cell.rows))
        column += cell.span
    return found
