"""TOLD: how many of the projects that a disclosure lists have goals."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import budgeted
from jiheng.auditing.sheets import is_total, only_books
from jiheng.auditing.thresholds import number
from jiheng.budget import BudgetDocument, Severity, TableKind


@rule(
    "TOLD-020", title="编报绩效目标的项目达到应有的比例", severity=Severity.NOTICE, basis="mof-2015-88", article=27,
    checks=("D44",), applies=budgeted,
)  # fmt: skip
def most_projects_have_goals(document: BudgetDocument) -> Iterator[Gap]:
    """The projects with goals, as told or as goal tables are printed, are at least 60 per cent of those in the table.

    Silent where nothing says how many have goals, and where the table lists more than one row of a project.
    """
    book = only_books(document)
    sheet = book.get(TableKind.PROJECT_EXPENDITURE) if book is not None else None
    node = document.performance_management
    told = node.goal_projects if node is not None and (node.goal_projects or "").isdecimal() else None
    printed = sum(1 for _ in document.goal_tables())
    if sheet is None or (told is None and not printed):
        return
    names = [row.name for row in sheet.table.rows if row.name and not is_total(row.name)]
    with_goals = max(int(told or 0), printed)
    least = number("told", "share_with_goals")
    if len(names) != len(set(names)) or not names or with_goals * 100 >= least * len(names):
        return
    share = f"{with_goals * 100 / len(names):.0f}"
    yield Gap(
        path="performance_management.goal_projects" if told is not None else "projects",
        message=f"项目支出表列有 {len(names)} 个项目，编报或公开绩效目标的 {with_goals} 个，占 {share}%，低于 {least:f}%",
        remedy="项目支出都应编报绩效目标；因涉密等原因不公开的予以说明",
        stated=str(with_goals),
        computed=str(len(names)),
        unit="个",
        related=(sheet.path,),
    )
