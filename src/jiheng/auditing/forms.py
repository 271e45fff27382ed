"""Ways through the forms of reports: of projects and of whole bodies, their money, their points and their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

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
_REASONS: Final = frozenset({"deviation", "problems", "improvement"})


class FormRow(NamedTuple):
    """An indicator of a form with its path."""

    path: str
    form: Form
    indicator: Indicator

    @property
    def label(self) -> str:
        """How messages name the indicator."""
        name = self.indicator.level3 or self.indicator.description or self.indicator.level2
        return f"“{name}”" if name else "指标"


class Line(NamedTuple):
    """A line of money with its path."""

    path: str
    line: FundingLine

    @property
    def label(self) -> str:
        """How messages name the line."""
        return self.line.label.rstrip("：:")

    def money(self, field: str) -> Money | None:
        """The amount in ``field``."""
        return Money.parse(getattr(self.line, field), self.line.unit)


def forms(document: BudgetDocument) -> Iterator[tuple[str, Form]]:
    """Every form of the document with its path: special funds, projects, whole bodies."""
    yield from document.goal_tables()
    for index, goals in enumerate(document.department_goals):
        yield f"department_goals.{index}", goals


def form_rows(document: BudgetDocument) -> Iterator[FormRow]:
    """Every indicator of every form."""
    for path, form in forms(document):
        yield from rows_in(path, form)


def rows_in(path: str, form: Form) -> Iterator[FormRow]:
    """Every indicator of one form."""
    for index, indicator in enumerate(form.indicators):
        yield FormRow(f"{path}.indicators.{index}", form, indicator)


def lines_of(path: str, form: Form) -> list[Line]:
    """The lines of this year's money."""
    return [
        Line(f"{path}.funding.{index}", line)
        for index, line in enumerate(form.funding)
        if line.scope == "year"
    ]


def total_line(path: str, form: Form) -> Line | None:
    """The line of all money; ``None`` where there is none or the form has several."""
    found = [line for line in lines_of(path, form) if line.line.source == "total"]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)  # points are few and stand again and again
def points(text: str | None) -> Decimal | None:
    """Points, or a rate, as a number: "10", "9.8分", "97.5%"."""
    match = _FIGURE.match(normalise(text)) if text else None
    return Decimal(match[0]) if match else None


def rate_of(line: Line) -> Decimal | None:
    """执行率 in per cent as the amounts give it, else as it is stated; at most two figures decide, never the points."""
    spent, base = line.money("executed"), base_of(line)
    if spent is not None and base is not None and base:
        return spent.yuan / base.yuan * 100
    return points(line.line.rate)


def base_of(line: Line) -> Money | None:
    """The budget that spending is held against: of the whole year, else of its beginning, else the only one."""
    for field in ("adjusted", "initial", "amount"):
        money = line.money(field)
        if money is not None:
            return money
    return None


def is_scored(form: Form) -> bool:
    """Whether somebody gave points in the form."""
    return points(form.score) is not None or any(points(row.score) is not None for row in form.indicators)


def is_told(text: str | None) -> bool:
    """Whether a cell of reasons says anything."""
    return not is_blank(text) and normalise(text).strip("。.;；") not in _NOTHING


def explains(row: FormRow) -> bool:
    """Whether a reason stands beside the indicator, or the form has a part on deviations or problems."""
    return is_told(row.indicator.reason) or is_told(row.indicator.remark) or explained(row.form)


def explained(form: Form) -> bool:
    """Whether the form says something of deviations, problems or what is to improve."""
    return any(statement.topic in _REASONS and is_told(statement.text) for statement in form.statements)
