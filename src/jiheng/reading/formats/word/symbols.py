"""Signs that Word takes from symbol fonts, as the signs that a reader sees."""

from __future__ import annotations

import re
from typing import Final

# Position in the font (less 0xF000) -> sign. Fonts: Symbol, Wingdings, Wingdings 2.
_SYMBOL: Final = {0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈", 0xBA: "≡", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB7: "·", 0xA5: "∞", 0xD6: "√", 0xE5: "∑", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xDE: "⇒", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x70: "π", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x25: "%", 0x3C: "<", 0x3E: ">", 0x3D: "=", 0x2D: "-", 0x2B: "+"}  # fmt: skip
_WINGDINGS: Final = {0xFC: "√", 0xFB: "×", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xA8: "□", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0xA1: "○", 0x6C: "●", 0x9F: "•", 0x9E: "·", 0x6E: "■", 0xA7: "▪", 0xD8: "➢", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xAB: "★", 0xB6: "☆", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0x4A: "☺"} | {0x80 + number: "⓪①②③④⑤⑥⑦⑧⑨⑩"[number] for number in range(11)} | {0x8B + number: "⓿❶❷❸❹❺❻❼❽❾❿"[number] for number in range(11)}  # fmt: skip
_WINGDINGS_2: Final = {0x52: "☑", 0x50: "√", 0x4F: "×", 0xA3: "□", 0x30: "□", 0x2A: "□", 0x54: "☒", 0x51: "☒", 0x53: "☒", 0x55: "☒", 0x56: "☒", 0x97: "●", 0x98: "●", 0x99: "○", 0xA2: "■"} | {0x69 + number: "⓪①②③④⑤⑥⑦⑧⑨⑩"[number] for number in range(11)}  # fmt: skip
_FONTS: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")
"""Where symbol fonts keep their signs, in the area that Unicode leaves to private use."""
UNKNOWN: Final = "□"


def is_symbol_font(font: str | None) -> bool:
    """Whether letters in this font are drawn as signs."""
    return font is not None and font.lower() in _FONTS


def symbol(font: str, code: str) -> str:
    """The sign ``code`` (hexadecimal) of ``font``; "□" for one that is not known, so that it is seen."""
    try:
        position = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.lower(), {}).get(position & 0xFF)
    if known is not None:
        return known
    return chr(position) if 0x20 <= position < 0xE000 else UNKNOWN


def in_symbols(text: str, font: str) -> str:
    """``text`` as a symbol font draws it: its letters are signs. Characters that the font lacks stay what they are."""
    table = _FONTS[font.lower()]
    return "".join(
        table.get(ord(sign) & 0xFF, sign) if ord(sign) < 0x100 or _PRIVATE.match(sign) else sign
        for sign in text
    )


def without_private(text: str) -> str:
    """``text`` with signs of the private area, whose font is not known, as the font that has them most often."""
    return _PRIVATE.sub(_guessed, text)


def _guessed(match: re.Match[str]) -> str:
    position = ord(match[0]) & 0xFF
    tables = (_WINGDINGS, _WINGDINGS_2, _SYMBOL)
    return next((table[position] for table in tables if position in table), match[0])
