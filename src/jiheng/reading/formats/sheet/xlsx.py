"""Workbooks of the new kind (.xlsx, .xlsm), straight from their XML: what the cells show, and what is merged."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from jiheng.errors import FileTooLarge
from jiheng.reading.formats.container import Container, damaged
from jiheng.reading.formats.sheet.number_format import BUILT_IN, shown

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
MAX_CELLS: Final = 2_000_000
_REFERENCE: Final = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")


class SheetCell(msgspec.Struct, frozen=True):
    """A cell that holds something; rows and columns count from 0."""

    row: int
    column: int
    text: str


class SheetData(msgspec.Struct):
    """One worksheet."""

    name: str
    cells: list[SheetCell]
    merged: list[tuple[int, int, int, int]] = []
    """First row, first column, last row, last column."""
    warnings: list[str] = []
    notes: list[tuple[int, int, str]] = []


class _Styles(msgspec.Struct):
    formats: list[str | None] = []
    from_1904: bool = False


def sheets_of(container: Container, name: str) -> Iterator[SheetData]:
    """The worksheets, in their order.

    Raises:
        DamagedFile: a part is missing or broken.
        FileTooLarge: more cells than are read.
    """
    if "xl/workbook.xml" not in container:
        raise damaged(name)
    book = container.xml("xl/workbook.xml")
    targets = _targets(container, "xl/workbook.xml")
    shared = _shared_strings(container)
    styles = _styles(container, book)
    budget = [MAX_CELLS]
    for entry in book.iterfind("{*}sheets/{*}sheet"):
        part = targets.get(entry.get(_RELATION) or entry.get(_STRICT_RELATION) or "")
        if part is None or part not in container or "/worksheets/" not in part:
            continue
        sheet = SheetData(entry.get("name", ""), [])
        if entry.get("state", "visible") != "visible":
            sheet.warnings.append(f"工作表“{sheet.name}”是隐藏的，也已读取，请核对是否应当公开。")
        _Reader(sheet, shared, styles, budget, name).read(container.read(part))
        sheet.notes = list(_notes(container, part))
        yield sheet


class _Reader:
    """Reads one worksheet piece by piece, so that memory follows what it holds."""

    def __init__(
        self, sheet: SheetData, shared: list[str], styles: _Styles, budget: list[int], name: str
    ) -> None:
        self._sheet, self._shared, self._styles, self._budget, self._name = (
            sheet,
            shared,
            styles,
            budget,
            name,
        )
        self._hidden_rows = 0
        self._row = -1
        self._column = -1

    def read(self, data: bytes) -> None:
        """Take in the XML of the sheet."""
        try:
            for event, element in etree.iterparse(
                io.BytesIO(data),
                events=("start", "end"),
                tag=("{*}row", "{*}c", "{*}mergeCell", "{*}col"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            ):
                self._take(event, element)
        except etree.XMLSyntaxError as error:
            raise damaged(self._name) from error
        if self._hidden_rows:
            self._sheet.warnings.append(
                f"工作表“{self._sheet.name}”有 {self._hidden_rows} 行是隐藏的，也已读取。"
            )

    def _take(self, event: str, element: etree._Element) -> None:
        tag = etree.QName(element).localname
        if event == "start":
            if tag == "row":
                number = element.get("r") or ""
                self._row = int(number) - 1 if number.isdigit() else self._row + 1
                self._column = -1
                self._hidden_rows += element.get("hidden") in ("1", "true")
            return
        if tag == "c":
            self._cell(element)
        elif tag == "mergeCell":
            if (merged := _range(element.get("ref", ""))) is not None:
                self._sheet.merged.append(merged)
        elif tag == "col" and element.get("hidden") in ("1", "true"):
            first, last = element.get("min", "1"), element.get("max", "1")
            if last.isdigit() and int(last) < 500:
                self._sheet.warnings.append(
                    f"工作表“{self._sheet.name}”第 {first}–{last} 列是隐藏的，也已读取。"
                )
        if tag in ("c", "row"):
            element.clear()

    def _cell(self, element: etree._Element) -> None:
        place = _position(element.get("r", ""))
        self._column = place[1] if place else self._column + 1
        row = place[0] if place else self._row
        text = self._text(element, row)
        if text:
            self._budget[0] -= 1
            if self._budget[0] < 0:
                raise FileTooLarge(
                    f"工作簿超过 {MAX_CELLS} 个单元格。",
                    place=self._name,
                    remedy="请删去无关的工作表后重试。",
                )
            self._sheet.cells.append(SheetCell(row, self._column, text))

    def _text(self, element: etree._Element, row: int) -> str:
        kind = element.get("t", "n")
        value = element.findtext("{*}v")
        if kind == "inlineStr":
            return "".join(text.text or "" for text in element.iter("{*}t"))
        if value is None:
            if element.find("{*}f") is not None:
                self._sheet.warnings.append(
                    f"工作表“{self._sheet.name}”单元格 {element.get('r', '')} 的公式没有计算结果，"
                    "请用 Excel 或 WPS 打开后保存一次。"
                )
            return ""
        if kind == "s":
            return self._shared[int(value)] if value.isdigit() and int(value) < len(self._shared) else ""
        if kind == "b":
            return "是" if value == "1" else "否"
        if kind == "e":
            self._sheet.warnings.append(
                f"工作表“{self._sheet.name}”单元格 {element.get('r', '')} 的公式出错：{value}。"
            )
            return value
        if kind in ("str", "d"):
            return value
        style = element.get("s", "")
        formats = self._styles.formats
        code = formats[int(style)] if style.isdigit() and int(style) < len(formats) else None
        return shown(value, code, from_1904=self._styles.from_1904)


def _targets(container: Container, part: str) -> dict[str, str]:
    """Relation id -> part, of a part's relations."""
    folder, base = posixpath.split(part)
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in container:
        return {}
    found = {}
    for relation in container.xml(relations):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        found[relation.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        )
    return found


def _shared_strings(container: Container) -> list[str]:
    part = "xl/sharedStrings.xml"
    if part not in container:
        return []
    # phonetic hints (rPh) are no text of the cell
    return [
        "".join(
            text.text or ""
            for text in item.iter("{*}t")
            if (parent := text.getparent()) is None or not str(parent.tag).endswith("}rPh")
        )
        for item in container.xml(part).iterfind("{*}si")
    ]


def _styles(container: Container, book: etree._Element) -> _Styles:
    properties = book.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    if "xl/styles.xml" not in container:
        return _Styles([], from_1904)
    root = container.xml("xl/styles.xml")
    custom = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    formats = []
    for element in root.iterfind("{*}cellXfs/{*}xf"):
        number = element.get("numFmtId", "0")
        formats.append(custom.get(number) or (BUILT_IN.get(int(number)) if number.isdigit() else None))
    return _Styles(formats, from_1904)


def _notes(container: Container, part: str) -> Iterator[tuple[int, int, str]]:
    for target in _targets(container, part).values():
        if "comments" in posixpath.basename(target) and target.endswith(".xml") and target in container:
            for comment in container.xml(target).iter("{*}comment"):
                place = _position(comment.get("ref", ""))
                text = "".join(text.text or "" for text in comment.iter("{*}t")).strip()
                if place and text:
                    yield *place, text


def _position(reference: str) -> tuple[int, int] | None:
    """ "B12" -> (11, 1)."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _range(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last or first)
    return (*start, *end) if start and end else None
