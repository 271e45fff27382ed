"""What stands above and below the table of a form: its title, year, who filled it in, and the unit of its amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.budget import BudgetDocument, CodedName
from jiheng.writing.pages import Block, Heading, Text

_MONTHS = re.compile(r"(1[0-2]|[1-9])\s*[-—–~～至]{1,2}\s*(1[0-2]|[1-9])\s*月")


def coded(name: CodedName | None) -> str:
    """A body as forms have it: its code and its name."""
    return f"{name.code or ''} {name.name or ''}".strip() if name else ""


def front(document: BudgetDocument) -> Iterator[Block]:
    """The state of the document, where it has one, above everything else."""
    if document.status:
        yield Text(f"（{document.status}）", "flush")


def back(document: BudgetDocument) -> Iterator[Block]:
    """Who wrote and who checked the document, below everything else."""
    for name, done in ((document.issuer, "编制"), (document.reviewer, "审核")):
        if name:
            yield Text(f"{name}{done}", "signature")


def above(
    title: str, anchor: str, *, year: int | None, filled_in_by: str | None, unit: str, new_page: bool
) -> Iterator[Block]:
    """Title, year, and the line with 填报单位 and the unit of the amounts.

    Args:
        unit: of the amounts, "" for a form without amounts; ``filled_in_by``: "" leaves room for it, ``None`` asks for none.
    """
    yield Heading(title, 0, anchor, new_page=new_page, in_contents=False)
    if year:
        yield Text(f"（{year}年度）", "number")
    if filled_in_by is not None:
        yield Text(f"填报单位：{filled_in_by}", "units", right=f"单位：{unit}" if unit else "")


def months_of(title: str | None, through: int | None = None) -> str:
    """The months that a monitoring form is for: up to the one known, else those of its title, else as the blank form has it."""
    if through is not None:
        return f"1—{through}月"
    match = _MONTHS.search(title or "")
    return f"{match[1]}—{match[2]}月" if match else "1—X月"
