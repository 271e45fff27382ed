"""The gap between a figure of a table and what it must equal: a sum, or the same figure elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.auditing.registry import Gap
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.sheets import Figure
from jiheng.auditing.walk import spelled_sum
from jiheng.budget import Money, Severity, money_sum

_TEN_THOUSAND = Decimal(10_000)


def sum_gap(
    whole: Figure, parts: Sequence[Figure], what: str, remedy: str, severity: Severity = Severity.ERROR
) -> Gap | None:
    """The gap where ``whole`` is not the sum of ``parts``; ``what`` names them ("下级科目")."""
    amounts = [part.money for part in parts]
    computed = money_sum(amounts, whole.money.unit)
    found = disagreement(whole.money, computed, amounts, severity)
    if found is None:
        return None
    return Gap.of_money(
        whole.path,
        whole.money,
        computed,
        message=f"{what}{'' if what.endswith(('总计', '合计')) else '合计'} {_spelled(amounts, computed)}，"
        f"与{whole}相差 {abs(whole.money - computed)}{_rounded(found, severity)}{_in_another_unit(whole.money, parts, computed)}",
        remedy=remedy,
        related=tuple(part.path for part in parts),
        severity=found,
    )


def sums_gap(whole: Figure, ways: Sequence[Sequence[Figure]], what: str, remedy: str) -> Gap | None:
    """The gap where ``whole`` is the sum in none of the ways in which its parts may be meant; told in the first way."""
    gaps = []
    for parts in ways:
        gap = sum_gap(whole, parts, what, remedy) if parts else None
        if gap is None:
            return None
        gaps.append(gap)
    return gaps[0] if gaps else None


def balance_gap(left: Figure, income: Sequence[Figure], spent: Sequence[Figure], remedy: str) -> Gap | None:
    """The gap where ``left`` is not what ``income`` leaves after ``spent``."""
    coming, going = [part.money for part in income], [part.money for part in spent]
    unit = left.money.unit
    computed = money_sum(coming, unit) - money_sum(going, unit)
    found = disagreement(left.money, computed, [*coming, *going])
    if found is None:
        return None
    minus = "".join(f" − {amount.text}" for amount in going)
    return Gap.of_money(
        left.path,
        left.money,
        computed,
        message=f"{spelled_sum(coming)}{minus} = {computed}，与{left}相差 {abs(left.money - computed)}{_rounded(found)}",
        remedy=remedy,
        related=tuple(part.path for part in (*income, *spent)),
        severity=found,
    )


def same_gap(
    stated: Figure, others: Sequence[Figure], remedy: str, severity: Severity = Severity.ERROR
) -> Gap | None:
    """The gap where ``stated`` is none of ``others``, which say the same in different places; told with the first."""
    gap: Gap | None = None
    for other in others:
        found = disagreement(stated.money, other.money, (), severity)
        if found is None:
            return None
        if gap is None:
            gap = Gap.of_money(
                stated.path,
                stated.money,
                other.money,
                message=f"{stated}，与{other}相差 {abs(stated.money - other.money)}"
                f"{_unit_mixed_up(stated.money, other.money)}{_rounded(found, severity)}",
                remedy=remedy,
                related=(other.path,),
                severity=found,
            )
    return gap


def gaps(*found: Gap | None) -> Iterator[Gap]:
    """Those that there are."""
    return (gap for gap in found if gap is not None)


def _spelled(amounts: Sequence[Money], computed: Money) -> str:
    return f"{spelled_sum(amounts)} = {computed}" if len(amounts) > 1 else str(computed)


def _rounded(found: Severity, severity: Severity = Severity.ERROR) -> str:
    """Says so where a gap is milder than its rule because rounding explains it."""
    return "，可能由四舍五入造成" if found is Severity.NOTICE and severity is not Severity.NOTICE else ""


def _in_another_unit(whole: Money, parts: Sequence[Figure], computed: Money) -> str:
    """Says which part makes the sum right when it is taken in 元 instead of 万元."""
    for part in parts:
        mended = computed - part.money + Money(part.money.number / _TEN_THOUSAND, part.money.unit)
        if (
            part.money.number >= _TEN_THOUSAND
            and disagreement(whole, mended, [one.money for one in parts]) is None
        ):
            return f"；{part}若为元，则正好相符"
    return ""


def _unit_mixed_up(stated: Money, other: Money) -> str:
    """Says so where one figure is ten thousand times the other: 元 and 万元 were taken for one another."""
    low, high = sorted((stated.yuan, other.yuan))
    if low <= 0:
        return ""
    near = abs(high - low * _TEN_THOUSAND) <= low
    return "，正好是一万倍，金额单位可能写错" if near else ""
