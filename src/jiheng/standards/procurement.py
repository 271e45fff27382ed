"""The catalogue of government procurement, in the edition of the budget's year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jiheng.errors import StandardsError
from jiheng.standards.datafile import csv_rows, toml_table


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the catalogue.

    Attributes:
        year: of issue, 2013 or 2022.
        regulation: its key in ``jiheng.standards.regulations``.
        first_fiscal_year: the first budget year that uses it.
        last_fiscal_year: the last one, ``None`` for the present edition.
        code_pattern: regular expression that a whole code of this edition matches.
        is_partial: only a few codes are on record: an absent code proves nothing.
    """

    year: int
    regulation: str
    first_fiscal_year: int
    last_fiscal_year: int | None
    code_pattern: str
    is_partial: bool
    file: str

    def is_well_formed(self, code: str) -> bool:
        """Whether ``code`` has the shape of a code of this edition, known or not."""
        return re.fullmatch(self.code_pattern, code) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the catalogue.

    Attributes:
        code: "A02010105".
        name: ``None`` where the source has the code but not its name: there is nothing to compare with.
        parent: code of the entry above; ``None`` for 货物, 工程, 服务 and throughout a partial edition.
        edition: year of issue of the edition.
    """

    code: str
    name: str | None
    parent: str | None
    edition: int


def edition(fiscal_year: int) -> Edition:
    """The edition that budgets of ``fiscal_year`` use: that of 2022 from 2023 on, that of 2013 before.

    Raises:
        StandardsError: the year is before the first edition on record.
    """
    for one in _editions():
        if one.first_fiscal_year <= fiscal_year <= (one.last_fiscal_year or fiscal_year):
            return one
    raise StandardsError(
        f"没有 {fiscal_year} 年预算所用的政府采购品目分类目录",
        remedy=f"只收录 {min(one.first_fiscal_year for one in _editions())} 年以后的目录",
    )


def item(code: str, fiscal_year: int) -> Item | None:
    """The entry that ``code`` means in a budget of ``fiscal_year``; ``None`` if its edition has no such code.

    One code can mean two things: A02010104 is 台式计算机 until 2022 and 服务器 from 2023.

    Raises:
        StandardsError: the year is before the first edition on record.
    """
    return _items(edition(fiscal_year)).get(code)


def named_items(fiscal_year: int) -> tuple[Item, ...]:
    """Every entry with a name in the edition of ``fiscal_year``, in the order of the catalogue.

    Raises:
        StandardsError: the year is before the first edition on record.
    """
    return tuple(entry for entry in _items(edition(fiscal_year)).values() if entry.name)


def code_named(name: str, fiscal_year: int) -> str | None:
    """The code of the only entry of that name in the edition of ``fiscal_year``; ``None`` without one, or with several.

    Raises:
        StandardsError: the year is before the first edition on record.
    """
    found = [entry.code for entry in _items(edition(fiscal_year)).values() if entry.name == name]
    return found[0] if len(found) == 1 else None


@cache
def _editions() -> tuple[Edition, ...]:
    return tuple(
        Edition(
            year=entry["year"],
            regulation=entry["regulation"],
            first_fiscal_year=entry["first_fiscal_year"],
            last_fiscal_year=entry.get("last_fiscal_year"),
            code_pattern=entry["code_pattern"],
            is_partial=entry["is_partial"],
            file=entry["file"],
        )
        for entry in toml_table("procurement_editions.toml")["edition"]
    )


@cache
def _items(of: Edition) -> dict[str, Item]:
    return {
        code: Item(code, name or None, parent or None, of.year) for code, name, parent, _ in csv_rows(of.file)
    }
