"""What a page is made of: sections of tables and paragraphs, every value with its path in the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiheng.budget import Node, Place

ABSENT = "—"
"""Shown where the document has nothing; never mistaken for 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        paths: of the values that it shows; findings about any of them, or about what is inside, are marked here.
        scope: "col", "row", "colgroup" or "rowgroup" makes it a header.
        hint: more about it for those who ask: where it was read, what was understood.
    """

    text: str = ""
    paths: tuple[str, ...] = ()
    scope: str = ""
    columns: int = 1
    rows: int = 1
    style: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``path`` when the row as a whole can be meant."""

    cells: tuple[Cell, ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as officials know it; ``style`` names the widths of its columns."""

    caption: str
    style: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """Head and body."""
        yield from self.head
        yield from self.body


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text with the path of what it says."""

    text: str
    path: str = ""
    hint: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document with a heading of its own.

    Attributes:
        key: its path ("revenue", "projects.7"), which findings about the whole of it name.
        paths: other paths that mean this section.
        short: its name in the outline.
        unit: of the amounts in its tables, printed above them.
        line: what is printed above its tables on the left.
    """

    key: str
    title: str
    kind: str = "narrative"
    short: str = ""
    place: str = ""
    unit: str = ""
    line: Paragraph | None = None
    paths: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    """Text that the document has in this section without a field of its own."""

    @property
    def name(self) -> str:
        """What the outline calls it."""
        return self.short or self.title

    @property
    def texts(self) -> Iterator[Paragraph]:
        """Everything in it that stands in no table."""
        yield from self.paragraphs
        yield from self.notes
        if self.line is not None:
            yield self.line

    @property
    def is_absent(self) -> bool:
        """Whether the document has nothing here and it is shown because a finding says so."""
        return not (self.tables or self.paragraphs or self.notes)


def header(text: str, scope: str = "col", *paths: str, columns: int = 1, rows: int = 1) -> Cell:
    """A header cell."""
    return Cell(text, paths, scope, columns, rows)


def value(node: Node, name: str, path: str, *, style: str = "", suffix: str = "", columns: int = 1) -> Cell:
    """The cell of a field: its text, its path, and where it was read."""
    text = getattr(node, name)
    shown = f"{text}{suffix}" if text not in (None, "") else ABSENT
    return Cell(
        shown,
        (f"{path}.{name}",),
        columns=columns,
        style=style if shown != ABSENT else f"{style} absent".strip(),
        hint=where(node.place_of(name)),
    )


def where(place: Place | None) -> str:
    """A place in words; "" when it is not known."""
    return str(place) if place is not None else ""
