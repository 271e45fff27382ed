"""The disclosure tables as rules see them: figures by row and column key, totals, parents and children."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple

from jiheng.auditing.remembered import remembered
from jiheng.budget import BudgetDocument, DisclosureTable, Money, TableKind, normalise

_TOTAL: Final = re.compile(
    r"^(?:总?合计|总计|合计数|全部门合计|支出(?:合计|总计)|收入(?:合计|总计)|本年(?:收入|支出)合计)$"
)
_PERCENTS: Final = re.compile(
    r"(?:增减|增长|下降|升降|变动|同比).*(?:%|率|幅度|比例)$|\(%\)$|^占.*(?:%|比重|比例)|占比$|比重(?:\(%\))?$"
)
"""A row of percentages below rows of amounts: 比上年增减%."""
_CODE: Final = re.compile(r"^[2-5]\d{2}(?:\d{2}){0,2}$")
_WHOLE: Final = ("total", "expenditure", "revenue")
"""Keys under which the column of the totals goes: final accounts head it 本年支出合计 or 本年收入合计."""


class Figure(NamedTuple):
    """An amount in a table: its path, and where it stands in words ("《部门支出总表》合计行“基本支出”")."""

    money: Money
    path: str
    where: str

    def __str__(self) -> str:
        return f"{self.where} {self.money}"


class Family(NamedTuple):
    """A row of a classification and the rows right below it."""

    parent: int
    children: list[int]


class Sheet:
    """One disclosure table with its amounts taken in."""

    def __init__(self, index: int, table: DisclosureTable) -> None:
        self.table = table
        self.path = f"tables.{index}"
        self.name = f"《{normalise(table.title)}》" if table.title else f"第 {index + 1} 张表"
        self.sides: dict[str, list[Any]] = {}
        """What ``sides.side`` found, by the name of the side."""
        self.keys: dict[str, int] = {}
        counted = Counter(column.key for column in table.columns)
        for at, key in enumerate(column.key for column in table.columns):
            if key is not None and counted[key] == 1:
                self.keys[key] = at

    @cached_property
    def cells(self) -> list[list[Money | None]]:
        """Every amount, row by row; words, empty cells and percentages are ``None``."""
        unit = self.table.unit
        return [
            [None] * len(row.values)
            if row.code is None and _PERCENTS.search(normalise(row.name))
            else [Money.parse(value, unit) for value in row.values]
            for row in self.table.rows
        ]

    @cached_property
    def total_row(self) -> int | None:
        """The line 合计; ``None`` without one, or with several."""
        found = [
            index for index, row in enumerate(self.table.rows) if is_total(row.name) and row.side is None
        ]
        return found[0] if len(found) == 1 else None

    @cached_property
    def coded(self) -> dict[str, int]:
        """Rows by their code of a classification; empty where a code stands in several rows (one for each body)."""
        found: dict[str, int] = {}
        for index, row in enumerate(self.table.rows):
            if row.code is None or not _CODE.match(row.code):
                continue
            if row.code in found:
                return {}
            found[row.code] = index
        return found

    @cached_property
    def families(self) -> list[Family]:
        """Every coded row that has rows below it: those whose code goes on from its own, with none in between."""
        found: dict[str, list[int]] = {}
        for code, index in self.coded.items():
            above = self._above(code)
            if above is not None:
                found.setdefault(above, []).append(index)
        return [Family(self.coded[code], children) for code, children in found.items()]

    @cached_property
    def tops(self) -> list[int]:
        """The coded rows that have none above them."""
        return [index for code, index in self.coded.items() if self._above(code) is None]

    def _above(self, code: str) -> str | None:
        return next(
            (code[:length] for length in range(len(code) - 2, 2, -2) if code[:length] in self.coded), None
        )

    @property
    def is_empty(self) -> bool:
        """Whether no amount but nought stands in it."""
        return not any(any(money for money in row) for row in self.cells)

    @cached_property
    def figures(self) -> list[list[Figure | None]]:
        """Every cell with an amount as a figure: rules ask for the same ones again and again."""
        labels = [column.label.rpartition("/")[2] or column.label for column in self.table.columns]
        found = []
        for row, amounts in enumerate(self.cells):
            name = f"{self.name}{self.row_name(row)}"
            found.append(
                [
                    None
                    if money is None
                    else Figure(money, f"{self.path}.rows.{row}.values.{at}", f"{name}“{label}”")
                    for at, (money, label) in enumerate(zip(amounts, labels, strict=False))
                ]
            )
        return found

    def at(self, row: int, column: int) -> Figure | None:
        """The amount in a cell."""
        figures = self.figures[row]
        return figures[column] if column < len(figures) else None

    def row_name(self, row: int) -> str:
        """How messages name a row."""
        found = self.table.rows[row]
        name = normalise(found.name)
        if is_total(name):
            return "合计行"
        return f"“{found.code or ''}{name}”" if name or found.code else ""

    def figure(self, row: int | None, key: str) -> Figure | None:
        """The amount of a row under a column's key; the key "whole" is the column of the totals."""
        if row is None:
            return None
        at = self.whole if key == "whole" else self.keys.get(key)
        return None if at is None else self.at(row, at)

    @cached_property
    def whole(self) -> int | None:
        """The column of the totals."""
        return next((self.keys[key] for key in _WHOLE if key in self.keys), None)

    def total(self, key: str) -> Figure | None:
        """The amount in the line 合计."""
        return self.figure(self.total_row, key)


def is_total(name: str | None) -> bool:
    """Whether a row is the line of the totals."""
    return name is not None and _TOTAL.match(normalise(name)) is not None


@remembered
def sheets(document: BudgetDocument) -> list[Sheet]:
    """The tables of ``document``."""
    return [Sheet(index, table) for index, table in enumerate(document.tables)]


Books = dict[TableKind, Sheet]
"""The tables of one body, one of each kind."""


def books(document: BudgetDocument) -> Iterator[Books]:
    """The tables that belong together: of the same body, where a file has those of several.

    A kind that one body has twice is left out: which of the two the others should agree with cannot be told.
    """
    found = [sheet for sheet in sheets(document) if sheet.table.kind is not None]
    kinds = [sheet.table.kind for sheet in found]
    several = len(set(kinds)) < len(kinds)
    groups: dict[str, list[Sheet]] = {}
    for sheet in found:
        groups.setdefault(normalise(sheet.table.issuer) if several else "", []).append(sheet)
    for group in groups.values():
        counted = Counter(sheet.table.kind for sheet in group)
        yield {kind: sheet for sheet in group if (kind := sheet.table.kind) and counted[kind] == 1}


def only_books(document: BudgetDocument) -> Books | None:
    """The tables where the file has those of one body alone: only then the sentences are about them."""
    found = list(books(document))
    return found[0] if len(found) == 1 else None
