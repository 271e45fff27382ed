"""Text that ran out of a cell of fixed height over the cell above or below, given back to the cell it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jiheng.reading.formats.page.grid import Grid
from jiheng.reading.formats.page.model import Run

_OVERLAP: Final = 0.5
"""Runs on one line that cover one another by this share of a sign are two strings printed over each other."""
_OTHERS: Final = 2
"""So many other cells must stand in both rows before the order of the file says which row a line belongs to."""

Content = dict[int, list[tuple[int, Run]]]
"""Area -> its runs, each with its number in the order of the file."""


def return_overflow(grid: Grid, found: Content) -> None:
    """Moves the lines in ``found`` that a neighbour above or below has lost.

    A name too long for a row of fixed height is printed on over the next row (or, set in the middle, also over
    the one before). In a file painted row by row it comes between the other cells of its own row; painted over
    the text of the next row, it follows right behind the text above it.
    """
    places = {
        (area.row, area.column, area.columns, area.rows): index for index, area in enumerate(grid.areas)
    }
    rows = _rows(grid, found)
    moves: list[tuple[int, int, tuple[int, Run]]] = []
    for index, area in enumerate(grid.areas):
        for piece in found.get(index, ()):
            for step in (-1, 1):
                other = places.get((area.row + step, area.column, area.columns, 1))
                if other is None or area.rows != 1:
                    continue
                own = [order for at, order in rows.get(area.row, ()) if at != index]
                far = [order for at, order in rows.get(area.row + step, ()) if at != other]
                if _was_painted_with(piece[0], own, far, step) or (
                    step < 0 and _is_printed_over(piece, found, index, other)
                ):
                    moves.append((index, other, piece))
                    break
    for source, target, piece in moves:
        found[source].remove(piece)
        found.setdefault(target, []).append(piece)


def _rows(grid: Grid, found: Content) -> dict[int, list[tuple[int, int]]]:
    """Row -> area and order of every run in it."""
    rows: dict[int, list[tuple[int, int]]] = {}
    for index, pieces in found.items():
        if grid.areas[index].rows == 1:
            rows.setdefault(grid.areas[index].row, []).extend((index, order) for order, _ in pieces)
    return rows


def _was_painted_with(order: int, own: Sequence[int], far: Sequence[int], step: int) -> bool:
    """Whether a run lies among the runs of the row above (``step`` -1) or below, and apart from those of its own row."""
    if len(own) < _OTHERS or len(far) < _OTHERS:
        return False
    if step < 0:
        return max(far) < min(own) and min(far) < order < max(far)
    return max(own) < min(far) and min(far) < order < max(far)


def _is_printed_over(piece: tuple[int, Run], found: Content, index: int, above: int) -> bool:
    order, run = piece
    return (
        above in found
        and order == max(at for at, _ in found[above]) + 1
        and any(overlap(run, other) for at, other in found[index] if at != order)
    )


def overlap(one: Run, other: Run) -> bool:
    """Whether two runs are printed over one another."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.height, other.height)
    return across > height * _OVERLAP and down > height * _OVERLAP
