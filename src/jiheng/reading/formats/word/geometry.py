"""Cells on the grid of their table: spans that are missing told from widths, vertical merges counted and mended."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import msgspec
from lxml import etree

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Cell
from jiheng.reading.formats.word.names import W, number

_NEAR: Final = 80
"""Edges nearer than this (twentieths of a point) are the same."""
_EVEN: Final = 0.02
"""Rows whose widths differ by more than this share are not measured by them."""


class Box(msgspec.Struct):
    """A cell as its file describes it. Widths in twentieths of a point."""

    text: str
    place: Place
    column: int
    span: int = 1
    measured: etree._Element | None = None
    """Where its width stands (w:tcW); looked up only when it is needed."""
    more: int = 0
    """The width of cells that were merged into this one."""
    offset: int = 0
    """Room left free before the first cell of a row."""
    merge: str = ""
    """ "restart" begins a vertical merge, "continue" goes on with the one above, "" neither."""
    goes_on_left: bool = False

    @property
    def width(self) -> int:
        """Its width; 0 where the file does not tell."""
        if self.measured is None or self.measured.get(f"{W}type", "dxa") != "dxa":
            return 0
        own = number(self.measured.get(f"{W}w"))
        return own + self.more if own > 0 else 0


def on_grid(rows: list[list[Box]]) -> list[list[Box]]:
    """``rows`` with columns and spans by the widths of their cells, where the spans in the file do not add up.

    Some programs write no spans and leave it to the widths where a cell ends. Rows are changed only when all of
    them are measured and end at the same place.
    """
    ends = {row[-1].column + row[-1].span for row in rows if row}
    if len(ends) < 2:
        return rows
    edges = [_edges(row) for row in rows]
    rights = [found[-1] for found in edges if found]
    if any(not found for found, row in zip(edges, rows, strict=True) if row):
        return rows
    if max(rights) - min(rights) > max(_NEAR, _EVEN * max(rights)):
        return rows
    grid = _clustered(sorted(edge for found in edges for edge in found))
    placed = [
        [min(range(len(grid)), key=lambda index: abs(grid[index] - edge)) for edge in found]
        for found in edges
    ]
    if any(right <= left for at in placed for left, right in pairwise(at)):
        return rows
    for row, at in zip(rows, placed, strict=True):
        for box, (left, right) in zip(row, pairwise(at), strict=False):
            box.column, box.span = left, right - left
            box.place = msgspec.structs.replace(box.place, column=left + 1)
    return rows


def _edges(row: list[Box]) -> list[int]:
    """The edges of a row's cells from left to right; none where a width is missing."""
    if not row or any(box.width <= 0 for box in row):
        return []
    edges = [row[0].offset]
    for box in row:
        edges.append(edges[-1] + box.width)
    return edges


def _clustered(values: list[int]) -> list[float]:
    groups: list[list[int]] = []
    for value in values:
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def settled(rows: list[list[Box]]) -> tuple[list[tuple[Cell, ...]], list[tuple[str, Place]]]:
    """The cells of every row with the rows that they cover, and the texts that Word hides in continued cells.

    A cell says that it continues the one above. Where there is none, or only one of another width and it has a text
    of its own, it stands for itself, so that a broken merge loses nothing.
    """
    hidden: list[tuple[str, Place]] = []
    origins: dict[int, Box] = {}
    goes_on: list[list[bool]] = []
    for row in rows:
        here: dict[int, Box] = {}
        marks = []
        for box in row:
            origin = origins.get(box.column) if box.merge == "continue" else None
            if origin is not None and not _is_one(origin, box):
                origin = None
            if origin is not None and not is_blank(box.text) and box.text != origin.text:
                hidden.append((box.text, box.place))
            marks.append(origin is not None)
            here[box.column] = origin or box
        origins = here
        goes_on.append(marks)
    return _counted(rows, goes_on), hidden


def _is_one(origin: Box, box: Box) -> bool:
    """Whether ``box`` goes on with ``origin``: as Word means it, or without a text that would be lost."""
    return is_blank(box.text) or (origin.span == box.span and origin.merge != "")


def _counted(rows: list[list[Box]], goes_on: list[list[bool]]) -> list[tuple[Cell, ...]]:
    heights: dict[int, int] = {}
    found: list[tuple[Cell, ...]] = []
    for row, marks in zip(reversed(rows), reversed(goes_on), strict=True):
        above: dict[int, int] = {}
        cells = []
        for box, is_covered in zip(row, marks, strict=True):
            below = heights.get(box.column, 0)
            if is_covered:
                above[box.column] = below + 1
                cells.append(Cell("", box.place, box.column, box.span))
            else:
                cells.append(Cell(box.text, box.place, box.column, box.span, 1 + below))
        heights = above
        found.append(tuple(cells))
    return found[::-1]
