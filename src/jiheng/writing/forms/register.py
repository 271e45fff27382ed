"""A list: a row for each of its items below one heading that repeats on every page, as wide as its texts ask for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from jiheng.budget import BudgetDocument
from jiheng.writing.forms import captions
from jiheng.writing.forms.captions import coded
from jiheng.writing.forms.ruling import (
    CHARACTER,
    MARGIN,
    Strip,
    figures_length,
    label,
    length,
    ruled,
    shared,
    short,
    wanted,
    words,
)
from jiheng.writing.pages import Block, Cell, Grid, Leaf, Pages, figure
from jiheng.writing.pagination import LYING, STANDING

_CENTRED = 9
"""Of characters: a text so short stands in the middle of its cell."""
_NARROW = 4
"""Of characters, that a column of texts has at the least."""


class Column(msgspec.Struct, frozen=True):
    """A column: its heading, its texts in the order of the rows, and how many characters wide it likes to be at most."""

    head: str
    texts: tuple[str, ...]
    most: float = 12
    is_figure: bool = False
    """Of money, with the decimal points below one another."""
    is_whole: bool = False
    """Its texts do not break: numbers, codes, telephones."""
    total: str = ""
    """Of its figures, below them."""

    @property
    def wants(self) -> tuple[float, float]:
        """The least width and the one that suits it, in mm."""
        least, liked = wanted(self.head, self.texts, most=self.most)
        longest = max(map(length, self.texts), default=0)
        if self.is_figure or self.is_whole:
            size = figures_length([*self.texts, self.total]) if self.is_figure else longest
            needed = max(least, size * CHARACTER + MARGIN)
            return needed, needed
        return max(least, min(longest, _NARROW) * CHARACTER + MARGIN), liked


def lies(columns: Sequence[Column]) -> bool:
    """Whether the list needs pages that lie: its texts would stand on too many lines."""
    return sum(sum(column.wants) / 2 for column in columns) > STANDING[0]


def listed(columns: Sequence[Column]) -> Grid:
    """The list as a grid; where it has figures, 合计 closes it."""
    width = (LYING if lies(columns) else STANDING)[0]
    widths = shared([column.wants for column in columns], width)
    strips: list[Strip] = [[(wide, label(column.head)) for wide, column in zip(widths, columns, strict=True)]]
    for row in range(len(columns[0].texts)):
        cells = [_cell(column, column.texts[row]) for column in columns]
        strips.append(list(zip(widths, cells, strict=True)))
    at = next((index for index, column in enumerate(columns) if column.is_figure), None)
    if at is not None:
        closing: list[tuple[float, Cell | None]] = [(sum(widths[:at]), label("合计"))]
        closing += [
            (wide, _cell(column, column.total))
            for wide, column in list(zip(widths, columns, strict=True))[at:]
        ]
        strips.append(closing)
    return ruled(strips, header_rows=1)


def register(
    document: BudgetDocument, title: str, anchor: str, columns: Sequence[Column], unit: str = ""
) -> Pages:
    """The pages of a list with its title, year and body above it.

    Args:
        title: where the document has none; ``unit``: of the amounts, "" for a list without amounts.
    """
    named = document.title or title
    blocks: list[Block] = [Leaf(landscape=True)] if lies(columns) else []
    blocks += captions.front(document)
    blocks += captions.above(
        named,
        anchor,
        year=document.fiscal_year,
        filled_in_by=coded(document.department),
        unit=unit,
        new_page=False,
    )
    blocks.append(listed(columns))
    blocks += captions.back(document)
    return Pages(named, tuple(blocks), document.issuer or "")


def _cell(column: Column, text: str) -> Cell:
    if column.is_figure:
        return figure(text)
    return short(text) if len(text) <= _CENTRED or column.is_whole else words(text)
