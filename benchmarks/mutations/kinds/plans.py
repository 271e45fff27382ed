"""Spending plans that are not cumulative, do not reach the budget, or have holes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, mutation, put
from jiheng.budget import CHECKPOINTS, BudgetDocument, IndicatorValue, SpendingPlan, replace


def _plans(document: BudgetDocument) -> Iterator[tuple[str, SpendingPlan]]:
    for path, project in document.goal_tables():
        if project.plan is not None and project.plan.unit == "percent" and all(project.plan.figures):
            yield f"{path}.plan", project.plan


def _set(document: BudgetDocument, path: str, plan: SpendingPlan, **figures: str | None) -> Change:
    other = replace(plan, **figures)
    return Change(put(document, path, other), (path,), f"{plan.figures} → {other.figures}")


@mutation("支出计划填各期数", "PLAN")
def plan_as_increments(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """What is spent in each period instead of up to its end."""
    for path, plan in _plans(document):
        known = [Decimal(figure or 0) for figure in plan.figures]
        periods = [now - before for before, now in zip([Decimal(0), *known], known, strict=False)]
        yield _set(
            document, path, plan, **{name: f"{part}" for name, part in zip(CHECKPOINTS, periods, strict=True)}
        )


@mutation("百分比栏填金额", "PLAN")
def plan_as_amounts(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Amounts under a heading with a percent sign."""
    for path, plan in _plans(document):
        project = path.removesuffix(".plan")
        index = int(project.rpartition(".")[2])
        budget = document.projects[index].budget
        total = Decimal(budget.total or 0) if budget and project.startswith("projects") else Decimal(0)
        if total and total != 100 and plan.heading and "%" in plan.heading:
            amounts = {name: f"{total * Decimal(getattr(plan, name)) / 100:.2f}" for name in CHECKPOINTS}
            yield _set(document, path, plan, unit="amount", **amounts)


@mutation("支出计划后期小于前期", "PLAN")
def plan_falls(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """June and October change places."""
    for path, plan in _plans(document):
        if plan.june != plan.october:
            yield _set(document, path, plan, june=plan.october, october=plan.june)


@mutation("年底计划不到 100%", "PLAN")
def plan_ends_early(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The last figure is 95, and none before it is 100."""
    for path, plan in _plans(document):
        if "100" not in plan.figures[:3] and Decimal(plan.october or 0) <= 95:
            yield _set(document, path, plan, december="95")


@mutation("计划超过 100%", "PLAN")
def plan_over_100(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A zero too many."""
    for path, plan in _plans(document):
        yield _set(document, path, plan, december=f"{plan.december}0")


@mutation("计划为负数", "PLAN")
def plan_negative(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A minus sign before the first figure."""
    for path, plan in _plans(document):
        if plan.march != "0":
            yield _set(document, path, plan, march=f"-{plan.march}")


@mutation("计划中间漏填", "PLAN")
def plan_with_hole(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """An empty cell between two figures; not after the whole budget is reached, where nothing need stand."""
    for path, plan in _plans(document):
        if plan.march != "100" and plan.june != "100":
            yield _set(document, path, plan, june=None)


@mutation("计划没有填写", "PLAN")
def plan_empty(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """No figure at all."""
    for path, plan in _plans(document):
        yield _set(document, path, plan, **dict.fromkeys(CHECKPOINTS))


@mutation("十月底计划多一位", "PLAN")
def plan_october_ten_times(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Ten times October exceeds 100 per cent."""
    for path, plan in _plans(document):
        if Decimal(plan.october or 0) > 10:
            yield _set(document, path, plan, october=f"{plan.october}0")


def _dated(document: BudgetDocument) -> Iterator[tuple[str, int, str, SpendingPlan]]:
    """Projects with a plan and a date in the third row: (path, its month, name and purpose, the plan)."""
    for path, plan in _plans(document):
        project = at(document, path.removesuffix(".plan"))
        value = project.indicators[2].value if len(project.indicators) > 2 else None
        if (
            value is not None
            and value.meaning.deadline is not None
            and project.indicators[2].level2 == "时效指标"
        ):
            month = value.meaning.deadline.month or 0
            yield path.removesuffix(".plan"), month, f"{project.name}{project.purpose}", plan


@mutation("支出完成时限早于支出计划", "PLAN")
def spending_due_before_planned(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """All is to be spent by June, of which the plan has half."""
    for path, _, _, plan in _dated(document):
        if Decimal(plan.june or 0) < 90:
            row = replace(
                at(document, f"{path}.indicators.2"),
                level3="经费支出完成时限", description="经费全部支出的时间", value=IndicatorValue.parse("6月底前"),
            )  # fmt: skip
            yield Change(put(document, f"{path}.indicators.2", row), (f"{path}.indicators.2",), "due in June")


@mutation("年初付清而年底完工", "PLAN")
def paid_long_before_done(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Works and purchases: all is paid by March, and done in October or later. Grants and subscriptions are paid ahead."""
    for path, month, about, plan in _dated(document):
        if (
            month >= 10
            and any(word in about for word in _WORKS)
            and not any(word in about for word in _AHEAD)
        ):
            yield _set(document, f"{path}.plan", plan, **dict.fromkeys(CHECKPOINTS, "100"))


@mutation("完成大半年没有付款", "PLAN")
def unpaid_long_after_done(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Done in March, nothing paid by October."""
    for path, _, about, plan in _dated(document):
        if any(word in about for word in _WORKS):
            other = replace(plan, march="0", june="0", october="0", december="100")
            row = replace(at(document, f"{path}.indicators.2"), value=IndicatorValue.parse("3月底前"))
            late = put(put(document, f"{path}.plan", other), f"{path}.indicators.2", row)
            yield Change(late, (f"{path}.plan", f"{path}.indicators.2"), "done in March, paid in December")


_WORKS: Final = ("清淤", "改造", "购置", "采购", "加工", "工程")
_AHEAD: Final = ("订阅", "补助", "补贴", "运行", "运维")
