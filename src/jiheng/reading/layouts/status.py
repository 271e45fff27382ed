"""The state that a document gives itself in brackets: （草案）, （征求意见稿）, behind its title or on a line of its own."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = (
    r"(?:修订|修改|审议|讨论|征求意见|送审|报审|报批|公开|正式)?(?:草案|初稿|定稿|送审稿|报审稿|报批稿|审议稿|讨论稿|修改稿|修订稿"
    r"|征求意见稿|征求意见|正式稿|公开稿|稿|送审|讨论)"
)
_BEHIND: Final = re.compile(rf"[(（【\[]\s?(?P<status>{_WORDS})\s?[)）】\]]$")
_ALONE: Final = re.compile(rf"^[(（【\[]\s?(?P<status>{_WORDS})\s?[)）】\]]$")


def part_status(text: str) -> tuple[str, str | None]:
    """A title without the state in brackets behind it, and that state."""
    match = _BEHIND.search(text.rstrip())
    return (text, None) if match is None else (text[: match.start()].rstrip(), match["status"])


def status_alone(text: str) -> str | None:
    """The state that a line consists of."""
    match = _ALONE.match(text.strip())
    return match["status"] if match is not None else None
