"""绩效自评报告: how a department's own judgement is told, from the figures of its 自评表.

Outline in use for self-evaluation (goals handed down, completion by money, goals and indicators, deviations and measures,
use of the results, other matters), after 财预〔2020〕10号 articles 10 to 16. A report that was read keeps its own chapters.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.budget import BudgetDocument
from jiheng.errors import MissingPart
from jiheng.writing.letters.frame import body_of
from jiheng.writing.pages import Block, Body, Pages, Text
from jiheng.writing.reports.evaluation import chapter, title_of, told_again
from jiheng.writing.reports.judged import (
    Judged,
    by_part,
    funds,
    indicator_table,
    is_scored,
    is_short,
    judged_of,
    lost,
    name_of,
    paragraphs,
    points_table,
    said,
    told_chapters,
)


def lay_out(document: BudgetDocument) -> Pages:
    """The pages of the report.

    Raises:
        MissingPart: nothing was judged.
    """
    judged = judged_of(document)
    if not judged:
        raise MissingPart(
            "文件中没有自评过的项目，也没有部门整体的自评结果，无法生成绩效自评报告。",
            place=document.title,
            remedy="请选用绩效自评表。",
        )
    title = title_of(document, "绩效自评报告")
    chapters = told_chapters(document)
    body = told_again(chapters) if chapters else _outline(document, judged)
    return Pages(title, (Body(), Text(title, "title"), *body), body_of(document, ""))


def _outline(document: BudgetDocument, judged: list[Judged]) -> Iterator[Block]:
    body = body_of(document, "部门")
    named = [(one, name_of(one, body)) for one in judged]
    yield chapter(0, "绩效目标设定情况")
    yield Text(f"本次自评{'、'.join(f'“{name}”' for _, name in named)}，共{len(named)}项。")
    for one, name in named:
        yield from paragraphs(one.goals, f"“{name}”的年度绩效目标")
    yield chapter(1, "绩效目标完成情况分析")
    yield Text("（一）资金投入和执行情况")
    for one, name in named:
        told = funds(one)
        yield Text(f"“{name}”{told}。" if told else f"【请填写：“{name}”的资金到位和执行情况】")
    yield Text("（二）总体绩效目标完成情况")
    for one, name in named:
        yield from paragraphs([*one.results, *said(one, "achievement")], f"“{name}”的总体目标完成情况")
    yield Text("（三）绩效指标完成情况")
    for one, name in named:
        yield from _completion(one, name if len(named) > 1 else "")
    yield chapter(2, "偏离绩效目标的原因和下一步改进措施")
    for one, name in named:
        reasons = [*lost(one.indicators), *said(one, "problems", "deviation", "improvement")]
        if not reasons and one.indicators and all(is_scored(indicator) for indicator in one.indicators):
            yield Text(f"“{name}”各项指标均已完成，没有偏离。")
        else:
            yield from paragraphs(reasons, f"“{name}”的偏离原因和改进措施")
    yield chapter(3, "自评结论")
    for one, name in named:
        told = "，".join(
            part
            for part in (
                f"自评得分{one.score}分" if one.score else "",
                f"等级为“{one.grade}”" if one.grade else "",
            )
            if part
        )
        yield Text(f"“{name}”{told}。" if told else f"【请填写：“{name}”的自评得分和等级】")
        yield from (Text(line) for line in said(one, "conclusion"))
        yield from points_table(one)
    yield chapter(4, "绩效自评结果拟应用和公开情况")
    yield Text("【请填写：自评结果与下一年度预算安排、管理改进的衔接，以及拟公开的范围和时间】")
    yield chapter(5, "其他需要说明的问题")
    yield from paragraphs([line for one in judged for line in said(one, "remark")], "没有的写“无”")


def _completion(one: Judged, name: str) -> Iterator[Block]:
    if name:
        yield Text(f"“{name}”：")
    for level1, group in by_part(one.indicators):
        scored = [indicator for indicator in group if is_scored(indicator)]
        short = sum(is_short(indicator) for indicator in scored)
        told = f"{short}项未得满分" if short else "全部得满分"
        unscored = f"{len(group) - len(scored)}项未列得分" if len(scored) < len(group) else ""
        yield Text(
            f"{level1}共{len(group)}项，{'，'.join(part for part in (told if scored else '', unscored) if part)}。"
        )
    yield from indicator_table(one.indicators)
