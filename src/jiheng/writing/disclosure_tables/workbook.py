"""Disclosure tables as an Excel workbook in official look: a sheet for each, figures as numbers.

Beside the workbook of data (``writing.xlsx``), which keeps every value of a document, this one is to be published or
worked in. A figure is a number under a format that shows what was written; one that a number cannot hold is text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from jiheng.budget import BudgetDocument, DisclosureTable, Kind
from jiheng.errors import MissingPart
from jiheng.writing.disclosure_tables.blocks import grid_of, heading_of, issuer_of, stands_alone
from jiheng.writing.disclosure_tables.form import Entry, Form, form_of
from jiheng.writing.disclosure_tables.measures import measured
from jiheng.writing.disclosure_tables.widths import layout_of
from jiheng.writing.pages import placed
from jiheng.writing.pagination import CELL_CHARACTER, row_heights
from jiheng.writing.workbooks import close_workbook, open_workbook

_FIGURE: Final = re.compile(r"(?P<number>-?(?:0|[1-9]\d*)(?:\.(?P<decimals>\d+))?)(?P<percent>%?)")
_MOST_DIGITS: Final = 15
"""A number of Excel holds no more."""
_NAME_LENGTH: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_MARGIN: Final = 0.6
"""Inches at the sides of a page: the type area is as wide as that of the printed tables, or wider."""
_POINTS: Final = 2.9
"""To the millimetre, and a little more: fonts of worksheets are higher."""
_LEAST_HEIGHT: Final = 19.0
_CHARACTER_MM: Final = 1.9
"""The width of a column is counted in digits of the standard font."""
_SONG: Final = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": _SONG | {"font_name": "黑体", "font_size": 16, "align": "center", "num_format": "@"},
    "left": _SONG | {"align": "left", "num_format": "@"},
    "right": _SONG | {"align": "right", "num_format": "@"},
    "note": _SONG | {"align": "left", "text_wrap": True, "num_format": "@"},
    "label": _SONG | {"font_name": "黑体", "align": "center", "text_wrap": True, "border": 1, "num_format": "@"},
    "text": _SONG | {"text_wrap": True, "border": 1, "num_format": "@"},
    "center": _SONG | {"align": "center", "text_wrap": True, "border": 1, "num_format": "@"},
    "words": _SONG | {"align": "right", "border": 1, "num_format": "@"},
}  # fmt: skip


def write_tables(document: BudgetDocument) -> bytes:
    """The disclosure tables of ``document`` as a workbook; reading it gives equal tables.

    Raises:
        MissingPart: there is none.
    """
    if not document.tables:
        raise MissingPart(
            "文件中没有公开表，无法生成公开表工作簿。", place=document.title, remedy="请先录入公开表。"
        )
    return _Workbook(document).written()


class _Workbook:
    """A workbook of tables being written."""

    def __init__(self, document: BudgetDocument) -> None:
        self._document = document
        self._buffer = io.BytesIO()
        self._book = open_workbook(self._buffer)
        self._formats = {name: self._book.add_format(look) for name, look in _FORMATS.items()}

    def written(self) -> bytes:
        """The bytes of the workbook."""
        tables = self._document.tables
        for table, name in zip(tables, _sheet_names(map(heading_of, tables)), strict=True):
            _Sheet(self, self._book.add_worksheet(name), table, self._word()).write()
        close_workbook(self._book, self._document.title or "公开表")
        return self._buffer.getvalue()

    def _word(self) -> str:
        if self._document.kind is Kind.FINAL_ACCOUNTS:
            return "公开部门"
        return "编制单位" if self._document.kind is Kind.UNIT_DISCLOSURE else "编制部门"

    def format(self, name: str) -> Any:
        """A format of ``_FORMATS``, or one for numbers ("#,##0.00")."""
        if name not in self._formats:
            look = _SONG | {"align": "right", "border": 1, "num_format": name}
            self._formats[name] = self._book.add_format(look)
        return self._formats[name]


class _Sheet:
    """A sheet: title, number, issuer and unit, the table, its notes."""

    def __init__(self, book: _Workbook, sheet: Any, table: DisclosureTable, word: str) -> None:
        self._book, self._sheet, self._table, self._word = book, sheet, table, word
        self._form: Form = form_of(table)
        self._last = len(self._form.columns) - 1
        self._layout = layout_of(self._form)

    def write(self) -> None:
        """Everything from the title down, and how it is printed."""
        for at, width in enumerate(self._layout.widths):
            self._sheet.set_column(at, at, width / _CHARACTER_MM)
        top = self._caption()
        grid = grid_of(self._form, self._layout.widths)
        # a worksheet that no program has opened yet does not know how high its rows must be
        for number, height in enumerate(row_heights(grid), top):
            self._sheet.set_row(number, max(_LEAST_HEIGHT, height * _POINTS))
        for level, column, cell in placed(grid.rows[: len(self._form.head)]):
            self._merged(top + level, column, column + cell.span - 1, cell.text, look="label", rows=cell.rows)
        body = top + len(self._form.head)
        for number, row in enumerate(self._form.body, body):
            self._row(number, row)
        room = sum(self._layout.widths) / CELL_CHARACTER
        for number, note in enumerate(self._table.notes, body + len(self._form.body)):
            self._sheet.set_row(number, _LEAST_HEIGHT * (1 + int(measured(note) / room)))
            self._merged(number, 0, self._last, note, look="note")
        self._print_setup(top, body)

    def _caption(self) -> int:
        """The lines above the table; the row at which it begins."""
        self._merged(0, 0, self._last, heading_of(self._table), look="title")
        self._sheet.set_row(0, 30)
        row = 1
        number = self._table.number
        if number and stands_alone(number):
            self._merged(row, 0, self._last, number, look="right")
            row += 1
        unit, issuer = f"单位：{self._table.unit}", issuer_of(self._table, self._word)
        if not issuer or not self._last:
            self._merged(row, 0, self._last, f"{issuer}　{unit}".strip(), look="right")
        else:
            middle = self._middle()
            self._merged(row, 0, middle, issuer, look="left")
            self._merged(row, middle + 1, self._last, unit, look="right")
        return row + 1

    def _middle(self) -> int:
        """The last column of the issuer's cell; the unit has at least 30 mm."""
        width, at = 0.0, self._last
        while at > 0 and width < 30:
            width += self._layout.widths[at]
            at -= 1
        return at

    def _row(self, number: int, row: tuple[Entry, ...]) -> None:
        at = 0
        for entry in row:
            if entry.role == "figure":
                self._figure(number, at, entry.text)
            else:
                is_middle = entry.is_sum or entry.role == "order"
                look = "center" if is_middle else "text"
                self._merged(number, at, at + entry.span - 1, "　" * entry.indent + entry.text, look=look)
            at += entry.span

    def _figure(self, row: int, column: int, text: str) -> None:
        shown = _number(text)
        if shown is None:
            self._sheet.write_string(row, column, text, self._book.format("words"))
        else:
            value, look = shown
            self._sheet.write_number(row, column, value, self._book.format(look))

    def _merged(self, row: int, first: int, last: int, text: str, *, look: str, rows: int = 1) -> None:
        found = self._book.format(look)
        if first == last and rows == 1:
            self._sheet.write_string(row, first, text, found)
        else:
            self._sheet.merge_range(row, first, row + rows - 1, last, "", found)
            self._sheet.write_string(row, first, text, found)

    def _print_setup(self, top: int, body: int) -> None:
        if self._layout.is_lying:
            self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.set_margins(_MARGIN, _MARGIN, 0.75, 0.75)
        self._sheet.center_horizontally()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(top, body - 1)
        self._sheet.freeze_panes(body, 0)
        self._sheet.set_footer("&C— &P —")


def _number(text: str) -> tuple[float, str] | None:
    """The number that ``text`` is, with the format that shows it so; ``None`` for other texts."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    number = Decimal(match["number"])
    digits = sum(sign.isdigit() for sign in text.lstrip("-0."))
    if digits > _MOST_DIGITS or (text.startswith("-") and not number):
        return None
    decimals = "0" * len(match["decimals"] or "")
    look = f"#,##0{'.' if decimals else ''}{decimals}{match['percent']}"
    return float(number / 100 if match["percent"] else number), look


def _sheet_names(titles: Iterable[str]) -> list[str]:
    """Names as Excel allows them, no two alike."""
    names: list[str] = []
    for number, title in enumerate(titles, 1):
        plain = _FORBIDDEN.sub("", title)[: _NAME_LENGTH - 3]
        name = plain if plain and plain not in names else f"{plain}{number}"
        names.append(name)
    return names
