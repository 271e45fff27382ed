"""Which of a reading's findings one page shows: of thousands a portion, for no browser shows all of them well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import msgspec

from jiheng.budget import Finding
from jiheng.web.documents.page.findings import Filter

MOST: Final = 1_000
"""So many findings are shown at once."""


class Portion(msgspec.Struct, frozen=True):
    """The findings that are shown, by their numbers in the whole.

    Attributes:
        numbers: of those shown; ``None`` where all are, hidden by the filter or not.
        first, last, total: of those that the filter leaves, counted from 1.
        before, after: addresses of the neighbouring portions; "" where there is none.
    """

    numbers: frozenset[int] | None = None
    first: int = 1
    last: int = 0
    total: int = 0
    before: str = ""
    after: str = ""

    @property
    def is_part(self) -> bool:
        """Whether there are more findings than are shown."""
        return self.numbers is not None


def portion(findings: Sequence[Finding], chosen: Filter, start: str) -> Portion:
    """The portion that begins with the finding numbered ``start``, or the nearest to it that the filter leaves."""
    if len(findings) <= MOST:
        return Portion()
    left = [number for number, finding in enumerate(findings, 1) if not chosen.hides(finding)]
    wanted = int(start) if start.isdecimal() and len(start) < 9 else 1
    at = next((index for index, number in enumerate(left) if number >= wanted), max(len(left) - MOST, 0))
    shown = left[at : at + MOST]
    return Portion(
        frozenset(shown),
        at + 1 if shown else 0,
        at + len(shown),
        len(left),
        _address(chosen, left[max(at - MOST, 0)]) if at else "",
        _address(chosen, left[at + MOST]) if at + MOST < len(left) else "",
    )


def _address(chosen: Filter, start: int) -> str:
    query = [("show", severity) for severity in sorted(chosen.severities)]
    query += [("family", chosen.family)] * bool(chosen.family)
    return f"?{urlencode([*query, ('from', str(start))])}"
