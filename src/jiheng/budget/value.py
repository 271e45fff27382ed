"""Indicator values: the text as written beside what was understood of it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Annotated, Final

import msgspec

from jiheng.budget.interval import OPERATORS, Interval
from jiheng.budget.numerals import HAN_NUMBER, han_number, with_percent_signs
from jiheng.budget.text import normalise
from jiheng.budget.unit import Dimension, Unit

WORDS: Final = "文字描述"
"""What stands in the operator column of a value that is given in words."""


class Deadline(msgspec.Struct, frozen=True):
    """A date by which something is to be done; ``None`` where the text does not say."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Understanding(msgspec.Struct, frozen=True):
    """What a value means, as far as it was understood.

    Attributes:
        interval: of numbers in ``unit`` (not yet scaled to its base unit).
        unit: taken apart; ``None`` when none was written or it is not known.
        deadline: for values such as "12 月底" and "2023年12月底前".
        per_year: how often, for "每月" (12), "每季度" (4) and the like.
        tail: words after the number that belong to no unit ("时效高" in "≥90时效高").
    """

    interval: Interval | None = None
    unit: Unit | None = None
    deadline: Deadline | None = None
    per_year: int | None = None
    tail: str = ""


class IndicatorValue(msgspec.Struct, frozen=True, dict=True):
    """The 指标值 of an indicator.

    Attributes:
        text: as written, only white space from line wrapping removed.
        operator: ≥ ≤ > < or =; ``None`` when none is written.
        number: decimal digits, when a single number was understood.
        unit: as written, when a number was understood and what follows it is a unit.
    """

    text: str
    operator: Annotated[str, msgspec.Meta(pattern="^[≥≤><=]$")] | None = None
    number: Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?$")] | None = None
    unit: str | None = None

    @classmethod
    def parse(cls, text: str) -> IndicatorValue:
        """Understand a value that is written in one cell: "≥95%", "1000 份", "12 月底", "提升"."""
        if match := _APART.match(text):
            # "12.00 12月31日": a number and, after a space, a unit that starts with another number
            operator, number, unit, _ = _understand(_folded(match[1]))
            return cls(text, operator, number, unit or (match[2] if number else None))
        operator, number, unit, _ = _understand(_folded(text))
        return cls(text, operator, number, unit)

    @classmethod
    def of_columns(cls, sign: str, number: str, unit: str) -> IndicatorValue:
        """Understand a value that is written in three columns: 符号 | 值 | 单位（文字描述）.

        The text is the three joined; "文字描述" in the first column leaves the words alone.
        """
        operator = normalise(sign)
        figure = normalise(number).replace(",", "")
        if operator == WORDS or (not figure and operator not in OPERATORS):
            return cls.parse(unit.strip() or number.strip() or sign.strip())
        apart = " " if unit.strip()[:1].isdigit() else ""
        text = f"{sign.strip()}{number.strip()}{apart}{unit.strip()}"
        if not _NUMBER_ONLY.match(figure):
            return cls.parse(text)
        return cls(text, operator if operator in OPERATORS else None, figure, unit.strip() or None)

    @cached_property
    def meaning(self) -> Understanding:
        """What the value means; computed from the text and the parts, never stored."""
        return _meaning(self.text, self.operator, self.number, self.unit)

    @property
    def is_in_words(self) -> bool:
        """Whether nothing measurable was understood: no number, no deadline, no frequency."""
        meaning = self.meaning
        return self.number is None and not (meaning.interval or meaning.deadline or meaning.per_year)

    @cached_property
    def interval(self) -> Interval | None:
        """The interval in base units (元, per cent, pieces, seconds); ``None`` without a number."""
        meaning = self.meaning
        if meaning.interval is None:
            return None
        return meaning.interval.scaled(meaning.unit.factor) if meaning.unit else meaning.interval

    @cached_property
    def dimension(self) -> Dimension:
        """What the value measures; ``UNKNOWN`` without a known unit."""
        meaning = self.meaning
        if meaning.deadline is not None:
            return Dimension.MONTH
        return meaning.unit.dimension if meaning.unit else Dimension.UNKNOWN


_APART = re.compile(r"^(.*\d)\s+(\d.*)$")
_NUMBER_ONLY = re.compile(r"^-?[0-9]+(\.[0-9]+)?$")
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_HAN_DIGITS: Final = {sign: digit for digit, sign in enumerate("〇一二三四五六七八九十")} | {"两": 2, "零": 0}
_LOWER: Final = (
    "不低于",
    "不少于",
    "不小于",
    "不得少于",
    "不得低于",
    "大于等于",
    "大于或等于",
    "至少",
    "达到或超过",
    "高于或等于",
)
_UPPER: Final = (
    "不高于",
    "不超过",
    "不多于",
    "不大于",
    "不得超过",
    "小于等于",
    "小于或等于",
    "控制在",
    "至多",
    "最多",
    "低于或等于",
)
_ABOVE: Final = ("大于", "高于", "超过", "多于")
_BELOW: Final = ("小于", "低于", "少于")
_AFTER_LOWER: Final = ("以上", "及以上")
_AFTER_UPPER: Final = ("以下", "以内", "之内", "及以下", "内")

