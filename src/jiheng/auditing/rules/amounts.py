"""GOAL: the amounts of the goal tables are in the unit and the places that the others are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.remembered import remembered
from jiheng.auditing.scope import provincial_text
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Money, Project, Severity

_FIELDS = {"total": "预算数", "fiscal": "财政资金", "other": "其他资金"}
_PLACES = 2


class _Amount(NamedTuple):
    """An amount of a goal table: where it is, what it is called, and how many places it has after the point."""

    path: str
    project: Project
    title: str
    money: Money
    places: int


@remembered
def _amounts(document: BudgetDocument) -> Sequence[_Amount]:
    """Every amount in 万元 of the goal tables' budgets."""
    found = []
    for path, project in document.goal_tables():
        budget = project.budget
        if budget is None or budget.unit != "万元":
            continue
        for field, title in _FIELDS.items():
            money = budget.money(field)
            if money is not None:
                places = len(str(getattr(budget, field)).partition(".")[2])
                found.append(_Amount(f"{path}.budget.{field}", project, title, money, places))
    return found


@rule(
    "GOAL-012", title="预算数以万元为单位", severity=Severity.WARNING, basis="form-performance-text", article="预算规模",
    checks=("M02",),
)  # fmt: skip
def a_budget_is_not_in_yuan(document: BudgetDocument) -> Iterator[Gap]:
    """A budget is not a thousand times the usual one of its document, and a whole number where others have places.

    A large project alone is no mistake: one may well get a thousand times what the others get.
    """
    totals = [one for one in _amounts(document) if one.title == _FIELDS["total"] and one.money]
    bounds = thresholds("amounts")
    if len(totals) < bounds["tables_to_judge"] or sum(one.places > 0 for one in totals) * 2 < len(totals):
        return
    usual = median(one.money.number for one in totals)
    for one in totals:
        if one.places == 0 and one.money.number >= max(10_000, usual * bounds["in_yuan_above"]):
            yield Gap(
                path=one.path,
                message=f"预算数写 {one.money}，是本文件各项目中位数 {Money(usual)}的 {one.money.number / usual:,.0f} 倍，"
                "又没有小数，疑为以元填写",
                remedy="核对金额单位，改填万元",
                stated=one.money.text,
                unit=one.money.unit,
            )


@rule(
    "GOAL-013", title="预算数保留两位小数", severity=Severity.WARNING, basis="form-performance-text", article="预算规模",
    checks=("M02",), applies=provincial_text,
)  # fmt: skip
def amounts_have_two_places(document: BudgetDocument) -> Iterator[Gap]:
    """An amount in 万元 has no more than two places where most amounts of the document have at most two."""
    found = _amounts(document)
    odd = [one for one in found if one.places > _PLACES]
    if len(odd) * 2 >= len(found):
        return
    for one in odd:
        yield Gap(
            path=one.path,
            message=f"{one.title} {one.money}有 {one.places} 位小数，其他金额保留两位",
            remedy="金额以万元为单位，保留两位小数",
            stated=one.money.text,
            unit=one.money.unit,
        )
