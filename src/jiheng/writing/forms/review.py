"""绩效目标审核表: a declared goal, its points by eight items, the sum and the grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from jiheng.budget import BudgetDocument, CodedName, Project, ReviewItem
from jiheng.errors import MissingPart
from jiheng.writing.forms import captions, identity, statements
from jiheng.writing.forms.ruling import Strip, label, ruled, short, words
from jiheng.writing.pages import Block, Cell, Pages, Text
from jiheng.writing.pagination import STANDING

TITLE = "项目支出绩效目标审核表"
_WIDTHS = (22.0, 22.0, 50.0, 12.0, 14.0, 36.0)
"""Of aspect, item, criterion, what may be had, what was given, and why, in mm."""
_ITEMS = (("完整性", "规范完整性"), ("完整性", "明确清晰性"), ("相关性", "目标相关性"), ("相关性", "指标科学性"),
          ("适当性", "绩效合理性"), ("适当性", "资金匹配性"), ("可行性", "实现可能性"), ("可行性", "条件充分性"))  # fmt: skip
_NUMBERS = "一二三四五六七八九十"
_FEWEST = 4
"""A form with fewer items prints those of the eight that it lacks."""


def lay_out(document: BudgetDocument) -> Pages:
    """项目支出绩效目标审核表, 财预〔2015〕88号, annex: a form for every project, each on a new page.

    Of the project its identity is told; goals, indicators and money stand in its declared form. Items are known by the
    eight names of the form; one of another name is printed and not read as an item.

    Raises:
        MissingPart: the document has no project.
    """
    projects = [*document.special_funds, *document.projects]
    if not projects:
        raise MissingPart(
            "文件中没有项目，无法生成绩效目标审核表。", place=document.title, remedy="请先录入项目。"
        )
    blocks: list[Block] = list(captions.front(document))
    for number, project in enumerate(projects):
        blocks += captions.above(
            document.title or TITLE,
            f"review{number + 1}",
            year=document.fiscal_year,
            filled_in_by=None,
            unit="",
            new_page=number > 0,
        )
        notes = [said for said in project.statements if not said.label and said.topic == "remark"]
        blocks.append(ruled(list(_strips(project, document.department))))
        blocks += (Text(said.text or "", "note") for said in notes)
    blocks += captions.back(document)
    return Pages(document.title or TITLE, tuple(blocks), document.issuer or document.reviewer or "")


def _strips(project: Project, department: CodedName | None) -> Iterator[Strip]:
    width = STANDING[0]
    yield from identity.project_strips(project, width, department=department, asked=())
    heads = ("审核要点", "分值", "得分", "审核意见")
    yield [(sum(_WIDTHS[:2]), label("审核内容")), *zip(_WIDTHS[2:], map(label, heads), strict=True)]
    items = _items(project.review)
    for number, (aspect, run) in enumerate(groupby(items, key=lambda item: item.aspect), 1):
        group = list(run)
        for position, item in enumerate(group):
            first = _aspect(number, aspect, group) if position == 0 else None
            yield list(zip(_WIDTHS, [first, *_cells(item)], strict=True))
    most = _sum([item.most for item in items])
    yield [
        (sum(_WIDTHS[:3]), label("总分")),
        *zip(_WIDTHS[3:], (short(most), short(project.score), words("")), strict=True),
    ]
    yield [(identity.LABEL, label("综合评定等级")), (width - identity.LABEL, words(project.grade))]
    said = [one for one in project.statements if one.label or one.topic != "remark"]
    yield from statements.strips(said, width, as_tables=False)


def _items(given: Sequence[ReviewItem]) -> list[ReviewItem]:
    names = {item.name for item in given}
    missing = [ReviewItem(name=name, aspect=aspect) for aspect, name in _ITEMS if name not in names]
    return [*given, *missing] if len(given) < _FEWEST else list(given)


def _aspect(number: int, aspect: str | None, group: Sequence[ReviewItem]) -> Cell:
    if aspect is None:
        return label("", len(group))
    most = _sum([item.most for item in group])
    points = f"\n（{most}分）" if most else ""
    return label(f"{_NUMBERS[number - 1 : number]}、{aspect}审核{points}", len(group))


def _cells(item: ReviewItem) -> list[Cell]:
    return [
        label(item.name),
        words(item.criterion),
        short(item.most),
        short(item.points),
        words(item.opinion),
    ]


def _sum(points: Sequence[str | None]) -> str:
    """The sum of the points, "" where some are not stated."""
    stated = [text for text in points if text and text.replace(".", "", 1).isdigit()]
    return f"{sum(map(Decimal, stated)):f}" if stated and len(stated) == len(points) else ""
