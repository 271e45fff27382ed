"""Workbooks to read in tests, and what was read of them in short."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from jiheng.reading.blocks import Blocks, Paragraph, Table

FRAME = Border(*[Side("thin")] * 4)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_parts(data: bytes, **parts: str) -> bytes:
    """A workbook with parts put in or changed; "__" in a name stands for "/"."""
    names = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry not in names:
                new.writestr(entry, old.read(entry))
        for name, text in names.items():
            new.writestr(name, text)
    return buffer.getvalue()


def tables(blocks: Blocks) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in blocks.blocks
        if isinstance(block, Table)
    ]


def paragraphs(blocks: Blocks, style: str | None = "") -> list[str]:
    return [
        block.text
        for block in blocks.blocks
        if isinstance(block, Paragraph) and (style is None or block.style == style)
    ]


def one_sheet(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


def raw(cells: str, after: str = "") -> bytes:
    """A workbook whose sheet has the rows that are given as XML."""
    return with_parts(saved(Workbook()), xl__worksheets__sheet1=SHEET.format(cells, after))
