"""The one normalisation by which text is compared, and the few ways in which text is cleaned."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_OPERATORS = (
    (">=", "≥"), ("=>", "≥"), ("≧", "≥"), ("⩾", "≥"), ("≥=", "≥"), (">＝", "≥"),
    ("<=", "≤"), ("=<", "≤"), ("≦", "≤"), ("⩽", "≤"), ("≤=", "≤"),
)  # fmt: skip
# The characters between which a line break leaves no space in Chinese: ideographs, their
# punctuation and the quotation marks of Chinese text.
_WIDE = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·"
_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t\u00a0\u3000]+(?=[{_WIDE}])")
_LATIN_OR_DIGIT = re.compile(r"[0-9A-Za-z]")


_SPELLED = re.compile("[<>≥≤≧≦⩾⩽]")


def unify_operators(text: str) -> str:
    """``text`` with every spelling of ≥ and ≤ turned into the one sign."""
    if _SPELLED.search(text) is None:
        return text
    for spelling, sign in _OPERATORS:
        if spelling in text:
            text = text.replace(spelling, sign)
    return text


@lru_cache(maxsize=131_072)  # every rule asks again for the texts of what may be 16,000 indicators
def normalise(text: str | None) -> str:
    """``text`` as it is compared: NFKC, no white space, one spelling for each operator.

    ``None`` gives "" so that absent text equals nothing but absent text.
    """
    if not text:
        return ""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return unify_operators(_SPACE.sub("", folded))


def tidy(text: str) -> str:
    """``text`` without outer white space and with inner runs of it as one space."""
    return _SPACE.sub(" ", text).strip()


def unwrap(text: str) -> str:
    """``text`` without the spaces that line wrapping left between two Chinese characters."""
    return _WRAP.sub("", tidy(text))


def has_wrapping(text: str) -> bool:
    """Whether ``text`` holds a space between two Chinese characters, as line wrapping leaves it."""
    return _WRAP.search(text) is not None


def without_space(text: str) -> str:
    """``text`` with no white space at all, as codes and labels are written."""
    return _SPACE.sub("", text)


def is_blank(text: str | None) -> bool:
    """Whether there is nothing to see in ``text``."""
    return not text or text.isspace()


def join_lines(parts: list[str]) -> str:
    """The lines of one paragraph as one text: a space only between two Latin words or numbers."""
    joined = ""
    for part in map(str.strip, parts):
        if joined and part and _LATIN_OR_DIGIT.match(joined[-1]) and _LATIN_OR_DIGIT.match(part[0]):
            joined += " "
        joined += part
    return joined


# Control characters of both sets, and the signs that turn the direction of text around.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\ud800-\udfff]")


def printable(text: str) -> str:
    """``text`` of a stranger as it may be shown: what would command a terminal, or disguise the text, is "�"."""
    return _UNSEEN.sub("\ufffd", text)
