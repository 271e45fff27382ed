"""OpenDocument spreadsheets (.ods): the texts that the file keeps for showing, and merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from jiheng.errors import ProtectedFile
from jiheng.reading.formats.container import Container, damaged
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetCell, SheetData

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_MAX_REPEATS: Final = 1_048_576


def sheets_of(container: Container, name: str) -> Iterator[SheetData]:
    """The sheets, in their order.

    Raises:
        DamagedFile: the content is missing or broken.
        ProtectedFile: it is encrypted.
        FileTooLarge: more cells than are read.
    """
    if "META-INF/manifest.xml" in container and b"encryption-data" in container.read("META-INF/manifest.xml"):
        raise ProtectedFile(
            "文件有密码保护。", place=name, remedy="请在 WPS 或 LibreOffice 中取消密码后重新保存。"
        )
    root = container.xml("content.xml")
    book = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if book is None:
        raise damaged(name)
    hidden = {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if any(part.get(f"{_TABLE}display") == "false" for part in style)
    }
    framed = {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if any(_has_lines(part) for part in style)
    }
    allowance = Allowance(name)
    for table in book.iterfind(f"{_TABLE}table"):
        is_hidden = table.get(f"{_TABLE}style-name") in hidden
        sheet = SheetData(table.get(f"{_TABLE}name", ""), is_hidden=is_hidden)
        _Reader(sheet, framed, allowance).read(table)
        yield sheet


class _Reader:
    """Takes in one table; what stands repeated is repeated only where it holds something."""

    def __init__(self, sheet: SheetData, framed: set[str], allowance: Allowance) -> None:
        self._sheet, self._framed, self._allowance = sheet, framed, allowance

    def read(self, table: etree._Element) -> None:
        """All rows, those in groups and headers too."""
        column = 0
        for element in table.iter(f"{_TABLE}table-column"):
            count = _count(element, "number-columns-repeated")
            if _is_hidden(element):
                self._sheet.hidden_columns.append((column, column + count - 1))
            column += count
        row = 0
        for element in table.iter(f"{_TABLE}table-row"):
            count = _count(element, "number-rows-repeated")
            before = len(self._sheet.cells)
            self._row(element, row)
            found = self._sheet.cells[before:]
            for offset in range(1, count if found else 1):
                self._allowance.take(len(found))
                self._sheet.cells += [msgspec.structs.replace(cell, row=row + offset) for cell in found]
            if _is_hidden(element) and found:
                self._sheet.hidden_rows += range(row, row + count)
            row += count
        for shapes in table.iterfind(f"{_TABLE}shapes"):
            self._floating(shapes)

    def _row(self, element: etree._Element, row: int) -> None:
        column = 0
        for cell in element:
            if not isinstance(cell.tag, str) or not cell.tag.endswith("table-cell"):
                continue
            count = _count(cell, "number-columns-repeated")
            text = self._text(cell, row, column)
            if text:
                self._allowance.take(count)
                is_framed = cell.get(f"{_TABLE}style-name") in self._framed
                self._sheet.cells += [
                    SheetCell(row, column + offset, text, is_framed) for offset in range(count)
                ]
            down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if (down > 1 or across > 1) and not cell.tag.endswith("covered-table-cell"):
                self._sheet.merged.append((row, column, row + down - 1, column + across - 1))
            column += count

    def _text(self, cell: etree._Element, row: int, column: int) -> str:
        lines = [_line(paragraph) for paragraph in cell.iterfind(f"{_TEXT}p")]
        for note in cell.iterfind(f"{_OFFICE}annotation"):
            words = "\n".join(_line(paragraph) for paragraph in note.iterfind(f"{_TEXT}p")).strip()
            if words:
                self._sheet.notes.append((row, column, words))
        self._floating(cell)
        text = "\n".join(lines).strip()
        if cell.get(f"{_CALC}value-type") == "error":
            self._sheet.remark(Remark.FAILED, row, column)
        value = cell.get(f"{_OFFICE}value")
        if not text and value is not None:
            # not shown, or written by a program that leaves the text out
            return value
        if not text and cell.get(f"{_TABLE}formula") and cell.get(f"{_OFFICE}value-type") is None:
            self._sheet.remark(Remark.NO_RESULT, row, column)
        return text or cell.get(f"{_OFFICE}string-value", "")

    def _floating(self, parent: etree._Element) -> None:
        """Text boxes and pictures."""
        for shape in parent:
            if not isinstance(shape.tag, str) or not shape.tag.startswith(_DRAW):
                continue
            lines = (_line(paragraph) for paragraph in shape.iter(f"{_TEXT}p"))
            if text := "\n".join(line for line in lines if line.strip()):
                self._sheet.boxes.append(text)
            self._sheet.pictures += next(shape.iter(f"{_DRAW}image"), None) is not None


def _line(paragraph: etree._Element) -> str:
    """The text of a paragraph; runs of spaces, tabs and line breaks are elements."""
    pieces = [paragraph.text or ""]
    for element in paragraph.iter():
        if element is paragraph:
            continue
        if element.tag == f"{_TEXT}s":
            pieces.append(" " * min(_count(element, "c", _TEXT), 1000))
        elif element.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif element.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif isinstance(element.tag, str):
            pieces.append(element.text or "")
        pieces.append(element.tail or "")
    return "".join(pieces)


def _count(element: etree._Element, name: str, space: str = _TABLE) -> int:
    text = element.get(f"{space}{name}") or "1"
    return max(1, min(int(text), _MAX_REPEATS)) if text.isascii() and text.isdigit() else 1


def _has_lines(properties: etree._Element) -> bool:
    """Whether a cell style draws lines on two sides or more."""
    if properties.get(f"{_FO}border", "none") != "none":
        return True
    sides = ("left", "right", "top", "bottom")
    return sum(properties.get(f"{_FO}border-{side}", "none") != "none" for side in sides) > 1


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")
