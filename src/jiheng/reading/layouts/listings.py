"""Numbered paragraphs: duties, itemised goals, safeguards, the glossary."""

from __future__ import annotations

import re

from jiheng.budget import GlossaryTerm, Safeguard, SubGoal, normalise
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


def read_sub_goals(passages: list[Passage], ledger: Ledger) -> list[SubGoal]:
    """分项绩效目标: a numbered title, then 绩效目标 and 绩效指标, each in a paragraph of its own.

    Where a title runs on into a sentence ("（一）综合一科。组织起草…") the sentence is the goal.
    """
    found: list[dict[str, object]] = []
    style = None
    for passage in passages:
        ledger.take(*passage.pieces)
        text = passage.text
        marker = Marker.parse(text)
        if match := _GOAL.match(text):
            _append(found, "goal", text[match.end() :], passage)
        elif match := _INDICATORS.match(text):
            _append(found, "indicators", text[match.end() :], passage)
        elif marker is not None and style in (None, marker.style):
            style = marker.style
            title, goal = _split_title(text[marker.end :])
            found.append({"number": marker.number, "title": title, "goal": goal, "place": passage.place})
        else:
            last = "indicators" if found and found[-1].get("indicators") else "goal"
            _append(found, last, text, passage)
    return [SubGoal(**fields) for fields in found]  # type: ignore[arg-type]


def _append(found: list[dict[str, object]], field: str, text: str, passage: Passage) -> None:
    if not found:
        found.append({"place": passage.place})
    before = found[-1].get(field)
    found[-1][field] = f"{before}\n{text}" if before else text
    cells = found[-1].setdefault("cells", {})
    assert isinstance(cells, dict)
    cells.setdefault(field, passage.place)


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
