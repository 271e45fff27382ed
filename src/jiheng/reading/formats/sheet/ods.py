"""OpenDocument spreadsheets (.ods): the texts that the file keeps for showing, and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec
from lxml import etree

from jiheng.errors import ProtectedFile
from jiheng.reading.formats.container import Container, damaged
from jiheng.reading.formats.sheet.elements import elements
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetData
from jiheng.reading.formats.sheet.number_format import LEAST, NOISE
from jiheng.reading.formats.sheet.references import index

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FIGURES: Final = ("float", "percentage", "currency")
_FIGURE: Final = re.compile(r"^-?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.[0-9]+)?%?$|^-?[0-9]+(?:\.[0-9]+)?%?$")
_MAX_REPEATS: Final = 1_048_576
_DONE: Final = ("table-row", "table-column", "shapes")
_TAKEN: Final = (*_DONE, "style", "table")
_ELSEWHERE: Final = "'file:"
"""So begin the names of tables that keep what another file held."""


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
    styles = _Styles()
    allowance = Allowance(name)
    reader: _Reader | None = None
    found = depth = 0
    with container.open("content.xml") as source:
        for event, tag, element in elements(source, _TAKEN, _DONE, name):
            if tag == "style":
                if event == "end":
                    styles.take(element)
            elif tag == "table":
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    reader, found = _Reader(_sheet(element, styles), styles, allowance), found + 1
                elif depth == 0 and reader is not None:
                    if not reader.sheet.name.startswith(_ELSEWHERE):
                        yield reader.sheet
                    reader = None
            elif event == "end" and depth == 1 and reader is not None:
                reader.take(tag, element)
    if not found:
        raise damaged(name)


class _Styles(msgspec.Struct):
    """Names of styles that hide a table, and of those that draw lines around a cell."""

    hidden: set[str] = set()
    framed: set[str] = set()

    def take(self, style: etree._Element) -> None:
        """One style."""
        name = style.get(f"{_STYLE}name", "")
        if any(part.get(f"{_TABLE}display") == "false" for part in style):
            self.hidden.add(name)
        if any(_has_lines(part) for part in style):
            self.framed.add(name)


def _sheet(table: etree._Element, styles: _Styles) -> SheetData:
    return SheetData(
        table.get(f"{_TABLE}name", ""), is_hidden=table.get(f"{_TABLE}style-name") in styles.hidden
    )


class _Reader:
    """Takes in one table; what stands repeated is repeated only where it holds something."""

    def __init__(self, sheet: SheetData, styles: _Styles, allowance: Allowance) -> None:
        self.sheet = sheet
        self._framed, self._allowance = styles.framed, allowance
        self._next_row = self._next_column = 0

    def take(self, tag: str, element: etree._Element) -> None:
        """A row, a column, or what floats over the table."""
        if tag == "table-column":
            count = _count(element, "number-columns-repeated")
            if _is_hidden(element):
                self.sheet.hide_columns(self._next_column, self._next_column + count - 1)
            self._next_column += count
        elif tag == "shapes":
            self._floating(element)
        else:
            row, count = self._next_row, _count(element, "number-rows-repeated")
            self._next_row += count
            self._rows(element, row, count)

    def _rows(self, element: etree._Element, row: int, count: int) -> None:
        before = len(self.sheet.cells)
        self._row(element, row)
        found = self.sheet.cells[before:]
        if not found:
            return
        for other in range(row + 1, row + count):
            for cell in found:
                self.sheet.add(other, cell.column, cell.text, self._allowance, is_framed=cell.is_framed)
        if _is_hidden(element):
            self.sheet.hidden_rows.update(range(row, row + count))

    def _row(self, element: etree._Element, row: int) -> None:
        column = 0
        for cell in element:
            if not isinstance(cell.tag, str) or not cell.tag.endswith("table-cell"):
                continue
            count = _count(cell, "number-columns-repeated")
            text = self._text(cell, row, column).strip()
            if text:
                is_framed = cell.get(f"{_TABLE}style-name") in self._framed
                for offset in range(count):
                    self.sheet.add(row, column + offset, text, self._allowance, is_framed=is_framed)
            down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if (down > 1 or across > 1) and not cell.tag.endswith("covered-table-cell"):
                self.sheet.merge((row, column, row + down - 1, column + across - 1), self._allowance)
            column += count

    def _text(self, cell: etree._Element, row: int, column: int) -> str:
        lines = [_line(paragraph) for paragraph in cell.iterfind(f"{_TEXT}p")]
        for note in cell.iterfind(f"{_OFFICE}annotation"):
            words = "\n".join(_line(paragraph) for paragraph in note.iterfind(f"{_TEXT}p")).strip()
            if words:
                self.sheet.notes.append((row, column, words))
        self._floating(cell)
        text = "\n".join(lines).strip()
        if cell.get(f"{_CALC}value-type") == "error":
            self.sheet.remark(Remark.FAILED, row, column)
        if text:
            return self._figure(cell, text, row, column)
        # not shown, or written by a program that leaves the text out
        value = cell.get(f"{_OFFICE}value") or cell.get(f"{_OFFICE}string-value") or _moment(cell)
        formula = cell.get(f"{_TABLE}formula")
        if not value and formula and cell.get(f"{_OFFICE}value-type") is None:
            self.sheet.remark(Remark.NO_RESULT, row, column)
            return formula.removeprefix("of:")
        return value

    def _figure(self, cell: etree._Element, text: str, row: int, column: int) -> str:
        """What a number shows, as in other workbooks: thousands apart by no sign, and hidden decimals remarked on."""
        kind, stored = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value") or ""
        if kind not in _FIGURES or not _FIGURE.match(text):
            return text
        text = text.replace(",", "")
        try:
            scale = 100 if text.endswith("%") else 1
            difference = abs(Decimal(text.rstrip("%")) - Decimal(stored) * scale)
        except InvalidOperation:
            return text
        if difference > max(abs(Decimal(stored)) * scale * NOISE, LEAST):
            self.sheet.remark(Remark.ROUNDED, row, column)
        return text

    def _floating(self, parent: etree._Element) -> None:
        """Text boxes and pictures."""
        for shape in parent:
            if not isinstance(shape.tag, str) or not shape.tag.startswith(_DRAW):
                continue
            lines = (_line(paragraph) for paragraph in shape.iter(f"{_TEXT}p"))
            if text := "\n".join(line for line in lines if line.strip()):
                self.sheet.boxes.append(text)
            self.sheet.pictures += next(shape.iter(f"{_DRAW}image"), None) is not None


def _moment(cell: etree._Element) -> str:
    """A date, time or truth value that is kept without the text that shows it."""
    values = (cell.get(f"{_OFFICE}{kind}-value") for kind in ("date", "time", "boolean"))
    return next((value for value in values if value), "")


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
    return max(1, min(index(element.get(f"{space}{name}")) or 1, _MAX_REPEATS))


def _has_lines(properties: etree._Element) -> bool:
    """Whether a cell style draws lines on two sides or more."""
    if properties.get(f"{_FO}border", "none") != "none":
        return True
    sides = ("left", "right", "top", "bottom")
    return sum(properties.get(f"{_FO}border-{side}", "none") != "none" for side in sides) > 1


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")
