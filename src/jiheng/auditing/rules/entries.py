"""ACC: single entries of one disclosure table against those of another, and against the goal tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jiheng.auditing.equations import gaps, same_gap, sum_gap
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.scope import budgeted
from jiheng.auditing.sheets import Figure, Sheet, books, sheets
from jiheng.auditing.sides import bare
from jiheng.auditing.three_public import current
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Severity, TableKind, normalise

_ECONOMIC = {
    "abroad": "30212",
    "reception": "30217",
    "vehicle_operation": "30231",
    "vehicle_purchase": "31013",
}
"""The 款 under which each of the three public expenses stands in basic expenditure."""
_BY_FUNCTION = frozenset({TableKind.REVENUE, TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC_EXPENDITURE})


@rule(
    "ACC-012", title="一般公共预算支出不超过该科目的全部支出", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="支出", checks=("D34", "D35"),
)  # fmt: skip
def the_general_public_part_stays_within_the_whole(document: BudgetDocument) -> Iterator[Gap]:
    """What a function gets from the general public budget is not more than it gets in the table of all expenditure."""
    for book in books(document):
        part, whole = book.get(TableKind.GENERAL_PUBLIC_EXPENDITURE), book.get(TableKind.EXPENDITURE)
        if part is None or whole is None:
            continue
        for code, row in part.coded.items():
            for key in ("whole", "basic", "project"):
                stated, other = part.figure(row, key), whole.figure(whole.coded.get(code), key)
                if stated is not None and other is not None and stated.money > other.money:
                    yield from gaps(same_gap(stated, [other], "核对该科目在两张表中的金额"))


@rule(
    "ACC-013", title="“三公”经费不少于基本支出中的同名科目", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="三公经费", checks=("D34", "D12"),
)  # fmt: skip
def the_three_public_expenses_hold_those_of_basic_expenditure(document: BudgetDocument) -> Iterator[Gap]:
    """Each of the three public expenses is at least its 款 in basic expenditure; projects may add more."""
    for book in books(document):
        table, basic = book.get(TableKind.THREE_PUBLIC), book.get(TableKind.BASIC_EXPENDITURE)
        found = current(table, is_final=table.table.is_final) if table is not None else None
        if basic is None or found is None:
            continue
        for expense, code in _ECONOMIC.items():
            stated = found.figures.get(expense)
            other = _amount(basic, basic.coded.get(code))
            if stated is not None and other is not None and stated.money < other.money:
                yield from gaps(
                    same_gap(stated, [other], "核对“三公”经费表和基本支出表的该项金额", Severity.WARNING)
                )


def _amount(table: Sheet, row: int | None) -> Figure | None:
    """What a row comes to: its total, else its only amount."""
    if row is None:
        return None
    total = table.figure(row, "whole")
    figures = [figure for at in range(len(table.table.columns)) if (figure := table.at(row, at)) is not None]
    return total or (figures[0] if len(figures) == 1 else None)


@rule(
    "ACC-014", title="项目支出表的合计与支出总表的项目支出一致", severity=Severity.ERROR, basis="form-disclosure-tables",
    article="项目支出", checks=("M03", "D34"),
)  # fmt: skip
def the_projects_make_up_project_expenditure(document: BudgetDocument) -> Iterator[Gap]:
    """合计 of the table of projects equals 项目支出 of the table of expenditure.

    It may as well list all expenditure, or that of the general public budget alone. Without a line 合计 the rows
    are added up, which is only worth a warning: some tables name the larger projects alone.
    """
    for book in books(document):
        table = book.get(TableKind.PROJECT_EXPENDITURE)
        tables = (book.get(TableKind.EXPENDITURE), book.get(TableKind.GENERAL_PUBLIC_EXPENDITURE))
        spent = [
            figure
            for other in tables
            if other
            for key in ("project", "whole")
            if (figure := other.total(key))
        ]
        if (
            table is None
            or not spent
            or "project" not in {key for other in tables if other for key in other.keys}
        ):
            continue
        stated = table.total("whole")
        if stated is not None:
            yield from gaps(same_gap(stated, spent, "核对项目支出表是否漏列项目，或更正项目支出"))
            continue
        bodies = {row.unit for row in table.table.rows if row.unit} | {table.table.issuer}
        if table.total_row is not None or any(row.name in bodies for row in table.table.rows):
            continue
        rows = [
            figure
            for row in range(len(table.table.rows))
            if (figure := table.figure(row, "whole")) is not None
        ]
        found = [
            sum_gap(one, rows, "项目支出表各行", "核对项目支出表是否漏列项目", Severity.WARNING)
            for one in spent
        ]
        if rows and all(gap is not None for gap in found):
            yield from gaps(found[0])


@rule(
    "ACC-015", title="项目支出表的金额与绩效目标表的预算数一致", severity=Severity.ERROR, basis="mof-2015-88", article=27,
    checks=("M03", "M05"),
)  # fmt: skip
def a_project_has_the_budget_of_its_goal_table(document: BudgetDocument) -> Iterator[Gap]:
    """The row of a project in the table of projects equals 预算数 of the goal table of the same name.

    Silent where a name stands in several rows or goal tables.
    """
    planned: dict[str, list[Figure]] = {}
    for path, project in document.goal_tables():
        money = project.budget.money("total") if project.budget is not None else None
        if money is not None and project.name:
            figure = Figure(money, f"{path}.budget.total", f"“{project.name}”绩效目标表的预算数")
            planned.setdefault(normalise(project.name), []).append(figure)
    if not planned:
        return
    for sheet in sheets(document):
        if sheet.table.kind is not TableKind.PROJECT_EXPENDITURE or sheet.table.is_final:
            continue
        names = [normalise(row.name) for row in sheet.table.rows]
        counted = Counter(names)
        for row, name in enumerate(names):
            goal, stated = planned.get(name, []), sheet.figure(row, "whole")
            if len(goal) == 1 and stated is not None and counted[name] == 1:
                yield from gaps(same_gap(stated, goal, "核对项目支出表和绩效目标表，两处应为同一金额"))


@rule(
    "ACC-016", title="同一科目编码在各表的名称相同", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="科目", checks=("D35",),
)  # fmt: skip
def a_code_has_one_name(document: BudgetDocument) -> Iterator[Gap]:
    """A code of the functional classification has the same name in every table.

    Silent where one name is the beginning of the other: a narrow cell was cut.
    """
    first: dict[str, tuple[str, str]] = {}
    for sheet in sheets(document):
        if sheet.table.kind not in _BY_FUNCTION:
            continue
        for code, row in sheet.coded.items():
            name = bare(sheet.table.rows[row].name)
            if not name:
                continue
            path = f"{sheet.path}.rows.{row}.name"
            known, where = first.setdefault(code, (name, path))
            if not known.startswith(name) and not name.startswith(known):
                yield Gap(
                    path=path,
                    message=f"{sheet.name}中科目 {code} 的名称是“{name}”，前面的表中是“{known}”",
                    remedy="按当年政府收支分类科目核对编码和名称",
                    stated=name,
                    computed=known,
                    related=(where,),
                )


@rule(
    "ACC-017", title="一般公共预算支出表不列基金和国有资本经营预算的科目", severity=Severity.WARNING, basis="budget-law",
    article=5, checks=("D38",),
)  # fmt: skip
def the_four_budgets_are_kept_apart(document: BudgetDocument) -> Iterator[Gap]:
    """No function that only the funds or state capital pay for has money in the table of the general public budget."""
    other = tuple(thresholds("tables")["other_budgets"])
    for sheet in sheets(document):
        if sheet.table.kind is not TableKind.GENERAL_PUBLIC_EXPENDITURE:
            continue
        for code, row in sheet.coded.items():
            figure = sheet.figure(row, "whole")
            if code in other and figure is not None and figure.money:
                yield Gap(
                    path=figure.path,
                    message=f"{figure}，该科目属于政府性基金预算或国有资本经营预算",
                    remedy="移到政府性基金或国有资本经营预算支出表，或更正科目编码",
                    stated=figure.money.text,
                    unit=figure.money.unit,
                    related=(f"{sheet.path}.rows.{row}.code",),
                )


@rule(
    "ACC-019", title="收入总表与支出总表所列同一科目的金额一致", severity=Severity.WARNING, basis="budget-law-rules",
    article=5, checks=("D34", "D35"), applies=budgeted,
)  # fmt: skip
def a_function_gets_what_it_spends(document: BudgetDocument) -> Iterator[Gap]:
    """In a budget whose two tables have the same total, a function has the same amount in both: income goes with spending."""
    for book in books(document):
        income, spent = book.get(TableKind.REVENUE), book.get(TableKind.EXPENDITURE)
        if income is None or spent is None:
            continue
        stated, other = income.total("whole"), spent.total("whole")
        if stated is None or other is None or disagreement(stated.money, other.money):
            continue
        for code, row in income.coded.items():
            one, two = income.figure(row, "whole"), spent.figure(spent.coded.get(code), "whole")
            if one is not None and two is not None:
                yield from gaps(same_gap(one, [two], "核对该科目在两张表中的金额", Severity.WARNING))


@rule(
    "ACC-020", title="部门汇总表等于所属各单位之和", severity=Severity.WARNING, basis="budget-law", article=8,
    checks=("D30", "D34"),
)  # fmt: skip
def a_department_is_the_sum_of_its_bodies(document: BudgetDocument) -> Iterator[Gap]:
    """Where a file has a table of the whole department (汇总) and the same one of several bodies, these make it up.

    Silent unless exactly one of the tables says that it is of the department and at least two are of its bodies.
    """
    kinds: dict[TableKind, list[Sheet]] = {}
    for sheet in sheets(document):
        if sheet.table.kind in _BY_FUNCTION and sheet.table.issuer:
            kinds.setdefault(sheet.table.kind, []).append(sheet)
    for found in kinds.values():
        whole = [sheet for sheet in found if "汇总" in f"{sheet.table.issuer}{sheet.table.title}"]
        parts = [sheet for sheet in found if sheet not in whole]
        bodies = {normalise(sheet.table.issuer) for sheet in parts}
        if len(whole) != 1 or len(parts) < 2 or len(bodies) < len(parts):
            continue
        stated, figures = _sum_of(whole[0]), [_sum_of(sheet) for sheet in parts]
        known = [figure for figure in figures if figure is not None]
        if stated is not None and len(known) == len(figures):
            yield from gaps(
                sum_gap(
                    stated,
                    known,
                    "所属各单位",
                    "核对各单位的金额；有内部往来抵销的予以说明",
                    Severity.WARNING,
                )
            )


def _sum_of(sheet: Sheet) -> Figure | None:
    """The total of a table: its line 合计, else its only row of the highest level."""
    if sheet.total_row is not None:
        return sheet.total("whole")
    return sheet.figure(sheet.tops[0], "whole") if len(sheet.tops) == 1 else None


@rule(
    "ACC-018", title="各表所列同一科目的支出一致", severity=Severity.ERROR, basis="form-disclosure-tables", article="支出",
    checks=("D34", "D35"),
)  # fmt: skip
def a_function_has_one_amount_where_all_money_is_of_one_budget(document: BudgetDocument) -> Iterator[Gap]:
    """Where all expenditure is of the general public budget, every function has the same amounts in both tables."""
    for book in books(document):
        part, whole = book.get(TableKind.GENERAL_PUBLIC_EXPENDITURE), book.get(TableKind.EXPENDITURE)
        if part is None or whole is None:
            continue
        stated, other = part.total("whole"), whole.total("whole")
        if stated is None or other is None or disagreement(stated.money, other.money):
            continue
        for code, row in part.coded.items():
            for key in ("whole", "basic", "project"):
                one, two = part.figure(row, key), whole.figure(whole.coded.get(code), key)
                if one is not None and two is not None and one.money < two.money:  # more is for ACC-012
                    yield from gaps(same_gap(one, [two], "核对该科目在两张表中的金额"))
