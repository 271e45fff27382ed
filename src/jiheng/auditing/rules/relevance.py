"""REL: goals, itemised goals, projects and indicators are about the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.kinship import Kinship, about, telling
from jiheng.auditing.prose import pairs
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared, provincial_text
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Project, Severity, normalise

_MONEY_FIRST = re.compile(r"^通过(?:经费|资金|项目资金|财政资金)的?(?:支出|拨付|发放|支付|投入|保障)")
_RUNS = re.compile(r"^(?:保障|保证|确保).*(?:经费|资金|支出|开支|运转|运行|开展|进行|办公)$")
# What comes of the spending, as far as a goal says so.
_RESULT = re.compile(
    r"提高|提升|改善|促进|增强|增加|增长|减少|降低|解决|推动|推进|优化|实现|满足|消除|缓解|防止|避免|化解|落实|完善|体现|规范|充分发挥"
    r"|丰富|扩大|带动|健康|安全|后顾之忧|\d"
)

_ANYWHERE = frozenset(
    ("保障", "经费", "工作", "完成", "支出", "资金", "项目", "通过", "及时", "按时", "正常", "提高", "提升", "群众", "满意", "年度",
     "全年", "全县", "数量")
)  # fmt: skip
"""Pairs of signs that every project and every table of indicators may have."""


def _words(project: Project) -> str:
    """All that the indicators of a project name, describe and aim at."""
    found = [text for row in project.indicators for text in (row.level3, row.description) if text]
    found += [row.value.text for row in project.indicators if row.value is not None]
    return "".join("　".join(found).split())


def _subject(project: Project) -> frozenset[str]:
    """Every pair of signs in the name, purpose and goals, save those that stand in any of them."""
    return pairs(" ".join([project.name or "", project.purpose or "", *project.goals])) - _ANYWHERE


def _mentioned(found: frozenset[str], words: str) -> bool:
    """Whether any of ``found``, or most of their signs, stand in ``words``: 查阅 is measured by 查档阅卷."""
    if any(pair in words for pair in found):
        return True
    signs = set("".join(found))
    return sum(sign in words for sign in signs) * 2 > len(signs)


@rule(
    "REL-003", title="分项目标与项目相互对应", severity=Severity.NOTICE, basis="form-performance-text", article="分项目标",
    checks=("G35",), applies=provincial_text,
)  # fmt: skip
def itemised_goals_and_projects_belong_together(document: BudgetDocument) -> Iterator[Gap]:
    """Every itemised goal shares its subject with a project, and every project with an itemised goal."""
    projects = [project for _, project in document.goal_tables()]
    if not document.sub_goals or not projects:
        return
    kinship = Kinship(projects)
    wholes = [
        f"{goal.title or ''}　{goal.goal or ''}　{goal.indicators or ''}" for goal in document.sub_goals
    ]
    for index, (goal, whole) in enumerate(zip(document.sub_goals, wholes, strict=True)):
        if telling(whole) and not kinship.knows(whole):
            yield Gap(
                path=f"sub_goals.{index}.title",
                message=f"分项绩效目标“{goal.title or index + 1}”没有内容相关的项目",
                remedy="补列实现这一目标的项目，或核对分项目标",
                stated=goal.title,
            )
    goals = telling("　".join(wholes))
    alone = [
        (path, project)
        for path, project in document.goal_tables()
        if about(project) and goals.isdisjoint(about(project))
    ]
    if alone and len(wholes) >= thresholds("relevance")["goals_of_a_whole"]:
        names = "、".join(f"“{project.label}”" for _, project in alone[:5])
        more = f"等 {len(alone)} 个项目" if len(alone) > 5 else ""
        yield Gap(
            path=f"{alone[0][0]}.name",
            message=f"项目{names}{more}在 {len(document.sub_goals)} 项分项绩效目标中没有提到",
            remedy="在分项绩效目标中写明这些项目所服务的职责",
            related=tuple(f"{path}.name" for path, _ in alone[1:]),
        )


@rule(
    "REL-004", title="每条绩效目标有指标衡量", severity=Severity.NOTICE, basis="mof-2015-88", article="相关性",
    checks=("G27", "G08"), applies=declared,
)  # fmt: skip
def every_goal_is_measured(document: BudgetDocument) -> Iterator[Gap]:
    """A goal shares its subject with at least one indicator; a project none of whose goals does is left to REL-005."""
    for path, project in document.goal_tables():
        if len(project.indicators) < thresholds("relevance")["rows_of_a_table"]:
            continue
        words = _words(project)
        loose = [
            index
            for index, goal in enumerate(project.goals)
            if len(found := telling(goal)) > 1 and not _mentioned(found, words)
        ]
        if not loose or len(loose) == len(project.goals):
            continue
        named = "；".join(f"“{project.goals[index]}”" for index in loose)
        yield Gap(
            path=f"{path}.goals.{loose[0]}",
            message=f"绩效目标{named}没有对应的绩效指标，{len(project.indicators)} 项指标的名称和描述都没有涉及",
            remedy="补设衡量这条目标的指标，或删改目标",
            stated=project.goals[loose[0]],
            related=tuple(f"{path}.goals.{index}" for index in loose[1:]),
        )


@rule(
    "REL-005", title="绩效指标不抄自其他项目", severity=Severity.WARNING, basis="mof-2015-88", article="相关性",
    checks=("G27", "C09"), applies=declared,
)  # fmt: skip
def indicators_are_about_their_project(document: BudgetDocument) -> Iterator[Gap]:
    """Indicators that share nothing with their project's name, purpose and goals are not about another project."""
    kinship: Kinship | None = None
    tables = list(document.goal_tables())
    for number, (path, project) in enumerate(tables):
        if len(project.indicators) < thresholds("relevance")["rows_of_a_table"]:
            continue
        words, own = _words(project), _subject(project)
        if not own or _mentioned(own, words):
            continue
        kinship = kinship or Kinship([one for _, one in tables])
        others = [other for other in kinship.of(words) if other != number]
        if others:
            source, other = tables[others[0]]
            yield Gap(
                path=f"{path}.indicators",
                message=f"“{project.label}”的 {len(project.indicators)} 项指标与项目名称、资金用途和绩效目标都没有关联，"
                f"而与“{other.label}”相关，疑为抄自该项目",
                remedy="按本项目的内容重新设定指标",
                related=(f"{source}.indicators",),
            )


