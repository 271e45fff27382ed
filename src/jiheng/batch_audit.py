"""An audit as one of the things that ``batch`` does with a file. Apart from it: those who only read load no rules."""

from __future__ import annotations

import msgspec

from jiheng.auditing import Settings, Waived, Waiver, audit
from jiheng.budget import BudgetDocument, Finding
from jiheng.reading import Reading


class Asked(msgspec.Struct, frozen=True):
    """What an audit takes besides the file.

    Attributes:
        previous: earlier documents that it holds the file against.
        library: lists of the projects that were entered into the library.
        settings: what a department has set for itself; ``None`` for the program's own.
        waivers: findings that were explained.
    """

    previous: list[BudgetDocument] = []
    library: list[BudgetDocument] = []
    settings: Settings | None = None
    waivers: list[Waiver] = []


class Audited(msgspec.Struct, frozen=True):
    """The findings in a file; ``documents`` only where they were asked for."""

    count: int
    """Of documents in the file."""
    findings: list[Finding]
    failed_rules: list[str]
    documents: list[BudgetDocument] = []
    waived: list[Waived] = []
    """Findings that somebody has explained."""


def answer(reading: Reading, asked: bytes, *, with_documents: bool) -> bytes:
    """The ``Audited`` of a file as JSON, for an ``Asked`` as JSON ("null" for nothing)."""
    found = msgspec.json.decode(asked, type=Asked | None) or Asked()
    result = audit(
        reading.documents,
        previous=found.previous,
        library=found.library,
        settings=found.settings,
        waivers=found.waivers,
    )
    return msgspec.json.encode(
        Audited(
            len(reading.documents),
            result.findings,
            [str(failure) for failure in result.failed_rules],
            reading.documents if with_documents else [],
            result.waived,
        )
    )
