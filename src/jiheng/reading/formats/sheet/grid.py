"""A worksheet as paragraphs and tables: captions stand above their table, merged cells cover their columns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from jiheng.budget import Place
from jiheng.errors import FileTooLarge
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table
from jiheng.reading.formats.sheet.model import Allowance, Remark, SheetCell, SheetData

_MAX_COLUMNS: Final = 2_000
"""Columns that hold something; no form has so many."""
_SHORT: Final = 4
"""A lone text as short as this may be a label whose value is empty."""
_NUMBERED: Final = re.compile(r"^(?:附件|附表|附|表)\s*[\d一二三四五六七八九十]*\s*[:：]?$")
_REMARK: Final = re.compile(r"^(?:注|备注|说明)\s*[:：\d]")
_TITLE: Final = re.compile(r"表(?:[（(][^()（）]*[)）])?$|^(?:附件|附表|表)\s*[\d一二三四五六七八九十]+")
_DEFAULT_NAME: Final = re.compile(r"(?i)^(?:sheet|工作表)\s*\d*$")


def blocks_of(sheet: SheetData, number: int, allowance: Allowance) -> list[Block]:
    """The sheet's name as a heading, its captions and tables from top to bottom, then boxes and notes.

    Every place has the sheet, and row and column as the sheet counts them; columns that hold nothing are left out
    of the grid. What a merged range hides, and the name of an empty sheet, is furniture.

    Raises:
        FileTooLarge: the grid would be larger than is read.
    """
    is_named = bool(sheet.cells) and not _DEFAULT_NAME.match(sheet.name.strip())
    name = Paragraph(sheet.name, Place(sheet=sheet.name), "heading" if is_named else "furniture")
    grid = _Grid(sheet, number, allowance)
    found: list[Block] = [name, *_parted(grid)]
    place = Place(sheet=sheet.name, table=number)
    found += [Paragraph(text, place) for text in sheet.boxes]
    found += [Paragraph(text, Place(sheet=sheet.name), "furniture") for text in sheet.margins]
    found += [Paragraph(text, grid.place(row, column), "note") for row, column, text in sheet.notes]
    found += [
        Paragraph(cell.text, grid.place(cell.row, cell.column), "furniture") for cell in grid.hidden_under
    ]
    return found


class _Grid:
    """The rows of a sheet that hold something, merged ranges resolved."""

    def __init__(self, sheet: SheetData, number: int, allowance: Allowance) -> None:
        self._sheet, self._number, self._allowance = sheet, number, allowance
        self._texts = {(cell.row, cell.column): text for cell in sheet.cells if (text := cell.text.strip())}
        self._framed = {(cell.row, cell.column) for cell in sheet.cells if cell.is_framed}
        last_row = max((row for row, _ in self._texts), default=-1)
        last_column = max((column for _, column in self._texts), default=-1)
        # a range that covers nothing but blank columns adds none beyond the last one that is used
        clipped = [_clipped(one, last_row, last_column) for one in dict.fromkeys(sheet.merged)]
        merged = [one for one in clipped if one[0] <= one[2] and one[1] <= one[3]]
        edges = {one[1] for one in merged} | {one[3] + 1 for one in merged}
        used = {column for _, column in self._texts}
        self.columns = sorted(used | {edge for edge in edges if edge <= last_column})
        if len(self.columns) > _MAX_COLUMNS:
            raise FileTooLarge(
                f"超过 {_MAX_COLUMNS} 列。", place=f"工作表“{sheet.name}”", remedy="请删去无关的列后重试。"
            )
        self.hidden_under: list[SheetCell] = []
        self.numbers = sorted({row for row, _ in self._texts})
        self._origins: dict[int, list[tuple[int, int, int, bool]]] = {}
        ranges = self._apart(merged)
        # rows that hold nothing but covered texts are gone by now
        self.numbers = sorted({row for row, _ in self._texts})
        allowance.take(len(self.numbers) * len(self.columns))
        self.bridged: set[int] = set()
        self._resolve(ranges)

    def _apart(self, merged: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
        """The ranges that overlap no earlier one; texts that they cover are taken out of the grid.

        Ranges that overlap are an error of the writer: the first one holds. Only its first cell is seen.
        """
        taken: set[tuple[int, int]] = set()
        found = []
        for area in merged:
            top, left, bottom, right = area
            rows = self.numbers[bisect_left(self.numbers, top) : bisect_right(self.numbers, bottom)]
            columns = self.columns[bisect_left(self.columns, left) : bisect_right(self.columns, right)]
            self._allowance.take(len(rows) * len(columns))
            cells = [(row, column) for row in rows for column in columns]
            if not cells or not taken.isdisjoint(cells):
                continue
            taken.update(cells)
            found.append(area)
            for row, column in cells:
                if (row, column) != (top, left) and (text := self._texts.pop((row, column), "")):
                    self.hidden_under.append(SheetCell(row, column, text))
                    self._sheet.remark(Remark.COVERED, row, column)
        return found

    def _resolve(self, ranges: list[tuple[int, int, int, int]]) -> None:
        """For every row, the merged ranges over it: first column, width, height, and whether it begins here."""
        for top, left, bottom, right in ranges:
            start, end = bisect_left(self.numbers, top), bisect_right(self.numbers, bottom)
            first, stop = bisect_left(self.columns, left), bisect_right(self.columns, right)
            self.bridged.update(range(start + 1, end))
            for row in range(start, end):
                origin = (first, stop - first, end - start, row == start)
                self._origins.setdefault(self.numbers[row], []).append(origin)

    def place(self, row: int, column: int) -> Place:
        return Place(sheet=self._sheet.name, table=self._number, row=row + 1, column=column + 1)

    def row(self, number: int) -> Row:
        """The cells of sheet row ``number``."""
        over = {first: (span, rows, begins) for first, span, rows, begins in self._origins.get(number, ())}
        cells: list[Cell] = []
        index = 0
        while index < len(self.columns):
            span, rows, begins = over.get(index, (1, 1, True))
            column = self.columns[index]
            text = self._texts.get((number, column), "") if begins else ""
            cells.append(Cell(text, self.place(number, column), index, span, rows if begins else 1))
            index += span
        return Row(tuple(cells), Place(sheet=self._sheet.name, table=self._number, row=number + 1))

    def is_framed(self, cell: Cell) -> bool:
        """Whether there are border lines around the cell."""
        return ((cell.place.row or 0) - 1, (cell.place.column or 0) - 1) in self._framed

    def table(self, rows: list[Row]) -> Table:
        return Table(tuple(rows), Place(sheet=self._sheet.name, table=self._number))


def _clipped(area: tuple[int, int, int, int], last_row: int, last_column: int) -> tuple[int, int, int, int]:
    top, left, bottom, right = area
    return top, left, min(bottom, last_row), min(right, last_column)


def _parted(grid: _Grid) -> list[Block]:
    """Captions and tables: one table a sheet, but for a caption that opens another one."""
    rows = [grid.row(number) for number in grid.numbers]
    last_wide = max((index for index, row in enumerate(rows) if _is_wide(row)), default=-1)
    found: list[Block] = []
    body: list[Row] = []
    for index, row in enumerate(rows):
        gap = not body or (grid.numbers[index] - grid.numbers[index - 1] > 1 and index not in grid.bridged)
        filled = [cell for cell in row.cells if cell.text]
        cell = filled[0]
        if len(filled) > 1 or not _is_line(
            cell,
            len(grid.columns),
            is_first=not body,
            after_gap=gap,
            is_last=index > last_wide,
            is_framed=grid.is_framed(cell),
        ):
            body.append(row)
            continue
        if body:
            found.append(grid.table(body))
            body = []
        found.append(Paragraph(cell.text, cell.place))
    if body:
        found.append(grid.table(body))
    return found


def _is_line(
    cell: Cell, width: int, *, is_first: bool, after_gap: bool, is_last: bool, is_framed: bool
) -> bool:
    """Whether ``cell``, alone in its row, is a line of text: a caption above a table, or a remark below it.

    ``is_first``: no row of a table has been begun; ``after_gap``: a blank row is above; ``is_last``: only lines
    follow. Inside a table a line over the whole width parts it, unless it has border lines like the rows around it
    and does not name another table.
    """
    is_whole = cell.span == width
    if width < 2 or (cell.rows > 1 and not is_whole):
        return False  # a list, or a label with rows beside it
    is_long = len(cell.text) > _SHORT
    if is_first:
        return is_whole or is_long or any(form.search(cell.text) for form in (_NUMBERED, _TITLE))
    if is_whole and (after_gap or not is_framed):
        return True
    if is_last:
        return (after_gap and is_long) or (cell.column == 0 and _REMARK.match(cell.text) is not None)
    return (is_whole or after_gap) and _TITLE.search(cell.text) is not None


def _is_wide(row: Row) -> bool:
    return sum(cell.text != "" for cell in row.cells) > 1
