"""How the sheets of a fill-in workbook look, and how one of rows is written."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from jiheng.budget.fill_in import HEADING, KEY, Column, Input, Row, Sheet
from jiheng.budget.workbook import letters
from jiheng.writing.fill_in.checks import (
    CATALOGUE,
    CHECKS,
    DIFFERENCE,
    Around,
    as_number,
    difference,
    formula,
    told,
    with_cells,
)
from jiheng.writing.fill_in.inputs import validation_of
from jiheng.writing.pagination import line_count
from jiheng.writing.workbooks import close_workbook, open_workbook

FIRST: Final = 3
"""The first row of items, counted from 0: above it are the title, the hidden keys and the headings."""
LINE: Final = 16.0
"""Points that a line of a cell takes."""
_TWO_PAGES: Final = 260
"""Wider sheets, in characters, are printed on two pages side by side."""
_HIGHEST: Final = 320.0
_FONT: Final = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_LINES_COLOUR: Final = "#B7C4CF"
_CELL: Final = _FONT | {"border": 1, "border_color": _LINES_COLOUR, "text_wrap": True}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": _FONT | {"font_size": 16, "bold": True, "font_color": "#1F4E5F"},
    "says": _FONT | {"font_color": "#595959", "text_wrap": True},
    "aside": _FONT | {"font_color": "#595959"},
    "heading": _CELL | {"bold": True, "bg_color": "#DCE9EC", "font_color": "#1F4E5F", "align": "center"},
    "needed": _CELL | {"bold": True, "bg_color": "#F6E3C5", "font_color": "#1F4E5F", "align": "center"},
    "group": _CELL | {"bold": True, "bg_color": "#EEF3F5", "font_color": "#1F4E5F", "indent": 1},
    "label": _CELL | {"bg_color": "#F5F8F9", "indent": 1},
    "text": _CELL | {"num_format": "@", "locked": False, "indent": 1},
    "amount": _CELL | {"num_format": "#,##0.00####", "align": "right", "indent": 1, "locked": False},
    "number": _CELL | {"align": "center", "locked": False},
    "choice": _CELL | {"num_format": "@", "align": "center", "locked": False},
    "fixed": _CELL | {"num_format": "@", "bg_color": "#EDEDED"},
    "check": _CELL | {"bg_color": "#F5F5F5", "font_color": "#C00000", "font_size": 10, "indent": 1},
    "difference": _CELL | {"bg_color": "#F5F5F5", "num_format": "#,##0.00####", "align": "right"},
    "key": {"num_format": "@", "locked": False},
    "wrong": {"bg_color": "#FBE3E1", "font_color": "#C00000", "bold": True},
    "missing": {"bg_color": "#FDF3DC"},
}  # fmt: skip
_KIND_LOOKS: Final = {
    Input.ORDER: "number", Input.TEXT: "text", Input.LINES: "text", Input.AMOUNT: "amount", Input.SHARE: "number",
    Input.FIGURE: "number", Input.CHOICE: "choice", Input.FIXED: "fixed", Input.CHECK: "check",
}  # fmt: skip
_MAY: Final = {
    "sort": True, "autofilter": True, "insert_rows": True, "delete_rows": True, "format_rows": True,
    "format_columns": True, "format_cells": True,
}  # fmt: skip
"""What a protected sheet still lets people do."""


class Ranges(NamedTuple):
    """Where formulas find what other sheets hold: names of projects, projects of indicators, the catalogue."""

    names: str
    of: str
    catalogue: str | None = None


class Book:
    """A workbook being written."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self.book = open_workbook(self._buffer)
        self.looks = {name: self.book.add_format(look) for name, look in _LOOKS.items()}

    def sheet(self, title: str, *, is_lying: bool = True) -> Any:
        """A new sheet, to be printed on A4, as wide as the paper."""
        sheet = self.book.add_worksheet(title)
        sheet.hide_gridlines(2)
        if is_lying:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&C第 &P 页，共 &N 页&R&D")
        return sheet

    def put(self, sheet: Any, row: int, column: int, text: str, kind: Input) -> None:
        """A value in its cell: figures as numbers, anything else as the text that it is."""
        look = self.looks[_KIND_LOOKS[kind]]
        number = as_number(text) if kind in (Input.ORDER, Input.AMOUNT, Input.SHARE, Input.FIGURE) else None
        if number is not None:
            sheet.write_number(row, column, float(number), look)
        elif text:
            sheet.write_string(row, column, text, look)
        else:
            sheet.write_blank(row, column, None, look)

    def finish(self, title: str) -> bytes:
        """The bytes of the workbook."""
        close_workbook(self.book, title)
        return self._buffer.getvalue()


def write_rows(book: Book, of: Sheet, rows: Sequence[Row], ranges: Ranges, around: Around) -> int:
    """A sheet of rows with room for new ones; how many of them have something wrong."""
    sheet = book.sheet(of.title)
    last = FIRST + len(rows) + of.room - 1
    _write_heading(book, sheet, of)
    lines = _Lines(book, sheet, of, ranges, around)
    count = sum(
        lines.write(number, rows[number - FIRST] if number - FIRST < len(rows) else None)
        for number in range(FIRST, last + 1)
    )
    _check_inputs(sheet, of, last, ranges)
    _colour(book, sheet, of, last)
    # what is calculated stands behind the columns that are sorted: a protected sheet sorts no locked cells
    sheet.autofilter(FIRST - 1, 0, last, len(of.inputs))
    still = next(at for at, column in enumerate(of.columns, 1) if column.width > 20)
    sheet.freeze_panes(FIRST, still + 1 if still < 4 else 0)
    if sum(column.width for column in of.columns) > _TWO_PAGES:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(0, still)
    sheet.repeat_rows(2)
    sheet.print_area(0, 1, FIRST + max(len(rows), 5) - 1, len(of.columns))
    sheet.protect("", _MAY)
    return count


