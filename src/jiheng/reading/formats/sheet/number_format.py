"""Numbers as Excel shows them: ``16.8`` in the format ``0.00`` is "16.80", ``0.95`` in ``0%`` is "95%".

Formats are described in ECMA-376 part 1, 18.8.30 and 18.8.31. Thousands separators, colours and padding are left
out: they are no part of a figure. What is not understood is shown as the shortest exact decimal.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from jiheng.budget import plain

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy-m-d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0",
    43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
_LITERALS: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?:[^\]]*)\]')
_DATE: Final = re.compile(r"(?i)(?<![\\])[ymdhs]")
_PLACES: Final = re.compile(r"[0#?][0#?,]*(?:\.([0#?]*))?(,*)")
_EPOCH: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)


def shown(value: str, code: str | None, *, from_1904: bool = False) -> str:
    """The stored number ``value`` in the format ``code`` (``None`` or "General": shortest exact decimal)."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    if not code or code.lower() in ("general", "@", "g/通用格式"):
        return _shortest(number)
    section = _section(code, number)
    if _is_date(section):
        return _date(number, section, from_1904)
    return _figure(number, section, has_sign=";" in code and number < 0)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The format's sections; a semicolon inside quotation marks parts nothing."""
    return tuple(part for part in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code))


def _section(code: str, number: Decimal) -> str:
    parts = _sections(code)
    if len(parts) == 1:
        return parts[0]
    if number < 0:
        return parts[1]
    return parts[2] if number == 0 and len(parts) > 2 else parts[0]


@lru_cache(maxsize=512)
def _is_date(section: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.', "", section)
    elapsed = re.search(r"(?i)\[(?:h+|m+|s+)\]", bare) is not None
    return elapsed or _DATE.search(re.sub(r"\[[^\]]*\]|(?i:e[+-]0+|general)", "", bare)) is not None


def _figure(number: Decimal, section: str, *, has_sign: bool) -> str:
    bare = _LITERALS.sub("", section)
    match = _PLACES.search(bare)
    literal = "".join(one or other for one, other in _LITERALS.findall(section))
    if match is None:
        # a format of words alone ("-" for nothing)
        return bare.strip() + literal.strip() or _shortest(number)
    if "e+" in bare.lower() or "/" in bare or "!" in section:
        return _shortest(number)
    percent = "%" in bare
    scaled = number * 100 if percent else number
    scaled = scaled.scaleb(-3 * len(match[2] or ""))
    decimals = match[1] or ""
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    # where more is stored than is shown, the exact figure counts and not its rounding
    text = f"{rounded:f}" if rounded == scaled else _trimmed(scaled, len(decimals))
    optional = len(decimals) - len(decimals.rstrip("#?"))
    if optional and "." in text:
        least = len(text) - optional
        while len(text) > least and text.endswith("0"):
            text = text[:-1]
        text = text.removesuffix(".")
    if has_sign:
        # the section for negative numbers writes its own sign, or brackets, or only a colour
        text = f"-{text.lstrip('-')}"
    unit = literal.strip() if literal.strip() in ("元", "万元", "千元", "亿元", "人", "个", "%") else ""
    return f"{text}{'%' if percent else ''}{unit}"


def _trimmed(number: Decimal, least: int) -> str:
    """All digits that are stored (to 15 significant ones, as Excel keeps), and at least ``least`` decimals."""
    text = f"{Decimal(repr(float(number))):f}"
    whole, _, rest = text.partition(".")
    if len(rest) > 8:
        rest = f"{Decimal(f'0.{rest}').quantize(Decimal('1e-8'), ROUND_HALF_UP):f}".partition(".")[2].rstrip(
            "0"
        )
    return f"{whole}.{rest.ljust(least, '0')}" if rest or least else whole


def _shortest(number: Decimal) -> str:
    """16.8, not 16.800000000000001."""
    return plain(Decimal(repr(float(number))).normalize() + 0)


def _date(number: Decimal, section: str, from_1904: bool) -> str:
    try:
        moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=float(number))
    except (OverflowError, ValueError):
        return _shortest(number)
    moment += timedelta(microseconds=500)
    code = re.sub(r"\[[^\]]*\]", "", section).lower()
    has_date, has_time = re.search(r"[yd]|m+(?!m*:)", code) is not None, "h" in code or "s" in code
    if "年" in section or "月" in section:
        year = f"{moment.year}年" if "y" in code else ""
        month = f"{moment.month}月" if "月" in section else ""
        day = f"{moment.day}日" if "d" in code else ""
        return f"{year}{month}{day}" or _shortest(number)
    day = f"{moment:%Y-%m-%d}" if "d" in code else f"{moment:%Y-%m}"
    clock = f"{moment:%H:%M:%S}".removesuffix(":00") if "s" not in code else f"{moment:%H:%M:%S}"
    if has_date and has_time:
        return f"{day} {clock}"
    return day if has_date else clock
