"""Whose a document is: as it is shown, and whether two readings may be of one body."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

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


def one_body(left: BudgetDocument, right: BudgetDocument) -> bool | None:
    """Whether two documents are of one body; ``None`` where it cannot be told.

    That is where one of them does not say whose it is, and where codes agree and names do not: departments of two
    counties have the same codes, and a department that was renamed keeps its own.
    """
    if not all(body_of(each) or body_code(each) for each in (left, right)):
        return None
    if not same_body(left, right):
        return False
    names = [body_of(left), body_of(right)]
    return True if not all(names) or names[0] in names[1] or names[1] in names[0] else None


def may_be_one(left: Reading, right: Reading) -> bool | None:
    """``one_body`` of two readings, by what the lists keep of them."""
    return one_body(_named(left), _named(right))


def bodies_apart(documents: Iterable[BudgetDocument], *, has_each_to_say: bool = False) -> bool:
    """Whether two of the documents are of different bodies.

    Args:
        has_each_to_say: documents of which it cannot be told are not taken to be of one.
    """
    every = list(documents)
    bodies = {(body_code(document), body_of(document)): document for document in every}
    if has_each_to_say and len(every) > 1 and ("", "") in bodies:
        return True
    found = (one_body(one, other) for one, other in combinations(bodies.values(), 2))
    return any(answer is False or (has_each_to_say and answer is None) for answer in found)


def _named(reading: Reading) -> BudgetDocument:
    return BudgetDocument(department=CodedName(reading.body_code or None, reading.body or None))
