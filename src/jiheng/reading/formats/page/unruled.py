"""Tables without vertical lines, found by how their text stands in columns.

Prose must never become a table: several lines below one another must each fall into the same three or more columns,
and most of what stands in them must be figures, unless ruled lines above and below say that it is a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from jiheng.reading.formats.page.cells import lines_of
from jiheng.reading.formats.page.grid import Area, Grid
from jiheng.reading.formats.page.model import Page, Run
from jiheng.reading.formats.page.rulings import Frame, shelves

_GAP: Final = 1.0
"""Signs of white space that part two columns."""
_LEAST_LINES: Final = 4
_LEAST_COLUMNS: Final = 3
_FIGURES: Final = 0.5
"""Of the entries behind the first column, so many must be figures."""
_BRIDGED: Final = 0.15
"""A gap between columns may be bridged (by a heading over several) in this share of the lines."""
_FIGURE: Final = re.compile(r"^[-−(（]?[\d,，]+(?:\.\d+)?[)）%％]?$|^[—–\-/]+$")

Ordered = tuple[int, Run]
Group = list[Ordered]


def tables(page: Page, runs: list[Ordered]) -> tuple[list[tuple[Grid, list[Ordered]]], list[Ordered]]:
    """The tables among ``runs`` (those in no ruled grid) with their runs, and the runs that are left."""
    found: list[tuple[Grid, list[Ordered]]] = []
    for frame in shelves(page.rulings):
        left, top, right, bottom = frame.box
        inside = [
            piece
            for piece in runs
            if left - 3 <= piece[1].left and piece[1].right <= right + 3 and top < piece[1].middle < bottom
        ]
        grid = _grid(_lines(inside), frame)
        if grid is not None:
            found.append((grid, inside))
            runs = _without(runs, inside)
    for lines in _candidates(_lines(runs)):
        grid = _grid(lines, None)
        if grid is not None and _is_of_figures(lines, grid):
            inside = [piece for line in lines for group in line for piece in group]
            found.append((grid, inside))
            runs = _without(runs, inside)
    return found, runs


def _without(runs: list[Ordered], taken: list[Ordered]) -> list[Ordered]:
    gone = {id(run) for _, run in taken}
    return [piece for piece in runs if id(piece[1]) not in gone]


def _lines(runs: Sequence[Ordered]) -> list[list[Group]]:
    """The lines, each cut into groups where the white space is wide."""
    order = {id(run): number for number, run in runs}
    lines = []
    for line in lines_of(runs):
        groups: list[Group] = []
        for run in line:
            if groups and run.left - groups[-1][-1][1].right <= _GAP * max(run.height, 1.0):
                groups[-1].append((order[id(run)], run))
            else:
                groups.append([(order[id(run)], run)])
        lines.append(groups)
    return lines


def _candidates(lines: list[list[Group]]) -> list[list[list[Group]]]:
    """Stretches of lines that have columns; a single narrow line between them belongs to the row above."""
    found: list[list[list[Group]]] = []
    stretch: list[list[Group]] = []
    for index, line in enumerate(lines):
        has_columns = len(line) >= _LEAST_COLUMNS
        follows = index + 1 < len(lines) and len(lines[index + 1]) >= _LEAST_COLUMNS
        is_wrapped = bool(stretch) and follows and len(line) <= 2 and _width(line) < 0.5 * _width(stretch[0])
        if has_columns or is_wrapped:
            stretch.append(line)
            continue
        found.append(stretch)
        stretch = []
    found.append(stretch)
    return [one for one in found if sum(len(line) >= _LEAST_COLUMNS for line in one) >= _LEAST_LINES]


def _width(line: list[Group]) -> float:
    return line[-1][-1][1].right - line[0][0][1].left


def _grid(lines: list[list[Group]], frame: Frame | None) -> Grid | None:
    """Columns between the white gaps that all lines share, a row for every line that has columns."""
    if len(lines) < 2:
        return None
    xs = _column_edges(lines)
    if len(xs) < (3 if frame else _LEAST_COLUMNS + 1):
        return None
    anchors = [line for line in lines if len(line) >= 2] or lines
    tops = [min(run.top for group in line for _, run in group) for line in anchors]
    last = max(run.bottom for line in lines for group in line for _, run in group)
    first = min(run.top for line in lines for group in line for _, run in group)
    ys = [min(first, tops[0]) - 1, *(top - 1 for top in tops[1:]), last + 1]
    return Grid(xs, ys, _areas(lines, xs, ys))


def _column_edges(lines: list[list[Group]]) -> list[float]:
    spans = sorted((group[0][1].left, group[-1][1].right) for line in lines for group in line)
    allowed = _BRIDGED * len(lines)
    points = sorted({edge for span in spans for edge in span})
    edges = [points[0] - 1]
    for left, right in pairwise(points):
        middle = (left + right) / 2
        if right - left > 2 and sum(start < middle < end for start, end in spans) <= allowed:
            edges.append(middle)
    edges.append(points[-1] + 1)
    return _merged(edges, spans)


def _merged(edges: list[float], spans: list[tuple[float, float]]) -> list[float]:
    """Edges that have text between them: an empty column is no column."""
    kept = edges[:1]
    for edge in edges[1:]:
        if any(kept[-1] <= (start + end) / 2 < edge for start, end in spans):
            kept.append(edge)
    if len(kept) > 1:
        kept[-1] = max(kept[-1], edges[-1])
    return kept


def _areas(lines: list[list[Group]], xs: list[float], ys: list[float]) -> list[Area]:
    """Single boxes; a heading that stands over several columns covers them."""
    taken: dict[tuple[int, int], int] = {}
    for line in lines:
        for group in line:
            run, end = group[0][1], group[-1][1]
            row = next(
                (index for index in range(len(ys) - 1) if ys[index] <= run.middle < ys[index + 1]), None
            )
            covered = [
                column
                for column in range(len(xs) - 1)
                if min(end.right, xs[column + 1]) - max(run.left, xs[column])
                > 0.3 * (xs[column + 1] - xs[column])
                and (run.left < xs[column] + 1 or end.right > xs[column + 1] - 1)
            ]
            if (
                row is not None
                and len(covered) > 1
                and run.left < xs[covered[1]]
                and end.right > xs[covered[-1]]
            ):
                taken[(row, covered[0])] = len(covered)
    areas: list[Area] = []
    for row in range(len(ys) - 1):
        column = 0
        while column < len(xs) - 1:
            span = taken.get((row, column), 1)
            areas.append(Area(row, column, 1, span))
            column += span
    return areas


def _is_of_figures(lines: list[list[Group]], grid: Grid) -> bool:
    entries = ["".join(run.text for _, run in group) for line in lines for group in line[1:]]
    figures = sum(_FIGURE.match(entry.strip()) is not None for entry in entries)
    return bool(entries) and figures >= _FIGURES * len(entries)
