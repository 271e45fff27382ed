"""What makes pages fit whatever their text is: rows higher than a page go on over the next one, long words break.

Word does both by itself. Typst breaks a word only where the rules of language allow it, so that a code of sixty
signs would run over the cells beside it; it is shown the places by a space of no width, which is not copied into
the text of a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from jiheng.writing.pages import Block, Cell, Grid, Leaf, Pages, Row, Text, placed
from jiheng.writing.pagination import (
    CELL_CHARACTER,
    CELL_MARGIN,
    CHARACTER,
    LYING,
    STANDING,
    row_heights,
    words_of,
)

_BREAK = "\u200b"
_RUN = re.compile(r"[^\s\u2e80-\U0010ffff]{6,}")
"""What may hold a long word: nothing that is Chinese, where lines break between any two characters."""
_MANY = 15
"""A row with less lines than this in each of its cells, roughly counted, is no high one."""
_MOST = 0.6
"""Of the height of a page: a row higher than this may break."""


def fitted(pages: Pages) -> Pages:
    """The pages with the places at which words and rows may break."""
    return structs.replace(pages, blocks=tuple(_blocks(pages)))


def _blocks(pages: Pages) -> Iterator[Block]:
    width, height = STANDING
    for block in pages.blocks:
        if isinstance(block, Leaf):
            width, height = LYING if block.landscape else STANDING
        if isinstance(block, Text):
            text = broken(block.text, width / CHARACTER)
            yield block if text is block.text else structs.replace(block, text=text)
        elif isinstance(block, Grid):
            yield _fitted_grid(block, height)
        else:
            yield block


def _fitted_grid(grid: Grid, page: float) -> Grid:
    rows: list[list[Cell]] = [[] for _ in grid.rows]
    is_high = False
    for number, column, cell in placed(grid.rows):
        room = (sum(grid.widths[column : column + cell.span]) - CELL_MARGIN) / CELL_CHARACTER - cell.pad
        text = broken(cell.text, room)
        rows[number].append(cell if text is cell.text else structs.replace(cell, text=text))
        is_high = is_high or len(text) / room + text.count("\n") > _MANY
    if not is_high:
        return structs.replace(grid, rows=tuple(Row(tuple(cells)) for cells in rows))
    heights = row_heights(grid)
    return structs.replace(
        grid,
        rows=tuple(
            Row(tuple(cells), breaks=height > _MOST * page)
            for cells, height in zip(rows, heights, strict=True)
        ),
    )


def broken(text: str, room: float) -> str:
    """``text`` with a place to break behind each sign of a word that is longer than a line.

    Args:
        room: of a line, in widths of a Chinese character.
    """
    longest = room * 1.5  # capitals are wider than half a Chinese character
    if len(text) <= longest or not any(len(run) > longest for run in _RUN.findall(text)):
        return text
    return "".join(
        f"{_BREAK}{_BREAK.join(word)}{_BREAK}" if len(word) > longest else word for word in words_of(text)
    )
