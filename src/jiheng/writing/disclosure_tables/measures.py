"""How long texts are on paper, and how figures are shown: thousands are parted by commas."""

from __future__ import annotations

import unicodedata
from typing import Final

_SIGN: Final = 0.64
_PUNCTUATION: Final = 0.34


def measured(text: str) -> float:
    """The width of a line of text in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def unbroken(text: str) -> float:
    """The width of a figure or code in the widest of the fonts that programs take for Times New Roman."""
    return sum(_PUNCTUATION if sign in ".,-" else _SIGN if sign.isascii() else 1.0 for sign in text)


def grouped(text: str) -> str:
    """ "1234567.90" as 1,234,567.90; what is no plain figure stays as it is."""
    sign = "-" if text.startswith("-") else ""
    tail = "%" if text.endswith("%") else ""
    whole, point, decimals = text[len(sign) : len(text) - len(tail)].partition(".")
    is_figure = whole.isascii() and whole.isdigit() and (not point or decimals.isdigit())
    if not is_figure or len(whole) < 4 or whole.startswith("0"):
        return text
    return f"{sign}{int(whole):,}{point}{decimals}{tail}"
