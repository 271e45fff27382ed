"""Headings of chapters, and what their chapters are about."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from jiheng.budget import normalise
from jiheng.reading.layouts.heading import Marker


class Topic(StrEnum):
    """What a chapter is about."""

    COVER = "cover"
    DUTIES = "duties"
    ORGANIZATIONS = "organizations"
    OVERVIEW = "overview"
    THREE_PUBLIC = "three_public"
    OPERATING_FUNDS = "operating_funds"
    PROCUREMENT = "procurement"
    ASSETS = "assets"
    PERFORMANCE = "performance"
    PROJECT_NOTE = "project_note"
    GLOSSARY = "glossary"
    OTHER_MATTERS = "other_matters"


_TAIL: Final = r"(?:的?(?:情况|具体情况|总体情况|结构情况))?(?:的?说明)?[:：。]?"
_TOPICS: Final = tuple(
    (re.compile(pattern), topic)
    for pattern, topic in (
        (r".{0,50}项目(?:经费|支出)情况说明", Topic.PROJECT_NOTE),
        (
            r"(?:.{0,40}(?:主要职能|主要职责|部门职责|单位职责|职能职责|职能简介|主要工作职责))" + _TAIL,
            Topic.DUTIES,
        ),
        (
            r".{0,40}(?:机构设置|机构情况|内设机构|单位构成|人员构成|机构和人员)(?:及.{0,12})?" + _TAIL,
            Topic.ORGANIZATIONS,
        ),
        (r"(?:专业性?|相关|有关)?(?:的)?(?:名词|名称|专用名词|术语)解释", Topic.GLOSSARY),
        (r".{0,24}[“\"]?三公[”\"]?经费.{0,30}" + _TAIL, Topic.THREE_PUBLIC),
        (r".{0,12}机关运行经费.{0,12}" + _TAIL, Topic.OPERATING_FUNDS),
        (r".{0,12}政府采购.{0,12}" + _TAIL, Topic.PROCUREMENT),
        (r".{0,8}(?:国有)?资产.{0,14}" + _TAIL, Topic.ASSETS),
        (r".{0,8}绩效.{0,16}" + _TAIL, Topic.PERFORMANCE),
        (r"其他需要说明的(?:事项|情况|问题)", Topic.OTHER_MATTERS),
        (
            r".{0,50}(?:概况|编制说明|情况说明|说明|总体情况|结构情况|具体情况|变化情况|安排情况|收支情况|有关情况|基本情况)",
            Topic.OVERVIEW,
        ),
        (r".{0,50}(?:预算表|决算表|总表|附表|公开表|报表|附件)", Topic.OVERVIEW),
    )
)
_PART: Final = re.compile(r"^第[一二三四五六七八九十\d]+(?:部分|章|节)")
_SENTENCE: Final = re.compile(r"[。；;！？!?，,]|\d+(?:\.\d+)?(?:万元|%|个|辆|家)|[:：].")


def topic_of(text: str) -> Topic | None:
    """The topic of the chapter that a heading opens; ``None`` when ``text`` is no heading."""
    plain = normalise(text)
    if len(plain) > 60:
        return None
    part = _PART.match(plain)
    rest = plain[part.end() :].lstrip(":：、") if part else plain
    marker = Marker.parse(rest)
    if marker is not None:
        rest = rest[marker.end :]
    if _SENTENCE.search(rest.rstrip("。:：")) or rest.startswith(("详见", "参见", "见附", "具体见")):
        return None
    for pattern, topic in _TOPICS:
        if pattern.fullmatch(rest):
            return topic
    return Topic.OVERVIEW if part else None
