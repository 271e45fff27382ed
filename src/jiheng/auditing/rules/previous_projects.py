"""YEAR: a body's projects, goals and targets agree with those of its earlier documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jiheng.auditing.earlier import follows, is_budget, is_report, last_budget, same_year
from jiheng.auditing.figures import counted
from jiheng.auditing.naming import likeness, plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import number, thresholds
from jiheng.auditing.walk import Row, rows_of
from jiheng.budget import (
    BudgetDocument,
    CodeForm,
    Dimension,
    IndicatorValue,
    Money,
    Project,
    Severity,
    normalise,
    without_space,
)


class Pair(NamedTuple):
    """A project and the same one in the earlier document."""

    path: str
    now: Project
    before: Project
    by_code: bool


def pairs(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Pair]:
    """The projects that stand in both documents: by code, else by a name that each of them has once."""
    before = [project for _, project in earlier.goal_tables()]
    by_code = {without_space(project.code): project for project in before if project.code}
    counted = Counter(plain_name(project.name) for project in before)
    by_name = {name: project for project in before if counted[name := plain_name(project.name)] == 1 and name}
    own = Counter(plain_name(project.name) for _, project in document.goal_tables())
    for path, project in document.goal_tables():
        name = plain_name(project.name)
        if project.code and (found := by_code.get(without_space(project.code))) is not None:
            yield Pair(path, project, found, by_code=True)
        elif own[name] == 1 and (found := by_name.get(name)) is not None:
            yield Pair(path, project, found, by_code=False)


def by_name(path: str, project: Project) -> dict[str, Row]:
    """The indicators of a project by their names; a name that stands twice tells none of them."""
    rows = list(rows_of(path, project))
    counted = Counter(normalise(row.name) for row in rows)
    return {name: row for row in rows if (name := normalise(row.name)) and counted[name] == 1}


@rule(
    "YEAR-010", title="延续项目沿用上年的项目编码", severity=Severity.NOTICE, basis="mof-office-2020-13",
    article="项目编码", checks=("C07",), over_years=True,
)  # fmt: skip
def a_project_that_goes_on_keeps_its_code(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """A project of the same name has the code of last year, unless this year's code says that it was entered anew."""
    if not last_budget(document, earlier):
        return
    for pair in pairs(document, earlier):
        if pair.by_code or not pair.now.code or not pair.before.code:
            continue
        parsed = pair.now.parsed_code
        if parsed is None or (parsed.year is not None and parsed.year >= (document.fiscal_year or 0)):
            continue
        yield Gap(
            path=f"{pair.path}.code",
            message=f"“{pair.now.label}”上年的编码是 {pair.before.code}，今年是 {pair.now.code}，而新编码不是当年入库的",
            remedy="核对是否同一项目；是同一项目的沿用原编码",
            stated=pair.now.code,
            computed=pair.before.code,
        )


