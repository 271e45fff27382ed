"""YEAR: a report answers for what was approved: its indicators and no others, their signs, units and points, its goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.earlier import is_budget, is_report, same_year
from jiheng.auditing.figures import measure
from jiheng.auditing.forms import points
from jiheng.auditing.naming import likeness
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.previous_projects import Pair, by_name, pairs
from jiheng.auditing.thresholds import thresholds
from jiheng.auditing.walk import Row
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue, Severity, normalise

_NO_INDICATOR: Final = re.compile(r"执行率|支出进度|支付进度")
"""What forms of reports add by themselves."""
_MARKS: Final = re.compile(r"[\s，。；、,.;:：!！\d]")
_FEW: Final = 3
_LONGEST: Final = 300
"""Of longer goals the beginning tells whether they are the same; comparing all of them would take long."""


def _approved(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Pair]:
    """The projects of a report with the same ones in the budget of its year."""
    if is_report(document) and is_budget(earlier) and same_year(document, earlier):
        yield from pairs(document, earlier)


def _both(pair: Pair) -> Iterator[tuple[Row, Row]]:
    """The indicators that stand under one name in the report and in what was approved."""
    approved = by_name(pair.path, pair.before)
    return ((row, approved[name]) for name, row in by_name(pair.path, pair.now).items() if name in approved)


@rule(
    "YEAR-028", title="自评和监控的目标值符号、单位与批复的一致", severity=Severity.ERROR, basis="mof-2015-88",
    article=28, checks=("R11",), over_years=True,
)  # fmt: skip
def a_report_has_the_approved_signs_and_units(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """A target of the same number has the sign and the unit that were approved.

    An opposite sign is an error. A sign left out is a warning where the form keeps others, and no change where it has
    none; another word for what is counted is a warning as well.
    """
    for pair in _approved(document, earlier):
        has_signs = any(row.value is not None and row.value.operator for row in pair.now.indicators)
        for row, before in _both(pair):
            value, promised = row.indicator.value, before.indicator.value
            if value is None or promised is None or value.number is None or promised.number is None:
                continue
            if Decimal(value.number) != Decimal(promised.number):
                continue  # YEAR-016
            severity = _changed(value, promised, has_signs=has_signs)
            if severity is not None:
                yield Gap(
                    path=f"{row.path}.value",
                    message=f"{row.label}的目标值是“{value.text}”，批复的是“{promised.text}”，符号或单位不同",
                    remedy="按批复的目标值填报；经批准调整的，附调整依据",
                    stated=value.text,
                    computed=promised.text,
                    severity=severity,
                )


def _changed(value: IndicatorValue, promised: IndicatorValue, *, has_signs: bool) -> Severity | None:
    """How bad it is that sign or unit are others; ``None`` where they are not."""
    sign, approved = value.operator or "", promised.operator or ""
    if {sign, approved} in ({"≥", "≤"}, {"≥", "<"}, {">", "≤"}, {">", "<"}):
        return Severity.ERROR
    if approved in ("≥", "≤") and not sign and has_signs and value.interval != promised.interval:
        return Severity.WARNING
    own, other = value.meaning.unit, promised.meaning.unit
    if own is None or other is None or Dimension.COUNT not in (own.dimension, other.dimension):
        return None
    if own.dimension is not other.dimension:
        return Severity.ERROR
    return Severity.WARNING if measure(own.base) != measure(other.base) else None


@rule(
    "YEAR-025", title="自评和监控没有批复以外的指标", severity=Severity.ERROR, basis="mof-2015-88", article=29,
    checks=("R11",), over_years=True,
)  # fmt: skip
def a_report_adds_no_indicator(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """A report in which every approved indicator stands has no other, and has them in their order.

    Where one is missing another may be it under a new name: YEAR-015 tells it.
    """
    for pair in _approved(document, earlier):
        approved, reported = by_name(pair.path, pair.before), by_name(pair.path, pair.now)
        if len(approved) < _FEW or any(name not in reported for name in approved):
            continue
        for name, row in reported.items():
            if name in approved or _NO_INDICATOR.search(name):
                continue
            if any(name in other or other in name for other in approved):
                continue
            yield Gap(
                path=row.path,
                message=f"{row.label}不在批复的 {len(approved)} 个指标之中",
                remedy="按批复的指标填报；指标经批准调整的，附调整依据",
                stated=row.name,
                severity=Severity.WARNING if len(by_name(pair.path, pair.before)) < len(pair.before.indicators) else None,
            )  # fmt: skip
        yield from _order(pair, list(approved), [name for name in reported if name in approved])


def _order(pair: Pair, approved: list[str], reported: list[str]) -> Iterator[Gap]:
    if approved == reported:
        return
    at = next(at for at, (left, right) in enumerate(zip(approved, reported, strict=True)) if left != right)
    yield Gap(
        path=f"{pair.path}.indicators",
        message=f"指标的次序与批复的不同：第 {at + 1} 个应为“{approved[at]}”，所列的是“{reported[at]}”",
        remedy="按批复的次序填报",
        stated=reported[at],
        computed=approved[at],
        severity=Severity.NOTICE,
    )


@rule(
    "YEAR-026", title="自评的预期目标与批复的绩效目标一致", severity=Severity.WARNING, basis="mof-2015-88", article=29,
    checks=("R11",), over_years=True,
)  # fmt: skip
def a_report_repeats_the_approved_goal(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """预期目标 of a report is the goal that was approved: the same words, a part of them, or nearly the same.

    Figures are left out: YEAR-016 holds the targets against each other.
    """
    for pair in _approved(document, earlier):
        now, before = (_MARKS.sub("", normalise("".join(each.goals))) for each in (pair.now, pair.before))
        if not now or not before or now in before or before in now:
            continue
        if likeness(now[:_LONGEST], before[:_LONGEST]) < thresholds("names")["same"]:
            yield Gap(
                path=f"{pair.path}.goals.0",
                message=f"预期目标“{pair.now.goals[0]}”与批复的绩效目标“{pair.before.goals[0]}”不是同一内容",
                remedy="按批复的绩效目标填写；目标经批准调整的，附调整依据",
                stated=pair.now.goals[0],
                computed=pair.before.goals[0],
            )


@rule(
    "YEAR-027", title="自评的分值与批复的权重一致", severity=Severity.WARNING, basis="mof-2015-88", article=29,
    checks=("R11",), over_years=True,
)  # fmt: skip
def a_report_keeps_the_approved_points(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """Where points were approved with the goals the report has the same; silent where their sums differ.

    Then one of the two counts 预算执行率 and the other does not, or the form takes other points.
    """
    for pair in _approved(document, earlier):
        found = [
            (row, now, then)
            for row, before in _both(pair)
            if (now := points(row.indicator.weight)) is not None
            and (then := points(before.indicator.weight)) is not None
        ]
        if len(found) < _FEW or sum(now for _, now, _ in found) != sum(then for _, _, then in found):
            continue
        for row, now, then in found:
            if now != then:
                yield Gap(
                    path=f"{row.path}.weight",
                    message=f"{row.label}的分值是 {now:f} 分，批复的是 {then:f} 分",
                    remedy="按批复的权重填写",
                    stated=f"{now:f}",
                    computed=f"{then:f}",
                    difference=f"{abs(now - then):f}",
                    unit="分",
                )
