"""The proof of completeness: how much of a file went into the record, and how much was left over."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from jiheng.budget import Place


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


class Coverage(msgspec.Struct, frozen=True):
    """Characters of a file, white space not counted: every one is counted once."""

    characters: int
    placed: int
    """In a field of a document."""
    wording: int
    """Labels inside sentences and connecting words of what was placed ("主要用于", "其中")."""
    furniture: int
    """Headings, labels of tables, page numbers and other text that belongs to the page."""
    unknown: int
    """Not understood; listed in ``Reading.unknown``."""
    lost: int = 0
    """In a piece that counts as placed, but not found in the record; ``proof.prove`` lists them."""

    @property
    def share(self) -> float:
        """Of the characters that say something, how many are in the record: 0 to 1 (1 for an empty file)."""
        content = self.placed + self.unknown + self.lost
        return self.placed / content if content else 1.0


def count(text: str) -> int:
    """Characters that are not white space."""
    return len("".join(text.split()))
