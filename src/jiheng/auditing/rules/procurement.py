"""PROC: the procurement table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.auditing.naming import plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import provincial_text
from jiheng.auditing.walk import amounts, spelled_sum
from jiheng.budget import (
    PURCHASE_SOURCES,
    BudgetDocument,
    Money,
    Procurement,
    ProcurementItem,
    Severity,
    money_sum,
    normalise,
)
from jiheng.errors import StandardsError
from jiheng.standards import procurement as catalogue


def _quantity(text: str | None) -> Decimal | None:
    money = Money.parse(text)
    return money.number if money is not None else None


@rule(
    "PROC-001", title="采购金额等于数量乘单价", severity=Severity.ERROR, basis="form-disclosure", article="政府采购",
    checks=("D15",),
)  # fmt: skip
def an_item_costs_quantity_times_price(document: BudgetDocument) -> Iterator[Gap]:
    """Each row's 合计 equals 数量 times 单价; what a rounded 单价 explains is only worth a look."""
    for index, item in enumerate(document.procurement.items if document.procurement else ()):
        quantity, price, total = _quantity(item.quantity), Money.parse(item.price), Money.parse(item.total)
        if quantity is None or price is None or total is None or price * quantity == total:
            continue
        computed = price * quantity
        is_rounded = abs(total - computed).number <= _rounding(quantity, price, total)
        yield Gap.of_money(
            f"procurement.items.{index}.total",
            total,
            computed,
            message=f"“{item.name or '采购物品'}”{item.quantity} × {item.price} 万元 = {computed}，"
            f"与合计 {total}相差 {abs(total - computed)}",
            remedy="核对数量、单价和合计",
            is_mechanical=not is_rounded,
            severity=Severity.NOTICE if is_rounded else None,
            related=(f"procurement.items.{index}.quantity", f"procurement.items.{index}.price"),
        )


def _rounding(quantity: Decimal, price: Money, total: Money) -> Decimal:
    """How far a row may be out because 单价 and 合计 are each rounded to their last place (half of it)."""
    return abs(quantity) * _half_of_last_place(price.number) + _half_of_last_place(total.number)


def _half_of_last_place(number: Decimal) -> Decimal:
    return Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)


@rule(
    "PROC-002", title="采购金额等于各资金来源之和", severity=Severity.ERROR, basis="form-disclosure",
    article="政府采购", checks=("D16",),
)  # fmt: skip
def an_item_is_paid_by_its_funds(document: BudgetDocument) -> Iterator[Gap]:
    """Each row's 合计 equals the sum of its fund columns, and so does that of the total line; silent when all are empty."""
    bought = document.procurement
    if bought is None:
        return
    if bought.total_row is not None:
        yield from _off(
            bought.total_row,
            bought.table_total,
            "采购表合计行",
            "procurement.table_total",
            "procurement.total_row",
        )
    for index, item in enumerate(bought.items):
        path = f"procurement.items.{index}"
        yield from _off(item, item.total, f"“{item.name or '采购物品'}”", f"{path}.total", path)


def _off(row: ProcurementItem, stated: str | None, what: str, path: str, sources: str) -> Iterator[Gap]:
    """A gap where the sources of a row, which stand below ``sources``, do not come to what is stated at ``path``."""
    total, funds = Money.parse(stated), amounts(row, PURCHASE_SOURCES)
    if total is None or not funds or total == money_sum(funds.values()):
        return
    computed = money_sum(funds.values())
    yield Gap.of_money(
        path,
        total,
        computed,
        message=f"{what}各资金来源合计 {spelled_sum(funds.values())} = {computed}，与合计 {total}相差 {abs(total - computed)}",
        remedy=f"核对{'合计行' if sources.endswith('total_row') else ''}各资金来源的金额",
        related=tuple(f"{sources}.{field}" for field in funds),
    )


