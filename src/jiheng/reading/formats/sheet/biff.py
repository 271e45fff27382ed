"""What old Excel files (.xls, .et) say of their cells beyond values: number formats, what is hidden, notes.

Record types are described in [MS-XLS] 2.4. Texts of cells are left to calamine.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from jiheng.reading.formats.sheet.number_format import BUILT_IN

_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF, _DATEMODE, _FILEPASS = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22, 0x2F
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_LABELSST, _LABEL, _RSTRING = 0xFD, 0x204, 0xD6
_ROW, _COLINFO, _MERGED, _NOTE, _OBJ, _TXO, _CONTINUE = 0x208, 0x7D, 0xE5, 0x1C, 0x5D, 0x1B6, 0x3C
_BIFF8: Final = 0x600
_TEXT_BOX, _PICTURE = 0x06, 0x08
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class OldSheet(msgspec.Struct):
    """What a worksheet's records say; rows and columns count from 0."""

    name: str
    offset: int
    is_hidden: bool = False
    numbers: dict[tuple[int, int], tuple[float, int]] = {}
    """Number and index of its cell format."""
    failed: dict[tuple[int, int], str] = {}
    styles: dict[tuple[int, int], int] = {}
    """Index of cell format of every cell with content."""
    hidden_rows: list[int] = []
    hidden_columns: list[tuple[int, int]] = []
    merged: list[tuple[int, int, int, int]] = []
    notes: list[tuple[int, int, str]] = []
    boxes: list[str] = []
    pictures: int = 0
    rows: int = 0
    columns: int = 0
    """How far cells with content reach."""


class OldBook(msgspec.Struct):
    """A workbook's records."""

    sheets: dict[str, OldSheet] = {}
    formats: list[str | None] = []
    """Format code by index of cell format."""
    framed: list[bool] = []
    """Whether it has border lines, by index of cell format."""
    from_1904: bool = False
    is_encrypted: bool = False


def read_book(stream: bytes) -> OldBook:
    """What the records of the workbook stream say; a stream that breaks off is read as far as it goes."""
    book = OldBook()
    codes: dict[int, str] = {}
    indexes: list[int] = []
    version = _BIFF8
    for kind, body in _records(stream, 0):
        if kind == _BOF and len(body) >= 2:
            (version,) = struct.unpack_from("<H", body)
        elif kind == _FILEPASS:
            book.is_encrypted = True
            return book
        elif kind == _BOUNDSHEET and len(body) > 7 and body[5] == 0:
            (offset,) = struct.unpack_from("<I", body)
            name = _short_string(body[6:], version)
            book.sheets[name] = OldSheet(name, offset, is_hidden=bool(body[4] & 3))
        elif kind == _FORMAT and len(body) > 4:
            (number,) = struct.unpack_from("<H", body)
            codes[number] = _format_string(body[2:], version)
        elif kind == _XF and len(body) >= 4:
            indexes.append(struct.unpack_from("<H", body, 2)[0])
            book.framed.append(_has_lines(body, version))
        elif kind == _DATEMODE and len(body) >= 2:
            book.from_1904 = body[:2] != b"\0\0"
        elif kind == _EOF:
            break
    book.formats = [codes.get(index) or BUILT_IN.get(index) for index in indexes]
    for sheet in book.sheets.values():
        _read_sheet(stream, sheet)
    return book


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    end = len(stream) - 4
    while 0 <= offset <= end:
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _read_sheet(stream: bytes, sheet: OldSheet) -> None:
    depth = 0
    drawings = _Drawings(sheet)
    for kind, body in _records(stream, sheet.offset):
        if kind == _BOF:
            depth += 1  # a chart inside the sheet has its own records
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1:
            try:
                _take(sheet, kind, body)
                drawings.take(kind, body)
            except (struct.error, IndexError):
                continue
    drawings.finish()


