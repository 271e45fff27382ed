"""What one of something may cost: upper limits of prices that every place can be held against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from jiheng.standards.datafile import toml_table

_SIGNS: Final = re.compile(r"[\s（）()、，,·]")


@dataclass(frozen=True, slots=True)
class Price:
    """One upper limit.

    Attributes:
        name: what it is for; a department names it so when it sets its own limit.
        words, but: one of ``words`` stands in the name of what is bought, and none of ``but``.
        limit: in 元.
        per: what the price is for one of, where it is not a thing ("学时").
        is_for_a_day: for one person and day.
        elsewhere: the limits of provinces (first two digits of their codes) that have another one.
        basis, article: of ``jiheng.standards.regulations``.
    """

    name: str
    words: tuple[str, ...]
    but: tuple[str, ...]
    limit: Decimal
    per: tuple[str, ...]
    is_for_a_day: bool
    elsewhere: tuple[tuple[str, Decimal], ...]
    basis: str
    article: str

    @property
    def is_thing(self) -> bool:
        """Whether it is the price of a thing that is bought."""
        return not self.per and not self.is_for_a_day

    def limit_in(self, division: str | None) -> Decimal:
        """The limit in a division (by its code), in 元."""
        return next(
            (limit for place, limit in self.elsewhere if (division or "").startswith(place)), self.limit
        )


@cache
def prices() -> tuple[Price, ...]:
    """Every limit on record, the more special one before the more general one."""
    return tuple(
        Price(
            entry["name"],
            tuple(entry["words"]),
            tuple(entry.get("but", ())),
            Decimal(entry["limit"]),
            tuple(entry.get("per", ())),
            entry.get("person_day", False),
            tuple((place, Decimal(limit)) for place, limit in entry.get("elsewhere", {}).items()),
            entry["basis"],
            entry["article"],
        )
        for entry in toml_table("prices.toml")["price"]
    )


def price_of(name: str) -> Price | None:
    """The limit for what is called ``name``; ``None`` when there is none on record."""
    plain = _SIGNS.sub("", name)
    for price in prices():
        if any(word in plain for word in price.words):
            return None if any(word in plain for word in price.but) else price
    return None
