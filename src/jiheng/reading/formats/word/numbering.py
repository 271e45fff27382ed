"""Numbers that Word makes: "一、", "（一）", "1.", by the lists that paragraphs and styles belong to.

ECMA-376 part 1, 17.9: a paragraph names a list (numId) and a level; the list's abstract definition says how each
level counts and what is printed around the number.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.word.names import MC, VAL, W, is_on, number
from jiheng.reading.formats.word.numerals import in_form
from jiheng.reading.formats.word.package import Package

_PLACE: Final = re.compile(r"%(\d)")
_CHAIN: Final = 20
"""Styles are based on one another at most so often; more is a circle."""


class Level(msgspec.Struct, frozen=True):
    """How one level of a list counts. ``restart`` is the level (from 1) after which it begins anew, 0 for never."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    is_legal: bool = False
    """Whether the levels above are printed in plain figures."""
    pattern: str = ""
    style: str = ""
    """The paragraph style that belongs to the level."""


class List(msgspec.Struct, frozen=True):
    """A list as paragraphs name it. Lists of the same ``family`` count on from one another."""

    family: str
    levels: dict[int, Level]
    starts: dict[int, int] = {}
    """Levels that begin anew where the list is first used."""


class Numbering:
    """The lists of a file, counted as its paragraphs come."""

    def __init__(self, lists: dict[str, List], styles: dict[str, tuple[str, int]]) -> None:
        self._lists = lists
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[str] = set()

    @classmethod
    def of(cls, package: Package) -> Numbering:
        """The numbering of a Word file."""
        lists: dict[str, List] = {}
        styles = _style_lists(
            [root for part in package.related("styles", "styles") if (root := package.xml(part)) is not None]
        )
        for part in package.related("numbering", "numbering"):
            root = package.xml(part)
            if root is not None:
                lists |= _lists(root, styles)
        return cls(lists, {style: _of_style(style, found, lists) for style, found in styles.items()})

    def next(self, paragraph: etree._Element) -> str:
        """The number in front of ``paragraph``; "" when it has none. The list counts on."""
        properties = paragraph.find(f"{W}pPr") if self._lists else None
        if properties is None:
            return ""
        name, level = self._list_of(properties)
        found = self._lists.get(name) if name != "0" else None
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.family, {})
        if name not in self._used:
            self._used.add(name)
            for at, start in found.starts.items():
                counts[at] = start - 1
        counts[level] = counts.get(level, found.levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                del counts[deeper]
        return _printed(found.levels, counts, level)

    def _list_of(self, properties: etree._Element) -> tuple[str, int]:
        own = properties.find(f"{W}numPr")
        style = properties.find(f"{W}pStyle")
        inherited = self._styles.get(style.get(VAL, ""), ("", 0)) if style is not None else ("", 0)
        if own is None:
            return inherited
        named, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        depth = number(level.get(VAL)) if level is not None else inherited[1]
        return (named.get(VAL, "") if named is not None else inherited[0]), depth


def _printed(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    here = levels[level]
    if here.form in ("bullet", "none") and "%" not in here.text:
        return ""

    def counted(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        of = levels.get(at, Level())
        form = "decimal" if here.is_legal and at != level else of.form
        return in_form(counts.get(at, of.start), form, of.pattern)

    text = _PLACE.sub(counted, here.text)
    # a bare figure would run into the text behind it
    is_bare = here.suffix == "tab" and text[-1:].isalnum()
    return text + (" " if text and (here.suffix == "space" or is_bare) else "")


def _lists(root: etree._Element, styles: dict[str, tuple[str, int | None]]) -> dict[str, List]:
    abstract = {found.get(f"{W}abstractNumId", ""): found for found in root.iterfind(f"{W}abstractNum")}
    named = {
        found.get(f"{W}numId", ""): _value(found, "abstractNumId", "") for found in root.iterfind(f"{W}num")
    }
    lists: dict[str, List] = {}
    for found in root.iterfind(f"{W}num"):
        key = _value(found, "abstractNumId", "")
        definition = abstract.get(key)
        link = _value(definition, "numStyleLink", "") if definition is not None else ""
        if link in styles:
            # the definition stands with the list that the style names
            key = named.get(styles[link][0], key)
            definition = abstract.get(key)
        levels = _levels(definition) if definition is not None else {}
        starts: dict[int, int] = {}
        for override in found.iterfind(f"{W}lvlOverride"):
            at = number(override.get(f"{W}ilvl"))
            levels |= _levels(override)
            start = override.find(f"{W}startOverride")
            if start is not None:
                starts[at] = number(start.get(VAL), 1)
        lists[found.get(f"{W}numId", "")] = List(key, levels, starts)
    return lists


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {number(found.get(f"{W}ilvl")): _level(found) for found in parent.iterfind(f"{W}lvl")}


def _level(found: etree._Element) -> Level:
    # a form that old programs do not know stands beside one that they do
    form = found.find(f"{W}numFmt")
    if form is None:
        form = found.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    restart = found.find(f"{W}lvlRestart")
    legal = found.find(f"{W}isLgl")
    return Level(
        number(_value(found, "start", "1"), 1),
        form.get(VAL, "decimal") if form is not None else "decimal",
        _value(found, "lvlText", ""),
        _value(found, "suff", "tab"),
        number(restart.get(VAL)) if restart is not None else None,
        legal is not None and is_on(legal.get(VAL)),
        form.get(f"{W}format", "") if form is not None else "",
        _value(found, "pStyle", ""),
    )


def _value(parent: etree._Element, name: str, default: str) -> str:
    child = parent.find(f"{W}{name}")
    return child.get(VAL, default) if child is not None else default


def _style_lists(roots: list[etree._Element]) -> dict[str, tuple[str, int | None]]:
    """Style -> the list that it gives its paragraphs, and the level where it names one; inherited ones too."""
    found: dict[str, tuple[str, int | None]] = {}
    parents: dict[str, str] = {}
    for style in (style for root in roots for style in root.iter(f"{W}style")):
        key = style.get(f"{W}styleId", "")
        parents[key] = _value(style, "basedOn", "")
        listed = style.find(f"{W}pPr/{W}numPr")
        if listed is not None:
            level = listed.find(f"{W}ilvl")
            found[key] = (
                _value(listed, "numId", ""),
                number(level.get(VAL)) if level is not None else None,
            )
    return {key: got for key in parents if (got := _inherited(key, parents, found)) is not None}


def _inherited(
    style: str, parents: dict[str, str], found: dict[str, tuple[str, int | None]]
) -> tuple[str, int | None] | None:
    """The list of ``style`` or of the nearest style that it is based on; a style may name only a level of its own."""
    level: int | None = None
    for _ in range(_CHAIN):
        if style in found:
            name, own = found[style]
            level = own if level is None else level
            if name:
                return name, level
        if not (style := parents.get(style, "")):
            return None
    return None


def _of_style(style: str, found: tuple[str, int | None], lists: dict[str, List]) -> tuple[str, int]:
    """The list and level of a style; the level that names the style, where the style names none."""
    name, level = found
    if level is None:
        levels = lists[name].levels if name in lists else {}
        level = next((at for at, of in levels.items() if of.style == style), 0)
    return name, level
