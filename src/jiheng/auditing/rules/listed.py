"""LIB: a budget's projects are those of the library of projects (项目库), under its codes, names and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.library import Library
from jiheng.auditing.naming import plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared
from jiheng.budget import BudgetDocument, Project, Severity, normalise, without_space

_STATE: Final = re.compile(r"状态|是否入库|审核(?:结果|结论|情况)|入库情况")
_OUT: Final = re.compile(r"未入库|审核中|待审|未审|退回|不通过|未通过|终止|作废|出库|草稿|暂缓|^否$")


def _state(project: Project) -> str | None:
    """What the library says of a project that may not be budgeted for."""
    for statement in project.statements:
        if _STATE.search(normalise(statement.label)) and _OUT.search(normalise(statement.text)):
            return statement.text
    return None


@rule(
    "LIB-001", title="安排预算的项目已入项目库", severity=Severity.ERROR, basis="budget-law-rules", article=41,
    checks=("C01",), over_library=True, applies=declared,
)  # fmt: skip
def a_budgeted_project_is_in_the_library(document: BudgetDocument, library: Library) -> Iterator[Gap]:
    """Every project of a budget is in the library, by its code or by its name."""
    for path, project in document.goal_tables():
        if (project.code or project.name) and library.of(project) is None:
            code = f"（{project.code}）" if project.code else ""
            yield Gap(
                path=f"{path}.code" if project.code else f"{path}.name",
                message=f"“{project.label}”{code}不在项目库中",
                remedy="先按规定入库，再安排预算；已入库的，核对编码和名称",
                stated=project.code or project.name,
            )


@rule(
    "LIB-002", title="项目编码与项目库一致", severity=Severity.ERROR, basis="mof-office-2020-13", article="项目编码",
    checks=("C07",), over_library=True, applies=declared,
)  # fmt: skip
def a_code_is_that_of_the_library(document: BudgetDocument, library: Library) -> Iterator[Gap]:
    """A project whose name the library has once has the code that it has there."""
    for path, project in document.goal_tables():
        same = library.of_name(project.name)
        if not project.code or library.of_code(project.code) or len(same) != 1 or not same[0].code:
            continue
        yield Gap(
            path=f"{path}.code",
            message=f"“{project.label}”的项目编码是 {project.code}，项目库中是 {same[0].code}",
            remedy="从项目库中复制项目编码",
            stated=project.code,
            computed=same[0].code,
            mends=((f"{path}.code", same[0].code),),
        )


@rule(
    "LIB-003", title="项目名称与项目库一致", severity=Severity.WARNING, basis="mof-office-2020-13", article="项目编码",
    checks=("C16",), over_library=True, applies=declared,
)  # fmt: skip
def a_name_is_that_of_the_library(document: BudgetDocument, library: Library) -> Iterator[Gap]:
    """A project whose code is in the library has the name that it has there."""
    for path, project in document.goal_tables():
        entered = library.of_code(project.code)
        if entered is None or not entered.name or not project.name:
            continue
        if plain_name(entered.name) == plain_name(project.name):
            continue
        yield Gap(
            path=f"{path}.name",
            message=f"项目编码 {without_space(project.code or '')} 在项目库中是“{entered.name}”，这里写“{project.name}”",
            remedy="核对编码和名称，以项目库为准",
            stated=project.name,
            computed=entered.name,
            related=(f"{path}.code",),
        )


@rule(
    "LIB-004", title="预算数不超过项目库的金额", severity=Severity.WARNING, basis="budget-law-rules", article=41,
    checks=("M02",), over_library=True, applies=declared,
)  # fmt: skip
def a_budget_is_within_what_was_entered(document: BudgetDocument, library: Library) -> Iterator[Gap]:
    """A project's budget is no more than the amount with which it was entered."""
    for path, project in document.goal_tables():
        entered = library.of(project)
        stated = project.budget.money("total") if project.budget else None
        limit = entered.budget.money("total") if entered is not None and entered.budget else None
        if stated is None or limit is None or not limit or stated <= limit:
            continue
        yield Gap.of_money(
            f"{path}.budget.total",
            stated,
            limit,
            message=f"“{project.label}”的预算数 {stated}，超过项目库中的 {limit}，多出 {stated - limit}",
            remedy="核对预算数；确需增加的，先按规定调整项目库",
        )


@rule(
    "LIB-005", title="项目库中的项目已审核入库", severity=Severity.ERROR, basis="budget-law-rules", article=41, checks=("C01",),
    over_library=True, applies=declared,
)  # fmt: skip
def an_entry_was_approved(document: BudgetDocument, library: Library) -> Iterator[Gap]:
    """A budgeted project is not one that the library lists as waiting, returned or ended."""
    for path, project in document.goal_tables():
        entered = library.of(project)
        state = _state(entered) if entered is not None else None
        if state is not None:
            yield Gap(
                path=f"{path}.name",
                message=f"“{project.label}”在项目库中的状态是“{state}”，不能安排预算",
                remedy="审核入库后再安排预算",
                stated=state,
            )
