"""Reports: scores, grades, reasons and results, apart from single figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, changed, mutation, paths, put, without
from jiheng.auditing.walk import Row, rows
from jiheng.budget import BudgetDocument, FundingLine, IndicatorValue, Kind, replace


def _scored(document: BudgetDocument) -> Iterator[Row]:
    if document.kind is Kind.SELF_EVALUATION:
        for row in rows(document):
            if row.indicator.score and row.indicator.weight and row.indicator.actual:
                yield row


@mutation("得分高于分值", "EVAL")
def score_above_weight(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """An indicator has more points than it is worth."""
    for row in _scored(document):
        yield changed(document, f"{row.path}.score", str(Decimal(row.indicator.weight or 0) + 2))


@mutation("未完成却得满分", "EVAL")
def full_score_though_missed(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Half of the target reached, full points."""
    for row in _scored(document):
        value = row.indicator.value
        if value and value.number and value.unit == "%" and row.indicator.score == row.indicator.weight:
            half = IndicatorValue.parse(f"{Decimal(value.number) / 2:.0f}%")
            yield changed(document, f"{row.path}.actual", half)


@mutation("扣分没有说明原因", "EVAL")
def no_reason(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Points were lost and nobody says why."""
    for row in _scored(document):
        if row.indicator.reason and row.indicator.score != row.indicator.weight:
            yield changed(document, f"{row.path}.reason", None)


@mutation("等级与得分不符", "EVAL")
def wrong_grade(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """中 for more than 90 points."""
    for path in paths(document, "projects.*.grade"):
        if Decimal(at(document, path.replace("grade", "score")) or 0) >= 91:
            yield changed(document, path, "中")


@mutation("没有填写实际完成值", "EVAL")
def actual_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A row with points and nothing reached."""
    for row in _scored(document):
        yield changed(document, f"{row.path}.actual", None)


@mutation("没有填写得分", "EVAL")
def score_blank(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A row without points, while the total counts them."""
    for row in _scored(document):
        yield changed(document, f"{row.path}.score", None)


@mutation("漏掉一项指标", "EVAL")
def scored_indicator_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The weights no longer come to 90."""
    for row in _scored(document):
        yield without(document, row.path)


@mutation("实际完成照抄目标", "EVAL")
def results_copy_goals(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """实际完成情况 is the goal, word for word."""
    for path in paths(document, "projects.*.results"):
        goals = at(document, path.replace("results", "goals"))
        if goals:
            yield Change(put(document, path, list(goals)), (path,), "results = goals")


@mutation("执行数大于预算数", "EVAL")
def spent_more_than_budgeted(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """What was spent of one source exceeds it."""
    for path in paths(document, "projects.*.funding.*"):
        line = at(document, path)
        planned = line.adjusted or line.initial
        if planned and line.executed:
            yield changed(document, f"{path}.executed", str(Decimal(planned) * 2))


@mutation("执行进度落后没有原因", "MON")
def monitored_behind_time(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """What was spent by July is all that was spent by the end of November."""
    if document.kind is Kind.MONITORING:
        for path in paths(document, "projects.*.funding.0.through"):
            yield changed(document, path, 11)


@mutation("执行进度落后支出计划", "MON", needs_earlier=True)
def monitored_behind_plan(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A tenth is spent by October, when every plan here has four times as much; somebody says why, so that the time alone is no fault."""
    if document.kind is not Kind.MONITORING:
        return
    for index, project in enumerate(document.projects):
        lines = [_tenth(line) for line in project.funding]
        rows = [replace(project.indicators[0], reason="招标推迟，已重新公告。"), *project.indicators[1:]]
        other = replace(project, funding=lines, indicators=rows)
        yield Change(
            put(document, f"projects.{index}", other), (f"projects.{index}.funding",), "a tenth is spent"
        )


def _tenth(line: FundingLine) -> FundingLine:
    spent = (Decimal(line.initial or 0) / 10).quantize(Decimal("0.01"))
    rate = (spent * 100 / Decimal(line.initial or 1)).quantize(Decimal("0.01"))
    return replace(line, executed=f"{spent}", rate=f"{rate}", through=10)  # type: ignore[no-any-return]
