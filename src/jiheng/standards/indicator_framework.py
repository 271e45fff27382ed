"""The levels of performance indicators, and the words and units that indicators are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, Literal

from jiheng.errors import UnknownCode
from jiheng.standards.datafile import toml_table

_SLIP = 0.75
"""Names as like as this differ by a slip."""

UnitKind = Literal["count", "time", "money", "share"]
Direction = Literal["forward", "reverse"]


@dataclass(frozen=True, slots=True)
class Level1:
    """A first-level indicator with its second level, in the order of the form.

    Attributes:
        is_obligatory: every project has it. Where it is not, the regulation says for which projects it is.
        obligatory_level2: the second-level names that every project has.
    """

    name: str
    is_obligatory: bool
    level2: tuple[str, ...]
    obligatory_level2: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One system of indicators: "2020" with 成本指标 under 产出指标, "2021" with it at the first level."""

    key: str
    title: str
    regulation: str
    level1: tuple[Level1, ...]


def layouts() -> tuple[Layout, ...]:
    """Both systems, the older first.

    Source: 财预〔2020〕10号 (form of self-evaluation); 财预〔2021〕101号.
    """
    return _layouts()


def layout(key: str) -> Layout:
    """The system with this key, "2020" or "2021".

    Raises:
        UnknownCode: there is no such system.
    """
    for one in _layouts():
        if one.key == key:
            return one
    raise UnknownCode(f"没有“{key}”这套指标框架", remedy="可用 2020 或 2021")


def layout_of(level1_names: Iterable[str]) -> Layout:
    """The system that a table with these first-level names follows: 2021 if 成本指标 is among them."""
    names = {canonical(name) for name in level1_names}
    return layout("2021" if "成本指标" in names else "2020")


@lru_cache(maxsize=4096)  # every rule asks it of the same few names
def canonical(name: str) -> str:
    """The standard name of a first- or second-level indicator: no white space, 指标 added, alias resolved.

    A name that no system knows comes back without its white space and otherwise as written.
    """
    plain = "".join(name.split())
    full = plain if plain.endswith("指标") else f"{plain}指标"
    full = _aliases().get(full, full)
    return full if full in _level1_names() or full in _parents() else plain


def is_level1(name: str) -> bool:
    """Whether ``name`` or its standard form is of the first level in either system (成本指标 in 2021)."""
    return canonical(name) in _level1_names()


def is_level2(name: str) -> bool:
    """Whether ``name`` or its standard form is of the second level in either system (成本指标 in 2020)."""
    return canonical(name) in _parents()


def nearest(name: str, level: int) -> str | None:
    """The standard name of this level (1 or 2) that ``name`` is a slip of; ``None`` where that cannot be told."""
    plain = "".join(name.split())
    names = sorted(_level1_names() if level == 1 else set(_parents()))
    found = get_close_matches(plain, names, n=2, cutoff=_SLIP)
    return found[0] if len(found) == 1 else None


def parent_of(level2: str) -> str | None:
    """The first-level name above ``level2`` by the system that has it, ``None`` if neither has."""
    parents = _parents().get(canonical(level2))
    return parents[0] if parents else None


def belongs(level2: str, level1: str) -> bool:
    """Whether ``level2`` may stand under ``level1``: by either system, or as a form in use has it."""
    return canonical(level1) in _parents().get(canonical(level2), ())


def unit_kind(unit: str) -> UnitKind | None:
    """What a unit measures: "count" (个, 人, 次), "time" (天, 月底前), "money" (元, 万元/年), "share" (%).

    ``None`` for a unit that is not in the lists.
    """
    return _units().get("".join(unit.split()).strip("（）()"))


def units_of_kind(kind: UnitKind) -> tuple[str, ...]:
    """The units that measure this, the usual ones first."""
    return tuple(_table()["units"][kind])


def vague_words(text: str) -> tuple[str, ...]:
    """The words of degree without scale (提升, 良好, 明显) in ``text``, in order, the longest at a place.

    Whether they spoil a value is for the caller to judge: "较上年提升 5%" has one and can be measured.
    """
    return tuple(_vague().findall("".join(text.split())))


def direction_of(name: str) -> Direction | None:
    """Whether more is better ("forward": 完成率, 满意度) or worse ("reverse": 成本, 故障率), by the name.

    Decided by the end of the name, so that 投诉办结率 is forward; ``None`` where the name does not tell.
    """
    plain = re.sub(r"[（(][^（）()]*[）)]$", "", "".join(name.split()))
    tails, words = _tails(), _directions()
    while True:
        for length in range(min(len(plain), _longest_direction()), 0, -1):
            found = words.get(plain[-length:])
            if found is not None:
                return None if found == "neutral" else found
        tail = next((tail for tail in tails if plain.endswith(tail) and plain != tail), None)
        if tail is None:
            return None
        plain = plain.removesuffix(tail)


@cache
def _table() -> dict[str, Any]:
    return toml_table("indicator_framework.toml")


@cache
def _layouts() -> tuple[Layout, ...]:
    return tuple(
        Layout(
            one["key"],
            one["title"],
            one["regulation"],
            tuple(
                Level1(
                    first["name"],
                    first["is_obligatory"],
                    tuple(first["level2"]),
                    tuple(first["obligatory_level2"]),
                )
                for first in one["level1"]
            ),
        )
        for one in _table()["layout"]
    )


@cache
def _aliases() -> dict[str, str]:
    return dict(_table()["aliases"])


@cache
def _level1_names() -> frozenset[str]:
    return frozenset(first.name for one in _layouts() for first in one.level1)


@cache
def _parents() -> dict[str, tuple[str, ...]]:
    """Second-level name → the first-level names that it may stand under, the regular one first."""
    parents: dict[str, list[str]] = {}
    for one in _layouts():
        for first in one.level1:
            for second in first.level2:
                known = parents.setdefault(second, [])
                if first.name not in known:
                    known.append(first.name)
    for second, accepted in _table()["accepted_parents"].items():
        parents[second] += accepted
    return {second: tuple(names) for second, names in parents.items()}


@cache
def _units() -> dict[str, UnitKind]:
    kinds: tuple[UnitKind, ...] = ("count", "time", "money", "share")
    return {unit: kind for kind in kinds for unit in _table()["units"][kind]}


@cache
def _vague() -> re.Pattern[str]:
    table = _table()["vague"]
    words = "|".join(sorted(table["words"], key=len, reverse=True))
    return re.compile(f"{words}|(?:{'|'.join(table['final'])})$")


@cache
def _directions() -> dict[str, Literal["forward", "reverse", "neutral"]]:
    kinds: tuple[Literal["forward", "reverse", "neutral"], ...] = ("forward", "reverse", "neutral")
    return {word: kind for kind in kinds for word in _table()["direction"][kind]}


@cache
def _longest_direction() -> int:
    return max(map(len, _directions()))


@cache
def _tails() -> tuple[str, ...]:
    return tuple(_table()["direction"]["tails"])