@rule(
    "YEAR-011", title="一个项目编码两年是同一个项目", severity=Severity.WARNING, basis="mof-office-2020-13",
    article="项目编码", checks=("C07",), over_years=True,
)  # fmt: skip
def a_code_means_the_same_project_in_both_years(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """A code stands for one project: a name that is nothing like last year's is another project's."""
    if not last_budget(document, earlier):
        return
    for pair in pairs(document, earlier):
        if not pair.by_code or not pair.now.name or not pair.before.name:
            continue
        if likeness(plain_name(pair.now.name), plain_name(pair.before.name)) < thresholds("names")["same"]:
            yield Gap(
                path=f"{pair.path}.code",
                message=f"编码 {pair.now.code} 上年是“{pair.before.name}”，今年是“{pair.now.name}”",
                remedy="核对编码；不同的项目各用自己的编码",
                stated=pair.now.name,
                computed=pair.before.name,
                related=(f"{pair.path}.name",),
            )


@rule(
    "YEAR-012", title="连续两年未用完的资金按结余管理", severity=Severity.WARNING, basis="budget-law", article=42,
    checks=("M13",), over_years=True,
)  # fmt: skip
def money_is_not_carried_over_twice(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """A project whose money was carried over into last year's budget is not carried over into this year's again."""
    if not last_budget(document, earlier):
        return
    for pair in pairs(document, earlier):
        if _is_carried(pair.now) and _is_carried(pair.before):
            yield Gap(
                path=f"{pair.path}.name",
                message=f"“{pair.now.label}”上年预算已是结转资金，今年又列为结转，可能已连续两年没有用完",
                remedy="核对资金下达的年度；连续两年未用完的按结余资金交回，不再列入预算",
                stated=pair.now.label,
                computed=pair.before.label,
            )


_CARRIED = re.compile(r"(?:上年|以前年度|20\d\d年度?)(?:财政)?(?:拨款|资金)?(?:结转|滚存)|^(?:为|系|属)?结转")
_CARRIED_BLOCK = "53"


def _is_carried(project: Project) -> bool:
    """Whether the money was carried over: by the name, the purpose, the block of a Hebei code or a line of funds."""
    code = project.parsed_code
    is_block = code is not None and code.form is CodeForm.HEBEI_P and (code.division or "").startswith("13")
    if is_block and code is not None and code.text[13:15] == _CARRIED_BLOCK:
        return True
    return bool("结转" in (project.name or "") or _CARRIED.search(normalise(project.purpose))) or any(
        line.source == "carried_over"
        and any((money := Money.parse(text)) and money for text in (line.amount, line.initial))
        for line in project.funding
    )


@rule(
    "YEAR-013", title="绩效目标不照抄上年", severity=Severity.NOTICE, basis="mof-2015-88", article="设定要求",
    checks=("C09",), over_years=True,
)  # fmt: skip
def goals_are_not_copied_from_last_year(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """Goals and targets are set anew each year; those of every project that says the same are named in one finding."""
    if not last_budget(document, earlier):
        return
    copied = [
        pair
        for pair in pairs(document, earlier)
        if _content(pair.now) and _content(pair.now) == _content(pair.before)
    ]
    if copied:
        names = "、".join(pair.now.label for pair in copied[:3]) + ("等" if len(copied) > 3 else "")
        yield Gap(
            path=f"{copied[0].path}.goals",
            message=f"{names} {len(copied)} 个项目的绩效目标和指标值与上年一字不差",
            remedy="对照上年完成情况和今年任务，重新核定目标和指标值",
            stated=str(len(copied)),
            related=tuple(f"{pair.path}.goals" for pair in copied[1:]),
        )


def _content(project: Project) -> tuple[str, ...]:
    """What a project promises; empty where it has no goals or no indicators."""
    if not project.goals or not project.indicators:
        return ()
    values = (normalise(row.value.text) if row.value else "" for row in project.indicators)
    return (*map(normalise, project.goals), *values)


@rule(
    "YEAR-014", title="目标值不低于上年", severity=Severity.WARNING, basis="mof-2021-101", article="取值依据",
    checks=("G32",), over_years=True,
)  # fmt: skip
def targets_do_not_fall(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """A share to be reached is not set lower than last year's target or, where that is known, last year's result.

    Amounts and counts follow the year's task and may fall with the budget; a quantity falls by a fifth or more under a
    budget that does not. A time that something may take at most does not grow. A basis or a description beside the target that says why
    is not looked for: no word tells it.
    """
    if not _adjacent_goals(document, earlier):
        return
    for pair in pairs(document, earlier):
        before = by_name(pair.path, pair.before)
        for name, row in by_name(pair.path, pair.now).items():
            if name in before:
                yield from _fallen(row, before[name])
                yield from _less_for_more(pair, row, before[name])


def _adjacent_goals(document: BudgetDocument, earlier: BudgetDocument) -> bool:
    """Whether the two are a budget and what was promised, or reached, the year before."""
    if last_budget(document, earlier):
        return True
    return is_budget(document) and is_report(earlier) and follows(document, earlier)


def _fallen(row: Row, before: Row) -> Iterator[Gap]:
    target = least_share(row.indicator.value)
    reached = least_share(before.indicator.actual)
    earlier = reached if reached is not None else least_share(before.indicator.value)
    room = number("years", "share_may_fall") if reached is not None else Decimal(0)
    if target is None or earlier is None or target + room >= min(earlier, Decimal(100)):
        return
    yield Gap(
        path=f"{row.path}.value",
        message=f"{row.label}的目标值 {target:f}% 低于上年{'实际完成' if reached is not None else '目标值'} {earlier:f}%，"
        f"相差 {earlier - target:f} 个百分点",
        remedy="参照上年水平核定目标值；确需降低的写明理由",
        stated=f"{target:f}",
        computed=f"{earlier:f}",
        difference=f"{earlier - target:f}",
        unit="%",
    )


def _less_for_more(pair: Pair, row: Row, before: Row) -> Iterator[Gap]:
    """A longer time allowed than last year, or a smaller quantity for no less money."""
    value, earlier = row.indicator.value, before.indicator.value
    if value is None or earlier is None or value.interval is None or earlier.interval is None:
        return
    if value.dimension is not earlier.dimension or normalise(value.unit) != normalise(earlier.unit):
        return
    now, then = value.interval, earlier.interval
    why = ""
    if value.dimension is Dimension.DURATION and value.operator == earlier.operator == "≤":
        why = "放宽了时限" if now.high and then.high and now.high > then.high else ""
    elif (
        counted(value.meaning.unit) is Dimension.COUNT
        and row.level2 == before.level2 == "数量指标"
        and now.low
        and then.low
    ):
        budgets = [one.budget.money("total") if one.budget else None for one in (pair.now, pair.before)]
        fell = now.low <= then.low * number("years", "quantity_may_fall")
        if fell and budgets[0] is not None and budgets[1] is not None and budgets[0] >= budgets[1]:
            why = f"而预算数由 {budgets[1]}到 {budgets[0]}，没有减少"
    if why:
        yield Gap(
            path=f"{row.path}.value",
            message=f"{row.label}的指标值“{value.text}”，上年是“{earlier.text}”，{why}",
            remedy="参照上年水平核定目标值；确需降低的写明理由",
            stated=value.text,
            computed=earlier.text,
        )


def least_share(value: IndicatorValue | None) -> Decimal | None:
    """The share that a value asks for at least; ``None`` for upper bounds and for anything but a share."""
    if value is None or value.dimension is not Dimension.SHARE or value.interval is None:
        return None
    return value.interval.low


@rule(
    "YEAR-015", title="自评和监控的指标与批复的一致", severity=Severity.ERROR, basis="mof-2015-88", article=29,
    checks=("R11",), over_years=True,
)  # fmt: skip
def a_report_has_the_approved_indicators(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """A report answers for every indicator of the year's budget, under its name or a longer or shorter one.

    A report of other indicators altogether is only a warning.
    """
    if not is_report(document) or not is_budget(earlier) or not same_year(document, earlier):
        return
    for pair in pairs(document, earlier):
        approved, reported = by_name(pair.path, pair.before), by_name(pair.path, pair.now)
        missing = [row.name for name, row in approved.items() if not _stands_among(name, reported)]
        if not missing or not reported:
            continue
        yield Gap(
            path=f"{pair.path}.indicators",
            message=f"批复的 {len(approved)} 个指标中有 {len(missing)} 个没有报告：{'、'.join(missing[:4])}"
            f"{'等' if len(missing) > 4 else ''}",
            remedy="逐项报告批复的指标；指标经批准调整的，附调整依据",
            stated=str(len(approved) - len(missing)),
            computed=str(len(approved)),
            severity=Severity.WARNING if len(missing) == len(approved) else None,
        )


def _stands_among(name: str, reported: dict[str, Row]) -> bool:
    return name in reported or any(name in other or other in name for other in reported)


@rule(
    "YEAR-016", title="自评和监控的目标值与批复的一致", severity=Severity.ERROR, basis="mof-2015-88", article=28,
    checks=("R11",), over_years=True,
)  # fmt: skip
def a_report_has_the_approved_targets(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """The target in a report is that of the year's budget: two numbers of one unit that differ; a sign left out is no change."""
    if not is_report(document) or not is_budget(earlier) or not same_year(document, earlier):
        return
    for pair in pairs(document, earlier):
        approved = by_name(pair.path, pair.before)
        for name, row in by_name(pair.path, pair.now).items():
            promised = approved[name].indicator.value if name in approved else None
            value = row.indicator.value
            if promised is not None and value is not None and _other_number(value, promised):
                yield Gap(
                    path=f"{row.path}.value",
                    message=f"{row.label}的目标值是“{value.text}”，批复的是“{promised.text}”",
                    remedy="按批复的目标值填报；经批准调整的，附调整依据",
                    stated=value.text,
                    computed=promised.text,
                )


def _other_number(left: IndicatorValue, right: IndicatorValue) -> bool:
    if left.number is None or right.number is None:
        return False
    units = [value.meaning.unit.factor if value.meaning.unit else None for value in (left, right)]
    if None in units or left.dimension is not right.dimension:
        return units == [None, None] and Decimal(left.number) != Decimal(right.number)
    numbers = [
        Decimal(value.number or 0) * (unit or 1) for value, unit in zip((left, right), units, strict=True)
    ]
    return numbers[0] != numbers[1]


@rule(
    "YEAR-017", title="年初预算数与批复的预算一致", severity=Severity.WARNING, basis="budget-law", article=13,
    checks=("M14",), over_years=True,
)  # fmt: skip
def a_report_starts_from_the_approved_budget(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """年初预算数 of a report is the project's amount in the year's budget."""
    if not is_report(document) or not is_budget(earlier) or not same_year(document, earlier):
        return
    for pair in pairs(document, earlier):
        approved = pair.before.budget.money("total") if pair.before.budget else None
        found = next(
            (
                (index, money)
                for index, line in enumerate(pair.now.funding)
                if line.source == "total" and (money := Money.parse(line.initial, line.unit)) is not None
            ),
            None,
        )
        if approved is None or found is None or found[1] == approved:
            continue
        index, stated = found
        yield Gap.of_money(
            f"{pair.path}.funding.{index}.initial",
            stated,
            approved,
            message=f"年初预算数 {stated}，批复的预算是 {approved}，相差 {abs(stated - approved)}",
            remedy="年初预算数按批复数填写，年中调整的写在全年预算数",
        )
