"""Where a line of text may be broken, and how much room its next word would have taken."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(
    r"(?:(?:[〔（(《“【]?(?:[\x21-\x7e]+[〕）)】]?)+)|[〔（(《“【]?.)[。，、；：！？）》”〕】]*", re.DOTALL
)
"""What a line is not broken in: a figure or word with its brackets, else a sign; with what may begin no line."""


def first_word(text: str) -> str:
    """What of ``text`` stays together on a line."""
    match = _WORD.match(text)
    return match[0] if match else ""


def width(text: str) -> float:
    """How wide ``text`` is in common fonts, in Chinese signs."""
    return sum(1.0 if ord(sign) > 0x2E7F else 0.68 if sign.isupper() else 0.55 for sign in text)
