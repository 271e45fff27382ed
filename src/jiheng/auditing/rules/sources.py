"""EXEC: all money of a form is the sum of where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.forms import Line, Report, reports
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared
from jiheng.auditing.walk import spelled_sum
from jiheng.budget import BudgetDocument, Money, Severity, money_sum

_COLUMNS: Final = {
    "amount": "预算数", "initial": "年初预算数", "adjusted": "全年预算数", "executed": "执行数", "forecast": "全年预计执行数",
}  # fmt: skip
_OF_THE_BUDGET: Final = ("executed", "forecast")
_NESTED: Final = frozenset(
    {"general_public", "government_fund", "state_capital", "central", "provincial", "municipal", "county", "township",
     "local", "superior"}
)  # fmt: skip
"""Sources that stand below 财政拨款 where the form has that too."""
_LEVELS: Final = frozenset({"provincial", "municipal", "county", "township"})
"""Levels of government, which stand below 地方资金 where the form has that too."""
_NOTHING: Final = Money(Decimal(0))
_WHOLES: Final = ("基本支出", "项目支出", "经营支出")
"""What expenditure as a whole is made of; any other label without a source may be a part of a part."""
_REST: Final = frozenset({"other", "own", "local"})
"""Sources that take up what no other line names: with one of them the lines are complete."""


@rule(
    "EXEC-002", title="资金总额等于各来源之和", severity=Severity.ERROR, basis="form-self-evaluation",
    article="资金执行", checks=("R06",),
)  # fmt: skip
def the_total_line_is_the_sum_of_its_sources(document: BudgetDocument) -> Iterator[Gap]:
    """In every column the line of all money is the sum of the lines of its sources.

    Sources may stand inside one another, and how is not always printed: silent where any reading of them fits.
    Sources that stay below the total are wrong only where the form has a line for all the rest, and what was spent
    where the budget of the same lines is all of it.
    """
    for report in reports(document):
        total = report.total
        parts = [line for line in report.lines if line.line.source != "total"]
        if total is None or not parts or not any(line.line.executed for line in report.lines):
            continue
        for field, column in _COLUMNS.items():
            stated = total.money(field)
            if stated is not None:
                is_whole = field in _OF_THE_BUDGET and _budget_is_whole(total, parts)
                yield from _sum_gap(total, parts, field, column, stated, is_whole=is_whole)


def _budget_is_whole(total: Line, parts: list[Line]) -> bool:
    """Whether the budgets of all lines are the whole: nothing can be spent from a source without a line then."""
    field = next((name for name in ("adjusted", "initial", "amount") if total.money(name) is not None), None)
    stated = total.money(field) if field else None
    if field is None or stated is None or not stated or any(line.money(field) is None for line in parts):
        return False
    return not any(_sum_gap(total, parts, field, "", stated, is_whole=True))


def _sum_gap(
    total: Line, parts: list[Line], field: str, column: str, stated: Money, *, is_whole: bool = False
) -> Iterator[Gap]:
    room = Money(Decimal("0.01") * (len(parts) + 1), stated.unit)
    first: list[Line] = []
    computed = stated
    for reading in _readings(parts):
        known = [line for line in reading if line.money(field) is not None]
        found = money_sum((line.money(field) or _NOTHING for line in known), stated.unit)
        if abs(found - stated) <= room:
            return
        if not first:
            first, computed = known, found
            if not first:
                return
    strange = [line for line in parts if line.line.source is None and not line.label.endswith(_WHOLES)]
    if strange and not any((line.money(field) or _NOTHING) - stated > room for line in parts):
        return  # a line that nobody knows may stand below another; one above the total is wrong all the same
    is_complete = (
        is_whole
        or any(line.line.source in _REST for line in parts)
        or all(line.line.source is None for line in parts)
    )
    if computed < stated and not is_complete:
        return
    has_blanks = len(first) < len(next(_readings(parts)))
    yield Gap.of_money(
        f"{total.path}.{field}",
        stated,
        computed,
        message=f"{column}：各来源 {spelled_sum(line.money(field) or _NOTHING for line in first)} = {computed}，"
        f"与{total.label} {stated}相差 {abs(stated - computed)}",
        remedy=f"核对{column}的总额和各来源金额",
        related=tuple(f"{line.path}.{field}" for line in first),
        severity=Severity.WARNING if computed < stated and has_blanks else None,
    )


def _readings(parts: list[Line]) -> Iterator[list[Line]]:
    """The ways in which lines may add up, the most likely first."""
    has_fiscal = any(line.line.source == "fiscal" for line in parts)
    top = [line for line in parts if not (has_fiscal and line.line.source in _NESTED)]
    yield top or parts
    yield parts
    for reading in (
        [line for line in top if line.line.source is not None],
        [line for line in parts if line.line.source is None],
        [line for line in top if line.line.source != "carried_over"],
        [line for line in parts if line.line.source not in _LEVELS],
    ):
        if reading:
            yield reading


@rule(
    "EXEC-008", title="申报的资金总额等于各来源之和", severity=Severity.ERROR, basis="form-performance-text",
    article="预算规模", checks=("M01",), applies=declared,
)  # fmt: skip
def declared_money_is_the_sum_of_its_sources(document: BudgetDocument) -> Iterator[Gap]:
    """The line of all money of a declaration is the sum of the lines of its sources; a report is EXEC-002.

    Silent where 财政资金 is stated beside the total, to which SUM-007 adds 其他资金.
    """
    for path, project in document.goal_tables():
        form = Report(path, project)
        total = form.total
        parts = [line for line in form.lines if line.line.source != "total"]
        if total is None or not parts or any(line.line.executed for line in form.lines):
            continue
        if project.budget is not None and project.budget.fiscal is not None:
            continue
        for field in ("amount", "initial", "adjusted"):
            stated = total.money(field)
            if stated is not None:
                yield from _sum_gap(total, parts, field, _COLUMNS[field], stated)


@rule(
    "EXEC-009", title="当年预算不超过项目总额", severity=Severity.ERROR, basis="form-performance-text",
    article="预算规模", checks=("M01",), applies=declared,
)  # fmt: skip
def a_year_s_budget_is_part_of_the_whole(document: BudgetDocument) -> Iterator[Gap]:
    """Where a form states the money of all years and that of this year, this year's is not more."""
    for path, project in document.goal_tables():
        found: dict[str, list[Line]] = {"year": [], "project": []}
        for index, line in enumerate(project.funding):
            if line.source == "total" and line.amount is not None:
                found[line.scope].append(Line(f"{path}.funding.{index}", line))
        if len(found["year"]) != 1 or len(found["project"]) != 1:
            continue
        (own,), (whole,) = found["year"], found["project"]
        stated, most = own.money("amount"), whole.money("amount")
        if stated is None or most is None or stated <= most:
            continue
        yield Gap.of_money(
            f"{own.path}.amount",
            stated,
            most,
            message=f"{own.label} {stated}，超过{whole.label} {most.to(stated.unit)}，超出 {stated - most}",
            remedy="核对当年预算和各年合计",
            related=(f"{whole.path}.amount",),
        )
