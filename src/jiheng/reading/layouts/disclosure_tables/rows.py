"""The rows of a disclosure table, each side of a row for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.budget import Place, TableColumn, TableRow, is_blank, normalise, tidy
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.disclosure_tables.heads import DASHES, Column, Side, is_column_numbers, is_figure
from jiheng.reading.layouts.disclosure_tables.keys import column_key
from jiheng.reading.layouts.ledger import Ledger

_HEADS: Final = frozenset({"类", "款", "项", "目", "栏次"})
_MARKED: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]|其中|本年|收入|支出|合计|总计|年[初末]|上年|结转|使用)"
)


class _Entry(msgspec.Struct):
    """One side of a row while it is read."""

    names: list[str] = []
    codes: list[str] = []
    attributes: dict[str, str] = {}
    values: list[str | None] = []
    cells: dict[str, Place] = {}

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return not (self.names or self.codes or self.attributes or any(self.values))


class RowReader:
    """Reads the body of one table."""

    def __init__(self, sides: list[Side], ledger: Ledger) -> None:
        self._sides, self._ledger = sides, ledger
        self.columns: list[TableColumn] = []
        self._index: dict[int, int] = {}
        self._last: dict[int, int] = {}
        self.rows: list[TableRow] = []
        for side in sides:
            for column in side.columns:
                if column.role == "figure":
                    self._register(column, side)

    def _register(self, column: Column, side: Side) -> None:
        path = column.path[1:] if side.name is not None and len(column.path) > 1 else column.path
        key = column_key(path) if path is not column.path else column.key
        found = TableColumn(key, "/".join(path))
        if found not in self.columns or len(self._sides) == 1:
            self.columns.append(found)
            self._index[column.at] = len(self.columns) - 1
        else:
            self._index[column.at] = self.columns.index(found)

    def read(self, body: Sequence[Row], head: Sequence[Row]) -> None:
        """Take in every row; heads that are printed again are furniture."""
        words = {self._words(row) for row in head}
        for row in body:
            if row.is_blank:
                continue
            if is_column_numbers(row) or self._words(row) in words:
                self._ledger.furnish("表头", row)
                continue
            for number, side in enumerate(self._sides):
                self._side(row, side, number)

    @staticmethod
    def _words(row: Row) -> tuple[str, ...]:
        return tuple(text for cell in row.cells if (text := normalise(cell.text)))

    def _side(self, row: Row, side: Side, number: int) -> None:
        found = _Entry(values=[None] * len(self.columns))
        seen: list[Cell] = []
        for column in side.columns:
            cell = row.at(column.at)
            if cell is None or is_blank(cell.text) or any(cell is other for other in seen):
                continue
            seen.append(cell)
            self._place(cell, column, found)
        if found.is_empty:
            return
        name = found.names[0] if found.names else None
        if name and not found.codes and not any(found.values) and self._is_rest(name, number):
            return
        for extra in found.names[1:]:
            found.attributes.setdefault("名称", extra)
        self._last[number] = len(self.rows)
        self.rows.append(
            TableRow(
                name=name,
                code="".join(found.codes) or None,
                side=side.name,
                attributes=found.attributes,
                values=found.values,
                place=row.place,
                cells=found.cells,
            )
        )

    def _place(self, cell: Cell, column: Column, found: _Entry) -> None:
        plain = normalise(cell.text)
        if column.role == "order" or plain in _HEADS:
            self._ledger.furnish("序号或表头", cell)
        elif column.role == "figure":
            index = self._index[column.at]
            if DASHES.match(plain):
                self._ledger.furnish("空格记号", cell)
                return
            found.values[index] = figure_of(plain) if is_figure(plain) else tidy(cell.text)
            found.cells[f"found.values.{index}"] = cell.place
            self._ledger.take(cell)
        elif column.role == "code" and re.fullmatch(r"[\dA-Za-z-]+", plain):
            found.codes.append(plain)
            found.cells.setdefault("code", cell.place)
            self._ledger.take(cell)
        elif column.role in ("code", "name"):
            found.names.append("".join(cell.text.split("\n")).strip())
            found.cells.setdefault("name", cell.place)
            self._ledger.take(cell)
        else:
            found.attributes[column.label or f"第{column.at + 1}列"] = tidy(cell.text)
            self._ledger.take(cell)

    def _is_rest(self, name: str, number: int) -> bool:
        """Whether ``name`` is the end of the name in the row above, which its cell was too narrow for."""
        last = self._last.get(number)
        if last is None or len(name) > 8 or _MARKED.match(normalise(name)):
            return False
        before = self.rows[last]
        if before.name is None or len(before.name) < 8 or not _MARKED.match(normalise(before.name)):
            return False
        self.rows[last] = TableRow(
            name=before.name + name,
            code=before.code,
            side=before.side,
            unit=before.unit,
            attributes=before.attributes,
            values=before.values,
            place=before.place,
            cells=before.cells,
        )
        return True


def figure_of(plain: str) -> str:
    """The digits of a figure without separators."""
    return plain.replace(",", "").replace("，", "").replace("．", ".").replace("−", "-").lstrip("+")
