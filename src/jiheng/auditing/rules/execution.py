"""EXEC: the money of a report: its rates, its sums, and what was spent against the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.forms import (
    Line,
    Report,
    Spending,
    base_of,
    is_told,
    points,
    rate_of,
    reports,
    spending_of,
)
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import number
from jiheng.budget import BudgetDocument, Kind, Money, Severity, normalise

_COLUMNS: Final = {
    "amount": "预算数", "initial": "年初预算数", "adjusted": "全年预算数", "executed": "执行数", "forecast": "全年预计执行数",
}  # fmt: skip
_FEW_ROWS: Final = 2
_ALL: Final = Decimal(100)
_ABOUT_MONEY: Final = ("资金", "执行", "支付", "拨付", "预算", "结余", "结算")
_ABOUT_CHANGE: Final = ("调整", "追加", "调减", "调增", "核减", "压减", "收回", "调剂", "变更")


@rule(
    "EXEC-001", title="执行率等于执行数除以预算数", severity=Severity.ERROR, basis="form-self-evaluation",
    article="资金执行", checks=("R05", "R12"),
)  # fmt: skip
def the_rate_is_spending_divided_by_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """执行率 is 执行数 / 全年预算数, else 年初预算数, within half a point; one of the budget of January is only a warning.

    Where there was no budget the rate is nought; where the form has rates and the line of all money none, it is missing.
    """
    for report in reports(document):
        yield from _missing_rate(report)
        for line in report.lines:
            stated, spent, base = points(line.line.rate), line.money("executed"), base_of(line)
            if stated is None or spent is None or base is None:
                continue
            if not base:
                yield from _rate_of_nothing(line, stated, spent)
                continue
            done = Spending(spent, base)
            computed = done.rate
            if _is_near(stated, computed):
                continue
            initial = line.money("initial")
            of_initial = (
                bool(initial) and initial is not None and _is_near(stated, spent.yuan / initial.yuan * 100)
            )
            yield Gap(
                path=f"{line.path}.rate",
                message=f"{_named(line)}：{done.division} = {computed:.2f}%，"
                f"与所写的执行率 {stated:f}% 相差 {abs(stated - computed):.2f} 个百分点"
                f"{'；所写的是按年初预算数计算的' if of_initial else ''}",
                remedy="按全年预算数重新计算执行率，或更正执行数、预算数",
                stated=f"{stated:f}",
                computed=f"{computed:.2f}",
                difference=f"{abs(stated - computed):.2f}",
                unit="%",
                related=tuple(f"{line.path}.{field}" for field in ("executed", "adjusted", "initial", "amount")
                              if getattr(line.line, field) is not None),
                severity=Severity.WARNING if of_initial else None,
            )  # fmt: skip


def _named(line: Line) -> str:
    """How the message names a line; a list names it by the column of 年初预算, also where that is not the base."""
    return "资金总额" if line.label.startswith("年初预算") and line.line.adjusted is not None else line.label


def _rate_of_nothing(line: Line, stated: Decimal, spent: Money) -> Iterator[Gap]:
    """A rate of a budget that is nought; a warning where money was spent all the same: some may have been granted.

    All of nothing is called 100 % by as many as call it nought.
    """
    if not stated or (stated == _ALL and not spent):
        return
    yield Gap(
        path=f"{line.path}.rate",
        message=f"{_named(line)}：预算数为 0，执行率应为 0，所写的是 {stated:f}%",
        remedy="没有预算的执行率填 0；年中追加的，补填全年预算数",
        stated=f"{stated:f}",
        computed="0",
        difference=f"{stated:f}",
        unit="%",
        severity=Severity.WARNING if spent else None,
    )


def _missing_rate(report: Report) -> Iterator[Gap]:
    """The line of all money has no rate, and lines of its sources have one."""
    total = report.total
    done = spending_of(total) if total else None
    if total is None or total.line.rate is not None or done is None:
        return
    if not any(points(line.line.rate) is not None for line in report.lines):
        return
    computed = f"{done.rate:.2f}"
    yield Gap(
        path=f"{total.path}.rate",
        message=f"{_named(total)}没有填写执行率，按执行数应为 {done.division} = {computed}%",
        remedy="补填执行率",
        computed=computed,
        unit="%",
        related=(f"{total.path}.executed",),
    )


def _is_near(stated: Decimal, computed: Decimal) -> bool:
    """Within the tolerance of rates; "0.98" is a rate as well as "98"."""
    room = number("execution", "rate_room")
    return abs(stated - computed) <= room or (stated <= 2 and abs(stated * 100 - computed) <= room)


@rule(
    "EXEC-003", title="支出不超过全年预算", severity=Severity.ERROR, basis="budget-law", article=13, checks=("M15",),
)  # fmt: skip
def spending_keeps_to_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """执行数 is not more than 全年预算数; against 年初预算数 alone it is a warning, as more may have been granted."""
    for report in reports(document):
        over = [line for line in report.lines if _excess(line)]
        totals = [line for line in over if line.line.source == "total"]
        for line in totals or over:
            spent, base = line.money("executed"), base_of(line)
            if spent is None or base is None:
                continue
            field = (
                "adjusted"
                if line.line.adjusted is not None
                else "initial"
                if line.line.initial is not None
                else "amount"
            )
            yield Gap.of_money(
                f"{line.path}.executed",
                spent,
                base,
                message=f"{line.label}：执行数 {spent}，超过{_COLUMNS[field]} {base}，超出 {spent - base}",
                remedy="核对执行数；确有追加的，更正全年预算数并注明依据",
                related=(f"{line.path}.{field}",),
                severity=None if field == "adjusted" else Severity.WARNING,
            )


def _excess(line: Line) -> bool:
    """Whether more was spent than there was; a budget that was rounded to fewer places leaves half of its last one."""
    spent, base = line.money("executed"), base_of(line)
    if spent is None or base is None or not base:
        return False
    places, exact = (-int(money.number.as_tuple().exponent) for money in (base, spent))
    room = Decimal(5).scaleb(-places - 1) if places < exact else Decimal(0)
    return spent - base > Money(room, base.unit)


@rule(
    "EXEC-004", title="预算执行率的得分按执行率计算", severity=Severity.ERROR, basis="form-self-evaluation",
    article="执行率得分", checks=("R12",),
)  # fmt: skip
def the_points_of_the_rate_follow_from_it(document: BudgetDocument) -> Iterator[Gap]:
    """得分 of 预算执行率 is 分值 × the rate, at most 分值, within half a point.

    A warning up to one point: some places give full points from 90 or 95 per cent on. Where every indicator was given
    points the rate has some as well.
    """
    for report in reports(document):
        total = report.total
        if total is None:
            continue
        weight, score, rate = points(total.line.weight), points(total.line.score), rate_of(total)
        if total.line.score is None and weight and rate is not None:
            yield from _unscored_rate(report, total, weight, rate)
        if weight is None or score is None or rate is None or not 0 < weight <= 100 or score > weight:
            continue
        share = min(Decimal(1), (rate * 100 if rate <= 2 and not total.line.executed else rate) / 100)
        computed = weight * share
        gap = abs(score - computed)
        if gap <= number("execution", "score_room"):
            continue
        yield Gap(
            path=f"{total.path}.score",
            message=f"预算执行率 {share * 100:.2f}%，{weight:f} × {share * 100:.2f}% = {computed:.2f} 分，"
            f"所写的得分是 {score:f} 分，相差 {gap:.2f} 分",
            remedy="按执行率重新计算得分",
            stated=f"{score:f}",
            computed=f"{computed:.2f}",
            difference=f"{gap:.2f}",
            unit="分",
            related=(f"{total.path}.weight", f"{total.path}.executed"),
            severity=Severity.WARNING if gap <= number("execution", "score_may_differ") else None,
        )


def _unscored_rate(report: Report, total: Line, weight: Decimal, rate: Decimal) -> Iterator[Gap]:
    if len(report.rows) < _FEW_ROWS or any(row.score is None for row in report.rows):
        return
    due = f"{weight * min(Decimal(100), max(rate, Decimal(0))) / 100:.2f}"
    yield Gap(
        path=f"{total.path}.score",
        message=f"预算执行率有分值 {weight:f} 分，没有得分；执行率 {rate:.2f}%，应得 {due} 分",
        remedy="按执行率补填得分，并核对总分",
        computed=due,
        unit="分",
        related=(f"{total.path}.weight", f"{total.path}.executed"),
    )


@rule(
    "EXEC-005", title="执行率偏低的说明原因", severity=Severity.WARNING, basis="mof-2020-10", article="自评内容",
    checks=("R18",),
)  # fmt: skip
def a_low_rate_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """A self-evaluation whose rate stays below 90 per cent says why: beside the money, or in any reason or statement.

    An error where the form has a column for it, in which another row says something.
    """
    if document.kind is not Kind.SELF_EVALUATION:
        return
    for report in reports(document):
        total = report.total
        done = spending_of(total) if total else None
        if total is None or done is None or done.rate >= number("execution", "explain_below"):
            continue
        if _tells(report, _ABOUT_MONEY):
            continue
        yield Gap(
            path=f"{total.path}.rate",
            message=f"预算执行率只有 {done.rate:.2f}%（{done.division}），没有说明原因",
            remedy="写明执行率低的原因和改进措施",
            stated=f"{done.rate:.2f}",
            computed=f"{number('execution', 'explain_below'):f}",
            unit="%",
            related=(f"{total.path}.executed",),
            severity=Severity.ERROR if any(is_told(row.reason) for row in report.form.indicators) else None,
        )


@rule(
    "EXEC-006", title="预算调整有说明", severity=Severity.NOTICE, basis="budget-law", article=72, checks=("M14",),
)  # fmt: skip
def a_change_of_the_budget_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """Where 全年预算数 is not 年初预算数, the report says what was changed; below a single form the document may say it."""
    found = reports(document)
    if len(found) == 1 and any(_speaks(remark.text, _ABOUT_CHANGE) for remark in document.remarks):
        return
    for report in found:
        total = report.total
        initial, adjusted = (total.money(field) if total else None for field in ("initial", "adjusted"))
        if total is None or initial is None or adjusted is None or initial == adjusted:
            continue
        if not initial or not adjusted or _tells(report, _ABOUT_CHANGE):
            continue
        yield Gap.of_money(
            f"{total.path}.adjusted",
            adjusted,
            initial,
            message=f"全年预算数 {adjusted}，年初预算数 {initial}，调整 {(adjusted - initial).text} {adjusted.unit}，没有说明依据",
            remedy="注明调整的依据和文号",
            related=(f"{total.path}.initial",),
        )


def _tells(report: Report, words: tuple[str, ...]) -> bool:
    """Whether a reason or a statement of the form speaks of one of the words, or of deviations in general."""
    told = [line.reason for line in report.form.funding] + [row.reason for row in report.form.indicators]
    told += [statement.text for statement in report.form.statements]
    return (
        any(_speaks(text, words) for text in told)
        or any(is_told(line.reason) for line in report.form.funding)
        or (words is _ABOUT_MONEY and report.is_explained)
    )


def _speaks(text: str | None, words: tuple[str, ...]) -> bool:
    return is_told(text) and any(word in normalise(text) for word in words)


@rule(
    "EXEC-007", title="任务的执行数不超过预算", severity=Severity.WARNING, basis="budget-law", article=13,
    checks=("M15",),
)  # fmt: skip
def a_task_keeps_to_its_budget(document: BudgetDocument) -> Iterator[Gap]:
    """What was spent on a 年度主要任务 is not more than its budget."""
    for index, form in enumerate(document.department_goals):
        for at, task in enumerate(form.tasks):
            spent, planned = Money.parse(task.executed), Money.parse(task.total)
            if spent is None or planned is None or not planned or spent <= planned:
                continue
            path = f"department_goals.{index}.tasks.{at}"
            yield Gap.of_money(
                f"{path}.executed",
                spent,
                planned,
                message=f"任务“{task.name or at + 1}”执行 {spent}，预算 {planned}，超出 {spent - planned}",
                remedy="核对任务的预算和执行数",
                related=(f"{path}.total",),
            )


@rule(
    "EXEC-021", title="给分的执行率已填写", severity=Severity.WARNING, basis="form-self-evaluation",
    article="资金执行", checks=("R05",),
)  # fmt: skip
def a_rate_that_got_points_is_stated(document: BudgetDocument) -> Iterator[Gap]:
    """Where the execution of a budget has its points, and got some, the rate that they are for is written."""
    for report in reports(document):
        for line in report.lines:
            done = spending_of(line)
            if line.line.rate or points(line.line.weight) is None or points(line.line.score) is None:
                continue
            if done is None:
                continue
            yield Gap(
                path=f"{line.path}.rate",
                message=f"{line.label}的执行得 {line.line.score} 分，没有填写执行率（{done.division} = {done.rate:.2f}%）",
                remedy="补填执行率",
                computed=f"{done.rate:.2f}",
                unit="%",
            )
