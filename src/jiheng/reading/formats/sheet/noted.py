"""A stored number as it is shown by the format of its cell, with what a person should know of it."""

from __future__ import annotations

from typing import Final

import msgspec

from jiheng.reading.formats.sheet.model import Remark, SheetData
from jiheng.reading.formats.sheet.number_format import shown

_DIGITS: Final = 15
"""What spreadsheets keep of a number."""


def noted(
    sheet: SheetData, row: int, column: int, value: str, code: str | None, *, from_1904: bool = False
) -> str:
    """The number ``value`` in the format ``code``; that decimals are hidden or digits lost is remarked on ``sheet``."""
    seen = shown(value, code, from_1904=from_1904)
    if seen.is_rounded:
        sheet.remark(Remark.ROUNDED, row, column)
    elif seen.is_invisible:
        sheet.remark(Remark.INVISIBLE, row, column)
    elif seen.is_replaced:
        sheet.remark(Remark.REPLACED, row, column)
    digits = seen.text.lstrip("-")
    if len(digits) > _DIGITS and digits.isdigit() and not digits[_DIGITS:].strip("0"):
        sheet.remark(Remark.LONG, row, column)
    return seen.text


class CellFormats(msgspec.Struct):
    """What a workbook keeps of the looks of its cells, by index of cell format."""

    codes: list[str | None] = []
    """Of their number formats."""
    framed: list[bool] = []
    """Whether they have border lines."""
    from_1904: bool = False

    def is_framed(self, style: int | None) -> bool:
        """Whether cells of this format have border lines."""
        return style is not None and style < len(self.framed) and self.framed[style]

    def number(self, sheet: SheetData, row: int, column: int, value: str, style: int | None) -> str:
        """The number ``value`` as a cell of this format shows it, see ``noted``."""
        code = self.codes[style] if style is not None and style < len(self.codes) else None
        return noted(sheet, row, column, value, code, from_1904=self.from_1904)
