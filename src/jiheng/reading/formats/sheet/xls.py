"""Old workbooks (.xls, .et) from their records: [MS-XLS] 2.4, and what Excel 5 and 95 wrote differently."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from jiheng.errors import ProtectedFile
from jiheng.reading.formats.container import damaged
from jiheng.reading.formats.sheet.biff import BrokenRecords, Records, Texts, encoding_of
from jiheng.reading.formats.sheet.compound import stream
from jiheng.reading.formats.sheet.model import Allowance, SheetData
from jiheng.reading.formats.sheet.number_format import BUILT_IN
from jiheng.reading.formats.sheet.xls_sheet import Book, read_sheet

_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF, _DATEMODE, _FILEPASS = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22, 0x2F
_CODEPAGE, _SST = 0x42, 0xFC
_BIFF8: Final = 0x600
_HIDDEN: Final = 3
_BEFORE_TEXTS: Final = 8
"""Bytes of the table of texts before the first one."""


class _Entry(msgspec.Struct, frozen=True):
    """A worksheet in the table of contents."""

    name: str
    offset: int
    is_hidden: bool


class _Contents:
    """The first part of the stream: what all sheets share, and where each one stands."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.book = Book()
        self.entries: list[_Entry] = []
        self._codes: dict[int, str] = {}
        self._indexes: list[int] = []

    def read(self, records: Records) -> None:
        """All records of it."""
        for kind, bodies in records.since(0):
            if kind == _EOF:
                break
            if kind == _FILEPASS:
                raise ProtectedFile(
                    "文件有密码保护。", place=self._name, remedy="请在 Excel 或 WPS 中取消密码后重新保存。"
                )
            self._take(kind, bodies)
        self.book.formats.codes = [self._codes.get(index) or BUILT_IN.get(index) for index in self._indexes]

    def _take(self, kind: int, bodies: list[bytes]) -> None:
        book, body = self.book, bodies[0]
        if kind == _BOF:
            (book.version,) = struct.unpack_from("<H", body)
        elif kind == _CODEPAGE:
            book.encoding = encoding_of(struct.unpack_from("<H", body)[0])
        elif kind == _DATEMODE:
            book.formats.from_1904 = body[:2] != b"\0\0"
        elif kind == _BOUNDSHEET and body[5] == 0:
            offset, state = struct.unpack_from("<IB", body)
            self.entries.append(_Entry(book.text(bodies, 6, length=1), offset, bool(state & _HIDDEN)))
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body)
            self._codes[number] = book.text(bodies, 2, length=1 if book.version < _BIFF8 else 2)
        elif kind == _XF:
            self._indexes.append(struct.unpack_from("<H", body, 2)[0])
            book.formats.framed.append(_has_lines(body, book.version))
        elif kind == _SST:
            texts = Texts(bodies, _BEFORE_TEXTS, book.version, book.encoding)
            (count,) = struct.unpack_from("<I", body, 4)
            for _ in range(count):
                book.texts.append(texts.next())


def sheets_of(data: bytes, name: str) -> Iterator[SheetData]:
    """The sheets, in their order.

    Raises:
        DamagedFile: broken, cut off, or no workbook.
        ProtectedFile: it has a password.
        FileTooLarge: more cells than are read.
    """
    found = stream(data, "Workbook", "Book")
    if found is None:
        raise damaged(name)
    records = Records(found)
    contents = _Contents(name)
    allowance = Allowance(name)
    try:
        contents.read(records)
        for entry in contents.entries:
            sheet = SheetData(entry.name, is_hidden=entry.is_hidden)
            read_sheet(sheet, records.since(entry.offset), contents.book, allowance)
            yield sheet
    except (BrokenRecords, struct.error, IndexError) as error:
        raise damaged(name) from error


def _has_lines(body: bytes, version: int) -> bool:
    """Whether a cell format (XF) draws lines on two sides or more."""
    if version < _BIFF8:
        area, border = struct.unpack_from("<II", body, 8)
        sides = [area >> 22 & 7, border & 7, border >> 3 & 7, border >> 6 & 7]
    else:
        (border,) = struct.unpack_from("<H", body, 10)
        sides = [border >> shift & 15 for shift in (0, 4, 8, 12)]
    return sum(bool(side) for side in sides) > 1
