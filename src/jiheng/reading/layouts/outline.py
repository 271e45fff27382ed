"""How a document is divided: the entries of its table of contents, and the headings of its chapters."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import Heading, tidy
from jiheng.reading.blocks import Paragraph

_NUMBER: Final = re.compile(
    r"^(?:第\s*[一二三四五六七八九十\d]{1,3}\s*(?:部分|章|节)|[一二三四五六七八九十]{1,3}\s*、|[(（]\s*[一二三四五六七八九十\d]{1,3}\s*[)）]、?"
    r"|\d{1,3}\s*[.、．])"
)
_PAGE: Final = re.compile(r"(?<!\d)\d{1,4}$")
_LEADERS: Final = " \t.．·…_—-"


def entry_of(line: Paragraph) -> Heading:
    """An entry of a table of contents: its number, its title, and the page behind the leaders."""
    text = tidy(line.text)
    match = _PAGE.search(text)
    before = text[: match.start()] if match else text
    if match is None or not before.endswith(tuple(_LEADERS)):
        return _heading(text.rstrip(_LEADERS), line, None)
    return _heading(before.rstrip(_LEADERS), line, int(match[0]))


def heading_of(line: Paragraph) -> Heading:
    """The heading of a chapter."""
    return _heading(tidy(line.text), line, None)


def _heading(text: str, line: Paragraph, page: int | None) -> Heading:
    match = _NUMBER.match(text)
    number = match[0].strip() if match else None
    title = (text[match.end() :] if match else text).strip(" :：")
    if not title:  # 第一部分 on a line of its own
        number, title = None, text
    return Heading(number=number, title=title, page=page, place=line.place)
