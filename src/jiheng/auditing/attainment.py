"""How far a result reaches its target: told only where both are figures of one kind."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from jiheng.auditing.figures import figures, measure
from jiheng.budget import Deadline, Dimension, Indicator, IndicatorValue, Interval, normalise
from jiheng.standards.indicator_framework import direction_of

_LIKELY: Final = Decimal(5)
"""A figure without a unit that is further than this from its target may be in another unit."""
_REVERSE_WORDS: Final = ("成本", "费用", "支出", "投资")
_DONE: Final = re.compile(
    r"^(?:已经?|实际|共计?|累计|全年|本年|年内|总共)*[\u4e00-\u9fff]{0,6}?(?=[\d一二三四五六七八九十])"
)
"""How a result in words begins: “已更换30盏”, “完成30盏更换任务”."""
_OTHERWISE: Final = re.compile(r"[未没不差欠少减剩余缺超多增升降压节其约左近高低大小]|第")
"""Words with which the figure beside them is not what was reached."""
_ALL: Final = Decimal(100)
_LONGEST: Final = 16
"""A longer text tells more than one thing."""
_HAN_NUMBER: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?(?=[\u4e00-\u9fff])"
)
_HAN: Final = "一二三四五六七八九"


class Attainment(NamedTuple):
    """Whether a target is reached.

    Attributes:
        ratio: what was reached of it: result / target, for an upper bound target / result; ``None`` where no ratio can
            be told (dates, ranges, a target of nothing).
        is_reverse: whether less is better.
    """

    reached: bool
    ratio: Decimal | None = None
    is_reverse: bool = False


def attainment(indicator: Indicator, result: IndicatorValue | None) -> Attainment | None:
    """How far ``result`` reaches the indicator's target; ``None`` where that cannot be told for certain."""
    target = indicator.value
    if target is None or result is None:
        return None
    if target.meaning.deadline is not None or result.meaning.deadline is not None:
        return _in_time(target.meaning.deadline, result.meaning.deadline)
    wanted, got = target.interval, _figure(target, result)
    if wanted is None or got is None or (target.meaning.tail and wanted.is_exact):
        return None
    if wanted.is_exact and wanted.low is not None:
        return _exactly(indicator, target, wanted.low, got)
    if wanted.low is not None and wanted.high is not None:
        return Attainment(reached=got in wanted)
    if wanted.low is not None:
        return _at_least(wanted, wanted.low, got)
    return _at_most(wanted, wanted.high or Decimal(0), got)


def _at_least(wanted: Interval, low: Decimal, got: Decimal) -> Attainment | None:
    if wanted.open_low and got == low:
        return None  # ">95%" is often written for "at least 95 %"
    return Attainment(reached=got >= low, ratio=got / low if low > 0 else None)


def _at_most(wanted: Interval, high: Decimal, got: Decimal) -> Attainment | None:
    if wanted.open_high and got == high:
        return None
    return Attainment(reached=got <= high, ratio=high / got if got > 0 else None, is_reverse=True)


def _exactly(
    indicator: Indicator, target: IndicatorValue, wanted: Decimal, got: Decimal
) -> Attainment | None:
    """A figure without a sign is at least so much, and at most so much where less is better by its name.

    Nothing is to stay nothing. What costs and how long it takes tells nothing: less may be thrift or work left undone.
    """
    if got == wanted:
        return Attainment(reached=True, ratio=Decimal(1))
    if wanted == 0:
        return Attainment(reached=False, is_reverse=True)
    names = normalise(f"{indicator.level1}{indicator.level2}{indicator.level3}{indicator.direction}")
    if target.dimension is Dimension.DURATION or any(word in names for word in _REVERSE_WORDS):
        return None
    if "反向" in names or direction_of(indicator.level3 or "") == "reverse":
        return Attainment(reached=got < wanted, ratio=wanted / got if got > 0 else None, is_reverse=True)
    return Attainment(reached=got > wanted, ratio=got / wanted if wanted > 0 else None)


def _figure(target: IndicatorValue, result: IndicatorValue) -> Decimal | None:
    """The figure of the result in the base unit of the target; one without a unit is in the target's unit."""
    if result.number is None:
        return _told(target, normalise(result.text))
    if result.operator not in (None, "=") or result.meaning.tail:
        return None
    number, wanted, own = Decimal(result.number), target.meaning.unit, result.meaning.unit
    if own is None:
        return None if result.unit else _unitless(target, number)
    if wanted is None or wanted.dimension is not own.dimension or wanted.per != own.per:
        return None
    if wanted.dimension is Dimension.COUNT and wanted.base != own.base:
        return None
    return number * own.factor


def _unitless(target: IndicatorValue, number: Decimal) -> Decimal | None:
    """A bare figure: a ratio where shares are asked for, else in the target's unit unless that makes it absurd."""
    unit, aim = target.meaning.unit, target.interval
    if aim is None:
        return None
    bound = aim.low if aim.low is not None else aim.high
    if unit is None:
        return number if target.unit is None else None
    if unit.dimension is Dimension.SHARE and number <= Decimal("1.5") and bound is not None and bound > 2:
        number *= 100
    figure = number * unit.factor
    is_far = bool(bound) and bound is not None and not bound / _LIKELY <= figure <= bound * _LIKELY
    return None if is_far and unit.factor != 1 else figure


def _in_time(target: Deadline | None, result: Deadline | None) -> Attainment | None:
    """Whether a date is not after another; both must name a month, and the year both or neither."""
    if target is None or result is None or target.month is None or result.month is None:
        return None
    if (target.year is None) != (result.year is None):
        return None
    due = (target.year or 0, target.month, target.day or 31)
    done = (result.year or 0, result.month, result.day or 1)
    return Attainment(reached=done <= due)


def _told(target: IndicatorValue, text: str) -> Decimal | None:
    """The only figure of a short text that tells what was reached, in the base unit of the target.

    A share answers a count as so much of it: 完成75% of 40 盏 is 30.
    """
    text = _in_digits(text)
    if len(text) > _LONGEST or _OTHERWISE.search(text) or not _DONE.match(text):
        return None
    found, wanted, aim = figures(text), target.meaning.unit, target.interval
    if len(found) != 1 or wanted is None or aim is None or not found[0].interval.is_exact:
        return None
    number = found[0].interval.low
    if number is None or len(re.findall(r"\d+(?:\.\d+)?", text)) != 1:
        return None
    if found[0].dimension is wanted.dimension:
        if wanted.dimension is Dimension.COUNT and found[0].base != measure(wanted.base):
            return None
        return number
    least = aim.low
    is_share_of_count = found[0].dimension is Dimension.SHARE and wanted.dimension is Dimension.COUNT
    return least * number / _ALL if is_share_of_count and least and text.startswith("完成") else None


def _in_digits(text: str) -> str:
    """``text`` with a number below a hundred that it begins with in digits: 三十盏 is 30盏."""
    match = _HAN_NUMBER.match(text)
    if match is None or not match[0]:
        return text
    tens = 10 * (_HAN.index(match[1]) + 1 if match[1] else 1) if match[2] else 0
    return f"{tens + (_HAN.index(match[3]) + 1 if match[3] else 0)}{text[match.end() :]}"
