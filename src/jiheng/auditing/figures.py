"""Figures within sentences: "不低于 22.5 万件" as an interval in pieces, with the words that it stands among."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jiheng.budget import Dimension, Interval, Unit, normalise
from jiheng.budget.numerals import HAN_NUMBER, han_number


class Figure(NamedTuple):
    """A number with its unit, as a sentence states it."""

    text: str
    """As it stands, with the word of its bound and its unit."""
    interval: Interval
    """In base units."""
    dimension: Dimension
    base: str
    clause: str
    """The part of the sentence, between commas, in which it stands."""


_CLAUSE = re.compile(r"[，。；;、！？]|,(?!\d{3})")
_NUMBER = re.compile(
    r"(不低于|不少于|不得少于|不得低于|至少|大于|超过|达到|达|≥|>|不高于|不超过|不多于|不得超过|小于|低于|控制在|至多|≤|<|=)?"
    r"(?<![\d.A-Za-z第〔\[【])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?=([^\d]{0,6}))"
)
_LOW = frozenset({"不低于", "不少于", "不得少于", "不得低于", "至少", "≥"})
_ABOVE = frozenset({"大于", "超过", ">"})
_HIGH = frozenset({"不高于", "不超过", "不多于", "不得超过", "控制在", "至多", "≤"})
_BELOW = frozenset({"小于", "低于", "<"})
_AFTER_LOW = ("以上", "及以上")
_AFTER_HIGH = ("以下", "以内", "之内", "及以下")
_PERSONS = frozenset({"人", "名", "位", "人数"})
_TIMES = frozenset({"次", "场", "场次"})


def measure(base: str) -> str:
    """One word for the measures that count the same: 人 for 名 and 位, 次 for 场."""
    if base in _PERSONS:
        return "人"
    return "次" if base in _TIMES else base


def counted(unit: Unit | None) -> Dimension:
    """What ``unit`` measures where things are told: 块 is a piece of something, and money only in speech."""
    if unit is None:
        return Dimension.UNKNOWN
    return Dimension.COUNT if unit.text == "块" else unit.dimension


@lru_cache(maxsize=8192)
def figures(text: str | None) -> tuple[Figure, ...]:
    """The numbers of ``text`` that have a unit which counts, shares or pays; years, dates and codes have none."""
    found = []
    for clause in _CLAUSE.split(normalise(text)):
        for match in _NUMBER.finditer(_in_digits(clause)):
            unit = _unit(match[3])
            dimension = counted(unit)
            if unit is None or dimension not in (Dimension.COUNT, Dimension.SHARE, Dimension.MONEY):
                continue
            after = match[3][len(unit.text) :]
            interval = Interval.of(_bound(match[1], after), Decimal(match[2].replace(",", "")))
            base = "块" if unit.text == "块" else measure(unit.base)
            found.append(
                Figure(f"{match[0]}{unit.text}", interval.scaled(unit.factor), dimension, base, clause)
            )
    return tuple(found)


# Of two signs or more, else 一个 and 三农 were numbers; what follows must not go on with it (十四五).
_HAN = re.compile(
    rf"(?<![第〇零一二三四五六七八九十百千万\d])(?=[一二三四五六七八九十两])({HAN_NUMBER})(?![〇零一二三四五六七八九十百千万\d])"
)


def _in_digits(clause: str) -> str:
    """A clause with its numbers in words, 十二 and 四百, written in digits."""
    return _HAN.sub(lambda match: match[0] if len(match[0]) < 2 else str(han_number(match[0])), clause)


def _bound(before: str | None, after: str) -> str | None:
    if before in _LOW or after.startswith(_AFTER_LOW):
        return "≥"
    if before in _HIGH or after.startswith(_AFTER_HIGH):
        return "≤"
    if before in _ABOVE:
        return ">"
    return "<" if before in _BELOW else None


@lru_cache(maxsize=8192)
def _unit(after: str) -> Unit | None:
    """The longest unit that ``after`` starts with; a length of time or a month is none here."""
    for end in range(min(len(after), 4), 0, -1):
        unit = Unit.parse(after[:end])
        if unit is not None and not unit.per:
            return unit
    return None


def number_of(interval: Interval) -> Decimal | None:
    """The one number that an interval is stated by; ``None`` for a range."""
    if interval.low is None or interval.high is None:
        return interval.low if interval.high is None else interval.high
    return interval.low if interval.is_exact else None


def keeps(promised: Interval, target: Interval) -> bool:
    """Whether whoever reaches ``target`` has kept what was ``promised``: the same number, or a target within it."""
    stated, aimed = number_of(promised), number_of(target)
    if stated is not None and stated == aimed:
        return True
    low = promised.low is None or (target.low is not None and target.low >= promised.low)
    high = promised.high is None or (target.high is not None and target.high <= promised.high)
    return low and high
