"""GOAL: goals, purposes and the whole department's goals are there and say something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiheng.auditing.naming import plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared, fills_in, is_told, performance_text, states
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Severity, is_blank, normalise

_NUMBERED = re.compile(r"^\d{1,2}[.、．]")
_MARKS = re.compile(r"[，。；、,.;\s]")
# Goals that say something may be short (保证行洪); those that begin like this and end at once do not.
_DOING = re.compile(r"^(?:做好|搞好|抓好|完成|开展|推进|落实|加强)")


def _is_bare(goals: Sequence[str]) -> bool:
    """Whether all that the goals say is to do the work, in a few signs and without a figure."""
    said = _MARKS.sub("", "".join(_NUMBERED.sub("", normalise(goal)) for goal in goals))
    least = thresholds("indicators")["shortest_goals"]
    return len(said) < least and _DOING.match(said) is not None and not _FIGURE.search(said)


_NAUGHT = re.compile(r"^(?:无|略|暂无|/|-+|—+)[。.]?$")


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
    """Every goal table states at least one goal; one that is a verb and a noun (做好清淤) says too little."""
    for path, project in document.goal_tables():
        goals = [goal for goal in project.goals if not _NAUGHT.match(normalise(goal))]
        if _is_bare(goals):
            yield Gap(
                path=f"{path}.goals",
                message=f"绩效目标“{'；'.join(goals)}”没有写明做到什么程度、带来什么变化",
                remedy="写明完成的工作和带来的变化",
                stated=goals[0],
                severity=Severity.WARNING,
            )
        if goals or is_told(document, project):
            continue
        if project.goals:
            yield Gap(
                path=f"{path}.goals",
                message=f"绩效目标只写了“{project.goals[0]}”",
                remedy="填写年度绩效目标",
                stated=project.goals[0],
            )
            continue
        if states(document, "goals") or not project.indicators:
            yield Gap(path=f"{path}.goals", message="没有填写绩效目标", remedy="填写年度绩效目标")


_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十百千万两%％]|每|全部|全年|全覆盖")


@rule(
    "GOAL-002", title="分项绩效目标有绩效指标", severity=Severity.WARNING, basis="form-performance-text",
    article="分项目标", checks=("G34",),
)  # fmt: skip
def an_itemised_goal_has_goal_and_indicators(document: BudgetDocument) -> Iterator[Gap]:
    """Every 分项绩效目标 has its 绩效目标 and its 绩效指标, and there is a figure among these."""
    for index, goal in enumerate(document.sub_goals):
        for field, what in (("goal", "绩效目标"), ("indicators", "绩效指标")):
            if is_blank(getattr(goal, field)):
                yield Gap(
                    path=f"sub_goals.{index}.{field}",
                    message=f"分项绩效目标“{goal.title or index + 1}”没有写{what}",
                    remedy=f"补写{what}",
                )
        if not is_blank(goal.indicators) and not _FIGURE.search(goal.indicators or ""):
            yield Gap(
                path=f"sub_goals.{index}.indicators",
                message=f"分项绩效目标“{goal.title or index + 1}”的绩效指标没有数值：“{goal.indicators}”",
                remedy="写明数量、比率或时间",
                stated=goal.indicators,
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
            purpose == plain_name(project.name)
            or len(purpose) < thresholds("indicators")["shortest_purpose"]
            or _said(purpose) == _said(plain_name(project.name))
        ):
            yield Gap(
                path=f"{path}.purpose",
                message=f"资金用途“{project.purpose}”没有比项目名称多说什么",
                remedy="写明资金用在哪些方面、怎样测算",
                stated=project.purpose,
                related=(f"{path}.name",),
            )


# What every purpose may say of money: 用于某项目支出, 支付某某经费.
_PAYING = re.compile(
    r"^(?:主要)?(?:用于|支付|拨付|发放|保障|安排)+|(?:的|项目|专项|工作|支出|经费|费用|资金|拨付|发放|支付|使用)+$"
)


def _said(text: str) -> str:
    """What is left of a purpose or a name without the words for paying."""
    return _PAYING.sub("", _PAYING.sub("", text))


@rule(
    "GOAL-005", title="有总体绩效目标", severity=Severity.ERROR, basis="hebei-2018-opinion", article="整体目标",
    checks=("G01",), applies=performance_text,
)  # fmt: skip
def the_department_has_an_overall_goal(document: BudgetDocument) -> Iterator[Gap]:
    """A 部门预算绩效文本 or a department's disclosure states 总体绩效目标."""
    written = normalise("".join(document.overall_goal))
    if not written or all(_NAUGHT.match(normalise(goal)) for goal in document.overall_goal):
        yield Gap(path="overall_goal", message="没有总体绩效目标", remedy="补写部门整体绩效目标的总体目标")
    elif _is_bare(document.overall_goal):
        yield Gap(
            path="overall_goal.0",
            message=f"总体绩效目标“{document.overall_goal[0]}”没有写明部门要做什么、达到什么",
            remedy="写明部门的主要任务和要达到的效果",
            stated=document.overall_goal[0],
            severity=Severity.WARNING,
        )


@rule(
    "GOAL-006", title="项目预算数大于零", severity=Severity.WARNING, basis="form-performance-text", article="预算规模",
    checks=("M02",),
)  # fmt: skip
def a_project_has_a_budget(document: BudgetDocument) -> Iterator[Gap]:
    """A table that has the field 预算数 states an amount above zero in it; an error where it is empty."""
    for path, project in document.goal_tables():
        total = project.budget.money("total") if project.budget else None
        if total is None and fills_in(document, "total"):
            yield Gap(
                path=f"{path}.budget.total",
                message="没有填写预算数",
                remedy="填写预算数；没有预算的项目不列入文本",
                severity=Severity.ERROR,
            )
            continue
        if project.budget is None or (total is None and project.budget.fiscal is None):
            continue  # a form without these fields: only the unit of money was read
        if total is None or total.number <= 0:
            yield Gap(
                path=f"{path}.budget.total",
                message=f"预算数为{'空' if total is None else f' {total}'}",
                remedy="填写预算数；没有预算的项目不列入文本",
                stated=total.text if total is not None else None,
            )


# The year of the money that is carried over: 2021年结转资金, 结转冀财农〔2021〕8号.
_CARRIED_YEAR = re.compile(
    r"(20\d\d)年度?[^，。；（）()、\d]{0,4}结转|结转\S{0,3}[冀财]财[\u4e00-\u9fff]{1,3}[〔\[【(]?(20\d\d)"
)
_YEARS_TO_SPEND = 2


@rule(
    "GOAL-014", title="结转资金不超过两年", severity=Severity.WARNING, basis="budget-law", article=42,
    checks=("M13",), applies=declared,
)  # fmt: skip
def carried_money_is_not_too_old(document: BudgetDocument) -> Iterator[Gap]:
    """Money that a name or purpose says was carried over is of the two years before the budget; older is 结余."""
    if document.fiscal_year is None:
        return
    for path, project in document.goal_tables():
        for field in ("name", "purpose"):
            text = normalise(getattr(project, field))
            years = [int(match[1] or match[2]) for match in _CARRIED_YEAR.finditer(text)]
            if years and max(years) < document.fiscal_year - _YEARS_TO_SPEND:
                yield Gap(
                    path=f"{path}.{field}",
                    message=f"“{project.label}”写明是 {max(years)} 年的结转资金，到 {document.fiscal_year} 年预算已超过两年",
                    remedy="连续两年未用完的按结余资金交回，不再列入预算；年度写错的予以更正",
                    stated=str(max(years)),
                    computed=str(document.fiscal_year),
                )
                break


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
