"""What comes back from reading one file: data between the worker, the database and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

import msgspec

from jiheng.budget import BudgetDocument, Finding, Place
from jiheng.reading import Coverage, LeftOver, MemberResult, Reading, ReadingWarning, UnreadBlock
from jiheng.reading.proof import prove
from jiheng.reading.turn import Turn
from jiheng.web.documents.page.original import OriginalBlock, original_blocks

_SAMPLES = 12


class Furniture(msgspec.Struct, frozen=True):
    """Text that belongs to the page rather than to the content, counted by reason, with examples."""

    reason: str
    count: int
    samples: list[str]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read and audited, the findings aside."""

    format: str
    encoding: str | None = None
    documents: list[BudgetDocument]
    unread: list[UnreadBlock] = []
    """What was not understood, and pieces of which something is missing in the documents."""
    furniture: list[Furniture] = []
    warnings: list[ReadingWarning] = []
    failed_rules: list[str] = []
    coverage: Coverage | None = None
    pages: int | None = None
    """How many pages can be shown as pictures."""
    turns: dict[int, Turn] = {}
    """Page -> how it was turned to be read; its picture is turned the same way."""
    members: list[MemberResult] = []
    """Of an archive: what became of each file in it."""
    original: list[OriginalBlock] = []
    """The text of the file, to stand beside the reading."""

    @classmethod
    def of(cls, reading: Reading, failed_rules: Iterable[str]) -> Self:
        """What is kept of a reading."""
        coverage = reading.coverage  # computed anew each time
        return cls(
            format=reading.format,
            encoding=reading.encoding,
            documents=reading.documents,
            unread=[
                *_failed(reading),
                *reading.unknown,
                *(_lost(reading) if coverage and coverage.lost else ()),
            ],
            furniture=_furniture(reading.unread),
            warnings=[warning for warning in reading.warnings if not _is_of_member(warning, reading)],
            failed_rules=list(failed_rules),
            coverage=coverage,
            pages=reading.blocks.pages if reading.blocks and reading.format != "ofd" else None,
            turns=reading.blocks.turns if reading.blocks else {},
            members=reading.members,
            original=original_blocks(reading.blocks.blocks) if reading.blocks else [],
        )


class Audited(msgspec.Struct, frozen=True):
    """An outcome and its findings: the worker's answer."""

    outcome: Outcome
    findings: list[Finding]
    settings_version: int = 0
    """Of the settings that it was audited by; the worker does not know it."""


def _failed(reading: Reading) -> Iterator[UnreadBlock]:
    """Files of an archive that could not be read."""
    for member in reading.members:
        if member.message:
            reason = f"这个文件没有读成：{member.message}{member.remedy or ''}"
            yield UnreadBlock(member.name, Place(member=member.name), LeftOver.UNKNOWN, reason)


def _is_of_member(warning: ReadingWarning, reading: Reading) -> bool:
    """Whether a warning says what is listed of a file of the archive already."""
    return any(
        member.message and warning.message.startswith(f"“{member.name}”未能读取")
        for member in reading.members
    )


def _lost(reading: Reading) -> Iterator[UnreadBlock]:
    """Pieces that went into a document, but not whole: what is missing of each."""
    runs: dict[tuple[str, Place], list[str]] = {}
    for missing in prove(reading.blocks, reading.documents, reading.unread) if reading.blocks else ():
        if missing.is_lost:
            runs.setdefault((missing.text, missing.place), []).append(missing.run)
    for (text, place), found in runs.items():
        reason = f"读过，但其中的“{'”“'.join(found)[:120]}”没有在数据中找到"
        yield UnreadBlock(text, place, LeftOver.UNKNOWN, reason)


def _furniture(unread: Iterable[UnreadBlock]) -> list[Furniture]:
    texts: dict[str, list[str]] = {}
    for block in unread:
        if block.kind is LeftOver.FURNITURE:
            texts.setdefault(block.reason, []).append(block.text)
    return [
        Furniture(reason, len(found), list(dict.fromkeys(found))[:_SAMPLES])
        for reason, found in texts.items()
    ]
