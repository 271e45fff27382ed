"""ACC: between the disclosure tables of one body: the same money stands in several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiheng.auditing.equations import gaps, same_gap, sums_gap
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.sheets import Books, Figure, Sheet, books
from jiheng.auditing.sides import Side, bare, side, source_of
from jiheng.budget import BudgetDocument, Money, Severity, TableKind

_FISCAL = ("general_public", "government_fund", "state_capital")


def main_side(sheet: Sheet | None, name: str) -> Side | None:
    """The side ``name`` in the column of the year's totals; ``None`` where it cannot be told which that is."""
    if sheet is None:
        return None
    found = list(side(sheet, name))
    if len(found) == 1:
        return found[0]
    wanted = (
        ("final", "total_final", "total") if sheet.table.is_final else ("budget", "total_budget", "total")
    )
    for key in wanted:
        for one in found:
            if one.column == sheet.keys.get(key):
                return one
    return None


def totals_of(found: Side | None) -> list[Figure]:
    """本年合计 and 总计 of a side: what another table states may be either."""
    if found is None:
        return []
    return [line.figure for line in (found.own, found.grand) if line is not None and line.figure is not None]


def sources(found: Side | None) -> dict[str, Figure]:
    """The listed sources of income by their column key."""
    listed: dict[str, Figure] = {}
    for line in found.items if found is not None else ():
        key = source_of(line.name)
        if key is not None and line.figure is not None and line.level != 9:
            listed.setdefault(key, line.figure)
    return listed


@rule(
    "ACC-001", title="收入总表的合计与收支总表一致", severity=Severity.ERROR, basis="form-disclosure-tables", article="收入",
    checks=("D34",),
)  # fmt: skip
def the_table_of_income_has_the_total_of_the_general_table(document: BudgetDocument) -> Iterator[Gap]:
    """合计 of the table of income equals 本年收入 or 收入总计 of the 收支总表."""
    for book in books(document):
        yield from _total_agrees(book, TableKind.REVENUE, "revenue")


@rule(
    "ACC-002", title="支出总表的合计与收支总表一致", severity=Severity.ERROR, basis="form-disclosure-tables", article="支出",
    checks=("D34",),
)  # fmt: skip
def the_table_of_expenditure_has_the_total_of_the_general_table(document: BudgetDocument) -> Iterator[Gap]:
    """合计 of the table of expenditure equals 本年支出 or 支出总计 of the 收支总表."""
    for book in books(document):
        yield from _total_agrees(book, TableKind.EXPENDITURE, "expenditure")


def _total_agrees(book: Books, kind: TableKind, name: str) -> Iterator[Gap]:
    table = book.get(kind)
    totals = totals_of(main_side(book.get(TableKind.REVENUE_EXPENDITURE), name))
    stated = table.total("whole") if table is not None else None
    if stated is not None and totals:
        yield from gaps(same_gap(stated, totals, "核对两张表的合计，更正错的一处"))


@rule(
    "ACC-003", title="各来源收入与收支总表一致", severity=Severity.ERROR, basis="form-disclosure-tables", article="收入",
    checks=("D34",),
)  # fmt: skip
def every_source_is_the_same_in_both_tables(document: BudgetDocument) -> Iterator[Gap]:
    """Each source of the 收支总表 equals the total of its column in the table of income."""
    for book in books(document):
        table = book.get(TableKind.REVENUE)
        if table is None:
            continue
        for key, figure in sources(main_side(book.get(TableKind.REVENUE_EXPENDITURE), "revenue")).items():
            stated = table.total(key)
            if stated is not None:
                yield from gaps(same_gap(stated, [figure], "核对该项收入在两张表中的金额"))


@rule(
    "ACC-004", title="各类支出与收支总表一致", severity=Severity.ERROR, basis="form-disclosure-tables", article="支出",
    checks=("D34",),
)  # fmt: skip
def every_class_is_the_same_in_both_tables(document: BudgetDocument) -> Iterator[Gap]:
    """Each 类 of the 收支总表 equals the 类 of the same name in the table of expenditure."""
    for book in books(document):
        general = main_side(book.get(TableKind.REVENUE_EXPENDITURE), "expenditure")
        yield from _classes_agree(general, book.get(TableKind.EXPENDITURE))


