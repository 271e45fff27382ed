"""Lines outside tables put together to paragraphs, as their indents, ends and sizes tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

import msgspec

from jiheng.budget import Box, Place
from jiheng.reading.blocks import Paragraph
from jiheng.reading.formats.page.cells import confidence, line_text, lines_of
from jiheng.reading.formats.page.model import Page, Run

_APART: Final = 4.0
"""A gap of this many signs parts two things that only happen to stand side by side."""
_INDENT: Final = 6.0
"""The first line of a paragraph is indented by fewer signs than this; a title in the middle by more."""
_LEADERS: Final = re.compile(r"[.．·…]{4,}\s*\d{0,4}\s*$")
_ENDS: Final = re.compile(r"[。；;！？!?：:]$")
BEGINS: Final = re.compile(
    r"^(?:[-•·]\s+)?(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]+部分|注[:：]|单位[:：])"
)
_TABLE_TITLE: Final = re.compile(r"^[^。；;，,：:]{4,30}表$")
"""What follows a sentence that fills its line to the end, and may yet be no part of it."""
_HEADING: Final = re.compile(
    r"^(?:[-•·]\s+)?(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+部分)"
)
_LABELLED: Final = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}(?:指标|目标|名称|编码|部门|金额|总额|期限))[:：]")
"""A label of a form told in lines opens a line of its own."""
_NUMBER: Final = re.compile(
    r"^[-—–－]*\s*(?:第?\s*\d{1,4}\s*页?|[ivxIVX]{1,5})\s*(?:[/／共]\s*\d{1,4}\s*页?)?\s*[-—–－]*$"
)
# A number between dashes, or "第 3 页": nothing else on a page looks like that.
_NUMBERED: Final = re.compile(
    r"^(?:[-—–－一]\s*\d{1,4}\s*[-—–－一]|第\s*\d{1,4}\s*页(?:\s*[/／,，]?\s*共\s*\d{1,4}\s*页)?)$"
)
_WORDS: Final = 4
"""A running head has at least so many signs besides its page number."""
EDGE: Final = 0.09
"""Running heads and page numbers stand in this share of the page at its top and foot."""

_LEAST: Final = 0.5
"""No text column is narrower than this share of its page."""


class Line(msgspec.Struct, frozen=True):
    """A line of text on a page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    confidence: float | None = None


class Measure(msgspec.Struct, frozen=True):
    """Where the text column of a document begins and ends, in points."""

    left: float
    right: float


def lines_on(runs: Sequence[tuple[int, Run]]) -> list[Line]:
    """The lines that ``runs`` make; what stands far apart on one line is two."""
    found = []
    for line in lines_of(runs):
        group: list[Run] = []
        for run in line:
            if group and run.left - group[-1].right > _APART * max(run.height, 1.0):
                found.append(_line(group))
                group = []
            group.append(run)
        found.append(_line(group))
    return [line for line in found if line.text]


def _line(runs: list[Run]) -> Line:
    return Line(
        line_text(runs),
        min(run.left for run in runs),
        min(run.top for run in runs),
        max(run.right for run in runs),
        max(run.bottom for run in runs),
        max(run.height for run in runs),
        confidence(runs),
    )


def measure(lines: Sequence[Line], page: Page) -> Measure | None:
    """The text column: the usual left and right ends of long lines; captions and notes alone tell none."""
    long = [line for line in lines if len(line.text) >= 15]
    if len(long) < 3:
        return None
    column = Measure(min(line.left for line in long), max(line.right for line in long))
    return column if column.right - column.left > _LEAST * page.width else None


def is_furniture(line: Line, page: Page, repeated: frozenset[str]) -> bool:
    """Whether ``line`` is a page number or a running head."""
    if is_at_edge(line, page, EDGE):
        return _NUMBER.match(line.text) is not None or uncounted(line.text) in repeated
    return is_at_edge(line, page, 2 * EDGE) and _NUMBERED.match(line.text) is not None


def uncounted(text: str) -> str:
    """``text`` with its page number masked, where it has one among words."""
    masked = re.sub(r"\d+", "#", text)
    return masked if len(masked.replace("#", "")) >= _WORDS else text


def is_at_edge(line: Line, page: Page, share: float) -> bool:
    """Whether ``line`` stands in this share of the page at its head or foot."""
    return line.bottom < page.height * share or line.top > page.height * (1 - share)


def paragraphs_of(lines: Sequence[Line], page: Page, column: Measure | None) -> Iterator[Paragraph]:
    """The paragraphs that ``lines`` of one page make."""
    group: list[Line] = []
    found: list[Paragraph] = []
    for line in lines:
        if group and not _continues(group, line, column, page):
            found.append(_paragraph(group, page))
            group = []
        group.append(line)
    if group:
        found.append(_paragraph(group, page))
    return _contents(found)


