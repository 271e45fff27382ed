"""The rows of a disclosure table, each side of a row for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.budget import Place, TableColumn, TableRow, is_blank, normalise, replace, tidy
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.disclosure_tables.heads import DASHES, TOTALS, Column, Side, is_figure
from jiheng.reading.layouts.disclosure_tables.keys import column_keys
from jiheng.reading.layouts.ledger import Ledger

_HEADS: Final = re.compile(r"[类款项目]{1,4}|栏次")
_GLUED: Final = re.compile(
    r"^[\[(【]?([235]\d{2}(?:\d{2}){0,2})[\])】]?[-—–_、.\s]*([\u4e00-\u9fff].*)$", re.DOTALL
)
"""A code and its name in one cell: "2130314防汛", "[301]工资福利支出", "208-社会保障和就业支出"."""
_MEASURE: Final = re.compile(r"^[年月日万亿元个台套辆人户名次批件项处座条吨亩]")
_MARKED: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]|其中|本年|收入|支出|合计|总计|年[初末]|上年|结转|使用)"
)


class _Entry(msgspec.Struct):
    """One side of a row while it is read."""

    values: list[str | None]
    name: str | None = None
    codes: list[str] = []
    unit: str | None = None
    attributes: dict[str, str] = {}
    cells: dict[str, Place] = {}

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return not (self.name or self.codes or self.unit or self.attributes or any(self.values))


class RowReader:
    """Reads the body of one table. ``is_final``: of final accounts."""

    def __init__(self, sides: list[Side], ledger: Ledger, *, is_final: bool) -> None:
        self._sides, self._ledger = sides, ledger
        self._index: dict[int, int] = {}
        self._last: dict[int, int] = {}
        self._merged: dict[int, tuple[Cell, int]] = {}
        self.rows: list[TableRow] = []
        self.columns = self._columns(is_final)

    def _columns(self, is_final: bool) -> list[TableColumn]:
        """The columns of figures; the sides of a table share those with the same heading."""
        paths: list[list[str]] = []
        for side in self._sides:
            own = len(paths)
            for column in side.columns:
                if column.role != "figure":
                    continue
                if column.path in paths[:own]:
                    self._index[column.at] = paths.index(column.path)
                else:
                    paths.append(column.path)
                    self._index[column.at] = len(paths) - 1
        keys = column_keys(paths, is_final=is_final)
        return [TableColumn(key, "/".join(path)) for key, path in zip(keys, paths, strict=True)]

    def read(self, body: Sequence[Row], head: Sequence[Row]) -> None:
        """Take in every row; heads that are printed again are furniture."""
        words = {self._words(row) for row in head}
        for row in body:
            if row.is_blank:
                self._carry(row)
                continue
            if self._words(row) in words:
                self._ledger.furnish("表头", row)
                continue
            self._carry(row)
            for number, side in enumerate(self._sides):
                self._side(row, side, number)

    @staticmethod
    def _words(row: Row) -> tuple[str, ...]:
        return tuple(text for cell in row.cells if (text := normalise(cell.text)))

    def _carry(self, row: Row) -> None:
        """Note the cells that go on into the rows below, and forget those that end."""
        self._merged = {at: (cell, left - 1) for at, (cell, left) in self._merged.items() if left > 1}
        for cell in row.cells:
            if cell.rows > 1 and not is_blank(cell.text):
                for at in range(cell.column, cell.column + cell.span):
                    self._merged[at] = (cell, cell.rows)

    def _side(self, row: Row, side: Side, number: int) -> None:
        found = _Entry(values=[None] * len(self.columns))
        seen: list[Cell] = []
        for column in side.columns:
            cell = self._cell(row, column)
            if cell is None or is_blank(cell.text) or any(cell is other for other in seen):
                continue
            if number < len(self._sides) - 1 and cell.column + cell.span > side.end:
                continue  # it reaches into the next side and names what stands there
            seen.append(cell)
            self._place(cell, column, found)
        if found.is_empty:
            return
        _part_code(found)
        filled = [cell for cell in row.cells if not is_blank(cell.text)]
        if found.name and len(filled) == 1 and self._is_rest(found.name, number):
            return
        self._last[number] = len(self.rows)
        self.rows.append(
            TableRow(
                name=found.name,
                code=_joined(found.codes),
                side=side.name,
                unit=found.unit,
                attributes=found.attributes,
                values=found.values,
                place=row.place,
                cells=found.cells,
            )
        )

    def _cell(self, row: Row, column: Column) -> Cell | None:
        """The cell of ``column``; for words, the merged cell that comes down from the rows above."""
        cell = row.at(column.at)
        if column.role in ("name", "unit", "text") and (cell is None or is_blank(cell.text)):
            merged = self._merged.get(column.at)
            return merged[0] if merged is not None else cell
        return cell

    def _place(self, cell: Cell, column: Column, found: _Entry) -> None:
        plain = normalise(cell.text)
        text = "".join(cell.text.split("\n")).strip()
        if column.role == "order" or (column.role in ("code", "name") and _HEADS.fullmatch(plain)):
            self._ledger.furnish("序号或表头", cell)
            return
        if column.role == "figure" and DASHES.match(plain):
            self._ledger.furnish("空格记号", cell)
            return
        self._ledger.take(cell)
        if column.role == "figure":
            index = self._index[column.at]
            found.values[index] = figure_of(plain) if is_figure(plain) else tidy(cell.text)
            found.cells[f"values.{index}"] = cell.place
        elif column.role == "code" and re.fullmatch(r"[\dA-Za-z-]+", plain):
            found.codes.append(plain)
            found.cells.setdefault("code", cell.place)
        elif column.role == "unit":
            found.unit = text
            found.cells["unit"] = cell.place
        elif found.name is None and (column.role in ("code", "name") or plain in TOTALS):
            found.name = text
            found.cells["name"] = cell.place
        else:
            label = column.label or f"第{column.at + 1}列"
            found.attributes[label] = tidy(cell.text)
            found.cells[f"attributes.{label}"] = cell.place

    def _is_rest(self, name: str, number: int) -> bool:
        """Whether ``name`` is the end of the name in the row above, which its cell was too narrow for."""
        last = self._last.get(number)
        if last is None or len(name) > 8 or _MARKED.match(normalise(name)):
            return False
        before = self.rows[last]
        if before.name is None or len(before.name) < 8 or not _MARKED.match(normalise(before.name)):
            return False
        self.rows[last] = replace(before, name=before.name + name)
        return True


def _joined(parts: list[str]) -> str | None:
    """The code of 类, 款 and 项; a part below the class that lost its zero ("208 | 5 | 1") gets it back."""
    return "".join(part.zfill(2) if number else part for number, part in enumerate(parts)) or None


def _part_code(found: _Entry) -> None:
    """Takes the code off a name that begins with it."""
    match = _GLUED.match(found.name) if found.name and not found.codes else None
    if match is not None and not _MEASURE.match(match[2]):
        found.codes.append(match[1])
        found.name = match[2]
        found.cells["code"] = found.cells["name"]


def figure_of(plain: str) -> str:
    """The digits of a figure without separators; one in brackets is negative."""
    if plain.startswith("("):
        plain = f"-{plain.strip('()-−')}"
    return plain.replace(",", "").replace("，", "").replace("．", ".").replace("−", "-").lstrip("+")
