"""绩效评价报告 and 自评报告 in chapters: what was evaluated, its points and grade, conclusion, problems and measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from jiheng.budget import (
    CodedName,
    DepartmentGoals,
    Kind,
    Place,
    Project,
    Statement,
    normalise,
    without_space,
)
from jiheng.reading.blocks import BESIDE, Paragraph, Row
from jiheng.reading.layouts import outline
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.heading import Marker
from jiheng.reading.layouts.ledger import Element, Ledger, is_contents
from jiheng.reading.layouts.prose import statements, titles
from jiheng.reading.layouts.sections import Passage, passages
from jiheng.reading.layouts.status import part_status

_KIND: Final = r"绩效(?P<kind>自评价?|评价|自我评价)(?:工作)?(?:情况)?报告$"
_WITH_YEAR: Final = re.compile(
    rf"^(?:关于)?(?P<name>.*?)(?P<year>20\d{{2}})年?度?(?P<about>.*?)(?:的)?{_KIND}"
)
_WITHOUT: Final = re.compile(rf"^(?:关于)?(?P<name>)(?P<year>)(?P<about>.{{2,50}}?)(?:的)?{_KIND}")
_WHOLE: Final = re.compile(r"整体|^(?:部门|单位|预算|项目|项目支出|财政支出)?$")
_TOPICS: Final = (
    (re.compile(r"问题"), "problems"),
    (re.compile(r"建议|改进|整改|措施"), "improvement"),
    (re.compile(r"结论|综合评价|评价结果"), "conclusion"),
    (re.compile(r"概况|概述|基本情况"), "overview"),
    (re.compile(r"绩效目标"), "goals"),
)
_SCORE: Final = re.compile(
    r"(?<!平均)(?:综合|最终|总体|评价|自评|总)*(?:得分|评分|总分)(?:结果)?(?:为|是|:|达到?|,)*(\d{1,3}(?:\.\d+)?)分"
)
_GRADE: Final = re.compile(
    r"(?:等级|级别|评级|等次|结果|评价|评定|综合评定)(?:评定)?(?:为|是|:)+[“\"'‘]?(优秀?|良好?|中等?|差|合格|不合格)(?=[”\"'’,。;、)级等]|$)"
)
_FRONT: Final = 12
"""A title stands among so many lines at the beginning."""
_LONGEST: Final = 80
"""A title is no longer."""
_LONG: Final = 40
"""A heading is no longer."""
_NUMBER: Final = re.compile(r"^[-—–]?\s*\d{1,3}\s*[-—–]?$")


class Title(msgspec.Struct, frozen=True):
    """A title; ``about`` is the project, "" for a whole department."""

    line: Paragraph
    kind: Kind
    year: int | None
    name: str
    about: str


def find_title(elements: Sequence[Element | ClaimedTable]) -> Title | None:
    """The title of a report in sentences; ``None`` where the file is none, or has no sentence below the title."""
    lines = [element for element in elements if isinstance(element, Paragraph) and not is_contents(element)]
    for index, line in enumerate(lines[:_FRONT]):
        title = _parse(line)
        if title is None:
            continue
        has_text = any(below.text.rstrip().endswith("。") for below in lines[index + 1 :])
        if title.name == "" and index and titles.looks_like_body(lines[index - 1].text):
            title = msgspec.structs.replace(title, name=without_space(lines[index - 1].text))
        return title if has_text else None
    return None


def _parse(line: Paragraph) -> Title | None:
    plain, _ = part_status(normalise(line.text))
    match = (_WITH_YEAR.match(plain) or _WITHOUT.match(plain)) if len(plain) <= _LONGEST else None
    if match is None:
        return None
    kind = Kind.EVALUATION if match["kind"] == "评价" else Kind.SELF_EVALUATION
    about = "" if _WHOLE.search(match["about"]) else match["about"].removesuffix("支出")
    return Title(line, kind, int(match["year"]) if match["year"] else None, match["name"], about)


def read_report(title: Title, elements: Sequence[Element | ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """The fields of the report: one project, or a whole department, with a statement for each chapter."""
    found: dict[str, Any] = {"contents": [], "headings": []}
    told, parts = _chapters(title, elements, found, ledger)
    text = [normalise(said.text) for said in told if said.topic == "conclusion"]
    text += [normalise(part.text) for part in parts]
    score = next((match[1] for one in text if (match := _SCORE.search(one))), None)
    grade = next((match[1] for one in text if (match := _GRADE.search(one))), None)
    plain, status = part_status(without_space(title.line.text))
    place = title.line.place
    body = title.name or None
    fields: dict[str, Any] = {"score": score, "grade": grade, "statements": told, "place": place}
    if title.about:
        found["projects"] = [Project(name=title.about, cells={"name": place}, **fields)]
    else:
        found["department_goals"] = [DepartmentGoals(name=body, **fields)]
    found |= {"kind": title.kind, "title": plain, "cells": {"title": place}}
    if (performance := statements.read_performance(parts)) is not None:
        found["performance_management"] = performance
    if status is not None:
        found["status"] = status
    if title.year is not None:
        found["fiscal_year"] = title.year
    if body is not None and titles.looks_like_body(body):
        found["department"] = CodedName(None, body)
    ledger.take(title.line)
    return found


def _chapters(
    title: Title, elements: Sequence[Element | ClaimedTable], found: dict[str, Any], ledger: Ledger
) -> tuple[list[Statement], list[Passage]]:
    """A statement for each heading with what stands below it, and all paragraphs below the title."""
    groups: list[tuple[Paragraph | None, list[Paragraph]]] = [(None, [])]
    for element in elements:
        if isinstance(element, (ClaimedTable, Row)) or element is title.line:
            continue
        if is_contents(element):
            found["contents"].append(outline.entry_of(element))
            ledger.take(element)
        elif _NUMBER.match(element.text.strip()) or element.style in BESIDE:
            ledger.furnish(BESIDE.get(element.style, "页码、页眉或页脚"), element)
        elif _is_heading(element):
            found["headings"].append(outline.heading_of(element))
            ledger.take(element)
            groups.append((element, []))
        elif title.name and without_space(element.text) == title.name:
            ledger.take(element)
        else:
            groups[-1][1].append(element)
    told: list[Statement] = []
    parts: list[Passage] = []
    topic: str | None = None
    for heading, lines in groups:
        own = passages(lines)
        parts += own
        for part in own:
            ledger.take(*part.pieces)
        label = heading.text.strip() if heading is not None else ""
        topic = _topic(label) or (topic if _is_below(label) else None)
        if own:
            told.append(_statement(label, topic, own, heading.place if heading else own[0].place))
    return told, parts


def _statement(label: str, topic: str | None, parts: list[Passage], place: Place) -> Statement:
    return Statement(label=label, topic=topic, text="\n".join(part.text for part in parts), place=place)


def _is_heading(line: Paragraph) -> bool:
    """Whether ``line`` is numbered and short, and no sentence."""
    plain = normalise(line.text)
    marker = Marker.parse(plain)
    return (
        marker is not None
        and marker.style in ("han", "paren")
        and len(plain) <= _LONG
        and re.search(r"[。；;,，]", plain) is None
    )


def _is_below(label: str) -> bool:
    """Whether a heading stands below another one: （一） below 一、."""
    marker = Marker.parse(normalise(label))
    return marker is not None and marker.style != "han"


def _topic(label: str) -> str | None:
    plain = normalise(label)
    return next((topic for pattern, topic in _TOPICS if pattern.search(plain)), None)
