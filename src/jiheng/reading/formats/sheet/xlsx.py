"""Workbooks of the new kind (.xlsx, .xlsm), straight from their XML: what the cells show, and what is merged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from jiheng.reading.formats.container import Container
from jiheng.reading.formats.sheet.drawings import part_of, relations, take_drawings, worksheet
from jiheng.reading.formats.sheet.elements import elements
from jiheng.reading.formats.sheet.model import MAX_STRINGS, Allowance, Remark, SheetData
from jiheng.reading.formats.sheet.noted import CellFormats
from jiheng.reading.formats.sheet.number_format import BUILT_IN
from jiheng.reading.formats.sheet.references import area, index, position

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE: Final = ("1", "true")
_SIDES: Final = 2
"""A cell with lines on so many sides is framed."""
_DONE: Final = ("row", "mergeCell", "col")
_MARGINS: Final = tuple(
    f"{pages}{part}" for pages in ("odd", "even", "first") for part in ("Header", "Footer")
)
_TAKEN: Final = (*_DONE, *_MARGINS, "c")


def sheets_of(container: Container, name: str) -> Iterator[SheetData]:
    """The worksheets, in their order.

    Raises:
        DamagedFile: a part is missing or broken.
        FileTooLarge: more cells than are read.
    """
    main = part_of(container, "", "/officeDocument", "xl/workbook.xml")
    book = container.xml(main)
    targets = relations(container, main)
    shared = list(_shared_strings(container, main, name))
    styles = _formats(container, main, book)
    allowance = Allowance(name)
    seen: set[str] = set()
    for entry in book.iterfind("{*}sheets/{*}sheet"):
        relation = entry.get(_RELATION) or entry.get(_STRICT_RELATION) or ""
        part = worksheet(targets, relation, seen, name)
        if part is None:
            continue
        sheet = SheetData(entry.get("name", ""), is_hidden=entry.get("state", "visible") != "visible")
        reader = _Reader(sheet, shared, styles, allowance)
        with container.open(part) as source:
            for event, tag, element in elements(source, _TAKEN, _DONE, name):
                reader.take(event, tag, element)
        take_drawings(sheet, container, part)
        yield sheet


class _Reader:
    """Takes in one worksheet, element by element."""

    def __init__(
        self, sheet: SheetData, shared: list[str], styles: CellFormats, allowance: Allowance
    ) -> None:
        self._sheet, self._shared, self._styles, self._allowance = sheet, shared, styles, allowance
        self._row = -1
        self._column = -1
        self._is_hidden = False

    def take(self, event: str, tag: str, element: etree._Element) -> None:
        """One element as it begins ("start", of a row) or ends."""
        if event == "start":
            if tag == "row":
                self._begin_row(element)
        elif tag == "c":
            self._cell(element)
        elif tag == "mergeCell":
            if (merged := area(element.get("ref", ""))) is not None:
                self._sheet.merge(merged, self._allowance)
        elif tag in _MARGINS:
            self._sheet.add_margin(_unescaped(element.text or ""))
        elif tag == "col" and element.get("hidden") in _TRUE:
            first, last = index(element.get("min")), index(element.get("max"))
            if first and last:
                self._sheet.hide_columns(first - 1, last - 1)

    def _begin_row(self, element: etree._Element) -> None:
        number = index(element.get("r"))
        self._row = number - 1 if number else self._row + 1
        self._column = -1
        self._is_hidden = element.get("hidden") in _TRUE

    def _cell(self, element: etree._Element) -> None:
        place = position(element.get("r", ""))
        row, self._column = place or (self._row, self._column + 1)
        style = index(element.get("s"))
        text = self._text(element, row, style)
        if text:
            is_framed = self._styles.is_framed(style)
            self._sheet.add(row, self._column, text, self._allowance, is_framed=is_framed)
            if self._is_hidden:
                self._sheet.hidden_rows.add(row)

    def _text(self, element: etree._Element, row: int, style: int | None) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return _unescaped(_string(element))
        value = element.findtext("{*}v")
        if value is None or (not value and kind != "str"):
            return self._formula(element, row)
        if kind == "s":
            number = index(value.strip())
            return self._shared[number] if number is not None and number < len(self._shared) else ""
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "e":
            self._sheet.remark(Remark.FAILED, row, self._column)
            return value
        if kind == "str":
            return _unescaped(value)
        if kind == "d":
            return value.removesuffix("T00:00:00").removesuffix(".000Z").replace("T", " ")
        return self._styles.number(self._sheet, row, self._column, value.strip(), style)

    def _formula(self, element: etree._Element, row: int) -> str:
        """A formula that the program which wrote it did not calculate, as it stands: no value, but no blank."""
        formula = element.find("{*}f")
        if formula is None:
            return ""
        self._sheet.remark(Remark.NO_RESULT, row, self._column)
        # one that is shared stands in the first cell of those that share it
        return "=" + (formula.text or "（公式）")


def _shared_strings(container: Container, main: str, name: str) -> Iterator[str]:
    part = part_of(container, main, "/sharedStrings", "xl/sharedStrings.xml")
    if part not in container:
        return
    allowance = Allowance(name, MAX_STRINGS)
    with container.open(part) as source:
        for event, _, item in elements(source, ("si",), ("si",), name):
            if event == "end":
                allowance.take()
                yield _unescaped(_string(item))


def _string(item: etree._Element) -> str:
    """The text of a string; phonetic hints (rPh) are no part of it."""
    return "".join(
        text.text or ""
        for text in item.iter("{*}t")
        if (parent := text.getparent()) is None or parent.tag.rpartition("}")[2] != "rPh"
    )


def _unescaped(text: str) -> str:
    """``_x000D_`` stands for a character that XML cannot hold; one beyond the basic plane is two of them."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _formats(container: Container, main: str, book: etree._Element) -> CellFormats:
    part = part_of(container, main, "/styles", "xl/styles.xml")
    properties = book.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in _TRUE
    if part not in container:
        return CellFormats(from_1904=from_1904)
    root = container.xml(part)
    custom = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    borders = {
        str(number): sum(side.get("style", "none") != "none" for side in border) >= _SIDES
        for number, border in enumerate(root.iterfind("{*}borders/{*}border"))
    }
    found = CellFormats(from_1904=from_1904)
    for element in root.iterfind("{*}cellXfs/{*}xf"):
        number = element.get("numFmtId", "0")
        found.codes.append(custom.get(number) or BUILT_IN.get(index(number) or 0))
        found.framed.append(borders.get(element.get("borderId", ""), False))
    return found
