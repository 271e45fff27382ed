"""WORD: the numbers of chapters and parts follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import provincial_text
from jiheng.budget import BudgetDocument, Heading, Severity, normalise

_HAN: Final = "一二三四五六七八九十"
_CHAPTER: Final = re.compile(rf"^([{_HAN}])、$")
_PART: Final = re.compile(rf"^第([{_HAN}])部分$")
_CHAPTERS: Final = (
    "职责及机构设置", "预算安排的总体情况", "机关运行经费", "三公", "绩效信息", "政府采购", "国有资产", "名词解释", "其他需要说明",
)  # fmt: skip
_GOALS: Final = ("总体绩效目标", "分项绩效目标", "工作保障措施")

_Found = tuple[int, int, Heading]


def _numbered(document: BudgetDocument, titles: Sequence[str]) -> list[tuple[int, _Found]]:
    """The headings of known chapters: which chapter, and index, number and heading of its first one."""
    found: dict[int, _Found] = {}
    for index, heading in enumerate(document.headings):
        match = _CHAPTER.match(normalise(heading.number))
        if match is None:
            continue
        title = normalise(heading.title)
        chapter = next((at for at, words in enumerate(titles) if words in title), None)
        if chapter is not None:
            found.setdefault(chapter, (index, _HAN.index(match[1]) + 1, heading))
    return sorted(found.items())


@rule(
    "WORD-015", title="章节和部分的序号连续", severity=Severity.NOTICE, basis="gb-t-9704-2012", article="结构层次",
    checks=("F02", "D01"),
)  # fmt: skip
def chapters_are_numbered_in_order(document: BudgetDocument) -> Iterator[Gap]:
    """A chapter of the laid down form has the number after that of the chapter before it; a part never a smaller one.

    Only chapters that follow one another in the form are held against each other: one that was not read proves nothing.
    """
    if provincial_text(document):
        for titles in (_CHAPTERS, _GOALS):
            due = None
            for (before, first), (here, then) in pairwise(_numbered(document, titles)):
                if here != before + 1:
                    due = None
                    continue
                due = (due or first[1]) + 1
                if then[1] not in (first[1] + 1, due):
                    yield _gap(then[0], first[2], then[2])
                elif then[1] != due:
                    due = then[1]
    parts = [
        (index, _HAN.index(match[1]), heading)
        for index, heading in enumerate(document.headings)
        if (match := _PART.match(normalise(heading.number)))
    ]
    for left, right in pairwise(parts):
        if 0 < right[1] < left[1]:
            yield _gap(right[0], left[2], right[2])


def _gap(index: int, before: Heading, here: Heading) -> Gap:
    same = normalise(before.number) == normalise(here.number)
    return Gap(
        path=f"headings.{index}.number",
        message=f"“{before.number}{before.title}”之后是“{here.number}{here.title}”，序号{'重复' if same else '不连续'}",
        remedy="核对是否漏了章节，更正序号",
        stated=here.number,
    )
