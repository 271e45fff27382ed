"""To which documents a rule applies. A part that a form does not print cannot be missing from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jiheng.auditing.publications import is_notice, is_partial
from jiheng.auditing.remembered import remembered
from jiheng.auditing.walk import rows
from jiheng.budget import BudgetDocument, Kind, Project, is_blank, normalise

Scope = Callable[[BudgetDocument], bool]

_DISCLOSURES: Final = frozenset({Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE})
_SOME_TABLES: Final = 2
"""From so many tables on they show what the form asks for."""
_JUDGED: Final = frozenset({Kind.MONITORING, Kind.SELF_EVALUATION, Kind.EVALUATION, Kind.FINAL_ACCOUNTS})


def everywhere(document: BudgetDocument) -> bool:
    """Every document: figures that must agree do so in all of them."""
    return True


def provincial_text(document: BudgetDocument) -> bool:
    """部门预算绩效文本 and the 信息公开情况说明 of the same form, whose chapters and columns are laid down.

    Disclosures of other provinces have titles of their own, and most have the tables in them. Without a title the
    form is presumed where it has chapters enough; a notice about one matter is of no form.
    """
    if document.kind is Kind.PERFORMANCE_TEXT:
        return True
    if document.kind not in _DISCLOSURES:
        return False
    if document.title is None:
        return not document.tables and not is_partial(document)
    return "公开情况说明" in normalise(document.title) and not is_notice(document)


def performance_text(document: BudgetDocument) -> bool:
    """What states the goals of a whole department: a unit need not repeat them."""
    return provincial_text(document) and document.kind is not Kind.UNIT_DISCLOSURE


def disclosure(document: BudgetDocument) -> bool:
    """A disclosure of a budget with sentences in it; a file of tables alone is a part of one."""
    if document.kind not in _DISCLOSURES:
        return False
    has_text = document.remarks or document.duties or document.organizations or document.glossary
    return bool(has_text) or not document.tables


def titled(document: BudgetDocument) -> bool:
    """What has a cover or a title. A form has its year in its frame, a table its body above it, an excerpt neither."""
    return document.kind is Kind.PERFORMANCE_TEXT or (
        document.kind in _DISCLOSURES
        and not (document.tables and document.department)
        and not is_partial(document)
    )


def budgeted(document: BudgetDocument) -> bool:
    """A budget: what it spends is what it has. A final account carries money over."""
    return document.kind is not Kind.FINAL_ACCOUNTS


def declared(document: BudgetDocument) -> bool:
    """What declares goals. A report takes them as they were declared; a form of evaluation has a frame of its own."""
    return document.kind not in _JUDGED | {Kind.PROJECT_LIST, Kind.REVIEW, Kind.RECTIFICATION}


def judged(document: BudgetDocument) -> bool:
    """What reports on goals, or judges them: there points are given, and rules for declared points leave off."""
    return document.kind in _JUDGED


def framed(document: BudgetDocument) -> bool:
    """What has the ministry's frame of indicators: evaluation forms have 决策 and 过程 as well."""
    return document.kind is not Kind.EVALUATION


def prints(document: BudgetDocument, field: str) -> bool:
    """Whether the form has a column for ``field`` of an indicator: laid down, or filled in somewhere."""
    return provincial_text(document) or any(_holds(getattr(row.indicator, field)) for row in rows(document))


def states(document: BudgetDocument, field: str) -> bool:
    """Whether the form asks for ``field`` of a project: laid down, or filled in somewhere."""
    return provincial_text(document) or any(
        _holds(getattr(project, field)) or field in project.cells for _, project in document.goal_tables()
    )


@remembered
def fills_in(document: BudgetDocument, field: str) -> bool:
    """Whether an amount of the budget is filled in as a rule: an empty cell is then a slip, and no other form."""
    tables = [project.budget for _, project in document.goal_tables()]
    filled = sum(budget is not None and budget.money(field) is not None for budget in tables)
    return provincial_text(document) and filled >= _SOME_TABLES and filled * 2 > len(tables)


def is_told(document: BudgetDocument, project: Project) -> bool:
    """Whether a disclosure tells a project in sentences (项目经费情况说明) and has its indicators elsewhere."""
    return bool(project.statements) and not project.indicators and not provincial_text(document)


def _holds(value: object) -> bool:
    return bool(value) and not (isinstance(value, str) and is_blank(value))