def _take(sheet: OldSheet, kind: int, body: bytes) -> None:
    if kind in (_NUMBER, _RK, _FORMULA, _BOOLERR, _LABELSST, _LABEL, _RSTRING):
        row, column, style = struct.unpack_from("<HHH", body)
        _reach(sheet, row, column)
        sheet.styles[(row, column)] = style
        _take_cell(sheet, kind, body, (row, column), style)
    elif kind == _MULRK:
        row, first = struct.unpack_from("<HH", body)
        for index, (style, packed) in enumerate(
            struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6])
        ):
            _reach(sheet, row, first + index)
            sheet.numbers[(row, first + index)] = (unpacked(packed), style)
            sheet.styles[(row, first + index)] = style
    elif kind == _ROW:
        if struct.unpack_from("<H", body, 12)[0] & 0x20:
            sheet.hidden_rows.append(struct.unpack_from("<H", body)[0])
    elif kind == _COLINFO:
        first, last, _, _, flags = struct.unpack_from("<5H", body)
        if flags & 1:
            sheet.hidden_columns.append((first, last))
    elif kind == _MERGED:
        for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + (len(body) - 2) // 8 * 8]):
            sheet.merged.append((top, left, bottom, right))


def _take_cell(sheet: OldSheet, kind: int, body: bytes, at: tuple[int, int], style: int) -> None:
    if kind == _NUMBER:
        sheet.numbers[at] = (struct.unpack_from("<d", body, 6)[0], style)
    elif kind == _RK:
        sheet.numbers[at] = (unpacked(struct.unpack_from("<I", body, 6)[0]), style)
    elif kind == _FORMULA:
        if body[12:14] != b"\xff\xff":
            sheet.numbers[at] = (struct.unpack_from("<d", body, 6)[0], style)
        elif body[6] == 2:
            sheet.failed[at] = _ERRORS.get(body[8], "#N/A")
    elif kind == _BOOLERR and body[7]:
        sheet.failed[at] = _ERRORS.get(body[6], "#N/A")


def _reach(sheet: OldSheet, row: int, column: int) -> None:
    sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, column + 1)


class _Drawings:
    """Notes, text boxes and pictures: an object, then its text, and for a note the cell that it is pinned to."""

    def __init__(self, sheet: OldSheet) -> None:
        self._sheet = sheet
        self._object = (0, 0)
        self._expected = 0
        self._texts: dict[int, str] = {}
        self._boxes: list[int] = []
        self._pinned: list[tuple[int, int, int]] = []

    def take(self, kind: int, body: bytes) -> None:
        if kind == _OBJ:
            what, number = struct.unpack_from("<HH", body, 4)
            self._object = (what, number)
            self._sheet.pictures += what == _PICTURE
            if what == _TEXT_BOX:
                self._boxes.append(number)
        elif kind == _TXO:
            (self._expected,) = struct.unpack_from("<H", body, 10)
        elif kind == _CONTINUE and self._expected > 0:
            text = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")[: self._expected]
            self._expected -= len(text)
            number = self._object[1]
            self._texts[number] = self._texts.get(number, "") + text
        elif kind == _NOTE:
            row, column, _, number = struct.unpack_from("<4H", body)
            self._pinned.append((row, column, number))

    def finish(self) -> None:
        """Put the texts where they belong."""
        for row, column, number in self._pinned:
            if text := self._texts.get(number, "").strip():
                self._sheet.notes.append((row, column, text))
        self._sheet.boxes += [text for number in self._boxes if (text := self._texts.get(number, "").strip())]


def unpacked(packed: int) -> float:
    """An RK number: 30 bits of a double or of an integer, perhaps times a hundred."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return value / 100 if packed & 1 else value


def _has_lines(body: bytes, version: int) -> bool:
    """Whether a cell format (XF) draws lines on two sides or more."""
    if version < _BIFF8 or len(body) < 12:
        return False
    (sides,) = struct.unpack_from("<H", body, 10)
    return sum(bool((sides >> shift) & 15) for shift in (0, 4, 8, 12)) > 1


def _short_string(body: bytes, version: int) -> str:
    length = body[0]
    if version < _BIFF8:
        return body[1 : 1 + length].decode("gb18030", "replace")
    return _characters(body[2:], body[1], length)


def _format_string(body: bytes, version: int) -> str:
    if version < _BIFF8:
        return body[1 : 1 + body[0]].decode("gb18030", "replace")
    (length,) = struct.unpack_from("<H", body)
    return _characters(body[3:], body[2], length)


def _characters(body: bytes, flags: int, length: int) -> str:
    return body[: length * 2].decode("utf-16-le", "replace") if flags & 1 else body[:length].decode("latin-1")
