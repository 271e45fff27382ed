"""Findings that a person has explained, as reports show them: apart from those that count, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from jiheng.budget import Finding
from jiheng.writing.pages import Block, Cell, Grid, Heading, Row, labels

TITLE: Final = "已说明理由的问题"
_WIDTHS: Final = (22.0, 62.0, 46.0, 26.0)


class Explained(msgspec.Struct, frozen=True):
    """A finding that does not count any more, and why: in whose words, and since when."""

    finding: Finding
    reason: str
    who: str
    on: date


def section(explained: Sequence[Explained]) -> Iterator[Block]:
    """The section of a report; nothing where nothing was explained."""
    if explained:
        yield Heading(f"{TITLE}（{len(explained)} 条，不计入以上各数）", 1, "explained", in_contents=False)
        rows = (_row(one) for one in explained)
        yield Grid(_WIDTHS, (labels("规则", "问题", "理由", "说明人和日期"), *rows), header_rows=1)


def _row(one: Explained) -> Row:
    finding = one.finding
    about = f"（{finding.project}）" if finding.project else ""
    where = f"\n位置：{finding.place}" if finding.place else ""
    return Row(
        (
            Cell(finding.rule, align="center"),
            Cell(f"{finding.message}{about}{where}"),
            Cell(one.reason),
            Cell(f"{one.who}\n{one.on:%Y-%m-%d}", align="center"),
        )
    )
