"""MON: monitoring during the year: what is spent and done so far, and what is expected by its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.earlier import is_budget, same_year
from jiheng.auditing.forms import (
    FormRow,
    Line,
    Report,
    base_of,
    is_told,
    rate_of,
    reports,
)
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.previous_projects import pairs
from jiheng.auditing.spending_plans import plan_of
from jiheng.auditing.thresholds import number, thresholds
from jiheng.budget import BudgetDocument, Dimension, Kind, Project, Severity, normalise, plain

_MONTH: Final = re.compile(r"(?:1月?[-—–~至到])?(1[0-2]|[1-9])月(?![-—–~至到]\d)|(上半年)|(前三季度)")
_NAMED: Final = {"上半年": 6, "前三季度": 9}
_LIKELIHOOD: Final = re.compile(r"完成目标(?:的)?可能性:([^;；]*)")
_MEASURES: Final = (
    "调整", "调减", "调增", "核减", "压减", "压缩", "暂停", "停止", "终止", "收回", "撤销", "取消", "整改", "追加",
)  # fmt: skip


def _month(document: BudgetDocument, total: Line) -> int:
    """The last month that ``total`` was spent up to: as its column says, or the title; else the usual one."""
    if total.line.through is not None:
        return total.line.through
    match = _MONTH.search(normalise(document.title))
    if match is None:
        return int(thresholds("monitoring")["month"])
    return int(match[1]) if match[1] else _NAMED[match[0]]


def _likelihood(row: FormRow) -> str:
    """What is ticked under 完成目标可能性; "" where the form has no such column."""
    if row.indicator.remark is None:
        return ""
    match = _LIKELIHOOD.search(normalise(row.indicator.remark))
    return match[1] if match else ""


def _beside(row: FormRow) -> str:
    """The reason and the remark of a row, without what is ticked."""
    remark = _LIKELIHOOD.sub("", normalise(row.indicator.remark)).strip(";；。 ")
    reason = normalise(row.indicator.reason)
    return "；".join(text for text in (reason, remark) if is_told(text))


def _rows(document: BudgetDocument) -> Iterator[tuple[Report, FormRow]]:
    return ((report, row) for report in reports(document) for row in report.rows)


@rule(
    "MON-001", title="全年预计执行数不小于已执行数", severity=Severity.ERROR, basis="form-self-evaluation",
    article="预计执行", checks=("R07",),
)  # fmt: skip
def the_year_s_spending_is_at_least_what_is_spent(document: BudgetDocument) -> Iterator[Gap]:
    """全年预计执行数 is not less than 执行数 so far."""
    for report in reports(document):
        for line in report.lines:
            spent, expected = line.money("executed"), line.money("forecast")
            if spent is None or expected is None or expected >= spent:
                continue
            yield Gap.of_money(
                f"{line.path}.forecast",
                expected,
                spent,
                message=f"{line.label}：全年预计执行 {expected}，少于已经执行的 {spent}，相差 {abs(spent - expected)}",
                remedy="更正全年预计执行数或已执行数",
                related=(f"{line.path}.executed",),
            )


@rule(
    "MON-002", title="全年预计执行数不超过预算", severity=Severity.WARNING, basis="form-self-evaluation",
    article="预计执行", checks=("R07",),
)  # fmt: skip
def the_year_s_spending_keeps_to_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """全年预计执行数 is not more than the budget of the year."""
    for report in reports(document):
        for line in report.lines:
            base, expected = base_of(line), line.money("forecast")
            if base is None or expected is None or not base or expected <= base:
                continue
            yield Gap.of_money(
                f"{line.path}.forecast",
                expected,
                base,
                message=f"{line.label}：全年预计执行 {expected}，超过预算 {base}，超出 {expected - base}",
                remedy="更正全年预计执行数；需要追加预算的，先办理调整",
                related=(f"{line.path}.adjusted", f"{line.path}.initial"),
            )


@rule(
    "MON-003", title="执行进度落后的说明原因", severity=Severity.WARNING, basis="mof-2019-136", article="双监控",
    checks=("R08",),
)  # fmt: skip
def slow_spending_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """A rate more than 20 points behind the months that are over has a reason anywhere in the form."""
    if document.kind is not Kind.MONITORING:
        return
    for report in reports(document):
        total = report.total
        spent = total.money("executed") if total else None
        rate = rate_of(total) if total else None
        if total is None or spent is None or rate is None or not base_of(total) or _any_reason(report):
            continue
        month = _month(document, total)
        due = Decimal(month) / 12 * 100
        if rate >= due - number("monitoring", "may_lag"):
            continue
        yield Gap(
            path=f"{total.path}.rate",
            message=f"1 至 {month} 月执行率 {rate:.2f}%，比时间进度 {month} ÷ 12 = {due:.2f}% 慢 {due - rate:.2f} 个百分点，"
            "没有写偏差原因",
            remedy="写明执行慢的原因和加快执行的措施；年内用不完的办理调减",
            stated=f"{rate:.2f}",
            computed=f"{due:.2f}",
            difference=f"{due - rate:.2f}",
            unit="%",
            related=(f"{total.path}.executed",),
        )


def _any_reason(report: Report) -> bool:
    reasons = [row.reason for row in report.form.indicators] + [line.reason for line in report.form.funding]
    return report.is_explained or any(map(is_told, reasons))


@rule(
    "MON-004", title="预计完不成的指标写明原因", severity=Severity.ERROR, basis="mof-2019-136", article="监控内容",
    checks=("R09",),
)  # fmt: skip
def what_will_not_be_reached_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """An indicator whose projection for the year falls short of its target has a reason.

    A warning outside the monitoring form itself, which alone is sure to ask for one.
    """
    for report, row in _rows(document):
        found = row.projected
        value, forecast = row.indicator.value, row.indicator.forecast
        if (
            found is None
            or found.reached
            or (_beside(row) or report.is_explained)
            or value is None
            or forecast is None
        ):
            continue
        yield Gap(
            path=f"{row.path}.forecast",
            message=f"{row.label}目标值“{value.text}”，全年预计完成“{forecast.text}”，预计完不成，没有写偏差原因",
            remedy="写明偏差原因和纠偏措施",
            stated=forecast.text,
            computed=value.text,
            related=(f"{row.path}.value", f"{row.path}.reason"),
            severity=None if document.kind is Kind.MONITORING else Severity.WARNING,
        )


@rule(
    "MON-005", title="不能确定完成的写明原因", severity=Severity.WARNING, basis="form-self-evaluation",
    article="完成可能性", checks=("R09",),
)  # fmt: skip
def doubt_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """Where 有可能 or 完全不可能 is ticked a reason stands beside it; for the latter its absence is an error."""
    for report, row in _rows(document):
        ticked = _likelihood(row)
        if ticked not in ("有可能", "完全不可能", "不可能") or (_beside(row) or report.is_explained):
            continue
        yield Gap(
            path=f"{row.path}.reason",
            message=f"{row.label}完成目标可能性填“{ticked}”，没有写原因",
            remedy="写明偏差原因和纠偏措施",
            stated=ticked,
            severity=None if ticked == "有可能" else Severity.ERROR,
        )


@rule(
    "MON-006", title="完成可能性与预计完成情况一致", severity=Severity.WARNING, basis="form-self-evaluation",
    article="完成可能性", checks=("R09",),
)  # fmt: skip
def certainty_agrees_with_the_projection(document: BudgetDocument) -> Iterator[Gap]:
    """确定能 goes with a projection that reaches the target, 完全不可能 with one that does not."""
    for _, row in _rows(document):
        ticked, found = _likelihood(row), row.projected
        value, forecast = row.indicator.value, row.indicator.forecast
        if found is None or value is None or forecast is None:
            continue
        if (ticked == "确定能" and not found.reached) or (ticked.endswith("不可能") and found.reached):
            yield Gap(
                path=f"{row.path}.forecast",
                message=f"{row.label}目标值“{value.text}”，全年预计完成“{forecast.text}”，完成目标可能性却填“{ticked}”",
                remedy="核对全年预计完成情况和完成可能性",
                stated=ticked,
                computed=forecast.text,
                related=(f"{row.path}.remark", f"{row.path}.value"),
            )


@rule(
    "MON-007", title="全年预计完成数不小于已完成数", severity=Severity.WARNING, basis="form-self-evaluation",
    article="预计执行", checks=("R07",),
)  # fmt: skip
def the_year_s_work_is_at_least_what_is_done(document: BudgetDocument) -> Iterator[Gap]:
    """What is counted grows over the year: the projection is not below what is done. Shares and times may fall."""
    for _, row in _rows(document):
        value, done, expected = row.indicator.value, row.indicator.actual, row.indicator.forecast
        if (
            value is None
            or done is None
            or expected is None
            or done.number is None
            or expected.number is None
        ):
            continue
        if done.unit == expected.unit and Decimal(expected.number) >= Decimal(done.number):
            continue
        if {value.dimension, done.dimension, expected.dimension} != {Dimension.COUNT}:
            continue
        bound, so_far, later = value.interval, done.interval, expected.interval
        if (
            bound is None
            or bound.low is None
            or not so_far
            or not later
            or not (so_far.is_exact and later.is_exact)
        ):
            continue
        unit = {each.meaning.unit.base for each in (done, expected) if each.meaning.unit}
        if len(unit) != 1 or so_far.low is None or later.low is None or later.low >= so_far.low:
            continue
        yield Gap(
            path=f"{row.path}.forecast",
            message=f"{row.label}已完成“{done.text}”，全年预计完成“{expected.text}”，比已完成的还少",
            remedy="更正已完成数或全年预计数",
            stated=expected.text,
            computed=done.text,
            related=(f"{row.path}.actual",),
        )


@rule(
    "MON-008", title="完全不可能完成的有处置措施", severity=Severity.WARNING, basis="mof-2019-136", article="纠偏",
    checks=("R10",),
)  # fmt: skip
def what_cannot_be_done_is_acted_on(document: BudgetDocument) -> Iterator[Gap]:
    """Where 完全不可能 is ticked the form names a measure: the goal or the budget is changed, or the work stopped."""
    for report, row in _rows(document):
        ticked = _likelihood(row)
        if not ticked.endswith("不可能"):
            continue
        told = _beside(row) + "".join(normalise(each.text) for each in report.form.statements)
        if not told or any(word in told for word in _MEASURES):
            continue
        yield Gap(
            path=f"{row.path}.reason",
            message=f"{row.label}完成目标可能性填“{ticked}”，没有写调整目标、调减预算或暂停执行等处置措施",
            remedy="按规定调整绩效目标和预算，或暂停执行，并写明",
            stated=ticked,
        )


@rule(
    "MON-009", title="执行进度与资金支出计划相符", severity=Severity.WARNING, basis="mof-2019-136", article="双监控",
    checks=("M12",), over_years=True,
)  # fmt: skip
def spending_keeps_to_its_plan(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """The rate is not more than 10 points behind what the project's 资金支出计划 has for the last date that is over."""
    if document.kind is not Kind.MONITORING or not is_budget(earlier) or not same_year(document, earlier):
        return
    for pair in pairs(document, earlier):
        total = Report(pair.path, pair.now).total
        rate = rate_of(total) if total else None
        if total is None or rate is None or not base_of(total):
            continue
        month = _month(document, total)
        planned = _planned(pair.before, month)
        if planned is None or rate >= planned[1] - number("monitoring", "may_lag_plan"):
            continue
        checkpoint, share = planned
        yield Gap(
            path=f"{total.path}.rate",
            message=f"1 至 {month} 月执行率 {rate:.2f}%，资金支出计划到 {checkpoint} 月底为 {plain(share)}%，"
            f"慢 {share - rate:.2f} 个百分点",
            remedy="分析没有按计划支出的原因，加快执行或调整预算",
            stated=f"{rate:.2f}",
            computed=plain(share),
            difference=f"{share - rate:.2f}",
            unit="%",
            related=(f"{total.path}.executed",),
        )


def _planned(project: Project, month: int) -> tuple[int, Decimal] | None:
    """The last of the plan's dates not after ``month``, and its share in per cent; ``None`` where nothing is planned by then."""
    plan = plan_of("", project)
    over = [(at, share) for at, share in (plan.shares if plan else {}).items() if at <= month]
    if not over or not over[-1][1]:
        return None
    at, share = over[-1]
    return at, share.quantize(Decimal("0.01")).normalize()
