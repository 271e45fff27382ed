"""A worksheet of an old workbook: records become cells, merged ranges, notes and what is hidden."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

import msgspec

from jiheng.reading.formats.sheet.biff import ERRORS, BrokenRecords, Texts, unpacked
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetData
from jiheng.reading.formats.sheet.noted import CellFormats

_BOF, _EOF = 0x809, 0x0A
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR, _STRING = 0x203, 0x27E, 0xBD, 0x06, 0x205, 0x207
_LABELSST, _LABEL, _RSTRING = 0xFD, 0x204, 0xD6
_ROW, _COLINFO, _MERGED, _NOTE, _OBJ, _TXO = 0x208, 0x7D, 0xE5, 0x1C, 0x5D, 0x1B6
_HEADER, _FOOTER = 0x14, 0x15
_BIFF8: Final = 0x600
_PICTURE, _NOTE_BOX = 0x08, 0x19
_CELLS: Final = frozenset((_NUMBER, _RK, _FORMULA, _BOOLERR, _LABELSST, _LABEL, _RSTRING))
_IS_TEXT, _IS_TRUTH, _IS_ERROR = 0, 1, 2
"""Kinds of result of a formula that is no number."""


class Book(msgspec.Struct):
    """What all sheets share."""

    version: int = _BIFF8
    encoding: str = "gb18030"
    texts: list[str] = []
    formats: CellFormats = msgspec.field(default_factory=CellFormats)

    def text(self, bodies: list[bytes], at: int, *, length: int = 2) -> str:
        """The text that stands ``at`` this byte of a record."""
        return Texts(bodies, at, self.version, self.encoding).next(length)


def read_sheet(
    sheet: SheetData, records: Iterable[tuple[int, list[bytes]]], book: Book, allowance: Allowance
) -> None:
    """Take the records of one worksheet in.

    Raises:
        BrokenRecords, struct.error, IndexError: they are not those of a worksheet.
        FileTooLarge: more cells than are read.
    """
    depth = 0
    reader, drawings = _Reader(sheet, book, allowance), _Drawings(sheet, book)
    for kind, bodies in records:
        if kind == _BOF:
            depth += 1  # a chart inside the sheet has its own records
        elif depth == 0:
            raise BrokenRecords
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                break
        elif depth == 1:
            reader.take(kind, bodies)
            drawings.take(kind, bodies)
    drawings.finish()


class _Reader:
    """Cells, merged ranges, hidden rows and columns."""

    def __init__(self, sheet: SheetData, book: Book, allowance: Allowance) -> None:
        self._sheet, self._book, self._allowance = sheet, book, allowance
        self._awaiting: tuple[int, int, int] | None = None
        """Row, column and format of a formula whose result is a text, which comes in a record of its own."""

    def take(self, kind: int, bodies: list[bytes]) -> None:
        """One record."""
        body = bodies[0]
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", body)
            self._awaiting = None
            self._add(row, column, style, self._text(kind, bodies, row, column, style))
        elif kind == _MULRK:
            self._packed(body)
        elif kind == _STRING and self._awaiting is not None:
            row, column, style = self._awaiting
            self._awaiting = None
            self._add(row, column, style, self._book.text(bodies, 0))
        elif kind == _ROW:
            if struct.unpack_from("<H", body, 12)[0] & 0x20:
                self._sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & 1:
                self._sheet.hide_columns(first, last)
        elif kind in (_HEADER, _FOOTER) and body:
            self._sheet.add_margin(self._book.text(bodies, 0, length=1 if self._book.version < _BIFF8 else 2))
        elif kind == _MERGED:
            for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + (len(body) - 2) // 8 * 8]):
                self._sheet.merge((top, left, bottom, right), self._allowance)

    def _add(self, row: int, column: int, style: int, text: str) -> None:
        is_framed = self._book.formats.is_framed(style)
        self._sheet.add(row, column, text, self._allowance, is_framed=is_framed)

    def _packed(self, body: bytes) -> None:
        """Numbers beside one another."""
        row, first = struct.unpack_from("<HH", body)
        cells = struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6])
        for column, (style, packed) in enumerate(cells, first):
            self._add(row, column, style, self._number(unpacked(packed), row, column, style))

    def _text(self, kind: int, bodies: list[bytes], row: int, column: int, style: int) -> str:
        body, book = bodies[0], self._book
        if kind == _LABELSST:
            (index,) = struct.unpack_from("<I", body, 6)
            text: str = book.texts[index]
            return text
        if kind in (_LABEL, _RSTRING):
            return book.text(bodies, 6)
        if kind == _NUMBER:
            return self._number(struct.unpack_from("<d", body, 6)[0], row, column, style)
        if kind == _RK:
            return self._number(unpacked(struct.unpack_from("<I", body, 6)[0]), row, column, style)
        if kind == _BOOLERR:
            return self._truth(body[6], row, column, is_error=body[7] != 0)
        if body[12:14] != b"\xff\xff":
            return self._number(struct.unpack_from("<d", body, 6)[0], row, column, style)
        if body[6] == _IS_TEXT:
            self._awaiting = (row, column, style)
        elif body[6] in (_IS_TRUTH, _IS_ERROR):
            return self._truth(body[8], row, column, is_error=body[6] == _IS_ERROR)
        return ""

    def _number(self, number: float, row: int, column: int, style: int) -> str:
        return self._book.formats.number(self._sheet, row, column, repr(number), style)

    def _truth(self, value: int, row: int, column: int, *, is_error: bool) -> str:
        if not is_error:
            return "TRUE" if value else "FALSE"
        self._sheet.remark(Remark.FAILED, row, column)
        return ERRORS.get(value, "#N/A")


class _Drawings:
    """Notes, text boxes and pictures: an object, then its text, and for a note the cell that it is pinned to."""

    def __init__(self, sheet: SheetData, book: Book) -> None:
        self._sheet, self._book = sheet, book
        self._number = 0
        self._texts: dict[int, str] = {}
        self._boxes: list[int] = []
        self._pinned: list[tuple[int, int, int]] = []

    def take(self, kind: int, bodies: list[bytes]) -> None:
        """One record; what is drawn wrongly costs no cell."""
        with suppress(struct.error, BrokenRecords):
            self._take(kind, bodies)

    def _take(self, kind: int, bodies: list[bytes]) -> None:
        body = bodies[0]
        if self._book.version < _BIFF8:
            self._take_old(kind, body)
        elif kind == _OBJ:
            what, self._number = struct.unpack_from("<HH", body, 4)
            self._sheet.pictures += what == _PICTURE
            if what != _NOTE_BOX:  # rectangles and other shapes may have a text as well
                self._boxes.append(self._number)
        elif kind == _TXO and len(bodies) > 1:
            (count,) = struct.unpack_from("<H", body, 10)
            texts = Texts(bodies, len(body), self._book.version, self._book.encoding)
            self._texts[self._number] = texts.continued(count)
        elif kind == _NOTE:
            row, column, _, number = struct.unpack_from("<4H", body)
            self._pinned.append((row, column, number))

    def _take_old(self, kind: int, body: bytes) -> None:
        """Before Excel 97 a note is a record with its text in it, and in more of them when it is long."""
        if kind != _NOTE:
            return
        row, column, count = struct.unpack_from("<3H", body)
        text = body[6 : 6 + min(count, 2048)].decode(self._book.encoding, "replace").strip()
        if row == 0xFFFF and self._sheet.notes:
            row, column, before = self._sheet.notes.pop()
            text = before + text
        if text:
            self._sheet.notes.append((row, column, text))

    def finish(self) -> None:
        """Put the texts where they belong."""
        for row, column, number in self._pinned:
            if text := self._texts.get(number, "").strip():
                self._sheet.notes.append((row, column, text))
        self._sheet.boxes += [text for number in self._boxes if (text := self._texts.get(number, "").strip())]
