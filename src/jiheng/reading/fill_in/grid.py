"""The cells of a sheet by the keys of their columns: columns and rows are found again wherever they were moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jiheng.budget import Place, Severity
from jiheng.budget.fill_in import HEADING, KEY, cell_text
from jiheng.budget.workbook import letters
from jiheng.reading.fill_in.result import CellProblem
from jiheng.reading.formats.sheet.model import Remark, SheetData

_REMARKS: Mapping[Remark, tuple[str, str, Severity]] = {
    Remark.NO_RESULT: ("这一格是没有计算结果的公式", "请用 Excel 或 WPS 打开并保存一次，或直接填写数值。", Severity.ERROR),
    Remark.FAILED: ("这一格的公式出错", "请直接填写数值。", Severity.ERROR),
    Remark.ROUNDED: ("这一格存有比显示更多的小数，按显示的数读取", "请核对，或填写保留两位小数的数。", Severity.WARNING),
    Remark.LONG: ("这一格是超过 15 位的数字，末几位可能已被表格软件改为 0", "请先把格式设为文本，再重新填写。", Severity.ERROR),
    Remark.COVERED: ("这一格被合并单元格遮住，看不到它的内容", "请取消合并单元格后核对。", Severity.WARNING),
    Remark.REPLACED: ("这一格的数被单元格格式显示成文字，按显示的文字读取", "请核对，并用“选择性粘贴—数值”重新填写。", Severity.WARNING),
    Remark.INVISIBLE: ("这一格有内容但看不见", "请核对或清空。", Severity.WARNING),
}  # fmt: skip


class GridRow(NamedTuple):
    """A row below the keys: its number counted from 1, its key, and the text of each column by key."""

    number: int
    key: str
    texts: dict[str, str]
    aside: dict[int, str]
    """Texts in columns that are not of the workbook, by number of the column counted from 1."""


class Grid:
    """A sheet with its row of keys; ``columns`` are the numbers of the columns by key, counted from 0."""

    def __init__(self, sheet: SheetData, columns: dict[str, int], first: int) -> None:
        self.title = sheet.name
        self.columns = columns
        self._first = first
        self._sheet = sheet
        self._remarks = {cell: kind for kind, cells in sheet.remarks.items() for cell in cells}

    @classmethod
    def of(cls, sheet: SheetData) -> Grid | None:
        """The grid of a sheet; ``None`` without a row of keys."""
        texts: dict[int, dict[int, str]] = {}
        for cell in sheet.cells:
            texts.setdefault(cell.row, {})[cell.column] = cell.text
        for row, cells in sorted(texts.items()):
            if KEY in cells.values():
                return cls(sheet, {text.strip(): column for column, text in cells.items()}, row + 1)
        return None

    def rows(self) -> Iterator[GridRow]:
        """Every row below the keys that holds something, from top to bottom."""
        names = {column: key for key, column in self.columns.items()}
        rows: dict[int, dict[int, str]] = {}
        for cell in self._sheet.cells:
            if cell.row >= self._first and (text := cell_text(cell.text)):
                rows.setdefault(cell.row, {})[cell.column] = text
        for row, cells in sorted(rows.items()):
            texts = {names[column]: text for column, text in cells.items() if column in names}
            aside = {column + 1: text for column, text in cells.items() if column not in names}
            key = texts.pop(KEY, "")
            if key != HEADING:
                yield GridRow(row + 1, key, texts, aside)

    def place(self, row: int, key: str = "") -> Place:
        """The cell of a column in a row counted from 1; the row alone without a key."""
        column = self.columns.get(key)
        return Place(sheet=self.title, row=row, column=None if column is None else column + 1)

    def problem(self, row: int, key: str, message: str, remedy: str, text: str = "") -> CellProblem:
        """Something that was not taken in."""
        return CellProblem(place=self.place(row, key), message=message, remedy=remedy, text=text)

    def remark(self, row: int, key: str, text: str) -> CellProblem | None:
        """What the spreadsheet itself has to say of a cell."""
        place = self.place(row, key)
        kind = self._remarks.get(f"{letters((place.column or 1) - 1)}{row}")
        if kind is None:
            return None
        message, remedy, severity = _REMARKS[kind]
        return CellProblem(place=place, message=f"{message}。", remedy=remedy, severity=severity, text=text)
