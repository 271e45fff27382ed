"""COST: the rows in which a declaration works out its money (支出明细, 预算成本构成)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.walk import spelled_sum
from jiheng.budget import BudgetDocument, Money, Project, Severity, money_sum, normalise

_PAIR: Final = re.compile(r"(?:^|；)([^：；]{1,20})：([^；]*)")
_HEADED: Final = re.compile(r"^(.*?)(?:[(（](元|千元|万元|亿元)[)）])?$")
_TOTAL: Final = frozenset({"合计", "总计", "小计"})
_NUMBER: Final = re.compile(r"^\d[\d,]*(?:\.\d+)?$")
_PRODUCT: Final = frozenset({"数量", "单价"})
_AMOUNT: Final = ("金额", "小计")
_NO_FACTOR: Final = re.compile(r"序号|执行数|年|单位")
"""Columns of numbers that do not go into the product: any other (次数, 天数, 标准) might."""


class _Row(NamedTuple):
    """A row of the breakdown: its path, its name, and what stands under each heading."""

    path: str
    name: str
    cells: dict[str, str]
    units: dict[str, str]

    def money(self, head: str, unit: str) -> Money | None:
        """The amount under a heading, in the unit that it names."""
        return Money.parse(self.cells.get(head), self.units.get(head) or unit)


def _rows(path: str, project: Project) -> list[_Row]:
    found = []
    for index, statement in enumerate(project.statements):
        if statement.topic != "calculation" or "：" not in (statement.text or ""):
            continue
        cells, units = {}, {}
        for heading, value in _PAIR.findall(statement.text or ""):
            match = _HEADED.match(normalise(heading))
            if match is not None:
                cells[match[1]] = value.strip()
                if match[2]:
                    units[match[1]] = match[2]
        found.append(_Row(f"{path}.statements.{index}.text", normalise(statement.label), cells, units))
    return found


@rule(
    "COST-005", title="支出明细的金额等于数量乘单价", severity=Severity.ERROR, basis="mof-2015-88", article="适当性",
    checks=("M01", "G19"),
)  # fmt: skip
def a_row_of_the_breakdown_costs_quantity_times_price(document: BudgetDocument) -> Iterator[Gap]:
    """Where a row states 数量, 单价 and 金额 and no other factor, the amount is the product, a rounded price aside."""
    for path, project in document.goal_tables():
        unit = project.budget.unit if project.budget else "万元"
        for row in _rows(path, project):
            head = next((name for name in _AMOUNT if name in row.cells), None)
            if head is None or not row.cells.keys() >= _PRODUCT or _has_factor(row):
                continue
            quantity, price, amount = (
                Money.parse(row.cells["数量"]), row.money("单价", unit), row.money(head, unit),
            )  # fmt: skip
            if quantity is None or price is None or amount is None:
                continue
            computed = price * quantity.number
            if abs(computed.yuan - amount.yuan) <= quantity.number * _half(price) + _half(amount):
                continue
            yield Gap.of_money(
                row.path,
                amount,
                computed,
                message=f"“{row.name}”{quantity.text} × {price.text} {price.unit} = {computed}，"
                f"与金额 {amount}相差 {abs(amount - computed.to(amount.unit))}",
                remedy="核对数量、单价和金额",
            )


def _has_factor(row: _Row) -> bool:
    return any(
        _NUMBER.match(value) and head not in _PRODUCT and head not in _AMOUNT and not _NO_FACTOR.search(head)
        for head, value in row.cells.items()
    )


def _half(money: Money) -> Decimal:
    """Half of the last place that is printed, in 元."""
    return Money(Decimal(5).scaleb(int(money.number.as_tuple().exponent) - 1), money.unit).yuan


@rule(
    "COST-006", title="支出明细的合计等于各行之和", severity=Severity.ERROR, basis="mof-2015-88", article="适当性",
    checks=("M01",),
)  # fmt: skip
def the_breakdown_adds_up(document: BudgetDocument) -> Iterator[Gap]:
    """In every column of amounts the row 合计 of a breakdown is the sum of its rows."""
    for path, project in document.goal_tables():
        rows = _rows(path, project)
        totals = [row for row in rows if row.name in _TOTAL]
        parts = [row for row in rows if row.name not in _TOTAL]
        if len(totals) != 1 or len(parts) < 2 or rows[-1] is not totals[0]:
            continue
        unit = project.budget.unit if project.budget else "万元"
        for head in totals[0].cells:
            if head in _AMOUNT or head.endswith("执行数"):
                yield from _column(totals[0], parts, head, unit)


def _column(total: _Row, parts: Sequence[_Row], head: str, unit: str) -> Iterator[Gap]:
    stated = total.money(head, unit)
    known = [money for row in parts if (money := row.money(head, unit)) is not None]
    if stated is None or len(known) < len(parts):
        return
    computed = money_sum(known, stated.unit)
    if abs(computed.yuan - stated.yuan) <= sum(map(_half, known)):
        return
    yield Gap.of_money(
        total.path,
        stated,
        computed,
        message=f"支出明细“{head}”各行合计 {spelled_sum(known)} = {computed}，与合计行 {stated}相差 {abs(stated - computed)}",
        remedy="核对各行的金额和合计",
        related=tuple(row.path for row in parts),
    )
