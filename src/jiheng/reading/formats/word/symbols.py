"""Signs that Word takes from symbol fonts, as the signs that a reader sees."""

from __future__ import annotations

from typing import Final

# Position in the font (less 0xF000) -> sign. Fonts: Symbol, Wingdings, Wingdings 2.
_SYMBOL: Final = {0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB7: "·", 0x25: "%", 0x3C: "<", 0x3E: ">", 0x3D: "=", 0x2D: "-", 0x2B: "+"}  # fmt: skip
_WINGDINGS: Final = {0xFC: "√", 0xFB: "×", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0xA1: "○", 0x6C: "●", 0x6E: "■", 0xD8: "➢", 0x75: "◆", 0xAB: "★"}  # fmt: skip
_WINGDINGS_2: Final = {0x52: "☑", 0x50: "√", 0x4F: "×", 0xA3: "□", 0x54: "☒", 0x51: "☒", 0x53: "☒"}
_FONTS: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol(font: str, code: str) -> str:
    """The sign ``code`` (hexadecimal) of ``font``; "□" for one that is not known, so that it is seen."""
    try:
        position = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.lower(), {}).get(position & 0xFF)
    if known is not None:
        return known
    return chr(position) if position < 0xE000 and position >= 0x20 else "□"
