"""XML Spreadsheet 2003: what many systems export under the name of an .xls file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.container import damaged, parse_xml
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetCell, SheetData
from jiheng.reading.formats.sheet.xlsx import noted

_NS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EPOCH: Final = datetime(1899, 12, 30)
_NAMED: Final = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00", "Scientific": "0.00E+00", "Short Date": "yyyy/m/d", "Medium Date": "yyyy/m/d",
    "Long Date": 'yyyy"年"m"月"d"日"', "General Date": "yyyy/m/d h:mm", "Short Time": "h:mm", "Long Time": "h:mm:ss",
}  # fmt: skip
"""Formats that are called by name."""
_MAX_INDEX: Final = 1_048_576


def sheets_of(data: bytes, name: str) -> Iterator[SheetData]:
    """The sheets, in their order.

    Raises:
        DamagedFile: no such XML, or broken.
        FileTooLarge: more cells than are read.
    """
    root = parse_xml(data.lstrip(), name)
    if root.tag != f"{_NS}Workbook":
        raise damaged(name)
    styles = _styles(root)
    allowance = Allowance(name)
    for worksheet in root.iterfind(f"{_NS}Worksheet"):
        sheet = SheetData(worksheet.get(f"{_NS}Name", ""))
        visible = worksheet.findtext("{*}WorksheetOptions/{*}Visible")
        sheet.is_hidden = visible is not None and visible.startswith("SheetHidden")
        for table in worksheet.iterfind(f"{_NS}Table"):
            _take(sheet, table, styles, allowance)
        yield sheet


class _Style(msgspec.Struct, frozen=True):
    code: str = ""
    is_framed: bool = False


def _styles(root: etree._Element) -> dict[str, _Style]:
    """Style id -> number format and border lines; what a style does not say its parent says."""
    found: dict[str, _Style] = {}
    for style in root.iterfind(f"{_NS}Styles/{_NS}Style"):
        parent = found.get(style.get(f"{_NS}Parent", ""), _Style())
        form = style.find(f"{_NS}NumberFormat")
        code = parent.code if form is None else form.get(f"{_NS}Format", "")
        borders = style.find(f"{_NS}Borders")
        is_framed = parent.is_framed if borders is None else len(borders) > 1
        found[style.get(f"{_NS}ID", "")] = _Style(_NAMED.get(code, code), is_framed)
    return found


def _take(sheet: SheetData, table: etree._Element, styles: dict[str, _Style], allowance: Allowance) -> None:
    column = -1
    for element in table.iterfind(f"{_NS}Column"):
        column = _index(element, column)
        span = _number(element, "Span")
        if element.get(f"{_NS}Hidden") == "1":
            sheet.hidden_columns.append((column, column + span))
        column += span
    row = -1
    for element in table.iterfind(f"{_NS}Row"):
        row = _index(element, row)
        if element.get(f"{_NS}Hidden") == "1":
            sheet.hidden_rows.append(row)
        _row(sheet, element, row, styles, allowance)
        row += _number(element, "Span")


def _row(
    sheet: SheetData, element: etree._Element, row: int, styles: dict[str, _Style], allowance: Allowance
) -> None:
    column = -1
    for cell in element.iterfind(f"{_NS}Cell"):
        column = _index(cell, column)
        across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
        if across or down:
            sheet.merged.append((row, column, row + down, column + across))
        called = cell.get(f"{_NS}StyleID") or element.get(f"{_NS}StyleID") or "Default"
        style = styles.get(called, _Style())
        if text := _text(sheet, cell, row, column, style.code):
            allowance.take()
            sheet.cells.append(SheetCell(row, column, text, style.is_framed))
        for note in cell.iterfind(f"{_NS}Comment/{{*}}Data"):
            if words := _words(note).strip():
                sheet.notes.append((row, column, words))
        column += across


def _text(sheet: SheetData, cell: etree._Element, row: int, column: int, code: str) -> str:
    data = cell.find("{*}Data")
    if data is None:
        if cell.get(f"{_NS}Formula"):
            sheet.remark(Remark.NO_RESULT, row, column)
        return ""
    kind = data.get(f"{_NS}Type", "String")
    text = _words(data)
    if kind == "Number":
        return noted(sheet, row, column, text.strip(), code or None)
    if kind == "DateTime":
        try:
            passed = datetime.fromisoformat(text.strip().removesuffix("Z")) - _EPOCH
        except ValueError:
            return text
        days = passed.days + passed.seconds / 86400
        return noted(sheet, row, column, repr(days), code or "yyyy/m/d")
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if kind == "Error":
        sheet.remark(Remark.FAILED, row, column)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _index(element: etree._Element, before: int) -> int:
    """Where an element stands, from 0: as it says, or next to the one before."""
    text = element.get(f"{_NS}Index") or ""
    return min(int(text), _MAX_INDEX) - 1 if text.isascii() and text.isdigit() and text != "0" else before + 1


def _number(element: etree._Element, name: str) -> int:
    text = element.get(f"{_NS}{name}") or "0"
    return min(int(text), _MAX_INDEX) if text.isascii() and text.isdigit() else 0
