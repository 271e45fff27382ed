"""Words that say what an indicator counts, where it belongs, and words too general to say anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jiheng.standards.datafile import toml_table


@dataclass(frozen=True, slots=True)
class Subject:
    """What names with certain endings count.

    Attributes:
        key: "persons", "times", "rate" and so on.
        title: how messages call it.
        endings: of names, the longest decides.
        units: that fit, the usual ones first; empty where the dimension alone decides.
        dimension: of a fitting unit, as ``jiheng.budget.Dimension`` has it.
        level2: the second-level names under which it belongs; empty where it may stand anywhere.
    """

    key: str
    title: str
    endings: tuple[str, ...]
    units: tuple[str, ...]
    dimension: str
    level2: tuple[str, ...]


@lru_cache(maxsize=65_536)
def subject_of(name: str) -> Subject | None:
    """What an indicator of this name counts, by the end of the name; ``None`` where it does not tell."""
    plain = "".join(name.split()).rstrip("。．.；;")
    if plain.endswith((")", "）")):
        plain = plain[: max(plain.rfind("("), plain.rfind("（"))]
    for length in range(min(len(plain), 6), 0, -1):
        found = _endings().get(plain[-length:])
        if found is not None:
            return found if found.key != "unsure" else None
    return None


@cache
def extent_of(unit: str) -> str | None:
    """Whether a unit measures a "length" or an "area"; ``None`` for any other."""
    subjects = (one for one in _table()["subject"] if one["key"] in ("length", "area"))
    return next((one["key"] for one in subjects if unit in one["units"]), None)


def general_words() -> tuple[str, ...]:
    """Words that nearly every project has (保障, 工作, 经费): sharing one of them is no likeness."""
    return tuple(_table()["general"]["words"])


@cache
def _table() -> dict[str, Any]:
    return toml_table("indicator_words.toml")


@cache
def _endings() -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    for one in _table()["subject"]:
        subject = Subject(
            one["key"],
            one["title"],
            tuple(one["endings"]),
            tuple(one.get("units", ())),
            one["dimension"],
            tuple(one.get("level2", ())),
        )
        found.update(dict.fromkeys(subject.endings, subject))
    return found


@dataclass(frozen=True, slots=True)
class Belonging:
    """Under which second level names with certain endings belong; ``wrong`` and ``doubtful`` are other levels."""

    title: str
    belongs: str
    wrong: frozenset[str]
    doubtful: frozenset[str]


@lru_cache(maxsize=65_536)
def belonging_of(name: str) -> Belonging | None:
    """Where an indicator of this name belongs, by the end of the name; ``None`` where it does not tell."""
    plain = "".join(name.split()).rstrip("。．.；;")
    if plain.endswith((")", "）")):
        plain = plain[: max(plain.rfind("("), plain.rfind("（"))]
    for length in range(min(len(plain), 5), 1, -1):
        found = _belongings().get(plain[-length:])
        if found is not None:
            return found
    return None


def endings_under(level2: str) -> tuple[str, ...]:
    """Endings of names that belong under this second level, as names to begin with."""
    return tuple(ending for one in _table()["place"] if one["belongs"] == level2 for ending in one["endings"])


def satisfaction_words() -> tuple[str, ...]:
    """Words one of which stands in the name or description of every satisfaction."""
    return tuple(_table()["satisfaction"]["words"])


def weak_bases() -> tuple[str, ...]:
    """What stands for the basis of a value and names no source (工作需要, 领导安排)."""
    return tuple(_table()["bases"]["weak"])


def weak_alone() -> frozenset[str]:
    """What names no source where nothing else is written (要求, 上级要求): behind a paper's name it may."""
    return frozenset(_table()["bases"]["weak_alone"])


def survey_words() -> tuple[str, ...]:
    """Words one of which stands in the basis of a satisfaction: it is asked for."""
    return tuple(_table()["bases"]["survey"])


@cache
def _belongings() -> dict[str, Belonging]:
    found: dict[str, Belonging] = {}
    for one in _table()["place"]:
        place = Belonging(one["title"], one["belongs"], frozenset(one["wrong"]), frozenset(one["doubtful"]))
        found.update(dict.fromkeys(one["endings"], place))
    return found
