"""Runs of text into the cells of a grid, and the runs of a cell into lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from jiheng.reading.formats.page.grid import Grid
from jiheng.reading.formats.page.model import Run
from jiheng.reading.formats.page.overflow import overlap, return_overflow

_ALIGNED: Final = 0.5
"""Text is centred in a cell when its middle is off by less than this share of a sign."""
_FIGURE: Final = re.compile(r"^[-−(（]?[\d,，]+(?:\.\d+)?[)）%％]?$")
# No figure has two decimal points; an amount behind a name, a code before one.
_TWO_TEXTS: Final = (
    re.compile(r"(?<![\d.])-?[\d,]*\d\.\d{2} ?(?=-?[\d,]*\d\.\d{2}(?!\d))"),
    re.compile(r"[\u4e00-\u9fff）)] ?(?=-?[\d,]*\d\.\d{2})"),
    re.compile(r"^\d{3,7} ?(?=[\u4e00-\u9fff](?<![年月日号个人万元]))"),
)


def fill(grid: Grid, runs: Sequence[tuple[int, Run]]) -> dict[int, list[tuple[int, Run]]]:
    """Area -> its runs with their order in the file. A run that crosses a border is cut there, sign by sign."""
    found: dict[int, list[tuple[int, Run]]] = {}
    for order, run in runs:
        for piece in _cut(grid, run):
            area = _home(grid, piece)
            if area is not None:
                found.setdefault(area, []).append((order, piece))
    return_overflow(grid, found)
    return found


def _home(grid: Grid, piece: Run) -> int | None:
    """The cell that ``piece`` belongs to, where it does not lie within one: as its alignment tells."""
    middle = grid.area_at((piece.left + piece.right) / 2, piece.middle)
    begins = grid.area_at(piece.left + 1, piece.middle)
    ends = grid.area_at(piece.right - 1, piece.middle)
    if middle is None or begins is None or middle == begins == ends:
        return middle if middle is not None else begins
    left, _, right, _ = grid.box_of(grid.areas[middle])
    if abs((left + right - piece.left - piece.right) / 2) < _ALIGNED * piece.height:
        return middle  # centred
    if ends is not None and _FIGURE.match(piece.text):
        edge = grid.box_of(grid.areas[ends])[2]
        if edge - piece.right <= piece.height:
            return ends  # to the right, as figures stand
    if piece.left - grid.box_of(grid.areas[begins])[0] <= piece.height:
        return begins  # overflows to the right
    return middle if right - left >= piece.right - piece.left else begins


def _cut(grid: Grid, run: Run) -> list[Run]:
    """``run`` in pieces, each within one cell; text that runs on over a border without a gap overflows its cell."""
    y = run.middle
    first = _area_of(grid, run, 0, y)
    if first == _area_of(grid, run, len(run.text) - 1, y):
        return [run]
    beginnings = _beginnings(run)
    pieces: list[Run] = []
    start = 0
    area = first
    for index in range(1, len(run.text)):
        here = _area_of(grid, run, index, y)
        # a space belongs to nobody; a sign between two cells stays with those before it
        if here == area or here is None or run.text[index].isspace():
            continue
        if index not in beginnings and _is_tight(run, index):
            continue
        pieces.append(run.part(start, index))
        start, area = index, here
    pieces.append(run.part(start, len(run.text)))
    return [_trimmed(piece) for piece in pieces if piece.text.strip()]


def _trimmed(piece: Run) -> Run:
    """``piece`` without the space at its end, which no border has to hold."""
    length = len(piece.text.rstrip())
    return (
        piece
        if length == len(piece.text) or not piece.edges
        else msgspec.structs.replace(piece.part(0, length), right=piece.edges[length])
    )


def _beginnings(run: Run) -> set[int]:
    """Where the text of another cell may begin although no gap is left before it.

    There a string of the file begins (of several signs, behind another such), or text of another kind.
    """
    found = {match.end() for kind in _TWO_TEXTS for match in kind.finditer(run.text)}
    starts = sorted({0, *run.strings})
    lengths = [end - start for start, end in pairwise([*starts, len(run.text)])]
    found |= {starts[at] for at in range(1, len(starts)) if lengths[at] > 1 and lengths[at - 1] > 1}
    return found


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
