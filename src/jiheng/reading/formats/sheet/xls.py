"""Old workbooks (.xls, .et): texts by calamine, numbers as their formats show them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from jiheng.budget import plain
from jiheng.errors import FileTooLarge, ProtectedFile
from jiheng.reading.formats.container import damaged
from jiheng.reading.formats.sheet.biff import OldBook, OldSheet, read_book
from jiheng.reading.formats.sheet.compound import stream
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetCell, SheetData
from jiheng.reading.formats.sheet.xlsx import noted

_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_MAX_AREA: Final = 4_000_000
"""From the first cell to the last: calamine keeps the blank ones between them too."""


def sheets_of(data: bytes, name: str) -> Iterator[SheetData]:
    """The sheets, in their order.

    Raises:
        DamagedFile: broken, or no workbook.
        ProtectedFile: it has a password.
        FileTooLarge: more cells than are read.
    """
    records = stream(data, "Workbook", "Book")
    if records is None and data.startswith(_COMPOUND):
        raise damaged(name)  # calamine would believe what such a file says of its own size
    book = read_book(records) if records else OldBook()
    if book.is_encrypted:
        raise _protected(name)
    if any(sheet.rows * sheet.columns > _MAX_AREA for sheet in book.sheets.values()):
        raise FileTooLarge(
            "工作表的范围过大。", place=name, remedy="请删去末尾远处的单元格，只留下表格后重新保存。"
        )
    allowance = Allowance(name)
    for title, start, rows in _values(data, name):
        old = book.sheets.get(title)
        sheet = _known(old) if old else SheetData(title)
        for row, values in enumerate(rows, start[0]):
            for column, value in enumerate(values, start[1]):
                if text := _text(sheet, book, old, (row, column), value):
                    allowance.take()
                    style = old.styles.get((row, column), -1) if old else -1
                    is_framed = 0 <= style < len(book.framed) and book.framed[style]
                    sheet.cells.append(SheetCell(row, column, text, is_framed))
        yield sheet


def _values(data: bytes, name: str) -> Iterator[tuple[str, tuple[int, int], list[list[Any]]]]:
    """Every worksheet's name, first row and column, and values."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in workbook.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(meta.name)
                yield meta.name, sheet.start or (0, 0), sheet.to_python(skip_empty_area=True)
    except PasswordError as error:
        raise _protected(name) from error
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException as error:
        # calamine's own errors, and the panics of its Rust code, which are no Exception
        raise damaged(name) from error


def _known(old: OldSheet) -> SheetData:
    return SheetData(
        old.name,
        merged=old.merged,
        notes=old.notes,
        boxes=old.boxes,
        pictures=old.pictures,
        is_hidden=old.is_hidden,
        hidden_rows=old.hidden_rows,
        hidden_columns=old.hidden_columns,
    )


def _text(sheet: SheetData, book: OldBook, old: OldSheet | None, at: tuple[int, int], value: Any) -> str:
    """The cell as it is shown; where the records do not tell, calamine's value in its shortest form."""
    if old is not None:
        if at in old.failed:
            sheet.remark(Remark.FAILED, *at)
            return old.failed[at]
        number, style = old.numbers.get(at, (math.nan, 0))
        if math.isfinite(number):
            code = book.formats[style] if style < len(book.formats) else None
            return noted(sheet, *at, repr(number), code, from_1904=book.from_1904)
    return _plainly(value)


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return plain(Decimal(repr(value)).normalize() + 0)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != value.min.time() else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _protected(name: str) -> ProtectedFile:
    return ProtectedFile("文件有密码保护。", place=name, remedy="请在 Excel 或 WPS 中取消密码后重新保存。")
