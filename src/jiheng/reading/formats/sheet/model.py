"""What a worksheet holds, whatever its format: texts at rows and columns, merged ranges, and remarks on them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from jiheng.errors import FileTooLarge

MAX_CELLS: Final = 400_000
"""Cells that hold something, in a workbook."""
_NAMED: Final = 5
"""Cells that a warning names one by one."""


class Remark(StrEnum):
    """What a person should know of a cell; the value is the sentence."""

    NO_RESULT = "的公式没有计算结果，未能读取；请用 Excel 或 WPS 打开后保存一次"
    FAILED = "的公式出错，错误代码照原样保留"
    ROUNDED = "存有比显示更多的小数，按显示的数读取"
    LONG = "是超过 15 位的数字，末几位可能已被表格软件改为 0，请与原件核对"
    COVERED = "被合并单元格遮住，其内容列在未读内容中"
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
    pictures: int = 0
    is_hidden: bool = False
    hidden_rows: list[int] = []
    hidden_columns: list[tuple[int, int]] = []
    remarks: dict[Remark, list[str]] = {}

    def remark(self, kind: Remark, row: int, column: int) -> None:
        """Say something of a cell."""
        self.remarks.setdefault(kind, []).append(reference(row, column))

    def warnings(self) -> list[str]:
        """The sheet's remarks as sentences."""
        where = f"工作表“{self.name}”"
        found = []
        if self.is_hidden and self.cells:
            found.append(f"{where}是隐藏的，也已读取，请核对是否应当公开。")
        used_rows = {cell.row for cell in self.cells}
        if rows := [row + 1 for row in self.hidden_rows if row in used_rows]:
            found.append(f"{where}隐藏了第 {_some([str(row) for row in rows])} 行，也已读取，请核对。")
        last = max((cell.column for cell in self.cells), default=-1)
        columns = [
            letters(column)
            for first, end in self.hidden_columns
            for column in range(first, min(end, last) + 1)
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


def letters(column: int) -> str:
    """The name of a column: 0 is "A", 26 is "AA"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def reference(row: int, column: int) -> str:
    """The name of a cell: (0, 0) is "A1"."""
    return f"{letters(column)}{row + 1}"


def _some(names: list[str]) -> str:
    """The first few names, and how many there are."""
    few = "、".join(names[:_NAMED])
    return few if len(names) <= _NAMED else f"{few} 等 {len(names)} 处"
