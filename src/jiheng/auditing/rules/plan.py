"""PLAN: the cumulative spending plan (资金支出计划), 3月底 to 12月底."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, pairwise

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.spending_plans import HUNDRED, Plan, plans
from jiheng.budget import CHECKPOINT_NAMES, CHECKPOINTS, BudgetDocument, Money, Severity, plain


@rule(
    "PLAN-001", title="资金支出计划按表头填百分比", severity=Severity.ERROR, basis="form-performance-text",
    article="资金支出计划", checks=("M07", "M08"),
)  # fmt: skip
def a_percent_heading_has_percentages_below_it(document: BudgetDocument) -> Iterator[Gap]:
    """Under a heading with （%） stand percentages, not amounts of money nor shares of one."""
    for found in plans(document):
        path, project, plan, figures = found
        if found.says_percent and (found.is_period_amounts or found.is_fractions):
            yield _other_figures(found)
        if plan.unit != "amount" or not found.says_percent:
            continue
        budget = Money.parse(project.budget.total) if project.budget else None
        shares = ""
        last = list(figures)[-1]
        mends: tuple[tuple[str, str], ...] = ()
        if budget is not None and budget:
            percents = [_share(value, budget.number) for value in figures.values()]
            shares = f"；折合 {' / '.join(percents)}"
            if figures[last] == budget.number:
                cells = zip(figures, percents, strict=True)
                mends = (
                    *((f"{path}.{field}", share[:-1]) for field, share in cells),
                    (f"{path}.unit", "percent"),
                )
        total = (
            f"，末栏 {plain(figures[last])} 等于预算数" if budget and figures[last] == budget.number else ""
        )
        yield Gap(
            path=f"{path}.{last}",
            message=f"表头为“{plan.heading}”，所填 {' / '.join(plain(value) for value in figures.values())} 是金额{total}{shares}",
            remedy="改填累计百分比，或把表头的单位改为万元",
            mends=mends,
            stated=plain(figures[last]),
            computed="100",
            related=tuple(f"{path}.{field}" for field in figures if field != last),
        )


def _other_figures(found: Plan) -> Gap:
    """The gap of a plan with the amounts of each period, or with shares of one, and what it should say."""
    values = list(found.figures.values())
    if found.is_period_amounts:
        total = sum(values, Decimal(0))
        percents = [_share(running, total) for running in accumulate(values)]
        what = f"是各期金额，合计等于预算数 {plain(total)}；折合累计"
    else:
        percents = [_share(value, Decimal(1)) for value in values]
        what = "是小数；应为"
    *others, last = found.figures
    return Gap(
        path=f"{found.path}.{last}",
        message=f"表头为“{found.plan.heading}”，所填 {' / '.join(plain(value) for value in values)} {what} {' / '.join(percents)}",
        remedy="改填累计百分比",
        mends=tuple(
            (f"{found.path}.{field}", share[:-1])
            for field, share in zip(found.figures, percents, strict=True)
        ),
        stated=plain(found.figures[last]),
        computed="100",
        related=tuple(f"{found.path}.{field}" for field in others),
    )


def _share(value: Decimal, total: Decimal) -> str:
    return f"{plain((value * 100 / total).quantize(Decimal('0.1')).normalize() + 0)}%"


@rule(
    "PLAN-002", title="资金支出计划逐期累计", severity=Severity.ERROR, basis="form-performance-text",
    article="资金支出计划", checks=("M09",),
)  # fmt: skip
def a_plan_does_not_fall(document: BudgetDocument) -> Iterator[Gap]:
    """A cumulative plan never falls from one checkpoint to the next; increments are left to PLAN-005."""
    for found in plans(document):
        if found.is_increments or (found.says_percent and found.is_period_amounts):
            continue
        fields = list(found.figures)
        for before, after in pairwise(fields):
            if found.figures[after] < found.figures[before]:
                yield Gap(
                    path=f"{found.path}.{after}",
                    message=f"{CHECKPOINT_NAMES[after]} {plain(found.figures[after])}，"
                    f"小于 {CHECKPOINT_NAMES[before]} 的 {plain(found.figures[before])}；计划应逐期累计",
                    remedy="改填截至各月底的累计数",
                    stated=plain(found.figures[after]),
                    computed=plain(found.figures[before]),
                    difference=plain(found.figures[before] - found.figures[after]),
                    related=(f"{found.path}.{before}",),
                )


@rule(
    "PLAN-003", title="资金支出计划年底达到全部预算", severity=Severity.ERROR, basis="form-performance-text",
    article="资金支出计划", checks=("M07", "M08"),
)  # fmt: skip
def a_plan_ends_at_the_whole_budget(document: BudgetDocument) -> Iterator[Gap]:
    """The last figure is 100 per cent, or the budget where amounts are given.

    A plan that was there and falls again is left to PLAN-002.
    """
    for found in plans(document):
        goal = found.goal
        last = list(found.figures)[-1]
        value = found.figures[last]
        if (
            goal is None
            or goal in found.figures.values()
            or found.is_increments
            or (found.says_percent and (found.is_period_amounts or found.is_fractions))
            or (found.plan.unit == "percent" and value > goal)
        ):
            continue
        what = "100%" if found.plan.unit == "percent" else f"预算数 {plain(goal)}"
        yield Gap(
            path=f"{found.path}.{last}",
            message=f"资金支出计划为 {found.spelled}，末次 {plain(value)}，没有达到{what}",
            remedy="补足年底前的支出计划",
            stated=plain(value),
            computed=plain(goal),
            difference=plain(abs(goal - value)),
        )


@rule(
    "PLAN-004", title="资金支出计划中间没有空格", severity=Severity.WARNING, basis="form-performance-text",
    article="资金支出计划", checks=("M10",),
)  # fmt: skip
def a_plan_has_no_gap(document: BudgetDocument) -> Iterator[Gap]:
    """Between the first figure and the one that reaches the whole budget no cell is empty."""
    for found in plans(document):
        fields = list(found.figures)
        done = next((field for field in fields if found.figures[field] == found.goal), fields[-1])
        first, last = CHECKPOINTS.index(fields[0]), CHECKPOINTS.index(done)
        for field in CHECKPOINTS[first:last]:
            if field not in found.figures:
                yield Gap(
                    path=f"{found.path}.{field}",
                    message=f"资金支出计划为 {found.spelled}，{CHECKPOINT_NAMES[field]}没有填写",
                    remedy="补填截至该月底的累计数",
                    related=tuple(f"{found.path}.{known}" for known in fields),
                )


@rule(
    "PLAN-005", title="资金支出计划填累计数而不是各期数", severity=Severity.ERROR, basis="form-performance-text",
    article="资金支出计划", checks=("M16",),
)  # fmt: skip
def a_plan_is_cumulative(document: BudgetDocument) -> Iterator[Gap]:
    """Figures that reach the whole budget only when added up are increments, not cumulative."""
    for found in plans(document):
        if not found.is_increments:
            continue
        running, totals = Decimal(0), []
        for value in found.figures.values():
            running += value
            totals.append(plain(running))
        addition = " + ".join(plain(value) for value in found.figures.values())
        last = list(found.figures)[-1]
        yield Gap(
            path=f"{found.path}.{last}",
            message=f"资金支出计划为 {found.spelled}，{addition} = {plain(running)}，填的是各期数；"
            f"累计应为 {' / '.join(totals)}",
            remedy="改填截至各月底的累计数",
            mends=tuple(
                (f"{found.path}.{field}", total)
                for field, total in zip(found.figures, totals, strict=True)
                if plain(found.figures[field]) != total
            ),
            stated=plain(found.figures[last]),
            computed=plain(running),
            related=tuple(f"{found.path}.{field}" for field in found.figures if field != last),
        )


@rule(
    "PLAN-006", title="资金支出计划在 0 到 100% 之间", severity=Severity.ERROR, basis="form-performance-text",
    article="资金支出计划", checks=("M07",),
)  # fmt: skip
def a_percentage_is_between_0_and_100(document: BudgetDocument) -> Iterator[Gap]:
    """A percentage of the plan is neither negative nor above 100."""
    for found in plans(document):
        if found.plan.unit != "percent":
            continue
        for field, value in found.figures.items():
            if not 0 <= value <= HUNDRED:
                yield Gap(
                    path=f"{found.path}.{field}",
                    message=f"{CHECKPOINT_NAMES[field]}计划支出 {plain(value)}%，不在 0 到 100% 之间",
                    remedy="更正百分比",
                    stated=plain(value),
                    unit="%",
                )


@rule(
    "PLAN-007", title="有预算的项目填写资金支出计划", severity=Severity.WARNING, basis="form-performance-text",
    article="资金支出计划", checks=("M10",),
)  # fmt: skip
def a_plan_is_filled_in(document: BudgetDocument) -> Iterator[Gap]:
    """A table that has a plan row and a budget has figures in the plan."""
    for path, project in document.goal_tables():
        total = Money.parse(project.budget.total) if project.budget else None
        if project.plan is not None and total and not any(project.plan.figures):
            yield Gap(
                path=f"{path}.plan",
                message=f"预算数 {total}，资金支出计划没有填写",
                remedy="填写截至 3、6、10、12 月底的累计百分比",
                related=(f"{path}.budget.total",),
            )
