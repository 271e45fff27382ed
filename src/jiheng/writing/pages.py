"""What a written document is made of, before it becomes Word, PDF or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from msgspec import structs

Align = Literal["left", "center", "right", "decimal"]
""""decimal" puts the figures of a column with their decimal points below one another, see ``aligned``."""


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
    pad: float = 0
    """Room left free at the right end, in widths of a Chinese character."""


class Row(msgspec.Struct, frozen=True):
    """A row of a grid: the cells that begin in it."""

    cells: tuple[Cell, ...]
    breaks: bool = False
    """Goes on over the next page, being higher than one."""


def labels(*texts: str) -> Row:
    """A row of headings."""
    return Row(tuple(Cell(text, style="label", align="center") for text in texts))


def figure(text: str | None, span: int = 1) -> Cell:
    """A figure, its decimal point below those of its column."""
    return Cell(text or "", span, style="figure", align="decimal")


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


class Leaf(msgspec.Struct, frozen=True, tag="leaf"):
    """From here pages lie on their side, or stand again; a page begins."""

    landscape: bool


class Contents(msgspec.Struct, frozen=True, tag="contents"):
    """A table of contents of the headings that follow, with page numbers."""

    title: str = "目　录"


class Body(msgspec.Struct, frozen=True, tag="body"):
    """Here the cover and contents end; pages are counted and numbered from here."""


Block = Heading | Text | Grid | Contents | Body | Leaf


class Pages(msgspec.Struct, frozen=True):
    """A whole document: its blocks, and what its properties say."""

    title: str
    blocks: tuple[Block, ...]
    author: str = ""


def placed(rows: Sequence[Row]) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with the row and the column in which it begins, both from 0."""
    open_until: dict[int, int] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while open_until.get(column, 0) > number:
                column += 1
            yield number, column, cell
            if cell.rows > 1:
                for covered in range(column, column + cell.span):
                    open_until[covered] = number + cell.rows
            column += cell.span


_WIDTHS = {".": 0.25, "%": 0.8}
_TAIL = re.compile(r"-?[\d,]+(?P<tail>.*)", re.DOTALL)


def aligned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, with room behind every decimal figure whose decimals are fewer than others of its column have."""
    widest: dict[int, float] = {}
    for _, column, cell in placed(rows):
        if cell.align == "decimal":
            widest[column] = max(widest.get(column, 0), _tail(cell.text) or 0)
    cells: list[list[Cell]] = [[] for _ in rows]
    for number, column, cell in placed(rows):
        if cell.align == "decimal":
            tail = _tail(cell.text)
            pad = 0 if tail is None else widest[column] - tail
            cells[number].append(structs.replace(cell, align="right", pad=pad))
        else:
            cells[number].append(cell)
    return tuple(structs.replace(row, cells=tuple(found)) for row, found in zip(rows, cells, strict=True))


def _tail(text: str) -> float | None:
    """How wide what stands behind the whole number is, in Chinese characters; ``None`` for what is no figure."""
    match = _TAIL.fullmatch(text)
    return sum(_WIDTHS.get(sign, 0.5) for sign in match["tail"]) if match else None
