"""Numbered paragraphs: duties, itemised goals, safeguards, the glossary."""

from __future__ import annotations

import re

from jiheng.budget import GlossaryTerm, Place, Safeguard, SubGoal, normalise
from jiheng.reading.layouts.heading import Marker
from jiheng.reading.layouts.ledger import Ledger
from jiheng.reading.layouts.sections import Passage

_GOAL = re.compile(r"^绩效目标\s*[:：]\s*")
_INDICATORS = re.compile(r"^绩效指标\s*[:：]\s*")
_TITLE_END = re.compile(r"[。:：]")
# A title is a phrase; a longer first sentence is content.
_TITLE_LENGTH = 30
_BULLET = re.compile(r"^[-•·]\s+")


def read_texts(passages: list[Passage], ledger: Ledger) -> list[str]:
    """Paragraphs as they stand, without the dash that an export put before them."""
    for passage in passages:
        ledger.take(*passage.pieces)
    return [_BULLET.sub("", passage.text).strip() for passage in passages]


class _SubGoalWriter:
    """An itemised goal while its paragraphs are gathered."""

    def __init__(self, place: Place, number: int | None = None, title: str | None = None) -> None:
        self.place, self.number, self.title = place, number, title
        self.texts: dict[str, str] = {}
        self.cells: dict[str, Place] = {}

    def add(self, field: str, text: str, place: Place) -> None:
        """Another paragraph of ``field`` ("goal" or "indicators")."""
        self.texts[field] = f"{self.texts[field]}\n{text}" if field in self.texts else text
        self.cells.setdefault(field, place)

    def finish(self) -> SubGoal:
        return SubGoal(number=self.number, title=self.title, place=self.place, cells=self.cells, **self.texts)


def read_sub_goals(passages: list[Passage], ledger: Ledger) -> list[SubGoal]:
    """分项绩效目标: a numbered title, then 绩效目标 and 绩效指标, each in a paragraph of its own.

    Where a title runs on into a sentence ("（一）综合一科。组织起草…") the sentence is the goal.
    """
    found: list[_SubGoalWriter] = []
    style = None
    for passage in passages:
        ledger.take(*passage.pieces)
        text = passage.text
        marker = Marker.parse(text)
        labelled = _GOAL.match(text) or _INDICATORS.match(text)
        if labelled is None and marker is not None and style in (None, marker.style):
            style = marker.style
            title, goal = _split_title(text[marker.end :])
            found.append(_SubGoalWriter(passage.place, marker.number, title))
            if goal:
                found[-1].add("goal", goal, passage.place)
            continue
        if not found:
            found.append(_SubGoalWriter(passage.place))
        if labelled is not None:
            field = "goal" if labelled.re is _GOAL else "indicators"
            found[-1].add(field, text[labelled.end() :], passage.place)
        else:
            found[-1].add("indicators" if "indicators" in found[-1].texts else "goal", text, passage.place)
    return [writer.finish() for writer in found]


def _split_title(text: str) -> tuple[str, str | None]:
    match = _TITLE_END.search(text)
    if match is None or match.start() > _TITLE_LENGTH:
        return text.strip(), None
    return text[: match.start()].strip(), text[match.end() :].strip() or None


def read_safeguards(passages: list[Passage], ledger: Ledger) -> list[Safeguard]:
    """工作保障措施: a title (numbered, or ended by a colon or full stop) and its text."""
    found: list[Safeguard] = []
    style = None
    for passage in passages:
        ledger.take(*passage.pieces)
        marker = Marker.parse(passage.text)
        if marker is not None and style in (None, marker.style):
            style = marker.style
            title, text = _split_title(passage.text[marker.end :])
        elif style is None:
            title, text = _split_title(passage.text)
            if text is None:
                title, text = "", passage.text
        else:
            title, text = "", passage.text
        if title or not found:
            found.append(Safeguard(title=title or None, text=text, place=passage.place))
        else:
            before = found.pop()
            whole = f"{before.text}\n{text}" if before.text else text
            found.append(Safeguard(title=before.title, text=whole, place=before.place))
    return found


def read_glossary(passages: list[Passage], ledger: Ledger) -> list[GlossaryTerm]:
    """名词解释: "1、基本支出：指…"; a paragraph without a colon goes on with the last definition."""
    found: list[GlossaryTerm] = []
    for passage in passages:
        ledger.take(*passage.pieces)
        marker = Marker.parse(passage.text)
        text = passage.text[marker.end :] if marker else passage.text
        term, colon, definition = text.replace(":", "：", 1).partition("：") if marker else (text, "", "")
        if colon and len(normalise(term)) <= _TITLE_LENGTH:
            found.append(
                GlossaryTerm(term=term.strip(), definition=definition.strip() or None, place=passage.place)
            )
        elif found:
            before = found.pop()
            found.append(
                GlossaryTerm(
                    term=before.term,
                    definition=f"{before.definition or ''}\n{text}".strip(),
                    place=before.place,
                )
            )
        else:
            found.append(GlossaryTerm(term=text.strip(), place=passage.place))
    return found
