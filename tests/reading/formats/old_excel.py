"""Writes small .xls files (BIFF8 in a compound file), to test the reading of what spreadsheets no longer write."""

from __future__ import annotations

import struct
from collections.abc import Iterable

_SECTOR = 512
_FREE, _END_OF_CHAIN, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of the stream."""
    return struct.pack("<HH", kind, len(body)) + body


def wide(text: str) -> bytes:
    """A string's flags (16-bit characters) and characters."""
    return b"\x01" + text.encode("utf-16-le")


class OldSheet:
    """One worksheet: records of its cells as they are added."""

    def __init__(self, name: str, *, state: int = 0) -> None:
        self.name, self.state = name, state
        self.records: list[bytes] = []

    def text(self, row: int, column: int, text: str, style: int = 0) -> None:
        """A text in the cell (LABEL)."""
        body = struct.pack("<HHHH", row, column, style, len(text)) + wide(text)
        self.records.append(record(0x204, body))

    def number(self, row: int, column: int, value: float, style: int = 0) -> None:
        """A number (NUMBER)."""
        self.records.append(record(0x203, struct.pack("<HHHd", row, column, style, value)))

    def shared(self, row: int, column: int, number: int, style: int = 0) -> None:
        """One of the workbook's texts (LABELSST)."""
        self.records.append(record(0xFD, struct.pack("<HHHI", row, column, style, number)))

    def packed(self, row: int, column: int, values: Iterable[tuple[int, int]]) -> None:
        """Numbers beside one another (MULRK): style, RK."""
        cells = b"".join(struct.pack("<HI", style, rk) for style, rk in values)
        last = column + len(cells) // 6 - 1
        self.records.append(record(0xBD, struct.pack("<HH", row, column) + cells + struct.pack("<H", last)))

    def formula(self, row: int, column: int, result: bytes, style: int = 0) -> None:
        """A formula with its eight bytes of result (FORMULA)."""
        body = (
            struct.pack("<HHH", row, column, style) + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00"
        )
        self.records.append(record(0x06, body))

    def result(self, text: str) -> None:
        """The text that the formula before gave (STRING)."""
        self.records.append(record(0x207, struct.pack("<H", len(text)) + wide(text)))

    def merge(self, top: int, bottom: int, left: int, right: int) -> None:
        """A merged range (MERGEDCELLS)."""
        self.records.append(record(0xE5, struct.pack("<5H", 1, top, bottom, left, right)))

    def footer(self, text: str) -> None:
        """What stands below every page (FOOTER)."""
        self.records.append(record(0x15, struct.pack("<H", len(text)) + wide(text)))

    def hide_row(self, row: int) -> None:
        """A hidden row (ROW)."""
        self.records.append(record(0x208, struct.pack("<6HHH", row, 0, 5, 255, 0, 0, 0x20, 0)))

    def hide_column(self, column: int) -> None:
        """A hidden column (COLINFO)."""
        self.records.append(record(0x7D, struct.pack("<6H", column, column, 2048, 0, 1, 0)))

    def note(self, row: int, column: int, text: str) -> None:
        """A note: object, text, and the cell that it is pinned to (OBJ, TXO, CONTINUE, NOTE)."""
        self.records += [
            record(0x5D, struct.pack("<HHHHH", 0x15, 0x12, 0x19, 1, 0) + bytes(12) + bytes(4)),
            record(0x1B6, struct.pack("<HHIHHHI", 0, 0, 0, 0, len(text), 0, 0)),
            record(0x3C, wide(text)),
            record(0x1C, struct.pack("<4H", row, column, 0, 1) + b"\x00\x00\x00\x00"),
        ]


def old_excel(
    sheets: list[OldSheet], formats: Iterable[str] = (), *, is_encrypted: bool = False, texts: bytes = b""
) -> bytes:
    """A workbook. Cell format 0 is General; 1, 2 … have ``formats`` and lines on every side.

    ``texts``: records of the texts that cells share (SST, CONTINUE).
    """
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    codes = list(formats)
    head = begin + (record(0x2F, struct.pack("<H", 1) + bytes(52)) if is_encrypted else b"")
    head += record(0x42, struct.pack("<H", 1200))
    for number, code in enumerate(codes, 164):
        head += record(0x41E, struct.pack("<HH", number, len(code)) + wide(code))
    head += texts + record(0xE0, bytes(20))
    for number in range(164, 164 + len(codes)):
        head += record(0xE0, struct.pack("<HH", 0, number) + bytes(6) + struct.pack("<H", 0x1111) + bytes(8))
    bounds = [
        struct.pack("<BB", sheet.state, 0) + struct.pack("<B", len(sheet.name)) + wide(sheet.name)
        for sheet in sheets
    ]
    offset = len(head) + sum(len(bound) + 8 for bound in bounds) + len(record(0x0A))
    inside = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    bodies = [inside + b"".join(sheet.records) + record(0x0A) for sheet in sheets]
    for bound, body in zip(bounds, bodies, strict=True):
        head += record(0x85, struct.pack("<I", offset) + bound)
        offset += len(body)
    return compound("Workbook", head + record(0x0A) + b"".join(bodies))


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream, which is long enough to have sectors of its own."""
    stream = stream.ljust(4096, b"\0")
    sectors = [stream[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(stream), _SECTOR)]
    count = len(sectors)
    directory = (
        _entry("Root Entry", 5, _END_OF_CHAIN, 0, child=1)
        + _entry(name, 2, 0, len(stream))
        + _entry("", 0, 0, 0) * 2
    )
    fat = [*range(1, count), _END_OF_CHAIN, _END_OF_CHAIN]
    tables = -(-(len(fat) + 1) // (_SECTOR // 4 - 1))
    fat += [_FAT] * tables
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<9I", 0, tables, count, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    places = [count + 1 + index for index in range(tables)]
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return header + b"".join(sectors) + directory + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") if name else bytes(64)
    length = len(name) * 2 + 2 if name else 0
    body = struct.pack("<HBB", length, kind, 1) + struct.pack("<3I", _FREE, _FREE, child) + bytes(36)
    return text + body + struct.pack("<IQ", start, size)


def older_excel(
    cells: list[tuple[int, int, str]], *, code_page: int = 936, encoding: str = "gb18030"
) -> bytes:
    """A workbook of Excel 95: one sheet of texts, and a note on its first cell, in the encoding of its system."""
    name = "支出表".encode(encoding)
    begin = record(0x809, struct.pack("<4H", 0x500, 5, 0, 0)) + record(0x42, struct.pack("<H", code_page))
    begin += record(0x41E, struct.pack("<H", 164) + bytes([7]) + b"#,##0.0") + record(0xE0, bytes(16))
    begin += record(0xE0, struct.pack("<HH", 0, 164) + bytes(8) + struct.pack("<I", 0o111))
    offset = len(begin) + len(name) + 11 + 4
    begin += record(0x85, struct.pack("<IBB", offset, 0, 0) + bytes([len(name)]) + name) + record(0x0A)
    sheet = record(0x809, struct.pack("<4H", 0x500, 0x10, 0, 0))
    for row, column, text in cells:
        body = text.encode(encoding)
        sheet += record(0x204, struct.pack("<4H", row, column, 0, len(body)) + body)
    sheet += record(0x203, struct.pack("<HHHd", 9, 0, 1, 12.25))
    note = "注意核".encode(encoding)
    sheet += record(0x1C, struct.pack("<3H", 0, 0, len(note) + 2) + note)
    sheet += record(0x1C, struct.pack("<3H", 0xFFFF, 0, 2) + "算".encode(encoding))
    return compound("Book", begin + sheet + record(0x0A))
