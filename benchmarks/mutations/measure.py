"""Puts every error into every sound document and sees whether the audit names it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Final, NamedTuple

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import MUTATIONS, Change, Mutation
from benchmarks.mutations.subjects import Subject
from jiheng.auditing import audit
from jiheng.budget import Finding, Severity

_KINDS: Final = (
    "figures",
    "plans",
    "indicators",
    "values",
    "identity",
    "texts",
    "chapters",
    "reports",
    "years",
    "disclosed",
)
_PROJECT: Final = re.compile(r"^(?:projects|special_funds)\.\d+")


def mutations() -> dict[str, Mutation]:
    """Every kind of error."""
    for name in _KINDS:
        import_module(f"benchmarks.mutations.kinds.{name}")
    return MUTATIONS


class Tally(NamedTuple):
    """How many errors of a kind were put in, and what was not found: (document, place, what was done)."""

    injected: int = 0
    missed: tuple[tuple[str, str, str], ...] = ()

    @property
    def caught(self) -> int:
        """How many were found."""
        return self.injected - len(self.missed)

    def __add__(self, other: Tally) -> Tally:  # type: ignore[override]
        return Tally(self.injected + other.injected, self.missed + other.missed)


class Results:
    """Errors by kind, and what was found in the sound documents."""

    def __init__(self) -> None:
        self.kinds: dict[str, Tally] = defaultdict(Tally)
        self.alarms: dict[str, list[list[Finding]]] = defaultdict(list)
        self.crashes: list[str] = []

    def by_family(self) -> dict[str, Tally]:
        """The kinds of one family of rules together."""
        found: dict[str, Tally] = defaultdict(Tally)
        for identity, tally in self.kinds.items():
            found[MUTATIONS[identity].family] += tally
        return found

    @property
    def total(self) -> Tally:
        """All kinds together."""
        return sum(self.kinds.values(), Tally())

    def false_alarms(self, severity: Severity) -> int:
        """Findings of this severity in sound documents."""
        return sum(
            one.severity is severity for found in self.alarms.values() for each in found for one in each
        )

    @property
    def documents(self) -> int:
        """How many sound documents there are."""
        return sum(len(found) for found in self.alarms.values())


def measure(subjects: Iterable[Subject], places: int, kinds: Mapping[str, Mutation] | None = None) -> Results:
    """Every kind of error in every document, in at most so many places of each, chosen by chance."""
    chosen = mutations() if kinds is None else kinds
    results = Results()
    for subject in subjects:
        before = audit(subject.file(subject.document), previous=subject.previous)
        results.alarms[subject.family].append(before.findings)
        known = {_content(finding) for finding in before.findings}
        for identity, kind in chosen.items():
            if kind.needs_earlier and not subject.previous:
                continue
            chance = Chance(f"{subject.name} {identity}")
            changes = list(kind.make(subject.document, chance))
            for change in changes if len(changes) <= places else chance.sample(changes, places):
                results.kinds[identity] += _try(subject, change, known, results)
    return results


def _try(subject: Subject, change: Change, known: set[tuple[str, str]], results: Results) -> Tally:
    after = audit(subject.file(change.document), previous=subject.previous)
    results.crashes += [str(failure) for failure in after.failed_rules]
    fresh = [finding for finding in after.findings if _content(finding) not in known]
    if any(_names(finding, change.places) for finding in fresh):
        return Tally(1)
    return Tally(1, ((subject.name, ", ".join(change.places), change.told),))


def _content(finding: Finding) -> tuple[str, str]:
    """What tells a finding from another; not its path, for what stands below a dropped row moves up."""
    return finding.rule, finding.message


def _names(finding: Finding, places: Sequence[str]) -> bool:
    """Whether a finding names a changed place, something in it or around it, or the project that it is of."""
    named = [path for path in (finding.path, *finding.related) if path]
    return any(_touches(path, place) for path in named for place in places)


def _touches(path: str, place: str) -> bool:
    if path == place or path.startswith(f"{place}.") or place.startswith(f"{path}."):
        return True
    one, two = _PROJECT.match(path), _PROJECT.match(place)
    return one is not None and two is not None and one[0] == two[0]
