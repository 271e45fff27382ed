"""TBL: what single cells and codes of a disclosure table may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.sheets import Figure, Sheet, sheets
from jiheng.auditing.sides import is_carried
from jiheng.budget import BudgetDocument, Money, Severity, TableKind, normalise, unit_factor

_MAY_FALL: Final = frozenset({"change", "rate", "carried_over", "carried_forward", "quantity", "price"})
_CHANGES: Final = re.compile(r"增减|变动|差额|相比$")
"""A row of changes, below rows of amounts."""
_BY_FUNCTION: Final = (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC_EXPENDITURE, TableKind.GOVERNMENT_FUND)
_SIDES: Final = {"301": "operating", "303": "operating", "302": "personnel", "310": "personnel"}
"""类 of the economic classification -> the column in which it has no place."""
_COLUMNS: Final = {"personnel": "人员经费", "operating": "公用经费"}
_NOT_BASIC: Final = frozenset({"309", "311", "312", "313"})
"""资本性支出（基本建设）, 对企业补助 of both kinds, 对社会保障基金补助: 部门预算支出经济分类科目, from memory."""
_MOST_DETAILED: Final = 2
"""So many 类 in detail beside each that is not show that the table goes into detail; else it may be a part of one."""
_HALF: Final = Decimal("0.5")


@rule(
    "TBL-011", title="公开表的金额不为负数", severity=Severity.WARNING, basis="form-disclosure-tables", article="金额",
    checks=("D39",),
)  # fmt: skip
def an_amount_is_not_negative(document: BudgetDocument) -> Iterator[Gap]:
    """No income and no expenditure is negative; a change, a rate or what was carried over may be."""
    for sheet in sheets(document):
        for row, cells in enumerate(sheet.cells):
            for column, money in enumerate(cells):
                if money is None or money.number >= 0:
                    continue
                key = sheet.table.columns[column].key
                if key is None or key in _MAY_FALL or key.startswith(("change", "rate", "carried")):
                    continue
                figure = sheet.at(row, column)
                name = normalise(sheet.table.rows[row].name)
                if figure is not None and not is_carried(name) and not _CHANGES.search(name):
                    yield Gap(
                        path=figure.path,
                        message=f"{figure}，为负数",
                        remedy="核对金额；冲减以前年度的，在表下注明",
                        stated=money.text,
                        unit=money.unit,
                    )


@rule(
    "TBL-012", title="人员经费与公用经费按经济分类分列", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="经济分类", checks=("D37",),
)  # fmt: skip
def personnel_and_operating_funds_keep_to_their_classes(document: BudgetDocument) -> Iterator[Gap]:
    """301 and 303 stand under 人员经费, 302 and 310 under 公用经费; capital and subsidies to firms are no basic expenditure.

    A table by the classification of the government (501, 502 …) is one as a whole, or not at all.
    """
    for sheet in sheets(document):
        if sheet.table.kind is not TableKind.BASIC_EXPENDITURE:
            continue
        yield from _foreign_classes(sheet)
        for code, row in sheet.coded.items():
            wrong = _SIDES.get(code)
            figure = sheet.figure(row, wrong) if wrong is not None else None
            if wrong is not None and figure is not None and figure.money:
                yield Gap(
                    path=figure.path,
                    message=f"{figure}，{code} 类不属于{_COLUMNS[wrong]}",
                    remedy="按经济分类核对人员经费和公用经费两栏",
                    stated=figure.money.text,
                    unit=figure.money.unit,
                    related=(f"{sheet.path}.rows.{row}.code",),
                )


def _foreign_classes(sheet: Sheet) -> Iterator[Gap]:
    own = [code for code in sheet.coded if code.startswith("3")]
    for code, row in sheet.coded.items():
        is_other = code in _NOT_BASIC or (len(code) == 3 and code.startswith("5") and own)
        if is_other and any(sheet.cells[row]):
            yield Gap(
                path=f"{sheet.path}.rows.{row}.code",
                message=f"{sheet.name}列有{sheet.row_name(row)}，{code} 类"
                + (
                    "是政府预算经济分类，同表其他科目是部门预算经济分类"
                    if code.startswith("5")
                    else "不属于基本支出"
                ),
                remedy="按部门预算支出经济分类核对科目",
                stated=code,
            )


@rule(
    "TBL-013", title="功能分类列到项，基本支出经济分类列到款", severity=Severity.WARNING, basis="budget-law", article=46,
    checks=("D36",),
)  # fmt: skip
def expenditure_is_shown_in_full_detail(document: BudgetDocument) -> Iterator[Gap]:
    """A table by function goes down to the 项, basic expenditure to the 款, in every 类 that has money.

    Silent where no code was read.
    """
    for sheet in sheets(document):
        if sheet.table.kind in _BY_FUNCTION:
            wanted, level = 7, "项"
        elif sheet.table.kind is TableKind.BASIC_EXPENDITURE:
            wanted, level = 5, "款"
        else:
            continue
        codes = [row.code for row in sheet.table.rows if row.code]
        if not codes or sheet.is_empty:
            continue
        if any(len(code) >= wanted for code in codes):
            yield from _shallow_classes(sheet, codes, wanted, level)
            continue
        yield Gap(
            path=sheet.path,
            message=f"{sheet.name}只列到{codes[-1]}等 {max(map(len, codes))} 位编码的科目，没有列到{level}",
            remedy=f"按政府收支分类科目补列到{level}",
            stated=str(max(map(len, codes))),
            computed=str(wanted),
            related=tuple(f"{sheet.path}.rows.{row}.code" for row in sheet.coded.values()),
        )


def _shallow_classes(sheet: Sheet, codes: list[str], wanted: int, level: str) -> Iterator[Gap]:
    """The 类 of a table that goes down to ``level`` in others, and not in them."""
    detailed = {code[:3] for code in codes if len(code) >= wanted}
    shallow = [
        (code, row)
        for code, row in sheet.coded.items()
        if len(code) == 3 and code not in detailed and any(sheet.cells[row])
    ]
    if len(detailed) >= _MOST_DETAILED * len(shallow):
        for code, row in shallow:
            yield Gap(
                path=f"{sheet.path}.rows.{row}.code",
                message=f"{sheet.name}{sheet.row_name(row)}没有列到{level}，同表其他类列到{level}",
                remedy=f"按政府收支分类科目补列到{level}",
                stated=code,
                computed=str(wanted),
            )


@rule(
    "TBL-014", title="采购表每行数量乘单价等于金额", severity=Severity.ERROR, basis="form-disclosure", article="政府采购",
    checks=("D15",),
)  # fmt: skip
def a_purchase_costs_quantity_times_price(document: BudgetDocument) -> Iterator[Gap]:
    """In a table of purchases 合计 is 数量 times 单价, a price in 元 beside amounts in 万元 taken as such.

    What a rounded 单价 explains is only worth a look.
    """
    for sheet in sheets(document):
        if sheet.table.kind is not TableKind.PROCUREMENT:
            continue
        for row in range(len(sheet.table.rows)):
            quantity, price, total = (sheet.figure(row, key) for key in ("quantity", "price", "total"))
            if row != sheet.total_row and quantity is not None and price is not None and total is not None:
                yield from _product(quantity, price, total, sheet)


def _product(quantity: Figure, price: Figure, total: Figure, sheet: Sheet) -> Iterator[Gap]:
    count = quantity.money.number
    computed = price.money * count
    in_yuan = Money(computed.number, "元")
    lost = _half_of_last_place(price.money) * abs(count) + _half_of_last_place(total.money)
    difference = abs(total.money - computed)
    if (
        not difference
        or not total.money
        or abs(total.money.yuan - in_yuan.yuan) <= unit_factor(sheet.table.unit) / 100
    ):
        return
    yield Gap.of_money(
        total.path,
        total.money,
        computed,
        message=f"{count} × {price.money} = {computed}，与{total}相差 {difference}",
        remedy="核对数量、单价和合计",
        related=(quantity.path, price.path),
        severity=Severity.NOTICE if difference.number <= lost else None,
    )


def _half_of_last_place(money: Money) -> Decimal:
    return _HALF * Decimal(1).scaleb(int(money.number.as_tuple().exponent))
