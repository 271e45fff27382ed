"""Text set in two columns: the left one is read to its end before the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from jiheng.reading.blocks import Paragraph
from jiheng.reading.formats.page.model import Page
from jiheng.reading.formats.page.paragraphs import Line, Measure, paragraphs_of

_LEAST: Final = 3
"""So many lines must stand side by side, each with as many signs as ``_LONG``."""
_LONG: Final = 10
_APART: Final = 3.0
"""Points by which the middles of lines that stand side by side may differ."""


def flowing(lines: Sequence[Line], page: Page, column: Measure | None) -> Iterator[Paragraph]:
    """The paragraphs that ``lines`` make, in one column or two."""
    pairs = [
        (one, other)
        for one, other in pairwise(lines)
        if abs((one.top + one.bottom) - (other.top + other.bottom)) < 2 * _APART
        and one.right < other.left
        and min(len(one.text), len(other.text)) >= _LONG
    ]
    gutter = _gutter(pairs)
    if gutter is None:
        yield from paragraphs_of(lines, page, column)
        return
    first = min(min(one.top, other.top) for one, other in pairs) - _APART
    last = max(line.bottom for line in lines)
    crossing = [line for line in lines if line.left < gutter < line.right and line.top > first]
    if crossing:
        last = min(line.top for line in crossing)
    above = [line for line in lines if line.top < first]
    inside = [line for line in lines if line.top >= first and line.bottom <= last]
    below = [line for line in lines if line.top >= first and line.bottom > last]
    yield from paragraphs_of(above, page, column)
    for side in (
        [line for line in inside if line.right <= gutter],
        [line for line in inside if line.right > gutter],
    ):
        if side:
            own = Measure(min(line.left for line in side), max(line.right for line in side))
            yield from paragraphs_of(side, page, own)
    if below:
        yield from flowing(below, page, column)


def _gutter(pairs: Sequence[tuple[Line, Line]]) -> float | None:
    """The x of the white space between two columns; ``None`` where too few lines stand side by side."""
    if len(pairs) < _LEAST:
        return None
    left, right = max(one.right for one, _ in pairs), min(other.left for _, other in pairs)
    return (left + right) / 2 if left < right else None
