"""NAME: one project has one name, wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.naming import likeness, plain_name
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import thresholds
from jiheng.auditing.walk import rows_of
from jiheng.budget import BudgetDocument, Dimension, Money, NamedAmount, Project, Severity

# "12." "（一）" "项目3：" before the name; a name may itself begin like that (3.15 活动), so both are tried.
_ENUMERATOR = re.compile(r"^(?:项目)?[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．:：]\s*")


def _heading_names(project: Project) -> tuple[str, str]:
    """The heading without its number, and without any other sign of numbering."""
    heading = (project.heading or "").strip()
    number = str(project.number) if project.number is not None else ""
    rest = heading.removeprefix(number).lstrip(" .、．")
    return plain_name(rest), plain_name(_ENUMERATOR.sub("", heading))


@rule(
    "NAME-001", title="表题与表中的项目名称一致", severity=Severity.ERROR, basis="form-performance-text",
    article="表头", checks=("C16",),
)  # fmt: skip
def a_heading_names_its_table_s_project(document: BudgetDocument) -> Iterator[Gap]:
    """The heading names the project of the table below it; a slip in the name is only a warning."""
    for path, project in document.goal_tables():
        if project.heading is None or project.name is None:
            continue
        printed, own = _heading_names(project), plain_name(project.name)
        if own in printed or not all(printed):
            continue
        slip = max(likeness(name, own) for name in printed) >= thresholds("names")["same"]
        yield Gap(
            path=f"{path}.heading",
            message=f"表题“{project.heading}”与表中的项目名称“{project.name}”{'写法不一' if slip else '不是同一项目'}",
            remedy="核对后改为同一名称" if slip else "更正表题，或把表移到对应的表题下",
            stated=project.heading,
            computed=project.name,
            related=(f"{path}.name",),
            severity=Severity.WARNING if slip else None,
        )


@rule(
    "NAME-002", title="一个项目只列一次", severity=Severity.WARNING, basis="mof-2020-10", article="立项依据充分性",
    checks=("C08",),
)  # fmt: skip
def a_project_stands_once(document: BudgetDocument) -> Iterator[Gap]:
    """No two goal tables of a document have the same project name under different codes.

    Nor nearly the same: names of one unit's projects that differ only by what money or upkeep is called.
    """
    # of each name, the first project and the first with another code: what else is needed to tell
    known: dict[str, list[tuple[str, Project]]] = {}
    for path, project in document.goal_tables():
        if not project.name:
            continue
        namesakes = known.setdefault(plain_name(project.name), [])
        others = [(at, one) for at, one in namesakes if one.code != project.code or one.code is None]
        if not namesakes or (others and len(namesakes) < 2):
            namesakes.append((path, project))
        if others:
            at, one = others[0]
            codes = f"，编码分别为 {one.code} 和 {project.code}" if one.code and project.code else ""
            yield Gap(
                path=f"{path}.name",
                message=f"项目“{project.name}”列了两次{codes}",
                remedy="同一项目的应合并；不同项目的，名称应能区别",
                stated=project.name,
                related=(f"{at}.name",),
            )
    yield from _near_names(document)


# Different words for the same: 经费 and 资金 behind the subject, 维修 and 维护, 补助 and 补贴.
_MONEY_NAMES = re.compile(
    r"(?:(?:专项|补助|补贴|工作|业务)*(?:工作经费|经费|资金|费用|费)|专项|补助|补贴)$|(?<=.{4})项目$"
)
_YEAR_FIRST = re.compile(r"^20\d{2}年度?")
_SAME_WORK = (
    (re.compile(r"维修|维护|养护|修缮|维保"), "维修"), (re.compile(r"购置|采购|购买"), "购置"),
    (re.compile(r"补贴"), "补助"), (re.compile(r"的"), ""),
)  # fmt: skip


def _subject_name(name: str) -> str:
    """What a name is about, without the year in front and without what its money is called."""
    short = _MONEY_NAMES.sub("", _YEAR_FIRST.sub("", name))
    short = short if len(short) >= thresholds("names")["shortest_subject"] else name
    for pattern, word in _SAME_WORK:
        short = pattern.sub(word, short)
    return short


def _near_names(document: BudgetDocument) -> Iterator[Gap]:
    """Different names with one subject in one unit, each with a code of its own."""
    first: dict[tuple[str, str], tuple[str, Project]] = {}
    for path, project in document.goal_tables():
        if not project.name or not project.code:
            continue
        unit = project.unit.code or project.unit.name or "" if project.unit else ""
        at, one = first.setdefault((unit, _subject_name(plain_name(project.name))), (path, project))
        if at == path or one.code == project.code or plain_name(one.name) == plain_name(project.name):
            continue
        yield Gap(
            path=f"{path}.name",
            message=f"项目“{project.name}”与“{one.name}”名称近似，编码分别为 {project.code} 和 {one.code}",
            remedy="同一内容的应合并；不同项目的，名称应能区别",
            stated=project.name,
            related=(f"{at}.name",),
        )


def _pairs(document: BudgetDocument) -> list[tuple[int, NamedAmount, str, Project, float]]:
    """Projects of the narrative with the goal table of the same, or else the likest, name; each table once."""
    items = document.expenditure.projects if document.expenditure else []
    named = [(index, item, plain_name(item.name)) for index, item in enumerate(items)]
    tables = [
        (path, project, plain_name(project.name)) for path, project in document.goal_tables() if project.name
    ]
    scored = sorted(
        (
            (likeness(own, printed), -index, index, item, path, project)
            for index, item, own in named
            for path, project, printed in tables
        ),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    used_items: set[int] = set()
    used_tables: set[str] = set()
    pairs = []
    for score, _, index, item, path, project in scored:
        if score < thresholds("names")["same"]:
            break
        if index not in used_items and path not in used_tables:
            used_items.add(index)
            used_tables.add(path)
            pairs.append((index, item, path, project, score))
    return pairs


def _lists_all(document: BudgetDocument) -> bool:
    """Whether the narrative lists its projects with amounts, and not only as examples."""
    items = document.expenditure.projects if document.expenditure else []
    return len(items) >= 2 and sum(item.amount is not None for item in items) > len(items) / 2


@rule(
    "NAME-003", title="文中的项目与绩效目标表对应", severity=Severity.WARNING, basis="form-disclosure", article="支出",
    checks=("M05",),
)  # fmt: skip
def every_project_named_has_a_goal_table(document: BudgetDocument) -> Iterator[Gap]:
    """Every project of the narrative has a goal table, and every goal table is in the narrative, unless it says 等."""
    if not _lists_all(document) or document.expenditure is None or not document.projects:
        return
    pairs = _pairs(document)
    items, tables = {pair[0] for pair in pairs}, {pair[2] for pair in pairs}
    for index, item in enumerate(document.expenditure.projects):
        if index not in items:
            yield Gap(
                path=f"expenditure.projects.{index}.name",
                message=f"文中列有项目“{item.name}”，没有对应的绩效目标表",
                remedy="补编绩效目标表，或核对项目名称",
                stated=item.name,
            )
    for path, project in document.goal_tables() if document.expenditure.listing != "some" else ():
        if path not in tables and project.name:
            yield Gap(
                path=f"{path}.name",
                message=f"“{project.name}”有绩效目标表，支出说明中没有列出",
                remedy="核对支出说明是否漏列",
                stated=project.name,
            )


@rule(
    "NAME-004", title="文中与表中的项目名称写法一致", severity=Severity.WARNING, basis="form-performance-text",
    article="项目唯一", checks=("C16",),
)  # fmt: skip
def a_project_is_written_alike_in_text_and_table(document: BudgetDocument) -> Iterator[Gap]:
    """A project has the same name in the narrative and in its goal table."""
    if not _lists_all(document):
        return
    for index, item, path, project, score in _pairs(document):
        if score < 1.0:
            yield Gap(
                path=f"expenditure.projects.{index}.name",
                message=f"支出说明中写“{item.name}”，绩效目标表中写“{project.name}”，写法不一",
                remedy="核对后改为同一名称",
                stated=item.name,
                computed=project.name,
                related=(f"{path}.name",),
            )


@rule(
    "NAME-005", title="文中与表中的项目金额一致", severity=Severity.ERROR, basis="form-disclosure", article="支出",
    checks=("M03",),
)  # fmt: skip
def a_project_has_one_amount_in_text_and_table(document: BudgetDocument) -> Iterator[Gap]:
    """A project has the same amount in the narrative and in its goal table.

    Where the form has no budget, the table's only cost that is stated exactly, or as "at most", is compared;
    that is a warning, for a cost indicator need not be the whole cost. A single part of it never is.
    """
    for index, item, path, project, _ in _pairs(document):
        stated = Money.parse(item.amount)
        if stated is None:
            continue
        budget = project.budget.money("total") if project.budget else None
        found, where = (budget, f"{path}.budget.total") if budget is not None else _only_cost(path, project)
        if found is None or found == stated:
            continue
        what = "预算数" if budget is not None else "成本指标"
        yield Gap.of_money(
            f"expenditure.projects.{index}.amount",
            stated,
            found,
            message=f"支出说明中“{item.name}”为 {stated}，绩效目标表的{what}为 {found.to(stated.unit)}，"
            f"相差 {abs(stated - found)}",
            remedy="核对两处金额",
            related=(where,),
            severity=None if budget is not None else Severity.WARNING,
        )


def _only_cost(path: str, project: Project) -> tuple[Money | None, str]:
    costs = []
    for row in rows_of(path, project):
        value = row.indicator.value
        interval = value.interval if value is not None else None
        if value is None or interval is None or "成本指标" not in (row.level1, row.level2):
            continue
        if interval.high is None or not (interval.is_exact or interval.low is None):
            continue
        in_money = value.dimension is Dimension.MONEY or value.unit == "万"
        if in_money and value.operator not in ("<",) and "每" not in (row.indicator.description or ""):
            costs.append((Money.of_yuan(interval.high), f"{row.path}.value"))
    return costs[0] if len(costs) == 1 else (None, "")
