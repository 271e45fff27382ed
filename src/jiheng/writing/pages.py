"""What a written document is made of, before it becomes Word, PDF or HTML."""

from __future__ import annotations

from typing import Literal

import msgspec

Align = Literal["left", "center", "right"]


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading. Level 0 is a part's title, 1 a chapter (黑体), 2 a table's heading (楷体)."""

    text: str
    level: int
    anchor: str
    new_page: bool = False
    in_contents: bool = True


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph. ``style`` names how it looks; ``right`` stands at the right end of the same line.

    "flush" is body type without an indent, for the addressee of a letter; "signature" stands four characters from the
    right edge; "attachment" begins a page; "blank" is as many empty lines as ``text`` has.
    """

    text: str
    style: Literal[
        "cover_name",
        "cover_title",
        "cover_status",
        "cover_body",
        "title",
        "body",
        "flush",
        "note",
        "units",
        "signature",
        "attachment",
        "number",
        "blank",
    ] = "body"
    right: str = ""
    keep: bool = False
    """Stays on the page of what follows."""


class Cell(msgspec.Struct, frozen=True):
    """A cell of a grid: ``text`` may have several lines; ``span`` and ``rows`` are what it covers."""

    text: str
    span: int = 1
    rows: int = 1
    style: Literal["label", "group", "text", "figure", "error", "warning", "notice"] = "text"
    """"group" heads the rows below it, over the whole width."""
    align: Align = "left"


class Row(msgspec.Struct, frozen=True):
    """A row of a grid: the cells that begin in it."""

    cells: tuple[Cell, ...]


def labels(*texts: str) -> Row:
    """A row of headings."""
    return Row(tuple(Cell(text, style="label", align="center") for text in texts))


class Grid(msgspec.Struct, frozen=True, tag="grid"):
    """A ruled table. The first ``header_rows`` rows are repeated on every page; no row breaks in two.

    ``joined`` leaves no gap to the grid above, so that two grids look like one table.
    """

    widths: tuple[float, ...]
    """Of the columns, in mm."""
    rows: tuple[Row, ...]
    header_rows: int = 0
    joined: bool = False
    new_page: bool = False


class Contents(msgspec.Struct, frozen=True, tag="contents"):
    """A table of contents of the headings that follow, with page numbers."""

    title: str = "目　录"


class Body(msgspec.Struct, frozen=True, tag="body"):
    """Here the cover and contents end; pages are counted and numbered from here."""


Block = Heading | Text | Grid | Contents | Body


class Pages(msgspec.Struct, frozen=True):
    """A whole document: its blocks, and what its properties say."""

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
