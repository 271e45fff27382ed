"""Ways through the forms of reports: of projects and of whole bodies, their money, their points and their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from jiheng.auditing.attainment import Attainment, attainment
from jiheng.auditing.remembered import remembered
from jiheng.budget import (
    BudgetDocument,
    DepartmentGoals,
    FundingLine,
    Indicator,
    Money,
    Project,
    is_blank,
    normalise,
)

Form = Project | DepartmentGoals

_FIGURE: Final = re.compile(r"^-?\d+(?:\.\d+)?(?=分?%?$)")
_NOTHING: Final = frozenset({"无", "否", "没有", "无偏差", "不适用", "达标", "完成", "已完成"})
_TICKED: Final = "可能性"
"""Of the column of a monitoring form that is ticked; its text stands among the remarks."""
_REASONS: Final = frozenset({"deviation", "problems", "improvement"})


class FormRow:
    """An indicator of a form; what several rules ask of it is worked out once."""

    def __init__(self, path: str, form: Form, indicator: Indicator) -> None:
        self.path, self.form, self.indicator = path, form, indicator
        self.score = points(indicator.score)
        self.weight = points(indicator.weight)

    @property
    def label(self) -> str:
        """How messages name the indicator."""
        name = self.indicator.level3 or self.indicator.description or self.indicator.level2
        return f"“{name}”" if name else "指标"

    @cached_property
    def attained(self) -> Attainment | None:
        """How far the result reaches the target."""
        return attainment(self.indicator, self.indicator.actual)

    @cached_property
    def projected(self) -> Attainment | None:
        """How far the target will be reached by the end of the year, as far as the form says."""
        return attainment(self.indicator, self.indicator.forecast)


class Line:
    """A line of money; amounts are parsed once."""

    def __init__(self, path: str, line: FundingLine) -> None:
        self.path, self.line = path, line
        self._amounts: dict[str, Money | None] = {}

    @property
    def label(self) -> str:
        """How messages name the line."""
        return self.line.label.rstrip("：:")

    def money(self, field: str) -> Money | None:
        """The amount in ``field``."""
        if field not in self._amounts:
            self._amounts[field] = Money.parse(getattr(self.line, field), self.line.unit)
        return self._amounts[field]


class Report:
    """A form of a project or a body, its rows and lines with their paths."""

    def __init__(self, path: str, form: Form) -> None:
        self.path, self.form = path, form

    @cached_property
    def rows(self) -> list[FormRow]:
        """Every indicator."""
        return [
            FormRow(f"{self.path}.indicators.{index}", self.form, indicator)
            for index, indicator in enumerate(self.form.indicators)
        ]

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of this year's money."""
        return [
            Line(f"{self.path}.funding.{index}", line)
            for index, line in enumerate(self.form.funding)
            if line.scope == "year"
        ]

    @cached_property
    def total(self) -> Line | None:
        """The line of all money; ``None`` where there is none or the form has several."""
        found = [line for line in self.lines if line.line.source == "total"]
        return found[0] if len(found) == 1 else None

    @cached_property
    def is_scored(self) -> bool:
        """Whether somebody gave points in the form."""
        return points(self.form.score) is not None or any(row.score is not None for row in self.rows)

    @cached_property
    def is_explained(self) -> bool:
        """Whether the form says something of deviations, problems or what is to improve."""
        return any(each.topic in _REASONS and is_told(each.text) for each in self.form.statements)

    def explains(self, row: FormRow) -> bool:
        """Whether a reason stands beside the indicator, or the form has a part on deviations or problems."""
        return is_told(row.indicator.reason) or is_told(row.indicator.remark) or self.is_explained


@remembered
def reports(document: BudgetDocument) -> tuple[Report, ...]:
    """Every form in which something is reported: special funds, projects, whole bodies. Goals alone are no report."""
    return tuple(_reports_in(document))


def _reports_in(document: BudgetDocument) -> Iterator[Report]:
    for path, project in document.goal_tables():
        if _reports(project):
            yield Report(path, project)
    for index, goals in enumerate(document.department_goals):
        if _reports(goals):
            yield Report(f"department_goals.{index}", goals)


def _reports(form: Form) -> bool:
    if form.score or form.grade or form.results:
        return True
    if any(line.executed or line.forecast or line.score or line.rate for line in form.funding):
        return True
    return any(
        row.actual or row.forecast or row.score or row.weight or (row.remark and _TICKED in row.remark)
        for row in form.indicators
    )


@lru_cache(maxsize=4096)  # points are few and stand again and again
def points(text: str | None) -> Decimal | None:
    """Points, or a rate, as a number: "10", "9.8分", "97.5%"."""
    match = _FIGURE.match(normalise(text)) if text else None
    return Decimal(match[0]) if match else None


class Spending(NamedTuple):
    """What was spent, and the budget that it is held against, which is not nought."""

    spent: Money
    base: Money

    @property
    def rate(self) -> Decimal:
        """执行率 in per cent."""
        return self.spent.yuan / self.base.yuan * 100

    @property
    def division(self) -> str:
        """The division spelled out, in the unit of what was spent: "8.4 ÷ 16.8"."""
        return f"{self.spent.text} ÷ {self.base.to(self.spent.unit).text}"


def spending_of(line: Line) -> Spending | None:
    """What was spent of the budget of a line; ``None`` where one of the two is not told or there was no budget."""
    spent, base = line.money("executed"), base_of(line)
    return Spending(spent, base) if spent is not None and base is not None and base else None


def rate_of(line: Line) -> Decimal | None:
    """执行率 in per cent as the amounts give it, else as it is stated; at most two figures decide, never the points."""
    done = spending_of(line)
    return points(line.line.rate) if done is None else done.rate


def base_of(line: Line) -> Money | None:
    """The budget that spending is held against: of the whole year, else of its beginning, else the only one."""
    for field in ("adjusted", "initial", "amount"):
        money = line.money(field)
        if money is not None:
            return money
    return None


def is_told(text: str | None) -> bool:
    """Whether a cell of reasons says anything."""
    return not is_blank(text) and normalise(text).strip("。.;；") not in _NOTHING
