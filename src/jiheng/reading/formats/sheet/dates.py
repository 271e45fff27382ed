"""Dates and times as Excel shows them: ``yyyy"年"m"月"d"日"`` of 45292 is "2024年1月1日"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

_EPOCH: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)
_LEAP: Final = 60
"""Excel takes 1900 for a leap year: numbers below stand one day earlier."""
_TOKENS: Final = re.compile(
    r'(?P<literal>"[^"]*"|[\\!].)|(?P<pad>[_*].)|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<other>\[[^\]]*\])'
    r"|(?P<half>am/pm|a/p|上午/下午)|(?P<field>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS: Final = "一二三四五六日"


def shown_date(number: Decimal, section: str, *, from_1904: bool = False) -> str | None:
    """The moment that ``number`` stands for in the format ``section``; ``None`` when it stands for none."""
    if number < 0:
        return None
    epoch = _EPOCH_1904 if from_1904 else _EPOCH
    if not from_1904 and 0 < number < _LEAP and number >= 1:
        epoch += timedelta(days=1)
    try:
        moment = epoch + timedelta(days=float(number))
        # what is stored is a fraction of a day, a hair before or after the second that is meant
        moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None
    tokens = [match for match in _TOKENS.finditer(section) if match.lastgroup not in ("pad", "other")]
    has_half = any(match.lastgroup == "half" for match in tokens)
    pieces = []
    for index, match in enumerate(tokens):
        kind, text = match.lastgroup, match[0]
        if kind == "literal":
            pieces.append(text.strip('"') if text.startswith('"') else text[1])
        elif kind == "elapsed":
            pieces.append(_elapsed(number, text))
        elif kind == "half":
            pieces.append("上午" if moment.hour < 12 else "下午")
        elif kind == "field":
            is_minute = text[0] in "mM" and len(text) <= 2 and _beside_time(tokens, index)
            pieces.append(_field(moment, text.lower(), is_minute=is_minute, is_half=has_half))
        elif text != "@":
            pieces.append(text)
    return "".join(pieces).strip()


def _beside_time(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether an "m" means minutes: the field before it is an hour, or the one after it a second."""
    before = next((token[0] for token in reversed(tokens[:index]) if _is_field(token)), "")
    after = next((token[0] for token in tokens[index + 1 :] if _is_field(token)), "")
    return before.lstrip("[")[:1] in ("h", "H") or after.lstrip("[")[:1] in ("s", "S")


def _is_field(token: re.Match[str]) -> bool:
    return token.lastgroup in ("field", "elapsed")


def _elapsed(number: Decimal, text: str) -> str:
    unit = {"h": 24, "m": 1440, "s": 86400}[text[1].lower()]
    return str(int(number * unit + Decimal("0.00001")))


def _field(moment: datetime, text: str, *, is_minute: bool, is_half: bool) -> str:
    kind, width = text[0], len(text)
    if kind in "ye":
        return f"{moment.year:04d}" if width > 2 or kind == "e" else f"{moment.year % 100:02d}"
    if kind == "a" or (kind == "d" and width > 2):
        day = _WEEKDAYS[moment.weekday()]
        return day if text == "aaa" else f"星期{day}"
    if kind == "m" and not is_minute:
        return f"{moment.month}月" if width > 2 else f"{moment.month:0{width}d}"
    hour = (moment.hour % 12 or 12) if is_half else moment.hour
    value = {"d": moment.day, "h": hour, "m": moment.minute, "s": moment.second}[kind]
    return f"{value:0{min(len(text.partition('.')[0]), 2)}d}"
