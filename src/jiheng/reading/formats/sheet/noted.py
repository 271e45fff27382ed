"""A stored number as it is shown, with what a person should know of it."""

from __future__ import annotations

from typing import Final

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
