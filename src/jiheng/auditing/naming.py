"""How names of projects and bodies are compared."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from jiheng.budget import normalise

_DROPPED = str.maketrans("", "", "“”\"'‘’《》<>()（）、,，。·- ")


def plain_name(name: str | None) -> str:
    """A project's name as it is compared: no white space, quotation marks or brackets."""
    return normalise(name).translate(_DROPPED).removesuffix("绩效目标表").removesuffix("项目")


@lru_cache(maxsize=8192)  # three rules pair the same names
def likeness(left: str, right: str) -> float:
    """How alike two names are, from 0 to 1."""
    if left == right:
        return 1.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()
