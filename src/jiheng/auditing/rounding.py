"""When two amounts that should agree do not: what rounding explains is no mistake."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from jiheng.budget import Money, Severity, unit_factor

_STEP: Final = Decimal("0.01")
_HALF: Final = Decimal("0.5")


def disagreement(
    stated: Money, computed: Money, addends: Iterable[Money] = (), severity: Severity = Severity.ERROR
) -> Severity | None:
    """How bad it is that ``stated`` is not ``computed``; ``None`` where they agree.

    They agree within 0.01 of the coarser unit for each addend that is not nought: where figures were rounded to two
    decimal places, so much may be lost. Figures printed with fewer places may lose more; a difference that this
    explains is worth a look and no more, and in whole 元 not even that.

    Args:
        addends: what ``computed`` is the sum of; none for two copies of one figure.
    """
    difference = abs(stated.yuan - computed.yuan)
    if not difference:
        return None
    parts = [part for part in addends if part] or [computed]
    unit = max((unit_factor(part.unit) for part in (stated, *parts)), default=Decimal(1))
    if difference <= _STEP * unit * len(parts):
        return None
    if len(parts) == 1:
        # each copy may have been rounded for itself
        lost = max(_lost(stated), _lost(parts[0]))
    else:
        lost = max(_lost(part) for part in (stated, *parts)) * (len(parts) + 1)
        if min(_places(part) for part in (stated, *parts)) < max(_places(part) for part in (stated, *parts)):
            lost = Decimal(0)  # a round number among exact ones is exact as well
    if difference > lost:
        return severity
    return Severity.NOTICE if unit > 1 else None


def _places(money: Money) -> int:
    return max(0, -int(money.number.as_tuple().exponent))


def _lost(money: Money) -> Decimal:
    """Half of the last place that is printed, in 元."""
    return _HALF * unit_factor(money.unit) * Decimal(1).scaleb(-_places(money))
