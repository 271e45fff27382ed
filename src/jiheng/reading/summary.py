"""A reading in short: what was read, how much of the file it is, and what a person should look at."""

from __future__ import annotations

from typing import Final, Self

import msgspec

from jiheng.budget import BudgetDocument, Place, Project
from jiheng.reading.coverage import Coverage
from jiheng.reading.doubts import UNSURE
from jiheng.reading.result import Reading, ReadingWarning

SAMPLES: Final = 8
"""Of what was not understood, so many pieces are shown."""
_LONGEST: Final = 120


class ProjectLine(msgspec.Struct, frozen=True):
    """A project of a document in one line; ``amount`` with its unit."""

    number: str
    code: str
    name: str
    amount: str
    indicators: int


class DocumentLines(msgspec.Struct, frozen=True):
    """A document in short. ``tables`` are the titles of its disclosure tables."""

    title: str
    kind: str
    projects: list[ProjectLine]
    tables: list[str]


class Piece(msgspec.Struct, frozen=True):
    """A piece of text to look at, cut short; ``confidence`` (0 to 1) where it was recognised from a picture."""

    text: str
    place: str
    confidence: float | None = None


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read, in short.

    Attributes:
        format: "docx", "pdf" …; ``encoding`` of a text file.
        coverage: ``None`` when the file was data already (JSON, our own PDF).
        unread: the first pieces that were not understood, of ``unread_count``.
        unsure: the pieces recognised with the least confidence, of ``unsure_count`` below ``UNSURE``.
        warnings: what may have been misread.
    """

    name: str
    format: str
    encoding: str | None = None
    documents: list[DocumentLines] = []
    coverage: Coverage | None = None
    unread: list[Piece] = []
    unread_count: int = 0
    unsure: list[Piece] = []
    unsure_count: int = 0
    warnings: list[ReadingWarning] = []

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """``reading`` in short."""
        unknown = reading.unknown
        unsure = _unsure(reading)
        return cls(
            name=reading.name,
            format=reading.format,
            encoding=reading.encoding,
            documents=[_document(document) for document in reading.documents],
            coverage=reading.coverage,
            unread=[_piece(block.text, block.place) for block in unknown[:SAMPLES]],
            unread_count=len(unknown),
            unsure=unsure[:SAMPLES],
            unsure_count=len(unsure),
            warnings=reading.warnings,
        )


def _document(document: BudgetDocument) -> DocumentLines:
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    name = document.department.name if document.department and document.department.name else ""
    return DocumentLines(
        document.title or f"{name}{year}{document.kind.label}（文件中没有标题）",
        document.kind.label,
        [_project(project, path) for path, project in document.goal_tables()],
        [table.title or "（没有标题的表）" for table in document.tables],
    )


def _project(project: Project, path: str) -> ProjectLine:
    budget = project.budget
    return ProjectLine(
        str(project.number or ""),
        project.code or "",
        f"{'【专项】' if path.startswith('special') else ''}{project.label}",
        f"{budget.total} {budget.unit}" if budget and budget.total else "",
        len(project.indicators),
    )


def _unsure(reading: Reading) -> list[Piece]:
    """What was recognised with little confidence, the least first."""
    found = [
        _piece(text, place)
        for text, place in (reading.blocks.texts() if reading.blocks else ())
        if place.confidence is not None and place.confidence < UNSURE and text.strip()
    ]
    return sorted(found, key=lambda piece: piece.confidence or 0.0)


def _piece(text: str, place: Place) -> Piece:
    return Piece(" ".join(text.split())[:_LONGEST], str(place), place.confidence)