@rule(
    "ACC-005", title="财政拨款收支总表的各类支出与一般公共预算支出表一致", severity=Severity.ERROR,
    basis="form-disclosure-tables", article="财政拨款", checks=("D34",),
)  # fmt: skip
def every_class_of_the_general_public_budget_is_the_same(document: BudgetDocument) -> Iterator[Gap]:
    """Each 类 in the column 一般公共预算 of the 财政拨款收支总表 equals the 类 in the table of that budget."""
    for book in books(document):
        yield from _classes_agree(
            fund_side(book, "general_public"), book.get(TableKind.GENERAL_PUBLIC_EXPENDITURE)
        )


def _classes_agree(listed: Side | None, table: Sheet | None) -> Iterator[Gap]:
    if listed is None or table is None:
        return
    classes = {bare(table.table.rows[row].name): row for code, row in table.coded.items() if len(code) == 3}
    for line in listed.items:
        stated = table.figure(classes.get(bare(line.name)), "whole")
        if stated is not None and line.figure is not None:
            yield from gaps(same_gap(stated, [line.figure], "核对该类支出在两张表中的金额"))


def fund_side(book: Books, key: str) -> Side | None:
    """The expenditure of the 财政拨款收支总表 in the column of one budget."""
    sheet = book.get(TableKind.FISCAL_REVENUE_EXPENDITURE)
    if sheet is None or key not in sheet.keys:
        return None
    return next((one for one in side(sheet, "expenditure") if one.column == sheet.keys[key]), None)


@rule(
    "ACC-006", title="一般公共预算支出与财政拨款收支总表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="财政拨款", checks=("D34",),
)  # fmt: skip
def the_general_public_expenditure_is_the_same(document: BudgetDocument) -> Iterator[Gap]:
    """合计 of the table of the general public budget equals its column in the 财政拨款收支总表."""
    for book in books(document):
        yield from _budget_agrees(book, "general_public", TableKind.GENERAL_PUBLIC_EXPENDITURE)


@rule(
    "ACC-007", title="政府性基金、国有资本经营预算支出各列各表", severity=Severity.ERROR, basis="budget-law", article=5,
    checks=("D34", "D38"),
)  # fmt: skip
def the_other_budgets_are_the_same(document: BudgetDocument) -> Iterator[Gap]:
    """The tables of the funds and of state capital equal their columns in the 财政拨款收支总表; an empty one is nought."""
    for book in books(document):
        yield from _budget_agrees(book, "government_fund", TableKind.GOVERNMENT_FUND)
        yield from _budget_agrees(book, "state_capital", TableKind.STATE_CAPITAL)


def _budget_agrees(book: Books, key: str, kind: TableKind) -> Iterator[Gap]:
    table, totals = book.get(kind), totals_of(fund_side(book, key))
    if table is None or not totals:
        return
    stated = table.total("whole")
    if stated is not None:
        yield from gaps(same_gap(stated, totals, "核对两张表的合计，更正错的一处"))
    elif table.is_empty and totals[0].money and kind is not TableKind.GENERAL_PUBLIC_EXPENDITURE:
        # an empty table of the general public budget is more likely one that was not read
        yield _left_empty(totals[0], table)


def _left_empty(stated: Figure, table: Sheet) -> Gap:
    return Gap.of_money(
        stated.path,
        stated.money,
        Money(Decimal(0), stated.money.unit),
        message=f"{stated}，而{table.name}没有数据",
        remedy="补填该表，或更正财政拨款收支总表",
        related=(table.path,),
    )


