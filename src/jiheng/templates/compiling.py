"""A part of a template made ready: blocks become elements around what they repeat, fields become elements.

Three levels are taken alike: paragraphs and tables of a body or cell, rows of a table, runs of a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from lxml import etree

from jiheng.reading.formats.word.names import MC, W
from jiheng.templates import resolving
from jiheng.templates.elements import (
    BREAK,
    EACH,
    FIELD,
    IF,
    MARK,
    NUMBER,
    P_LOOK,
    SECTION,
    TAB,
    TBL,
    TOUCHED,
    TR,
    P,
    boxes_of,
    cells,
    pieces,
    remove,
    unwrap,
)
from jiheng.templates.elements import T as TEXT_PART
from jiheng.templates.forms import MERGED
from jiheng.templates.grouping import Groups, needed
from jiheng.templates.isolating import lift
from jiheng.templates.marks import Mark, Sign
from jiheng.templates.problem import Problem
from jiheng.templates.resolving import DOCUMENT, Frame, Wrong
from jiheng.templates.surveying import Survey
from jiheng.templates.values import Binding, Condition, Loop

Frames = tuple[Frame, ...]
_HOLDERS: Final = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml"))


class _Open(NamedTuple):
    """A block that has begun: its element, its mark, the mark's number, what is open inside."""

    node: etree._Element
    mark: Mark
    number: int
    frames: Frames


