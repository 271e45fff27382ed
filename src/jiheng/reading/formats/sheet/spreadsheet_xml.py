"""XML Spreadsheet 2003: what many systems export under the name of an .xls file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.container import damaged
from jiheng.reading.formats.sheet.elements import elements
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetData
from jiheng.reading.formats.sheet.noted import noted
from jiheng.reading.formats.sheet.references import index

_NS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EPOCH: Final = datetime(1899, 12, 30)
_NAMED: Final = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00", "Scientific": "0.00E+00", "Short Date": "yyyy/m/d", "Medium Date": "yyyy/m/d",
    "Long Date": 'yyyy"年"m"月"d"日"', "General Date": "yyyy/m/d h:mm", "Short Time": "h:mm", "Long Time": "h:mm:ss",
}  # fmt: skip
"""Formats that are called by name."""
_DONE: Final = ("Row", "Column")
_TAKEN: Final = (*_DONE, "Style", "Worksheet", "Visible")


def sheets_of(data: bytes, name: str) -> Iterator[SheetData]:
    """The sheets, in their order.

    Raises:
        DamagedFile: no such XML, or broken.
        FileTooLarge: more cells than are read.
    """
    styles: dict[str, _Style] = {}
    allowance = Allowance(name)
    reader: _Reader | None = None
    found = 0
    for event, tag, element in elements(io.BytesIO(data.lstrip()), _TAKEN, _DONE, name):
        if tag == "Worksheet":
            if event == "start":
                reader, found = (
                    _Reader(SheetData(element.get(f"{_NS}Name", "")), styles, allowance),
                    found + 1,
                )
            elif reader is not None:
                yield reader.sheet
        elif event == "start":
            continue
        elif tag == "Style":
            _take_style(element, styles)
        elif reader is not None:
            reader.take(tag, element)
    if not found:
        raise damaged(name)


class _Style(msgspec.Struct, frozen=True):
    code: str = ""
    is_framed: bool = False


def _take_style(style: etree._Element, styles: dict[str, _Style]) -> None:
    """Number format and border lines of a style; what it does not say its parent says."""
    parent = styles.get(style.get(f"{_NS}Parent", ""), _Style())
    form = style.find(f"{_NS}NumberFormat")
    code = parent.code if form is None else form.get(f"{_NS}Format", "")
    borders = style.find(f"{_NS}Borders")
    is_framed = parent.is_framed if borders is None else len(borders) > 1
    styles[style.get(f"{_NS}ID", "")] = _Style(_NAMED.get(code, code), is_framed)


class _Reader:
    """Takes in one worksheet, element by element."""

    def __init__(self, sheet: SheetData, styles: dict[str, _Style], allowance: Allowance) -> None:
        self.sheet = sheet
        self._styles, self._allowance = styles, allowance
        self._row = self._column = -1

    def take(self, tag: str, element: etree._Element) -> None:
        """A row, a column, or whether the sheet is shown."""
        if tag == "Visible":
            self.sheet.is_hidden = (element.text or "").startswith("SheetHidden")
        elif tag == "Column":
            first = _place(element, self._column)
            self._column = first + _number(element, "Span")
            if element.get(f"{_NS}Hidden") == "1":
                self.sheet.hide_columns(first, self._column)
        else:
            self._row = _place(element, self._row)
            before = len(self.sheet.cells)
            self._take_row(element, self._row)
            if element.get(f"{_NS}Hidden") == "1" and len(self.sheet.cells) > before:
                self.sheet.hidden_rows.add(self._row)
            self._row += _number(element, "Span")

    def _take_row(self, element: etree._Element, row: int) -> None:
        column = -1
        for cell in element.iterfind(f"{_NS}Cell"):
            column = _place(cell, column)
            across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
            if across or down:
                self.sheet.merge((row, column, row + down, column + across), self._allowance)
            called = cell.get(f"{_NS}StyleID") or element.get(f"{_NS}StyleID") or "Default"
            style = self._styles.get(called, _Style())
            text = self._text(cell, row, column, style.code)
            self.sheet.add(row, column, text, self._allowance, is_framed=style.is_framed)
            for note in cell.iterfind(f"{_NS}Comment/{{*}}Data"):
                if words := _words(note).strip():
                    self.sheet.notes.append((row, column, words))
            column += across

    def _text(self, cell: etree._Element, row: int, column: int, code: str) -> str:
        data = cell.find("{*}Data")
        if data is None:
            formula = cell.get(f"{_NS}Formula", "")
            if formula:
                self.sheet.remark(Remark.NO_RESULT, row, column)
            return formula
        kind = data.get(f"{_NS}Type", "String")
        text = _words(data)
        if kind == "Number":
            return noted(self.sheet, row, column, text.strip(), code or None)
        if kind == "DateTime":
            days = _days(text.strip())
            return text if days is None else noted(self.sheet, row, column, days, code or "yyyy/m/d")
        if kind == "Boolean":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if kind == "Error":
            self.sheet.remark(Remark.FAILED, row, column)
        return text


def _days(text: str) -> str | None:
    """A moment as Excel counts it: days since the epoch."""
    try:
        passed = datetime.fromisoformat(text.removesuffix("Z")) - _EPOCH
    except (ValueError, TypeError):  # no moment, or one with a zone
        return None
    return repr(passed.days + passed.seconds / 86400)


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _place(element: etree._Element, before: int) -> int:
    """Where an element stands, from 0: as it says, or next to the one before."""
    number = index(element.get(f"{_NS}Index"))
    return number - 1 if number else before + 1


def _number(element: etree._Element, name: str) -> int:
    return index(element.get(f"{_NS}{name}")) or 0
