"""Which earlier document a document is held against: one of the same body, of the year before or of the same year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from jiheng.budget import BudgetDocument, Kind, normalise

_BEFORE_YEAR: Final = re.compile(r"^(.{2,40}?)(?:关于)?20\d\d年")
_BUDGETS: Final = frozenset(
    {
        Kind.PERFORMANCE_TEXT, Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE, Kind.PROJECT_GOALS,
        Kind.DEPARTMENT_GOALS,
    }
)  # fmt: skip
_REPORTS: Final = frozenset({Kind.MONITORING, Kind.SELF_EVALUATION, Kind.EVALUATION})


def earlier_of(document: BudgetDocument, previous: Iterable[BudgetDocument]) -> Iterator[BudgetDocument]:
    """Every earlier document that may be of the same body."""
    return (earlier for earlier in previous if same_body(document, earlier))


def same_body(left: BudgetDocument, right: BudgetDocument) -> bool:
    """Whether two documents may be of one body: only codes or names that contradict each other part them.

    Codes count by the three digits of the department; a name may be given short in one of the two.
    """
    codes = [document.department.code for document in (left, right) if document.department]
    known = [code[:3] for code in codes if code]
    if len(known) == 2:
        return known[0] == known[1]
    names = [body_of(document) for document in (left, right)]
    return not all(names) or names[0] in names[1] or names[1] in names[0]


def body_of(document: BudgetDocument) -> str:
    """The name of the body, from the document's fields or from the beginning of its title; "" when not known."""
    named = document.department.name if document.department else None
    if named or document.issuer:
        return normalise(named or document.issuer)
    match = _BEFORE_YEAR.match(normalise(document.title))
    return match[1] if match else ""


def is_budget(document: BudgetDocument) -> bool:
    """Whether the document plans a year, rather than reports on one."""
    return document.kind in _BUDGETS


def is_report(document: BudgetDocument) -> bool:
    """Whether the document reports on goals: monitoring, self-evaluation, evaluation."""
    return document.kind in _REPORTS


def follows(document: BudgetDocument, earlier: BudgetDocument) -> bool:
    """Whether ``earlier`` is of the year before; unknown years follow nothing."""
    return (
        document.fiscal_year is not None
        and earlier.fiscal_year is not None
        and document.fiscal_year - earlier.fiscal_year == 1
    )


def same_year(document: BudgetDocument, earlier: BudgetDocument) -> bool:
    """Whether both are of one known year: a report and the budget that it reports on."""
    return document.fiscal_year is not None and document.fiscal_year == earlier.fiscal_year


def last_budget(document: BudgetDocument, earlier: BudgetDocument) -> bool:
    """Whether the two are budgets of one body's two years. A unit's disclosure is part of a department's."""
    units = [each.kind is Kind.UNIT_DISCLOSURE for each in (document, earlier)]
    return follows(document, earlier) and is_budget(document) and is_budget(earlier) and units[0] == units[1]
