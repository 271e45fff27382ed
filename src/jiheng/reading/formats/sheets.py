"""Workbooks (.xlsx .xlsm .xls .et .ods .xlsb): every sheet as a heading and tables, values as a person sees them."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from jiheng.budget import Place, is_blank, plain
from jiheng.errors import FileTooLarge, ProtectedFile
from jiheng.reading.blocks import Block, Blocks, Cell, Paragraph, Row, Table
from jiheng.reading.formats.container import damaged, open_zip
from jiheng.reading.formats.sheet.xlsx import MAX_CELLS, SheetCell, SheetData, sheets_of

_MAX_COLUMNS: Final = 2_000
"""Columns that hold something; a form has no more."""


def read_sheets(data: bytes, name: str) -> Blocks:
    """The blocks of a workbook.

    A merged range is its first cell, with span and rows; the cells that it covers are present and empty below it. A
    row that is one merged cell over the width of the sheet, above a table, is a paragraph: its title, or 单位：万元.

    Raises:
        DamagedFile, ProtectedFile, FileTooLarge: see ``container`` and ``xlsx``.
    """
    blocks: list[Block] = []
    warnings: list[str] = []
    for number, sheet in enumerate(_sheets(data, name), 1):
        blocks.append(Paragraph(sheet.name, Place(sheet=sheet.name), "heading"))
        blocks += _SheetBlocks(sheet, number).blocks()
        warnings += sheet.warnings
    return Blocks(tuple(blocks), warnings=tuple(dict.fromkeys(warnings)))


def _sheets(data: bytes, name: str) -> Iterator[SheetData]:
    if data.startswith(b"PK"):
        container = open_zip(data, name)
        if "xl/workbook.xml" in container:
            yield from sheets_of(container, name)
            return
    yield from _others(data, name)


def _others(data: bytes, name: str) -> Iterator[SheetData]:
    """Sheets of the formats that calamine reads: .xls .et .xlsb .ods."""
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(title)
            rows = sheet.to_python(skip_empty_area=False)
            merged = [(*first, *last) for first, last in (sheet.merged_cell_ranges or [])]
            cells = [
                SheetCell(row, column, text)
                for row, values in enumerate(rows)
                for column, value in enumerate(values)
                if (text := _text(value))
            ]
            if len(cells) > MAX_CELLS:
                raise FileTooLarge(
                    f"工作簿超过 {MAX_CELLS} 个单元格。", place=name, remedy="请删去无关的工作表后重试。"
                )
            yield SheetData(title, cells, merged)
    except FileTooLarge:
        raise
    except BaseException as error:
        # calamine's own errors, and the panics of its Rust code, which are no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit)):
            raise
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise ProtectedFile(
                "文件有密码保护。", place=name, remedy="请在 Excel 或 WPS 中取消密码后重新保存。"
            ) from error
        raise damaged(name) from error


class _SheetBlocks:
    """One sheet as paragraphs and tables."""

    def __init__(self, sheet: SheetData, number: int) -> None:
        self._sheet, self._number = sheet, number
        self._texts = {(cell.row, cell.column): cell.text.replace("\r\n", "\n") for cell in sheet.cells}
        self._covered: dict[tuple[int, int], tuple[int, int]] = {}
        self._spans: dict[tuple[int, int], tuple[int, int]] = {}
        used = {(cell.row, cell.column) for cell in sheet.cells}
        last = max((row for row, _ in used), default=-1)
        self._columns = sorted({column for _, column in used} | self._merged_columns(last))[:_MAX_COLUMNS]

    def _merged_columns(self, last: int) -> set[int]:
        """The columns that merged ranges begin at; marks what each covers."""
        columns: set[int] = set()
        for top, left, bottom, right in self._sheet.merged:
            if top > last or right - left > _MAX_COLUMNS:
                continue
            foot = min(bottom, last)
            self._spans[(top, left)] = (foot - top + 1, right - left + 1)
            columns.update(range(left, right + 1))
            for row in range(top, foot + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        self._covered[(row, column)] = (top, left)
        return columns

    def blocks(self) -> list[Block]:
        """Notes first, then captions and tables from top to bottom."""
        found: list[Block] = []
        rows: list[Row] = []
        for number in sorted({row for row, _ in self._texts}):
            row = self._row(number)
            caption = self._caption(row, rows)
            if caption is not None:
                if rows:
                    found.append(self._table(rows))
                    rows = []
                found.append(caption)
            else:
                rows.append(row)
        if rows:
            found.append(self._table(rows))
        for at, column, text in self._sheet.notes:
            found.append(Paragraph(text, self._place(at, column), "note"))
        return found

    def _table(self, rows: list[Row]) -> Table:
        return Table(tuple(rows), Place(sheet=self._sheet.name, table=self._number))

    def _place(self, row: int, column: int) -> Place:
        return Place(sheet=self._sheet.name, table=self._number, row=row + 1, column=column + 1)

    def _row(self, number: int) -> Row:
        cells: list[Cell] = []
        position = 0
        while position < len(self._columns):
            column = self._columns[position]
            origin = self._covered.get((number, column))
            height, width = self._spans.get(origin or (number, column), (1, 1))
            if origin is not None and origin[1] != column:
                position += 1  # covered from the left
                continue
            text = self._texts.get((number, column), "") if origin is None else ""
            span = bisect_right(self._columns, column + width - 1) - position
            cells.append(
                Cell(
                    text.strip(),
                    self._place(number, column),
                    position,
                    max(1, span),
                    height if origin is None else 1,
                )
            )
            position += max(1, span)
        return Row(tuple(cells), Place(sheet=self._sheet.name, table=self._number, row=number + 1))

    def _caption(self, row: Row, before: list[Row]) -> Paragraph | None:
        """``row`` as a paragraph when it is a line over the whole width, with no open merged cell above it."""
        filled = [cell for cell in row.cells if not is_blank(cell.text)]
        if len(filled) != 1 or len(self._columns) < 2:
            return None
        cell = filled[0]
        is_whole = cell.span == len(self._columns) and len(row.cells) == 1
        is_above = not before and cell.rows == 1
        return Paragraph(cell.text, cell.place) if is_whole or (is_above and len(cell.text) > 4) else None


def _text(value: Any) -> str:
    """A value of calamine's as a person sees it, the number's format aside."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # the shortest decimal that is this number: 16.8, not 16.800000000000001
        return plain(Decimal(repr(value)).normalize() + 0)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != value.min.time() else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
