"""Findings on the page: numbered, each at the cell that it is about, gathered into notes beside a section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiheng.auditing import FAMILY_TITLES
from jiheng.budget import Finding, Severity


@dataclass(frozen=True, slots=True)
class Spot:
    """An element of the page: the section that it is in, and the path under which it has its id."""

    section: str
    path: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its number and the cells that it points at.

    Attributes:
        path: the path of the cell, row or section at which it is marked.
        related: paths of the cells that take part.
        is_hidden: by the filter that the reader chose.
    """

    number: int
    finding: Finding
    document: int
    path: str
    related: tuple[str, ...]
    section: str
    is_hidden: bool = False

    @property
    def severity(self) -> str:
        """ "error", "warning" or "notice"."""
        return self.finding.severity.value

    @property
    def family(self) -> str:
        """The family of its rule: "SUM"."""
        return family_of(self.finding)

    @property
    def target(self) -> str:
        """The id of the cell."""
        return cell_id(self.document, self.path)

    @property
    def targets(self) -> str:
        """The ids of all cells that take part, the wrong one first."""
        return " ".join(cell_id(self.document, path) for path in (self.path, *self.related))


@dataclass(frozen=True, slots=True)
class Note:
    """The findings of one rule in one section."""

    rule: str
    title: str
    severity: Severity
    basis: str
    remedy: str
    entries: tuple[Shown, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether every finding in it is."""
        return all(entry.is_hidden for entry in self.entries)

    @property
    def family(self) -> str:
        """The family of the rule."""
        return self.rule.split("-")[0]


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader wants to see; empty means everything."""

    severities: frozenset[str] = frozenset()
    family: str = ""

    def hides(self, finding: Finding) -> bool:
        """Whether the reader does not want to see this one."""
        return bool(
            (self.severities and finding.severity.value not in self.severities)
            or (self.family and family_of(finding) != self.family)
        )


def family_of(finding: Finding) -> str:
    """ "SUM" of "SUM-003"."""
    return finding.rule.split("-")[0]


def families_of(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    """The families that occur, with name and number of findings, in the order of ``FAMILY_TITLES``."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[family_of(finding)] = counts.get(family_of(finding), 0) + 1
    order = list(FAMILY_TITLES)
    return [
        (family, FAMILY_TITLES.get(family, family), counts[family])
        for family in sorted(
            counts, key=lambda name: (order.index(name) if name in order else len(order), name)
        )
    ]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault wherever it occurs: the findings of a rule, by their numbers on the page."""

    rule: str
    title: str
    severity: Severity
    numbers: tuple[int, ...]


def faults_of(findings: Sequence[Finding]) -> list[Fault]:
    """The findings by rule and severity, the worst first and then the most frequent."""
    groups: dict[tuple[str, Severity], list[int]] = {}
    titles: dict[str, str] = {}
    for number, finding in enumerate(findings, 1):
        groups.setdefault((finding.rule, finding.severity), []).append(number)
        titles[finding.rule] = finding.fault or finding.title
    found = [
        Fault(rule, titles[rule], severity, tuple(numbers)) for (rule, severity), numbers in groups.items()
    ]
    return sorted(found, key=lambda fault: (fault.severity.rank, -len(fault.numbers), fault.rule))


def cell_id(document: int, path: str) -> str:
    """The id under which a path stands on the page."""
    return f"c{document}-{path.replace('.', '-')}"


def anchor(path: str | None, known: Mapping[str, Spot]) -> Spot:
    """The element that shows ``path`` or what is nearest around it; the cover when none does."""
    while path:
        if path in known:
            return known[path]
        path = path.rpartition(".")[0]
    return known["cover"]


def notes(entries: Sequence[Shown]) -> tuple[Note, ...]:
    """Notes for the findings of one section, in their order; those of one rule together."""
    groups: dict[tuple[str, Severity], list[Shown]] = {}
    for entry in entries:
        groups.setdefault((entry.finding.rule, entry.finding.severity), []).append(entry)
    return tuple(_note(group) for group in groups.values())


def _note(group: list[Shown]) -> Note:
    first = group[0].finding
    remedies = {entry.finding.remedy for entry in group}
    return Note(
        rule=first.rule,
        title=first.fault or first.title,
        severity=first.severity,
        basis=first.basis_text,
        remedy=(first.remedy or "") if len(remedies) == 1 else "",
        entries=tuple(group),
    )
