"""The proof of completeness: how much of a file went into the record, and how much was left over."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from jiheng.reading.blocks import Blocks
from jiheng.reading.result import LeftOver, UnreadBlock


class Coverage(msgspec.Struct, frozen=True):
    """Characters of a file, white space not counted: every one is placed, furniture, or unknown."""

    characters: int
    placed: int
    """In a field of a document."""
    furniture: int
    """Headings, labels, page numbers and other text that belongs to the page."""
    unknown: int
    """Not understood; listed in ``Reading.unknown``."""

    @property
    def share(self) -> float:
        """Of the characters that say something, how many are in the record: 0 to 1 (1 for an empty file)."""
        content = self.characters - self.furniture
        return self.placed / content if content else 1.0


def coverage(blocks: Blocks, unread: Iterable[UnreadBlock]) -> Coverage:
    """Counts the characters of ``blocks`` against what was left over."""
    total = sum(count(text) for text, _ in blocks.texts())
    left = dict.fromkeys(LeftOver, 0)
    for block in unread:
        left[block.kind] += count(block.text)
    furniture, unknown = left[LeftOver.FURNITURE], left[LeftOver.UNKNOWN]
    return Coverage(total, total - furniture - unknown, furniture, unknown)


def count(text: str) -> int:
    """Characters that are not white space."""
    return len("".join(text.split()))
