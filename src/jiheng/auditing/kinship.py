"""Which projects serve which goal: told by pairs of signs that few projects have, in one pass over all of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from jiheng.auditing.prose import pairs
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import Project, normalise
from jiheng.standards.indicator_words import general_words

_MOST = 24
"""How many projects a goal is held against at most, the likest first."""


@cache
def _general() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, general_words()), key=len, reverse=True)))


@lru_cache(maxsize=8192)
def telling(text: str) -> frozenset[str]:
    """The pairs of signs that say what ``text`` is about: words such as 保障, 工作 and 经费 are cut out first."""
    return pairs(_general().sub("　", normalise(text)))


def about(project: Project) -> frozenset[str]:
    """What a project is about, by its name, purpose and goals."""
    return telling("　".join([project.name or "", project.purpose or "", *project.goals]))


class Kinship:
    """The projects of a document by the pairs of signs that they have."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, project in enumerate(projects):
            for pair in about(project):
                self._with[pair].append(number)
        # What a fifth of all projects have is the department's own subject and tells none from another.
        self._often = max(thresholds("relevance")["rare_in_projects"], len(projects) // 5)

    def of(self, text: str) -> list[int]:
        """The numbers of the projects that ``text`` is about, the likest first; empty where none is told."""
        shared: Counter[int] = Counter()
        for pair in telling(text):
            known = self._with.get(pair, ())
            if len(known) <= self._often:
                shared.update(known)
        least = thresholds("relevance")["pairs_of_one_thing"]
        return [number for number, count in shared.most_common(_MOST) if count >= least]

    def knows(self, text: str) -> bool:
        """Whether any project shares a telling pair with ``text``, be it a common one."""
        return any(pair in self._with for pair in telling(text))
