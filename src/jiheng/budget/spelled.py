"""Amounts in sentences that are not written in figures alone: 三十八万四千元, 38万4千元, 38.40万, 38.40（万元）."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from jiheng.budget.money import WAN_YUAN, YUAN, Money

_DIGITS: Final = {
    sign: value
    for signs in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○两")
    for value, sign in enumerate(signs)
} | {"两": 2, "貳": 2}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS: Final = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_NUMERALS: Final = "".join((*_DIGITS, *_TENS, *_MYRIADS))
_FIGURE: Final = r"\d[\d,]*(?:\.\d+)?"
_TOKEN: Final = re.compile(rf"{_FIGURE}|[{_NUMERALS}]")
# 数十万元 and 上百万元 say no number; neither does 万元 alone
_IN_WORDS: Final = re.compile(
    rf"(?<![\d.{_NUMERALS}数几上成好第])(?=[^百佰千仟万萬亿億])[{_NUMERALS}]{{0,24}}[{''.join((*_TENS, *_MYRIADS))}][{_NUMERALS}]{{0,24}}[元圆](?:整|正)?"
)
_MIXED: Final = re.compile(
    rf"(?<![\d.,{_NUMERALS}]){_FIGURE}[十百千万亿](?:{_FIGURE}|[十百千万亿])[\d,.十百千万亿]{{0,24}}元(?:整|正)?"
)
_IN_BRACKETS: Final = re.compile(r"(?<=\d)[(（](万元|千元|亿元|元)[)）]")
_WITHOUT_YUAN: Final = re.compile(r"(?<=\d)(万|亿)(?=[,，。;；、)）]|$)")
_MAY_BE: Final = re.compile(
    rf"[{''.join((*_DIGITS, *_TENS))}][{_NUMERALS}元圆]|[{''.join((*_TENS, *_MYRIADS))}]\d|\d[(（][万千亿]?元"
)
"""Almost no sentence has any of it, so that the rest is not looked for."""


def in_digits(text: str) -> str:
    """``text`` with every amount of money in figures and a unit: "三十八万四千元" is "38.4万元"."""
    if _MAY_BE.search(text) is None:
        return text
    text = _IN_BRACKETS.sub(r"\1", text)
    text = _MIXED.sub(_rewritten, text)
    return _IN_WORDS.sub(_rewritten, text)


def with_units(text: str) -> str:
    """``text``, in which figures are known to be money, with 元 behind a 万 or 亿 that lacks it: "38.40万" is "38.40万元"."""
    return _WITHOUT_YUAN.sub(r"\1元", text)


def _rewritten(match: re.Match[str]) -> str:
    words = match[0].rstrip("整正").rstrip("元圆")
    number = _number(words)
    if number is None:
        return match[0]
    has_myriads = any(sign in words for sign in _MYRIADS)
    found = Money.of_yuan(number, WAN_YUAN if has_myriads else YUAN)
    return f"{found.text}{found.unit}"


def _number(words: str) -> Decimal | None:
    """The number that ``words`` spell; ``None`` where they are only signs one after the other (二〇二四)."""
    whole, section, last = Decimal(0), Decimal(0), None
    for token in _TOKEN.findall(words):
        if token in _TENS:
            section += (Decimal(1) if last is None else last) * _TENS[token]
            last = None
        elif token in _MYRIADS:
            section += last or 0
            if not section:
                return None if not whole else whole * _MYRIADS[token]
            # 一万二千亿: what stands before 亿 is all counted in it
            is_greatest = _MYRIADS[token] > 10_000
            whole = (whole + section) * _MYRIADS[token] if is_greatest else whole + section * _MYRIADS[token]
            section, last = Decimal(0), None
        elif token in _DIGITS:
            if last:
                return None
            last = Decimal(_DIGITS[token])
        elif last is not None:
            return None
        else:
            last = Decimal(token.replace(",", ""))
    return whole + section + (last or 0)
