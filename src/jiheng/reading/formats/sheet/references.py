"""Names of cells and ranges: "B12", "A1:C3"; numbers that say which."""

from __future__ import annotations

import re
from typing import Final

_REFERENCE: Final = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")


def index(text: str | None) -> int | None:
    """The number that ``text`` writes in digits; ``None`` when it is none, or none that a sheet could need."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else None


def position(reference: str) -> tuple[int, int] | None:
    """Row and column from 0: "B12" is (11, 1)."""
    match = _REFERENCE.match(reference)
    if match is None or match[2] == "0":
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def area(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column from 0: "A1:C3" is (0, 0, 2, 2)."""
    first, _, last = reference.partition(":")
    start, end = position(first), position(last or first)
    return (*start, *end) if start and end else None
