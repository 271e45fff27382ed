"""What a file is made of, whatever its format: paragraphs and tables on a grid, each with its place.

Formats make blocks and know nothing of budgets; layouts recognise blocks and know nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from jiheng.budget import Place, is_blank
from jiheng.reading.turn import Turn

BESIDE: Final = {
    "furniture": "页码、页眉或页脚",
    "deleted": "修订中删除的文字",
    "hidden": "隐藏的文字",
    "placeholder": "控件中未填写的提示",
    "note": "脚注或批注",
}
"""Styles of what stands beside the text, with what to call it: what belongs to the page (running heads, page numbers,
repeated heads of tables), what a tracked change struck out, what is not shown, hints in empty content controls, notes."""


class Paragraph(msgspec.Struct, frozen=True):
    """A line or paragraph of text.

    ``style`` is "title", "heading", "toc" or "" as the format tells; one of ``BESIDE`` is no text of the body.
    """

    text: str
    place: Place
    style: str = ""


class Cell(msgspec.Struct, frozen=True):
    """A cell of a table. ``column`` counts grid columns from 0; ``span`` is how many it covers.

    Lines inside a cell are parted by "\\n". ``rows`` is how many rows a vertical merge covers; the cell that
    continues one in the row below is present and empty. 1 where the format does not tell.
    """

    text: str
    place: Place
    column: int
    span: int = 1
    rows: int = 1


class Row(msgspec.Struct, frozen=True):
    """A row of a table: its cells in the order of the grid."""

    cells: tuple[Cell, ...]
    place: Place

    @property
    def texts(self) -> list[str]:
        """The text of every cell."""
        return [cell.text for cell in self.cells]

    def at(self, column: int) -> Cell | None:
        """The cell that covers grid column ``column``."""
        cells = self.cells
        # no merged cell before it, as in most rows: wide sheets would else be walked column by column
        if 0 <= column < len(cells) and cells[column].column == column:
            return cells[column]
        for cell in cells:
            if cell.column <= column < cell.column + cell.span:
                return cell
        return None

    @property
    def is_blank(self) -> bool:
        """Whether no cell has any text."""
        return all(is_blank(cell.text) for cell in self.cells)


class Table(msgspec.Struct, frozen=True):
    """A table: rows of cells. Where the source has no grid (one cell a line) rows differ in length."""

    rows: tuple[Row, ...]
    place: Place


Block = Paragraph | Table


class Blocks(msgspec.Struct, frozen=True):
    """A file as blocks, in reading order, with what the format had to say about them."""

    blocks: tuple[Block, ...]
    encoding: str | None = None
    """Of a text file: the encoding that was found."""
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    """How many pages the file has, where it has pages that can be shown as pictures."""
    turns: dict[int, Turn] = {}
    """Page -> how it was turned to be read, for those that stood sideways or askew."""

    def texts(self) -> Iterator[tuple[str, Place]]:
        """Every piece of text with its place: paragraphs and cells."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text, block.place
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield cell.text, cell.place
