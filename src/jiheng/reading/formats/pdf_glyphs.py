"""What the signs of a PDF mean: look-alikes of characters made the characters, and signs that mean nothing."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import pypdfium2.raw as pdfium

from jiheng.reading.formats.page.model import Run
from jiheng.reading.formats.word.symbols import symbol

_GARBAGE: Final = 0.15
"""A page with a larger share of signs that mean nothing has a font without a proper encoding."""
_RARE: Final = 0.25
"""A page of which so many characters are outside GB 2312 has a font with a wrong encoding: official prose has few."""
_LEAST: Final = 20
UNKNOWN: Final = "\ufffd"
"""Stands for a sign of which the file does not say what it is."""
# Radicals that fonts map to instead of the characters that look the same; NFKC knows only some of them.
_RADICALS: Final = dict(
    zip(
        "⺁⺄⺆⺈⺌⺍⺕⺘⺙⺝⺟⺠⺡⺣⺥⺧⺩⺪⺫⺬⺭⺮⺯⺳⺶⺷⺸⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻳",
        "厂乙冂勹小小彐手攴月母民水火爪牛王疋目示示竹糸网羊羊羊肉臼艸艸艸虍衣覀西见角讠贝足车辶辶辶邑钅長镸长门阜阜雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾齐齿龍龙龟",
        strict=True,
    )
)
# Punctuation drawn for vertical lines; what a writer of Chinese types is full-width.
_PUNCTUATION: Final = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
        "，、。：；！？〖〗…：（）｛｝〔〕【】《》〈〉「」『』",
        strict=True,
    )
)
_SPACES: Final = frozenset({0xA0, 0x2002, 0x2003, 0x2009, 0xE5E5})
"""The last is the full-width space of GBK fonts that keep to its private area."""


@cache
def sign_of(code: int) -> str:
    """The sign that a reader sees for a code point; "" for one that has no shape."""
    if code == 0 or code >= 0x110000:
        return UNKNOWN
    sign = chr(code)
    if 0x2E80 <= code <= 0x2EFF:
        return _RADICALS.get(sign, unicodedata.normalize("NFKC", sign))
    if (
        0x2F00 <= code <= 0x2FDF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
        or 0xFB00 <= code <= 0xFB06
    ):
        return unicodedata.normalize("NFKC", sign)
    if code in _SPACES:
        return " "
    if code == 0x02:
        return "-"  # pdfium's mark for a hyphen at the end of a line
    if code in (0xAD, 0x200B, 0xFEFF):
        return ""
    return _PUNCTUATION.get(sign, sign)


def is_private(code: int) -> bool:
    """Whether only the font knows what a code point means."""
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def symbol_of(raw: Any, index: int, code: int) -> str:
    """The sign at ``index`` of a text page that is drawn by a symbol font ("√" of Wingdings); else as it is."""
    length = pdfium.FPDFText_GetFontInfo(raw, index, None, 0, None)
    if 1 < length < 200 and 0xF000 <= code <= 0xF0FF:
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFText_GetFontInfo(raw, index, buffer, length, None)
        # "ABCDEF+Wingdings-Regular" is a part of Wingdings
        font = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
        for name in ("Wingdings 2", "Wingdings", "Symbol"):
            if font.replace(" ", "").lower().startswith(name.replace(" ", "").lower()):
                return symbol(name, f"{code:X}")
    return chr(code)


def is_garbage(runs: Sequence[Run]) -> bool:
    """Whether the signs of a page mean nothing: a font without a mapping to Unicode, or with a wrong one."""
    signs = "".join(run.text for run in runs)
    if len(signs) <= _LEAST:
        return False
    bad = sum(signs.count(sign) for sign in set(signs) if is_bad(sign))
    characters = sum(signs.count(sign) for sign in set(signs) if _is_ideograph(sign))
    rare = sum(signs.count(sign) for sign in set(signs) if _is_ideograph(sign) and not _is_usual(sign))
    return bad > _GARBAGE * len(signs) or (characters > _LEAST and rare > _RARE * characters)


@cache
def is_bad(sign: str) -> bool:
    """Whether ``sign`` says nothing."""
    code = ord(sign)
    return (
        code < 0x20
        or code in (0xFFFD, 0xFFFE, 0xFFFF)
        or is_private(code)
        or unicodedata.category(sign) == "Cn"
    )


def _is_ideograph(sign: str) -> bool:
    return 0x3400 <= ord(sign) <= 0x9FFF or 0x20000 <= ord(sign) <= 0x3FFFF or 0xAC00 <= ord(sign) <= 0xD7A3


@cache
def _is_usual(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
