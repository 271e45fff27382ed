"""Where the pages of a Word file end, decided here so that its table of contents is true when it is opened.

Word counts pages only when it lays out a file, and a file that asks it to renew its contents on opening puts a
question to the reader first. So what could fall on either side of a page's end is put on the next page outright:
tables are cut where a page is nearly full, with their headings repeated, and a chapter does not begin in the last
lines. What is left depends on the fixed line pitch alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import structs

from jiheng.writing.pages import Block, Body, Cell, Grid, Heading, Leaf, Pages, Row, Text, placed

# All lengths in mm; the type area and the pitch are those of GB/T 9704-2012.
STANDING = (156.0, 225.0)
LYING = (225.0, 156.0)
_LINE = 10.21
CHARACTER = 5.64
_HEADING = {0: 18.35, 1: 10.21, 2: 11.64}
_UNITS = 7.06
_CELL_LINE = 4.94
_CELL_PADDING = 1.06
CELL_CHARACTER = 3.70
CELL_MARGIN = 2.01
_RULE = 0.18


_NARROW = 1.0
"""Halves of a character that a figure or Latin letter takes."""
_WORDS = re.compile(
    r"[〔（(]?[\x21-\x7e]+[〕）)]?[\x21-\x7e]*[，。、；：！？”’）〕》%]*|.[，。、；：！？”’）〕》]*",
    re.DOTALL,
)
"""What stays together on a line."""

# A table is cut, and a chapter put on the next page, this much before the page is full: programs differ by
# a line here and there in how they break text.
_SAFETY = 14.0


def paginate(pages: Pages) -> tuple[tuple[Block, ...], dict[str, int]]:
    """The blocks with every page's end made explicit, and the page of every heading by its anchor.

    Pages are counted from 1 where the body begins.
    """
    blocks: list[Block] = []
    numbers: dict[str, int] = {}
    counter = _Counter()
    for position, block in enumerate(pages.blocks):
        if isinstance(block, Body):
            counter = _Counter()
            blocks.append(block)
        elif isinstance(block, Leaf):
            counter.lay(block)
            blocks.append(block)
        elif isinstance(block, Heading):
            following = pages.blocks[position + 1] if position + 1 < len(pages.blocks) else None
            heading = _place_heading(block, following, counter)
            numbers[heading.anchor] = counter.page
            blocks.append(heading)
        elif isinstance(block, Grid):
            blocks.extend(_place_grid(block, counter))
        else:
            if isinstance(block, Text):
                _place_text(block, counter)
            blocks.append(block)
    return tuple(blocks), numbers


def _place_heading(heading: Heading, following: Block | None, counter: _Counter) -> Heading:
    """The heading, on a new page where it would come too near to the end of this one."""
    height = _HEADING[heading.level]
    needed = height + _first_height(following) + _SAFETY
    turn = bool(counter.used) and (heading.new_page or counter.used + needed > counter.height)
    if turn:
        counter.turn()
    counter.place(height)
    return structs.replace(heading, new_page=turn)


def _place_grid(grid: Grid, counter: _Counter) -> Iterator[Grid]:
    """The grid in as many pieces as it needs pages, each with the heading rows on top."""
    heights = row_heights(grid)
    header = sum(heights[: grid.header_rows])
    first, begins = 0, True
    new_page = grid.new_page
    for number, height in enumerate(heights):
        keep = sum(heights[: grid.header_rows + 1]) if number == 0 else height
        if number >= grid.header_rows or number == 0:
            full = counter.used + keep > counter.height - _SAFETY
            if full and number > first:
                yield _piece(grid, first, number, begins=begins, new_page=new_page)
                first, begins = number, False
            if full and counter.used:
                counter.turn()
                new_page = True
                if number > 0:
                    counter.place(header)
        counter.place(height)
    yield _piece(grid, first, len(grid.rows), begins=begins, new_page=new_page)


def _piece(grid: Grid, first: int, last: int, *, begins: bool, new_page: bool) -> Grid:
    """Rows ``first`` to ``last`` as a grid; cells from above that reach into them are begun anew."""
    rows = list(grid.rows[first:last])
    if not begins:
        rows[0] = Row(_carried_over(grid, first) + rows[0].cells)
        rows = [*grid.rows[: grid.header_rows], *rows]
    size = len(rows)
    cut = tuple(
        Row(tuple(structs.replace(cell, rows=min(cell.rows, size - number)) for cell in row.cells))
        for number, row in enumerate(rows)
    )
    joined = grid.joined and not new_page
    return structs.replace(grid, rows=cut, joined=joined, new_page=new_page)


def _carried_over(grid: Grid, first: int) -> tuple[Cell, ...]:
    """The cells that begin above row ``first`` and reach into it; they stand at the left in all our forms."""
    return tuple(
        structs.replace(cell, rows=number + cell.rows - first)
        for number, row in enumerate(grid.rows[:first])
        for cell in row.cells
        if number + cell.rows > first
    )


class _Counter:
    """Where on which page the pen stands."""

    def __init__(self) -> None:
        self.page = 1
        self.used = 0.0
        self.width, self.height = STANDING

    def lay(self, leaf: Leaf) -> None:
        """A new page that lies or stands; none before the first."""
        if self.used:
            self.turn()
        self.width, self.height = LYING if leaf.landscape else STANDING

    def turn(self) -> None:
        """A new page."""
        self.page += 1
        self.used = 0.0

    def place(self, height: float) -> None:
        """Put something down that does not break; what is higher than a page goes on over the next ones."""
        if self.used and self.used + height > self.height + 0.3:
            self.turn()
        self.used += height
        while self.used > self.height + 0.3:
            self.page += 1
            self.used -= self.height


def _place_text(text: Text, counter: _Counter) -> None:
    if text.style == "units":
        counter.place(_UNITS)
        return
    indent = 0 if text.style == "flush" else 2
    for line in text.text.split("\n"):
        for _ in range(line_count(line, counter.width, CHARACTER, indent=indent)):
            counter.place(_LINE)


def _first_height(block: Block | None) -> float:
    if isinstance(block, Grid):
        return row_heights(block)[0] if block.rows else 0.0
    if isinstance(block, Text):
        return _UNITS if block.style == "units" else _LINE
    return _HEADING[block.level] if isinstance(block, Heading) else 0.0


def words_of(text: str) -> list[str]:
    """What stays together on a line, in the order of the text."""
    return _WORDS.findall(text)


def line_count(text: str, width: float, character: float, indent: int = 0) -> int:
    """How many lines ``text`` takes: wide characters are one character wide, all others about half.

    Figures and Latin words are not parted, nor is a closing mark from what stands before it: in a narrow column
    "〔2020〕18号" takes a line more than its signs would fill.
    """
    room = max(2, int(width / character * 2))
    if 2 * (len(text) + indent) <= room:
        return 1  # however wide its signs are
    lines, used = 1, 2.0 * indent
    for word in _WORDS.findall(text):
        long = sum(2.0 if unicodedata.east_asian_width(sign) in "WFA" else _NARROW for sign in word)
        if used + long <= room:
            used += long
        elif long <= room:
            lines, used = lines + (used > 0), long
        else:
            lines += int((long + (room if used else 0) - 0.01) // room)
            used = long % room or room
    return lines


def row_heights(grid: Grid) -> list[float]:
    """The height of every row in mm: its tallest cell; a cell over several rows stretches the last of them."""
    heights = [0.0] * len(grid.rows)
    spanning: list[tuple[int, int, float]] = []
    for number, column, cell in placed(grid.rows):
        height = _cell_height(cell, sum(grid.widths[column : column + cell.span]))
        if cell.rows == 1:
            heights[number] = max(heights[number], height)
        else:
            spanning.append((number, cell.rows, height))
    for first, rows, needed in spanning:
        have = sum(heights[first : first + rows])
        heights[first + rows - 1] += max(0.0, needed - have)
    return [height + _RULE for height in heights]


def _cell_height(cell: Cell, width: float) -> float:
    room = width - CELL_MARGIN - cell.pad * CELL_CHARACTER
    texts = cell.text.split("\n")
    lines = sum(line_count(text, room, CELL_CHARACTER) for text in texts)
    return lines * _CELL_LINE + len(texts) * _CELL_PADDING
