"""Administrative divisions of province, city and county level by code and by name; townships are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from jiheng.errors import StandardsError, UnknownCode
from jiheng.standards.datafile import csv_rows

Level = Literal["province", "city", "county"]


@dataclass(frozen=True, slots=True)
class Division:
    """One province, city or county.

    Attributes:
        code: six digits, zeros where the level ends ("130500" is a city).
        name: as in the table of codes, "巨鹿县".
        parent: code of the division above by the code table; ``None`` for a province. Counties of a
            municipality and counties directly under a province have the province.
        note: what is particular, e.g. that a county-level city is run by the province; "" for most.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    note: str = ""


def division(code: str) -> Division:
    """The division with this six-digit code.

    Raises:
        UnknownCode: no province, city or county of the table has it.
    """
    found = _by_code().get(code)
    if found is None:
        raise UnknownCode(f"没有代码为“{code}”的省、市、县", remedy="核对六位行政区划代码")
    return found


def find_division(name: str) -> list[Division]:
    """All divisions with exactly this name, in order of code; several for 鼓楼区, none if unknown."""
    return list(_by_name().get(name, ()))


def lineage(code: str) -> tuple[Division, ...]:
    """The division with this code below those that it belongs to, the province first.

    Raises:
        UnknownCode: no province, city or county of the table has it.
    """
    found = division(code)
    return (found,) if found.parent is None else (*lineage(found.parent), found)


def codes_above(code: str | None) -> list[str]:
    """The codes of ``lineage``; of a code that the table does not have itself alone, and none of none."""
    if code is None:
        return []
    try:
        return [place.code for place in lineage(code)]
    except StandardsError:
        return [code]


def division_in(text: str) -> Division | None:
    """The division that the name of a body or the title of a document speaks of.

    A county is preferred to its city and a city to its province ("邢台市巨鹿县财政局" is 巨鹿县); of names at
    one level the longest, then the first. Names borne by several divisions count only where one above them is
    named too; so do names of two characters that are also words (东区; 和县 unless the text begins with it).
    ``None`` when no name occurs or none can be told from its namesakes.
    """
    spoken = _names_in(text)
    mentioned = {place.code for _, name in spoken for place in _by_name()[name]}
    best: tuple[tuple[int, int, int], Division] | None = None
    for start, name in spoken:
        known = _by_name()[name]
        placed = [one for one in known if not mentioned.isdisjoint(_above(one))]
        if not placed and (len(known) > 1 or (len(name) == 2 and (start > 0 or name.endswith("区")))):
            continue
        candidates = placed or list(known)
        if len(candidates) > 1:
            continue
        rank = (_DEPTH[candidates[0].level], len(name), -start)
        if best is None or rank > best[0]:
            best = rank, candidates[0]
    return best[1] if best else None


_DEPTH = {"province": 0, "city": 1, "county": 2}
_PREFIX = re.compile(r"^(?:中国共产党|中共)")


def _names_in(text: str) -> list[tuple[int, str]]:
    """Where each name starts in ``text`` (white space and 中共 left off); none inside a longer one."""
    text = _PREFIX.sub("", "".join(text.split()))
    names, longest = _by_name(), _longest_name()
    found: list[tuple[int, str]] = []
    start = 0
    while start < len(text):
        for length in range(min(longest, len(text) - start), 1, -1):
            if text[start : start + length] in names:
                found.append((start, text[start : start + length]))
                start += length - 1
                break
        start += 1
    return found


def _above(place: Division) -> set[str]:
    return {one.code for one in lineage(place.code)[:-1]}


@cache
def _by_code() -> dict[str, Division]:
    return {
        code: Division(code, name, level, parent or None, note)  # type: ignore[arg-type]  # checked by a test
        for code, name, level, parent, note in csv_rows("divisions.csv")
    }


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    named: dict[str, tuple[Division, ...]] = {}
    for one in _by_code().values():
        named[one.name] = (*named.get(one.name, ()), one)
    return named


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))
