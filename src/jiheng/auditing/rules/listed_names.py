"""NAME: a project has one name and one code in the table of projects and in its goal table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from jiheng.auditing.naming import likeness, plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.sheets import Figure, Sheet, sheets
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Money, Project, Severity, TableKind, without_space

_SHORTEST_CODE = 8
"""Shorter codes in a table of projects are of the classification."""


class _Entry(NamedTuple):
    """A row of the table of projects.

    Attributes:
        name: as names are compared.
        code: without blanks; "" where it has none of a project.
    """

    path: str
    printed: str
    name: str
    code: str
    figure: Figure | None


@rule(
    "NAME-013", title="项目支出表与绩效目标表的项目名称、编码一致", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="项目支出", checks=("C16", "M05"),
)  # fmt: skip
def a_project_is_written_alike_in_both_tables(document: BudgetDocument) -> Iterator[Gap]:
    """A row of the table of projects and the goal table of the same project have one name and one code.

    The same project are a row and a goal table of one code, or of one amount and names nearly alike, where no other has
    that code, name or amount.
    """
    tables = [(path, project) for path, project in document.goal_tables() if project.name]
    if not tables:
        return
    for sheet in sheets(document):
        if sheet.table.kind is TableKind.PROJECT_EXPENDITURE and not sheet.table.is_final:
            yield from _compared(_entries(sheet), tables)


def _entries(sheet: Sheet) -> list[_Entry]:
    found = []
    for index, row in enumerate(sheet.table.rows):
        if index == sheet.total_row or not row.name:
            continue
        code = without_space(row.code or "")
        found.append(
            _Entry(
                f"{sheet.path}.rows.{index}",
                row.name,
                plain_name(row.name),
                code if len(code) >= _SHORTEST_CODE else "",
                sheet.figure(index, "whole"),
            )
        )
    return found


def _compared(entries: Sequence[_Entry], tables: Sequence[tuple[str, Project]]) -> Iterator[Gap]:
    names, codes = Counter(entry.name for entry in entries), Counter(entry.code for entry in entries)
    of_name = _by(tables, lambda project: plain_name(project.name))
    of_code = _by(tables, lambda project: without_space(project.code or ""))
    free = [entry for entry in entries if entry.name not in of_name and names[entry.name] == 1]
    for entry in entries:
        same = of_name.get(entry.name, [])
        if len(same) == 1 and names[entry.name] == 1:
            path, project = same[0]
            code = without_space(project.code or "")
            if entry.code and code and code != entry.code and entry.code not in of_code and codes[code] == 0:
                yield _code_gap(entry, path, project)
            continue
        if entry not in free:
            continue
        coded = of_code.get(entry.code, []) if entry.code and codes[entry.code] == 1 else []
        alike = coded or _alike(entry, free, tables, names)
        if len(alike) == 1:
            yield _name_gap(entry, *alike[0])


def _by(
    tables: Sequence[tuple[str, Project]], key: Callable[[Project], str]
) -> dict[str, list[tuple[str, Project]]]:
    found: dict[str, list[tuple[str, Project]]] = {}
    for path, project in tables:
        found.setdefault(key(project), []).append((path, project))
    return found


def _alike(
    entry: _Entry, free: Sequence[_Entry], tables: Sequence[tuple[str, Project]], names: Counter[str]
) -> list[tuple[str, Project]]:
    """The goal tables without a row of their name that have nearly its name, and its amount, which no other row has."""
    figure = entry.figure
    if figure is None or not figure.money:
        return []
    if sum(one.figure is not None and one.figure.money == figure.money for one in free) > 1:
        return []
    return [
        (path, project)
        for path, project in tables
        if names[plain_name(project.name)] == 0
        and _amount(project) == figure.money
        and likeness(entry.name, plain_name(project.name)) >= thresholds("names")["same"]
    ]


def _amount(project: Project) -> Money | None:
    return project.budget.money("total") if project.budget is not None else None


def _name_gap(entry: _Entry, path: str, project: Project) -> Gap:
    why = (
        f"编码同为 {entry.code}"
        if entry.code == without_space(project.code or "") and entry.code
        else "金额相同"
    )
    return Gap(
        path=f"{entry.path}.name",
        message=f"项目支出表写“{entry.printed}”，绩效目标表写“{project.name}”，{why}，名称写法不一",
        remedy="核对后改为项目库中的同一名称",
        stated=entry.printed,
        computed=project.name,
        related=(f"{path}.name",),
    )


def _code_gap(entry: _Entry, path: str, project: Project) -> Gap:
    return Gap(
        path=f"{entry.path}.code",
        message=f"“{entry.printed}”在项目支出表中的编码是 {entry.code}，绩效目标表中是 {project.code}",
        remedy="从项目库中复制项目编码",
        stated=entry.code,
        computed=project.code,
        related=(f"{path}.code",),
    )
