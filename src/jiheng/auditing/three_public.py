"""The “三公”经费 table, whichever way it lies: each of the expenses by stage (budget, final accounts, year before)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from jiheng.auditing.sheets import Figure, Sheet
from jiheng.budget import normalise

_EXPENSES: Final = ("abroad", "vehicle", "vehicle_purchase", "vehicle_operation", "reception")
_NAMES: Final = (
    ("abroad", re.compile(r"因公出国")),
    ("vehicle", re.compile(r"公务用?车购置(?:费)?(?:及|和|与|、)|公务用?车(?:费用?|经费)$")),
    ("vehicle_purchase", re.compile(r"公务用?车购置|^购置费")),
    ("vehicle_operation", re.compile(r"公务用?车运行|^运行(?:维护)?费")),
    ("reception", re.compile(r"公务接待")),
    ("total", re.compile(r"^合计$|三公[”\"]?经费(?:支出)?(?:合计|总额)?$")),
)
_NUMBERING: Final = re.compile(
    r"^(?:其中[:：])?(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．]?)?(?:其中[:：])?"
)
_STAGES: Final = {"total": "", "budget": "budget", "final": "final", "previous_year": "previous", "initial": "initial",
                  "adjusted": "adjusted", "total_previous": "previous", "total_budget": "budget",
                  "total_final": "final"}  # fmt: skip
"""Columns of figures in a table that has a row for each expense -> their stage."""


class Expenses(NamedTuple):
    """The expenses of one row or column: ``stage`` is "", "budget", "final", "previous", "initial" or "adjusted"."""

    stage: str
    figures: dict[str, Figure]


def expenses(sheet: Sheet) -> Iterator[Expenses]:
    """The expenses of every stage, and of every body that has a row."""
    across: dict[str, dict[str, int]] = {}
    for key, at in sheet.keys.items():
        for expense in (*_EXPENSES, "total"):
            stage = key.removeprefix(expense).removeprefix("_")
            if key == expense or (key.startswith(f"{expense}_") and stage in _STAGES.values()):
                across.setdefault(stage, {})[expense] = at
    if any(expense in columns for columns in across.values() for expense in _EXPENSES):
        for row in range(len(sheet.table.rows)):
            for stage, columns in across.items():
                figures = {name: figure for name, at in columns.items() if (figure := sheet.at(row, at))}
                if len(figures) > 1:
                    yield Expenses(stage, figures)
        return
    yield from _down(sheet)


def _down(sheet: Sheet) -> Iterator[Expenses]:
    """A table with a row for each expense."""
    named: dict[str, int] = {}
    for index, row in enumerate(sheet.table.rows):
        name = _NUMBERING.sub("", normalise(row.name))
        expense = next((key for key, pattern in _NAMES if pattern.search(name)), None)
        if expense is not None:
            if expense in named:
                return  # several bodies below one another: which row belongs to which cannot be told
            named[expense] = index
    for key, at in sheet.keys.items():
        if key in _STAGES:
            figures = {name: figure for name, row in named.items() if (figure := sheet.at(row, at))}
            if len(figures) > 1:
                yield Expenses(_STAGES[key], figures)


def current(sheet: Sheet, *, is_final: bool) -> Expenses | None:
    """The expenses of the year that the document is about; ``None`` where several bodies have some each."""
    stages = ("final",) if is_final else ("", "budget")
    found = [one for one in expenses(sheet) if one.stage in stages]
    if not found and is_final:
        found = [one for one in expenses(sheet) if one.stage == ""]
    return found[0] if len(found) == 1 else None


def previous(sheet: Sheet) -> Expenses | None:
    """The expenses of the year before."""
    found = [one for one in expenses(sheet) if one.stage == "previous"]
    return found[0] if len(found) == 1 else None