@rule(
    "PROC-003", title="采购预算总额等于各行之和", severity=Severity.ERROR, basis="form-disclosure",
    article="政府采购", checks=("D16", "D17"),
)  # fmt: skip
def the_procurement_budget_is_the_sum_of_its_items(document: BudgetDocument) -> Iterator[Gap]:
    """The amount of the sentence (or of the line 合计) equals the sum of the rows, and so does each source in that line.

    Without any row it is a warning: the table may stand in another file.
    """
    bought = document.procurement
    if bought is None:
        return
    yield from _each_source(bought)
    parts = [Money.parse(item.total) for item in bought.items]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return
    computed = money_sum(known)
    for field, what in (("total", "文中的政府采购预算"), ("table_total", "采购表的合计")):
        stated = Money.parse(getattr(bought, field))
        if stated is None or stated == computed or (not parts and field == "table_total"):
            continue
        if not parts and not provincial_text(document):
            continue  # other provinces state the amount alone
        yield Gap.of_money(
            f"procurement.{field}",
            stated,
            computed,
            message=f"采购表各行合计 {computed}，与{what} {stated}相差 {abs(stated - computed)}"
            if parts
            else f"{what} {stated}，没有列出采购的品目",
            remedy="核对采购表是否漏行，或更正总额",
            is_mechanical=bool(parts),
            related=tuple(f"procurement.items.{index}.total" for index in range(len(parts))),
            severity=None if parts else Severity.WARNING,
        )


def _each_source(bought: Procurement) -> Iterator[Gap]:
    """Each source of money in the line 合计 against its column; an empty cell of a row is nought there."""
    stated = (
        amounts(bought.total_row, PURCHASE_SOURCES) if bought.total_row is not None and bought.items else {}
    )
    for field, total in stated.items():
        paths = [
            f"procurement.items.{index}.{field}"
            for index, item in enumerate(bought.items)
            if getattr(item, field)
        ]
        parts = [money for item in bought.items if (money := Money.parse(getattr(item, field))) is not None]
        computed = money_sum(parts, total.unit)
        if len(parts) == len(paths) and total != computed:
            yield Gap.of_money(
                f"procurement.total_row.{field}",
                total,
                computed,
                message=f"采购表“{PURCHASE_SOURCES[field]}”各行合计 {computed}，与合计行的 {total}相差 {abs(total - computed)}",
                remedy="核对该资金来源的金额，更正合计行或其中的错项",
                is_mechanical=bool(parts),
                related=tuple(paths),
            )


@rule(
    "PROC-004", title="采购不超过所属项目的预算资金", severity=Severity.ERROR, basis="budget-law", article=13,
    checks=("D18",),
)  # fmt: skip
def procurement_stays_within_its_project(document: BudgetDocument) -> Iterator[Gap]:
    """What is bought for a project does not exceed the project's 预算资金."""
    spent: dict[tuple[str, Decimal], list[tuple[int, Money]]] = {}
    for index, item in enumerate(document.procurement.items if document.procurement else ()):
        total, budget = Money.parse(item.total), Money.parse(item.project_budget)
        if total is not None and budget is not None and item.project:
            spent.setdefault((item.project, budget.number), []).append((index, total))
    for (project, number), items in spent.items():
        budget, computed = Money(number), money_sum(total for _, total in items)
        if computed > budget:
            yield Gap.of_money(
                f"procurement.items.{items[0][0]}.project_budget",
                budget,
                computed,
                message=f"“{project}”的采购合计 {computed}，超过预算资金 {budget}，多出 {computed - budget}",
                remedy="核对预算资金或采购金额",
                related=tuple(f"procurement.items.{index}.total" for index, _ in items),
            )


@rule(
    "PROC-005", title="采购目录序号属于当年的目录", severity=Severity.WARNING, basis="mof-treasury-2022-31",
    article="编码", checks=("D19", "D20"),
)  # fmt: skip
def the_catalogue_code_is_of_the_year_s_edition(document: BudgetDocument) -> Iterator[Gap]:
    """The 目录序号 has the form of the year's edition and is in it; where names are known, they agree.

    A row without one is told where others have it.
    """
    if document.procurement is None or document.fiscal_year is None:
        return
    try:
        edition = catalogue.edition(document.fiscal_year)
    except StandardsError:  # before the first edition that is known
        return
    is_asked = any(item.catalog_code for item in document.procurement.items)
    for index, item in enumerate(document.procurement.items):
        code = item.catalog_code
        path = f"procurement.items.{index}.catalog_code"
        if not code:
            if is_asked and item.name and Money.parse(item.total):
                yield Gap(
                    path=path,
                    message=f"“{item.name}”没有填写采购目录序号",
                    remedy="按当年的政府采购品目分类目录补填",
                )
            continue
        if not edition.is_well_formed(code):
            yield Gap(
                path=path,
                message=f"目录序号 {code} 不是 {document.fiscal_year} 年适用目录的编码形式",
                remedy="按当年的政府采购品目分类目录更正",
                stated=code,
            )
            continue
        entry = catalogue.item(code, document.fiscal_year)
        if entry is None and not edition.is_partial:
            yield Gap(
                path=path,
                message=f"目录序号 {code} 不在 {document.fiscal_year} 年适用的目录中",
                remedy="按当年的政府采购品目分类目录更正",
                stated=code,
            )
        elif entry is not None and entry.name and item.name and normalise(entry.name) != normalise(item.name):
            yield Gap(
                path=path,
                message=f"目录序号 {code} 在目录中是“{entry.name}”，表中写的是“{item.name}”",
                remedy="核对品名和目录序号",
                stated=item.name,
                computed=entry.name,
                related=(f"procurement.items.{index}.name",),
            )
        elif entry is None and (due := catalogue.code_named(normalise(item.name), document.fiscal_year)):
            yield Gap(
                path=path,
                message=f"“{item.name}”在 {document.fiscal_year} 年适用目录中的序号是 {due}，表中写的是 {code}",
                remedy="核对品名和目录序号",
                stated=code,
                computed=due,
                related=(f"procurement.items.{index}.name",),
            )


