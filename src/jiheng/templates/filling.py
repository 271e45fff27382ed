"""A part of a template filled: every block once for each item, every field with its value."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Final

from lxml import etree

from jiheng.errors import WritingError
from jiheng.reading.formats.word.names import W
from jiheng.templates.elements import (
    APART,
    BREAK,
    DONE,
    EACH,
    FIELD,
    FORBIDDEN,
    IF,
    MERGE,
    NUMBER,
    P_LOOK,
    R_LOOK,
    SECTION,
    TAB,
    TBL,
    TC,
    TOUCHED,
    TR,
    P,
    R,
    T,
    remove,
    renumber,
    set_text,
)
from jiheng.templates.forms import APART as APART_FORM
from jiheng.templates.merging import settle
from jiheng.templates.values import Binding, Condition, Level, Loop, Scope

_MOST: Final = 3_000_000
"""Elements that a filled part may have; a text of 35 projects has some twenty thousand."""
_HOLDERS: Final = frozenset(f"{W}{tag}" for tag in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))
_ANCHORS: Final = (f"{W}bookmarkStart", f"{W}hyperlink", f"{W}instrText")


class Filler:
    """Fills one part.

    Args:
        root: a copy of the compiled part, which becomes the filled one.
        bindings, steps: what its numbers mean.
    """

    def __init__(
        self, root: etree._Element, bindings: Sequence[Binding], steps: Sequence[Loop | Condition]
    ) -> None:
        self._root = root
        self._bindings = bindings
        self._steps = steps
        self._left = _MOST
        self._anchors = _repeated_bookmarks(root)
        self._parents: dict[etree._Element, None] = {}
        """Of blocks that are gone: they may have lost all that they held."""
        self._has_blocks = next(root.iter(EACH, IF), None) is not None

    def fill(self, scope: Scope) -> etree._Element:
        """The filled part.

        Raises:
            WritingError: it would become too large.
        """
        self._fill(self._root, scope)
        etree.strip_tags(self._root, DONE)
        for marker in list(self._root.iter(APART)):
            _part(marker)
        for table in list(self._root.iter(TBL)):
            if table.get(TOUCHED):
                del table.attrib[TOUCHED]
                settle(table)
        _close(list(self._parents))
        if self._has_blocks:
            renumber(self._root)
        return self._root

    def _fill(self, element: etree._Element, scope: Scope) -> None:
        instructions = list(element.iter(EACH, IF, FIELD))
        position = 0
        while position < len(instructions):
            found = instructions[position]
            position += 1
            if found.tag == FIELD:
                self._field(found, scope)
                continue
            position += sum(1 for _ in found.iter(EACH, IF, FIELD)) - 1  # what is inside is filled with it
            step = self._steps[int(found.get(NUMBER, ""))]
            if isinstance(step, Loop):
                self._each(found, step, scope)
            elif step.holds(scope):
                found.tag = DONE
                self._fill_inside(found, scope)
            else:
                self._take_out(found)

    def _fill_inside(self, element: etree._Element, scope: Scope) -> None:
        for child in list(element):
            self._fill(child, scope)

    def _each(self, element: etree._Element, loop: Loop, scope: Scope) -> None:
        items = loop.read(scope) or []
        self._left -= len(items) * sum(1 for _ in element.iter())
        if self._left < 0:
            raise WritingError("按模板生成的文件过大，已停止。", remedy="请减少模板中重复的内容。")
        for index, item in enumerate(items):
            inner = scope.within(Level(item, index, len(items)))
            made = copy.deepcopy(element)
            made.tag = DONE
            element.addprevious(made)
            if self._anchors:
                self._rename(made, "_".join(str(level.position + 1) for level in inner.levels[1:]))
            self._fill_inside(made, inner)
        self._take_out(element)

    def _take_out(self, element: etree._Element) -> None:
        parent = element.getparent()
        while parent is not None and parent.tag == DONE:
            parent = parent.getparent()
        remove(element)
        if parent is not None and (parent.tag == TBL or parent.tag in _HOLDERS):
            self._parents[parent] = None

    def _rename(self, made: etree._Element, suffix: str) -> None:
        """Gives bookmarks of a copy names of their own, and lets what refers to them follow."""
        for element in made.iter(*_ANCHORS):
            if element.tag == f"{W}instrText":
                words = (element.text or "").split(" ")
                if not self._anchors.isdisjoint(words):
                    element.text = " ".join(
                        f"{word}_{suffix}" if word in self._anchors else word for word in words
                    )
                continue
            key = f"{W}name" if element.tag == f"{W}bookmarkStart" else f"{W}anchor"
            if element.get(key) in self._anchors:
                element.set(key, f"{element.get(key)}_{suffix}")

    def _field(self, element: etree._Element, scope: Scope) -> None:
        binding = self._bindings[int(element.get(NUMBER, ""))]
        text = binding.text(scope)
        if element.get("merge"):
            cell = next(element.iterancestors(TC), None)
            if cell is not None and text:
                path = "_".join(str(level.position) for level in scope.levels[:-1])
                cell.set(MERGE, f"{path}:{text}".translate(FORBIDDEN))
        between = APART if APART_FORM in binding.forms else BREAK
        _write(element, text.translate(FORBIDDEN), between)


def _write(element: etree._Element, text: str, between: str) -> None:
    """Puts ``text`` in place of ``element``, inside the same run; lines are parted by ``between``."""
    if text and "\n" not in text and "\t" not in text:
        element.tag = T  # nearly every value is one line
        element.attrib.clear()
        set_text(element, text)
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            element.addprevious(etree.Element(between))
        for position, piece in enumerate(line.split("\t")):
            if position:
                element.addprevious(etree.Element(TAB))
            if piece:
                part = etree.Element(T)
                set_text(part, piece)
                element.addprevious(part)
    remove(element)


def _part(marker: etree._Element) -> None:
    """Parts a paragraph at ``marker``; inside a link or the like, where it cannot be parted, it becomes a break."""
    run = marker.getparent()
    paragraph = run.getparent() if run is not None else None
    if run is None or paragraph is None or paragraph.tag != P:
        marker.tag = BREAK
        return
    made, rest = etree.Element(P), etree.Element(R)
    look = paragraph.find(P_LOOK)
    if look is not None:
        made.append(copy.deepcopy(look))
        section = look.find(SECTION)
        if section is not None:  # the section ends with the last of the paragraphs
            look.remove(section)
    if (run_look := run.find(R_LOOK)) is not None:
        rest.append(copy.deepcopy(run_look))
    rest.extend(list(marker.itersiblings()))
    following = list(run.itersiblings())
    if any(child.tag != R_LOOK for child in rest):
        made.append(rest)
    made.extend(following)
    remove(marker)
    paragraph.addnext(made)


def _close(holders: Sequence[etree._Element]) -> None:
    """Gives what has lost its last paragraph an empty one, as Word wants it, and takes away tables without rows."""
    for holder in reversed(holders):  # what is inside comes after what is around it, and is closed before
        if holder.tag == TBL:
            if next(holder.iter(TR), None) is None:
                around = holder.getparent()
                remove(holder)
                if around is not None and around.tag in _HOLDERS:
                    _close([around])
            continue
        blocks = [child for child in holder if child.tag in (P, TBL, f"{W}sdt")]
        if not blocks or (holder.tag == TC and blocks[-1].tag == TBL):
            holder.append(etree.Element(P))


def _repeated_bookmarks(root: etree._Element) -> frozenset[str]:
    """The names of bookmarks that stand in blocks."""
    return frozenset(
        mark.get(f"{W}name", "") for block in root.iter(EACH) for mark in block.iter(f"{W}bookmarkStart")
    )
