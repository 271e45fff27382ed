"""What an audit makes of a document as the ministry's review form weighs it: points, each explained, and a grade."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Deduction(msgspec.Struct, frozen=True):
    """Points that the findings of one rule take from an item."""

    rule: str
    title: str
    count: int
    points: Decimal


class ItemScore(msgspec.Struct, frozen=True):
    """An item of the form: ``points`` of ``most``, and what took the others."""

    name: str
    aspect: str
    most: Decimal
    points: Decimal
    deductions: list[Deduction] = []


class Review(msgspec.Struct, frozen=True):
    """A score from 0 to 100 with its grade (优 良 中 差)."""

    points: Decimal
    grade: str
    items: list[ItemScore]
    project: str | None = None
    """The project that it is of; ``None`` for a whole document."""

    @property
    def aspects(self) -> list[tuple[str, Decimal, Decimal]]:
        """完整性, 相关性, 适当性, 可行性: points and most points of each."""
        found: dict[str, tuple[Decimal, Decimal]] = {}
        for item in self.items:
            points, most = found.get(item.aspect, (Decimal(0), Decimal(0)))
            found[item.aspect] = (points + item.points, most + item.most)
        return [(name, points, most) for name, (points, most) in found.items()]
