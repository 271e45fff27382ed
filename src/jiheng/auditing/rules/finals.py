"""FIN: the tables of a final account: what was carried over, and what was spent beside the budget."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.auditing.equations import balance_gap, gaps, same_gap
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.accounts import main_side
from jiheng.auditing.sheets import Figure, Sheet, books, sheets
from jiheng.auditing.sides import Side, carried, is_carried, with_figures
from jiheng.auditing.three_public import expenses
from jiheng.budget import BudgetDocument, Severity, TableKind

_TWO_SIDED = (TableKind.REVENUE_EXPENDITURE, TableKind.FISCAL_REVENUE_EXPENDITURE)


@rule(
    "FIN-001", title="年初结转加收入减支出等于年末结转", severity=Severity.ERROR, basis="budget-law-rules", article=83,
    checks=("D47",),
)  # fmt: skip
def what_is_left_at_the_end_follows_from_the_year(document: BudgetDocument) -> Iterator[Gap]:
    """In a table with these columns, 年初结转, 本年收入 and 本年支出 leave 年末结转, row by row; empty cells are nought."""
    for sheet in sheets(document):
        if not {"revenue", "expenditure", "carried_forward"} <= sheet.keys.keys():
            continue
        for row in range(len(sheet.table.rows)):
            left = sheet.figure(row, "carried_forward")
            income = _known(sheet.figure(row, key) for key in ("carried_over", "revenue"))
            spent = _known([sheet.figure(row, "expenditure")])
            if left is not None and (income or spent):
                yield from gaps(balance_gap(left, income, spent, "核对该行的结转、收入和支出"))


def _known(figures: Iterator[Figure | None] | list[Figure | None]) -> list[Figure]:
    return [figure for figure in figures if figure is not None]


@rule(
    "FIN-002", title="决算总表的年末结转等于年初结转加收入减支出", severity=Severity.ERROR,
    basis="form-disclosure-tables", article="结转", checks=("D47",),
)  # fmt: skip
def the_general_table_leaves_what_it_states(document: BudgetDocument) -> Iterator[Gap]:
    """年末结转 of a general table is all income with 年初结转 less all expenditure, other uses of surplus included."""
    for sheet in sheets(document):
        if sheet.table.kind not in _TWO_SIDED:
            continue
        income, spent = main_side(sheet, "revenue"), main_side(sheet, "expenditure")
        if income is None or spent is None or not _has_own(income) or not _has_own(spent):
            continue
        left = carried(spent.more)
        if left is None or left.figure is None or income.own is None or spent.own is None:
            continue
        more = [line for line in income.more if line.level != 9]
        used = [line for line in spent.more if line.level != 9 and line is not left]
        yield from gaps(
            balance_gap(
                left.figure,
                with_figures([income.own, *more]),
                with_figures([spent.own, *used]),
                "核对年初结转、本年收入、本年支出和年末结转",
            )
        )


def _has_own(side: Side) -> bool:
    return side.own is not None and side.own.figure is not None


@rule(
    "FIN-003", title="“三公”经费决算超过预算的说明原因", severity=Severity.WARNING, basis="mof-2013-53",
    article="三公经费", checks=("D46",),
)  # fmt: skip
def the_three_public_expenses_stay_within_their_budget(document: BudgetDocument) -> Iterator[Gap]:
    """The “三公”经费 that were spent are not more than their budget in the same table, unless reasons are given."""
    if document.three_public is not None and document.three_public.reasons:
        return
    for sheet in sheets(document):
        if sheet.table.kind is not TableKind.THREE_PUBLIC:
            continue
        stages: dict[str, list[Figure]] = {}
        for one in expenses(sheet):
            stages.setdefault(one.stage, []).extend(_known([one.figures.get("total")]))
        final, budget = stages.get("final", []), stages.get("adjusted") or stages.get("budget", [])
        if len(final) == 1 and len(budget) == 1 and final[0].money > budget[0].money:
            yield from gaps(same_gap(final[0], budget, "说明超过预算的原因，或更正金额", Severity.WARNING))


@rule(
    "FIN-004",
    title="支出决算不超过全年预算",
    severity=Severity.WARNING,
    basis="budget-law",
    article=13,
    checks=("M15",),
)
def spending_stays_within_the_adjusted_budget(document: BudgetDocument) -> Iterator[Gap]:
    """In a table with 全年预算数 and 决算数, no line of expenditure was spent beyond its budget of the whole year."""
    for sheet, row in _spent_rows(document):
        budget, final = sheet.figure(row, "adjusted"), sheet.figure(row, "final")
        if budget is not None and final is not None and budget.money and final.money > budget.money:
            yield from gaps(
                same_gap(final, [budget], "核对全年预算数和决算数；确有超支的说明原因", Severity.WARNING)
            )


@rule(
    "FIN-005",
    title="有决算数的科目都有预算数",
    severity=Severity.WARNING,
    basis="budget-law",
    article=75,
    checks=("D45",),
)
def what_was_spent_has_a_budget(document: BudgetDocument) -> Iterator[Gap]:
    """In a table with 全年预算数 and 决算数, a line of expenditure with a 决算数 has a budget as well."""
    for sheet, row in _spent_rows(document):
        budget, final = sheet.figure(row, "adjusted"), sheet.figure(row, "final")
        if final is not None and final.money and (budget is None or not budget.money):
            yield Gap(
                path=final.path,
                message=f"{final}，没有全年预算数（调整预算数）",
                remedy="补填调整预算数，或更正决算数",
                stated=final.money.text,
                unit=final.money.unit,
                related=(f"{sheet.path}.rows.{row}.values.{sheet.keys['adjusted']}",),
            )


def _spent_rows(document: BudgetDocument) -> Iterator[tuple[Sheet, int]]:
    """The lines of expenditure of tables that have both columns; what was carried over is none."""
    for book in books(document):
        for sheet in book.values():
            if not {"adjusted", "final"} <= sheet.keys.keys():
                continue
            budgets = [sheet.figure(row, "adjusted") for row in range(len(sheet.table.rows))]
            if not any(budgets):
                continue  # the column is there, and nothing was filled in or read
            for row, found in enumerate(sheet.table.rows):
                if found.side != "revenue" and not is_carried(found.name or ""):
                    yield sheet, row


@rule(
    "FIN-006", title="财政拨款结转不超过全部结转", severity=Severity.ERROR, basis="form-disclosure-tables", article="结转",
    checks=("D47",),
)  # fmt: skip
def fiscal_money_carried_over_is_a_part(document: BudgetDocument) -> Iterator[Gap]:
    """What the 财政拨款收支总表 carries over, at the beginning and at the end, is not more than the 收支总表 does."""
    for book in books(document):
        general, fiscal = (book.get(kind) for kind in _TWO_SIDED)
        for name in ("revenue", "expenditure"):
            whole, part = main_side(general, name), main_side(fiscal, name)
            lines = [carried(found.more) if found is not None else None for found in (whole, part)]
            amounts = [line.figure if line is not None else None for line in lines]
            if amounts[0] is not None and amounts[1] is not None and amounts[1].money > amounts[0].money:
                yield from gaps(same_gap(amounts[1], [amounts[0]], "核对两张表的结转和结余"))
