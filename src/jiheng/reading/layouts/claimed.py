"""Tables that are read whole, by their labels and geometry, apart from the running text around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec

from jiheng.budget import is_blank
from jiheng.reading.blocks import Block, Paragraph, Row, Table
from jiheng.reading.layouts.ledger import Element, Ledger


class TableReader(Protocol):
    """A package of layouts that reads whole tables."""

    def claims(self, table: Table, before: Sequence[Block]) -> bool:
        """Whether ``table`` is of this reader. ``before``: the blocks above it in the file, nearest last."""

    def caption_length(self, before: Sequence[Paragraph]) -> int:
        """How many of the paragraphs right above a claimed table belong to it (title, number, unit, issuer)."""

    def note_length(self, after: Sequence[Paragraph]) -> int:
        """How many of the paragraphs right below a claimed table belong to it (注, "本表无数据")."""

    def read(self, tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
        """Fields of a ``BudgetDocument`` from the claimed tables of one document, in their order."""


class ClaimedTable(msgspec.Struct, frozen=True, eq=False):
    """A table with the lines around it that belong to it."""

    reader: TableReader
    table: Table
    caption: tuple[Paragraph, ...] = ()
    notes: tuple[Paragraph, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """The rows that are not blank."""
        return [row for row in self.table.rows if not row.is_blank]


def claim(blocks: Iterable[Block], readers: Sequence[TableReader]) -> list[Element | ClaimedTable]:
    """The blocks as elements, tables that a reader claims kept whole with their captions and notes."""
    waiting = [block for block in blocks if isinstance(block, Table) or not is_blank(block.text)]
    elements: list[Element | ClaimedTable] = []
    index = 0
    while index < len(waiting):
        block = waiting[index]
        index += 1
        if isinstance(block, Paragraph):
            elements.append(block)
            continue
        reader = next((reader for reader in readers if reader.claims(block, waiting[: index - 1])), None)
        if reader is None:
            elements.extend(row for row in block.rows if not row.is_blank)
            continue
        caption = _trailing(elements)
        caption = caption[len(caption) - reader.caption_length(caption) :]
        del elements[len(elements) - len(caption) :]
        notes = _leading(waiting, index)
        notes = notes[: reader.note_length(notes)]
        index += len(notes)
        elements.append(ClaimedTable(reader, block, tuple(caption), tuple(notes)))
    return elements


def opened(elements: Iterable[Element | ClaimedTable]) -> list[Element]:
    """Every paragraph and row, claimed tables opened, in the order of the file."""
    flat: list[Element] = []
    for element in elements:
        if isinstance(element, ClaimedTable):
            flat += [*element.caption, *element.rows, *element.notes]
        else:
            flat.append(element)
    return flat


def _trailing(elements: list[Element | ClaimedTable]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for element in reversed(elements):
        if not isinstance(element, Paragraph):
            break
        found.append(element)
    return found[::-1]


def _leading(blocks: list[Block], index: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in blocks[index:]:
        if not isinstance(block, Paragraph):
            break
        found.append(block)
    return found
