"""What both reports tell of a judged project or department: money, points by part, and why points were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Final

from jiheng.budget import BudgetDocument, DepartmentGoals, FundingLine, Indicator, Money, Project, Statement
from jiheng.writing.pages import Block, Cell, Grid, Row, Text, aligned, figure, labels
from jiheng.writing.words import in_wan

Judged = Project | DepartmentGoals

_POINTS: Final = (70.0, 28.0, 28.0, 30.0)
_ROWS: Final = (18.0, 18.0, 32.0, 22.0, 22.0, 12.0, 12.0, 20.0)
_NUMBERED: Final = re.compile(r"^\s*[一二三四五六七八九十]+、")


def judged_of(document: BudgetDocument) -> list[Judged]:
    """The whole department first, then the projects."""
    return [*document.department_goals, *document.projects]


def name_of(judged: Judged, body: str) -> str:
    """How a report names what it judges."""
    if isinstance(judged, Project):
        return judged.label
    return f"{judged.name or body}整体支出"


def told_chapters(document: BudgetDocument) -> list[Statement]:
    """The chapters of a report that was read: statements that bear the numbers of headings, in their order."""
    for judged in judged_of(document):
        if any(_NUMBERED.match(statement.label) for statement in judged.statements):
            return judged.statements
    return []


def said(judged: Judged, *topics: str) -> list[str]:
    """The lines that a form has about ``topics``."""
    return [
        line
        for statement in judged.statements
        if statement.topic in topics and statement.text
        for line in statement.text.split("\n")
        if line.strip()
    ]


def points_of(text: str | None) -> Decimal | None:
    """Points as written; ``None`` for words."""
    try:
        return Decimal((text or "").strip().removesuffix("分"))
    except InvalidOperation:
        return None


def funds(judged: Judged) -> str | None:
    """ "全年预算数120.00万元，全年执行数114.00万元，执行率95.00%"; ``None`` where the form has no money."""
    line = next((line for line in judged.funding if line.source == "total"), None) or next(
        iter(judged.funding), None
    )
    if line is None:
        return None
    planned = line.adjusted or line.amount or line.initial
    parts = [
        f"{name}{in_wan(amount, line.unit)}"
        for name, amount in (
            ("年初预算数", line.initial),
            ("全年预算数", planned),
            ("全年执行数", line.executed),
        )
        if amount is not None
    ]
    rate = _rate(line, planned)
    return "，".join([*parts, *([f"执行率{rate}"] if rate else [])]) or None


def _rate(line: FundingLine, planned: str | None) -> str | None:
    """Computed from the amounts, so that it cannot disagree with them; as stated where an amount is missing."""
    executed, budget = Money.parse(line.executed, line.unit), Money.parse(planned, line.unit)
    if executed is not None and budget is not None and budget:
        return f"{executed.yuan / budget.yuan * 100:.2f}%"
    return f"{line.rate.removesuffix('%')}%" if line.rate else None


def is_scored(indicator: Indicator) -> bool:
    """Whether an indicator has points, and points that it could have."""
    return points_of(indicator.score) is not None and points_of(indicator.weight) is not None


def is_short(indicator: Indicator) -> bool:
    """Whether an indicator lost points."""
    score, weight = points_of(indicator.score), points_of(indicator.weight)
    return score is not None and weight is not None and score < weight


def lost(indicators: Sequence[Indicator]) -> Iterator[str]:
    """A sentence for each indicator that lost points: target, actual, points, reason."""
    for indicator in indicators:
        if not is_short(indicator):
            continue
        target = f"目标值{indicator.value.text}，" if indicator.value else ""
        actual = f"实际完成{indicator.actual.text}，" if indicator.actual else ""
        reason = f"原因：{indicator.reason.rstrip('。')}。" if indicator.reason else ""
        yield (
            f"“{indicator.level3 or indicator.level2 or '未命名指标'}”{target}{actual}"
            f"得{indicator.score}分（满分{indicator.weight}分）。{reason}"
        )


def by_part(indicators: Sequence[Indicator]) -> Iterator[tuple[str, list[Indicator]]]:
    """The indicators of each 一级指标, in their order."""
    for level1, run in groupby(indicators, key=lambda indicator: indicator.level1 or "其他指标"):
        yield level1, list(run)


def sum_of(indicators: Sequence[Indicator], field: str) -> Decimal | None:
    """The sum of 分值 ("weight") or 得分 ("score"); ``None`` where one is missing."""
    found = [points_of(getattr(indicator, field)) for indicator in indicators]
    return None if None in found or not found else sum((one for one in found if one), Decimal(0))


def points_table(judged: Judged) -> Iterator[Block]:
    """Points by part: weight, points, share; the execution of the budget where the form scores it."""
    rows = [labels("评分内容", "分值", "得分", "得分率")]
    entries: list[tuple[str, Decimal | None, Decimal | None]] = [
        ("预算执行率", points_of(line.weight), points_of(line.score))
        for line in judged.funding
        if line.score and line.weight
    ]
    entries += [
        (level1, sum_of(group, "weight"), sum_of(group, "score"))
        for level1, group in by_part(judged.indicators)
    ]
    entries = [entry for entry in entries if entry[1] is not None or entry[2] is not None]
    for name, weight, score in entries:
        share = f"{score / weight * 100:.1f}%" if weight and score is not None else ""
        rows.append(Row((Cell(name), figure(_plain(weight)), figure(_plain(score)), figure(share))))
    if judged.score:
        total = Cell("总分", style="label", align="center")
        rows.append(
            Row((total, figure("100"), figure(judged.score), Cell(judged.grade or "", align="center")))
        )
    if len(rows) > 1:
        yield Grid(_POINTS, aligned(rows), header_rows=1)


def indicator_table(indicators: Sequence[Indicator]) -> Iterator[Block]:
    """The scored indicators, level by level."""
    if not indicators:
        return
    heads = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "扣分原因")
    rows = [labels(*heads)]
    for level1, group in by_part(indicators):
        for position, indicator in enumerate(group):
            first = (Cell(level1, rows=len(group), align="center"),) if position == 0 else ()
            texts = (indicator.level2, indicator.level3)
            values = (indicator.value, indicator.actual)
            rows.append(
                Row(
                    (
                        *first,
                        *(Cell(text or "", align="center") for text in texts),
                        *(Cell(value.text if value else "", align="center") for value in values),
                        figure(indicator.weight),
                        figure(indicator.score),
                        Cell(indicator.reason or ""),
                    )
                )
            )
    yield Grid(_ROWS, aligned(rows), header_rows=1)


def paragraphs(lines: Sequence[str], to_fill_in: str) -> Iterator[Block]:
    """The lines, or where there are none what a person has to write there."""
    if lines:
        yield from (Text(line) for line in lines)
    else:
        yield Text(f"【请填写：{to_fill_in}】")


def _plain(value: Decimal | None) -> str:
    return f"{value:f}" if value is not None else ""
