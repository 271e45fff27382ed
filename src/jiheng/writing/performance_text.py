"""部门预算绩效文本: a document laid out as its official pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from jiheng.budget import (
    CHECKPOINT_NAMES,
    CHECKPOINTS,
    BudgetDocument,
    CodedName,
    Indicator,
    Kind,
    Project,
    Safeguard,
    SpendingPlan,
)
from jiheng.errors import MissingPart
from jiheng.writing.pages import Block, Body, Cell, Contents, Grid, Heading, Pages, Row, Text

# The goal table stands on seven grid columns, together as wide as the type area (GB/T 9704: 156 mm).
_WIDTHS = (21.0, 25.0, 25.0, 24.0, 19.0, 20.0, 22.0)
_ALL = len(_WIDTHS)
_HAN = "一二三四五六七八九"
_YEAR = re.compile(r"^(.*?)(20\d{2}年.*)$")


def lay_out(document: BudgetDocument) -> Pages:
    """The pages of the performance text: cover, contents, the whole department's goals, every goal table.

    Raises:
        MissingPart: when the document has neither a goal nor a goal table.
    """
    if not (document.projects or document.special_funds or document.overall_goal or document.sub_goals):
        raise MissingPart(
            "文件中没有绩效目标，也没有绩效目标表，无法生成部门预算绩效文本。",
            place=document.title,
            remedy="请先录入总体绩效目标或项目。",
        )
    title = title_of(document)
    blocks = (*_cover(document, title), Contents(), Body(), *goal_parts(document))
    author = document.issuer or (document.department.name if document.department else None) or ""
    return Pages(title, blocks, author)


def title_of(document: BudgetDocument) -> str:
    """The title as printed, else one made of department and year."""
    if document.title and document.kind is Kind.PERFORMANCE_TEXT:
        return document.title
    name = document.department.name if document.department and document.department.name else ""
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    return f"{name}{year}部门预算绩效文本"


def _cover(document: BudgetDocument, title: str) -> Iterator[Block]:
    name, rest = cover_lines(title)
    if name:
        yield Text(name, "cover_name")
    yield Text(rest, "cover_title")
    if document.status:
        yield Text(f"（{document.status}）", "cover_status")
    if document.issuer:
        yield Text(f"{document.issuer}编制", "cover_body")
    if document.reviewer:
        yield Text(f"{document.reviewer}审核", "cover_body")


def cover_lines(title: str) -> tuple[str, str]:
    """A title as it stands on a cover: what comes before the year, and the rest."""
    match = _YEAR.match(title)
    return (match[1], match[2]) if match else ("", title)


def goal_parts(document: BudgetDocument, *, within_chapter: bool = False) -> Iterator[Block]:
    """The goals of the whole department, and every goal table.

    Args:
        within_chapter: of a disclosure: its numbers are in brackets, and nothing begins a page.
    """
    part = 0
    on_new_page = not within_chapter
    if document.overall_goal or document.sub_goals or document.safeguards:
        yield Heading(f"第{_HAN[part]}部分　部门整体绩效目标", 0, f"part{part + 1}")
        yield from _whole_department(document, within_chapter=within_chapter)
        part += 1
    for projects, name, anchor in (
        (document.special_funds, "专项资金绩效目标", "special"),
        (document.projects, "预算项目绩效目标", "project"),
    ):
        if projects:
            yield Heading(
                f"第{_HAN[part]}部分　{name}", 0, f"part{part + 1}", new_page=on_new_page and part > 0
            )
            part += 1
        for index, project in enumerate(projects):
            yield from _project(project, index, f"{anchor}{index + 1}", on_new_page=on_new_page and index > 0)


def _whole_department(document: BudgetDocument, *, within_chapter: bool) -> Iterator[Block]:
    chapters = 0

    def numbered(text: str) -> str:
        return f"（{_HAN[chapters]}）{text}" if within_chapter else f"{_HAN[chapters]}、{text}"

    if document.overall_goal:
        yield Heading(numbered("总体绩效目标"), 1, "overall_goal")
        chapters += 1
        for paragraph in document.overall_goal:
            yield Text(paragraph)
    if document.sub_goals:
        yield Heading(numbered("分项绩效目标"), 1, "sub_goals")
        chapters += 1
        for index, goal in enumerate(document.sub_goals, 1):
            if goal.title:
                yield Text(f"{goal.number or index}.{goal.title}")
            for label, text in (("绩效目标", goal.goal), ("绩效指标", goal.indicators)):
                if text:
                    first, *more = text.split("\n")
                    yield Text(f"{label}：{first}")
                    yield from (Text(line) for line in more)
    if document.safeguards:
        yield Heading(numbered("工作保障措施"), 1, "safeguards")
        yield from _safeguards(document.safeguards, within_chapter=within_chapter)


def _safeguards(safeguards: Sequence[Safeguard], *, within_chapter: bool) -> Iterator[Block]:
    for index, safeguard in enumerate(safeguards, 1):
        text = safeguard.text or ""
        if within_chapter and safeguard.title:
            # one paragraph, as disclosures have it: a text with numbers of its own would look like the next measure
            yield from (
                Text(line) for line in f"（{chinese(index)}）{safeguard.title}。{text}".split("\n") if line
            )
            continue
        if safeguard.title:
            yield Text(f"{index}、{safeguard.title}")
        yield from (Text(line) for line in text.split("\n") if line)


def chinese(number: int) -> str:
    """1 to 99 as headings number: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    return f"{(_HAN[tens - 1] if tens > 1 else '') + '十' if tens else ''}{_HAN[ones - 1] if ones else ''}"


