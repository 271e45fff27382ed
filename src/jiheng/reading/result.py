"""What reading gives back: the documents, what was left over, and what may have been misread."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from jiheng.budget import BudgetDocument, Place
from jiheng.reading.blocks import Blocks
from jiheng.reading.coverage import Coverage, LeftOver, UnreadBlock
from jiheng.reading.proof import measure


class ReadingWarning(msgspec.Struct, frozen=True):
    """We may have misread; the text is kept. ``path`` names the value where there is one."""

    message: str
    place: Place | None = None
    path: str | None = None


class MemberResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one file of an archive; ``message`` and ``remedy`` when it could not be read."""

    name: str
    """With its folders."""
    documents: int = 0
    message: str | None = None
    remedy: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """A file that was read."""

    name: str
    format: str
    documents: list[BudgetDocument]
    unread: list[UnreadBlock]
    warnings: list[ReadingWarning]
    blocks: Blocks | None = None
    """The file as paragraphs and tables; ``None`` when it was data already (JSON)."""
    members: list[MemberResult] = []
    """Of an archive: every file in it, also those that could not be read."""

    @property
    def encoding(self) -> str | None:
        """Of a text file: the encoding that was found."""
        return self.blocks.encoding if self.blocks else None

    @property
    def coverage(self) -> Coverage | None:
        """Where every character of the file went; ``None`` when it was data already. Computed anew each time."""
        return measure(self.blocks, self.documents, self.unread) if self.blocks else None

    @property
    def unknown(self) -> Sequence[UnreadBlock]:
        """What was not understood, page furniture left aside."""
        return [block for block in self.unread if block.kind is LeftOver.UNKNOWN]
