"""A reading beside its original: every value, and what was left over, with the spot of the original that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from jiheng.budget import Box, Place
from jiheng.web.documents.models import Correction
from jiheng.web.documents.outcome import Outcome
from jiheng.web.documents.page.original import anchor_of
from jiheng.web.documents.page.values import Value, groups_of


class Spot(msgspec.Struct):
    """A rectangle on the picture of a page; several values may have been read in it."""

    id: str
    box: Box
    is_unsure: bool = False
    is_left: bool = False
    """Something in it was not understood."""

    @property
    def width(self) -> float:
        """A share of the page."""
        return self.box.right - self.box.left

    @property
    def height(self) -> float:
        """A share of the page."""
        return self.box.bottom - self.box.top


class PageView(msgspec.Struct):
    """A page of the original with its spots."""

    number: int
    spots: list[Spot]


class Line(msgspec.Struct, frozen=True):
    """A value as it is listed."""

    value: Value
    target: str
    """The id of the element of the original that it came from."""
    correction: Correction | None = None
    """The last one made."""


class Lines(msgspec.Struct, frozen=True):
    """The values of one item."""

    title: str
    part: str
    is_row: bool
    lines: list[Line]


class LeftOver(msgspec.Struct, frozen=True):
    """What was not understood, or may have been misread."""

    text: str
    reason: str
    place: Place | None
    target: str
    path: str | None = None
    """Of the value that may have been misread."""


class Compared(msgspec.Struct, frozen=True):
    """Everything that the page shows."""

    groups: list[Lines]
    pages: list[PageView]
    unread: list[LeftOver]
    doubts: list[LeftOver]
    unsure: int
    count: int
    """Values in all, also those beyond ``MOST``."""
    names: dict[str, str] = {}
    """Path -> what the value is called, with the item that it belongs to, where it was corrected."""
    omitted: int = 0
    """Values beyond ``MOST``; a workbook holds them all."""


MOST: Final = 12_000
"""So many values are listed: more, no browser shows well."""
MOST_LEFT: Final = 3_000
"""So many pieces that were not understood are listed."""


class _Spots:
    """The spots of all pages, one for each rectangle."""

    def __init__(self, pages: int) -> None:
        self.pages = [PageView(number, []) for number in range(1, pages + 1)]
        self._known: dict[tuple[int, Box], Spot] = {}

    def target(self, place: Place | None, *, is_unsure: bool = False, is_left: bool = False) -> str:
        """The id of what stands at ``place``: a rectangle, a page, or a piece of text."""
        if place is None:
            return ""
        if place.page is None or place.page > len(self.pages):
            return anchor_of(place)
        if place.box is None:
            return f"page-{place.page}"
        key = place.page, place.box
        if key not in self._known:
            found = Spot(f"s{len(self._known)}", place.box)
            self._known[key] = found
            self.pages[place.page - 1].spots.append(found)
        spot = self._known[key]
        spot.is_unsure |= is_unsure
        spot.is_left |= is_left
        return spot.id


def compared(outcome: Outcome, corrections: Iterable[Correction]) -> Compared:
    """The reading beside its original.

    Args:
        corrections: newest first.
    """
    spots = _Spots(outcome.pages or 0)
    made: dict[str, Correction] = {}
    for correction in corrections:
        if not correction.is_pending:
            made.setdefault(correction.path, correction)
    groups: list[Lines] = []
    count = unsure = listed = 0
    names: dict[str, str] = {}
    for group in groups_of(outcome.documents):
        for value in group.values:
            if value.path in made:
                names[value.path] = f"{group.title}　{value.label}" if group.title else value.label
        count += len(group.values)
        unsure += sum(value.is_unsure for value in group.values)
        if count <= MOST:
            listed = count
            lines = [
                Line(value, spots.target(value.place, is_unsure=value.is_unsure), made.get(value.path))
                for value in group.values
            ]
            groups.append(Lines(group.title, group.part, group.is_row, lines))
    unread = [
        LeftOver(block.text, block.reason, block.place, spots.target(block.place, is_left=True))
        for block in outcome.unread[:MOST_LEFT]
    ]
    doubts = [
        LeftOver(warning.message, "", warning.place, spots.target(warning.place), warning.path)
        for warning in outcome.warnings
    ]
    return Compared(groups, spots.pages, unread, doubts, unsure, count, names, count - listed)
