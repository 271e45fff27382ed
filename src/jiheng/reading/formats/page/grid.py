"""From ruled lines to a grid: columns, rows, and which boxes of the grid are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.reading.formats.page.rulings import Frame, Line, cluster

_NEAR: Final = 2.5
_COVER: Final = 0.6
"""A border counts when the lines on it cover this share of its length."""
_THIN: Final = 2.5
"""Columns and rows narrower than this (points) are double lines."""

_MAX_BOXES: Final = 20_000
"""Of one page: more are squared paper, not a table."""


class Area(msgspec.Struct, frozen=True):
    """A cell: its first row and column, and how many it covers."""

    row: int
    column: int
    rows: int
    columns: int


class Grid:
    """The edges of a table's columns and rows, and its cells.

    Attributes:
        xs, ys: edges, one more than there are columns and rows.
        areas: cells in reading order.
    """

    def __init__(self, xs: Sequence[float], ys: Sequence[float], areas: list[Area]) -> None:
        self.xs, self.ys, self.areas = list(xs), list(ys), areas
        self._owner = {
            (row, column): index
            for index, area in enumerate(areas)
            for row in range(area.row, area.row + area.rows)
            for column in range(area.column, area.column + area.columns)
        }

    @property
    def columns(self) -> int:
        """How many columns."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.ys) - 1

    def area_at(self, x: float, y: float) -> int | None:
        """The cell that holds a point; ``None`` outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self._owner.get((row, column))

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def box_of(self, area: Area) -> tuple[float, float, float, float]:
        """left, top, right, bottom of a cell."""
        return (
            self.xs[area.column],
            self.ys[area.row],
            self.xs[area.column + area.columns],
            self.ys[area.row + area.rows],
        )


def grid_of(frame: Frame) -> Grid | None:
    """The grid that the lines draw; ``None`` when they enclose nothing."""
    left, top, right, bottom = frame.box
    xs = _edges([line.at for line in frame.down], left, right)
    ys = _edges([line.at for line in frame.across], top, bottom)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MAX_BOXES:
        return None
    return Grid(xs, ys, _areas(xs, ys, frame))


def _edges(found: list[float], first: float, last: float) -> list[float]:
    """The edges, with the outer ones that the crossing lines reach but nobody drew."""
    edges = cluster(found, _NEAR)
    if edges and edges[0] - first > _NEAR * 2:
        edges.insert(0, first)
    if edges and last - edges[-1] > _NEAR * 2:
        edges.append(last)
    kept = edges[:1]
    for edge in edges[1:]:
        if edge - kept[-1] >= _THIN:
            kept.append(edge)
    return kept


def _areas(xs: list[float], ys: list[float], frame: Frame) -> list[Area]:
    columns, rows = len(xs) - 1, len(ys) - 1
    down = [_on(frame.down, x) for x in xs]
    across = [_on(frame.across, y) for y in ys]
    parent = list(range(rows * columns))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _covered(down[column + 1], ys[row], ys[row + 1]):
                parent[find(here + 1)] = find(here)
            if row + 1 < rows and not _covered(across[row + 1], xs[column], xs[column + 1]):
                parent[find(here + columns)] = find(here)
    groups: dict[int, list[tuple[int, int]]] = {}
    for index in range(rows * columns):
        groups.setdefault(find(index), []).append(divmod(index, columns))
    areas = [area for boxes in groups.values() for area in _rectangles(boxes)]
    return sorted(areas, key=lambda area: (area.row, area.column))


def _rectangles(boxes: list[tuple[int, int]]) -> list[Area]:
    """The boxes as one rectangle; where they are none (a line is missing), row by row."""
    rows, columns = [row for row, _ in boxes], [column for _, column in boxes]
    area = Area(min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)
    if area.rows * area.columns == len(boxes):
        return [area]
    found: list[Area] = []
    for row in sorted(set(rows)):
        run = sorted(column for at, column in boxes if at == row)
        start = run[0]
        for before, after in zip(run, [*run[1:], -9], strict=True):
            if after != before + 1:
                found.append(Area(row, start, 1, before - start + 1))
                start = after
    return found


def _on(lines: list[Line], at: float) -> list[Line]:
    return [line for line in lines if abs(line.at - at) <= _NEAR]


def _covered(lines: list[Line], start: float, end: float) -> bool:
    """Whether lines cover most of the way from ``start`` to ``end``."""
    covered = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return covered >= _COVER * (end - start)
