"""The ledger of a reading: which pieces of a file were placed, and what was noticed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Cell, Paragraph, Row
from jiheng.reading.coverage import LeftOver, UnreadBlock
from jiheng.reading.result import ReadingWarning

_CONTENTS = re.compile(r"[.．·…]{3,}\s*\d{0,4}\s*$")
Element = Paragraph | Row
"""What a layout reads one after the other: a paragraph, or a row of a table."""


def is_contents(line: Paragraph) -> bool:
    """Whether ``line`` is of a table of contents: marked so, or with leaders before a page number."""
    return line.style == "toc" or _CONTENTS.search(line.text) is not None


class Ledger:
    """Marks every paragraph and cell that was placed; the rest is listed as left over."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements
        self._taken: set[int] = set()
        self._furniture: dict[int, str] = {}
        self._originals: dict[int, int] = {}
        self._copies: list[Cell | Paragraph] = []
        self.warnings: list[ReadingWarning] = []

    def take(self, *pieces: Paragraph | Row | Cell | None) -> None:
        """These went into the record."""
        for piece in pieces:
            if isinstance(piece, Row):
                self._taken.update(self._key(cell) for cell in piece.cells)
            elif piece is not None:
                self._taken.add(self._key(piece))

    def stand_for(self, originals: Iterable[Cell | Paragraph], copies: Iterable[Cell | Paragraph]) -> None:
        """From now on each copy counts as its original (a row without its number column, a moved cell)."""
        for original, copy in zip(originals, copies, strict=True):
            self._originals[id(copy)] = self._key(original)
            self._copies.append(copy)  # kept alive: a freed object's id may be given out again

    def _key(self, piece: Paragraph | Cell) -> int:
        return self._originals.get(id(piece), id(piece))

    def furnish(self, reason: str, *pieces: Paragraph | Row | Cell) -> None:
        """These belong to the page and not to the content."""
        for piece in pieces:
            parts: Iterable[Paragraph | Cell] = piece.cells if isinstance(piece, Row) else (piece,)
            for part in parts:
                self._furniture[self._key(part)] = reason

    def warn(self, message: str, place: Place | None = None) -> None:
        """Something may have been misread."""
        self.warnings.append(ReadingWarning(message, place))

    def left_over(self) -> list[UnreadBlock]:
        """Every piece of text that is in no field, in the order of the file."""
        unread = []
        for element in self._elements:
            pieces = element.cells if isinstance(element, Row) else (element,)
            for piece in pieces:
                if id(piece) in self._taken or is_blank(piece.text):
                    continue
                reason = self._furniture.get(id(piece))
                kind = LeftOver.UNKNOWN if reason is None else LeftOver.FURNITURE
                unread.append(UnreadBlock(piece.text, piece.place, kind, reason or "未能识别"))
        return unread