@rule(
    "ACC-008", title="财政拨款收入与收入总表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="收入", checks=("D34",),
)  # fmt: skip
def fiscal_income_is_the_same(document: BudgetDocument) -> Iterator[Gap]:
    """本年收入 of the 财政拨款收支总表 equals the columns of the three budgets in the table of income."""
    for book in books(document):
        table = book.get(TableKind.REVENUE)
        totals = totals_of(main_side(book.get(TableKind.FISCAL_REVENUE_EXPENDITURE), "revenue"))
        if table is None or not totals:
            continue
        parts = [figure for key in _FISCAL if (figure := table.total(key)) is not None]
        fiscal = table.total("fiscal")
        ways = (
            [[fiscal]] if fiscal is not None else [parts] if "general_public" in table.keys and parts else []
        )
        if ways:
            # 总计 holds what was carried over as well
            found = [
                sums_gap(total, ways, "收入总表的财政拨款", "核对财政拨款收入在两张表中的金额")
                for total in totals
            ]
            if all(gap is not None for gap in found):
                yield from gaps(found[0])


@rule(
    "ACC-009", title="财政拨款各来源收入与收支总表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="收入", checks=("D34",),
)  # fmt: skip
def every_budget_s_income_is_the_same(document: BudgetDocument) -> Iterator[Gap]:
    """The income from each budget is the same in the 收支总表 and the 财政拨款收支总表."""
    for book in books(document):
        general = sources(main_side(book.get(TableKind.REVENUE_EXPENDITURE), "revenue"))
        fiscal = sources(main_side(book.get(TableKind.FISCAL_REVENUE_EXPENDITURE), "revenue"))
        for key in _FISCAL:
            if key in general and key in fiscal:
                yield from gaps(same_gap(fiscal[key], [general[key]], "核对该项收入在两张表中的金额"))


@rule(
    "ACC-010", title="基本支出表的合计与一般公共预算支出表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="基本支出", checks=("D34",),
)  # fmt: skip
def basic_expenditure_is_the_same(document: BudgetDocument) -> Iterator[Gap]:
    """合计 of the table of basic expenditure equals 基本支出 in the table of the general public budget."""
    for book in books(document):
        table, general = book.get(TableKind.BASIC_EXPENDITURE), book.get(TableKind.GENERAL_PUBLIC_EXPENDITURE)
        other = general.total("basic") if general is not None else None
        if table is None or other is None:
            continue
        ways = basic_ways(table)
        if len(ways) == 1 and len(ways[0]) == 1:
            yield from gaps(same_gap(ways[0][0], [other], "核对两张表中的基本支出"))
        elif ways:
            yield from gaps(sums_gap(other, ways, "人员经费与公用经费", "核对两张表中的基本支出"))


@rule(
    "ACC-011", title="人员经费、公用经费与一般公共预算支出表一致", severity=Severity.ERROR,
    basis="form-disclosure-tables", article="基本支出", checks=("D34",),
)  # fmt: skip
def personnel_and_operating_funds_are_the_same(document: BudgetDocument) -> Iterator[Gap]:
    """人员经费 and 公用经费 of the table of basic expenditure equal those in the table of the general public budget."""
    for book in books(document):
        table, general = book.get(TableKind.BASIC_EXPENDITURE), book.get(TableKind.GENERAL_PUBLIC_EXPENDITURE)
        if table is None or general is None:
            continue
        for key in ("personnel", "operating"):
            stated, other = basic_part(table, key), general.total(key)
            if stated is not None and other is not None:
                yield from gaps(same_gap(stated, [other], "核对两张表中的人员经费、公用经费"))


def basic_part(table: Sheet, key: str) -> Figure | None:
    """人员经费 or 公用经费 of the table of basic expenditure: in the line 合计, or in a line of its own."""
    if table.total_row is not None:
        return table.total(key)
    name = {"personnel": "人员经费合计", "operating": "公用经费合计"}[key]
    rows = [index for index, row in enumerate(table.table.rows) if bare(row.name) == name]
    if len(rows) != 1:
        return None
    figures = [
        figure for at in range(len(table.table.columns)) if (figure := table.at(rows[0], at)) is not None
    ]
    return figures[0] if len(figures) == 1 else None


def basic_ways(table: Sheet) -> list[Sequence[Figure]]:
    """How the total of the table of basic expenditure is stated: as such, or as its two parts."""
    total = table.total("whole") or (table.total("final") if table.table.is_final else None)
    if total is not None:
        return [[total]]
    parts = [part for key in ("personnel", "operating") if (part := basic_part(table, key)) is not None]
    return [parts] if len(parts) == 2 else []
