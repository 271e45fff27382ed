"""PRICE: what one costs against the standards on record, or those that a place has set in their stead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.remembered import remembered
from jiheng.auditing.sheets import sheets
from jiheng.auditing.thresholds import is_set, number
from jiheng.auditing.walk import Row, rows
from jiheng.budget import (
    BudgetDocument,
    Dimension,
    Money,
    Severity,
    TableKind,
    normalise,
    unit_factor,
)
from jiheng.standards.prices import Price, price_of
from jiheng.standards.regulations import regulation

_ASSETS, _CARS = "mof-assets-2016-27", "official-cars-2017"
_MEETINGS, _TRAINING, _TRAVEL = "mof-meetings-2016-214", "mof-training-2016-540", "mof-travel-2013-531"
_ONE: Final = re.compile(r"每(?:台|套|部|张|把|辆|个|组)|单价|单位成本|购置标准|配置标准|价格标准")
_A_DAY: Final = re.compile(r"每人每[天日]|每[天日]每人|人均每[天日]|人均日")
_LOCAL: Final = "；本地另有标准的，从其标准，并在审核设置的 prices 中写明"


class _Told(NamedTuple):
    """A price that a document states, in 元: where it stands, and for what."""

    price: Price
    yuan: Decimal
    path: str
    name: str
    related: tuple[str, ...]


@remembered
def _told(document: BudgetDocument) -> list[_Told]:
    """Every price in the document that a standard speaks of."""
    return [*_of_items(document), *_of_tables(document), *_of_indicators(document)]


def _of_items(document: BudgetDocument) -> Iterator[_Told]:
    for index, item in enumerate(document.procurement.items if document.procurement else ()):
        price = price_of(normalise(item.name)) if item.name else None
        each = Money.parse(item.price)
        if price is None or not price.is_thing or each is None:
            continue
        yuan = _in_yuan(Money.parse(item.quantity), each, Money.parse(item.total))
        if yuan is not None:
            path = f"procurement.items.{index}"
            yield _Told(price, yuan, f"{path}.price", item.name or "", (f"{path}.name",))


def _of_tables(document: BudgetDocument) -> Iterator[_Told]:
    for sheet in sheets(document):
        if sheet.table.kind is not TableKind.PROCUREMENT:
            continue
        for index, row in enumerate(sheet.table.rows):
            price = price_of(normalise(row.name)) if row.name else None
            each = sheet.figure(index, "price")
            if price is None or not price.is_thing or each is None:
                continue
            quantity, total = (sheet.figure(index, key) for key in ("quantity", "total"))
            yuan = _in_yuan(quantity.money if quantity else None, each.money, total.money if total else None)
            if yuan is not None:
                yield _Told(price, yuan, each.path, row.name or "", (f"{sheet.path}.rows.{index}.name",))


def _in_yuan(quantity: Money | None, each: Money, total: Money | None) -> Decimal | None:
    """A price in 元; ``None`` where quantity and amount do not tell whether it is in 元 or in the unit of the table."""
    if quantity is None or total is None or not quantity.number or not total:
        return None
    near = unit_factor(total.unit) / 100 * (abs(quantity.number) + 1)
    for yuan in (each.yuan, each.number):
        if abs(yuan * quantity.number - total.yuan) <= near:
            return yuan
    return None


def _of_indicators(document: BudgetDocument) -> Iterator[_Told]:
    for row in rows(document):
        value = row.indicator.value
        if value is None or value.dimension is not Dimension.MONEY or value.interval is None:
            continue
        price = price_of(normalise(row.name))
        most = value.interval.high
        if price is not None and most is not None and _is_for_one(price, row):
            name = row.indicator.level3 or price.name
            yield _Told(price, most, f"{row.path}.value", name, (f"{row.path}.level3",))


def _is_for_one(price: Price, row: Row) -> bool:
    """Whether the money of an indicator is for one of what the standard is about."""
    value = row.indicator.value
    unit = value.meaning.unit if value is not None else None
    per = [part for text in (unit.per if unit else ()) for part in re.split(r"[·.．]", text)]
    text = normalise(f"{row.indicator.level3 or ''}{row.indicator.description or ''}")
    if price.is_for_a_day:
        of_a_day = {"人", "天"} <= {"天" if part == "日" else part for part in per}
        return of_a_day or bool({"人天", "人日"} & set(per)) or _A_DAY.search(text) is not None
    if price.per:
        return bool(set(price.per) & set(per)) or any(f"每{one}" in text for one in price.per)
    return bool(per) or _ONE.search(text) is not None


def _above(document: BudgetDocument, basis: str) -> Iterator[Gap]:
    """The prices above their limits, of the standards of one paper; none where it was not in force."""
    if document.fiscal_year is not None and not regulation(basis).in_force(document.fiscal_year):
        return
    for told in _told(document):
        if told.price.basis != basis:
            continue
        limit = _limit(told.price, document)
        if told.yuan <= limit:
            continue
        yield Gap(
            path=told.path,
            message=f"“{told.name}”为 {_figure(told.yuan)} 元，高于{told.price.name}标准 {_figure(limit)} 元"
            f"{'（每人每天）' if told.price.is_for_a_day else ''}，高出 {_figure(told.yuan - limit)} 元",
            remedy=f"核对单价，或说明超标准的理由和批准文件{_LOCAL}",
            stated=_figure(told.yuan),
            computed=_figure(limit),
            difference=_figure(told.yuan - limit),
            unit="元",
            related=told.related,
        )


def _limit(price: Price, document: BudgetDocument) -> Decimal:
    """What a department has set, else the standard where the document is from."""
    if is_set("prices", price.name):
        return number("prices", price.name)
    return price.limit_in(document.division.code if document.division else None)


def _figure(yuan: Decimal) -> str:
    """ "5000", without zeros that say nothing."""
    return f"{yuan.normalize():f}"


@rule(
    "PRICE-001", title="办公设备家具单价不超过配置标准", severity=Severity.WARNING, basis=_ASSETS,
    article="价格上限", checks=("G19",),
)  # fmt: skip
def office_equipment_keeps_to_its_standard(document: BudgetDocument) -> Iterator[Gap]:
    """Computers, printers and furniture cost no more than the standard, in purchases and in indicators."""
    yield from _above(document, _ASSETS)


@rule(
    "PRICE-002", title="公务用车单价不超过配备标准", severity=Severity.WARNING, basis=_CARS, article="配备标准",
    checks=("G19",),
)  # fmt: skip
def a_car_keeps_to_its_standard(document: BudgetDocument) -> Iterator[Gap]:
    """An official car costs no more than the standard; special vehicles have standards of their own."""
    yield from _above(document, _CARS)


@rule(
    "PRICE-003", title="会议费不超过综合定额", severity=Severity.WARNING, basis=_MEETINGS, article="综合定额",
    checks=("G19",),
)  # fmt: skip
def a_meeting_keeps_to_its_standard(document: BudgetDocument) -> Iterator[Gap]:
    """A meeting costs no more a person and day than one of the third class."""
    yield from _above(document, _MEETINGS)


@rule(
    "PRICE-004", title="培训费、讲课费不超过标准", severity=Severity.WARNING, basis=_TRAINING, article="综合定额",
    checks=("G19",),
)  # fmt: skip
def training_keeps_to_its_standard(document: BudgetDocument) -> Iterator[Gap]:
    """Training costs no more a person and day than one of the third class, a lecture no more than the highest fee."""
    yield from _above(document, _TRAINING)


@rule(
    "PRICE-005", title="出差补助不超过标准", severity=Severity.WARNING, basis=_TRAVEL, article="补助标准",
    checks=("G19",),
)  # fmt: skip
def travel_allowances_keep_to_their_standard(document: BudgetDocument) -> Iterator[Gap]:
    """Meals and local transport on a journey cost no more a person and day than the allowance."""
    yield from _above(document, _TRAVEL)
