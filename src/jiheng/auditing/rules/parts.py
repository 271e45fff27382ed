"""TOLD: what a disclosure tells within one sentence: sums, and the names of the classification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.rules.told import items
from jiheng.auditing.sentences import FIGURE, money_of, sentences
from jiheng.auditing.sheets import only_books
from jiheng.auditing.sides import bare
from jiheng.auditing.walk import amounts, spelled_sum
from jiheng.budget import BudgetDocument, Money, Severity, TableKind, money_sum

_BOUGHT: Final = re.compile(
    rf"政府采购(?:预算|支出|金额|项目)*(?:总额|合计|共计)?(?:为|是|:|安排|支出)*{FIGURE},其中:?([^。]+)"
)
_KINDS: Final = re.compile(rf"(货物|工程|服务)(?:类|预算|支出|采购|项目|金额)*(?:总额)?(?:为|:)?{FIGURE}")
_RESERVED: Final = re.compile(rf"中小企业[^。;\d]{{0,24}}?{FIGURE}")
_SMALLEST: Final = re.compile(rf"小(?:型和)?微(?:型)?企业[^。;\d]{{0,24}}?{FIGURE}")
_VEHICLES: Final = re.compile(r"车辆(?:共计|合计|共有|共)?(\d+)辆[,:]?其中:?([^。;]*)")
_NUMBER: Final = re.compile(r"(\d+)辆")
_VEHICLE_SUM: Final = re.compile(
    rf"公务用车购置(?:费)?(?:及|和|与)运行(?:维护)?费?(?:支出)?(?:预算|决算)?(?:支出)?(?:数)?(?:为|是|:)?{FIGURE}"
)
_SPENT: Final = (TableKind.GENERAL_PUBLIC_EXPENDITURE, TableKind.EXPENDITURE, TableKind.GOVERNMENT_FUND)
_REST: Final = re.compile(r"其他用?车")


@rule(
    "TOLD-014", title="政府采购总额等于货物、工程、服务之和", severity=Severity.ERROR, basis="form-disclosure",
    article="政府采购", checks=("D16",),
)  # fmt: skip
def told_procurement_is_goods_works_and_services(document: BudgetDocument) -> Iterator[Gap]:
    """Where a sentence parts the procurement into 货物, 工程 and 服务, they make up its total; what is not named is nought."""
    for paragraph in sentences(document):
        match = _BOUGHT.search(paragraph.text)
        if match is None:
            continue
        total = money_of(match[1], match[2])
        parts: dict[str, Money] = {}
        for kind in _KINDS.finditer(match[3]):
            money = money_of(kind[2], kind[3])
            if money is not None:
                parts.setdefault(kind[1], money)
        computed = money_sum(parts.values())
        found = disagreement(total, computed, parts.values()) if total is not None and parts else None
        if total is not None and found is not None:
            named = "、".join(parts)
            yield Gap.of_money(
                paragraph.path,
                total,
                computed,
                message=f"{named}合计 {spelled_sum(parts.values())} = {computed}，"
                f"与政府采购总额 {total}相差 {abs(total - computed)}",
                remedy="核对货物、工程、服务的金额和总额",
                severity=found,
                related=("procurement.total",) if document.procurement is not None else (),
            )


@rule(
    "TOLD-015", title="预留中小企业的份额不超过采购总额", severity=Severity.ERROR, basis="form-disclosure",
    article="政府采购", checks=("D16",),
)  # fmt: skip
def what_is_kept_for_smaller_firms_is_a_part(document: BudgetDocument) -> Iterator[Gap]:
    """What is kept for 中小企业 is not more than all procurement, and what is kept for 小微企业 not more than that."""
    bought = Money.parse(document.procurement.total) if document.procurement is not None else None
    for paragraph in sentences(document):
        if paragraph.section != "procurement":
            continue
        kept, small = (
            money_of(match[1], match[2]) if (match := pattern.search(paragraph.text)) is not None else None
            for pattern in (_RESERVED, _SMALLEST)
        )
        for part, whole, names in (
            (kept, bought, ("预留中小企业的金额", "政府采购总额")),
            (small, kept, ("预留小微企业的金额", "预留中小企业的金额")),
        ):
            if part is not None and whole is not None and part > whole:
                yield Gap.of_money(
                    paragraph.path,
                    part,
                    whole,
                    message=f"{names[0]} {part}，超过{names[1]} {whole}，多出 {part - whole}",
                    remedy=f"核对{names[0]}和{names[1]}",
                    related=("procurement.total",),
                )


@rule(
    "TOLD-016", title="公务用车购置及运行费等于两项之和", severity=Severity.ERROR, basis="mof-2016-143",
    article="三公经费", checks=("D12",),
)  # fmt: skip
def told_vehicle_costs_are_purchase_and_operation(document: BudgetDocument) -> Iterator[Gap]:
    """公务用车购置及运行费 of a sentence equals the purchase and the operation told beside it; both must be told."""
    parts = (
        amounts(document.three_public, ("vehicle_purchase", "vehicle_operation"))
        if document.three_public
        else {}
    )
    if len(parts) < 2:
        return
    for paragraph in sentences(document):
        match = _VEHICLE_SUM.search(paragraph.text) if paragraph.section == "three_public" else None
        stated = money_of(match[1], match[2]) if match is not None else None
        if stated is None or len(_VEHICLE_SUM.findall(paragraph.text)) > 1:
            continue
        computed = money_sum(parts.values())
        # a final account tells the budget first, and then what was spent
        others = paragraph.amounts()
        if any(disagreement(one, computed, parts.values()) is None for one in (stated, *others)):
            continue
        yield Gap.of_money(
            paragraph.path,
            stated,
            computed,
            message=f"公务用车购置费与运行维护费合计 {spelled_sum(parts.values())} = {computed}，"
            f"与公务用车购置及运行费 {stated}相差 {abs(stated - computed)}",
            remedy="核对公务用车购置费、运行维护费和两项的合计",
            related=tuple(f"three_public.{field}" for field in parts),
        )


@rule(
    "TOLD-017", title="车辆总数等于各类车辆之和", severity=Severity.WARNING, basis="form-disclosure", article="国有资产",
    checks=("D14", "D23"),
)  # fmt: skip
def told_vehicles_are_those_of_all_kinds(document: BudgetDocument) -> Iterator[Gap]:
    """The vehicles told kind by kind are not more than all, and as many where 其他用车 are among the kinds."""
    for paragraph in sentences(document):
        for match in _VEHICLES.finditer(paragraph.text):
            total, kinds = int(match[1]), [int(count) for count in _NUMBER.findall(match[2])]
            computed = sum(kinds)
            if len(kinds) < 2 or computed == total or (computed < total and not _REST.search(match[2])):
                continue
            yield Gap(
                path=paragraph.path,
                message=f"各类车辆合计 {' + '.join(map(str, kinds))} = {computed} 辆，与车辆总数 {total} 辆相差 {abs(total - computed)} 辆",
                remedy="核对各类车辆的数量和总数",
                stated=str(total),
                computed=str(computed),
                difference=str(abs(total - computed)),
                unit="辆",
            )


@rule(
    "TOLD-018", title="逐项说明的科目在公开表中", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="表文一致", checks=("D35", "D36"),
)  # fmt: skip
def a_told_item_is_in_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """A 项 that the text explains is in a table of expenditure under its 款, by name.

    Silent unless most items are: the tables may stop short of the 项, or be of another body.
    """
    book = only_books(document)
    if book is None or not document.expenditure_items:
        return
    tables = [book[kind] for kind in _SPENT if kind in book]
    known = dict.fromkeys(names for table in tables for names in items(table))
    sections = dict(reversed(known))
    told = [(bare(item.section), bare(item.item)) for item in document.expenditure_items]
    missing = [index for index, names in enumerate(told) if names not in known]
    if len(missing) * 2 >= len(told):
        return
    for index in missing:
        item = document.expenditure_items[index]
        section = told[index][1]  # a name that slipped by one column
        like = f"；表中有“{section}（款）{sections[section]}（项）”" if section in sections else ""
        yield Gap(
            path=f"expenditure_items.{index}.item",
            message=f"文中的“{item.section}（款）{item.item}（项）”不在公开的支出表中{like}",
            remedy="按支出表核对款、项的名称",
            stated=item.item,
            related=tuple(table.path for table in tables),
        )
