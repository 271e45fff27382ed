"""Whose a document is: as it is shown, and whether two readings may be of one body."""

from __future__ import annotations

from jiheng.auditing.earlier import body_of, same_body
from jiheng.budget import BudgetDocument, CodedName
from jiheng.web.documents.models import Reading


def body_name(document: BudgetDocument) -> str:
    """The department, the issuer, or what the title begins with; else the unit of the first project."""
    if document.department is not None and document.department.name:
        return document.department.name
    if found := document.issuer or body_of(document):
        return found
    for _, project in document.goal_tables():
        for named in (project.department, project.unit):
            if named is not None and named.name:
                return named.name
    return ""


def body_code(document: BudgetDocument) -> str:
    """The code of the department; "" where none is given."""
    return (document.department.code if document.department else None) or ""


def may_be_one(left: Reading, right: Reading) -> bool | None:
    """Whether two readings are of one body; ``None`` where one of them does not say whose it is."""
    if not all(reading.body or reading.body_code for reading in (left, right)):
        return None
    return same_body(_named(left), _named(right))


def _named(reading: Reading) -> BudgetDocument:
    return BudgetDocument(department=CodedName(reading.body_code or None, reading.body or None))
