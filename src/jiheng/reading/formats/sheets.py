"""Workbooks (.xlsx .xlsm .xls .et .ods .xlsb): every sheet as a heading and tables, values as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jiheng.errors import ProtectedFile
from jiheng.reading.blocks import Block, Blocks
from jiheng.reading.formats.container import Container, open_zip
from jiheng.reading.formats.sheet.model import Allowance, SheetData

_MAX_GRID: Final = 1_000_000
"""Cells of all grids, blank ones too."""
_OLE: Final = b"\xd0\xcf\x11\xe0"
_SPREADSHEET_XML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"


def read_sheets(data: bytes, name: str) -> Blocks:
    """The blocks of a workbook.

    A merged range is its first cell, with span and rows; the cells that it covers are present and empty below it. A
    row that is one merged cell over the width of the sheet, above a table, is a paragraph: its title, or 单位：万元.
    Web pages have their own reader; text that is called a workbook, as exports often are, is read as text.

    Raises:
        DamagedFile, ProtectedFile, FileTooLarge: see ``container`` and ``sheet``.
    """
    is_binary = data.startswith((b"PK", _OLE)) or _SPREADSHEET_XML in data[:4096].replace(b"\x00", b"")
    if not is_binary and (text := _as_text(data, name)) is not None:
        return text
    blocks: list[Block] = []
    container = open_zip(data, name) if data.startswith(b"PK") else None
    warnings = ["文件带有宏，宏没有运行，只读取了表格。"] if _has_macros(data, container) else []
    allowance = Allowance(name, _MAX_GRID)
    from jiheng.reading.formats.sheet.grid import blocks_of

    for number, sheet in enumerate(_sheets(data, name, container), 1):
        blocks += blocks_of(sheet, number, allowance)
        warnings += sheet.warnings()
    return Blocks(tuple(blocks), warnings=tuple(dict.fromkeys(warnings)))


def sheets_in(data: bytes, name: str) -> list[SheetData]:
    """The sheets of a workbook, cell by cell, for those who know what stands where.

    Raises:
        DamagedFile, ProtectedFile, FileTooLarge: see ``container`` and ``sheet``.
    """
    container = open_zip(data, name) if data.startswith(b"PK") else None
    return list(_sheets(data, name, container))


def _sheets(data: bytes, name: str, container: Container | None) -> Iterator[SheetData]:
    """The sheets, by the reader of what the file really is."""
    if container is None and not data.startswith(_OLE):
        from jiheng.reading.formats.sheet import spreadsheet_xml

        return spreadsheet_xml.sheets_of(data, name)
    if container is None:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ProtectedFile(
                "文件有密码保护。", place=name, remedy="请在 Excel 或 WPS 中取消密码后重新保存。"
            )
        from jiheng.reading.formats.sheet import xls

        return xls.sheets_of(data, name)
    if "content.xml" in container:
        from jiheng.reading.formats.sheet import ods

        return ods.sheets_of(container, name)
    if "xl/workbook.bin" in container:
        from jiheng.reading.formats.sheet import xlsb

        return xlsb.sheets_of(container, name)
    from jiheng.reading.formats.sheet import xlsx

    return xlsx.sheets_of(container, name)


def _has_macros(data: bytes, container: Container | None) -> bool:
    if container is not None:
        return "xl/vbaProject.bin" in container
    return data.startswith(_OLE) and "_VBA_PROJECT".encode("utf-16-le") in data


def _as_text(data: bytes, name: str) -> Blocks | None:
    """A text under the name of a workbook: values parted by tabs or commas; ``None`` when it is no text."""
    from jiheng.errors import ReadingError
    from jiheng.reading.formats.encoding import decode
    from jiheng.reading.formats.text import read_text

    try:
        text, _ = decode(data, name)
    except ReadingError:
        return None
    first = text[:4096].splitlines()[:5]
    is_separated = sum("," in line for line in first) > sum("\t" in line for line in first)
    return read_text(data, f"{name}.csv" if is_separated else f"{name}.tsv")
