"""Binary workbooks (.xlsb), straight from their records, which are described in [MS-XLSB] 2.4."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from jiheng.reading.formats.container import Container, damaged
from jiheng.reading.formats.sheet.biff import unpacked
from jiheng.reading.formats.sheet.drawings import relations, take_drawings
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetCell, SheetData
from jiheng.reading.formats.sheet.number_format import BUILT_IN
from jiheng.reading.formats.sheet.xlsx import noted

_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_STRING, _FORMAT, _STYLE, _COLUMNS, _BOOK, _SHEET, _MERGED = 19, 44, 47, 60, 153, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def sheets_of(container: Container, name: str) -> Iterator[SheetData]:
    """The worksheets, in their order.

    Raises:
        DamagedFile: a part is missing or broken.
        FileTooLarge: more cells than are read.
    """
    try:
        yield from _sheets(container, name)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise damaged(name) from error


def _sheets(container: Container, name: str) -> Iterator[SheetData]:
    targets = relations(container, "xl/workbook.bin")
    shared = [
        _string(body, 1)[0] for kind, body in _part(container, "xl/sharedStrings.bin") if kind == _STRING
    ]
    formats = _formats(container)
    allowance = Allowance(name)
    from_1904 = False
    for kind, body in _part(container, "xl/workbook.bin"):
        if kind == _BOOK:
            from_1904 = bool(body[0] & 1)
        if kind != _SHEET:
            continue
        relation, end = _string(body, 8)
        _, part = targets.get(relation, ("", ""))
        if "/worksheets/" not in part:
            continue  # a chart or a macro sheet
        sheet = SheetData(_string(body, end)[0], is_hidden=struct.unpack_from("<I", body)[0] != 0)
        _Reader(sheet, shared, formats, allowance, from_1904=from_1904).read(_part(container, part))
        take_drawings(sheet, container, part)
        yield sheet


class _Reader:
    """Takes in one worksheet, record by record."""

    def __init__(
        self,
        sheet: SheetData,
        shared: list[str],
        formats: list[str | None],
        allowance: Allowance,
        *,
        from_1904: bool,
    ) -> None:
        self._sheet, self._shared, self._formats = sheet, shared, formats
        self._allowance, self._from_1904 = allowance, from_1904
        self._row = 0

    def read(self, records: Iterator[tuple[int, bytes]]) -> None:
        """All records of the sheet."""
        for kind, body in records:
            if kind == _ROW:
                (self._row,) = struct.unpack_from("<I", body)
            elif _RK <= kind <= _FORMULA_ERROR:
                column, style = struct.unpack_from("<II", body)
                if text := self._text(kind, body, column, style & 0xFFFFFF):
                    self._allowance.take()
                    self._sheet.cells.append(SheetCell(self._row, column, text))
            elif kind == _MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                self._sheet.merged.append((top, left, bottom, right))
            elif kind == _COLUMNS:
                first, last, _, _, flags = struct.unpack_from("<4IH", body)
                if flags & 1:
                    self._sheet.hidden_columns.append((first, last))

    def _text(self, kind: int, body: bytes, column: int, style: int) -> str:
        if kind in (_RK, _REAL, _FORMULA_REAL):
            number = (
                unpacked(struct.unpack_from("<I", body, 8)[0])
                if kind == _RK
                else struct.unpack_from("<d", body, 8)[0]
            )
            code = self._formats[style] if style < len(self._formats) else None
            return noted(self._sheet, self._row, column, repr(number), code, from_1904=self._from_1904)
        if kind in (_TEXT, _FORMULA_TEXT):
            return _string(body, 8)[0]
        if kind == _SHARED:
            (index,) = struct.unpack_from("<I", body, 8)
            return self._shared[index] if index < len(self._shared) else ""
        if kind in (_BOOL, _FORMULA_BOOL):
            return "TRUE" if body[8] else "FALSE"
        self._sheet.remark(Remark.FAILED, self._row, column)
        return _ERRORS.get(body[8], "#N/A")


def _formats(container: Container) -> list[str | None]:
    """Format code by index of cell format."""
    codes: dict[int, str] = {}
    found: list[str | None] = []
    inside = False
    for kind, body in _part(container, "xl/styles.bin"):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _string(body, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            number = struct.unpack_from("<H", body, 2)[0]
            found.append(codes.get(number) or BUILT_IN.get(number))
    return found


def _part(container: Container, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part: type and length are written seven bits a byte."""
    if part not in container:
        return
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
        yield kind, data[offset : offset + length]
        offset += length


def _string(body: bytes, offset: int) -> tuple[str, int]:
    """A string with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", body, offset)
    start = offset + 4
    end = start + length * 2
    text = body[start:end].decode("utf-16-le")
    return text.replace("\r\n", "\n").replace("\r", "\n"), end
