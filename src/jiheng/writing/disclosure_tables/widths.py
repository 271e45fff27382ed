"""How wide the columns of a printed table are, and whether its page lies.

A column of figures is as wide as its longest figure, so that none breaks; a heading breaks between words;
names get what is left, up to their length.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from jiheng.writing.disclosure_tables.form import Column, Entry, Form
from jiheng.writing.disclosure_tables.headings import good_room, least_room
from jiheng.writing.disclosure_tables.measures import grouped, measured, unbroken
from jiheng.writing.pages import placed
from jiheng.writing.pagination import CELL_CHARACTER, CELL_MARGIN, LYING, STANDING

_SLACK: Final = 0.3
"""Characters of room beside a figure, since programs differ in how they measure."""
_CRAMPED: Final = 0.8
"""A name that gets less than this share of what it wants makes the page lie."""
_LEAST: Final = {"code": 8.0, "name": 8.0, "unit": 6.0, "text": 5.0, "order": 2.2, "figure": 2.5}
_BLANK_NAME: Final = 12.0
"""Characters of a name that is still to be filled in."""
_LAST: Final = 7.0
"""Characters of words in a table that is too wide for any page."""
_SHORT_CODE: Final = 6.0
"""A code of a class does not break, one of a project may."""
_MOST: Final = {"code": 16.0, "name": 26.0, "unit": 14.0, "text": 12.0, "order": 2.2, "figure": 99.0}
"""In characters: what a column has at least when room is short, and wants at most."""


class Layout(NamedTuple):
    """The widths of the columns in mm, as wide as the type area together."""

    widths: tuple[float, ...]
    is_lying: bool


def layout_of(form: Form) -> Layout:
    """The widths of ``form``: on a standing page where that suffices, else on a lying one."""
    needs = [_needs(form, at) for at in range(len(form.columns))]
    least = [_length(low) for low, _ in needs]
    wanted = [_length(high) for _, high in needs]
    is_lying = sum(wanted) > STANDING[0] and (
        sum(least) > STANDING[0] or _is_cramped(form, least, wanted, STANDING[0])
    )
    room = LYING[0] if is_lying else STANDING[0]
    return Layout(tuple(_fitted(form.columns, least, wanted, room)), is_lying)


def _length(characters: float) -> float:
    return characters * CELL_CHARACTER + CELL_MARGIN


def _is_cramped(form: Form, least: list[float], wanted: list[float], room: float) -> bool:
    """Whether names would lose much of what they want."""
    spare = room - sum(least)
    lacking = sum(wanted) - sum(least)
    return any(
        low + (high - low) * spare / lacking < high * _CRAMPED
        for column, low, high in zip(form.columns, least, wanted, strict=True)
        if column.role == "name"
    )


def _fitted(
    columns: tuple[Column, ...], least: list[float], wanted: list[float], room: float
) -> Iterator[float]:
    """Widths that fill ``room``: between least and wanted, or beyond both in proportion."""
    if sum(wanted) <= room:
        spare = room - sum(wanted)
        # figures side by side look best at one width, so that what is left over goes to all columns
        found = [width + spare * width / sum(wanted) for width in wanted]
    elif sum(least) <= room:
        share = (room - sum(least)) / (sum(wanted) - sum(least))
        found = [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]
    else:
        found = _squeezed(columns, least, room)
    yield from _evened(columns, found, least)


def _squeezed(columns: tuple[Column, ...], least: list[float], room: float) -> list[float]:
    """Widths below the least: words give way before figures and codes, which would break."""
    words = [at for at, column in enumerate(columns) if column.role in ("name", "unit", "text")]
    spare = sum(max(0.0, least[at] - _length(_LAST)) for at in words)
    share = min(1.0, (sum(least) - room) / spare) if spare else 0.0
    found = list(least)
    for at in words:
        found[at] -= max(0.0, least[at] - _length(_LAST)) * share
    return [width * room / sum(found) for width in found]


def _evened(columns: tuple[Column, ...], widths: list[float], least: list[float]) -> list[float]:
    """The same width for the figures of a side, where that leaves each its least."""
    for side in range(columns[-1].side + 1):
        own = [at for at, column in enumerate(columns) if column.role == "figure" and column.side == side]
        if own and (mean := sum(widths[at] for at in own) / len(own)) >= max(least[at] for at in own):
            for at in own:
                widths[at] = mean
    return [round(width, 2) for width in widths]


def _needs(form: Form, at: int) -> tuple[float, float]:
    """The least and the wanted width of a column, in characters."""
    role = form.columns[at].role
    entries = [entry for row in form.body if (entry := _entry_at(row, at)) is not None]
    longest = _aligned(entries) if role == "figure" else max(map(_long, entries), default=0.0)
    low, high = _heading(form, at)
    if role == "figure":
        shown = longest + _SLACK if longest else 0.0
        return max(low, shown, _LEAST[role]), max(high, shown, _LEAST[role])
    if role == "name" and not longest:
        longest = _BLANK_NAME
    wanted = min(longest + _SLACK, _MOST[role])
    kept = wanted if role == "code" and longest <= _SHORT_CODE else min(wanted, _LEAST[role])
    return max(low, kept), max(high if role != "name" else low, wanted, low)


def _heading(form: Form, at: int) -> tuple[float, float]:
    """The least and the good width of what stands above a column; a heading over several is spread over them."""
    low = high = 1.0
    for _, column, cell in placed(form.head):
        if column <= at < column + cell.span:
            low = max(low, least_room(cell.text) / cell.span)
            high = max(high, good_room(cell.text) / cell.span)
    return low + _SLACK, high + _SLACK


def _entry_at(row: tuple[Entry, ...], at: int) -> Entry | None:
    """The entry in a column; ``None`` where one reaches over several."""
    column = 0
    for entry in row:
        if column == at and entry.span == 1:
            return entry
        column += entry.span
    return None


def _aligned(entries: list[Entry]) -> float:
    """The width of figures whose decimal points stand below one another, or of the longest words among them."""
    parts = [shown(entry).partition(".") for entry in entries]
    whole = max((unbroken(part[0]) for part in parts), default=0.0)
    return whole + max((unbroken("".join(part[1:])) for part in parts), default=0.0)


def _long(entry: Entry) -> float:
    length = unbroken if entry.role == "code" else measured
    return entry.indent + max((length(line) for line in shown(entry).split("\n")), default=0.0)


def shown(entry: Entry) -> str:
    """The text of an entry as printed: thousands of figures are parted."""
    if entry.role != "figure":
        return entry.text
    return grouped(entry.text)
