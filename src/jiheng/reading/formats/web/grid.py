"""The table of a page on a grid, spans resolved as browsers do."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

from lxml import html

from jiheng.budget import Place
from jiheng.errors import FileTooLarge
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.formats.web.text import cell_text, is_hidden, plain_text, squeezed

_MAX_SPAN: Final = 1_000
_MAX_CELLS: Final = 400_000
_MAX_IN_ROW: Final = 2_000


class CellCount:
    """How many cells a page has had."""

    def __init__(self, name: str) -> None:
        self._name, self._cells = name, 0

    def take(self, cells: int, in_row: int) -> None:
        """Count the cells of a row.

        Raises:
            FileTooLarge: there are more than are read.
        """
        self._cells += cells
        if self._cells > _MAX_CELLS or in_row > _MAX_IN_ROW:
            what = f"超过 {_MAX_CELLS} 个单元格" if in_row <= _MAX_IN_ROW else f"一行超过 {_MAX_IN_ROW} 格"
            raise FileTooLarge(f"网页中的表格{what}。", place=self._name, remedy="请拆分后重试。")


def rows_of(table: html.HtmlElement, number: int, count: CellCount, hidden: list[str]) -> Iterator[Row]:
    """The rows of the page's table ``number``; texts of rows and cells that are not shown are added to ``hidden``.

    Raises:
        FileTooLarge: more cells than are read.
    """
    pending: dict[int, tuple[int, int]] = {}
    elements = [row for row in table.iter("tr") if not _is_left_out(row, hidden)]
    for index, element in enumerate(elements, 1):
        waiting = deque(cell for cell in cells_of(element) if not _is_left_out(cell, hidden))
        count.take(len(waiting) + len(pending), len(waiting) + len(pending))
        carried, pending = pending, {}
        cells: list[Cell] = []
        column = 0
        ahead = deque(sorted(carried))
        while waiting or ahead:
            if ahead and (ahead[0] == column or not waiting):
                column = ahead.popleft()
                left, span = carried[column]
                cells.append(Cell("", Place(table=number, row=index, column=column + 1), column, span))
                if left > 1:
                    pending[column] = (left - 1, span)
                column += span
                continue
            cell = waiting.popleft()
            free = ahead[0] if ahead else column + _MAX_SPAN
            span = min(_span(cell, "colspan"), free - column)
            below = len(elements) - index + 1
            rows = min(_span(cell, "rowspan", below), below)
            place = Place(table=number, row=index, column=column + 1)
            cells.append(Cell(cell_text(cell, hidden), place, column, span, rows))
            if rows > 1:
                pending[column] = (rows - 1, span)
            column += span
        if cells:
            yield Row(tuple(cells), Place(table=number, row=index))


def cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a row."""
    return [child for child in row if child.tag in ("td", "th")]


def _is_left_out(element: html.HtmlElement, hidden: list[str]) -> bool:
    """Whether a browser leaves it out; its text is kept."""
    if not is_hidden(element):
        return False
    hidden.append(squeezed(plain_text(element)))
    return True


def _span(cell: html.HtmlElement, name: str, whole: int = 1) -> int:
    """A span; ``rowspan="0"`` reaches to the end of the table."""
    text = (cell.get(name) or "1").strip()
    if not text.isascii() or not text.isdigit():
        return 1
    return max(1, whole) if text == "0" else min(int(text[:5]), _MAX_SPAN)
