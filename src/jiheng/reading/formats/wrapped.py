"""Text that was wrapped at a fixed width, as it is copied out of a PDF: its paragraphs made whole again."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LEAST_LINES: Final = 10
"""A shorter text shows no width."""
_NARROW, _WIDE = 36, 100
"""Widths at which text is wrapped, in halves of a character."""
_SLACK: Final = 4
_SHARE: Final = 0.3
"""Of all lines, so many must be cut in the middle of a sentence."""
_SENTENCE: Final = re.compile(r"[，。,；;、]")
"""In sentences; a list of names has none."""
_ENDS: Final = re.compile(r"[。；;：:！!？?|]\s*$")
_OPENS: Final = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、．]|\d{1,2}\.(?!\d)|第[一二三四五六七八九十\d]+[部章节条]"
    r"|[-—–]?\s*\d{1,3}\s*[-—–]?\s*$|附[件表]|注[:：])"
)
_WORD: Final = re.compile(r"[0-9A-Za-z.,%]+|.")
_WIDE_SIGNS: Final = frozenset("WFA")


def unwrapped(lines: list[str]) -> list[str]:
    """``lines`` with each wrapped paragraph whole in its first line, "" in the others; as they are if none is wrapped."""
    texts = [line.strip() for line in lines if line.strip()]
    if len(texts) < _LEAST_LINES or any("\t" in line for line in lines):
        return lines
    widths = sorted(map(_width, texts))
    margin = widths[int(len(widths) * 0.97) - 1]
    if not _NARROW <= margin <= _WIDE or widths[-1] > margin + _SLACK:
        return lines
    if sum(_SENTENCE.search(text) is not None for text in texts) < _SHARE * len(texts):
        return lines
    cut = {
        index
        for index in range(len(lines) - 1)
        if lines[index].strip()
        and lines[index + 1].strip()
        and _is_cut(lines[index], lines[index + 1], margin)
    }
    if len(cut) < _SHARE * len(texts):
        return lines
    found = list(lines)
    start = 0
    for index in range(1, len(lines)):
        if index - 1 in cut:
            found[start] = found[start].rstrip() + lines[index].strip()
            found[index] = ""
        else:
            start = index
    return found


def _is_cut(line: str, below: str, margin: int) -> bool:
    """Whether ``line`` ends only because the first word of the next one did not fit any more."""
    word = _WORD.match(below.strip())
    needed = _width(line.strip()) + (_width(word[0]) if word else 0)
    return needed > margin - _SLACK and not _ENDS.search(line) and not _OPENS.match(below)


def _width(text: str) -> int:
    """The width of a line, in halves of a character."""
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE_SIGNS else 1 for sign in text)


__all__ = ["unwrapped"]
