"""Common slips of the pen and of the input method: what is written, and what was meant."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from jiheng.standards.datafile import toml_table


class Slip(NamedTuple):
    """One slip in a text: what stands there, what was meant, and whether it is a word written twice."""

    wrong: str
    right: str
    is_double: bool


def slips_in(text: str) -> tuple[Slip, ...]:
    """The slips in ``text``, each once, in the order of the list."""
    found = []
    for pattern, right, is_double, _ in _patterns():
        for match in pattern.finditer(text):
            slip = Slip(match[0], _expanded(match, right), is_double)
            if slip not in found:
                found.append(slip)
    return tuple(found)


def patterns_in(text: str, *, doubled: bool) -> list[re.Pattern[str]]:
    """The patterns that may occur in ``text``, long as it is: those of which it holds a word that they need."""
    return [
        pattern
        for pattern, _, is_double, words in _patterns()
        if is_double is doubled and any(word in text for word in words)
    ]


def mended(text: str) -> str:
    """``text`` with every slip put right."""
    for pattern, right, *_ in _patterns():
        text = pattern.sub(lambda match, right=right: _expanded(match, right), text)  # type: ignore[misc]
    return text


def _expanded(match: re.Match[str], right: str) -> str:
    return re.sub(r"\\(\d)", lambda group: match[int(group[1])] or "", right)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, bool, tuple[str, ...]], ...]:
    table = toml_table("confusions.toml")
    slips = [(wrong, right, False) for wrong, right in table["slips"]]
    doubles = [(double, r"\1", True) for double in table["doubles"]]
    return tuple(
        (re.compile(text), right, is_double, _needed(text)) for text, right, is_double in (*slips, *doubles)
    )


def _needed(pattern: str) -> tuple[str, ...]:
    """Words one of which stands wherever ``pattern`` matches: what stands outside its groups, else its doubled words."""
    bare = re.sub(r"\(\?<?[=!][^()]*\)", "", pattern)
    if twice := re.fullmatch(r"\(([\u4e00-\u9fff]+)\)([\u4e00-\u9fff]+)", bare):
        return (twice[1] + twice[2],)
    outside = re.findall(r"[\u4e00-\u9fff]+", re.sub(r"\([^()]*\)", " ", bare))
    if outside:
        return (max(outside, key=len),)
    words = re.findall(r"[\u4e00-\u9fff]+", bare)
    return tuple(word * 2 if r"\1" in bare else word for word in words)
