"""Cover and title: kind, year, status, department, issuer and reviewer."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from jiheng.budget import Kind, Place, normalise, tidy, without_space
from jiheng.reading.blocks import Paragraph
from jiheng.reading.layouts.ledger import Ledger
from jiheng.reading.layouts.status import part_status, status_alone

_TITLE = re.compile(
    r"^(?P<name>.*?)(?:(?P<year>20\d{2})年度?)?(?P<kind>部门预算绩效文本|部门预算信息公开情况说明|单位预算信息公开情况说明"
    r"|部门预算公开情况说明|单位预算公开情况说明)$"
)
_KINDS = {
    "部门预算绩效文本": Kind.PERFORMANCE_TEXT,
    "部": Kind.DEPARTMENT_DISCLOSURE,
    "单": Kind.UNIT_DISCLOSURE,
}
_ISSUER = re.compile(r"^(.+?)编制$")
_REVIEWER = re.compile(r"^(.+?)审核$")


class Title(msgspec.Struct, frozen=True):
    """A title line."""

    kind: Kind
    year: int | None
    name: str
    """The body named in the line; "" when it stands in the line above."""
    status: str | None = None
    """草案 and the like, in brackets behind it."""


def recognise(paragraph: Paragraph) -> Title | None:
    """The title in ``paragraph``, or ``None``."""
    text, status = part_status(normalise(paragraph.text))
    if len(text) > 80:
        return None
    match = _TITLE.match(text)
    if match is None:
        return None
    kind = _KINDS.get(match["kind"]) or _KINDS[match["kind"][0]]
    return Title(kind, int(match["year"]) if match["year"] else None, match["name"], status)


class Cover(msgspec.Struct):
    """What the cover says, gathered line by line."""

    fields: dict[str, Any] = {}
    cells: dict[str, Place] = {}
    name: str | None = None


def read(lines: list[Paragraph], ledger: Ledger) -> Cover:
    """The cover's lines: the body, the title (in one line or two), the status, who made and who reviewed it."""
    cover = Cover()
    before: Paragraph | None = None
    for line in lines:
        text = normalise(line.text)
        title = recognise(line)
        if title is not None:
            cover.name = title.name or (without_space(before.text) if before is not None else None)
            cover.fields["kind"] = title.kind
            if title.year is not None:
                cover.fields["fiscal_year"] = title.year
                cover.cells["fiscal_year"] = line.place
            cover.fields["title"] = without_space(f"{cover.name or ''}{_after_name(line, title)}")
            cover.cells["title"] = line.place
            if title.status is not None:
                _put(cover, "status", title.status, line, ledger)
            ledger.take(line)
            if not title.name and before is not None:
                ledger.take(before)
        elif status := status_alone(text):
            _put(cover, "status", status, line, ledger)
        elif match := _ISSUER.match(text):
            _put(cover, "issuer", match[1], line, ledger)
        elif match := _REVIEWER.match(text):
            _put(cover, "reviewer", match[1], line, ledger)
        elif text in ("目录", "目次"):
            ledger.furnish("目录", line)
        before = line
    return cover


def _after_name(line: Paragraph, title: Title) -> str:
    text, _ = part_status(without_space(line.text))
    return text[len(title.name) :] if title.name and text.startswith(title.name) else text


def _put(cover: Cover, field: str, value: str, line: Paragraph, ledger: Ledger) -> None:
    if field not in cover.fields:
        cover.fields[field] = tidy(value)
        cover.cells[field] = line.place
        ledger.take(line)
