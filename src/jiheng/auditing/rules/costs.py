"""COST: what the indicators promise costs against what is budgeted, by interval arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import msgspec

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.remembered import remembered
from jiheng.auditing.thresholds import number
from jiheng.auditing.walk import Row, rows_of, spelled_sum
from jiheng.budget import (
    BudgetDocument,
    Dimension,
    Interval,
    Money,
    Project,
    Severity,
    Unit,
    money_sum,
    normalise,
    plain,
)

_WAN = Decimal(10_000)
_YEARLY = re.compile(r"每年度?|年度|全年|每一年")
_UNIT_PRICE = re.compile(r"每|人均|户均|平均|单价|单位成本|日均|月均")
# 补助标准 may be for one or for all: neither multiplied nor held against the budget.
_EITHER = "标准"
_MONTHLY = re.compile(r"每个?月|月均|按月")
_QUARTERLY = re.compile(r"每个?季度?|季均")
_A_DAY = re.compile(r"日(?:均|污水)?(?:处理|供水|产|接待|排放|检测)")
_DAILY = re.compile(r"每[天日周]|日均|每个?工作日|每课时|每小时")
_PIECE = "块"
_PERSONS = frozenset({"人", "名", "位", "人次", "人数"})
# Paid for a part of the year only: how many months there are is not for us to guess.
_PART_OF_YEAR = re.compile(r"[\d一二三四五六七八九十两半]个月|采暖期|取暖|冬季|夏季|暑期|汛期|学期|试用期")
# What is saved is no spending; a contract or an investment may be paid over several years.
_SAVED = re.compile(r"节约|节省|节支|降低|减少|压减|审减|核减|结余")
_WHOLE_LIFE = re.compile(r"总投资|投资额|投资总|合同|概算|中标|总造价")
_NOT_FROM_BUDGET = ("社会成本指标", "生态环境成本指标")
_ROUGHLY = ("左右", "上下")


class _Cost(msgspec.Struct, frozen=True, dict=True):
    """A 成本指标 in money: its interval in 元."""

    row: Row
    interval: Interval
    unit: Unit | None

    @cached_property
    def text(self) -> str:
        """Name and description, by which unit prices are told from totals."""
        indicator = self.row.indicator
        return _YEARLY.sub("", normalise(f"{indicator.level3 or ''} {indicator.description or ''}"))

    @cached_property
    def is_unit_price(self) -> bool:
        """Whether the money is for one of something."""
        return bool(self.unit and self.unit.per) or _UNIT_PRICE.search(self.text) is not None

    @property
    def is_total(self) -> bool:
        """Whether the money is for the whole project."""
        return not self.is_unit_price and _EITHER not in self.text and not _SAVED.search(self.text)

    @property
    def is_rough(self) -> bool:
        """Whether it is only "about" so much."""
        value = self.row.indicator.value
        return value is not None and value.meaning.tail.startswith(_ROUGHLY)

    @property
    def is_exact(self) -> bool:
        """Whether it is a single amount, and not "about" that."""
        return self.interval.is_exact and not self.is_rough

    @cached_property
    def times_a_year(self) -> int | None:
        """How often it is paid in a year; ``None`` where the days or months that it is paid for are not known."""
        per = set(self.unit.per) if self.unit else set()
        if (
            _DAILY.search(self.text)
            or per & {"天", "日", "周", "课时", "小时"}
            or _PART_OF_YEAR.search(self.text)
        ):
            return None
        if _MONTHLY.search(self.text) or per & {"月", "人月"}:
            return 12
        return 4 if _QUARTERLY.search(self.text) or "季度" in per else 1

    @cached_property
    def measures(self) -> frozenset[str]:
        """What it is for one of ("份" in 每份党刊); two in 每次每人, none where the text does not say."""
        named = {
            _one_of(per)
            for per in (self.unit.per if self.unit else ())
            if per not in ("月", "年", "季度", "天", "日")
        }
        if "人均" in self.text:
            named.add("人")
        for match in re.finditer("每", self.text):
            after = self.text[match.end() : match.end() + 2]
            for size in (2, 1):
                unit = Unit.parse(after[:size]) if len(after) >= size else None
                if unit is not None and _counts(unit):
                    named.add(_counted(unit))
                    break
        return frozenset(named)


def _counts(unit: Unit) -> bool:
    """Whether a unit counts things; 块 does where it cannot be money (400 块 水表), though it may be 元 elsewhere."""
    return unit.dimension is Dimension.COUNT or unit.text == _PIECE


def _counted(unit: Unit) -> str:
    return _PIECE if unit.text == _PIECE else _one_of(unit.base)


def _one_of(measure: str) -> str:
    """人 for every word that counts people, so that 每名 and 元/人 are the same measure."""
    return "人" if measure in ("名", "位", "人数", "人月", "人年") else measure


@remembered
def _costs(path: str, project: Project) -> list[_Cost]:
    found = []
    for row in rows_of(path, project):
        value = row.indicator.value
        if value is None or "成本指标" not in (row.level1, row.level2) or row.level2 in _NOT_FROM_BUDGET:
            continue
        interval, unit = value.interval, value.meaning.unit
        if interval is None:
            continue
        if value.dimension is Dimension.MONEY or (unit is not None and unit.text == "万"):
            found.append(_Cost(row, interval, unit))
    return found


class _Quantity(NamedTuple):
    """A 数量指标 that counts things."""

    row: Row
    interval: Interval
    base: str

    @property
    def is_rate(self) -> bool:
        """Whether it is so many a day or a month, and not in the year."""
        value = self.row.indicator.value
        unit = value.meaning.unit if value is not None else None
        text = normalise(f"{self.row.indicator.level3 or ''}　{self.row.indicator.description or ''}")
        per = set(unit.per) if unit else set()
        return bool(per - {"年"}) or _DAILY.search(text) is not None or _A_DAY.search(text) is not None


def _quantities(path: str, project: Project) -> list[_Quantity]:
    found = []
    for row in rows_of(path, project):
        value = row.indicator.value
        if value is None or row.level2 != "数量指标":
            continue
        unit = value.meaning.unit
        if value.interval is not None and unit is not None and _counts(unit):
            found.append(_Quantity(row, value.interval, _PIECE if unit.text == _PIECE else unit.base))
    return found


class _Product(NamedTuple):
    """A multiplication that was believed in."""

    quantity: _Quantity
    price: _Cost
    times: int
    total: Interval
    is_certain: bool
    """The price names what it is for one of, and the quantity counts just that."""

    @property
    def spelled(self) -> str:
        """ "314 个 × 740 元 = 23.236 万元"."""
        value, price = self.quantity.row.indicator.value, self.price.row.indicator.value
        months = {1: "", 4: " × 4 个季度", 12: " × 12 个月"}[self.times]
        quantity = value.text if value else ""
        cost = price.text if price else ""
        return f"{quantity} × {cost}{months} = {_in_wan(self.total)} 万元"

    @property
    def spelled_at_most(self) -> str:
        """ "≥12 段、单价 ≤70000 元：按 12 段计最多 84 万元", where the price is an upper bound."""
        value, price = self.quantity.row.indicator.value, self.price.row.indicator.value
        least, highest = self.quantity.interval.low or Decimal(0), self.price.interval.high or Decimal(0)
        months = {1: "", 4: "、4 个季度", 12: "、12 个月"}[self.times]
        most = plain((least * highest * self.times / _WAN).normalize() + 0)
        return (
            f"数量“{value.text if value else ''}”、单价“{price.text if price else ''}”：按数量 {plain(least.normalize() + 0)}{months}、"
            f"单价用足上限计为 {most} 万元"
        )


def _in_wan(interval: Interval) -> str:
    return str(interval.scaled(1 / _WAN))


def _product(path: str, project: Project) -> _Product | None:
    """The one multiplication that the indicators of a project leave no doubt about, else ``None``."""
    costs = _costs(path, project)
    prices = [cost for cost in costs if cost.is_unit_price]
    quantities = _quantities(path, project)
    pairs = [
        (quantity, price, bool(price.measures))
        for price in prices
        for quantity in quantities
        if _belong(quantity, price, alone=len(quantities) == 1)
    ]
    if len(prices) != 1 or len(pairs) != 1:
        return None
    quantity, price, is_certain = pairs[0]
    times = price.times_a_year
    if times is None or quantity.is_rate or (times > 1 and quantity.base == "人次"):
        return None  # 2400 人次 at a price a month: the months may be counted in the 人次 already
    total = (quantity.interval * price.interval).scaled(Decimal(times))
    return _Product(quantity, price, times, total, is_certain)


@remembered
def _products(document: BudgetDocument) -> list[tuple[str, Project, _Product | None]]:
    """Every project with its multiplication."""
    return [(path, project, _product(path, project)) for path, project in document.goal_tables()]


def _belong(quantity: _Quantity, price: _Cost, *, alone: bool) -> bool:
    if len(price.measures) > 1:
        return False  # 每次每人: one quantity is not enough
    measure = next(iter(price.measures), None)
    if measure is None:
        return alone
    if measure == quantity.base or {measure, quantity.base} <= _PERSONS:
        return True
    # 每个老干部 beside 30 人: 个 counts anything when there is but one thing to count
    return alone and "个" in (measure, quantity.base) and bool({measure, quantity.base} & (_PERSONS | {"个"}))


@rule(
    "COST-001", title="数量乘单价不超过预算数", severity=Severity.WARNING, basis="mof-2015-88", article="适当性",
    checks=("G19",),
)  # fmt: skip
def quantity_times_price_fits_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """The quantity times its unit price does not exceed the project's budget.

    Bounds multiply as bounds: ≥1300 人 × 350 元 is at least 45.5 万元. Silent when the indicators do not
    leave exactly one multiplication. Over twice the budget is an error where the price names what it is for
    one of; more than a tenth above is a warning.
    """
    for path, project, product in _products(document):
        budget = project.budget.money("total") if project.budget else None
        if budget is None or not budget or product is None or product.total.low is None:
            continue
        computed = Money.of_yuan(product.total.low, budget.unit)
        if computed.yuan <= budget.yuan * number("costs", "warn_above"):
            continue
        is_error = product.is_certain and computed.yuan > budget.yuan * number("costs", "error_above")
        yield Gap.of_money(
            f"{path}.budget.total",
            budget,
            computed,
            message=f"{product.spelled}，而预算数为 {budget}，相差 {abs(computed - budget)}",
            remedy="核对数量、单价和预算数；另有资金来源或只支付一部分的，应在资金用途中写明",
            related=(f"{product.quantity.row.path}.value", f"{product.price.row.path}.value"),
            severity=Severity.ERROR if is_error else None,
        )


@rule(
    "COST-007", title="单价上限与预算数相称", severity=Severity.WARNING, basis="mof-2015-88", article="适当性",
    checks=("G19",),
)  # fmt: skip
def a_ceiling_price_binds(document: BudgetDocument) -> Iterator[Gap]:
    """An upper bound of a unit price, times the least quantity, is not ten times the budget.

    It is for the dearest piece and need not be reached, so the budget may well do; but such a bound holds nothing down.
    """
    for path, project, product in _products(document):
        budget = project.budget.money("total") if project.budget else None
        if budget is None or not budget or product is None or not product.is_certain:
            continue
        quantity, price = product.quantity.interval.low, product.price.interval
        if product.total.low is not None or not quantity or price.low is not None or price.high is None:
            continue
        computed = Money.of_yuan(quantity * price.high * product.times, budget.unit)
        if computed.yuan <= budget.yuan * number("costs", "ceiling_above"):
            continue
        average = Money.of_yuan(budget.yuan / (quantity * product.times)).yuan.quantize(Decimal(1))
        yield Gap.of_money(
            f"{product.price.row.path}.value",
            budget,
            computed,
            message=f"{product.spelled_at_most}，是预算数 {budget}的 {plain((computed.yuan / budget.yuan).quantize(Decimal('0.1')))} 倍；"
            f"预算平均只有 {plain(average)} 元，单价上限不起控制作用",
            remedy="按测算的单价填写上限，或核对数量、单价单位和预算数",
            related=(f"{product.quantity.row.path}.value", f"{path}.budget.total"),
        )


@rule(
    "COST-002", title="总成本指标不超过预算数", severity=Severity.ERROR, basis="mof-2015-88", article="适当性",
    checks=("G20",),
)  # fmt: skip
def a_total_cost_is_within_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """A 成本指标 for the whole project does not allow more than the budget.

    A contract or a total investment may be paid over several years, so it is only asked about.
    """
    for path, project in document.goal_tables():
        budget = project.budget.money("total") if project.budget else None
        if budget is None or not budget:
            continue
        for cost in _costs(path, project):
            highest = cost.interval.high
            if not cost.is_total or highest is None or highest <= budget.yuan:
                continue
            computed = Money.of_yuan(highest, budget.unit)
            value = cost.row.indicator.value
            yield Gap.of_money(
                f"{cost.row.path}.value",
                computed,
                budget,
                message=f"成本指标{cost.row.label}为“{value.text if value else ''}”，超过预算数 {budget}，"
                f"相差 {computed - budget}",
                remedy="成本指标应不高于预算数，核对两处；分年支付的，写明本年支付数",
                related=(f"{path}.budget.total",),
                severity=Severity.WARNING if _WHOLE_LIFE.search(cost.text) else None,
            )


@rule(
    "COST-003", title="成本指标合计与预算数一致", severity=Severity.WARNING, basis="mof-2015-88", article="适当性",
    checks=("G20",),
)  # fmt: skip
def exact_total_costs_make_up_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """Where all costs are exact totals they add up to the budget; more than it is left to COST-002."""
    for path, project in document.goal_tables():
        budget = project.budget.money("total") if project.budget else None
        costs = _costs(path, project)
        if budget is None or not budget or not costs:
            continue
        if any(not cost.is_total or not cost.is_exact for cost in costs):
            continue
        parts = [Money.of_yuan(cost.interval.low or Decimal(0), budget.unit) for cost in costs]
        computed = money_sum(parts, budget.unit)
        if computed == budget or any(part > budget for part in parts):
            continue
        yield Gap.of_money(
            f"{path}.budget.total",
            budget,
            computed,
            message=f"成本指标合计 {spelled_sum(parts)} = {computed}，与预算数 {budget}相差 {abs(budget - computed)}",
            remedy="核对成本指标和预算数；成本指标只含一部分的，应补全或写明",
            related=tuple(f"{cost.row.path}.value" for cost in costs),
        )


@rule(
    "COST-004", title="数量乘单价说明预算的主要部分", severity=Severity.WARNING, basis="mof-2015-88", article="适当性",
    checks=("G19",),
)  # fmt: skip
def quantity_times_price_explains_the_budget(document: BudgetDocument) -> Iterator[Gap]:
    """A quantity times a price, the project's only cost, explains most of the budget; upper bounds count in full."""
    for path, project, product in _products(document):
        budget = project.budget.money("total") if project.budget else None
        if budget is None or not budget or product is None or not product.is_certain:
            continue
        highest = product.total.high
        if not highest or product.price.is_rough or len(_costs(path, project)) > 1:
            continue
        computed = Money.of_yuan(highest, budget.unit)
        if computed.yuan >= budget.yuan * number("costs", "explains_at_least"):
            continue
        share = (computed.yuan * 100 / budget.yuan).quantize(Decimal("0.1"))
        most = "" if product.total.is_exact else "最多"
        yield Gap.of_money(
            f"{path}.budget.total",
            budget,
            computed,
            message=f"{product.spelled}，{most}只占预算数 {budget}的 {plain(share)}%，其余 {budget - computed}没有指标说明",
            remedy="核对数量、单价和预算数，或补设说明其余资金的成本指标",
            related=(f"{product.quantity.row.path}.value", f"{product.price.row.path}.value"),
        )
