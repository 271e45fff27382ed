"""What is wrong with a template, and where: told to whoever uploads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.errors import InvalidTemplate

_SHOWN: Final = 3


class Problem(msgspec.Struct, frozen=True):
    """Something that keeps a template from being used.

    Attributes:
        place: part, table, row and cell, or paragraph, as the person at Word counts them.
        text: what stands around it there; "" where the whole file is meant.
        message, remedy: what is wrong, and what to do.
    """

    place: str
    message: str
    remedy: str = ""
    text: str = ""

    def __str__(self) -> str:
        where = f"{self.place}“{self.text}”" if self.text else self.place
        return f"{f'{where}：' if where else ''}{self.message}{self.remedy}"


def invalid(problems: Sequence[Problem], name: str) -> InvalidTemplate:
    """The error for the template ``name`` with these problems, of which the first are told."""
    first = "；".join(str(problem).rstrip("。") for problem in problems[:_SHOWN])
    more = f"；另有 {len(problems) - _SHOWN} 处" if len(problems) > _SHOWN else ""
    return InvalidTemplate(
        f"模板有 {len(problems)} 处问题：{first}{more}。",
        place=name,
        remedy="请在 Word 中改好后重试；可用的字段见 jiheng template fields。",
    )
