"""GOAL: goals, purposes and the whole department's goals are there and say something."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.names import plain_name
from jiheng.auditing.scope import declared, is_told, performance_text, states
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Money, Severity, is_blank, normalise


@rule(
    "GOAL-001",
    title="项目有绩效目标",
    severity=Severity.ERROR,
    basis="mof-2015-88",
    article="完整性",
    checks=("G01",),
    applies=declared,
)
def a_project_has_goals(document: BudgetDocument) -> Iterator[Gap]:
    """Every goal table states at least one goal."""
    for path, project in document.goal_tables():
        if project.goals or is_told(document, project):
            continue
        if states(document, "goals") or not project.indicators:
            yield Gap(path=f"{path}.goals", message="没有填写绩效目标", remedy="填写年度绩效目标")


@rule(
    "GOAL-002", title="分项绩效目标有绩效指标", severity=Severity.WARNING, basis="form-performance-text",
    article="分项目标", checks=("G34",),
)  # fmt: skip
def an_itemised_goal_has_goal_and_indicators(document: BudgetDocument) -> Iterator[Gap]:
    """Every 分项绩效目标 has its 绩效目标 and its 绩效指标."""
    for index, goal in enumerate(document.sub_goals):
        for field, what in (("goal", "绩效目标"), ("indicators", "绩效指标")):
            if is_blank(getattr(goal, field)):
                yield Gap(
                    path=f"sub_goals.{index}.{field}",
                    message=f"分项绩效目标“{goal.title or index + 1}”没有写{what}",
                    remedy=f"补写{what}",
                )


@rule(
    "GOAL-003", title="绩效目标不重复", severity=Severity.WARNING, basis="mof-2015-88", article="完整性",
    checks=("G01",),
)  # fmt: skip
def goals_differ(document: BudgetDocument) -> Iterator[Gap]:
    """Within a project no goal stands twice."""
    for path, project in document.goal_tables():
        seen: dict[str, int] = {}
        for index, goal in enumerate(project.goals):
            first = seen.setdefault(normalise(goal), index)
            if first != index:
                yield Gap(
                    path=f"{path}.goals.{index}",
                    message=f"第 {index + 1} 条绩效目标与第 {first + 1} 条相同：“{goal}”",
                    remedy="删去重复的目标，或改写为不同的目标",
                    stated=goal,
                    related=(f"{path}.goals.{first}",),
                )


@rule(
    "GOAL-004", title="资金用途写明用在哪里", severity=Severity.WARNING, basis="form-performance-text",
    article="预算规模", checks=("M06",),
)  # fmt: skip
def the_purpose_says_what_the_money_is_for(document: BudgetDocument) -> Iterator[Gap]:
    """资金用途 is filled in where the form asks for it, and says more than the project's name."""
    for path, project in document.goal_tables():
        if project.budget is None or project.budget.total is None or not states(document, "purpose"):
            continue
        purpose = plain_name(project.purpose)
        if not purpose:
            yield Gap(path=f"{path}.purpose", message="没有填写资金用途", remedy="写明资金用在哪些方面")
        elif (
            purpose == plain_name(project.name) or len(purpose) < thresholds("indicators")["shortest_purpose"]
        ):
            yield Gap(
                path=f"{path}.purpose",
                message=f"资金用途“{project.purpose}”没有比项目名称多说什么",
                remedy="写明资金用在哪些方面、怎样测算",
                stated=project.purpose,
                related=(f"{path}.name",),
            )


@rule(
    "GOAL-005", title="有总体绩效目标", severity=Severity.ERROR, basis="hebei-2018-opinion", article="整体目标",
    checks=("G01",), applies=performance_text,
)  # fmt: skip
def the_department_has_an_overall_goal(document: BudgetDocument) -> Iterator[Gap]:
    """A 部门预算绩效文本 or a department's disclosure states 总体绩效目标."""
    if not document.overall_goal:
        yield Gap(path="overall_goal", message="没有总体绩效目标", remedy="补写部门整体绩效目标的总体目标")


@rule(
    "GOAL-006", title="项目预算数大于零", severity=Severity.WARNING, basis="form-performance-text", article="预算规模",
    checks=("M02",),
)  # fmt: skip
def a_project_has_a_budget(document: BudgetDocument) -> Iterator[Gap]:
    """A table that has the field 预算数 states an amount above zero in it."""
    for path, project in document.goal_tables():
        if project.budget is None:
            continue
        total = Money.parse(project.budget.total, project.budget.unit)
        if total is None and project.budget.fiscal is None:
            continue  # a form without these fields: only the unit of money was read
        if total is None or total.number <= 0:
            yield Gap(
                path=f"{path}.budget.total",
                message=f"预算数为{'空' if total is None else f' {total}'}",
                remedy="填写预算数；没有预算的项目不列入文本",
                stated=total.text if total is not None else None,
            )


@rule(
    "GOAL-011", title="分项绩效目标不重复", severity=Severity.WARNING, basis="form-performance-text", article="分项目标",
    checks=("G34", "G35"),
)  # fmt: skip
def an_itemised_goal_stands_once(document: BudgetDocument) -> Iterator[Gap]:
    """No two 分项绩效目标 have the same title: one duty has one goal."""
    seen: dict[str, int] = {}
    for index, goal in enumerate(document.sub_goals):
        title = normalise(goal.title)
        first = seen.setdefault(title, index)
        if title and first != index:
            yield Gap(
                path=f"sub_goals.{index}.title",
                message=f"分项绩效目标“{goal.title}”列了两次（第 {first + 1} 项和第 {index + 1} 项）",
                remedy="合并为一项，或更正标题",
                stated=goal.title,
                related=(f"sub_goals.{first}.title",),
            )
