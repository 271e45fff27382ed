"""A document whose content is known, as blocks and as the record that a reader must make of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from jiheng.reading.blocks import Block
from tests.reading.layouts.grids import blocks_of


class Known(NamedTuple):
    """``documents``: what must be read, nested as in the exchange format; what it leaves out is not judged."""

    name: str
    blocks: Sequence[Block]
    documents: list[dict[str, Any]]


class Builder:
    """Collects paragraphs and tables in the notation of ``tests.reading.layouts.grids``."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def say(self, *paragraphs: str) -> None:
        """Adds paragraphs."""
        self._lines += [f"# {text}" for text in paragraphs]

    def table(self, rows: Sequence[str]) -> None:
        """Adds a table, a row a line."""
        self._lines += ["", *rows, ""]

    def blocks(self) -> list[Block]:
        """All that was added."""
        return blocks_of("\n".join(self._lines))