_MONEY = r"(?:项目|专项|工作|财政|运转|业务)*(?:经费|资金|费用|预算)"
# A clause of a goal that tells how money is provided and looked after, and nothing that comes of it.
_MONEY_CLAUSE = re.compile(
    rf"^(?:(?:按时|及时|足额|按规定|按进度|严格|规范|合理)*(?:支付|拨付|下达|使用){_MONEY}"
    rf"|(?:加强|规范|强化|严格)\S{{0,4}}{_MONEY}\S{{0,4}}(?:管理|使用|监管|执行|支出)"
    rf"|(?:确保|保证|保障|做到|实现)\S{{0,10}}(?:专款专用|资金安全|{_MONEY}\S{{0,4}}到位)"
    rf"|提高{_MONEY}的?使用(?:效率|效益)|为\S{{1,12}}提供{_MONEY}(?:保障|支持)"
    rf"|通过{_MONEY}的?(?:支出|拨付|投入|保障)?(?:保障|保证|确保)?(?:各项)?(?:工作|项目|业务)?\S{{0,2}}(?:开展|进行|运转|实施)?)$"
)
# How the work then goes on, which no goal needs to say.
_GOES_ON = re.compile(
    r"^(?:确保|保证|保障)(?:各项|单位|项目|日常|工作|业务|活动)+(?:的)?(?:顺利|正常|有序)(?:实施|开展|进行|推进|运转|运行)$"
)
_CLAUSES = re.compile(r"[，,；;。]")


def _is_about_money(goal: str) -> bool:
    """Whether all clauses of a goal are about money, or that the work goes on, and one at least about money."""
    clauses = [clause for clause in _CLAUSES.split(goal) if clause]
    about = [_MONEY_CLAUSE.match(clause) is not None for clause in clauses]
    return any(about) and all(
        is_money or _GOES_ON.match(clause) for is_money, clause in zip(about, clauses, strict=True)
    )


@rule(
    "REL-006", title="绩效目标写明成果", severity=Severity.WARNING, basis="mof-2015-88", article="设定要求",
    checks=("G02",), applies=declared,
)  # fmt: skip
def goals_say_what_comes_of_the_money(document: BudgetDocument) -> Iterator[Gap]:
    """The goals of a project do not all only say that money is spent so that work goes on."""
    for path, project in document.goal_tables():
        goals = [normalise(goal).rstrip("。；;") for goal in project.goals if goal]
        if goals and all(_is_about_money(goal) for goal in goals):
            yield Gap(
                path=f"{path}.goals",
                message=f"“{project.label}”的 {len(goals)} 条绩效目标只写了资金的保障和管理，没有写要达到的成果：“{project.goals[0]}”",
                remedy="写明完成的数量、质量和带来的变化",
                stated=project.goals[0],
            )
            continue
        if not goals or any(_RESULT.search(goal) for goal in goals):
            continue
        if all(_MONEY_FIRST.match(goal) or _RUNS.match(goal) for goal in goals) and any(
            _MONEY_FIRST.match(goal) for goal in goals
        ):
            yield Gap(
                path=f"{path}.goals",
                message=f"“{project.label}”的 {len(goals)} 条绩效目标只写了支出资金和保障工作，没有写要达到的成果："
                f"“{project.goals[0]}”",
                remedy="写明完成的数量、质量和带来的变化",
                stated=project.goals[0],
            )
