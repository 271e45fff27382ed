"""What only an earlier document shows: changes that do not start from last year, reports that are not of the approved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, changed, mutation, paths, put, without
from jiheng.auditing.walk import rows
from jiheng.budget import BudgetDocument, IndicatorValue, Kind

_REPORTS = frozenset({Kind.SELF_EVALUATION, Kind.MONITORING})


def _moved(document: BudgetDocument, by: str, *fields: str) -> Change:
    """Every field moved by the same amount, so that the sums in the document still hold."""
    moved = document
    for path in fields:
        moved = put(moved, path, f"{Decimal(at(document, path)) + Decimal(by):f}")
    return Change(moved, fields, f"{', '.join(fields)} + {by}")


@mutation("增减数与上年对不上，各数仍相加", "YEAR", needs_earlier=True)
def change_from_another_base(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The change of the total and of one part are off by the same amount."""
    for part in ("basic", "project"):
        fields = ("changes.total", f"changes.{part}")
        if all(at(document, path) is not None for path in fields):
            yield _moved(document, chance.choice(("7.50", "-3.20")), *fields)


@mutation("“三公”经费的增减与上年对不上", "YEAR", needs_earlier=True)
def three_public_change_from_another_base(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Last year's “三公”经费 were another amount."""
    if at(document, "three_public.change") is not None:
        yield _moved(document, "-1.10", "three_public.change")


@mutation("报告中的目标值与批复的不同", "YEAR", needs_earlier=True)
def reported_target_is_not_the_approved(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Target and result are both set lower, so that the report agrees with itself."""
    if document.kind not in _REPORTS:
        return
    for row in rows(document):
        value = row.indicator.value
        if value is None or value.number is None or row.indicator.score != row.indicator.weight:
            continue
        lower = Decimal(value.number) - 1
        if lower <= 0:
            continue
        target = IndicatorValue.parse(value.text.replace(value.number, f"{lower:f}"))
        yield changed(document, f"{row.path}.value", target)


@mutation("报告的指标不是批复的指标", "YEAR", needs_earlier=True)
def reported_indicator_is_not_the_approved(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """An indicator of a report has another name."""
    if document.kind in _REPORTS:
        for row in rows(document):
            if row.indicator.level3:
                yield changed(document, f"{row.path}.level3", "档案资料归集情况")


@mutation("年初预算数不是批复数，各来源仍相加", "YEAR", needs_earlier=True)
def reported_budget_is_not_the_approved(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """年初预算数 of the whole and of the treasury are off by the same amount."""
    if document.kind is Kind.SELF_EVALUATION:
        for path in paths(document, "projects.*.funding"):
            yield _moved(document, "5.00", f"{path}.0.initial", f"{path}.1.initial")


@mutation("漏掉一个项目的自评", "YEAR", needs_earlier=True)
def project_without_self_evaluation(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """One of several projects of the budget has no self-evaluation."""
    if document.kind is Kind.SELF_EVALUATION and len(document.projects) > 2:
        for path in paths(document, "projects.*"):
            yield without(document, path)
