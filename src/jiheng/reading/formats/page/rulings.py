"""Ruled lines made whole: pieces joined, doubles merged, and sorted into the tables that they draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from jiheng.reading.formats.page.model import Ruling

_NEAR: Final = 2.0
"""Lines nearer than this (points) are one."""
_GAP: Final = 4.0
"""Pieces of a line may lie this far apart."""
_TOUCH: Final = 3.0
"""A line that ends this near to another one touches it."""
_SHORT: Final = 4.0
"""Shorter lines (points) belong to letters and ornaments, or are strokes of a dashed line."""
_DASHED: Final = 20.0
_MAX_LINES: Final = 2_000
"""A page with more lines than this in one direction is a drawing."""


class Line(msgspec.Struct, frozen=True):
    """A line at ``at`` (y of a horizontal one, x of a vertical one) from ``start`` to ``end``."""

    at: float
    start: float
    end: float


class Frame(msgspec.Struct):
    """The lines of one table."""

    across: list[Line]
    down: list[Line]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of all lines."""
        xs = [value for line in self.across for value in (line.start, line.end)] + [
            line.at for line in self.down
        ]
        ys = [value for line in self.down for value in (line.start, line.end)] + [
            line.at for line in self.across
        ]
        return min(xs), min(ys), max(xs), max(ys)


def frames(rulings: Iterable[Ruling]) -> list[Frame]:
    """The tables that the rulings draw, from top to bottom; lines that touch nothing are left out."""
    across, down = _sorted(rulings)
    parents = list(range(len(across) + len(down)))

    def find(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for number, line in enumerate(across):
        for other, crossing in enumerate(down, len(across)):
            if _touches(line, crossing):
                parents[find(number)] = find(other)
    groups: dict[int, Frame] = {}
    for number, line in enumerate(across):
        groups.setdefault(find(number), Frame([], [])).across.append(line)
    for other, crossing in enumerate(down, len(across)):
        groups.setdefault(find(other), Frame([], [])).down.append(crossing)
    found = [group for group in groups.values() if len(group.across) >= 2 and group.down]
    return sorted((_joined_inside(group) for group in found), key=lambda frame: (frame.box[1], frame.box[0]))


def shelves(rulings: Iterable[Ruling]) -> list[Frame]:
    """Tables that have horizontal lines only: three or more of the same width below one another."""
    across, down = _sorted(rulings)
    free = [line for line in across if not any(_touches(line, crossing) for crossing in down)]
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in free:
        groups.setdefault((round(line.start / 6), round(line.end / 6)), []).append(line)
    return [Frame(group, []) for group in groups.values() if len(group) >= 3]


def cluster(values: Iterable[float], near: float = _NEAR) -> list[float]:
    """The values, those that lie near one another made one (their mean)."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _sorted(rulings: Iterable[Ruling]) -> tuple[list[Line], list[Line]]:
    across: list[Line] = []
    down: list[Line] = []
    for ruling in rulings:
        width, height = ruling.right - ruling.left, ruling.bottom - ruling.top
        if width >= height:
            across.append(Line((ruling.top + ruling.bottom) / 2, ruling.left, ruling.right))
        else:
            down.append(Line((ruling.left + ruling.right) / 2, ruling.top, ruling.bottom))
    return _whole(across), _whole(down)


def _whole(lines: list[Line]) -> list[Line]:
    """The lines; short strokes count where they make a dashed line."""
    long = [line for line in lines if line.end - line.start >= _SHORT]
    short = [line for line in lines if line.end - line.start < _SHORT]
    dashed = [line for line in _joined(short) if line.end - line.start >= _DASHED]
    found = _joined([*long, *dashed])
    return found if len(found) <= _MAX_LINES else []


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces of the same line put together."""
    whole: list[Line] = []
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.at, line.start)):
        if levels and line.at - levels[-1][-1].at <= _NEAR / 2:
            levels[-1].append(line)
        else:
            levels.append([line])
    for level in levels:
        level.sort(key=lambda line: line.start)
        current = level[0]
        for line in level[1:]:
            if line.start - current.end <= _GAP:
                current = Line(current.at, current.start, max(current.end, line.end))
            else:
                whole.append(current)
                current = line
        whole.append(current)
    return whole


def _joined_inside(frame: Frame) -> Frame:
    return Frame(sorted(frame.across, key=lambda line: line.at), sorted(frame.down, key=lambda line: line.at))


def _touches(line: Line, crossing: Line) -> bool:
    return (
        line.start - _TOUCH <= crossing.at <= line.end + _TOUCH
        and crossing.start - _TOUCH <= line.at <= crossing.end + _TOUCH
    )
