"""The words of a document: every text that a person wrote, with its path, for rules about writing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from jiheng.auditing.remembered import remembered
from jiheng.budget import BudgetDocument, Project

_INDICATOR = ("level3", "description", "basis")


def texts(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """Every text of the document, blank ones left out; goal tables come last."""
    yield from narrative(document)
    for path, project in document.goal_tables():
        yield from of_project(path, project)
        for index, indicator in enumerate(project.indicators):
            for field in _INDICATOR:
                text = getattr(indicator, field)
                if text:
                    yield f"{path}.indicators.{index}.{field}", text


def narrative(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """The texts outside goal tables."""
    if document.title:
        yield "title", document.title
    for field in ("duties", "overall_goal"):
        for index, text in enumerate(getattr(document, field)):
            if text:
                yield f"{field}.{index}", text
    for field, parts in (
        ("sub_goals", ("title", "goal", "indicators")),
        ("safeguards", ("title", "text")),
        ("glossary", ("term", "definition")),
        ("remarks", ("text",)),
    ):
        for index, item in enumerate(getattr(document, field)):
            for part in parts:
                if text := getattr(item, part):
                    yield f"{field}.{index}.{part}", text
    for path, text in (
        ("changes.reasons", document.changes.reasons if document.changes else None),
        ("three_public.reasons", document.three_public.reasons if document.three_public else None),
        ("operating_funds.uses", document.operating_funds.uses if document.operating_funds else None),
        ("other_matters", document.other_matters),
    ):
        if text:
            yield path, text


def of_project(path: str, project: Project) -> Iterator[tuple[str, str]]:
    """The texts of one goal table, its indicators left out."""
    if project.name:
        yield f"{path}.name", project.name
    if project.purpose:
        yield f"{path}.purpose", project.purpose
    for index, goal in enumerate(project.goals):
        if goal:
            yield f"{path}.goals.{index}", goal
    for index, statement in enumerate(project.statements):
        if statement.text:
            yield f"{path}.statements.{index}.text", statement.text


_NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")


def pairs(text: str | None) -> frozenset[str]:
    """Every two characters that stand side by side in ``text``, by which texts are held against each other."""
    if not text:
        return frozenset()
    return frozenset(run[at : at + 2] for run in _NOT_WORDS.split(text) for at in range(len(run) - 1))


_BETWEEN = "\x00；\x00"
"""Between two texts where all stand in one: no pattern matches over it."""


class Corpus(NamedTuple):
    """All texts of a document in one, so that a pattern that hardly ever matches is looked for once."""

    paths: list[str]
    texts: list[str]
    starts: list[int]
    whole: str

    def holding(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
        """The texts in which ``pattern`` occurs, with their paths."""
        last = -1
        for match in pattern.finditer(self.whole):
            # a pattern may begin with the sign between two texts: its last sign tells which one it is in
            at = bisect_right(self.starts, max(match.start(), match.end() - 1)) - 1
            if at != last and pattern.search(self.texts[at]):
                yield self.paths[at], self.texts[at]
            last = at


@remembered
def corpus(document: BudgetDocument) -> Corpus:
    """The texts of ``document`` in one, kept while it is audited."""
    found = list(texts(document))
    starts, at = [], 0
    for _, text in found:
        starts.append(at)
        at += len(text) + len(_BETWEEN)
    words = [text for _, text in found]
    return Corpus([path for path, _ in found], words, starts, _BETWEEN.join(words))