def _contents(found: list[Paragraph]) -> Iterator[Paragraph]:
    """An entry of a contents list may fill its line, so that no leaders are left: its neighbours tell."""
    for index, paragraph in enumerate(found):
        between = 0 < index < len(found) - 1 and found[index - 1].style == found[index + 1].style == "toc"
        yield msgspec.structs.replace(paragraph, style="toc") if between else paragraph


def continues_over_page(last: Paragraph, first: Paragraph, column: Measure | None, page: Page) -> bool:
    """Whether ``first``, at the head of a page, goes on with ``last``, at the foot of the one before."""
    if column is None or last.place.box is None or first.place.box is None or last.style or first.style:
        return False
    is_full = last.place.box.right * page.width > column.right - 2.5 * _size(last, page)
    starts_left = first.place.box.left * page.width < column.left + _size(first, page)
    return (
        is_full
        and starts_left
        and _ENDS.search(last.text) is None
        and BEGINS.match(first.text) is None
        and len(last.text) > 10
    )


def _size(paragraph: Paragraph, page: Page) -> float:
    box = paragraph.place.box
    lines = paragraph.text.count("\n") + 1
    return (box.bottom - box.top) * page.height / max(1, lines) * 0.6 if box else 10.0


def _continues(group: list[Line], line: Line, column: Measure | None, page: Page) -> bool:
    before = group[-1]
    size = max(before.size, 1.0)
    if abs(line.size - before.size) > 0.15 * size or line.top - before.bottom > 1.6 * size:
        return False
    if line.top < before.top - size / 2 or _LEADERS.search(before.text):
        return False
    if _LEADERS.search(line.text):
        # an entry of a contents list that is too long for one line
        return BEGINS.match(line.text) is None and BEGINS.match(before.text) is not None
    if column is None or _is_long_title(before, line, page):
        return _is_long_title(before, line, page)
    # a full line goes on below it, unless what is below is indented or begins with a number
    is_full = before.right > column.right - 1.8 * size
    is_indented = line.left > column.left + 1.2 * size
    was_indented = 1.2 * size < group[0].left - column.left < _INDENT * size
    if not is_full:
        # a line may end early before a long figure: the indent of the first line tells paragraphs apart
        is_long = before.right - column.left > 0.7 * (column.right - column.left)
        return was_indented and not is_indented and is_long and not BEGINS.match(line.text)
    if is_indented:
        # a heading in the middle that is too long for one line
        return _is_centred(before, column) and _is_centred(line, column) and _ENDS.search(before.text) is None
    if _LABELLED.match(line.text) or (_TABLE_TITLE.match(line.text) and _ENDS.search(before.text)):
        return False
    if _HEADING.match(line.text) and line.right < column.right - 4 * size:
        return False
    if BEGINS.match(line.text) and _ENDS.search(before.text):
        return was_indented and before.right > column.right - 0.5 * size
    return True


def _is_long_title(before: Line, line: Line, page: Page) -> bool:
    """Whether two lines of a cover are one title that is too long for a line."""
    middle = page.width / 2
    return (
        before.size > 15
        and before.right - before.left > 0.6 * page.width
        and line.right - line.left < before.right - before.left
        and abs((before.left + before.right) / 2 - middle) < before.size
        and abs((line.left + line.right) / 2 - middle) < before.size
    )


def _is_centred(line: Line, column: Measure) -> bool:
    left, right = line.left - column.left, column.right - line.right
    return left > 2 * line.size and abs(left - right) < 2 * line.size


def _paragraph(group: list[Line], page: Page) -> Paragraph:
    text = joined([line.text for line in group])
    left, top = min(line.left for line in group), min(line.top for line in group)
    right, bottom = max(line.right for line in group), max(line.bottom for line in group)
    known = [line.confidence for line in group if line.confidence is not None]
    place = Place(
        page=page.number,
        box=box_on(page, left, top, right, bottom),
        confidence=min(known) if known else None,
    )
    style = "toc" if _LEADERS.search(text) else ""
    return Paragraph(text, place, style)


def joined(texts: Sequence[str]) -> str:
    """Lines as one text; between Latin words stands a space."""
    whole = texts[0]
    for text in texts[1:]:
        apart = (
            " "
            if whole[-1:].isascii() and whole[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha()
            else ""
        )
        whole += apart + text
    return whole


def box_on(page: Page, left: float, top: float, right: float, bottom: float) -> Box:
    """A rectangle in fractions of the page."""
    width, height = page.width or 1.0, page.height or 1.0
    return Box(
        *(
            round(min(1.0, max(0.0, value)), 4)
            for value in (left / width, top / height, right / width, bottom / height)
        )
    )


def usual_size(lines: Sequence[Line]) -> float:
    """The size that most text has."""
    return median(line.size for line in lines) if lines else 10.0
