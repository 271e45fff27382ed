"""Cell by cell: the measure on which other programs can be compared, since they know no fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jiheng.reading.blocks import Block, Table

Rows = list[dict[int, str]]
"""The text of every cell that is not empty by its grid column, for every row of every table."""


class CellScore(NamedTuple):
    """Cells found with the right text in the right row and column, of how many, in how long, in how many files."""

    right: int = 0
    total: int = 0
    seconds: float = 0.0
    files: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.right / self.total if self.total else 1.0

    def __add__(self, other: CellScore) -> CellScore:  # type: ignore[override]
        return CellScore(*(one + two for one, two in zip(self, other, strict=True)))


def rows_of(blocks: Iterable[Block]) -> Rows:
    """The rows of all tables; a merged cell stands where it begins."""
    return [
        {cell.column: plain(cell.text) for cell in row.cells if plain(cell.text)}
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


def plain(text: str) -> str:
    """White space is left aside: how a program joins wrapped lines is not judged."""
    return "".join(text.split())


def right_cells(truth: Sequence[dict[int, str]], found: Sequence[dict[int, str]]) -> int:
    """How many cells of ``truth`` are in ``found``: same text, same column, in the row that is the partner of theirs.

    The rows of all tables of a file form one sequence, and partners are chosen in order so that most cells are right.
    A program that cuts a table at every page, repeats its head or takes paragraphs for rows loses nothing by that;
    one that tears a row in two, drops a column or runs two cells together does.
    """
    best = [0] * (len(found) + 1)
    for row in truth:
        wanted = row.items()
        before, best = best, [0]
        for index, other in enumerate(found):
            same = len(wanted & other.items()) if other else 0
            best.append(max(best[-1], before[index + 1], before[index] + same))
    return best[-1]


def cells_in(truth: Sequence[dict[int, str]]) -> int:
    """How many cells there are to be found."""
    return sum(len(row) for row in truth)
