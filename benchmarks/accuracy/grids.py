"""Tables of random words and figures, their cells merged at random: for measuring cells rather than fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from benchmarks.accuracy.known import Known
from benchmarks.accuracy.words import ACTIONS, PLACES, SUBJECTS, USES, Chance
from jiheng.budget import Place
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table

_LONG: Final = 0.04
"""Of the cells hold so much text that page breaks fall inside their rows."""


def tables(seed: int) -> Iterator[Known]:
    """Two tables with a paragraph above each."""
    chance = Chance(f"grid {seed}")
    blocks: list[Block] = []
    for number in range(1, 3):
        blocks.append(Paragraph(f"附件{number} {chance.project()}明细", Place()))
        blocks.append(_table(chance, chance.randint(12, 40), chance.randint(3, 9)))
    yield Known(f"random tables {seed}", blocks, [])


def _table(chance: Chance, height: int, width: int) -> Table:
    """A grid of ``height`` rows and ``width`` columns with about a fifth of its cells merged."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in owner:
                continue
            tall, wide = _size(chance, height - row, width - column)
            while any((row, column + right) in owner for right in range(wide)):
                wide -= 1
            sizes[row, column] = (tall, wide)
            for down in range(tall):
                for right in range(wide):
                    owner[row + down, column + right] = (row, column)
    return Table(tuple(_row(chance, row, width, owner, sizes) for row in range(height)), Place())


def _size(chance: Chance, most_tall: int, most_wide: int) -> tuple[int, int]:
    tall = chance.randint(2, 4) if chance.random() < 0.08 else 1
    wide = chance.randint(2, 3) if chance.random() < 0.1 else 1
    return min(tall, most_tall), min(wide, most_wide)


def _row(
    chance: Chance, row: int, width: int, owner: dict[tuple[int, int], tuple[int, int]],
    sizes: dict[tuple[int, int], tuple[int, int]],
) -> Row:  # fmt: skip
    cells, column = [], 0
    while column < width:
        first = owner[row, column]
        tall, wide = sizes[first]
        if first == (row, column):
            cells.append(Cell(_text(chance, row, column), Place(), column, wide, tall))
        else:
            cells.append(Cell("", Place(), column, wide))
        column += wide
    return Row(tuple(cells), Place())


def _text(chance: Chance, row: int, column: int) -> str:
    """Most cells are short; some are empty, wrap, or are long."""
    drawn = chance.random()
    if drawn < 0.1 and column:
        return ""
    if drawn < 0.45:
        return f"{chance.amount():,.2f}"
    if drawn > 1 - _LONG:
        return "".join(
            f"{chance.choice(PLACES)}{chance.choice(SUBJECTS)}{chance.choice(USES)}；"
            for _ in range(chance.randint(4, 9))
        )
    if drawn > 0.8:
        return f"{chance.project()}（第{row + 1}项）"
    return chance.choice(
        (chance.choice(SUBJECTS), chance.choice(ACTIONS), chance.code(2024), f"{chance.randint(1, 99)}%")
    )
