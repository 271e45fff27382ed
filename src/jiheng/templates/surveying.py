"""A first walk through a part: every mark taken out of its text, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from lxml import etree

from jiheng.reading.formats.word.names import W
from jiheng.templates.elements import NUMBER, TBL, P, boxes_of, cells, rows_of, text_of
from jiheng.templates.elements import paragraphs as paragraphs_of
from jiheng.templates.isolating import around, isolate
from jiheng.templates.marks import Mark, broken_mark
from jiheng.templates.problem import Problem

_NOTES: Final = (f"{W}footnote", f"{W}endnote")
_HOLDERS: Final = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml"))


class _Placed(NamedTuple):
    mark: Mark
    place: str
    text: str


class _Count:
    """How many paragraphs and tables have been met."""

    def __init__(self) -> None:
        self.paragraphs = 0
        self.tables = 0


class Survey:
    """Where every mark of a template stands, and what is wrong there."""

    def __init__(self) -> None:
        self._problems: list[tuple[int, Problem]] = []
        """With the number of the mark, or of the one that follows."""
        self._placed: list[_Placed] = []
        self._marks: dict[etree._Element, list[etree._Element]] = {}

    def part(self, root: etree._Element, label: str) -> list[etree._Element]:
        """Walks through a part; gives the elements that hold its paragraphs and tables."""
        body = root.find(f"{W}body")
        holders = [body] if body is not None else list(root.iterchildren(*_NOTES)) or [root]
        count = _Count()
        for holder in holders:
            self._holder(holder, label, count)
        return holders

    def marks_in(self, element: etree._Element) -> list[etree._Element]:
        """The marks of a paragraph, or of the cells of a row, as elements."""
        if element.tag == P:
            return self._marks.get(element, [])
        return [mark for paragraph in paragraphs_of(element) for mark in self._marks.get(paragraph, [])]

    def forget(self, element: etree._Element, marks: Iterable[etree._Element]) -> None:
        """Marks of a paragraph that have been dealt with."""
        gone = list(marks)
        if element in self._marks:
            self._marks[element] = [mark for mark in self._marks[element] if mark not in gone]

    def mark(self, element: etree._Element) -> Mark:
        """What a mark says."""
        return self._placed[int(element.get(NUMBER, ""))].mark

    def complain(self, number: int, message: str, remedy: str) -> None:
        """Notes what is wrong with a mark."""
        found = self._placed[number]
        self._problems.append((number, Problem(found.place, message, remedy, found.text)))

    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the file."""
        return [problem for _, problem in sorted(self._problems, key=lambda one: one[0])]

    def _holder(self, parent: etree._Element, label: str, count: _Count | None) -> None:
        """Paragraphs and tables below ``parent``; without ``count`` its paragraphs all stand at ``label``."""
        tables = count or _Count()
        for child in parent:
            if child.tag == P:
                place = label
                if count is not None:
                    count.paragraphs += 1
                    place = f"{label}第{count.paragraphs}段"
                self._paragraph(child, place)
            elif child.tag == TBL:
                tables.tables += 1
                self._table(child, f"{label}第{tables.tables}个表格")
            elif child.tag in _HOLDERS:
                self._holder(child, label, count)

    def _table(self, table: etree._Element, label: str) -> None:
        for number, row in enumerate(rows_of(table), 1):
            for position, cell in enumerate(cells(row), 1):
                self._holder(cell, f"{label}第{number}行第{position}格", None)

    def _paragraph(self, paragraph: etree._Element, place: str) -> None:
        text = text_of(paragraph)
        at = broken_mark(text)
        if at is not None:
            remedy = "字段写成 {{部门名称}} 的样子，左右各两个花括号，中间不换行。"
            problem = Problem(place, "花括号没有成对。", remedy, around(text, at, at + 2))
            self._problems.append((len(self._placed), problem))

        def number_of(mark: Mark, text: str) -> int:
            self._placed.append(_Placed(mark, place, text))
            return len(self._placed) - 1

        found = isolate(paragraph, number_of)
        if found:
            self._marks[paragraph] = found
        for box in boxes_of(paragraph):
            self._holder(box, f"{place}的文本框", None)