@rule(
    "PROC-006", title="拟购置固定资产与政府采购一致", severity=Severity.WARNING, basis="form-disclosure",
    article="国有资产", checks=("D21",),
)  # fmt: skip
def planned_purchases_are_in_the_procurement_budget(document: BudgetDocument) -> Iterator[Gap]:
    """拟购置固定资产总额 equals the goods in the procurement table; silent when either was not read.

    Without its code a row is not known to be goods or not: PROC-005 asks for it.
    """
    planned = Money.parse(document.assets.planned_purchase) if document.assets else None
    items = document.procurement.items if document.procurement else []
    if any(not item.catalog_code for item in items):
        return
    goods = [Money.parse(item.total) for item in items if (item.catalog_code or "").startswith("A")]
    known = [total for total in goods if total is not None]
    if planned is None or not known or len(known) < len(goods) or planned == money_sum(known):
        return
    computed = money_sum(known)
    yield Gap.of_money(
        "assets.planned_purchase",
        planned,
        computed,
        message=f"采购表中的货物合计 {computed}，与拟购置固定资产总额 {planned}相差 {abs(planned - computed)}",
        remedy="核对两处；采购的货物有不作固定资产的，应说明",
        related=tuple(f"procurement.items.{index}.total" for index in range(len(items))),
    )


@rule(
    "PROC-011", title="采购表的预算资金与项目预算数一致", severity=Severity.WARNING, basis="form-disclosure",
    article="政府采购", checks=("D18", "M03"),
)  # fmt: skip
def an_item_states_its_project_s_budget(document: BudgetDocument) -> Iterator[Gap]:
    """预算资金 of a row equals 预算数 in its project's goal table, or else the amount that the narrative gives it.

    A name that two tables have tells nothing.
    """
    items = document.procurement.items if document.procurement else []
    if not items:
        return
    tables, told = _project_budgets(document)
    for index, item in enumerate(items):
        name = plain_name(item.project)
        found = tables.get(name) or told.get(name) or []
        stated = Money.parse(item.project_budget)
        if stated is None or len(found) != 1 or stated == found[0][1]:
            continue
        path, budget = found[0]
        where = "绩效目标表的预算数" if name in tables else "支出说明中的金额"
        yield Gap.of_money(
            f"procurement.items.{index}.project_budget",
            stated,
            budget,
            message=f"采购表中“{item.project}”的预算资金为 {stated}，{where}为 {budget.to(stated.unit)}，"
            f"相差 {abs(stated - budget.to(stated.unit))}",
            remedy="核对两处金额",
            related=(path,),
        )


_Budgets = dict[str, list[tuple[str, Money]]]


def _project_budgets(document: BudgetDocument) -> tuple[_Budgets, _Budgets]:
    """What each project has by its name, with the path: in its goal table, and in the narrative."""
    tables: _Budgets = {}
    told: _Budgets = {}
    for path, project in document.goal_tables():
        budget = project.budget.money("total") if project.budget else None
        if project.name and budget is not None:
            tables.setdefault(plain_name(project.name), []).append((f"{path}.budget.total", budget))
    for index, listed in enumerate(document.expenditure.projects if document.expenditure else ()):
        amount = Money.parse(listed.amount)
        if amount is not None:
            told.setdefault(plain_name(listed.name), []).append(
                (f"expenditure.projects.{index}.amount", amount)
            )
    return tables, told
