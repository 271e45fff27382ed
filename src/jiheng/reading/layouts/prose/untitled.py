"""Disclosures without a title or without headings: notices, excerpts and sentences that stand alone.

What a sentence is about is told by the words in it; whose year and which kind of document, by all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from jiheng.budget import Kind, Place, normalise
from jiheng.reading.blocks import Paragraph
from jiheng.reading.coverage import count
from jiheng.reading.layouts.prose.chapters import Topic

_MONEY: Final = re.compile(r"\d(?:万元|千元|亿元|元)")
_ABOUT: Final = (
    (re.compile(r"三公[”\"]?经费|因公出国\(境\)"), Topic.THREE_PUBLIC),
    (re.compile(r"机关运行经费"), Topic.OPERATING_FUNDS),
    (re.compile(r"政府采购"), Topic.PROCUREMENT),
    (re.compile(r"财政拨款|基本支出|项目支出|(?:单位|部门)[^,;。]{0,8}(?:收入|支出)|收支总|支出总预算|收、支总计"), Topic.OVERVIEW),
)  # fmt: skip
# a printed form that lost its lines is no sentence
_FORM: Final = re.compile(r"[一二三]级指标|(?:自评|目标|监控|申报|评分)表")
_SHORT: Final = 60
"""No title is longer."""
_SHARE: Final = 5
"""In a notice or an excerpt, one sign of so many stands in a sentence with an amount; in a news item it does not."""
_RUN_IN: Final = re.compile(r"^.{0,60}?(?=。|\d[\d,.]*(?:万元|元))")
"""How far the words reach that say what a sentence inside a chapter is about."""
# 2023年, but not the year that something is held against: 比2022年, 与2022年预算相比
_YEAR: Final = re.compile(r"(?<![较比与及\d])(20\d{2})年")
# 预算 that says nothing of the kind of document: names of budgets, of laws, and what a final account is held against
_OTHER_BUDGET: Final = re.compile(
    r"(?:公共|基金|经营|部门|单位|年初|完成|全年|上年|[较比与]20\d{2}年度?|数[大小等]于)预算|预算[法数绩单信]|预决算|[较比与](?:上年|20\d{2}年度?)决算"
)
_NOTICE: Final = re.compile(
    r"^(?P<before>.{0,40}?)(?P<year>20\d{2})年度?(?P<after>.{0,30}?)(?:财政拨款|一般公共预算)*(?:安排)?"
    r"[“\"]?三公[”\"]?经费(?:财政拨款|支出|年初)*(?P<what>预算|决算)(?:信息|公开|汇总|情况|安排|的|说明)*$"
)
_NOTICE_OF: Final = re.compile(
    r"^(?P<before>.{0,40}?)(?P<year>20\d{2})年度?(?P<after>.{0,30}?)(?P<what>预算|决算)(?:公开)?[“\"]?三公[”\"]?经费(?:支出)?(?:信息|公开|情况|的)*说明$"
)
"""The same with the kind before the name: 2018年预算“三公”经费情况说明."""
_SPENT: Final = re.compile(r"决算|(?:实际|累计)(?:支出|发生|使用)(?!预算)|完成(?:年初)?预算的")
_PLANNED: Final = re.compile(r"预算(?!管理|执行|绩效|的)")
_REPORTS: Final = (
    (re.compile(r"监控(?:情况)?报告$"), Kind.MONITORING),
    (re.compile(r"自评(?:情况|价)?报告$"), Kind.SELF_EVALUATION),
    (re.compile(r"绩效评价报告$"), Kind.EVALUATION),
)
"""A report in sentences says in its first lines what it is."""
_FIRST: Final = 5
_NUMBERED: Final = re.compile(
    r"^第[一二三四五六七八九十\d]+部分|^[一二三四五六七八九十]+、|^[(表附]|^\d+[.、]"
)


def topic_of_sentence(text: str) -> Topic | None:
    """What a sentence with an amount of money is about; ``None`` for any other text."""
    plain = normalise(text)
    if _MONEY.search(plain) is None or _FORM.search(plain):
        return None
    return next((topic for pattern, topic in _ABOUT if pattern.search(plain)), None)


def begins_with(topic: Topic, text: str) -> bool:
    """Whether a paragraph with an amount of money names ``topic`` in its first words."""
    plain = normalise(text)
    head = _RUN_IN.match(plain)
    pattern = next((found for found, about in _ABOUT if about is topic), None)
    return (
        pattern is not None
        and _MONEY.search(plain) is not None
        and pattern.search(head[0] if head else plain[:60]) is not None
    )


def states_figures(lines: Sequence[Paragraph]) -> bool:
    """Whether sentences of a disclosure with their amounts make a good part of ``lines``."""
    telling = sum(count(line.text) for line in lines if topic_of_sentence(line.text) is not None)
    return telling > 0 and telling * _SHARE >= sum(count(line.text) for line in lines)


def parse_notice(text: str) -> tuple[Kind, int, str] | None:
    """Kind, year and body in the title of a notice: "安澜县审计局2023年“三公”经费预算情况说明"."""
    plain = normalise(text)
    if len(plain) > 60 or _NUMBERED.search(plain):
        return None
    match = _NOTICE.match(plain) or _NOTICE_OF.match(plain)
    if match is None:
        return None
    kind = Kind.FINAL_ACCOUNTS if match["what"] == "决算" else Kind.DEPARTMENT_DISCLOSURE
    return kind, int(match["year"]), match["before"] or match["after"]


def infer(lines: Sequence[Paragraph]) -> tuple[dict[str, Any], dict[str, Place]]:
    """Kind and fiscal year of a document without a title, from its sentences with amounts.

    A year that is named most often is the document's, the later one of two named equally often.
    """
    fields: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    said = _OTHER_BUDGET.sub("", "".join(normalise(line.text) for line in lines))
    report = next(
        (
            kind
            for line in lines[:_FIRST]
            for pattern, kind in _REPORTS
            if len(line.text) < _SHORT and pattern.search(normalise(line.text))
        ),
        None,
    )
    if report is not None:
        fields["kind"] = report
    elif len(_SPENT.findall(said)) > len(_PLANNED.findall(said)):
        fields["kind"] = Kind.FINAL_ACCOUNTS
    telling = [line for line in lines if topic_of_sentence(line.text) is not None]
    years = Counter(year for line in telling for year in _YEAR.findall(normalise(line.text)))
    if years:
        year = max(years, key=lambda found: (years[found], found))
        fields["fiscal_year"] = int(year)
        cells["fiscal_year"] = next(line.place for line in telling if f"{year}年" in normalise(line.text))
    return fields, cells
