"""绩效评价报告: the outline of the ministry, told from the scored indicators.

Outline: 财预〔2020〕10号《项目支出绩效评价管理办法》, annexed reference outline of 项目支出绩效评价报告 (七 chapters). A report that
was read keeps its own chapters and words.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.budget import BudgetDocument, Statement
from jiheng.errors import MissingPart
from jiheng.standards.grades import grade_of
from jiheng.writing.letters.frame import body_of
from jiheng.writing.pages import Block, Body, Heading, Pages, Text
from jiheng.writing.reports.judged import (
    Judged,
    by_part,
    funds,
    indicator_table,
    judged_of,
    lost,
    name_of,
    paragraphs,
    points_of,
    points_table,
    said,
    sum_of,
    told_chapters,
)

_HAN: Final = "一二三四五六七八九十"
_MISSING: Final = "文件中没有评价过的项目，也没有部门整体的评价结果，无法生成绩效评价报告。"


def lay_out(document: BudgetDocument) -> Pages:
    """The pages of the report.

    Raises:
        MissingPart: nothing was evaluated.
    """
    judged = judged_of(document)
    if not judged:
        raise MissingPart(_MISSING, place=document.title, remedy="请选用绩效评价表或评价指标打分表。")
    title = title_of(document, "绩效评价报告")
    chapters = told_chapters(document)
    body = told_again(chapters) if chapters else _outline(document, judged)
    return Pages(title, (Body(), Text(title, "title"), *body), body_of(document, ""))


def title_of(document: BudgetDocument, report: str) -> str:
    """The title as printed where it names a report, else one made of body, year and project."""
    if document.title and document.title.endswith("报告"):
        return document.title
    judged = judged_of(document)
    year = f"{document.fiscal_year}年度" if document.fiscal_year else ""
    only = name_of(judged[0], "部门") if len(judged) == 1 else "项目支出"
    body = body_of(document, "")
    return f"{body}{year}{only.removeprefix(body)}{report}"


def told_again(chapters: list[Statement]) -> Iterator[Block]:
    """The chapters as they were told."""
    for index, chapter in enumerate(chapters):
        if chapter.label:
            level = 1 if chapter.label[:1] in _HAN else 2
            yield Heading(chapter.label, level, f"chapter-{index}", in_contents=False)
        yield from (Text(line) for line in (chapter.text or "").split("\n") if line)


def chapter(index: int, name: str) -> Heading:
    """A chapter's heading; ``index`` from 0."""
    return Heading(f"{_HAN[index]}、{name}", 1, f"chapter-{index}", in_contents=False)


def _outline(document: BudgetDocument, judged: list[Judged]) -> Iterator[Block]:
    body = body_of(document, "部门")
    yield chapter(0, "基本情况")
    yield Text("（一）项目概况")
    for one in judged:
        told = funds(one)
        name = name_of(one, body)
        purpose = getattr(one, "purpose", None)
        told_of = [*said(one, "overview", "basis", "scheme"), *([f"资金用途：{purpose}"] if purpose else [])]
        yield from paragraphs(told_of, f"“{name}”的背景、主要内容和实施情况")
        yield Text(f"“{name}”{told}。" if told else f"【请填写：“{name}”的资金投入和使用情况】")
    yield Text("（二）绩效目标")
    for one in judged:
        yield from paragraphs(one.goals, f"“{name_of(one, body)}”的总体目标和阶段性目标")
    yield chapter(1, "绩效评价工作开展情况")
    yield Text("（一）评价目的、对象和范围")
    yield Text(f"评价对象为{'、'.join(f'“{name_of(one, body)}”' for one in judged)}，共{len(judged)}项。")
    yield Text("（二）评价原则、指标体系、方法和标准")
    yield from (Text(_framework(one, body)) for one in judged)
    yield Text("（三）评价工作过程")
    yield Text("【请填写：评价工作的组织方式、起止时间、实地核查和问卷调查情况】")
    yield chapter(2, "综合评价情况及评价结论")
    for one in judged:
        yield Text(_conclusion(one, body))
        yield from (Text(line) for line in said(one, "conclusion"))
        yield from points_table(one)
    yield chapter(3, "绩效评价指标分析")
    for one in judged:
        yield from _analysis(one, name_of(one, body) if len(judged) > 1 else "")
    yield from _last_chapters(judged, body)


def _last_chapters(judged: list[Judged], body: str) -> Iterator[Block]:
    yield chapter(4, "主要经验及做法、存在的问题及原因分析")
    for one in judged:
        problems = [*said(one, "problems", "deviation"), *lost(one.indicators)]
        yield from paragraphs(problems, f"“{name_of(one, body)}”的经验做法、问题和原因")
    yield chapter(5, "有关建议")
    for one in judged:
        yield from paragraphs(said(one, "improvement"), f"对“{name_of(one, body)}”的建议")
    yield chapter(6, "其他需要说明的问题")
    yield from paragraphs([line for one in judged for line in said(one, "remark")], "没有的写“无”")


def _framework(one: Judged, body: str) -> str:
    parts = []
    for level1, group in by_part(one.indicators):
        weight = sum_of(group, "weight")
        parts.append(f"{level1}{len(group)}项{f'{weight:f}分' if weight is not None else ''}")
    if not parts:
        return f"【请填写：“{name_of(one, body)}”的评价指标体系、评价方法和评价标准】"
    return f"“{name_of(one, body)}”的评价指标体系由{'、'.join(parts)}组成，按指标逐项评分。"


def _conclusion(one: Judged, body: str) -> str:
    points = points_of(one.score)
    if points is None and not one.grade:
        return f"【请填写：“{name_of(one, body)}”的得分、等级和评价结论】"
    grade = one.grade or (grade_of(points) if points is not None and Decimal(0) <= points <= 100 else None)
    score = f"综合得分为{one.score}分" if one.score else ""
    told = "，".join(part for part in (score, f"评价等级为“{grade}”" if grade else "") if part)
    return f"“{name_of(one, body)}”{told}。"


def _analysis(one: Judged, name: str) -> Iterator[Block]:
    if name:
        yield Text(f"“{name}”：")
    for index, (level1, group) in enumerate(by_part(one.indicators)):
        weight, score = sum_of(group, "weight"), sum_of(group, "score")
        told = f"分值{weight:f}分，得{score:f}分。" if weight is not None and score is not None else ""
        yield Text(f"（{_HAN[index % len(_HAN)]}）{level1}情况")
        reasons = list(lost(group))
        yield Text(
            f"{told}{''.join(reasons) or ('各项指标均得满分。' if told and weight == score else '')}"
            or "评分见下表。"
        )
    yield from indicator_table(one.indicators)
