"""Workbooks of the new kind (.xlsx, .xlsm), straight from their XML: what the cells show, and what is merged."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.container import Container, damaged
from jiheng.reading.formats.sheet.drawings import relations, take_drawings
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetCell, SheetData
from jiheng.reading.formats.sheet.number_format import BUILT_IN, shown
from jiheng.reading.formats.sheet.references import area, position

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE: Final = ("1", "true")
_SIDES: Final = 2
"""A cell with lines on so many sides is framed."""
_DIGITS: Final = 15
"""What spreadsheets keep of a number."""


class _Styles(msgspec.Struct):
    """By index of cell format: the code of its number format, and whether it has border lines."""

    formats: list[str | None] = []
    framed: list[bool] = []
    from_1904: bool = False


def sheets_of(container: Container, name: str) -> Iterator[SheetData]:
    """The worksheets, in their order.

    Raises:
        DamagedFile: a part is missing or broken.
        FileTooLarge: more cells than are read.
    """
    book = container.xml("xl/workbook.xml")
    targets = relations(container, "xl/workbook.xml")
    shared = list(_shared_strings(container, name))
    styles = _styles(container, book)
    allowance = Allowance(name)
    for entry in book.iterfind("{*}sheets/{*}sheet"):
        relation = entry.get(_RELATION) or entry.get(_STRICT_RELATION) or ""
        _, part = targets.get(relation, ("", ""))
        if "/worksheets/" not in part:
            continue  # a chart or a macro sheet
        if part not in container:
            raise damaged(name)
        sheet = SheetData(entry.get("name", ""), is_hidden=entry.get("state", "visible") != "visible")
        reader = _Reader(sheet, shared, styles, allowance)
        for event, element in _stream(
            container.read(part), ("row", "c", "mergeCell", "col"), name, ("start", "end")
        ):
            reader.take(event, element)
        take_drawings(sheet, container, part)
        yield sheet


def _stream(
    data: bytes, tags: tuple[str, ...], name: str, events: tuple[str, ...] = ("end",)
) -> Iterator[tuple[str, etree._Element]]:
    """The elements of a part one by one, so that memory follows what they hold and not the size of the XML.

    What an element holds is dropped once it has been taken.
    """
    try:
        for event, element in etree.iterparse(
            io.BytesIO(data),
            events=events,
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        ):
            if element.getroottree().docinfo.doctype:
                raise damaged(name)  # no workbook declares a document type
            yield event, element
            if event == "end" and element.tag.rpartition("}")[2] in ("row", "si"):
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error


class _Reader:
    """Takes in one worksheet, element by element."""

    def __init__(self, sheet: SheetData, shared: list[str], styles: _Styles, allowance: Allowance) -> None:
        self._sheet, self._shared, self._styles, self._allowance = sheet, shared, styles, allowance
        self._row = -1
        self._column = -1

    def take(self, event: str, element: etree._Element) -> None:
        """One element as it begins ("start", of a row) or ends."""
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "row":
                self._begin_row(element)
        elif tag == "c":
            self._cell(element)
        elif tag == "mergeCell":
            if (merged := area(element.get("ref", ""))) is not None:
                self._sheet.merged.append(merged)
        elif tag == "col" and element.get("hidden") in _TRUE:
            first, last = element.get("min", ""), element.get("max", "")
            if first.isdigit() and last.isdigit():
                self._sheet.hidden_columns.append((int(first) - 1, int(last) - 1))

    def _begin_row(self, element: etree._Element) -> None:
        number = element.get("r") or ""
        self._row = int(number) - 1 if number.isdigit() and len(number) < 8 else self._row + 1
        self._column = -1
        if element.get("hidden") in _TRUE:
            self._sheet.hidden_rows.append(self._row)

    def _cell(self, element: etree._Element) -> None:
        place = position(element.get("r", ""))
        row, self._column = place or (self._row, self._column + 1)
        text = self._text(element, row)
        if text:
            self._allowance.take()
            style = element.get("s", "")
            framed = self._styles.framed
            is_framed = style.isdigit() and int(style) < len(framed) and framed[int(style)]
            self._sheet.cells.append(SheetCell(row, self._column, text, is_framed))

    def _text(self, element: etree._Element, row: int) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return _unescaped(_string(element))
        value = element.findtext("{*}v")
        if value is None or (not value and kind != "str"):
            if element.find("{*}f") is not None:
                self._sheet.remark(Remark.NO_RESULT, row, self._column)
            return ""
        if kind == "s":
            return self._shared[int(value)] if value.isdigit() and int(value) < len(self._shared) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "e":
            self._sheet.remark(Remark.FAILED, row, self._column)
            return value
        if kind == "str":
            return _unescaped(value)
        if kind == "d":
            return value.removesuffix("T00:00:00").removesuffix(".000Z").replace("T", " ")
        return self._number(value.strip(), element.get("s", ""), row)

    def _number(self, value: str, style: str, row: int) -> str:
        formats = self._styles.formats
        code = formats[int(style)] if style.isdigit() and int(style) < len(formats) else None
        return noted(self._sheet, row, self._column, value, code, from_1904=self._styles.from_1904)


def noted(
    sheet: SheetData, row: int, column: int, value: str, code: str | None, *, from_1904: bool = False
) -> str:
    """The number ``value`` as it is shown; what a person should know of it is remarked on ``sheet``."""
    seen = shown(value, code, from_1904=from_1904)
    if seen.is_rounded:
        sheet.remark(Remark.ROUNDED, row, column)
    elif seen.is_invisible:
        sheet.remark(Remark.INVISIBLE, row, column)
    digits = seen.text.lstrip("-")
    if len(digits) > _DIGITS and digits.isdigit() and not digits[_DIGITS:].strip("0"):
        sheet.remark(Remark.LONG, row, column)
    return seen.text


def _shared_strings(container: Container, name: str) -> Iterator[str]:
    part = "xl/sharedStrings.xml"
    if part in container:
        for _, item in _stream(container.read(part), ("si",), name):
            yield _unescaped(_string(item))


def _string(item: etree._Element) -> str:
    """The text of a string; phonetic hints (rPh) are no part of it."""
    return "".join(
        text.text or ""
        for text in item.iter("{*}t")
        if (parent := text.getparent()) is None or parent.tag.rpartition("}")[2] != "rPh"
    )


def _unescaped(text: str) -> str:
    """``_x000D_`` stands for a character that XML cannot hold; line ends are "\\n"."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _styles(container: Container, book: etree._Element) -> _Styles:
    properties = book.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in _TRUE
    if "xl/styles.xml" not in container:
        return _Styles(from_1904=from_1904)
    root = container.xml("xl/styles.xml")
    custom = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    borders = {
        str(index): sum(side.get("style", "none") != "none" for side in border) >= _SIDES
        for index, border in enumerate(root.iterfind("{*}borders/{*}border"))
    }
    found = _Styles(from_1904=from_1904)
    for element in root.iterfind("{*}cellXfs/{*}xf"):
        number = element.get("numFmtId", "0")
        found.formats.append(custom.get(number) or (BUILT_IN.get(int(number)) if number.isdigit() else None))
        found.framed.append(borders.get(element.get("borderId", ""), False))
    return found
