"""TBL: within one disclosure table, every total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiheng.auditing.columns import column_sums
from jiheng.auditing.equations import gaps, sum_gap, sums_gap
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.sheets import Figure, Sheet, sheets
from jiheng.auditing.sides import Side, readings, side, with_figures
from jiheng.auditing.three_public import expenses
from jiheng.budget import BudgetDocument, Severity, TableKind

_BY_CODE = frozenset(
    {
        TableKind.REVENUE, TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC_EXPENDITURE,
        TableKind.GOVERNMENT_FUND, TableKind.STATE_CAPITAL,
    }
)  # fmt: skip
_TWO_SIDED = frozenset({TableKind.REVENUE_EXPENDITURE, TableKind.FISCAL_REVENUE_EXPENDITURE})
_NOT_ADDED = frozenset({"rate", "price"})
"""Columns whose totals are no sums."""
_FEW = 3
"""With more sums than so many, a table in which most are wrong was misread, not miscalculated."""


def _unless_misread(found: Sequence[Gap], checked: int) -> Iterator[Gap]:
    """The gaps, unless most of the sums do not hold: then it is the reading of the table that is wrong."""
    if len(found) * 2 <= checked or checked <= _FEW:
        yield from found


@rule(
    "TBL-001", title="每行的合计等于各栏之和", severity=Severity.ERROR, basis="form-disclosure-tables", article="各栏",
    checks=("D34", "D05", "M04", "D39"),
)  # fmt: skip
def a_row_s_total_is_the_sum_of_its_columns(document: BudgetDocument) -> Iterator[Gap]:
    """In every row 合计 equals the columns beside it, and 小计 the columns under the same heading.

    Silent where nearly every row breaks it: then the headings were read wrongly.
    """
    for sheet in sheets(document):
        if sheet.table.kind is TableKind.THREE_PUBLIC:
            continue  # TBL-009 knows its columns
        for total, parts in column_sums(sheet):
            found: list[Gap] = []
            checked = 0
            for row in range(len(sheet.table.rows)):
                whole = sheet.at(row, total)
                figures = [figure for part in parts if (figure := sheet.at(row, part)) is not None]
                if whole is None or not figures:
                    continue
                checked += bool(whole.money)
                found += gaps(sum_gap(whole, figures, "该行各栏", "核对该行各栏的金额和合计"))
            yield from _unless_misread(found, checked)


def _families(sheet: Sheet, *, economic: bool) -> Iterator[Gap]:
    for column, heading in enumerate(sheet.table.columns):
        if heading.key in _NOT_ADDED:
            continue
        found: list[Gap] = []
        checked = 0
        for parent, children in sheet.families:
            whole = sheet.at(parent, column)
            figures = [figure for child in children if (figure := sheet.at(child, column)) is not None]
            if whole is None or not figures:
                continue
            checked += bool(whole.money)
            what = "各款" if economic or len(sheet.table.rows[parent].code or "") == 3 else "各项"
            found += gaps(
                sum_gap(whole, figures, f"其下{what}", "核对下级科目是否漏列、重列，或更正上级科目的金额")
            )
        yield from _unless_misread(found, checked)


@rule(
    "TBL-002", title="功能分类的类、款等于下级科目之和", severity=Severity.ERROR, basis="budget-law-rules", article=40,
    checks=("D35",),
)  # fmt: skip
def a_function_is_the_sum_of_those_below_it(document: BudgetDocument) -> Iterator[Gap]:
    """In every column a 类 is the sum of its 款 and a 款 of its 项, by their codes of 3, 5 and 7 digits."""
    for sheet in sheets(document):
        if sheet.table.kind in _BY_CODE:
            yield from _families(sheet, economic=False)


@rule(
    "TBL-003", title="经济分类的类等于各款之和", severity=Severity.ERROR, basis="budget-law", article=46,
    checks=("D34", "D36"),
)  # fmt: skip
def an_economic_class_is_the_sum_of_its_items(document: BudgetDocument) -> Iterator[Gap]:
    """In the table of basic expenditure a 类 (301) is the sum of its 款 (30101 …)."""
    for sheet in sheets(document):
        if sheet.table.kind is TableKind.BASIC_EXPENDITURE:
            yield from _families(sheet, economic=True)


@rule(
    "TBL-004", title="合计行等于各科目之和", severity=Severity.ERROR, basis="form-disclosure-tables", article="合计",
    checks=("D34", "D35"),
)  # fmt: skip
def the_total_line_is_the_sum_of_the_highest_rows(document: BudgetDocument) -> Iterator[Gap]:
    """In every column the line 合计 equals the rows of the highest level of the classification.

    Silent where rows without a code have amounts as well: which level they are of cannot be told.
    """
    for sheet in sheets(document):
        if sheet.total_row is None or not sheet.tops:
            continue
        others = set(range(len(sheet.table.rows))) - set(sheet.coded.values()) - {sheet.total_row}
        if any(any(sheet.cells[row]) for row in others):
            continue
        for column, heading in enumerate(sheet.table.columns):
            whole = sheet.at(sheet.total_row, column)
            figures = [figure for row in sheet.tops if (figure := sheet.at(row, column)) is not None]
            if whole is not None and figures and heading.key not in _NOT_ADDED:
                yield from gaps(sum_gap(whole, figures, "各类", "核对各类的金额，更正合计行或其中的错项"))


@rule(
    "TBL-005", title="项目支出表、采购表的合计行等于各行之和", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="项目支出", checks=("M03", "D16"),
)  # fmt: skip
def the_total_line_is_the_sum_of_the_rows(document: BudgetDocument) -> Iterator[Gap]:
    """In a table of projects or purchases the line 合计 equals all rows, in every column of amounts.

    Silent where a row names a body of the table: it is a sum of the rows below it.
    """
    for sheet in sheets(document):
        if (
            sheet.table.kind not in (TableKind.PROJECT_EXPENDITURE, TableKind.PROCUREMENT)
            or sheet.total_row is None
        ):
            continue
        bodies = {row.unit for row in sheet.table.rows if row.unit} | {sheet.table.issuer}
        rows = [index for index in range(len(sheet.table.rows)) if index != sheet.total_row]
        if any(sheet.table.rows[index].name in bodies for index in rows):
            continue
        for column, heading in enumerate(sheet.table.columns):
            whole = sheet.at(sheet.total_row, column)
            figures = [figure for row in rows if (figure := sheet.at(row, column)) is not None]
            if whole is not None and figures and heading.key not in (*_NOT_ADDED, "quantity"):
                yield from gaps(sum_gap(whole, figures, "各行", "核对是否漏行、重行，或更正合计行"))


def _each_side(document: BudgetDocument) -> Iterator[tuple[Sheet, str, Side]]:
    for sheet in sheets(document):
        if sheet.table.kind in _TWO_SIDED:
            for name in ("revenue", "expenditure"):
                for found in side(sheet, name):
                    yield sheet, name, found


@rule(
    "TBL-006", title="收支总表的收入等于各来源之和", severity=Severity.ERROR, basis="budget-law", article=4,
    checks=("D34", "D03"),
)  # fmt: skip
def listed_income_adds_up(document: BudgetDocument) -> Iterator[Gap]:
    """本年收入合计 equals the sources above it; where that line is not printed, 收入总计 does."""
    for _, name, found in _each_side(document):
        if name == "revenue":
            yield from _listed(found, "各项收入")


@rule(
    "TBL-007", title="收支总表的支出等于各类之和", severity=Severity.ERROR, basis="budget-law", article=46,
    checks=("D34",),
)  # fmt: skip
def listed_expenditure_adds_up(document: BudgetDocument) -> Iterator[Gap]:
    """本年支出合计 equals the classes above it, in every column; where that line is not printed, 支出总计 does."""
    for _, name, found in _each_side(document):
        if name == "expenditure":
            yield from _listed(found, "各类支出")


def _listed(found: Side, what: str) -> Iterator[Gap]:
    whole = found.own or found.grand
    if whole is not None and whole.figure is not None and with_figures(found.items):
        yield from gaps(
            sums_gap(whole.figure, readings(found.items), what, f"核对{what}的金额，更正合计或其中的错项")
        )


@rule(
    "TBL-008", title="总计等于本年合计与结转之和", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="收支总计", checks=("D34", "D47"),
)  # fmt: skip
def the_grand_total_is_the_year_and_what_is_carried_over(document: BudgetDocument) -> Iterator[Gap]:
    """收入总计 equals 本年收入 and 上年结转; 支出总计 equals 本年支出 and 结转下年 (年末结转)."""
    for _, _, found in _each_side(document):
        if found.own is None or found.own.figure is None or found.grand is None or found.grand.figure is None:
            continue
        own = found.own.figure
        ways: list[list[Figure]] = [[own, *more] for more in readings(found.more)] or [[own]]
        yield from gaps(
            sums_gap(found.grand.figure, ways, "本年合计与结转", "核对本年合计、上年结转和结转下年")
        )


@rule(
    "TBL-009", title="“三公”经费表的合计等于各项之和", severity=Severity.ERROR, basis="mof-2016-143", article="三公经费",
    checks=("D12",),
)  # fmt: skip
def the_three_public_expenses_of_the_table_add_up(document: BudgetDocument) -> Iterator[Gap]:
    """“三公”经费 equals travel abroad, vehicles and reception; vehicles equal purchase and operation; in every stage."""
    for sheet in sheets(document):
        if sheet.table.kind is not TableKind.THREE_PUBLIC:
            continue
        for one in expenses(sheet):
            figures = one.figures
            vehicle = [figures[key] for key in ("vehicle_purchase", "vehicle_operation") if key in figures]
            if "vehicle" in figures and vehicle:
                yield from gaps(
                    sum_gap(
                        figures["vehicle"],
                        vehicle,
                        "公务用车购置费与运行费",
                        "核对公务用车购置费、运行费和小计",
                    )
                )
            parts = [figures["vehicle"]] if "vehicle" in figures else vehicle
            parts += [figures[key] for key in ("abroad", "reception") if key in figures]
            if "total" in figures and len(parts) > 1:
                yield from gaps(
                    sum_gap(figures["total"], parts, "“三公”经费各项", "核对“三公”经费各项和合计")
                )


@rule(
    "TBL-010",
    title="收入总计等于支出总计",
    severity=Severity.ERROR,
    basis="budget-law",
    article=12,
    checks=("D34",),
)
def income_and_expenditure_balance(document: BudgetDocument) -> Iterator[Gap]:
    """In the 收支总表 and the 财政拨款收支总表 收入总计 equals 支出总计, with what was carried over on both sides."""
    for sheet in sheets(document):
        if sheet.table.kind not in _TWO_SIDED:
            continue
        income = {found.column: found for found in side(sheet, "revenue")}
        spent = {found.column: found for found in side(sheet, "expenditure")}
        pairs = [(income[column], spent[column]) for column in income if column in spent]
        if not pairs and len(income) == 1 and sheet.keys.get("total") in spent:
            (only,) = income.values()
            pairs = [(only, spent[sheet.keys["total"]])]
        for left, right in pairs:
            if left.grand is None or right.grand is None:
                continue
            if left.grand.figure is not None and right.grand.figure is not None:
                yield from gaps(
                    sum_gap(
                        right.grand.figure,
                        [left.grand.figure],
                        "收入总计",
                        "核对收入总计和支出总计，收支应当平衡",
                    )
                )
