"""Tables without vertical lines, found by how their text stands in columns.

Prose must never become a table: several lines below one another must each fall into the same three or more columns,
and most of what stands in them must be figures, unless ruled lines above and below say that it is a table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
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
"""Of the columns behind the first so many must hold figures, and of a column's entries so many be some."""
_FAR: Final = 3.0
"""White space of so many lines ends a table."""
_BEGINS: Final = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{3,7}|[合总小]计|本年)")
"""What begins a row of its own although nothing stands beside it."""
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
    """Stretches of lines that have columns; in between a row may hold less, and a name may take several lines."""
    found: list[list[list[Group]]] = []
    stretch: list[list[Group]] = []
    for index, line in enumerate(lines):
        has_columns = len(line) >= _LEAST_COLUMNS
        follows = any(len(other) >= 2 for other in lines[index + 1 : index + 3])
        belongs = bool(stretch) and (
            len(line) >= 2 or (follows and _width(line) < 0.5 * max(map(_width, stretch)))
        )
        if stretch and _top(line) - _bottom(stretch[-1]) > _FAR * line[0][0][1].height:
            belongs = False
        if not (has_columns or belongs) or (stretch and has_columns and not belongs):
            found.append(stretch)
            stretch = []
        if has_columns or belongs:
            stretch.append(line)
    found.append(stretch)
    for one in found:
        while one and len(one[-1]) < 2:
            one.pop()
    return [one for one in found if sum(len(line) >= _LEAST_COLUMNS for line in one) >= _LEAST_LINES]


def _top(line: list[Group]) -> float:
    return min(run.top for group in line for _, run in group)


def _bottom(line: list[Group]) -> float:
    return max(run.bottom for group in line for _, run in group)


def _width(line: list[Group]) -> float:
    return line[-1][-1][1].right - line[0][0][1].left


def _grid(lines: list[list[Group]], frame: Frame | None) -> Grid | None:
    """Columns between the white gaps that all lines share, a row for every line that has columns."""
    if len(lines) < 2:
        return None
    xs = _column_edges(lines)
    if len(xs) < (3 if frame else _LEAST_COLUMNS + 1):
        return None
    tops = [min(map(_top, row)) for row in _rows(lines, xs)]
    last = max(map(_bottom, lines))
    ys = [tops[0] - 1, *(top - 1 for top in tops[1:]), last + 1]
    return Grid(xs, ys, _areas(lines, xs, ys))


def _rows(lines: list[list[Group]], xs: list[float]) -> list[list[list[Group]]]:
    """The lines of each row: a line that holds a part of one name only belongs to the row that lacks it."""
    rows: list[list[list[Group]]] = []
    waiting: list[list[Group]] = []
    for line in lines:
        is_row = len(line) >= 2 or _BEGINS.match(line[0][0][1].text) is not None
        if is_row:
            rows.append([*waiting, line])
            waiting = []
        elif (rows and _columns(rows[-1], xs) & _columns([line], xs)) or not rows:
            (rows[-1] if rows and len(rows[-1]) > 1 else waiting).append(line)
        else:
            rows[-1].append(line)
    if waiting:
        rows.append(waiting) if not rows else rows[-1].extend(waiting)
    return rows


def _columns(lines: list[list[Group]], xs: list[float]) -> set[int]:
    """The columns in which ``lines`` have text."""
    return {bisect_right(xs, (group[0][1].left + group[-1][1].right) / 2) for line in lines for group in line}


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
    """Whether half of the columns behind the first hold figures."""
    columns: dict[int, list[bool]] = {}
    for line in lines[1:]:
        for group in line:
            column = bisect_right(grid.xs, (group[0][1].left + group[-1][1].right) / 2)
            entry = "".join(run.text for _, run in group).strip()
            columns.setdefault(column, []).append(_FIGURE.match(entry) is not None)
    behind = [sum(entries) >= _FIGURES * len(entries) for column, entries in columns.items() if column > 1]
    return bool(behind) and sum(behind) >= _FIGURES * len(behind)
