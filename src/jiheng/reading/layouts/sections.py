"""The chapters of a document: which heading opens which section."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

from jiheng.budget import Place, join_lines, normalise
from jiheng.reading.blocks import Paragraph, Row
from jiheng.reading.layouts.heading import Marker
from jiheng.reading.layouts.ledger import Element


class Section(StrEnum):
    """The sections of a document, named by the keys of the exchange format where they have one."""

    COVER = "cover"
    INTRODUCTION = "introduction"
    DUTIES = "duties"
    ORGANIZATIONS = "organizations"
    OVERVIEW = "overview"
    """Opens a chapter and holds general statements only (二、部门预算安排的总体情况)."""
    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    CHANGES = "changes"
    OPERATING_FUNDS = "operating_funds"
    THREE_PUBLIC = "three_public"
    OVERALL_GOAL = "overall_goal"
    SUB_GOALS = "sub_goals"
    SAFEGUARDS = "safeguards"
    SPECIAL_FUNDS = "special_funds"
    PROJECTS = "projects"
    PROCUREMENT = "procurement"
    ASSETS = "assets"
    GLOSSARY = "glossary"
    OTHER_MATTERS = "other_matters"
    TABLES = "tables"
    """The annex of disclosure tables: what stands there and is no such table has no chapter."""


_BODY = "(?:部门|单位)"
_HEADINGS: Final = tuple(
    (re.compile(pattern), section)
    for pattern, section in (
        (rf"{_BODY}(?:主要)?职责(?:及|和|与)?机构设置(?:情况)?", Section.DUTIES),
        (rf"(?:{_BODY}|主要)?职责:?", Section.DUTIES),
        (rf"{_BODY}?机构设置(?:情况)?:?", Section.ORGANIZATIONS),
        (rf"{_BODY}?预算安排的?总体情况", Section.OVERVIEW),
        (r"收入(?:预算)?说明", Section.REVENUE),
        (r"支出(?:预算)?说明", Section.EXPENDITURE),
        (r"(?:收支)?(?:与|比)上年(?:相比)?增减(?:变化)?情况(?:说明)?", Section.CHANGES),
        (r"机关运行经费(?:预算)?安排情况(?:说明)?", Section.OPERATING_FUNDS),
        (
            r"(?:财政拨款)?[“\"]?三公[”\"]?经费(?:预算)?(?:安排)?情况(?:及增减变化(?:原因|情况))?(?:说明)?",
            Section.THREE_PUBLIC,
        ),
        (r"(?:预算)?绩效(?:预算)?(?:目标)?(?:信息|情况)", Section.OVERVIEW),
        (rf"{_BODY}?整体绩效目标", Section.OVERALL_GOAL),
        (rf"{_BODY}?总体绩效目标", Section.OVERALL_GOAL),
        (r"分项绩效目标", Section.SUB_GOALS),
        (r"(?:实现绩效目标的?)?(?:工作)?保障措施", Section.SAFEGUARDS),
        (r"专项资金绩效目标", Section.SPECIAL_FUNDS),
        (r"(?:部门)?预算项目绩效目标", Section.PROJECTS),
        (r"(?:部门)?政府采购(?:预算)?情况", Section.PROCUREMENT),
        (r"国有资产(?:信息|占用情况|占有使用情况)", Section.ASSETS),
        (r"(?:专业)?名词解释", Section.GLOSSARY),
        (r"其他需要说明的(?:事项|情况|问题)", Section.OTHER_MATTERS),
    )
)
_ANNEX = re.compile(r"^附(?:件|表)?[一二三四\d]?:?.{0,40}(?:部门|单位)(?:预算|决算)公开表$")
"""附件：安澜县水务局2024年部门预算公开表."""
_PART = re.compile(r"^第[一二三四五六七八九十]+部分")
_TERMINAL = re.compile(r"[。；;！？!?：:]$")
# A paragraph of at least this many characters without a full stop at its end was cut by a page break.
_CUT_LENGTH = 36
_SENTENCE_LENGTH = 20
_DATED = re.compile(r"(?:预算|决算)?(?:批复|批准|公开|公布)(?:日期|时间)(?:为|:)?20\d\d\D")
_OPENS = re.compile(r"^(?:绩效目标|绩效指标)[:：]|^\d{4}年|^第[一二三四五六七八九十]+部分")

GOAL_SECTIONS = frozenset({Section.SPECIAL_FUNDS, Section.PROJECTS})


class Heading(msgspec.Struct, frozen=True):
    """A heading that was recognised; ``section`` is ``None`` for "第一部分" standing alone."""

    section: Section | None
    is_part: bool


def recognise(paragraph: Paragraph) -> Heading | None:
    """The section that ``paragraph`` opens, or ``None`` when it is no heading."""
    text = normalise(paragraph.text)
    if opens_annex(paragraph):
        return Heading(Section.TABLES, is_part=True)
    if len(text) > 40:
        return None
    part = _PART.match(text)
    rest = text[part.end() :] if part else text
    if part and not rest:
        return Heading(None, True)
    marker = Marker.parse(rest)
    if marker is not None:
        rest = rest[marker.end :]
    for pattern, section in _HEADINGS:
        if pattern.fullmatch(rest):
            return Heading(section, part is not None)
    return None


def opens_annex(paragraph: Paragraph) -> bool:
    """Whether disclosure tables follow as an annex."""
    return _ANNEX.match(normalise(paragraph.text)) is not None


class Content(msgspec.Struct):
    """What stands under one heading: whole paragraphs and table rows, in order."""

    paragraphs: list[Paragraph] = []
    rows: list[Row] = []
    elements: list[Element] = []


class Passage(msgspec.Struct, frozen=True):
    """A paragraph made whole again from the pieces that page breaks left."""

    text: str
    place: Place
    pieces: tuple[Paragraph, ...]


def introduces(text: str) -> bool:
    """Whether a text before the first chapter is a sentence of it, or the line of dates: 批复日期：2024年2月1日."""
    if len(text) >= _SENTENCE_LENGTH and text.rstrip().endswith(("。", "：", ":")):
        return True
    return _DATED.match(normalise(text)) is not None


def passages(paragraphs: list[Paragraph]) -> list[Passage]:
    """The paragraphs, those that a page break cut in two joined."""
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        before = groups[-1][-1].text.strip() if groups else ""
        continues = (
            len(before) >= _CUT_LENGTH
            and _TERMINAL.search(before) is None
            and Marker.parse(text) is None
            and _OPENS.match(normalise(text)) is None
        )
        if continues:
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return [
        Passage(join_lines([piece.text for piece in group]), group[0].place, tuple(group)) for group in groups
    ]
