"""Procurement, assets and disclosure tables, apart from their figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, at, changed, doubled, mutation, paths, put, without
from jiheng.budget import BudgetDocument, TableKind

_ADDED = frozenset(
    {
        TableKind.REVENUE_EXPENDITURE, TableKind.REVENUE, TableKind.EXPENDITURE, TableKind.FISCAL_REVENUE_EXPENDITURE,
        TableKind.GENERAL_PUBLIC_EXPENDITURE, TableKind.BASIC_EXPENDITURE,
    }
)  # fmt: skip
"""Tables with a total of their rows."""


@mutation("采购漏行", "PROC")
def procurement_item_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The sentence and the total still count it."""
    for path in paths(document, "procurement.items.*"):
        yield without(document, path)


@mutation("采购重行", "PROC")
def procurement_item_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The sentence and the total count it once."""
    for path in paths(document, "procurement.items.*"):
        yield doubled(document, path)


@mutation("采购目录序号不合形式", "PROC")
def catalogue_code_broken(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A letter lost."""
    for path in paths(document, "procurement.items.*.catalog_code"):
        yield changed(document, path, at(document, path)[1:])


@mutation("采购目录序号不存在", "PROC")
def catalogue_code_unknown(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Digits of no entry, from the edition that is known in full."""
    for path in paths(document, "procurement.items.*.catalog_code"):
        if document.fiscal_year and document.fiscal_year >= 2023:
            yield changed(document, path, at(document, path)[:5] + "9797")


@mutation("采购目录序号是别的品目", "PROC")
def catalogue_code_of_another(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The code of a desktop computer beside furniture."""
    for path in paths(document, "procurement.items.*.catalog_code"):
        if document.fiscal_year and document.fiscal_year >= 2023:
            yield changed(document, path, "A02010105")


@mutation("资产截止日期写错", "AST")
def assets_of_another_date(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A year too early."""
    if document.assets and document.assets.as_of and document.fiscal_year:
        yield changed(document, "assets.as_of", f"{document.fiscal_year - 2}-12-31")


@mutation("资产漏行", "AST")
def asset_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The total still counts it; a row without a value adds nothing."""
    for path in paths(document, "assets.items.*"):
        if Decimal(at(document, f"{path}.value") or 0):
            yield without(document, path)


@mutation("其中项大于总项", "AST")
def asset_part_too_large(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """Area or value of the offices exceeds that of the buildings."""
    for field in ("quantity", "value"):
        for path in paths(document, f"assets.items.*.of_which.*.{field}"):
            whole = at(document, f"{path.rpartition('.of_which')[0]}.{field}")
            if whole:
                yield changed(document, path, str(Decimal(whole) * 2 + 1))


@mutation("大型设备台数多写一位", "AST")
def device_count(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """So many devices of 20 万元 would be worth more than is stated."""
    for path in paths(document, "assets.items.*.quantity"):
        row = at(document, path.rpartition(".")[0])
        if "20万元以上" in (row.name or "") and Decimal(row.quantity) * 200 > Decimal(row.value or 0):
            yield changed(document, path, f"{row.quantity}0")


@mutation("公开表漏行", "TBL")
def table_row_dropped(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A row with an amount, of a table with totals; a table without rows below it has nothing to miss."""
    for index, table in enumerate(document.tables):
        if table.kind in _ADDED and len(table.rows) > 3:
            for number, row in enumerate(table.rows):
                if any((value or "0").strip("0.") for value in row.values):
                    yield without(document, f"tables.{index}.rows.{number}")


@mutation("公开表重行", "TBL")
def table_row_doubled(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """A class of a classification stands twice."""
    for index, table in enumerate(document.tables):
        for number, row in enumerate(table.rows):
            if table.kind in _ADDED and row.code and any((value or "0").strip("0.") for value in row.values):
                yield doubled(document, f"tables.{index}.rows.{number}")


@mutation("公开表功能科目编码写错", "TBL")
def table_code(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The first digits of an item are those of another class."""
    for path in paths(document, "tables.*.rows.*.code"):
        code = at(document, path)
        table = at(document, path.partition(".rows")[0])
        if table.kind in _ADDED and code.isdigit() and len(code) == 7:
            row = path.rpartition(".")[0]
            yield Change(put(document, path, "229" + code[3:]), (row,), f"{code} → 229{code[3:]}")


@mutation("公开表单位写错", "TBL")
def table_unit(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """元 above one table while the others have 万元."""
    for index, table in enumerate(document.tables):
        has_amounts = any((value or "0").strip("0.") for row in table.rows for value in row.values)
        if table.kind in _ADDED and table.unit == "万元" and has_amounts:
            yield Change(put(document, f"tables.{index}.unit", "元"), (f"tables.{index}",), "万元 → 元")


@mutation("公开表年度写错", "TBL")
def table_year(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
    """The heading of one table is last year's."""
    for path in paths(document, "tables.*.title"):
        if document.fiscal_year:
            yield Change(
                changed(document, path.replace("title", "fiscal_year"), document.fiscal_year - 1).document,
                (path.rpartition(".")[0],), f"fiscal year {document.fiscal_year - 1}",
            )  # fmt: skip
