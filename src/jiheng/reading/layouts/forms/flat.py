"""One table for many projects: a row for each indicator, a project's own cells on its first row only."""

from __future__ import annotations

import re
from typing import Any, Final

from jiheng.budget import CodedName, Project, ProjectBudget, normalise
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.disclosure_tables.heads import is_column_numbers
from jiheng.reading.layouts.forms import headings, indicators
from jiheng.reading.layouts.forms.cells import figure, filled, lines_of, text_of
from jiheng.reading.layouts.forms.labels import bare, field_of, money_unit
from jiheng.reading.layouts.goals import strip_number
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2

_AMOUNT: Final = re.compile(r"(?:年度)?(?:预算|资金|金额|项目资金)(?:数|总额|金额|额)?|预算金额|申报金额")
_SUM: Final = re.compile(r"合计|小计|总计")


def project_columns(row: Row) -> dict[int, str] | None:
    """The columns of the projects in a heading that also names columns of indicators; ``None`` without them."""
    if not headings.is_heading(row):
        return None
    found: dict[int, str] = {}
    for cell in filled(row):
        field = field_of(cell.text)
        if field in ("name", "unit", "department", "body", "goals", "code", "overview"):
            found[cell.column] = {"body": "unit"}.get(field, field)
        elif _AMOUNT.fullmatch(bare(cell.text)):
            found[cell.column] = "amount"
    return found if "name" in found.values() else None


def read_flat(rows: list[Row], unit: str, ledger: Ledger) -> list[Project]:
    """The projects in a table whose first row is its heading."""
    columns = project_columns(rows[0]) or {}
    heading = headings.heading_at(rows, 0)
    if heading is None:
        return []
    heading.columns = [column for column in heading.columns if column.at not in columns]
    for row in rows[: heading.rows]:
        for label in filled(row):
            unit = money_unit(label.text) or unit
            ledger.furnish("表头", label)
    reader = indicators.BlockReader(heading, ledger)
    width = max([*columns, *(column.at for column in heading.columns)]) + 1
    drafts: list[dict[str, Any]] = []
    carried: dict[str, Any] = {}
    for row in rows[heading.rows :]:
        if is_column_numbers(row):
            ledger.furnish("栏次", *filled(row))
            continue
        shifted = _at_right(row, width, ledger)
        own = {
            field: cell
            for at, field in columns.items()
            if (cell := shifted.at(at)) is not None and text_of(cell)
        }
        if set(own) == {"name"} and len(filled(row)) == 1:
            # the body whose projects follow
            ledger.take(own["name"])
            carried["unit"] = own["name"]
            continue
        if own and ("name" in own or "amount" in own):
            name = text_of(own.get("name"))
            if _SUM.search(normalise(name or text_of(own.get("unit")))) or "name" not in own:
                ledger.furnish("合计行", *own.values())
                carried.update({field: cell for field, cell in own.items() if field == "unit"})
                continue
            reader = indicators.BlockReader(heading, ledger)
            drafts.append(_draft(own, carried, unit, shifted, ledger))
        if drafts:
            drafts[-1]["indicators"] += reader.read(shifted)
    return [Project(**draft) for draft in drafts]


def _at_right(row: Row, width: int, ledger: Ledger) -> Row:
    """A row that was cut short on its left because its project's cells are those above."""
    if not row.cells or any(cell.span > 1 for cell in row.cells):
        return row
    missing = width - (row.cells[-1].column + 1)
    begins = normalise(row.cells[0].text)
    if missing <= 0 or not (is_level1(begins) or is_level2(begins)):
        return row
    moved = tuple(Cell(cell.text, cell.place, cell.column + missing, 1, cell.rows) for cell in row.cells)
    ledger.stand_for(row.cells, moved)
    return Row(moved, row.place)


def _draft(
    own: dict[str, Cell], carried: dict[str, Any], unit: str, row: Row, ledger: Ledger
) -> dict[str, Any]:
    carried.update({field: cell for field, cell in own.items() if field in ("unit", "department")})
    ledger.take(*own.values())
    amount = figure(text_of(own.get("amount"))) if "amount" in own else None
    body = carried.get("unit") or carried.get("department")
    goals = [strip_number(line) for line in lines_of(own["goals"])] if "goals" in own else []
    return {
        "name": text_of(own["name"]),
        "code": text_of(own.get("code")) or None,
        "unit": CodedName(None, text_of(body)) if body is not None else None,
        "budget": ProjectBudget(total=amount, unit=unit, cells={"total": own["amount"].place})
        if amount
        else None,
        "purpose": text_of(own.get("overview")) or None,
        "goals": goals,
        "indicators": [],
        "place": row.place,
        "cells": {field: cell.place for field, cell in own.items() if field in ("name", "code", "unit")},
    }
