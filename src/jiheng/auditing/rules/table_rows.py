"""TBL: the rows of a disclosure table, whatever their amounts: none twice, none missing between two levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.sheets import Sheet, sheets
from jiheng.budget import BudgetDocument, Severity, TableRow, normalise

_FEW: Final = 4
"""Where more than one row of so many stands twice, the table lists several bodies, each with its own rows."""
_LEVELS: Final = {5: "类", 7: "款"}
"""What stands above a code of so many digits."""


@rule(
    "TBL-021", title="同一科目在一张表中只列一次", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="各栏", checks=("D35",),
)  # fmt: skip
def a_row_stands_once(document: BudgetDocument) -> Iterator[Gap]:
    """No row of a classification stands twice in one table with the same amounts; silent for tables of several bodies."""
    for sheet in sheets(document):
        seen: dict[tuple[object, ...], int] = {}
        twice = []
        for index, row in enumerate(sheet.table.rows):
            if row.code and any(sheet.cells[index]):
                first = seen.setdefault(_content(row), index)
                if first != index:
                    twice.append((first, index))
        if len(twice) * _FEW <= len(sheet.table.rows):
            yield from (_doubled(sheet, first, index) for first, index in twice)


def _content(row: TableRow) -> tuple[object, ...]:
    return (row.code, normalise(row.name), row.side, row.unit, *row.values)


def _doubled(sheet: Sheet, first: int, index: int) -> Gap:
    row = sheet.table.rows[index]
    return Gap(
        path=f"{sheet.path}.rows.{index}.code",
        message=f"{sheet.name}中{sheet.row_name(index)}列了两次，各栏金额相同（第 {first + 1} 行和第 {index + 1} 行）",
        remedy="删去重列的一行，并核对合计",
        stated=row.code,
        related=(f"{sheet.path}.rows.{first}.code",),
    )


@rule(
    "TBL-022", title="公开表的年度与预算年度一致", severity=Severity.WARNING, basis="budget-law", article=18,
    checks=("D28",),
)  # fmt: skip
def a_table_is_of_the_document_s_year(document: BudgetDocument) -> Iterator[Gap]:
    """The year above a table is the document's; silent where the document's own year is not known."""
    for index, table in enumerate(document.tables):
        if table.fiscal_year is None or document.fiscal_year in (None, table.fiscal_year):
            continue
        yield Gap(
            path=f"tables.{index}.fiscal_year",
            message=f"《{table.title or f'第 {index + 1} 张表'}》写的是 {table.fiscal_year} 年，"
            f"文件是 {document.fiscal_year} 年的",
            remedy="核对表头的年度，以及表中是否为该年的数字",
            stated=str(table.fiscal_year),
            computed=str(document.fiscal_year),
            related=("fiscal_year",),
        )


@rule(
    "TBL-023", title="上级科目不缺行", severity=Severity.WARNING, basis="form-disclosure-tables", article="各栏",
    checks=("D35", "D36"),
)  # fmt: skip
def no_level_is_missing_above_a_row(document: BudgetDocument) -> Iterator[Gap]:
    """Where a table prints the 类 and 款 above most of its rows, it prints them above all."""
    for sheet in sheets(document):
        codes = set(sheet.coded)
        lengths = Counter(len(code) for code in codes)
        for code, index in sheet.coded.items():
            above = code[:-2]
            # another code of the same length has its own above it: the level is one that this table prints
            if len(code) not in _LEVELS or not lengths[len(above)] or above in codes:
                continue
            yield Gap(
                path=f"{sheet.path}.rows.{index}.code",
                message=f"{sheet.name}列有{sheet.row_name(index)}，没有它上面的{_LEVELS[len(code)]} {above}，"
                f"而同表列有 {lengths[len(above)]} 个{_LEVELS[len(code)]}",
                remedy=f"补列科目 {above}，或核对科目编码",
                stated=code,
                related=(f"{sheet.path}.rows",),
            )
