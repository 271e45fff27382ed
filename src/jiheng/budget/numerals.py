"""Numbers written in Chinese numerals: 十二, 四百, 一万二千, 百分之九十五."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = {sign: digit for digit, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
_UP_TO_9999: Final = (
    r"(?:[一二两三四五六七八九]千(?:零(?=[一二三四五六七八九十]))?)?(?:[一二两三四五六七八九]百(?:零(?=[一二三四五六七八九]))?)?"
    r"(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
)
HAN_NUMBER: Final = rf"(?:{_UP_TO_9999}万)?{_UP_TO_9999}"
"""Pattern of a number in words as they are said; it matches nothing as well, so ask for a sign before it."""
_WHOLE: Final = re.compile(rf"(?=.){HAN_NUMBER}")
_PERCENT: Final = re.compile(
    rf"百分之(百|(?=[一二三四五六七八九十]){_UP_TO_9999})(?:点([零〇一二三四五六七八九]+))?"
)


def han_number(text: str) -> int | None:
    """The number that ``text`` says from its first to its last sign; ``None`` where it is no number."""
    if text in ("两", "零", "〇"):
        return _DIGITS[text]
    if not _WHOLE.fullmatch(text):
        return None
    head, wan, tail = text.rpartition("万")
    return (_small(head) * 10_000 if wan else 0) + _small(tail)


def _small(text: str) -> int:
    total, digit = 0, 0
    for sign in text:
        if sign in _POWERS:
            total += (digit or 1) * _POWERS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def with_percent_signs(text: str) -> str:
    """``text`` with 百分之九十五 written as 95%."""
    return _PERCENT.sub(_percent, text) if "百分之" in text else text


def _percent(match: re.Match[str]) -> str:
    whole = 100 if match[1] == "百" else han_number(match[1])
    if whole is None:
        return match[0]
    places = "".join(str(_DIGITS[sign]) for sign in match[2]) if match[2] else ""
    return f"{Decimal(f'{whole}.{places}') if places else whole}%"
