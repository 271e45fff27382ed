"""Where a value stands in the file that it was read from."""

from __future__ import annotations

import msgspec


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a page as it is seen: fractions (0 to 1) of the page's width and height, from the top left."""

    left: float
    top: float
    right: float
    bottom: float


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A position in a source file; every number counts from 1, ``None`` is "not known or not applicable".

    ``line`` counts lines of a text file, ``paragraph`` paragraphs of a Word file, ``table`` tables from the
    top of the file, ``row`` and ``column`` the cells of that table as the grid has them, ``sheet`` names a
    worksheet, ``member`` a file inside an archive, ``box`` the rectangle on the page. ``confidence`` (0 to 1) says
    how sure the reader is of what stands there; ``None`` where nothing had to be guessed.
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    paragraph: int | None = None
    member: str | None = None
    box: Box | None = None
    confidence: float | None = None

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """A key that sorts the places of one file as they follow one another in it."""
        return (
            self.page or 0,
            self.line or self.paragraph or 0,
            self.table or 0,
            self.row or 0,
            self.column or 0,
        )

    def __str__(self) -> str:
        parts = []
        if self.member is not None:
            parts.append(f"“{self.member}”")
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”")
        if self.table is not None:
            parts.append(f"表{self.table}")
        if self.row is not None:
            parts.append(f"第{self.row}行" if self.table is not None else f"行{self.row}")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        if self.line is not None:
            parts.append(f"文本第{self.line}行")
        if self.paragraph is not None and self.table is None:
            parts.append(f"第{self.paragraph}段")
        return " ".join(parts)
