"""Which template applies to a document: the nearest division, then the nearest year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from jiheng.budget import BudgetDocument, Kind
from jiheng.standards.divisions import codes_above, division_in


class Slot(msgspec.Struct, frozen=True, order=True):
    """What a template is for: a kind of document, from a year on, in a division and what belongs to it.

    ``year`` 0 is every year, ``division`` "" every division.
    """

    kind: Kind
    year: int = 0
    division: str = ""

    @property
    def label(self) -> str:
        """The slot in words."""
        return (
            f"{self.kind.label}，{f'{self.year}年起' if self.year else '各年度'}，{self.division or '各地区'}"
        )


_Slot = TypeVar("_Slot", bound=Slot)


def applying(slots: Iterable[_Slot], document: BudgetDocument) -> _Slot | None:
    """The slot that fits a document best; ``None`` for our own layout.

    The nearest division goes first (county, city, province, everywhere), then the latest year that is not after
    the document's.
    """
    chain = ["", *divisions_of(document)]
    year = document.fiscal_year or 0
    fitting = [
        slot
        for slot in slots
        if slot.kind is document.kind and slot.division in chain and (not slot.year or slot.year <= year)
    ]
    return max(fitting, key=lambda slot: (chain.index(slot.division), slot.year), default=None)


def divisions_of(document: BudgetDocument) -> list[str]:
    """The codes of province, city and county of a document, as its division or else its names tell them."""
    code = document.division.code if document.division else None
    if code is None:
        names = (document.department.name if document.department else None, document.issuer, document.title)
        found = next((place for name in names if name and (place := division_in(name))), None)
        code = found.code if found else None
    return codes_above(code)