class Compiler:
    """Makes the parts of one template ready, and collects what is wrong with them.

    Attributes:
        bindings, steps: what the numbers in the tree mean: fields, and blocks.
    """

    def __init__(self) -> None:
        self.bindings: list[Binding] = []
        self.steps: list[Loop | Condition] = []
        self._inside: list[Frames] = []
        self._lost: set[str] = set()
        self._survey = Survey()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the file."""
        return self._survey.problems()

    def part(self, root: etree._Element, label: str) -> None:
        """Makes one part ready; ``label`` is how the person calls it ("正文", "页眉")."""
        holders = self._survey.part(root, label)
        for holder in holders:
            self._blocks(holder, DOCUMENT)

    # blocks of a body, a cell, a text box

    def _blocks(self, parent: etree._Element, frames: Frames) -> None:
        self._nest(parent, frames, self._block_marks)
        self._within_blocks(parent, frames)

    def _within_blocks(self, parent: etree._Element, frames: Frames) -> None:
        for child in list(parent):
            if child.tag in (EACH, IF):
                self._within_blocks(child, self._inside[int(child.get(NUMBER, ""))])
            elif child.tag == P:
                self._paragraph(child, frames)
            elif child.tag == TBL:
                self._table(child, frames)
            elif child.tag in _HOLDERS:
                self._blocks(child, frames)

    def _block_marks(self, child: etree._Element) -> list[etree._Element] | None:
        """The marks of a paragraph that holds marks of blocks alone; it goes with them, or stays when it holds more."""
        marks = self._survey.marks_in(child) if child.tag == P else []
        if not marks or not all(self._mark(one).is_block for one in marks):
            return None
        if any((piece.text or "").strip() for piece in pieces(child) if piece.tag == TEXT_PART):
            return None
        return marks

    def _paragraph(self, paragraph: etree._Element, frames: Frames) -> None:
        marks = self._survey.marks_in(paragraph)
        inner = self._wrapped(paragraph, marks, frames) if marks else None
        if inner is not None:
            self._paragraph(paragraph, inner)
            return
        for mark in marks:
            if self._mark(mark).is_block:
                lift(mark)
        if marks:
            self._inline(paragraph, frames)
        for box in boxes_of(paragraph):
            self._blocks(box, frames)

    def _wrapped(
        self, paragraph: etree._Element, marks: list[etree._Element], frames: Frames
    ) -> Frames | None:
        """Puts a block around a paragraph that is nothing but this block; what is open in it, ``None`` for others."""
        first, last = self._mark(marks[0]), self._mark(marks[-1])
        if len(marks) < 2 or not _ends(last, first) or first.sign in (Sign.FIELD, Sign.END):
            return None
        depth = 0
        for one in marks[:-1]:
            sign = self._mark(one).sign
            depth += {Sign.FIELD: 0, Sign.END: -1}.get(sign, 1)
            if depth == 0:
                return None
        parts = [one for one in paragraph.iter(MARK, *_SHOWN) if _is_shown(one)]
        look = paragraph.find(P_LOOK)
        has_section = look is not None and look.find(SECTION) is not None
        if parts[0] is not marks[0] or parts[-1] is not marks[-1] or has_section:
            return None
        node, inner = self._begun(marks[0], frames)
        paragraph.addprevious(node)
        node.append(paragraph)
        for one in (marks[0], marks[-1]):
            remove(one)
        self._survey.forget(paragraph, (marks[0], marks[-1]))
        return inner

    # rows of a table

    def _table(self, table: etree._Element, frames: Frames) -> None:
        groups = Groups(table)
        self._rows(table, frames, groups)
        if next(table.iter(EACH, IF), None) is not None:
            table.set(TOUCHED, "1")

    def _rows(self, parent: etree._Element, frames: Frames, groups: Groups) -> None:
        self._nest(parent, frames, self._row_marks)
        self._within_rows(parent, frames, groups)

    def _within_rows(self, parent: etree._Element, frames: Frames, groups: Groups) -> None:
        waiting: list[etree._Element] = []
        for child in list(parent):
            if child.tag == TR:
                waiting.append(child)
                continue
            self._grouped(waiting, frames, groups)
            waiting = []
            if child.tag in (EACH, IF):
                self._within_rows(child, self._inside[int(child.get(NUMBER, ""))], groups)
            elif child.tag in _HOLDERS:
                self._rows(child, frames, groups)
        self._grouped(waiting, frames, groups)

    def _row_marks(self, child: etree._Element) -> list[etree._Element] | None:
        """The marks of a row that holds marks of blocks alone, and does not end there what it begins."""
        marks = self._survey.marks_in(child) if child.tag == TR else []
        signs = [self._mark(one).sign for one in marks]
        begun = sum(1 for sign in signs if sign in (Sign.EACH, Sign.IF, Sign.IF_NOT))
        if not marks or Sign.FIELD in signs or begun == signs.count(Sign.END):
            return None
        return None if "".join(map(str, child.itertext(TEXT_PART))).strip() else marks

    def _grouped(self, rows: list[etree._Element], frames: Frames, groups: Groups) -> None:
        """Rows with fields of a list that is not open are put into a block of that list."""
        position = 0
        while position < len(rows):
            row = rows[position]
            lists = self._lists_of(row, frames)
            found = resolving.find_list(lists[0], frames) if lists else None
            if found is None:
                self._row(row, frames)
                position += 1
                continue
            read, frame = found
            inner = (*frames, frame)
            group = [row]
            for other in rows[position + 1 :]:
                if not (self._belongs(other, frame, frames) or groups.are_merged(other, group)):
                    break
                group.append(other)
            node = self._step(EACH, Loop(read), inner)
            row.addprevious(node)
            node.extend(group)
            self._grouped(group, inner, groups)
            position += len(group)

    def _lists_of(self, row: etree._Element, frames: Frames) -> list[str]:
        """The lists that a row asks for and that can be opened here; several are one too many."""
        asked = needed([self._mark(one) for one in self._survey.marks_in(row)], frames)
        found = [name for name in asked if resolving.find_list(name, frames) is not None]
        if len(found) > 1:
            told = "、".join(f"“{name}”" for name in found)
            remedy = "一行只能按一个列表重复，请分成两行或两个表。"
            self._complain(self._survey.marks_in(row)[0], Wrong(f"这一行里有{told}几个列表的字段。", remedy))
        return found

    def _belongs(self, row: etree._Element, frame: Frame, frames: Frames) -> bool:
        """Whether a row repeats together with the rows of ``frame`` before it."""
        asked = needed([self._mark(one) for one in self._survey.marks_in(row)], frames)
        here = [found[1].name for name in asked if (found := resolving.find_list(name, frames)) is not None]
        if here:
            return frame.name in here
        return any(resolving.find_list(name, (*frames, frame)) is not None for name in asked)

    def _row(self, row: etree._Element, frames: Frames) -> None:
        for cell in cells(row):
            self._blocks(cell, frames)

    # runs of a paragraph

    def _inline(self, parent: etree._Element, frames: Frames) -> None:
        self._nest(parent, frames, self._inline_mark)
        self._within_inline(parent, frames)

    def _within_inline(self, parent: etree._Element, frames: Frames) -> None:
        for child in list(parent):
            if child.tag == MARK:
                self._field(child, frames)
            elif child.tag in (EACH, IF):
                self._within_inline(child, self._inside[int(child.get(NUMBER, ""))])
            elif isinstance(child.tag, str) and child.tag not in _DRAWN:
                self._inline(child, frames)

    def _inline_mark(self, child: etree._Element) -> list[etree._Element] | None:
        return [child] if child.tag == MARK and self._mark(child).is_block else None

    def _field(self, element: etree._Element, frames: Frames) -> None:
        mark = self._mark(element)
        found = resolving.field(mark, frames)
        if isinstance(found, Wrong):
            if mark.name.partition(".")[0] not in self._lost:
                self._complain(element, found)
            return
        element.tag = FIELD
        element.set(NUMBER, str(len(self.bindings)))
        self.bindings.append(found)
        if MERGED in found.forms:
            table = next(element.iterancestors(TBL), None)
            if table is None:
                self._complain(element, Wrong("“合并”只能用在表格里。", "请去掉“|合并”。"))
            else:
                element.set("merge", "1")
                table.set(TOUCHED, "1")

    # blocks at any level

    def _nest(
        self,
        parent: etree._Element,
        frames: Frames,
        marks_of: Callable[[etree._Element], list[etree._Element] | None],
    ) -> None:
        """Puts the children of ``parent`` between the marks of a block into an element of their own."""
        open_: list[_Open] = []
        for child in list(parent):
            marks = marks_of(child)
            if marks is None:
                if open_:
                    open_[-1].node.append(child)
                continue
            anchor = etree.Element("jiheng-anchor")
            child.addprevious(anchor)
            stays = child.tag == P and _holds_more(child)
            if stays and open_ and self._mark(marks[0]).sign is Sign.END:
                open_[-1].node.append(child)
            for mark in marks:
                self._act(mark, anchor, open_, frames)
            if stays and open_ and self._mark(marks[0]).sign is not Sign.END:
                open_[-1].node.append(child)
            self._survey.forget(child, marks)
            for gone in (anchor, *marks, *(() if stays else (child,))):
                remove(gone)
        for left in open_:
            self._unclosed(left, parent)

    def _act(
        self, element: etree._Element, child: etree._Element, open_: list[_Open], frames: Frames
    ) -> None:
        """Begins or ends a block."""
        mark = self._mark(element)
        if mark.sign is not Sign.END:
            node, inner = self._begun(element, open_[-1].frames if open_ else frames)
            if open_:
                open_[-1].node.append(node)
            else:
                child.addprevious(node)
            open_.append(_Open(node, mark, int(element.get(NUMBER, "")), inner))
            return
        if open_ and _ends(mark, open_[-1].mark):
            open_.pop()
            return
        if any(_ends(mark, one.mark) for one in open_):
            inner_mark = open_[-1].mark
            message = f"块交叉了：{mark.written} 前面的 {inner_mark.written} 还没有结束。"
            self._complain(element, Wrong(message, f"请先写 {{{{/{inner_mark.name}}}}}。"))
            while not _ends(mark, open_.pop().mark):
                pass
            return
        begin = f"{{{{#{mark.name}}}}}" if mark.name else "块的开始"
        self._complain(
            element, Wrong(f"{mark.written} 没有对应的开始。", f"请在同一层补上 {begin}，或删去它。")
        )

    def _begun(self, element: etree._Element, frames: Frames) -> tuple[etree._Element, Frames]:
        """The element of a block that begins, and what is open in it."""
        mark = self._mark(element)
        if mark.sign is not Sign.EACH:
            found = resolving.condition(mark, frames)
            if isinstance(found, Wrong):
                self._complain(element, found)
                found = Condition(())
            return self._step(IF, found, frames), frames
        listed = resolving.loop(mark, frames)
        if isinstance(listed, Wrong):
            self._complain(element, listed)
            self._lost.add(mark.name)
            return self._step(IF, Condition(()), frames), frames
        inner = (*frames, listed[1])
        return self._step(EACH, listed[0], inner), inner

    def _step(self, tag: str, step: Loop | Condition, inner: Frames) -> etree._Element:
        self.steps.append(step)
        self._inside.append(inner)
        return etree.Element(tag, number=str(len(self.steps) - 1))

    def _unclosed(self, left: _Open, parent: etree._Element) -> None:
        where = {TBL: "在下面的行里"}.get(parent.tag, "在同一段里" if parent.tag == P else "在同一层")
        remedy = f"请{where}补上 {{{{/{left.mark.name}}}}}；跨几段的块，开始和结束要各占一段。"
        self._survey.complain(left.number, f"{left.mark.written} 没有结束。", remedy)
        unwrap(left.node)

    def _mark(self, element: etree._Element) -> Mark:
        return self._survey.mark(element)

    def _complain(self, element: etree._Element, wrong: Wrong) -> None:
        self._survey.complain(int(element.get(NUMBER, "")), wrong.message, wrong.remedy)


_DRAWN: Final = (*(f"{W}{tag}" for tag in ("drawing", "pict", "object")), f"{MC}AlternateContent")
_SHOWN: Final = (TEXT_PART, BREAK, TAB, *_DRAWN)


def _ends(end: Mark, begin: Mark) -> bool:
    """Whether ``end`` ends ``begin``; of several names the first is enough."""
    return end.sign is Sign.END and (end.names == begin.names or end.names == begin.names[:1])


def _is_shown(element: etree._Element) -> bool:
    """Whether something of a paragraph is seen: blank text is not, nor are the places of tabs in its look."""
    if element.tag == TEXT_PART:
        return bool((element.text or "").strip())
    return element.tag != TAB or next(element.iterancestors(f"{W}tabs"), None) is None


def _holds_more(paragraph: etree._Element) -> bool:
    """Whether a paragraph of marks has something that must not go with them: a section, a page break, a drawing."""
    look = paragraph.find(P_LOOK)
    if look is not None and look.find(SECTION) is not None:
        return True
    if next(paragraph.iter(*_DRAWN), None) is not None:
        return True
    return any(one.get(f"{W}type") is not None for one in paragraph.iter(BREAK))
