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
        units: that fit; empty where the dimension alone decides.
        dimension: of a fitting unit, as ``jiheng.budget.Dimension`` has it.
        level2: the second-level names under which it belongs; empty where it may stand anywhere.
    """

    key: str
    title: str
    endings: tuple[str, ...]
    units: frozenset[str]
    dimension: str
    level2: tuple[str, ...]


@lru_cache(maxsize=8192)
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
            frozenset(one.get("units", ())),
            one["dimension"],
            tuple(one.get("level2", ())),
        )
        found.update(dict.fromkeys(subject.endings, subject))
    return found
