"""How much of a document an earlier one can be held against: what is not in both was not compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from jiheng.auditing.earlier import earlier_of, follows, same_year
from jiheng.auditing.rules.previous_projects import pairs
from jiheng.budget import BudgetDocument, Money

_PARTS: Final = ("revenue", "expenditure", "three_public", "operating_funds", "procurement", "assets")


class Comparable(msgspec.Struct, frozen=True):
    """What stands in both documents: projects, totals of the text, and disclosure tables of one kind."""

    projects: int = 0
    figures: int = 0
    tables: int = 0

    def __bool__(self) -> bool:
        return bool(self.projects or self.figures or self.tables)

    def __str__(self) -> str:
        named = ((self.projects, "个项目"), (self.figures, "个合计数"), (self.tables, "张公开表"))
        return "、".join(f"{count} {what}" for count, what in named if count) or "没有"


def comparable(documents: Iterable[BudgetDocument], previous: Iterable[BudgetDocument]) -> Comparable:
    """What of ``documents`` can be held against those of ``previous`` that are of the same body and of a fitting year."""
    earlier = list(previous)
    projects = figures = tables = 0
    for document in documents:
        for other in earlier_of(document, earlier):
            if follows(document, other) or same_year(document, other):
                projects += sum(1 for _ in pairs(document, other))
                figures += sum(_figures(document, other, part) for part in _PARTS)
                kinds = {table.kind for table in other.tables if table.kind}
                tables += sum(table.kind in kinds for table in document.tables)
    return Comparable(projects, figures, tables)


def _figures(document: BudgetDocument, other: BudgetDocument, part: str) -> int:
    now, before = getattr(document, part), getattr(other, part)
    if now is None or before is None:
        return 0
    return sum(
        Money.parse(_text(now, name)) is not None and Money.parse(_text(before, name)) is not None
        for name in now.__struct_fields__
    )


def _text(node: object, name: str) -> str:
    found = getattr(node, name)
    return found if isinstance(found, str) else ""
