"""Excel files (.xlsx): every sheet as a heading and a table."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jiheng.budget import Place, plain
from jiheng.reading.blocks import Block, Blocks, Cell, Paragraph, Row, Table
from jiheng.reading.formats.container import damaged, open_zip


def read_sheets(data: bytes, name: str) -> Blocks:
    """The blocks of a workbook: values as a person sees them, merged cells at their first cell.

    Raises:
        DamagedFile, ProtectedFile, UnsupportedFormat, FileTooLarge: see ``container``.
    """
    open_zip(data, name)
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(sheet, workbook.get_sheet_by_name(sheet).to_python()) for sheet in workbook.sheet_names]
    except BaseException as error:
        # calamine's own errors, and the panics of its Rust code, which are no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise damaged(name) from error
    blocks: list[Block] = []
    for number, (sheet, values) in enumerate(sheets, 1):
        blocks.append(Paragraph(sheet, Place(sheet=sheet), "heading"))
        rows = tuple(_row(cells, sheet, number, row) for row, cells in enumerate(values, 1))
        if rows:
            blocks.append(Table(rows, Place(sheet=sheet, table=number)))
    return Blocks(tuple(blocks))


def _row(values: list[Any], sheet: str, table: int, number: int) -> Row:
    cells = tuple(
        Cell(_text(value), Place(sheet=sheet, table=table, row=number, column=column + 1), column)
        for column, value in enumerate(values)
    )
    return Row(cells, Place(sheet=sheet, table=table, row=number))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # the shortest decimal that is this number: 16.8, not 16.800000000000001
        return plain(Decimal(repr(value)).normalize() + 0)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != value.min.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
