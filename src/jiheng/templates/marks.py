"""Marks in the text of a template: ``{{部门名称}}``, ``{{#项目}}``, ``{{?状态}}``, ``{{!状态}}``, ``{{/项目}}``."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

# What Chinese input methods put in place of the signs, one for one so that places stay.
_WIDE: Final = str.maketrans("｛｝＃？！／｜．。＝％　", "{}#?!/|..=% ")
_MARK: Final = re.compile(r"\{\{([^{}\n]*)\}\}")
_LONE: Final = re.compile(r"\{\{|\}\}")


class Sign(StrEnum):
    """What a mark does."""

    FIELD = ""
    EACH = "#"
    IF = "?"
    IF_NOT = "!"
    END = "/"


class Mark(NamedTuple):
    """A mark taken apart: ``names`` are several only where a condition asks for any of them."""

    sign: Sign
    names: tuple[str, ...]
    formats: tuple[str, ...]
    written: str
    """As it stands in the text, with its braces."""

    @property
    def name(self) -> str:
        """The name, several joined as they are written."""
        return "、".join(self.names)

    @property
    def is_block(self) -> bool:
        """Whether it begins or ends a block."""
        return self.sign is not Sign.FIELD


class Spot(NamedTuple):
    """A mark, and where in a text it begins and ends."""

    begin: int
    end: int
    mark: Mark


def find_marks(text: str) -> list[Spot]:
    """The marks of a text from left to right."""
    return [
        Spot(found.start(), found.end(), _parsed(found[1], text[found.start() : found.end()]))
        for found in _MARK.finditer(text.translate(_WIDE))
    ]


def broken_mark(text: str) -> int | None:
    """Where braces stand in ``text`` that belong to no mark; ``None`` where there are none."""
    plain = text.translate(_WIDE)
    rest = _MARK.sub(lambda found: " " * len(found[0]), plain)
    found = _LONE.search(rest)
    return found.start() if found else None


def _parsed(inner: str, written: str) -> Mark:
    whole, *formats = (part.strip() for part in inner.split("|"))
    kept = [part.strip() for part in re.split(r"[|｜]", written[2:-2])][1:]
    # what is to stand in place of nothing is text, and keeps its wide signs
    formats = [raw if form.startswith("空=") else form for form, raw in zip(formats, kept, strict=True)]
    formats = [form.replace("空＝", "空=", 1) for form in formats]
    sign = Sign(whole[:1]) if whole[:1] in ("#", "?", "!", "/") else Sign.FIELD
    body = whole[len(sign.value) :]
    names = tuple(name for part in body.split("、") if (name := "".join(part.split())))
    return Mark(sign, names, tuple(formats), written)
