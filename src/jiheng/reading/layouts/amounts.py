"""Amounts in sentences: "一般公共预算收入 692.60 万元", "较 2020 年增加 35.33 万元"."""

from __future__ import annotations

import re

from jiheng.budget import WAN_YUAN, in_digits, normalise, with_units

AMOUNT = r"(?:为|:|：|共计|合计|约)?(-?\d[\d,]*(?:\.\d+)?)(万元|千元|亿元|元)"
"""Two groups: the digits and the unit. To be matched in text as ``in_figures`` gives it."""

_FALLS = ("减少", "下降", "降低", "压减")


def in_figures(text: str) -> str:
    """``text`` of a chapter about money, normalised, its amounts in figures with units however they are written."""
    return with_units(in_digits(normalise(text)))


def amount_text(digits: str, unit: str) -> str:
    """An amount as the exchange format has it: the unit only where it is not 万元."""
    number = digits.replace(",", "")
    return number if unit == WAN_YUAN else f"{number}{unit}"


def find_amount(label: str, text: str) -> str | None:
    """The first amount right behind ``label`` (a regular expression) in normalised ``text``."""
    match = re.search(rf"(?:{label}){AMOUNT}", text)
    return (
        amount_text(match[match.lastindex - 1], match[match.lastindex]) if match and match.lastindex else None
    )


_RATE = re.compile(
    r"^[,，;；(]*(?:同比|比上年|较上年)?(增加|增长|上升|提高|增幅|减少|下降|降低|压减|降幅)(?:幅度|率|比例)?(?:了|为|约|达|到)*(-?\d+(?:\.\d+)?)%"
)
"""Right behind the amount of a change: 增加1.66万元，增长0.58%."""
_RISES = ("增加", "增长", "上升", "提高", "增幅")


def find_rate(label: str, text: str) -> str | None:
    """The rate behind the change that ``find_change`` finds: "增加 1.66 万元，增长 0.58%" gives "0.58"."""
    match = re.search(rf"(?:{label})(?:增加|增长|上升|提高|减少|下降|降低|压减)(?:了)?{AMOUNT}", text)
    rate = _RATE.match(text[match.end() :]) if match is not None else None
    if rate is None:
        return None
    return rate[2] if rate[1] in _RISES or rate[2].startswith("-") else f"-{rate[2]}"


def find_change(label: str, text: str) -> str | None:
    """The change behind ``label``: "增加 7.01 万元" is "7.01", "减少 109.3 万元" is "-109.3", "持平" is "0"."""
    match = re.search(rf"(?:{label})(增加|增长|上升|提高|减少|下降|降低|压减)(?:了)?{AMOUNT}", text)
    if match is not None and match.lastindex:
        amount = amount_text(match[match.lastindex - 1], match[match.lastindex])
        falls = match[match.lastindex - 2] in _FALLS
        return f"-{amount}" if falls and not amount.startswith("-") else amount
    if re.search(rf"(?:{label})(?:基本)?(?:持平|保持不变|无变化|无增减)", text):
        return "0"
    return None
