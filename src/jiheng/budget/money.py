"""Money: an exact decimal with its unit, kept as it was written and compared in 元."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Final

import msgspec

YUAN: Final = "元"
WAN_YUAN: Final = "万元"

_FACTORS: Final = {"元": Decimal(1), "百元": Decimal(100), "千元": Decimal(1000), "万元": Decimal(10_000),
                   "万": Decimal(10_000), "亿元": Decimal(100_000_000), "亿": Decimal(100_000_000)}  # fmt: skip
_AMOUNT = re.compile(r"^([-+]?\d[\d,]*(?:\.\d+)?)(元|百元|千元|万元|亿元)?$")

AmountText = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^-?\d+(\.\d+)?(元|百元|千元|亿元)?$",
        description="金额，按原文的小数写法；不带单位时为所在表的单位（默认万元）",
    ),
]
"""An amount as a document states it: digits as written, in the unit of its table (万元 unless said)."""


class Money(msgspec.Struct, frozen=True, eq=False, order=False):
    """An amount of money: ``number`` of ``unit``. Equality and order are in 元, so 1 万元 is 10000 元."""

    number: Decimal
    unit: str = WAN_YUAN

    @classmethod
    def parse(cls, text: str | None, unit: str = WAN_YUAN) -> Money | None:
        """The money that ``text`` states, or ``None`` when it states none.

        Args:
            text: "16.80", "1,256.77", "168元"; a unit in the text goes before ``unit``.
            unit: 元 or 万元, the unit of the table or sentence.
        """
        if text is None:
            return None
        match = _AMOUNT.match(text.replace("，", ",").strip())
        if match is None:
            return None
        return cls(Decimal(match[1].replace(",", "")), match[2] or unit)

    @classmethod
    def of_yuan(cls, yuan: Decimal, unit: str = WAN_YUAN) -> Money:
        """The money of ``yuan`` 元, expressed in ``unit`` without loss."""
        return cls((yuan / _FACTORS[unit]).normalize() + 0, unit)

    @property
    def yuan(self) -> Decimal:
        """The amount in 元."""
        return self.number * _FACTORS[self.unit]

    def written_like(self, other: Money) -> str:
        """The number with at least as many decimals as ``other`` has: 7 beside 6.00 is "7.00"."""
        places = max(0, *(-int(money.number.as_tuple().exponent) for money in (self, other)))
        return f"{self.number:.{places}f}"

    def to(self, unit: str) -> Money:
        """The same money in another unit."""
        return self if unit == self.unit else Money.of_yuan(self.yuan, unit)

    def __eq__(self, other: object) -> bool:
        return self.yuan == other.yuan if isinstance(other, Money) else NotImplemented

    def __ne__(self, other: object) -> bool:
        # a struct's own comparison would answer by identity
        return not self == other

    def __hash__(self) -> int:
        return hash(self.yuan)

    def __lt__(self, other: Money) -> bool:
        return self.yuan < other.yuan

    def __le__(self, other: Money) -> bool:
        return self.yuan <= other.yuan

    def __gt__(self, other: Money) -> bool:
        return self.yuan > other.yuan

    def __ge__(self, other: Money) -> bool:
        return self.yuan >= other.yuan

    def __add__(self, other: Money) -> Money:
        return Money(self.number + other.to(self.unit).number, self.unit)

    def __sub__(self, other: Money) -> Money:
        return Money(self.number - other.to(self.unit).number, self.unit)

    def __neg__(self) -> Money:
        return Money(-self.number, self.unit)

    def __abs__(self) -> Money:
        return Money(abs(self.number), self.unit)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.number * factor, self.unit)

    def __bool__(self) -> bool:
        return bool(self.number)

    @property
    def text(self) -> str:
        """The number alone, in plain digits: "23.236", "1000"."""
        return plain(self.number)

    def __str__(self) -> str:
        return f"{self.text} {self.unit}"


def plain(number: Decimal) -> str:
    """``number`` in plain digits, never with an exponent; the decimal places are kept as they are."""
    return format(number, "f")


def money_sum(parts: Iterable[Money], unit: str = WAN_YUAN) -> Money:
    """The sum of ``parts``, in ``unit``, keeping the decimal places of the most precise part."""
    total = Money(Decimal(0), unit)
    for part in parts:
        total = total + part
    return total


def is_money_unit(unit: str | None) -> bool:
    """Whether ``unit`` is a unit of money by itself (元, 千元, 万元, 亿元)."""
    return unit in _FACTORS and unit not in ("万", "亿")


def unit_factor(unit: str) -> Decimal:
    """How many 元 one of ``unit`` is. Raises ``KeyError`` when it is no unit of money."""
    return _FACTORS[unit]
