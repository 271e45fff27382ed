"""The numbered goals of a project: "1.…2.…" in one cell, or a row for each."""

from __future__ import annotations

import re

from jiheng.budget import tidy, unwrap

_NUMBER = re.compile(
    r"(?:^|(?<=[\s。；;！？]))(\d{1,2})\s*[.、．](?!\d)\s*|(?:^|(?<=\s))[(（](\d{1,2})[)）]\s*"
)
_GLUED = re.compile(r"(?<=[\u4e00-\u9fff）)”])(?<!第)(\d{1,2})[.．](?!\d)\s*")
"""A number whose space a line break has taken: it counts only between others of its list."""
_TEMPLATE_WORDS = re.compile(r"^目标(?:内容)?\s*\d+\s*[:：、.]?\s*")


def split_goals(text: str, *, wrapped: bool) -> list[str]:
    """The goals in one cell, without their numbers and the form's words "目标内容1".

    Numbers must run on from 1, so that "2.5 万元" or a year inside a goal does not cut it. A cell
    without numbers gives a goal for each of its lines.
    """
    clean = unwrap if wrapped else tidy
    cuts = _cuts(text)
    if not cuts:
        return [goal for line in text.split("\n") if (goal := strip_number(clean(line)))]
    parts = [text[: cuts[0].start()]] if text[: cuts[0].start()].strip() else []
    ends = [match.start() for match in cuts[1:]] + [len(text)]
    parts += [text[match.end() : end] for match, end in zip(cuts, ends, strict=True)]
    return [goal for part in parts if (goal := strip_number(clean(part)))]


def _cuts(text: str) -> list[re.Match[str]]:
    """The numbers 1, 2, 3 … of the list in ``text``, where they stand."""
    cuts: list[re.Match[str]] = []
    at = 0
    while True:
        expected = len(cuts) + 1
        match = next((found for found in _NUMBER.finditer(text, at) if _number(found) == expected), None)
        if match is None and cuts:
            match = next((found for found in _GLUED.finditer(text, at) if _number(found) == expected), None)
        if match is None:
            return cuts
        cuts.append(match)
        at = match.end()


def _number(match: re.Match[str]) -> int:
    return int(next(filter(None, match.groups())))


def strip_number(goal: str) -> str:
    """``goal`` without "目标1" or "目标内容1" in front."""
    return _TEMPLATE_WORDS.sub("", goal).strip()
