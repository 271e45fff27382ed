"""Tables with a ruled head and a ruled frame, whose rows no line parts: a row for every line of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jiheng.reading.formats.page.cells import fill, line_text, lines_of
from jiheng.reading.formats.page.grid import Area, Grid
from jiheng.reading.formats.page.model import Run

_LEAST: Final = 4
"""Fewer lines in a cell may be paragraphs of one row."""
_BANDS: Final = 4
"""A table whose rows are parted by lines has more rows than this."""
_SHARE: Final = 0.6
"""Of the cells of a column so many must stand beside those of the others, and be figures in most columns."""
_FIGURE: Final = re.compile(r"^[-−(（]?[\d,，]+(?:\.\d+)?[)）%％]?$|^[—–\-/]+$")


def with_rows(grid: Grid, runs: Sequence[tuple[int, Run]]) -> Grid:
    """``grid``, its tall rows cut where lines of figures stand below one another."""
    if grid.rows > _BANDS or grid.columns < 3:
        return grid
    content = fill(grid, runs)
    edges: dict[int, list[float]] = {}
    for row in range(grid.rows):
        cells = [
            [line for line in lines_of(content.get(index, ())) if line_text(line)]
            for index, area in enumerate(grid.areas)
            if area.row == row and area.rows == 1
        ]
        cuts = _cuts(cells)
        if cuts:
            edges[row] = cuts
    return _cut(grid, edges) if edges else grid


def _cuts(cells: Sequence[list[list[Run]]]) -> list[float]:
    """The heights at which a row falls into several; none where it is one."""
    if len(cells) < 3:
        return []
    anchors = max(cells, key=lambda lines: sum(bool(_FIGURE.match(line_text(line))) for line in lines))
    tall = [lines for lines in cells if len(lines) >= _SHARE * len(anchors)]
    figures = [
        lines
        for lines in tall
        if sum(bool(_FIGURE.match(line_text(line))) for line in lines) >= _SHARE * len(lines)
    ]
    if len(anchors) < _LEAST or len(tall) < 3 or len(figures) < 2:
        return []
    tops = [min(run.top for run in line) for line in anchors]
    beside = [
        top
        for top, line in zip(tops, anchors, strict=True)
        if sum(any(_beside(line, other) for other in lines) for lines in tall) >= 2
    ]
    if len(beside) < _SHARE * len(tops):
        return []
    bottoms = [max(run.bottom for run in line) for line in anchors]
    return [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]


def _beside(line: Sequence[Run], other: Sequence[Run]) -> bool:
    return abs(line[0].middle - other[0].middle) < 0.5 * max(line[0].height, other[0].height)


def _cut(grid: Grid, edges: dict[int, list[float]]) -> Grid:
    first, at = [], 0
    for row in range(grid.rows):
        first.append(at)
        at += 1 + len(edges.get(row, ()))
    first.append(at)
    ys = sorted([*grid.ys, *(y for cuts in edges.values() for y in cuts)])
    areas: list[Area] = []
    for area in grid.areas:
        start, end = first[area.row], first[area.row + area.rows]
        if area.rows == 1:
            areas += [Area(row, area.column, 1, area.columns) for row in range(start, end)]
        else:
            areas.append(Area(start, area.column, end - start, area.columns))
    return Grid(grid.xs, ys, sorted(areas, key=lambda area: (area.row, area.column)))
