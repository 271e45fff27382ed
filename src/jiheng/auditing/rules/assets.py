"""AST: the table of fixed assets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import provincial_text
from jiheng.auditing.thresholds import number
from jiheng.auditing.walk import spelled_sum
from jiheng.budget import Asset, BudgetDocument, Money, Severity, money_sum, normalise

_ROWS: Final = 3
"""With fewer rows the table was not read whole, nor perhaps the line above it."""
_VEHICLES: Final = re.compile(r"车辆|用车|车改|公车|租车|执法车|特种车")


@rule(
    "AST-001", title="资产总额等于各类资产之和", severity=Severity.ERROR, basis="form-disclosure", article="国有资产",
    checks=("D22",),
)  # fmt: skip
def assets_are_the_sum_of_their_kinds(document: BudgetDocument) -> Iterator[Gap]:
    """资产总额 of the table equals the values of its rows; silent when a row's value is empty."""
    held = document.assets
    if held is None or not held.items:
        return
    stated = Money.parse(held.table_total)
    values = [Money.parse(item.value) for item in held.items]
    known = [value for value in values if value is not None]
    if stated is None or len(known) < len(values) or stated == money_sum(known):
        return
    computed = money_sum(known)
    yield Gap.of_money(
        "assets.table_total",
        stated,
        computed,
        message=f"各类资产合计 {spelled_sum(known)} = {computed}，与资产总额 {stated}相差 {abs(stated - computed)}",
        remedy="核对各类资产的价值和总额",
        is_mechanical=True,
        related=tuple(f"assets.items.{index}.value" for index in range(len(values))),
    )


@rule(
    "AST-002", title="文中的资产金额与表一致", severity=Severity.ERROR, basis="form-disclosure", article="国有资产",
    checks=("D22",),
)  # fmt: skip
def the_sentence_states_the_table_s_total(document: BudgetDocument) -> Iterator[Gap]:
    """The amount in the sentence equals 资产总额 in the table."""
    held = document.assets
    stated, computed = (Money.parse(held.total), Money.parse(held.table_total)) if held else (None, None)
    if stated is not None and computed is not None and stated != computed:
        yield Gap.of_money(
            "assets.total",
            stated,
            computed,
            message=f"文中写固定资产 {stated}，表中资产总额 {computed}，相差 {abs(stated - computed)}",
            remedy="核对两处后改为同一数字",
            is_mechanical=True,
            related=("assets.table_total",),
        )


@rule(
    "AST-003", title="“其中”项不大于所属的项", severity=Severity.ERROR, basis="form-disclosure", article="国有资产",
    checks=("D23",),
)  # fmt: skip
def a_part_is_not_more_than_its_whole(document: BudgetDocument) -> Iterator[Gap]:
    """办公用房 is not more than 房屋, in area and in value."""
    for index, item in enumerate(document.assets.items if document.assets else ()):
        for inner, part in enumerate(item.of_which):
            for field, what in (("quantity", "数量"), ("value", "价值")):
                whole, piece = Money.parse(getattr(item, field)), Money.parse(getattr(part, field))
                if whole is not None and piece is not None and piece > whole:
                    yield Gap(
                        path=f"assets.items.{index}.of_which.{inner}.{field}",
                        message=f"其中“{part.name}”的{what} {piece.text}，大于“{item.name}”的{what} {whole.text}",
                        remedy="核对两行的数字",
                        stated=piece.text,
                        computed=whole.text,
                        difference=(piece - whole).text,
                        related=(f"assets.items.{index}.{field}",),
                    )


@rule(
    "AST-004", title="资产截止时间为上年末", severity=Severity.ERROR, basis="form-disclosure", article="国有资产",
    checks=("D25",),
)  # fmt: skip
def assets_are_as_of_the_end_of_last_year(document: BudgetDocument) -> Iterator[Gap]:
    """The table's date is 31 December of the year before the budget year; the table of the laid down form has one."""
    if document.assets is None or document.fiscal_year is None:
        return
    expected = f"{document.fiscal_year - 1}-12-31"
    if document.assets.as_of is None:
        if len(document.assets.items) >= _ROWS and provincial_text(document):
            yield Gap(
                path="assets.as_of",
                message=f"资产表没有用阿拉伯数字写明截止时间，{document.fiscal_year} 年预算应为 {expected}",
                remedy="补写截止时间，并核对表中数字是否为该日的数字",
                computed=expected,
                severity=Severity.WARNING,
            )
        return
    if document.assets.as_of != expected:
        yield Gap(
            path="assets.as_of",
            message=f"资产表截止时间为 {document.assets.as_of}，{document.fiscal_year} 年预算应为 {expected}",
            remedy="更正截止时间，并核对表中数字是否为该日的数字",
            stated=document.assets.as_of,
            computed=expected,
        )


