"""What a workbook for a new cycle begins with: last year's text, without what belongs to last year alone."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import BudgetDocument, Indicator, Kind, Project

_INDICATOR: Final = (
    "level1",
    "level2",
    "level3",
    "description",
    "value",
    "scoring",
    "basis",
    "direction",
    "is_core",
)
_PROJECT: Final = ("number", "name", "heading", "code", "department", "unit", "budget", "purpose", "plan", "goals", "attribute", "manager", "phone")  # fmt: skip


def started(document: BudgetDocument, year: int) -> BudgetDocument:
    """A text for ``year`` that takes over from ``document`` who the department is, its goals, projects and indicators.

    Figures of the year that was (revenue, expenditure, purchases, results, points) are left out. Amounts of the
    projects stay, to be changed where they change.
    """
    old = document.fiscal_year
    title = document.title
    if title and old:
        title = re.sub(rf"(?<!\d){old}(?!\d)", str(year), title)
    return BudgetDocument(
        kind=Kind.PERFORMANCE_TEXT,
        title=title,
        fiscal_year=year,
        division=document.division,
        department=document.department,
        issuer=document.issuer,
        reviewer=document.reviewer,
        duties=document.duties,
        organizations=document.organizations,
        overall_goal=document.overall_goal,
        sub_goals=document.sub_goals,
        safeguards=document.safeguards,
        special_funds=[_project(one) for one in document.special_funds],
        projects=[_project(one) for one in document.projects],
    )


def _project(old: Project) -> Project:
    kept = {field: getattr(old, field) for field in _PROJECT}
    rows = [Indicator(**{field: getattr(row, field) for field in _INDICATOR}) for row in old.indicators]
    return Project(**(kept | {"indicators": rows}))
