"""Intervals: what "≥1300 人" and "350 元" become so that they can be multiplied and compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import msgspec

from jiheng.budget.money import plain

OPERATORS: Final = ("≥", "≤", ">", "<", "=")


class Interval(msgspec.Struct, frozen=True):
    """All numbers between ``low`` and ``high``; ``None`` is unbounded, ``open_*`` leaves the end itself out."""

    low: Decimal | None = None
    high: Decimal | None = None
    open_low: bool = False
    open_high: bool = False

    @classmethod
    def exactly(cls, number: Decimal) -> Interval:
        """The interval of one number."""
        return cls(number, number)

    @classmethod
    def of(cls, operator: str | None, number: Decimal) -> Interval:
        """The interval that ``operator number`` states; no operator means exactly that number.

        Raises:
            ValueError: when ``operator`` is none of ≥ ≤ > < =.
        """
        match operator:
            case None | "=":
                return cls(number, number)
            case "≥":
                return cls(low=number)
            case ">":
                return cls(low=number, open_low=True)
            case "≤":
                return cls(high=number)
            case "<":
                return cls(high=number, open_high=True)
        raise ValueError(f"not an operator: {operator!r}")

    @property
    def is_exact(self) -> bool:
        """Whether the interval is a single number."""
        return self.low is not None and self.low == self.high

    def __contains__(self, number: Decimal) -> bool:
        if self.low is not None and (number < self.low or (self.open_low and number == self.low)):
            return False
        return not (
            self.high is not None and (number > self.high or (self.open_high and number == self.high))
        )

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return not (_apart(self, other) or _apart(other, self))

    def scaled(self, factor: Decimal) -> Interval:
        """Every number times ``factor`` (> 0)."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
            self.open_low,
            self.open_high,
        )

    def __mul__(self, other: Interval) -> Interval:
        """The products of two intervals of quantities, neither of which can be negative.

        A missing low end therefore counts as 0: "≤1165 人 × ≤2.88 万元" is "≤3355.2 万元".
        """
        low: Decimal | None = (self.low or Decimal(0)) * (other.low or Decimal(0))
        open_low = self.open_low or other.open_low
        if (self.low is None or other.low is None) and low == 0:
            low, open_low = None, False
        if self.high is None or other.high is None:
            return Interval(low, None, open_low, False)
        return Interval(low, self.high * other.high, open_low, self.open_high or other.open_high)

    def __str__(self) -> str:
        if self.is_exact and self.low is not None:
            return _short(self.low)
        low = "" if self.low is None else f"{'>' if self.open_low else '≥'}{_short(self.low)}"
        high = "" if self.high is None else f"{'<' if self.open_high else '≤'}{_short(self.high)}"
        return "，".join(part for part in (low, high) if part) or "任意"


def _apart(left: Interval, right: Interval) -> bool:
    """Whether the whole of ``left`` lies below ``right``."""
    if left.high is None or right.low is None:
        return False
    return left.high < right.low or (left.high == right.low and (left.open_high or right.open_low))


def _short(number: Decimal) -> str:
    return plain(number.normalize() + 0)
