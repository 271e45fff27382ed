"""The numbered line above a goal table, and other numbered lines."""

from __future__ import annotations

import re

import msgspec

from jiheng.budget import Place, tidy
from jiheng.reading.blocks import Paragraph

_HEADING = re.compile(r"^(\d{1,3})\s*[.、．]\s*(\S.*)$")
_TABLE_WORDS = re.compile(r"\s*绩效目标(?:申报)?表\s*$")
_WITH_UNIT = re.compile(r"^(\d{1,3}\s*[.、．].*?绩效目标(?:申报)?表)\s*(\d{3,6}\s*[^\d\s].{1,58})$")
_MARKER = re.compile(
    r"^(?:[-—•·]\s+)?(?:(?P<paren>[(（]\s*(?P<han1>[一二三四五六七八九十]{1,3})\s*[)）])"
    r"|(?P<han>(?P<han2>[一二三四五六七八九十]{1,3})、)"
    r"|(?P<digit>(?P<number>\d{1,2})(?:[、．]|\.(?!\d)|\.(?=20\d{2}\s*年)))"
    r"|(?P<small>[(（](?P<number2>\d{1,2})[)）]))\s*"
)
_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}


class ProjectHeading(msgspec.Struct, frozen=True):
    """The line above a goal table: "1.2024 年度党刊征订费绩效目标表"."""

    number: int
    name: str
    """What stands between the number and 绩效目标表."""
    text: str
    """As printed."""
    place: Place

    @classmethod
    def parse(cls, text: str, place: Place) -> ProjectHeading | None:
        """The heading in ``text``, or ``None`` when it does not start with a number."""
        text = tidy(text)
        match = _HEADING.match(text)
        if match is None:
            return None
        return cls(int(match[1]), _TABLE_WORDS.sub("", match[2]), text, place)

    @property
    def says_goal_table(self) -> bool:
        """Whether the line ends with 绩效目标表."""
        return _TABLE_WORDS.search(self.text) is not None


def without_unit(line: Paragraph) -> list[Paragraph]:
    """A heading that fills its line, so that the unit below seems to go on with it, apart from that unit."""
    match = _WITH_UNIT.match(line.text.strip())
    return [line] if match is None else [Paragraph(part, line.place, line.style) for part in match.groups()]


class Marker(msgspec.Struct, frozen=True):
    """The number in front of a paragraph: its style ("paren", "han", "digit", "small"), value and length."""

    style: str
    number: int
    end: int

    @classmethod
    def parse(cls, text: str) -> Marker | None:
        """The marker that ``text`` starts with, or ``None``."""
        match = _MARKER.match(text)
        if match is None or match.lastgroup is None:
            return None
        han = match["han1"] or match["han2"]
        number = han_number(han) if han else int(match["number"] or match["number2"])
        style = next(name for name in ("paren", "han", "digit", "small") if match[name])
        return cls(style, number, match.end())


def han_number(text: str) -> int:
    """The number that Chinese numerals up to 九十九 state."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
