"""ACC: the tables of expenditure and of projects against the goal tables, project by project and as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from jiheng.auditing.naming import likeness, plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.remembered import remembered
from jiheng.auditing.scope import budgeted, declared
from jiheng.auditing.sheets import Figure, Sheet, is_total, only_books
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Money, Project, Severity, TableKind, money_sum, normalise


@rule(
    "ACC-021", title="绩效目标表的预算数之和不超过支出总表的项目支出", severity=Severity.ERROR,
    basis="form-disclosure-tables", article="项目支出", checks=("M03",), applies=budgeted,
)  # fmt: skip
def goal_tables_stay_within_project_expenditure(document: BudgetDocument) -> Iterator[Gap]:
    """The budgets of the goal tables together are not more than 项目支出 of the table of expenditure.

    Less says nothing: often the goals of some projects alone are disclosed. Special funds are not in the table.
    """
    book = only_books(document) if declared(document) else None
    sheet = book.get(TableKind.EXPENDITURE) if book else None
    stated = sheet.total("project") or _sum_of_tops(sheet, "project") if sheet else None
    if stated is None:
        return
    found = [
        (f"projects.{index}.budget.total", money)
        for index, project in enumerate(document.projects)
        if project.budget and (money := project.budget.money("total"))
    ]
    computed = money_sum([money for _, money in found], stated.money.unit)
    if found and computed > stated.money:
        yield Gap.of_money(
            stated.path,
            stated.money,
            computed,
            message=f"{len(found)} 张绩效目标表的预算数合计 {computed}，多于{stated}，相差 {computed - stated.money}",
            remedy="核对各项目的预算数和项目支出",
            related=tuple(path for path, _ in found),
        )


def _sum_of_tops(sheet: Sheet, key: str) -> Figure | None:
    """What the highest rows come to, where a table has no line 合计."""
    figures = [figure for row in sheet.tops if (figure := sheet.figure(row, key)) is not None]
    if not figures or sheet.total_row is not None:
        return None
    money = money_sum([figure.money for figure in figures], figures[0].money.unit)
    return Figure(money, figures[0].path, f"{sheet.name}各类“项目支出”合计")


_MOST_PAIRS: Final = 10_000
"""So many names are held against one another; a file with more is of another kind than we know."""


class _Listed(NamedTuple):
    """A row of the table of projects that names a project with money."""

    path: str
    name: str
    money: Money


@remembered
def _pairs(document: BudgetDocument) -> tuple[Sequence[_Listed], Sequence[tuple[str, Project]]] | None:
    """The rows without a goal table and the goal tables without a row; ``None`` where most have no counterpart.

    A name that is written a little differently counts as the same: NAME-004 is for that.
    """
    book = only_books(document)
    sheet = book.get(TableKind.PROJECT_EXPENDITURE) if book else None
    tables = [
        (f"projects.{index}", project) for index, project in enumerate(document.projects) if project.name
    ]
    if sheet is None or sheet.table.is_final or not tables:
        return None
    listed = list(_rows(sheet))
    named = {plain_name(project.name): path for path, project in tables}
    used = {path for row in listed if (path := named.get(plain_name(row.name)))}
    loose = [row for row in listed if plain_name(row.name) not in named]
    left = [(path, project) for path, project in tables if path not in used]
    if len(used) < thresholds("names")["pairs_to_judge"] or len(used) * 2 < max(len(listed), len(tables)):
        return None
    if len(loose) * len(left) > _MOST_PAIRS:
        return None
    alike = [
        (row, path)
        for row in loose
        for path, project in left
        if likeness(plain_name(row.name), plain_name(project.name)) >= thresholds("names")["same"]
    ]
    rows, paths = {row.path for row, _ in alike}, {path for _, path in alike}
    return (
        [row for row in loose if row.path not in rows],
        [(path, project) for path, project in left if path not in paths],
    )


def _rows(sheet: Sheet) -> Iterator[_Listed]:
    bodies = {normalise(row.unit) for row in sheet.table.rows if row.unit} | {normalise(sheet.table.issuer)}
    for index, row in enumerate(sheet.table.rows):
        figure = sheet.figure(index, "whole")
        if not row.name or row.code is not None or figure is None or not figure.money:
            continue
        if not is_total(row.name) and normalise(row.name) not in bodies:
            yield _Listed(f"{sheet.path}.rows.{index}.name", row.name, figure.money)


@rule(
    "ACC-022", title="项目支出表与绩效目标表的项目一一对应", severity=Severity.ERROR, basis="mof-2015-88", article=27,
    checks=("M05",), applies=declared,
)  # fmt: skip
def listed_projects_and_goal_tables_belong_together(document: BudgetDocument) -> Iterator[Gap]:
    """Every project of the table of projects has a goal table, and every goal table a row there.

    Silent where fewer than half of them match: then the goals of some projects alone are disclosed.
    """
    found = _pairs(document)
    if found is None:
        return
    rows, tables = found
    for row in rows:
        yield Gap(
            path=row.path,
            message=f"项目支出表列有“{row.name}”{row.money}，没有绩效目标表",
            remedy="补编绩效目标表，或核对项目名称",
            stated=row.name,
        )
    for path, project in tables:
        yield Gap(
            path=f"{path}.name",
            message=f"“{project.name}”有绩效目标表，项目支出表没有列出",
            remedy="核对项目支出表是否漏列；没有预算的项目不列绩效目标表",
            stated=project.name,
        )
