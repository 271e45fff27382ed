"""A ruled table whose rows are divided in ways of their own: every row says how wide its cells are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from jiheng.writing.pages import Cell, Grid, Row, aligned

CHARACTER = 3.7
"""Of a Chinese character in a cell, in mm."""
MARGIN = 2.4
"""Of a cell, both sides together, in mm."""
_FLOOR = 2.2 * CHARACTER + MARGIN
Strip = Sequence[tuple[float, Cell | None]]
"""A row: the widths of its cells in mm with the cells; ``None`` where a cell from above goes on."""

_SAME = 0.3
"""Edges nearer than this, in mm, are one."""


def label(text: str, rows: int = 1) -> Cell:
    """A label of the form, in the middle of its cell."""
    return Cell(text, 1, rows, "label", "center")


def words(text: str | None) -> Cell:
    """What is written beside a label."""
    return Cell(text or "")


def short(text: str | None) -> Cell:
    """A word or a figure that stands in the middle of its cell: a name, points, a rate."""
    return Cell(text or "", align="center")


def ruled(strips: Sequence[Strip], *, header_rows: int = 0, joined: bool = False) -> Grid:
    """The grid whose columns are all the edges of its rows; a cell covers the columns that it is wide."""
    edges = _edges(strips)
    rows = tuple(Row(tuple(_cells(strip, edges))) for strip in strips)
    widths = tuple(round(right - left, 2) for left, right in pairwise(edges))
    return Grid(widths, aligned(rows), header_rows=header_rows, joined=joined)


def _edges(strips: Sequence[Strip]) -> list[float]:
    found = [0.0]
    for at in sorted({at for strip in strips for at in _ends(strip)}):
        if at - found[-1] > _SAME:
            found.append(at)
    return found


def _ends(strip: Strip) -> Iterator[float]:
    at = 0.0
    for width, _ in strip:
        at += width
        yield round(at, 2)


def _cells(strip: Strip, edges: Sequence[float]) -> Iterator[Cell]:
    begin = 0
    for (_, cell), at in zip(strip, _ends(strip), strict=True):
        end = min(range(len(edges)), key=lambda index: abs(edges[index] - at))
        if cell is not None and end > begin:
            yield structs.replace(cell, span=end - begin)
        begin = end


def length(text: str) -> float:
    """How wide the longest line of ``text`` is, in Chinese characters; figures as wide as the widest font has them."""
    return max(sum(1.0 if ord(sign) > 0x2E7F else 0.62 for sign in line) for line in text.split("\n"))


def figures_length(texts: Sequence[str]) -> float:
    """How wide figures are whose decimal points stand below one another, in Chinese characters."""
    parts = [text.partition(".") for text in texts if text]
    wholes = [length(whole) for whole, _, _ in parts]
    tails = [length(point + rest) for _, point, rest in parts]
    return max(wholes, default=0) + max(tails, default=0)


def shared(wants: Sequence[tuple[float, float]], total: float) -> list[float]:
    """``total`` divided among columns, each with the least that it needs and what it would like to have, in mm.

    What is missing or left over is taken from and given to the columns in the measure of what they like.
    """
    least, liked = [low for low, _ in wants], [max(low, high) for low, high in wants]
    if sum(liked) <= total:
        return [width * total / sum(liked) for width in liked]
    spare, asked = total - sum(least), sum(liked) - sum(least)
    if spare <= 0:
        # so many columns that none can have what it needs: two signs a line at the least, and the rest in measure
        floor = [min(low, _FLOOR) for low in least]
        if sum(floor) >= total:
            return [total / len(least)] * len(least)
        return shared(list(zip(floor, least, strict=True)), total)
    if asked <= 0:
        return [width * total / sum(least) for width in least]
    return [low + (high - low) * spare / asked for low, high in zip(least, liked, strict=True)]


def wanted(head: str, texts: Sequence[str], *, most: float) -> tuple[float, float]:
    """The least width of a column and the one that suits it: its heading on two lines, its longest word on one.

    Args:
        most: in characters, beyond which a text goes on over the next line.
    """
    # a heading of six signs and more stands on two lines, of three and fewer on one
    size = length(head)
    least = size if size <= 3 else max(2.0, (size + 1) // 2 + 0.2)
    longest = max((length(text) for text in texts), default=0.0)
    return least * CHARACTER + MARGIN, min(max(longest, least), most) * CHARACTER + MARGIN
