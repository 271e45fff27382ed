"""A stored reading becomes the page that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from jiheng.budget import BudgetDocument, Finding, Severity
from jiheng.web.documents.page.cells import Paragraph, Section, where
from jiheng.web.documents.page.findings import Filter, Note, Shown, Spot, anchor, cell_id, notes
from jiheng.web.documents.page.goal_table import goal_table
from jiheng.web.documents.page.narrative import AFTER, BEFORE, TITLES, cover
from jiheng.web.documents.page.reports import sections
from jiheng.web.documents.page.told import headings, rectifications, with_told
from jiheng.web.documents.page.values import unsure_paths


@dataclass(frozen=True, slots=True)
class Marks:
    """What the cells of one document are marked with: findings by path, and the paths that take part in some."""

    document: int
    findings: dict[str, list[Shown]]
    related: frozenset[str]
    unsure: frozenset[str] = frozenset()
    """Paths of values that were recognised with little confidence."""
    compare: str = ""
    """The address of the page where they can be checked."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by severity."""

    error: int = 0
    warning: int = 0
    notice: int = 0

    @classmethod
    def of(cls, severities: Iterable[Severity]) -> Counts:
        """Counts them."""
        found = list(severities)
        return cls(*(found.count(severity) for severity in Severity))

    @property
    def total(self) -> int:
        """All of them."""
        return self.error + self.warning + self.notice

    def __iter__(self) -> Iterator[tuple[Severity, int]]:
        return iter(zip(Severity, (self.error, self.warning, self.notice), strict=True))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section with the notes beside it."""

    id: str
    section: Section
    notes: tuple[Note, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the file."""

    number: int
    title: str
    kind: str
    sheets: tuple[Sheet, ...]
    marks: Marks
    counts: Counts

    @property
    def groups(self) -> list[tuple[str, list[Sheet]]]:
        """The sheets under the headings of the outline."""
        return [(heading, list(sheets)) for heading, sheets in groupby(self.sheets, key=_outline_heading)]


def _outline_heading(sheet: Sheet) -> str:
    root = sheet.section.key.split(".")[0]
    return TITLES[root] if root in ("special_funds", "projects") else ""


def build(
    documents: Sequence[BudgetDocument],
    findings: Sequence[Finding],
    titles: Sequence[str],
    chosen: Filter,
    *,
    compare: str = "",
    numbers: frozenset[int] | None = None,
) -> list[Part]:
    """The page: a part a document, its sheets in the order of the printed text.

    Args:
        compare: the address of the page that shows the original beside the reading.
        numbers: of the findings to be shown, from 1; ``None`` for all.
    """
    parts = []
    numbered = list(enumerate(findings, 1))
    for index, document in enumerate(documents):
        own = [
            (number, finding)
            for number, finding in numbered
            if finding.document == index and (numbers is None or number in numbers)
        ]
        parts.append(_part(index, document, titles[index], own, chosen, compare=compare))
    return parts


def _part(
    index: int,
    document: BudgetDocument,
    title: str,
    findings: list[tuple[int, Finding]],
    chosen: Filter,
    *,
    compare: str,
) -> Part:
    wanted = {path for _, finding in findings for path in (finding.path, *finding.related) if path}
    sections = list(_sections(document, wanted))
    known = {path: spot for section in sections for path, spot in _spots(section)}
    shown = [
        Shown(
            number,
            finding,
            index,
            (spot := anchor(finding.path, known)).path,
            tuple(dict.fromkeys(anchor(related, known).path for related in finding.related)),
            spot.section,
            chosen.hides(finding),
        )
        for number, finding in findings
    ]
    by_section: dict[str, list[Shown]] = {}
    by_path: dict[str, list[Shown]] = {}
    for entry in shown:
        by_section.setdefault(entry.section, []).append(entry)
        by_path.setdefault(entry.path, []).append(entry)
    related = frozenset(path for entry in shown for path in entry.related)
    marks = Marks(index, by_path, related, unsure_paths(document), compare)
    sheets = tuple(_sheet(index, section, by_section.get(section.key, [])) for section in sections)
    return Part(index, title, document.kind.label, sheets, marks, Counts.of(f.severity for _, f in findings))


def _sheet(index: int, section: Section, entries: list[Shown]) -> Sheet:
    return Sheet(
        cell_id(index, section.key),
        section,
        notes(entries),
        Counts.of(entry.finding.severity for entry in entries),
    )


def _sections(document: BudgetDocument, wanted: set[str]) -> Iterator[Section]:
    """Every section that has something to show, or that a finding misses."""
    roots = {path.split(".")[0] for path in wanted}
    remarks = _remarks(document)
    first = cover(document)
    yield replace(first, notes=tuple(remarks.pop("introduction", [])))
    built = [make(document) for make in BEFORE]
    meant = {".".join(steps[:count]) for steps in map(_steps, wanted) for count in range(1, len(steps) + 1)}
    built += [goal_table(project, path, meant) for path, project in document.goal_tables()]
    for root in ("special_funds", "projects"):
        if root in wanted and not getattr(document, root):
            built.append(Section(root, TITLES[root]))
    built += sections(document)
    built += [make(document) for make in AFTER]
    built += rectifications(document)
    built += headings(document)
    for section in (with_told(one, document) for one in built):
        full = replace(section, notes=(*section.notes, *remarks.pop(section.key, [])))
        if not full.is_absent or full.key in roots:
            yield full
    rest = tuple(note for found in remarks.values() for note in found)
    if rest:
        yield Section("remarks", "其他说明文字", notes=rest)


def _steps(path: str) -> list[str]:
    return path.split(".")


def _remarks(document: BudgetDocument) -> dict[str, list[Paragraph]]:
    found: dict[str, list[Paragraph]] = {}
    for index, remark in enumerate(document.remarks):
        found.setdefault(remark.section, []).append(
            Paragraph(remark.text, f"remarks.{index}", where(remark.place))
        )
    return found


def _spots(section: Section) -> Iterator[tuple[str, Spot]]:
    """Every path that has a place on the page within ``section``, and the element that shows it."""
    for path in (section.key, *section.paths):
        yield path, Spot(section.key, section.key)
    for paragraph in section.texts:
        yield paragraph.path, Spot(section.key, paragraph.path)
    for table in section.tables:
        for row in table.rows:
            if row.path:
                yield row.path, Spot(section.key, row.path)
            for cell in row.cells:
                for path in cell.paths:
                    yield path, Spot(section.key, cell.paths[0])
