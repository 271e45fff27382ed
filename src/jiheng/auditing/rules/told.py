"""TOLD: what the sentences of a disclosure say against its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from jiheng.auditing.equations import gaps, same_gap
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.accounts import basic_part, fund_side, main_side, sources, totals_of
from jiheng.auditing.scope import budgeted
from jiheng.auditing.sentences import FIGURE, money_of, sentences
from jiheng.auditing.sheets import Books, Figure, Sheet, only_books
from jiheng.auditing.sides import bare
from jiheng.auditing.three_public import current, expenses, previous
from jiheng.auditing.told_changes import EXPENSES, told_changes
from jiheng.budget import BudgetDocument, Money, Severity, TableKind, money_sum

_SOURCES = {
    "fiscal": "财政拨款收入", "general_public": "一般公共预算收入", "government_fund": "政府性基金收入",
    "state_capital": "国有资本经营预算收入", "fiscal_account": "财政专户管理资金收入", "business": "事业收入",
    "operation": "事业单位经营收入", "other": "其他收入",
}  # fmt: skip
_EXPENSES = {
    "abroad": "因公出国（境）费", "vehicle_purchase": "公务用车购置费", "vehicle_operation": "公务用车运行维护费",
    "reception": "公务接待费",
}  # fmt: skip
_IS = r"(?:预算|支出|总额|合计|总计|安排|为|是|:)*"
_SPENT = (
    ("total", "财政拨款支出", re.compile(rf"(?<!公共预算)(?<!公共)(?<!基金)(?<!基金预算)(?<!经营)(?<!经营预算)财政拨款支出{_IS}{FIGURE}")),
    ("general_public", "一般公共预算拨款支出", re.compile(rf"一般公共预算(?:财政)?拨款支出{_IS}{FIGURE}")),
    ("government_fund", "政府性基金拨款支出", re.compile(rf"政府性基金(?:预算)?(?:财政)?拨款支出{_IS}{FIGURE}")),
    ("state_capital", "国有资本经营预算拨款支出", re.compile(rf"国有资本经营(?:预算)?(?:财政)?拨款支出{_IS}{FIGURE}")),
)  # fmt: skip
_TABLES = {
    "general_public": TableKind.GENERAL_PUBLIC_EXPENDITURE, "government_fund": TableKind.GOVERNMENT_FUND,
    "state_capital": TableKind.STATE_CAPITAL,
}  # fmt: skip
_REMEDY = "核对文字说明和公开表，两处应为同一金额"


def _told(node: Any, section: str, field: str, what: str) -> Figure | None:
    """The amount of a sentence."""
    money = Money.parse(getattr(node, field)) if node is not None else None
    return Figure(money, f"{section}.{field}", f"文中的{what}") if money is not None else None


def _known(figures: Iterable[Figure | None]) -> list[Figure]:
    return [figure for figure in figures if figure is not None]


def _agrees(told: Figure | None, figures: Iterable[Figure | None]) -> Iterator[Gap]:
    known = _known(figures)
    if told is not None and known:
        yield from gaps(same_gap(told, known, _REMEDY))


def _total(book: Books, kind: TableKind, key: str) -> Figure | None:
    table = book.get(kind)
    return table.total(key) if table is not None else None


@rule(
    "TOLD-001", title="文中的收入总额与公开表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D03", "D34"),
)  # fmt: skip
def told_income_is_that_of_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """The income of the sentences equals 本年收入 or 收入总计 of the 收支总表, or 合计 of the table of income."""
    book = only_books(document)
    if book is not None:
        figures = totals_of(main_side(book.get(TableKind.REVENUE_EXPENDITURE), "revenue"))
        figures += _known(
            [_total(book, TableKind.REVENUE, "whole"), _total(book, TableKind.REVENUE, "revenue")]
        )
        yield from _agrees(_told(document.revenue, "revenue", "total", "收入总额"), figures)


@rule(
    "TOLD-002", title="文中的支出总额与公开表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D04", "D34"),
)  # fmt: skip
def told_expenditure_is_that_of_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """The expenditure of the sentences equals the 收支总表 or the table of expenditure, or those of fiscal money."""
    book = only_books(document)
    if book is not None:
        figures = totals_of(main_side(book.get(TableKind.REVENUE_EXPENDITURE), "expenditure"))
        figures += _known([_total(book, TableKind.EXPENDITURE, "whole")])
        figures += totals_of(main_side(book.get(TableKind.FISCAL_REVENUE_EXPENDITURE), "expenditure"))
        figures += _known([_total(book, TableKind.GENERAL_PUBLIC_EXPENDITURE, "whole")])
        yield from _agrees(_told(document.expenditure, "expenditure", "total", "支出总额"), figures)


@rule(
    "TOLD-003", title="文中的各来源收入与公开表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D03", "D34"),
)  # fmt: skip
def told_sources_are_those_of_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """Each source of income that the sentences name is in the 收支总表, or in the table of income, with its amount."""
    book = only_books(document)
    if book is None:
        return
    listed = sources(main_side(book.get(TableKind.REVENUE_EXPENDITURE), "revenue"))
    for field, what in _SOURCES.items():
        figures = [listed.get(field), _total(book, TableKind.REVENUE, field)]
        yield from _agrees(_told(document.revenue, "revenue", field, what), figures)


@rule(
    "TOLD-004", title="文中的基本支出、项目支出与公开表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D04", "D34"),
)  # fmt: skip
def told_basic_and_project_expenditure_are_those_of_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """基本支出 and 项目支出 of the sentences equal the table of expenditure, or that of the general public budget."""
    book = only_books(document)
    if book is None:
        return
    for field, what in (("basic", "基本支出"), ("project", "项目支出")):
        kinds = (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC_EXPENDITURE)
        figures = [_total(book, kind, field) for kind in kinds]
        yield from _agrees(_told(document.expenditure, "expenditure", field, what), figures)


@rule(
    "TOLD-005", title="文中的人员经费、公用经费与公开表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D05", "D34"),
)  # fmt: skip
def told_personnel_and_operating_funds_are_those_of_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """人员经费 and 公用经费 of the sentences equal those of basic expenditure."""
    book = only_books(document)
    if book is None:
        return
    basic = book.get(TableKind.BASIC_EXPENDITURE)
    for field, what in (("personnel", "人员经费"), ("operating", "公用经费")):
        figures = [
            basic_part(basic, field) if basic is not None else None,
            _total(book, TableKind.GENERAL_PUBLIC_EXPENDITURE, field),
            _total(book, TableKind.EXPENDITURE, field),
        ]
        yield from _agrees(_told(document.expenditure, "expenditure", field, what), figures)


def _expense(table: Sheet | None, field: str) -> list[Figure]:
    """An expense of this year; for a final account its budget behind it, which the sentences state as well."""
    found = current(table, is_final=table.table.is_final) if table is not None else None
    if table is None or found is None or field not in found.figures:
        return []
    others = [
        one.figures[field] for one in expenses(table) if one.stage != "previous" and field in one.figures
    ]
    return [found.figures[field], *others]


@rule(
    "TOLD-006", title="文中的“三公”经费总额与公开表一致", severity=Severity.ERROR, basis="mof-2016-143",
    article="三公经费", checks=("D12", "D34"),
)  # fmt: skip
def told_three_public_expenses_are_those_of_the_table(document: BudgetDocument) -> Iterator[Gap]:
    """“三公”经费 of the sentences equals the total of its table; a final account states its budget as well."""
    book = only_books(document)
    if book is not None:
        figures = _expense(book.get(TableKind.THREE_PUBLIC), "total")
        yield from _agrees(_told(document.three_public, "three_public", "total", "“三公”经费"), figures)


@rule(
    "TOLD-007", title="文中的“三公”经费各项与公开表一致", severity=Severity.ERROR, basis="mof-2016-143",
    article="三公经费", checks=("D12", "D34"),
)  # fmt: skip
def each_told_expense_is_that_of_the_table(document: BudgetDocument) -> Iterator[Gap]:
    """Each of the “三公”经费 that the sentences name equals its amount in the table."""
    book = only_books(document)
    if book is None:
        return
    for field, what in _EXPENSES.items():
        told = _told(document.three_public, "three_public", field, what)
        yield from _agrees(told, _expense(book.get(TableKind.THREE_PUBLIC), field))


@rule(
    "TOLD-008", title="文中的机关运行经费与公开表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D11", "D34"),
)  # fmt: skip
def told_operating_funds_of_the_office_are_those_of_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """机关运行经费 of the sentences equals the figure beside the “三公”经费.

    Where no table states it, it is not more than 公用经费 of basic expenditure: a 事业单位 has 公用经费 but no
    机关运行经费.
    """
    book = only_books(document)
    told = _told(document.operating_funds, "operating_funds", "total", "机关运行经费")
    if book is None or told is None:
        return
    table, basic = book.get(TableKind.THREE_PUBLIC), book.get(TableKind.BASIC_EXPENDITURE)
    rows = range(len(table.table.rows)) if table is not None else range(0)
    stated = _known(table.figure(row, "operating_funds") for row in rows) if table is not None else []
    if len(stated) == 1:
        yield from _agrees(told, stated)
        return
    operating = basic_part(basic, "operating") if basic is not None else None
    if not stated and operating is not None and told.money > operating.money:
        yield from gaps(
            same_gap(told, [operating], "核对机关运行经费和基本支出表的公用经费", Severity.WARNING)
        )


@rule(
    "TOLD-009", title="文中的政府采购总额与采购表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D16", "D17"),
)  # fmt: skip
def told_procurement_is_that_of_the_table(document: BudgetDocument) -> Iterator[Gap]:
    """The procurement of the sentences equals 合计 of its table, or the sum of the rows where that is not printed."""
    book = only_books(document)
    table = book.get(TableKind.PROCUREMENT) if book is not None else None
    told = _told(document.procurement, "procurement", "total", "政府采购总额")
    if table is None or told is None or table.is_empty:
        return
    total = table.total("whole")
    if total is not None or table.total_row is not None:
        yield from _agrees(told, [total])
        return
    rows = _known(table.figure(row, "whole") for row in range(len(table.table.rows)))
    if rows and all(row.code is None or len(row.code) > 1 for row in table.table.rows):
        money = money_sum((row.money for row in rows), rows[0].money.unit)
        for gap in gaps(same_gap(told, [Figure(money, rows[0].path, f"{table.name}各行合计")], _REMEDY)):
            yield _relate(gap, rows)


def _relate(gap: Gap, figures: Iterable[Figure]) -> Gap:
    return msgspec.structs.replace(gap, related=tuple(figure.path for figure in figures))


@rule(
    "TOLD-010", title="文中没有基金收入的，基金预算支出表为空", severity=Severity.ERROR, basis="budget-law", article=5,
    checks=("D38",),
)  # fmt: skip
def no_told_fund_money_means_an_empty_table(document: BudgetDocument) -> Iterator[Gap]:
    """Where the sentences say that a fund gives nothing, and nothing was carried over, its table has no money."""
    book = only_books(document)
    revenue = document.revenue
    if book is None or revenue is None or Money.parse(revenue.carried_over):
        return
    for field, kind in (
        ("government_fund", TableKind.GOVERNMENT_FUND),
        ("state_capital", TableKind.STATE_CAPITAL),
    ):
        told, total = _told(revenue, "revenue", field, _SOURCES[field]), _whole(book, kind)
        if told is not None and not told.money and total is not None and total.money:
            yield from gaps(same_gap(told, [total], "核对该项收入和支出表"))


def _whole(book: Books, kind: TableKind) -> Figure | None:
    """The money of a table: its line 合计, else the first row of the highest level that has some."""
    sheet = book.get(kind)
    if sheet is None:
        return None
    if sheet.total_row is not None:
        return sheet.total("whole")
    rows = sheet.tops or range(len(sheet.table.rows))
    found = [figure for row in rows if (figure := sheet.figure(row, "whole")) is not None and figure.money]
    return found[0] if found else None


@rule(
    "TOLD-011", title="逐项说明的金额与公开表一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="表文一致", checks=("D34", "D35"),
)  # fmt: skip
def a_told_item_has_the_amount_of_its_row(document: BudgetDocument) -> Iterator[Gap]:
    """What the text says of a 项 equals its row in a table of expenditure, found by the names of 款 and 项."""
    book = only_books(document)
    if book is None or not document.expenditure_items:
        return
    rows: dict[tuple[str, str], list[Figure]] = {}
    for kind in (TableKind.GENERAL_PUBLIC_EXPENDITURE, TableKind.EXPENDITURE, TableKind.GOVERNMENT_FUND):
        table = book.get(kind)
        if table is None:
            continue
        found = items(table)
        for names, figure in found.items():
            if figure is not None:
                rows.setdefault(names, []).append(figure)
    for index, item in enumerate(document.expenditure_items):
        field = "final" if item.final is not None else "amount"
        told = _told(item, f"expenditure_items.{index}", field, f"“{item.item}”")
        yield from _agrees(told, rows.get((bare(item.section), bare(item.item)), []))


def items(table: Sheet) -> dict[tuple[str, str], Figure | None]:
    """The totals of the 项 by the names of 款 and 项; ``None`` where two have the same names."""
    found: dict[tuple[str, str], Figure | None] = {}
    for code, row in table.coded.items():
        above = table.coded.get(code[:5])
        if len(code) != 7 or above is None:
            continue
        names = (bare(table.table.rows[above].name), bare(table.table.rows[row].name))
        found[names] = None if names in found else table.figure(row, "whole")
    return found


@rule(
    "TOLD-012", title="文中“三公”经费的增减与公开表一致", severity=Severity.WARNING, basis="mof-2016-143",
    article="增减说明", checks=("D13", "D09"),
)  # fmt: skip
def the_told_change_of_the_three_public_expenses_is_that_of_the_table(
    document: BudgetDocument,
) -> Iterator[Gap]:
    """The change of the “三公”经费 that the sentences state is this year's total of the table less last year's.

    So is the change of each of the expenses that is told.
    """
    book = only_books(document)
    table = book.get(TableKind.THREE_PUBLIC) if book is not None else None
    if table is None:
        return
    now, before = current(table, is_final=table.table.is_final), previous(table)
    if now is None or before is None:
        return
    whole = _told(document.three_public, "three_public", "change", "“三公”经费增减额")
    told = [("total", whole)] if whole is not None else []
    told += [
        (one.expense, Figure(one.change, one.path, f"文中的{EXPENSES[one.expense]}增减额"))
        for one in told_changes(document)
    ]
    for expense, stated in told:
        this, last = now.figures.get(expense), before.figures.get(expense)
        if this is None or last is None:
            continue
        change = Figure(
            this.money - last.money,
            this.path,
            f"{table.name}本年 {this.money.text} 减上年 {last.money.text} =",
        )
        for gap in gaps(same_gap(stated, [change], "核对本年数、上年数和增减额", Severity.WARNING)):
            yield _relate(gap, (this, last))


@rule(
    "TOLD-013", title="编报绩效目标的资金不超过项目支出", severity=Severity.NOTICE, basis="mof-2015-88", article=27,
    checks=("M03", "M05"), applies=budgeted,
)  # fmt: skip
def projects_with_goals_cost_no_more_than_all_projects(document: BudgetDocument) -> Iterator[Gap]:
    """The money of the projects with goals, as told, is not more than 项目支出 of the table of expenditure.

    A final account tells the budget of those projects beside what was spent.
    """
    book = only_books(document)
    told = _told(
        document.performance_management, "performance_management", "goal_amount", "编报绩效目标的项目资金"
    )
    spent = _total(book, TableKind.EXPENDITURE, "project") if book is not None else None
    if told is not None and spent is not None and told.money > spent.money:
        yield from gaps(same_gap(told, [spent], "核对编报绩效目标的项目和资金", Severity.NOTICE))


@rule(
    "TOLD-019", title="文中的财政拨款支出与公开表一致", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="表文一致", checks=("D34", "D38"),
)  # fmt: skip
def told_fiscal_expenditure_is_that_of_the_tables(document: BudgetDocument) -> Iterator[Gap]:
    """财政拨款支出 in all and from each budget, as sentences state it, equals the 财政拨款收支总表 or the budget's own table.

    The text may state it several times, for the year before as well: silent where one of the amounts agrees.
    """
    book = only_books(document)
    if book is None or not document.remarks:
        return
    told: dict[str, list[Figure]] = {}
    for paragraph in sentences(document):
        if "拨款支出" not in paragraph.text:
            continue
        for key, what, pattern in _SPENT:
            for match in pattern.finditer(paragraph.text):
                money = money_of(match[1], match[2])
                if money is not None:
                    told.setdefault(key, []).append(Figure(money, paragraph.path, f"文中的{what}"))
    for key, stated in told.items():
        kind, column = _TABLES.get(key), fund_side(book, key)
        figures = [*totals_of(column), *_known([_total(book, kind, "whole") if kind is not None else None])]
        found = [same_gap(one, figures, _REMEDY, Severity.WARNING) for one in stated]
        if figures and all(gap is not None for gap in found):
            yield from gaps(found[0])