_SIGN = re.compile(r"^([≥≤><=])\s*")
_DATE = re.compile(
    r"^(?:(?:于|在)?(\d{4})年)?(?:度)?(?:(1[0-2]|0?[1-9])月(?:份)?(?:(3[01]|[12]\d|0?[1-9])[日号])?)"
    r"(?:底|末|初|上旬|中旬|下旬)?(?:之前|以前|前|内|止)?(?:完成.*|完毕|结束)?$"
)
_DOTTED = re.compile(
    r"^(20\d\d)[.\-/](1[0-2]|0?[1-9])(?:[.\-/](3[01]|[12]\d|0?[1-9])日?(?:之前|以前|前|内|止)?|(?:之前|以前|前|底|末))(?:完成.*)?$"
)
_YEAR_END = re.compile(r"^(?:(\d{4})?年(?:底|末|内)|当年年底|年底)(?:之前|以前|前)?(?:完成.*)?$")
_RANGE = re.compile(
    rf"^({_NUMBER}|[一二三四五六七八九十两])(.{{0,3}}?)[-~至到—–]({_NUMBER}|[一二三四五六七八九十两])(.*)$"
)
_PRODUCT = re.compile(rf"^({_NUMBER})[*×xX]({_NUMBER})(.*)$")
# A rate below nought is written with a hyphen; before anything else that marks an item of a list.
_NUMBERED = re.compile(rf"^({_NUMBER}|-{_NUMBER}(?=%))(.*)$")
_HAN_NUMBERED = re.compile(rf"^((?=[一二三四五六七八九十两])(?:两(?![百千])|{HAN_NUMBER}))(.+)$")
_FREQUENCIES: Final = {"每天": 365, "每日": 365, "每周": 52, "每月": 12, "每季度": 4, "每季": 4, "每半年": 2, "每年": 1,
                       "按月": 12, "按季": 4, "按季度": 4, "按年": 1, "按周": 52, "按日": 365}  # fmt: skip


@lru_cache(maxsize=16_384)
def _understand(folded: str) -> tuple[str | None, str | None, str | None, str]:
    """Operator, number, unit and tail of a normalised value."""
    operator = None
    rest = folded
    if match := _SIGN.match(rest):
        operator, rest = match[1], rest[match.end() :]
    if ((match := _DATE.match(rest)) and (match[1] or match[3])) or _DOTTED.match(rest):
        return operator, None, None, ""
    if _RANGE.match(rest):
        return operator, None, _range_unit(rest), ""
    if match := _PRODUCT.match(rest):
        product = _decimal(match[1]) * _decimal(match[2])
        unit, tail = _split_unit(match[3])
        return operator, format(product, "f"), unit, tail
    if match := _NUMBERED.match(rest):
        unit, tail = _split_unit(match[2])
        return operator, match[1].replace(",", ""), unit, tail
    if (match := _HAN_NUMBERED.match(rest)) and Unit.parse(match[2]) is not None:
        return operator, str(han_number(match[1])), match[2], ""
    return operator, None, None, rest


@lru_cache(maxsize=16_384)
def _meaning(text: str, operator: str | None, number: str | None, unit_text: str | None) -> Understanding:
    folded = _folded(text)
    bare = _SIGN.sub("", folded)
    if match := _DATE.match(bare):
        day = int(match[3]) if match[3] else None
        year = int(match[1]) if match[1] else None
        return Understanding(
            _one_number(operator, number), Unit.parse(unit_text), Deadline(year, int(match[2]), day)
        )
    if match := _DOTTED.match(bare):
        return Understanding(
            deadline=Deadline(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
        )
    if match := _YEAR_END.match(bare):
        return Understanding(deadline=Deadline(int(match[1]) if match[1] else None, 12))
    if bare in _FREQUENCIES:
        return Understanding(per_year=_FREQUENCIES[bare])
    if number is None:
        return _words(bare)
    tail = _understand(folded)[3]
    bound = operator
    if bound is None and any(tail.startswith(word) for word in _AFTER_LOWER):
        bound = "≥"
    elif bound is None and any(tail.startswith(word) for word in _AFTER_UPPER):
        bound = "≤"
    unit = Unit.parse(unit_text)
    deadline = None
    if unit is not None and unit.dimension is Dimension.MONTH and 1 <= Decimal(number) <= 12:
        deadline = Deadline(month=int(Decimal(number)))
    return Understanding(_one_number(bound, number), unit, deadline, tail=tail)


def _words(bare: str) -> Understanding:
    """A value that starts with words: a range, a bound in words ("不低于 95%"), or nothing measurable."""
    if match := _RANGE.match(bare):
        low, high = _decimal(match[1]), _decimal(match[3])
        if low <= high:
            return Understanding(Interval(low, high), Unit.parse(_range_unit(bare)))
    for words, sign in ((_LOWER, "≥"), (_UPPER, "≤"), (_ABOVE, ">"), (_BELOW, "<")):
        for word in words:
            if bare.startswith(word) and (match := _NUMBERED.match(bare[len(word) :])):
                unit, tail = _split_unit(match[2])
                return Understanding(Interval.of(sign, _decimal(match[1])), Unit.parse(unit), tail=tail)
    return Understanding(tail=bare)


def _folded(text: str) -> str:
    return with_percent_signs(normalise(text))


def _one_number(operator: str | None, number: str | None) -> Interval | None:
    return None if number is None else Interval.of(operator, Decimal(number))


def _range_unit(text: str) -> str | None:
    match = _RANGE.match(text)
    return (_split_unit(match[4])[0] or None) if match else None


def _split_unit(rest: str) -> tuple[str | None, str]:
    """The longest unit that ``rest`` starts with, and what follows it."""
    if not rest:
        return None, ""
    if rest.startswith("(") and (end := rest.find(")")) > 0 and Unit.parse(rest[1:end]) is not None:
        return rest[1:end], rest[end + 1 :]
    for end in range(min(len(rest), 12), 0, -1):
        if Unit.parse(rest[:end]) is not None and not rest[:end].endswith(("/", "每", "(")):
            return rest[:end], rest[end:]
    return None, rest


def _decimal(text: str) -> Decimal:
    if text in _HAN_DIGITS:
        return Decimal(_HAN_DIGITS[text])
    return Decimal(text.replace(",", ""))
