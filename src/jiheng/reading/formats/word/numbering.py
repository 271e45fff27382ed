"""Numbers that Word makes: "一、", "（一）", "1.", by the lists that paragraphs and styles belong to.

ECMA-376 part 1, 17.9: a paragraph names a list (numId) and a level; the list's abstract definition says how each
level counts and what is printed around the number.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.container import Container
from jiheng.reading.formats.word.strict import transitional

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS: Final = "〇一二三四五六七八九"
_HEAVENLY: Final = "甲乙丙丁戊己庚辛壬癸"
_PLACE: Final = re.compile(r"%(\d)")


class Level(msgspec.Struct):
    """How one level of a list counts."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"


class Numbering:
    """The lists of a file, counted as its paragraphs come."""

    def __init__(
        self, lists: dict[str, tuple[str, dict[int, Level]]], styles: dict[str, tuple[str, int]]
    ) -> None:
        self._lists = lists
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}

    @classmethod
    def of(cls, container: Container) -> Numbering:
        """The numbering of a Word file."""
        lists: dict[str, tuple[str, dict[int, Level]]] = {}
        if "word/numbering.xml" in container:
            root = transitional(container.xml("word/numbering.xml"))
            abstract = {
                found.get(f"{_W}abstractNumId", ""): _levels(found)
                for found in root.iterfind(f"{_W}abstractNum")
            }
            for found in root.iterfind(f"{_W}num"):
                link = found.find(f"{_W}abstractNumId")
                key = link.get(f"{_W}val", "") if link is not None else ""
                levels = dict(abstract.get(key, {}))
                has_own = False
                for override in found.iterfind(f"{_W}lvlOverride"):
                    has_own = True
                    _override(levels, override)
                number = found.get(f"{_W}numId", "")
                lists[number] = (f"num{number}" if has_own else f"abstract{key}", levels)
        return cls(lists, _style_lists(container))

    def next(self, paragraph: etree._Element) -> str:
        """The number in front of ``paragraph``; "" when it has none."""
        properties = paragraph.find(f"{_W}pPr") if self._lists else None
        if properties is None:
            return ""
        number, level = self._list_of(properties)
        found = self._lists.get(number) if number and number != "0" else None
        if found is None or level not in found[1]:
            return ""
        key, levels = found
        counts = self._counts.setdefault(key, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return self._printed(levels, counts, level)

    def _list_of(self, properties: etree._Element) -> tuple[str, int]:
        own = properties.find(f"{_W}numPr")
        style = properties.find(f"{_W}pStyle")
        inherited = self._styles.get(style.get(f"{_W}val", ""), ("", 0)) if style is not None else ("", 0)
        if own is None:
            return inherited
        number, level = own.find(f"{_W}numId"), own.find(f"{_W}ilvl")
        depth = level.get(f"{_W}val", "0") if level is not None else str(inherited[1])
        name = number.get(f"{_W}val", "") if number is not None else inherited[0]
        return name, int(depth) if depth.isdigit() else 0

    @staticmethod
    def _printed(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
        here = levels[level]
        if here.form in ("bullet", "none") or "%" not in here.text:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = levels.get(at, Level())
            return in_form(counts.get(at, of.start), of.form)

        return _PLACE.sub(number, here.text) + (" " if here.suffix == "space" else "")


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {int(found.get(f"{_W}ilvl", "0")): _level(found) for found in parent.iterfind(f"{_W}lvl")}


def _level(found: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        child = found.find(f"{_W}{name}")
        return child.get(f"{_W}val", default) if child is not None else default

    start = value("start", "1")
    return Level(
        int(start) if start.lstrip("-").isdigit() else 1,
        value("numFmt", "decimal"),
        value("lvlText", ""),
        value("suff", "tab"),
    )


def _override(levels: dict[int, Level], override: etree._Element) -> None:
    at = int(override.get(f"{_W}ilvl", "0"))
    for found in override.iterfind(f"{_W}lvl"):
        levels[at] = _level(found)
    start = override.find(f"{_W}startOverride")
    if start is not None and at in levels:
        value = start.get(f"{_W}val", "1")
        levels[at] = msgspec.structs.replace(levels[at], start=int(value) if value.isdigit() else 1)


def _style_lists(container: Container) -> dict[str, tuple[str, int]]:
    """Style -> the list and level that it gives its paragraphs."""
    if "word/styles.xml" not in container:
        return {}
    found: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in transitional(container.xml("word/styles.xml")).iterfind(f"{_W}style"):
        key = style.get(f"{_W}styleId", "")
        based = style.find(f"{_W}basedOn")
        if based is not None:
            parents[key] = based.get(f"{_W}val", "")
        number = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        if number is not None:
            depth = level.get(f"{_W}val", "0") if level is not None else "0"
            found[key] = (number.get(f"{_W}val", ""), int(depth) if depth.isdigit() else 0)
    for key, parent in parents.items():
        if key not in found and parent in found:
            found[key] = found[parent]
    return found


def in_form(number: int, form: str) -> str:
    """``number`` as a list of this form prints it."""
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "taiwaneseCounting",
        "ideographDigital",
    ):
        return chinese(number)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and 1 <= number <= 20:
        return f"({number})"
    if form in ("lowerLetter", "upperLetter") and number >= 1:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "ideographTraditional" and 1 <= number <= 10:
        return _HEAVENLY[number - 1]
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return str(number)


def chinese(number: int) -> str:
    """A number up to 999 in Chinese numerals."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, sign in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value and len(text) < 30:
            text, number = text + sign, number - value
    return text