def _project(project: Project, index: int, anchor: str, *, on_new_page: bool) -> Iterator[Block]:
    yield Heading(heading_of(project, index), 2, anchor, new_page=on_new_page)
    unit = unit_above(project)
    money = project.budget.unit if project.budget else None
    if unit or money:
        yield Text(coded(unit), "units", right=f"单位：{money}" if money else "")
    yield Grid(_WIDTHS, tuple(_head_rows(project, unit_above=unit is not None)))
    if project.indicators:
        has_scoring = any(indicator.scoring for indicator in project.indicators)
        rows = (_indicator_heading(has_scoring), *_indicator_rows(project.indicators, has_scoring))
        yield Grid(_WIDTHS, rows, header_rows=1, joined=True)


def heading_of(project: Project, index: int) -> str:
    """The line above a goal table: as it was printed, else made of number and name; ``index`` counts from 0."""
    return project.heading or f"{project.number or index + 1}.{project.label}绩效目标表"


def unit_above(project: Project) -> CodedName | None:
    """The unit that stands above the table: where no row of it names the competent department."""
    return project.unit if project.department is None and project.unit and project.unit.code else None


def period_of(project: Project) -> str:
    """The line of the period: a budget year, or the years of a medium-term goal."""
    if not project.period:
        return ""
    return f"预算年度：{project.period}" if project.period.isdigit() else f"中长期目标（{project.period}）"


def plan_heading(plan: SpendingPlan) -> str:
    """What stands above the figures of a spending plan."""
    return plan.heading or ("资金支出计划（%）" if plan.unit == "percent" else "资金支出计划（万元）")


def plan_figure(plan: SpendingPlan, figure: str | None) -> str:
    """A figure of a spending plan with its sign."""
    return f"{figure}{'%' if plan.unit == 'percent' else ''}" if figure else ""


def coded(name: CodedName | None) -> str:
    """Code and name as they stand above tables."""
    return f"{name.code or ''} {name.name or ''}".strip() if name else ""


def bracketed(name: CodedName | None) -> str:
    """Code and name as they stand in tables."""
    if name is None:
        return ""
    return f"【{name.code}】{name.name or ''}" if name.code else name.name or ""


def _label(text: str, span: int = 1, rows: int = 1) -> Cell:
    return Cell(text, span, rows, "label", "center")


def _figure(text: str | None, span: int = 1) -> Cell:
    return Cell(text or "", span, style="figure", align="center")


def _head_rows(project: Project, *, unit_above: bool) -> Iterator[Row]:
    """The rows above the indicators."""
    if project.code or project.name:
        yield Row(
            (
                _label("项目编码"),
                Cell(project.code or "", 2),
                _label("项目名称"),
                Cell(project.name or "", _ALL - 4),
            )
        )
    if project.department or (project.unit and not unit_above):
        department, unit = bracketed(project.department), bracketed(project.unit)
        yield Row((_label("主管部门及代码"), Cell(department, 2), _label("实施单位"), Cell(unit, _ALL - 4)))
    budget = project.budget
    if budget is not None and (budget.total or budget.fiscal or budget.other):
        yield Row(
            (
                _label("预算规模及资金用途", rows=2),
                _label("预算数"),
                _figure(budget.total),
                _label("其中：财政资金"),
                _figure(budget.fiscal),
                _label("其他资金"),
                _figure(budget.other),
            )
        )
        yield Row((Cell(project.purpose or "", _ALL - 1),))
    elif project.purpose:
        yield Row((_label("资金用途"), Cell(project.purpose, _ALL - 1)))
    if project.plan is not None:
        yield from _plan_rows(project.plan)
    if project.period:
        yield Row((Cell(period_of(project), _ALL),))
    if project.goals:
        goals = "\n".join(f"{number}.{goal}" for number, goal in enumerate(project.goals, 1))
        yield Row((_label("绩效目标"), Cell(goals, _ALL - 1)))


def _plan_rows(plan: SpendingPlan) -> Iterator[Row]:
    spans = {"march": 1, "june": 1, "october": 2, "december": 2}
    labels = tuple(_label(CHECKPOINT_NAMES[field], spans[field]) for field in CHECKPOINTS)
    yield Row((_label(plan_heading(plan), rows=2), *labels))
    yield Row(
        tuple(
            _figure(plan_figure(plan, figure), spans[field])
            for field, figure in zip(CHECKPOINTS, plan.figures, strict=True)
        )
    )


def _indicator_heading(has_scoring: bool) -> Row:
    middle = ("绩效指标描述", "评（扣）分标准") if has_scoring else ("绩效指标描述",)
    names = ("一级指标", "二级指标", "三级指标", *middle, "指标值", "指标值确定依据")
    return Row(tuple(_label(name, 2 if name == "绩效指标描述" and not has_scoring else 1) for name in names))


def _indicator_rows(indicators: list[Indicator], has_scoring: bool) -> Iterator[Row]:
    """A row an indicator; runs of the same 一级指标 share one cell."""
    for level1, run in groupby(indicators, key=lambda indicator: indicator.level1):
        group = list(run)
        for position, indicator in enumerate(group):
            first = (_label(level1 or "", rows=len(group)),) if position == 0 else ()
            scoring = (Cell(indicator.scoring or "", align="center"),) if has_scoring else ()
            yield Row(
                (
                    *first,
                    Cell(indicator.level2 or "", align="center"),
                    Cell(indicator.level3 or "", align="center"),
                    Cell(indicator.description or "", 1 if has_scoring else 2, align="center"),
                    *scoring,
                    Cell(indicator.value.text if indicator.value else "", align="center"),
                    Cell(indicator.basis or "", align="center"),
                )
            )
