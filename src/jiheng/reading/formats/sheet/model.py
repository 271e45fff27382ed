"""What a worksheet holds, whatever its format: texts at rows and columns, merged ranges, and remarks on them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

from jiheng.budget import workbook
from jiheng.budget.workbook import letters
from jiheng.errors import FileTooLarge

MAX_CELLS: Final = 400_000
"""Cells that hold something, in a workbook."""
MAX_STRINGS: Final = 1_000_000
"""Texts that a workbook keeps once for all its cells."""
_MAX_CHARACTERS: Final = 20_000_000
"""Of all cells: a text that thousands of cells share is counted in each."""
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384
"""What spreadsheets can hold."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_PARTS: Final = re.compile(r"(?<!&)&[LCR]")
_LOOKS: Final = re.compile(r'&&|第?\s*&P\s*页?|共?\s*&N\s*页?|&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-JM-QS-Z]')
_NAMED: Final = 5
"""Cells that a warning names one by one."""


class Remark(StrEnum):
    """What a person should know of a cell; the value is the sentence."""

    NO_RESULT = "的公式没有计算结果，公式照原样保留；请用 Excel 或 WPS 打开后保存一次"
    FAILED = "的公式出错，错误代码照原样保留"
    ROUNDED = "存有比显示更多的小数，按显示的数读取"
    LONG = "是超过 15 位的数字，末几位可能已被表格软件改为 0，请与原件核对"
    COVERED = "被合并单元格遮住，其内容列在未读内容中"
    REPLACED = "的数被单元格格式显示成文字，已照显示的文字读取，请核对"
    INVISIBLE = "有内容但单元格格式使其不显示，已照存储的内容读取"


class SheetCell(msgspec.Struct, frozen=True):
    """A cell that holds something; rows and columns count from 0."""

    row: int
    column: int
    text: str
    is_framed: bool = False
    """It has border lines, as cells of a table do and captions do not; ``False`` where not known."""


class SheetData(msgspec.Struct):
    """One worksheet. ``merged``: first row, first column, last row, last column; ``notes``: row, column, text."""

    name: str
    cells: list[SheetCell] = []
    merged: list[tuple[int, int, int, int]] = []
    notes: list[tuple[int, int, str]] = []
    boxes: list[str] = []
    """Texts of boxes that float over the sheet."""
    margins: list[str] = []
    """Texts of page headers and footers."""
    pictures: int = 0
    is_hidden: bool = False
    hidden_rows: set[int] = set()
    remarks: dict[Remark, list[str]] = {}
    _hidden_columns: set[int] = set()

    def add(self, row: int, column: int, text: str, allowance: Allowance, *, is_framed: bool = False) -> None:
        """Put a text into a cell; none is no cell. Line ends become "\\n", control characters are left out.

        Raises:
            FileTooLarge: more than is read, or beyond what a sheet can have.
        """
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _CONTROLS.sub("", text)
        if text:
            allowance.take_cell(row, column, text)
            self.cells.append(SheetCell(row, column, text, is_framed))

    def merge(self, area: tuple[int, int, int, int], allowance: Allowance) -> None:
        """A merged range: first row, first column, last row, last column."""
        allowance.take()
        self.merged.append(area)

    def add_margin(self, code: str) -> None:
        """A page header or footer: its words, without page numbers and the signs that say how they look."""
        for part in _PARTS.split(code):
            text = _LOOKS.sub(lambda match: "&" if match[0] == "&&" else "", part).strip()
            if re.search(r"\w", text) and text not in self.margins:
                self.margins.append(text)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that are not shown, the last one included."""
        self._hidden_columns.update(range(first, min(last + 1, _MAX_COLUMNS)))

    def remark(self, kind: Remark, row: int, column: int) -> None:
        """Say something of a cell."""
        self.remarks.setdefault(kind, []).append(reference(row, column))

    def warnings(self) -> list[str]:
        """The sheet's remarks as sentences."""
        where = f"工作表“{self.name}”"
        found = []
        if self.is_hidden and self.cells:
            found.append(f"{where}是隐藏的，也已读取，请核对是否应当公开。")
        # a workbook of ours hides its row of keys and the column below the first of them
        keys = {cell.row for cell in self.cells if cell.column == 0 and cell.text == workbook.PATH}
        used_rows = {cell.row for cell in self.cells}
        if rows := [str(row + 1) for row in sorted(self.hidden_rows & used_rows - keys)]:
            found.append(f"{where}隐藏了第 {_some(rows)} 行，也已读取，请核对。")
        last = max((cell.column for cell in self.cells), default=-1)
        columns = [
            letters(column)
            for column in sorted(self._hidden_columns)
            if column <= last and (column or not keys)
        ]
        if columns:
            found.append(f"{where}隐藏了第 {_some(columns)} 列，也已读取，请核对。")
        found += [f"{where}单元格 {_some(cells)} {kind.value}。" for kind, cells in self.remarks.items()]
        if self.pictures:
            found.append(f"{where}中有 {self.pictures} 张图片，图片里的文字没有读取；请另存图片后单独上传。")
        return found


class Allowance:
    """How many more cells a workbook may have."""

    def __init__(self, name: str, cells: int = MAX_CELLS) -> None:
        self._name, self._cells, self._left = name, cells, cells
        self._characters = _MAX_CHARACTERS

    def take_cell(self, row: int, column: int, text: str) -> None:
        """Count a cell and its text.

        Raises:
            FileTooLarge: it is more than is read, or stands where no sheet has cells.
        """
        self.take()
        self._characters -= len(text)
        if self._characters < 0 or row >= _MAX_ROWS or column >= _MAX_COLUMNS:
            what = "中的文字过多" if self._characters < 0 else "有单元格超出了行列的上限"
            raise FileTooLarge(
                f"工作簿{what}。", place=self._name, remedy="请删去无关的工作表、行和列后重试。"
            )

    def take(self, cells: int = 1) -> None:
        """Count cells.

        Raises:
            FileTooLarge: there are more than are read.
        """
        self._left -= cells
        if self._left < 0:
            raise FileTooLarge(
                f"工作簿超过 {self._cells} 个单元格。",
                place=self._name,
                remedy="请删去无关的工作表、行和列后重试。",
            )


def reference(row: int, column: int) -> str:
    """The name of a cell: (0, 0) is "A1"."""
    return f"{letters(column)}{row + 1}"


def _some(names: list[str]) -> str:
    """The first few names, and how many there are."""
    few = "、".join(names[:_NAMED])
    return few if len(names) <= _NAMED else f"{few} 等 {len(names)} 处"
