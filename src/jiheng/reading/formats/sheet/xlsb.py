"""Binary workbooks (.xlsb), straight from their records, which are described in [MS-XLSB] 2.4."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from jiheng.reading.formats.container import Container, damaged
from jiheng.reading.formats.sheet.biff import ERRORS, unpacked
from jiheng.reading.formats.sheet.drawings import part_of, relations, take_drawings, worksheet
from jiheng.reading.formats.sheet.model import MAX_STRINGS, Allowance, Remark, SheetData
from jiheng.reading.formats.sheet.noted import CellFormats
from jiheng.reading.formats.sheet.number_format import BUILT_IN

_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR, _RICH = 8, 9, 10, 11, 62
_CELLS: Final = frozenset((*range(_RK, _FORMULA_ERROR + 1), _RICH))
_STRING, _FORMAT, _BORDER, _STYLE, _COLUMN, _BOOK, _SHEET, _MERGED = 19, 44, 46, 47, 60, 153, 156, 176
_MARGINS, _STYLES_BEGIN, _STYLES_END = 479, 617, 618
_NOTHING: Final = 0xFFFFFFFF
"""Stands in the place of a text's length where there is none."""
_SIDES: Final = (1, 11, 21, 31)
"""Where a border's record says how the top, bottom, left and right lines are drawn."""


class _Book(msgspec.Struct):
    """What all sheets share."""

    texts: list[str]
    formats: CellFormats


def sheets_of(container: Container, name: str) -> Iterator[SheetData]:
    """The worksheets, in their order.

    Raises:
        DamagedFile: a part is missing or broken.
        FileTooLarge: more cells than are read.
    """
    try:
        yield from _sheets(container, name)
    except (struct.error, IndexError) as error:
        raise damaged(name) from error


def _sheets(container: Container, name: str) -> Iterator[SheetData]:
    main = part_of(container, "", "/officeDocument", "xl/workbook.bin")
    targets = relations(container, main)
    book = _Book(_shared_strings(container, main, name), _formats(container, main))
    allowance = Allowance(name)
    seen: set[str] = set()
    for kind, body in _records(container, main):
        if kind == _BOOK:
            book.formats.from_1904 = bool(body[0] & 1)
        if kind != _SHEET:
            continue
        relation, end = _string(body, 8)
        part = worksheet(targets, relation, seen, name)
        if part is None:
            continue
        sheet = SheetData(_string(body, end)[0], is_hidden=struct.unpack_from("<I", body)[0] != 0)
        _Reader(sheet, book, allowance).read(_records(container, part))
        take_drawings(sheet, container, part)
        yield sheet


class _Reader:
    """Takes in one worksheet, record by record."""

    def __init__(self, sheet: SheetData, book: _Book, allowance: Allowance) -> None:
        self._sheet, self._book, self._allowance = sheet, book, allowance
        self._row = 0
        self._is_hidden = False

    def read(self, records: Iterator[tuple[int, bytes]]) -> None:
        """All records of the sheet."""
        for kind, body in records:
            if kind == _ROW:
                (self._row,) = struct.unpack_from("<I", body)
                self._is_hidden = bool(body[11] & 0x10)
            elif kind in _CELLS:
                column, style = struct.unpack_from("<II", body)
                self._cell(kind, body, column, style & 0xFFFFFF)
            elif kind == _MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                self._sheet.merge((top, left, bottom, right), self._allowance)
            elif kind == _MARGINS:
                self._margins(body)
            elif kind == _COLUMN:
                first, last, _, _, flags = struct.unpack_from("<4IH", body)
                if flags & 1:
                    self._sheet.hide_columns(first, last)

    def _margins(self, body: bytes) -> None:
        """Page headers and footers: of odd pages, even pages and the first one."""
        offset = 2
        while offset + 4 <= len(body):
            if struct.unpack_from("<I", body, offset)[0] == _NOTHING:
                offset += 4
            else:
                text, offset = _string(body, offset)
                self._sheet.add_margin(text)

    def _cell(self, kind: int, body: bytes, column: int, style: int) -> None:
        text = self._text(kind, body, column, style)
        is_framed = self._book.formats.is_framed(style)
        self._sheet.add(self._row, column, text, self._allowance, is_framed=is_framed)
        if text and self._is_hidden:
            self._sheet.hidden_rows.add(self._row)

    def _text(self, kind: int, body: bytes, column: int, style: int) -> str:
        if kind in (_RK, _REAL, _FORMULA_REAL):
            form, value = ("<I", unpacked) if kind == _RK else ("<d", float)
            number = value(struct.unpack_from(form, body, 8)[0])
            return self._book.formats.number(self._sheet, self._row, column, repr(number), style)
        if kind in (_TEXT, _FORMULA_TEXT):
            return _string(body, 8)[0]
        if kind == _RICH:
            return _string(body, 9)[0]
        if kind == _SHARED:
            (index,) = struct.unpack_from("<I", body, 8)
            text: str = self._book.texts[index]
            return text
        if kind in (_BOOL, _FORMULA_BOOL):
            return "TRUE" if body[8] else "FALSE"
        self._sheet.remark(Remark.FAILED, self._row, column)
        return ERRORS.get(body[8], "#N/A")


def _shared_strings(container: Container, main: str, name: str) -> list[str]:
    part = part_of(container, main, "/sharedStrings", "xl/sharedStrings.bin")
    allowance = Allowance(name, MAX_STRINGS)
    found = []
    for kind, body in _records(container, part) if part in container else ():
        if kind == _STRING:
            allowance.take()
            found.append(_string(body, 1)[0])
    return found


def _formats(container: Container, main: str) -> CellFormats:
    found = CellFormats()
    part = part_of(container, main, "/styles", "xl/styles.bin")
    codes: dict[int, str] = {}
    borders: list[bool] = []
    inside = False
    for kind, body in _records(container, part) if part in container else ():
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _string(body, 2)[0]
        elif kind == _BORDER:
            borders.append(sum(body[side] != 0 for side in _SIDES) > 1)
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            _, number, _, _, border = struct.unpack_from("<5H", body)
            found.codes.append(codes.get(number) or BUILT_IN.get(number))
            found.framed.append(border < len(borders) and borders[border])
    return found


def _records(container: Container, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part: type and length are written seven bits a byte.

    Raises:
        IndexError: the part is cut off.
    """
    data = container.read(part)
    offset = 0
    while offset < len(data):
        kind = data[offset]
        offset += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[offset] << 7)
            offset += 1
        length = shift = 0
        for _ in range(4):
            byte = data[offset]
            offset += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if offset + length > len(data):
            raise IndexError
        yield kind, data[offset : offset + length]
        offset += length


def _string(body: bytes, offset: int) -> tuple[str, int]:
    """A string with its length before it, and where it ends.

    Raises:
        struct.error: it is cut off.
    """
    (length,) = struct.unpack_from("<I", body, offset)
    start = offset + 4
    end = start + length * 2
    if end > len(body):
        raise struct.error
    return body[start:end].decode("utf-16-le", "replace"), end
