"""``read_fill_in``: from the bytes of a fill-in workbook to a document and its problems."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Final

import msgspec

from jiheng.budget import BudgetDocument, Place, Severity, exchange
from jiheng.budget.fill_in import (
    DATA_SHEET,
    MARK,
    SHEETS,
    SINGLES,
    SINGLES_SHEET,
    VALUE,
    Column,
    FillIn,
    Sheet,
    is_same,
    singles_of,
    unpack,
)
from jiheng.errors import DamagedFile, InvalidDocument
from jiheng.reading.blocks import Block, Paragraph
from jiheng.reading.fill_in.grid import Grid
from jiheng.reading.fill_in.items import Items, Taken
from jiheng.reading.fill_in.places import place_value
from jiheng.reading.fill_in.result import CellProblem, FilledIn
from jiheng.reading.fill_in.values import take
from jiheng.reading.formats.sheet.model import SheetData
from jiheng.reading.formats.sheets import sheets_in

_OURS: Final = frozenset(
    {"说明", "选项", "采购目录", DATA_SHEET, SINGLES_SHEET, *(sheet.title for sheet in SHEETS)}
)


def recognises(blocks: Iterable[Block]) -> bool:
    """Whether a workbook is a fill-in workbook of ours."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text == MARK:
                return True
        elif block.place.sheet == DATA_SHEET and block.rows and MARK in block.rows[0].texts:
            return True
    return False


def read_fill_in(data: bytes, name: str) -> FilledIn:
    """What was filled in, and every problem at its cell.

    What nobody touched is as it was in the base; what the workbook does not show is carried over from it.

    Raises:
        DamagedFile: no fill-in workbook of ours, or the hidden sheet is gone or was changed.
        ReadingError: it cannot be read at all, see ``reading.formats.sheets``.
    """
    sheets = {sheet.name: sheet for sheet in sheets_in(data, name)}
    fill_in = _payload(sheets.get(DATA_SHEET), name)
    return _Reader(fill_in, sheets).read()


def _payload(sheet: SheetData | None, name: str) -> FillIn:
    cells = sorted((cell.row, cell.text.strip()) for cell in sheet.cells if cell.column == 0) if sheet else []
    if not cells or cells[0][1] != MARK:
        raise DamagedFile(
            "这不是绩衡的填报表，或其中隐藏的数据页被删去了。",
            place=name,
            remedy="请用最初下发的填报表填写；其他文件请用 jiheng read 读取。",
        )
    try:
        return unpack([text for _, text in cells[1:]])
    except InvalidDocument as error:
        raise DamagedFile(error.message, place=name, remedy=error.remedy) from error


class _Reader:
    """One workbook being read."""

    def __init__(self, fill_in: FillIn, sheets: dict[str, SheetData]) -> None:
        self._fill_in = fill_in
        self._sheets = sheets
        self._base: dict[str, Any] = exchange.to_builtins([fill_in.document])[0]
        self._document = deepcopy(self._base)
        self._problems: list[CellProblem] = []

    def read(self) -> FilledIn:
        """The document, its base and the problems."""
        self._singles()
        items = Items(self._base, self._document, self._fill_in.unit, self._problems)
        for sheet in SHEETS:
            if sheet.title in self._fill_in.sheets and (grid := self._grid(sheet.title)) is not None:
                self._look_for_columns(sheet, grid)
                items.take(sheet, grid)
        self._others()
        for taken in items.lost:
            self._keep(taken)
        return FilledIn(
            document=msgspec.convert(self._document, BudgetDocument),
            base=self._fill_in.document,
            problems=self._problems,
            origins=items.origins,
            year=self._fill_in.year,
            department=self._fill_in.department,
            unit=self._fill_in.unit,
        )

    def _grid(self, title: str) -> Grid | None:
        sheet = self._sheets.get(title)
        grid = Grid.of(sheet) if sheet is not None else None
        if grid is None:
            what = "不见了" if sheet is None else "隐藏的第 2 行不见了，认不出各栏"
            self._problems.append(
                CellProblem(
                    place=Place(sheet=title),
                    message=f"工作表“{title}”{what}，其中的内容按原来的读取。",
                    remedy="请从最初下发的填报表中复制这张表，再填写一次。",
                )
            )
        return grid

    def _look_for_columns(self, sheet: Sheet, grid: Grid) -> None:
        gone = [column.heading for column in sheet.inputs if column.key not in grid.columns]
        if gone:
            self._problems.append(
                CellProblem(
                    place=Place(sheet=sheet.title),
                    message=f"工作表“{sheet.title}”缺少栏目：{'、'.join(gone)}，其中的内容按原来的读取。",
                    remedy="请用最初下发的填报表，不要删除整栏。",
                )
            )

    def _singles(self) -> None:
        grid = self._grid(SINGLES_SHEET) if SINGLES_SHEET in self._fill_in.sheets else None
        if grid is None or VALUE not in grid.columns:
            return
        written = {single.path: text for single, text in singles_of(self._base)}
        labels = {single.path: single for single in SINGLES}
        for row in grid.rows():
            single = labels.get(row.key)
            if single is None or single.path == "fiscal_year":
                continue
            text = row.texts.get(VALUE, "")
            place = grid.place(row.number, VALUE)
            if remark := (grid.remark(row.number, VALUE, text) if text else None):
                self._problems.append(remark)
            if not is_same(single.input, written[single.path], text):
                tell = Taken(self._problems, place, text).tell
                if not take(
                    self._document, Column(single.path, single.label, input=single.input), text, tell
                ):
                    self._keep((single.path.partition(".")[0], single.label, text))
            place_value(self._document, single.path, place)

    def _keep(self, taken: tuple[str, str, str]) -> None:
        """A text that no value can be, as a remark of the section that it was typed for."""
        section, label, text = taken
        remark = {"section": section, "text": f"填报表“{label}”：{text}"}
        self._document["remarks"] = [*self._document["remarks"], remark]

    def _others(self) -> None:
        """Sheets that somebody added."""
        for title, sheet in self._sheets.items():
            if title not in _OURS and sheet.cells:
                self._problems.append(
                    CellProblem(
                        place=Place(sheet=title),
                        message=f"工作表“{title}”不是填报表的一部分，其中的内容没有读入。",
                        remedy="需要报送的内容请填进填报表的各栏。",
                        severity=Severity.WARNING,
                    )
                )
