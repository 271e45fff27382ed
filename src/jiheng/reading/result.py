"""What reading gives back: the documents, what was left over, and what may have been misread."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from jiheng.budget import BudgetDocument, Place
from jiheng.reading.blocks import Blocks


class LeftOver(StrEnum):
    """Why a piece of text is in no field."""

    FURNITURE = "furniture"
    """Belongs to the page, not to the content: contents list, page number, table title, column numbers."""
    UNKNOWN = "unknown"
    """Not understood."""


class UnreadBlock(msgspec.Struct, frozen=True):
    """A piece of text that was placed in no field of a document."""

    text: str
    place: Place
    kind: LeftOver
    reason: str


class ReadingWarning(msgspec.Struct, frozen=True):
    """We may have misread; the text is kept. ``path`` names the value where there is one."""

    message: str
    place: Place | None = None
    path: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """A file that was read."""

    name: str
    format: str
    documents: list[BudgetDocument]
    unread: list[UnreadBlock]
    warnings: list[ReadingWarning]
    blocks: Blocks | None = None
    """The file as paragraphs and tables; ``None`` when it was data already (JSON)."""

    @property
    def encoding(self) -> str | None:
        """Of a text file: the encoding that was found."""
        return self.blocks.encoding if self.blocks else None

    @property
    def unknown(self) -> Sequence[UnreadBlock]:
        """What was not understood, page furniture left aside."""
        return [block for block in self.unread if block.kind is LeftOver.UNKNOWN]
