"""Disclosure tables on pages: title, number, issuer and unit, the ruled table, the notes below it.

Each table begins a page. Wide ones lie, and neighbours of one kind share their orientation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from jiheng.budget import DisclosureTable
from jiheng.writing.disclosure_tables.form import Entry, Form, form_of
from jiheng.writing.disclosure_tables.headings import set_in
from jiheng.writing.disclosure_tables.official import title_of
from jiheng.writing.disclosure_tables.widths import layout_of, shown
from jiheng.writing.pages import Align, Block, Cell, Grid, Heading, Leaf, Row, Text, aligned, placed
from jiheng.writing.pagination import CELL_CHARACTER, CELL_MARGIN

_NUMBER: Final = re.compile(
    r"(?:附件|附表|附|财决|财预|预算|决算|部门|单位|公开|表)*[:：]?(?:[一二三四五六七八九十]{1,3}|[A-Z]?\d{1,2}(?:-\d{1,2}){0,2})(?:表|号)?"
)
"""A number that stands on a line of its own; another one stands in brackets behind the title."""
_SLACK: Final = 0.2
"""Characters by which programs differ over what fits a line."""
_YEAR: Final = re.compile(r"(20\d{2})年")
_ALIGNS: Final[dict[str, Align]] = {
    "code": "left",
    "name": "left",
    "unit": "left",
    "text": "left",
    "order": "center",
}


def table_blocks(
    tables: Sequence[DisclosureTable], word: str, above: Sequence[Block] = ()
) -> Iterator[Block]:
    """The pages of ``tables``, and upright pages after them.

    Args:
        word: 编制部门 or the like, before the name of the issuer.
        above: stands on the first page, over the first table.
    """
    is_lying = False
    for number, table in enumerate(tables):
        form = form_of(table)
        layout = layout_of(form)
        turns = layout.is_lying != is_lying
        if turns:
            is_lying = layout.is_lying
            yield Leaf(is_lying)
        if number == 0:
            yield from above
        yield Heading(
            heading_of(table), 2, f"table{number + 1}", new_page=not turns and (number > 0 or not above)
        )
        yield from _lines_above(table, word)
        yield grid_of(form, layout.widths)
        yield from (Text(note, "note") for note in table.notes)
    if is_lying:
        yield Leaf(landscape=False)


def heading_of(table: DisclosureTable) -> str:
    """The title, with a number behind it that would not be known on a line of its own."""
    title = table.title or title_of(table.kind, is_final=table.is_final)
    return f"{title}（{table.number}）" if table.number and not stands_alone(table.number) else title


def stands_alone(number: str) -> bool:
    """Whether a number of a table is told by itself."""
    return _NUMBER.fullmatch(number) is not None


def issuer_of(table: DisclosureTable, word: str) -> str:
    """编制单位：305安澜县水务局, with the year where neither title nor headings name it."""
    parts = [f"{word}：{table.issuer_code or ''}{table.issuer}"] if table.issuer else []
    if table.fiscal_year and table.fiscal_year != _year_told(table):
        parts.append(f"{table.fiscal_year}年度")
    return "　".join(parts)


def _year_told(table: DisclosureTable) -> int | None:
    """The year that the title names, else the last one of the headings."""
    if match := _YEAR.search(table.title or ""):
        return int(match[1])
    return max((int(year) for column in table.columns for year in _YEAR.findall(column.label)), default=None)


def _lines_above(table: DisclosureTable, word: str) -> Iterator[Text]:
    if table.number and stands_alone(table.number):
        yield Text("", "units", right=table.number)
    yield Text(issuer_of(table, word), "units", right=f"单位：{table.unit}")


def grid_of(form: Form, widths: tuple[float, ...]) -> Grid:
    """The ruled table, decimal points below one another, its heading repeated on every page."""
    rows = aligned([*_head(form, widths), *(Row(tuple(_cell(entry) for entry in row)) for row in form.body)])
    return Grid(widths, rows, header_rows=len(form.head))


def _head(form: Form, widths: tuple[float, ...]) -> list[Row]:
    """The heading rows, with lines broken between words where a column is narrow."""
    rows: list[list[Cell]] = [[] for _ in form.head]
    for number, column, cell in placed(form.head):
        room = (sum(widths[column : column + cell.span]) - CELL_MARGIN) / CELL_CHARACTER - _SLACK
        rows[number].append(replace(cell, text=set_in(cell.text, room)))
    return [Row(tuple(cells)) for cells in rows]


def _cell(entry: Entry) -> Cell:
    if entry.role == "figure":
        return Cell(shown(entry), entry.span, style="figure", align="decimal")
    align: Align = "center" if entry.is_sum else _ALIGNS[entry.role]
    return Cell("　" * entry.indent + entry.text, entry.span, align=align)