@rule(
    "AST-005", title="大型设备的价值不低于台数乘 20 万元", severity=Severity.WARNING, basis="form-disclosure",
    article="国有资产", checks=("D24",),
)  # fmt: skip
def large_devices_are_worth_what_their_heading_says(document: BudgetDocument) -> Iterator[Gap]:
    """Devices of 20 万元 and more each are together worth at least 20 万元 times their number.

    Nor has what is counted a value without a number, or vehicles a number without a value.
    """
    price = Money(number("assets", "device_price"))
    for index, item in enumerate(document.assets.items if document.assets else ()):
        yield from _nothing_beside_something(index, item)
        if "20万元以上" not in normalise(item.name):
            continue
        count, value = Money.parse(item.quantity), Money.parse(item.value)
        if count is None or value is None or value >= price * count.number:
            continue
        least = price * count.number
        yield Gap.of_money(
            f"assets.items.{index}.value",
            value,
            least,
            message=f"单价 20 万元以上的设备 {count.text} 台，价值至少 {least}，表中为 {value}",
            remedy="核对台数和价值；所列为净值的，应在表下注明",
            related=(f"assets.items.{index}.quantity",),
        )


def _nothing_beside_something(index: int, item: Asset) -> Iterator[Gap]:
    name = normalise(item.name)
    is_vehicle = name.startswith("车辆")
    if not is_vehicle and not name.startswith("房屋") and "20万元以上" not in name:
        return
    count, value = Money.parse(item.quantity), Money.parse(item.value)
    if count is None or value is None or bool(count) == bool(value) or (count and not is_vehicle):
        return
    yield Gap(
        path=f"assets.items.{index}.{'quantity' if value else 'value'}",
        message=f"“{item.name}”数量 {count.text}，价值 {value}",
        remedy="核对数量和价值；账面价值确为 0 的，应在表下注明",
        stated=count.text if value else value.text,
        related=(f"assets.items.{index}.{'value' if value else 'quantity'}",),
    )


@rule(
    "AST-006", title="有车辆的应有运行费或说明", severity=Severity.NOTICE, basis="form-disclosure",
    article="三公经费", checks=("D14",),
)  # fmt: skip
def vehicles_and_their_running_cost_go_together(document: BudgetDocument) -> Iterator[Gap]:
    """公务用车运行维护费 without a vehicle in the table of assets is asked about, and vehicles without any such cost.

    The second is silent where a text says something of vehicles.
    """
    cost = Money.parse(document.three_public.vehicle_operation) if document.three_public else None
    if cost is None or document.assets is None:
        return
    for index, item in enumerate(document.assets.items):
        count = Money.parse(item.quantity)
        if not normalise(item.name).startswith("车辆") or count is None or bool(count) == bool(cost):
            continue
        if count and not _tells_of_vehicles(document):
            yield Gap(
                path="three_public.vehicle_operation",
                message=f"资产表中有车辆 {count.text} 辆，没有安排公务用车运行维护费，也没有说明",
                remedy="核对车辆数和运行费；车辆不属公务用车或者费用列在其他科目的，应说明",
                stated=cost.text,
                unit=cost.unit,
                related=(f"assets.items.{index}.quantity",),
            )
        if not count:
            yield Gap(
                path=f"assets.items.{index}.quantity",
                message=f"资产表中没有车辆，而公务用车运行维护费安排 {cost}",
                remedy="核对车辆数；租用或借用车辆的，应说明",
                stated=count.text,
                related=("three_public.vehicle_operation",),
            )


def _tells_of_vehicles(document: BudgetDocument) -> bool:
    told = [remark.text for remark in document.remarks]
    told += [document.other_matters or "", (document.three_public and document.three_public.reasons) or ""]
    return any(_VEHICLES.search(text) for text in told)
