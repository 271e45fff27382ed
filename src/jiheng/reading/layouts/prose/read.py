"""A disclosure read chapter by chapter: what has a field goes there, every sentence stays as a remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any, Final

import msgspec

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Heading,
    Kind,
    Organization,
    Place,
    Project,
    Remark,
    join_lines,
    normalise,
    without_space,
)
from jiheng.reading.blocks import BESIDE, Cell, Paragraph, Row
from jiheng.reading.layouts import disclosure_tables, listings, outline
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.goal_section import GoalSection
from jiheng.reading.layouts.heading import Marker, ProjectHeading
from jiheng.reading.layouts.ledger import Element, Ledger, is_contents
from jiheng.reading.layouts.prose import statements, titles, untitled
from jiheng.reading.layouts.prose.chapters import Topic, topic_of
from jiheng.reading.layouts.prose.project_notes import read_project_notes, topic_of_label
from jiheng.reading.layouts.sections import Passage, introduces, passages
from jiheng.reading.layouts.status import part_status, status_alone
from jiheng.standards.divisions import division_in

_FRONT: Final = 80
"""A title stands among so many paragraphs at the beginning."""
_NUMBER: Final = re.compile(r"^[-—–]?\s*\d{1,3}\s*[-—–]?$")
_GOAL_LINE: Final = re.compile(r"^(?:\d{3,6}|单位[:：]).*单位[:：][万千百]*元$|^单位[:：]|^项目编码及名称")
_STATEMENTS: Final = {
    Topic.THREE_PUBLIC: ("three_public", statements.read_three_public),
    Topic.OPERATING_FUNDS: ("operating_funds", statements.read_operating_funds),
    Topic.PROCUREMENT: ("procurement", statements.read_procurement),
    Topic.PERFORMANCE: ("performance_management", statements.read_performance),
}


class Chapter(msgspec.Struct):
    """A heading and the paragraphs below it."""

    topic: Topic
    heading: Paragraph | None
    lines: list[Paragraph] = []


def find_title(elements: Sequence[Element | ClaimedTable]) -> titles.Title | None:
    """The title of a disclosure among the first paragraphs; ``None`` when the file is none."""
    front = [element for element in elements if isinstance(element, Paragraph)][:_FRONT]
    lines = [line for line in front if not is_contents(line)]
    found = (titles.parse_title(line.text) for line in lines)
    pairs = (titles.parse_lines(one.text, other.text) for one, other in pairwise(lines))
    return next(filter(None, chain(found, pairs)), None)


def has_chapters(elements: Sequence[Element | ClaimedTable]) -> bool:
    """Whether headings of two topics, or a sentence that states figures, stand in a file without a title."""
    lines = [element for element in elements if isinstance(element, Paragraph) and not is_contents(element)]
    return len({topic_of(line.text) for line in lines} - {None, Topic.OVERVIEW}) >= 2 or (
        untitled.states_figures(lines)
    )


def read_prose(elements: Sequence[Element | ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """The fields of the document that ``elements`` tell, its claimed tables aside."""
    return _Reader(elements, ledger).read()


class _Reader:
    def __init__(self, elements: Sequence[Element | ClaimedTable], ledger: Ledger) -> None:
        self._ledger = ledger
        self._fields: dict[str, Any] = {}
        self._cells: dict[str, Place] = {}
        self._remarks: list[Remark] = []
        self._projects: list[Project] = []
        self._goal_tables: list[Element] = []
        self._outline: dict[str, list[Heading]] = {"contents": [], "headings": []}
        self._chapters = self._cut(elements)

    def read(self) -> dict[str, Any]:
        """Chapter by chapter."""
        self._cover(self._chapters[0].lines)
        if "title" not in self._fields:
            self._untitled()
        told: dict[Topic, list[Passage]] = {}
        for chapter in self._chapters[1:]:
            parts = passages(chapter.lines)
            if chapter.topic is Topic.PROJECT_NOTE and chapter.heading is not None and parts:
                heading = Passage(chapter.heading.text, chapter.heading.place, (chapter.heading,))
                self._ledger.take(chapter.heading)
                self._projects += read_project_notes(
                    heading, parts, self._fields.get("fiscal_year"), self._ledger
                )
                continue
            if chapter.heading is not None:
                self._outline["headings"].append(outline.heading_of(chapter.heading))
                self._ledger.take(chapter.heading)
            if parts:
                self._chapter(chapter.topic, parts)
                told.setdefault(chapter.topic, []).extend(parts)
        self._overview(told.get(Topic.OVERVIEW, []))
        for topic, (field, reader) in _STATEMENTS.items():
            # a paragraph in another's chapter may begin with this topic instead of a heading
            own = [part for part in told.get(topic, []) if not _is_of_another(topic, part)]
            found = reader(own) or reader(_elsewhere(topic, told))
            if found is not None:
                self._fields[field] = found
        self._projects += GoalSection(self._ledger).read(self._goal_tables)
        if self._projects:
            self._fields["projects"] = self._projects
        self._fields["remarks"] = self._remarks
        self._fields["cells"] = self._cells
        self._fields |= self._outline
        return self._fields

    def _cut(self, elements: Sequence[Element | ClaimedTable]) -> list[Chapter]:
        chapters = [Chapter(Topic.COVER, None)]
        for index, element in enumerate(elements):
            if isinstance(element, ClaimedTable):
                continue
            if isinstance(element, Row):
                if len(element.cells) > 1:
                    self._goal_tables.append(element)
                else:
                    chapters[-1].lines += [self._line(cell) for cell in element.cells]
                continue
            if is_contents(element):
                self._outline["contents"].append(outline.entry_of(element))
                self._ledger.take(element)
                continue
            if element.style in BESIDE or _NUMBER.match(element.text.strip()):
                self._ledger.furnish("页码、页眉、脚注或删除的文字", element)
                continue
            topic = None if self._is_title(elements, index, chapters) else topic_of(element.text)
            in_note = chapters[-1].topic is Topic.PROJECT_NOTE
            if _heads_goal_table(elements, index):
                self._goal_tables.append(element)
            elif topic is None or (in_note and topic_of_label(element.text) is not None):
                said = untitled.topic_of_sentence(element.text)
                if chapters[-1].heading is None and said not in (None, chapters[-1].topic):
                    chapters.append(Chapter(said, None))
                chapters[-1].lines.append(element)
            else:
                chapters.append(Chapter(topic, element))
        return chapters

    @staticmethod
    def _is_title(elements: Sequence[Element | ClaimedTable], index: int, chapters: list[Chapter]) -> bool:
        """Whether the line at ``index`` is the document's title, though chapters have headings like it (…预算情况说明).

        It is the first such line, and stands above all chapters; another like it is the heading of one.
        """
        line = elements[index]
        front = chapters[0].lines
        if len(chapters) > 1 or not isinstance(line, Paragraph) or any(map(_reads_as_title, front)):
            return False
        before = front[-1].text if front else ""
        return _reads_as_title(line) or titles.parse_lines(before, line.text) is not None

    def _line(self, cell: Cell) -> Paragraph:
        """A frame with one cell holds a paragraph."""
        line = Paragraph(join_lines(cell.text.split("\n")), cell.place)
        self._ledger.stand_for([cell], [line])
        return line

    def _cover(self, lines: list[Paragraph]) -> None:
        before: Paragraph | None = None
        for line in self._with_title_whole(lines):
            title = titles.parse_title(line.text)
            body = titles.parse_body(line.text)
            if title is not None and "title" not in self._fields:
                self._title(line, title, before)
            elif body is not None:
                self._fields.setdefault("department", CodedName(None, body))
                self._ledger.take(line)
            elif normalise(line.text) in ("目录", "目次"):
                self._ledger.furnish("目录", line)
            elif status := status_alone(normalise(line.text)):
                self._status(status, line)
            elif title is not None:
                self._ledger.furnish("标题", line)
            elif introduces(line.text):
                self._remark("introduction", Passage(line.text, line.place, (line,)))
            before = line

    def _with_title_whole(self, lines: list[Paragraph]) -> list[Paragraph]:
        """The lines, the two that give the title together made one."""
        if any(titles.parse_title(line.text) for line in lines):
            return lines
        for index, (first, second) in enumerate(pairwise(lines)):
            if titles.parse_lines(first.text, second.text) is not None:
                whole = Paragraph(without_space(first.text + second.text), first.place)
                self._ledger.stand_for([first], [whole])
                self._ledger.take(second)
                return [*lines[:index], whole, *lines[index + 2 :]]
        return lines

    def _title(self, line: Paragraph, title: titles.Title, before: Paragraph | None) -> None:
        name = title.name
        if not name and before is not None and titles.looks_like_body(before.text):
            name = without_space(before.text)
            self._ledger.take(before)
        text, _ = part_status(without_space(line.text))
        if title.status is not None:
            self._status(title.status, line)
        self._fields["kind"] = title.kind
        self._fields["fiscal_year"] = title.year
        self._fields["title"] = text if title.name else f"{name}{text}"
        self._cells |= {"title": line.place, "fiscal_year": line.place}
        if name and titles.looks_like_body(name):
            self._fields["department"] = CodedName(None, name)
        self._ledger.take(line)

    def _status(self, status: str, line: Paragraph) -> None:
        if "status" not in self._fields:
            self._fields["status"] = status
            self._cells["status"] = line.place
            self._ledger.take(line)

    def _untitled(self) -> None:
        """Without a title: the title of a notice, the body named alone above the text, kind and year as told."""
        front = list(self._chapters[0].lines)
        headings = [chapter.heading for chapter in self._chapters[1:] if chapter.heading is not None]
        for line in [*front, *headings[:1]]:
            notice = untitled.parse_notice(line.text)
            if notice is not None and "title" not in self._fields:
                kind, year, name = notice
                self._title(line, titles.Title(kind, year, name, False), front[-1] if front else None)
            elif line in front and titles.looks_like_body(line.text) and "department" not in self._fields:
                self._fields["department"] = CodedName(None, without_space(line.text))
                self._ledger.take(line)
        if "title" not in self._fields:
            below = [line for chapter in self._chapters[1:] for line in chapter.lines]
            found, cells = untitled.infer([*front, *headings, *below])
            self._fields |= found
            self._cells |= cells

    def _chapter(self, topic: Topic, parts: list[Passage]) -> None:
        if topic is Topic.DUTIES:
            self._fields.setdefault("duties", []).extend(listings.read_texts(parts, self._ledger))
        elif topic is Topic.ORGANIZATIONS:
            self._organizations(parts)
        elif topic is Topic.GLOSSARY:
            self._fields.setdefault("glossary", []).extend(listings.read_glossary(parts, self._ledger))
        elif topic is Topic.OTHER_MATTERS:
            self._fields["other_matters"] = "\n".join(listings.read_texts(parts, self._ledger))
        else:
            for part in parts:
                self._remark(topic.value, part)

    def _organizations(self, parts: list[Passage]) -> None:
        """Numbered names of bodies; other sentences stay as remarks."""
        for part in parts:
            marker = Marker.parse(part.text)
            name = part.text[marker.end :].strip().rstrip("。；;") if marker else ""
            if name and len(name) <= 45 and not re.search(r"[，,：:]", name):
                self._ledger.take(*part.pieces)
                self._fields.setdefault("organizations", []).append(
                    Organization(name=name, place=part.place, cells={"name": part.place})
                )
            else:
                self._remark(Topic.ORGANIZATIONS.value, part)

    def _overview(self, parts: list[Passage]) -> None:
        """Revenue, expenditure, changes and the items of the functional classification."""
        for field, found in (
            ("revenue", statements.read_revenue(parts)),
            ("expenditure", statements.read_expenditure(parts)),
            ("changes", statements.read_changes(parts)),
        ):
            if found is not None:
                self._fields[field] = found
        items = [item for part in parts if (item := statements.read_item(part)) is not None]
        if items:
            self._fields["expenditure_items"] = items

    def _remark(self, section: str, part: Passage) -> None:
        self._ledger.take(*part.pieces)
        self._remarks.append(Remark(section=section, text=part.text.strip(), place=part.place))


def _reads_as_title(line: Paragraph) -> bool:
    return titles.parse_title(line.text) is not None


def _is_of_another(topic: Topic, part: Passage) -> bool:
    """Whether a passage below the heading of ``topic`` begins with another topic, and not with this one."""
    return not untitled.begins_with(topic, part.text) and any(
        untitled.begins_with(other, part.text) for other in _STATEMENTS if other is not topic
    )


def _elsewhere(topic: Topic, told: dict[Topic, list[Passage]]) -> list[Passage]:
    """Passages below headings of other topics that begin with ``topic``."""
    return [
        part
        for other, parts in told.items()
        if other not in (topic, Topic.GLOSSARY)
        for part in parts
        if untitled.begins_with(topic, part.text)
    ]


def _heads_goal_table(elements: Sequence[Element | ClaimedTable], index: int) -> bool:
    """Whether the line at ``index`` stands right above a goal table and names its project or its unit."""
    line = elements[index]
    below = next(
        (element for element in elements[index + 1 : index + 3] if not isinstance(element, Paragraph)), None
    )
    if not isinstance(line, Paragraph) or not isinstance(below, Row) or len(below.cells) < 2:
        return False
    heading = ProjectHeading.parse(line.text, line.place)
    return (heading is not None and heading.says_goal_table) or _GOAL_LINE.search(
        normalise(line.text)
    ) is not None


def settle(fields: dict[str, Any]) -> BudgetDocument:
    """The document: what its tables and forms add put beside what its sentences say."""
    tables = fields.get("tables", [])
    if "department" not in fields:
        issuer = disclosure_tables.issuer_of(tables)
        if issuer is not None:
            fields["department"] = issuer
    department = fields.get("department")
    division = division_in(department.name) if department and department.name else None
    if division is not None:
        fields["division"] = CodedName(division.code, division.name)
    if fields.get("projects"):
        fields["projects"] = _merged(fields["projects"])
    fields.setdefault("kind", Kind.DEPARTMENT_DISCLOSURE)
    return BudgetDocument(**fields)


def _merged(projects: list[Project]) -> list[Project]:
    """A project told in sentences and in a form is one: the form's fields, with the sentences as statements."""
    found: list[Project] = []
    for project in projects:
        name = normalise(project.name or "")
        at = next(
            (index for index, other in enumerate(found) if name and normalise(other.name or "") == name), None
        )
        if at is None:
            found.append(project)
            continue
        told, form = (found[at], project) if not found[at].indicators else (project, found[at])
        found[at] = msgspec.structs.replace(
            form, statements=[*told.statements, *form.statements], goals=form.goals or told.goals
        )
    return found
