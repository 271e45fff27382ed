"""Fields that are no single value of a document, told as our own layouts tell them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from jiheng.budget import BudgetDocument, Kind, Project
from jiheng.writing import disclosure_text, performance_text

_DISCLOSURES: Final = (Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE)


def _title(document: BudgetDocument) -> str:
    if document.kind is Kind.PERFORMANCE_TEXT:
        return performance_text.title_of(document)
    if document.kind in _DISCLOSURES:
        return disclosure_text.title_of(document)
    return document.title or document.kind.label


def _previous_year(document: BudgetDocument) -> int | None:
    return document.fiscal_year - 1 if document.fiscal_year else None


def _department(project: Project) -> str:
    return performance_text.bracketed(project.department)


def _unit_inside(project: Project) -> str:
    return "" if performance_text.unit_above(project) else performance_text.bracketed(project.unit)


def _unit_above(project: Project) -> str:
    return performance_text.coded(performance_text.unit_above(project))


def _plan_heading(project: Project) -> str:
    return performance_text.plan_heading(project.plan) if project.plan else ""


def _figure(project: Project, field: str) -> str:
    plan = project.plan
    return performance_text.plan_figure(plan, getattr(plan, field)) if plan else ""


COMPUTED: Final[dict[str, Callable[[Any], Any]]] = {
    "title": _title,
    "cover_name": lambda document: performance_text.cover_lines(_title(document))[0],
    "cover_title": lambda document: performance_text.cover_lines(_title(document))[1],
    "previous_year": _previous_year,
    "project_count": lambda document: len(document.projects),
    "special_fund_count": lambda document: len(document.special_funds),
    "department": _department,
    "unit_inside": _unit_inside,
    "unit_above": _unit_above,
    "period": performance_text.period_of,
    "plan_heading": _plan_heading,
    "plan_march": lambda project: _figure(project, "march"),
    "plan_june": lambda project: _figure(project, "june"),
    "plan_october": lambda project: _figure(project, "october"),
    "plan_december": lambda project: _figure(project, "december"),
    "core": lambda indicator: "★" if indicator.is_core else "",
}
"""By the names in ``fields.toml``: from the item (or document) to the value."""
