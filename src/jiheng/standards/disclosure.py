"""How the disclosure and performance texts of a department are laid out: chapters, glossary, parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiheng.standards.datafile import toml_table


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the nine chapters of a disclosure text; ``keywords`` are what its headings have in common."""

    number: int
    title: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One of the ten terms of the glossary, with the other wordings in use."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two parts of a 部门预算绩效文本, with the titles of its sections in order."""

    number: int
    title: str
    aliases: tuple[str, ...]
    sections: tuple[str, ...]


def chapters() -> tuple[Chapter, ...]:
    """The nine chapters, in order.

    Source: Hebei county disclosure texts of 2021.
    """
    return _chapters()


def chapter_of(heading: str) -> Chapter | None:
    """The chapter that ``heading`` opens, for a 部门 or a 单位; ``None`` if it is no chapter heading."""
    plain = _plain(heading)
    for chapter in _chapters():
        if any(keyword in plain for keyword in chapter.keywords):
            return chapter
    return None


def glossary() -> tuple[Term, ...]:
    """The ten terms that chapter 八 explains, in order.

    Source: Hebei county disclosure texts of 2021.
    """
    return _glossary()


def glossary_term(text: str) -> Term | None:
    """The term of this name or alias, whatever its quotation marks and number; ``None`` if there is none."""
    plain = _plain(text)
    for term in _glossary():
        if plain in (_plain(term.name), *map(_plain, term.aliases)):
            return term
    return None


def performance_text_parts() -> tuple[Part, ...]:
    """The two parts of a 部门预算绩效文本, in order.

    Source: Hebei performance texts of 2020 to 2024.
    """
    return _parts()


_MARKS = re.compile(r"[\s“”\"‘’'《》]+")
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.．部分]+|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．])"
)


def _plain(text: str) -> str:
    """``text`` without white space, quotation marks and the number before it."""
    return _ORDINAL.sub("", _MARKS.sub("", text))


@cache
def _table() -> dict[str, Any]:
    return toml_table("disclosure.toml")


@cache
def _chapters() -> tuple[Chapter, ...]:
    return tuple(Chapter(one["number"], one["title"], tuple(one["keywords"])) for one in _table()["chapter"])


@cache
def _glossary() -> tuple[Term, ...]:
    return tuple(Term(one["name"], tuple(one.get("aliases", ()))) for one in _table()["term"])


@cache
def _parts() -> tuple[Part, ...]:
    return tuple(
        Part(one["number"], one["title"], tuple(one.get("aliases", ())), tuple(one["sections"]))
        for one in _table()["part"]
    )
