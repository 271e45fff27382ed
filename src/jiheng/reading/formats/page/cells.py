"""Runs of text into the cells of a grid, and the runs of a cell into lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from jiheng.reading.formats.page.grid import Grid
from jiheng.reading.formats.page.model import Run

_OVERLAP: Final = 0.5
"""Runs on one line that cover one another by this share of a sign are two strings printed over each other."""


def fill(grid: Grid, runs: Sequence[tuple[int, Run]]) -> dict[int, list[tuple[int, Run]]]:
    """Area -> its runs with their order in the file. A run that crosses a border is cut there, sign by sign."""
    found: dict[int, list[tuple[int, Run]]] = {}
    for order, run in runs:
        for piece in _cut(grid, run):
            area = _home(grid, piece)
            if area is not None:
                found.setdefault(area, []).append((order, piece))
    _return_overflow(grid, found)
    return found


def _home(grid: Grid, piece: Run) -> int | None:
    """The cell that ``piece`` belongs to: where its middle lies; where it begins, when it overflows to the right."""
    middle = (piece.left + piece.right) / 2
    area = grid.area_at(middle, piece.middle)
    begins = grid.area_at(piece.left + 1, piece.middle)
    if area is None or begins is None or area == begins:
        return area if area is not None else begins
    left, _, right, _ = grid.box_of(grid.areas[area])
    is_centred = abs((left + right) / 2 - middle) < piece.height
    return area if is_centred or right - left >= piece.right - piece.left else begins


def _cut(grid: Grid, run: Run) -> list[Run]:
    """``run`` in pieces, each within one cell; text that runs on over a border without a gap overflows its cell."""
    y = run.middle
    first = _area_of(grid, run, 0, y)
    if first == _area_of(grid, run, len(run.text) - 1, y):
        return [run]
    pieces: list[Run] = []
    start = 0
    area = first
    for index in range(1, len(run.text)):
        here = _area_of(grid, run, index, y)
        # a space belongs to nobody; a sign between two cells stays with those before it
        if here == area or run.text[index].isspace() or here is None or _is_tight(run, index):
            continue
        pieces.append(run.part(start, index))
        start, area = index, here
    pieces.append(run.part(start, len(run.text)))
    return [piece for piece in pieces if piece.text.strip()]


def _area_of(grid: Grid, run: Run, index: int, y: float) -> int | None:
    return grid.area_at((run.left_of(index) + run.left_of(index + 1)) / 2, y)


def _is_tight(run: Run, index: int) -> bool:
    """Whether sign ``index`` follows the one before it as in a word: then no border parts them."""
    if not run.edges:
        return False
    each = (run.right - run.left) / len(run.text)
    step = run.edges[index] - run.edges[index - 1]
    wide = run.height if ord(run.text[index - 1]) > 0x2E7F else min(run.height * 0.62, each * 1.15)
    return step <= wide * 1.12


def _return_overflow(grid: Grid, found: dict[int, list[tuple[int, Run]]]) -> None:
    """Text that ran out of the cell above goes back to it.

    A name too long for a row of fixed height is printed on over the next row. There it overlaps the text of
    that row, and in the file it follows right behind the text of the cell above.
    """
    above = {
        (area.row + area.rows, area.column, area.columns): index for index, area in enumerate(grid.areas)
    }
    for index, area in enumerate(grid.areas):
        runs = found.get(index)
        source = above.get((area.row, area.column, area.columns))
        if not runs or source is None or len(runs) < 2 or source not in found:
            continue
        last = max(order for order, _ in found[source])
        strays = [
            (order, run)
            for order, run in runs
            if order == last + 1 and any(overlap(run, other) for at, other in runs if at != order)
        ]
        for stray in strays:
            runs.remove(stray)
            found[source].append(stray)


def overlap(one: Run, other: Run) -> bool:
    """Whether two runs are printed over one another."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.height, other.height)
    return across > height * _OVERLAP and down > height * _OVERLAP


def lines_of(runs: Iterable[tuple[int, Run]]) -> list[list[Run]]:
    """The runs as lines, from top to bottom, each from left to right."""
    lines: list[list[Run]] = []
    for _, run in sorted(runs, key=lambda piece: (piece[1].middle, piece[0])):
        for line in reversed(lines[-3:]):
            if _same_line(line, run) and not any(overlap(run, other) for other in line):
                line.append(run)
                break
        else:
            lines.append([run])
    for line in lines:
        line.sort(key=lambda run: run.left)
    return lines


def _same_line(line: list[Run], run: Run) -> bool:
    other = line[-1]
    shared = min(other.bottom, run.bottom) - max(other.top, run.top)
    return shared > 0.5 * min(other.bottom - other.top, run.bottom - run.top)


def line_text(line: Sequence[Run]) -> str:
    """The words of a line; a wide gap is a space."""
    text = ""
    before: Run | None = None
    for run in line:
        if before is not None and run.left - before.right > 0.4 * max(run.height, before.height, 1.0):
            text += " "
        text += run.text
        before = run
    return text.strip()


def confidence(runs: Iterable[Run]) -> float | None:
    """The least of the runs' confidences, to two places; ``None`` where nothing was recognised from a picture."""
    known = [run.confidence for run in runs if run.confidence is not None]
    return round(min(known), 2) if known else None