class _Lines(NamedTuple):
    """The rows of one sheet being written."""

    book: Book
    sheet: Any
    of: Sheet
    ranges: Ranges
    around: Around

    def write(self, number: int, row: Row | None) -> bool:
        """One row, or an empty one to be filled in; whether something is wrong in it."""
        texts = row.texts if row else dict.fromkeys((column.key for column in self.of.columns), "")
        self.sheet.write_string(number, 0, row.key if row else "", self.book.looks["key"])
        wrong = told(self.of.title, texts, self.around) if self.of.title in CHECKS else ""
        cells = first_cells(self.of, number)
        for at, column in enumerate(self.of.columns, 1):
            if column.input is Input.CHECK:
                look = self.book.looks["difference" if column.key == "@difference" else "check"]
                says, value = self._formula(column.key, cells, texts, wrong)
                if says:
                    self.sheet.write_formula(number, at, f"={says}", look, value)
                else:
                    self.sheet.write_blank(number, at, None, look)
            else:
                self.book.put(self.sheet, number, at, texts[column.key], column.input)
        self.sheet.set_row(number, _height(self.of.columns, {**texts, "@check": wrong}))
        return wrong != ""

    def _formula(
        self, key: str, cells: Mapping[str, str], texts: Mapping[str, str], wrong: str
    ) -> tuple[str, str | float]:
        """What a calculated cell says: as a formula, and what it comes to now."""
        if key == "@check":
            filled = f"COUNTA({_contents(self.of, cells)})>0"
            names = {"any": filled, "names": self.ranges.names, "of": self.ranges.of}
            return formula(self.of.title, c=cells, **names), wrong
        if key == "@difference":
            left = difference(texts)
            return with_cells(DIFFERENCE, c=cells), "" if left is None else float(left)
        if self.ranges.catalogue is None:
            return "", ""
        code = texts["catalog_code"]
        says = with_cells(CATALOGUE, c=cells, catalogue=self.ranges.catalogue)
        return says, self.around.catalogue.get(code, "目录中没有") if code else ""


def first_cells(of: Sheet, row: int = FIRST) -> dict[str, str]:
    """The cell of every column in a row, the columns fixed; keys are without "[]"."""
    return {
        column.key.removesuffix("[]"): f"${letters(at)}{row + 1}" for at, column in enumerate(of.columns, 1)
    }


def _contents(of: Sheet, cells: Mapping[str, str]) -> str:
    """The cells of a row that make it one that is filled in; they stand side by side."""
    first, last = of.contents[0], of.contents[-1]
    return f"{cells[first.key.removesuffix('[]')]}:{cells[last.key.removesuffix('[]')]}"


def _write_heading(book: Book, sheet: Any, of: Sheet) -> None:
    sheet.set_column(0, 0, 10, None, {"hidden": True})
    sheet.set_row(0, 34)
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_row(2, 34)
    sheet.write_rich_string(
        0, 1, book.looks["title"], of.title, book.looks["aside"], f"　{of.says}", book.looks["aside"]
    )
    sheet.write_string(1, 0, KEY)
    sheet.write_string(2, 0, HEADING)
    for at, column in enumerate(of.columns, 1):
        sheet.set_column(at, at, column.width)
        mark = "＊" if column.is_needed else ""
        sheet.write_string(2, at, column.heading + mark, book.looks["needed" if mark else "heading"])
        sheet.write_string(1, at, column.key)


def _check_inputs(sheet: Any, of: Sheet, last: int, ranges: Ranges) -> None:
    cells = first_cells(of)
    for at, column in enumerate(of.columns, 1):
        if column.input not in (Input.CHECK, Input.FIXED):
            sheet.data_validation(FIRST, at, last, at, validation_of(column, cells, ranges.names))


def _colour(book: Book, sheet: Any, of: Sheet, last: int) -> None:
    """Red where a sum does not come out, yellow where something is missing in a row that was begun."""
    cells = first_cells(of)
    contents = _contents(of, cells)
    for at, column in enumerate(of.columns, 1):
        it = cells[column.key.removesuffix("[]")]
        if column.key in ("@difference", "budget.total") and "@difference" in cells:
            left = cells["@difference"]
            rule = {"criteria": f"=AND(ISNUMBER({left}),{left}<>0)", "format": book.looks["wrong"]}
            sheet.conditional_format(FIRST, at, last, at, {"type": "formula", **rule})
        if column.is_needed:
            begun = f'=AND({it}="",COUNTA({contents})>0)'
            rule = {"criteria": begun, "format": book.looks["missing"]}
            sheet.conditional_format(FIRST, at, last, at, {"type": "formula", **rule})


def _height(columns: Sequence[Column], texts: Mapping[str, str]) -> float:
    """Points that a row takes; programs other than Excel give it one line unless they are told."""
    lines = max(
        sum(line_count(line, column.width - 1, 2.0) for line in texts.get(column.key, "").split("\n"))
        for column in columns
    )
    return min(_HIGHEST, max(1.4, lines + 0.3) * LINE)
