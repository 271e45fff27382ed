"""Marks of a paragraph taken out of its runs, whatever runs Word has cut them into, as elements of their own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Final

from lxml import etree

from jiheng.reading.formats.word.names import W
from jiheng.templates.elements import MARK, R_LOOK, R, T, pieces, remove, set_text, strip, text_of
from jiheng.templates.marks import Mark, find_marks

_AROUND: Final = 12
_NOISE: Final = tuple(f"{W}{tag}" for tag in ("proofErr", "lastRenderedPageBreak"))


def isolate(paragraph: etree._Element, number_of: Callable[[Mark, str], int]) -> list[etree._Element]:
    """Puts an element in place of every mark of ``paragraph``, in the run in which the mark begins.

    Args:
        number_of: gives the number under which a mark is kept, from the mark and the text around it.
    Returns:
        The elements, from left to right.
    """
    text = text_of(paragraph)
    spots = find_marks(text)
    if not spots:
        return []
    strip(paragraph, _NOISE)
    numbers = [number_of(spot.mark, around(text, spot.begin, spot.end)) for spot in spots]
    found: list[etree._Element] = []
    for spot, number in zip(
        reversed(spots), reversed(numbers), strict=True
    ):  # what stands before keeps its place
        element = etree.Element(MARK, number=str(number))
        _cut_in(list(pieces(paragraph)), spot.begin, spot.end, element)
        found.append(element)
    return found[::-1]


def around(text: str, begin: int, end: int) -> str:
    """The text around a place, cut to what fits into a message."""
    before, after = text[max(0, begin - _AROUND) : begin], text[end : end + _AROUND]
    head = "…" if begin > _AROUND else ""
    tail = "…" if len(text) > end + _AROUND else ""
    return " ".join(f"{head}{before}{text[begin:end][:60]}{after}{tail}".split())


def _cut_in(parts: list[etree._Element], begin: int, end: int, element: etree._Element) -> None:
    """Puts ``element`` in place of the signs ``begin`` to ``end`` of ``parts``."""
    passed = 0
    first: etree._Element | None = None
    for part in parts:
        text = (part.text or "") if part.tag == T else "\n"
        start, passed = passed, passed + len(text)
        if passed <= begin or start >= end:
            continue
        rest = text[end - start :] if passed > end else ""
        if first is None:
            first = part
            part.addnext(element)
            if rest:
                behind = etree.Element(T)
                set_text(behind, rest)
                element.addnext(behind)
            _keep(part, text[: begin - start])
        else:
            _keep(part, rest)


def _keep(part: etree._Element, text: str) -> None:
    """Leaves ``text`` of a part, or takes it out where nothing is left."""
    if text:
        set_text(part, text)
    else:
        remove(part)


def lift(mark: etree._Element) -> None:
    """Brings a mark out of its run, which it cuts in two."""
    run = mark.getparent()
    if run is None or run.tag != R:
        return
    rest = etree.Element(R)
    if (look := run.find(R_LOOK)) is not None:
        rest.append(copy.deepcopy(look))
    rest.extend(list(mark.itersiblings()))
    run.addnext(rest)
    run.addnext(mark)
    for part in (run, rest):
        if all(child.tag == R_LOOK for child in part):
            remove(part)
