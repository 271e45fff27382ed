"""A disclosure table as it stands on paper: heading rows over several levels, and rows of entries.

Pages and worksheets are both made from this. Codes and names stand before the figures, 备注 behind them; tables of
final accounts number their lines and columns (行次, 栏次), as 财库〔2019〕37号 has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from jiheng.budget import DisclosureTable, TableKind, TableRow
from jiheng.writing.disclosure_tables.sides import SIDES, Sides, sides_of
from jiheng.writing.pages import Cell, Row

Role = Literal["code", "name", "unit", "text", "order", "figure"]

_CLASSIFIED: Final = frozenset(
    {
        TableKind.REVENUE, TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC_EXPENDITURE, TableKind.BASIC_EXPENDITURE,
        TableKind.GOVERNMENT_FUND, TableKind.STATE_CAPITAL,
    }
)  # fmt: skip
"""Tables by function or economic nature, which have a column of codes."""
_LEVELS: Final = re.compile(r"/(?![^（(]*[）)])")
"""Between the levels of a heading, not inside brackets: 数量（台/套）."""
_BEHIND: Final = ("备注", "说明")
_SUMS: Final = re.compile(r"合\s*计|总\s*计|.{0,12}(?:合计|总计)")
_TOTALS: Final = frozenset({"合计", "总计"})
_INDENTS: Final = {5: 1, 7: 2}
"""Characters before the name of a 款 and a 项, by the length of the code."""
_BLANK_ROWS: Final = 4
"""Of a form without data."""
_FEWEST_NUMBERED: Final = 3


class Column(NamedTuple):
    """A printed column: the headings from the top down, what it holds, and where that stands in a row.

    ``side`` counts from 0; ``figure`` is the number of a figure among the values, ``attribute`` the heading of another text.
    """

    path: tuple[str, ...]
    role: Role
    side: int = 0
    figure: int = 0
    attribute: str = ""


class Entry(NamedTuple):
    """What stands in a cell, as the document says it."""

    text: str
    role: Role
    span: int = 1
    indent: int = 0

    @property
    def is_sum(self) -> bool:
        """Whether it names a sum, which stands in the middle."""
        return self.role == "name" and _SUMS.fullmatch(self.text) is not None


class Form(NamedTuple):
    """The heading rows and the rows below them, each as wide as ``columns``."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[tuple[Entry, ...], ...]


def form_of(table: DisclosureTable) -> Form:
    """The printed form of ``table``; one without rows has blank lines."""
    sides = sides_of(table)
    columns = tuple(
        column for number in range(len(sides.names)) for column in _columns(table, sides, number)
    ) or (Column(("项目",), "name"),)
    body = tuple(
        tuple(_entries(columns, line, order, len(sides.lines))) for order, line in enumerate(sides.lines)
    )
    blank = tuple(Entry("", column.role) for column in columns)
    head = (*_head(columns), *(_numbers(columns) if table.is_final else ()))
    return Form(columns, head, body or (blank,) * _BLANK_ROWS)


def levels_of(label: str) -> tuple[str, ...]:
    """The levels of a heading."""
    return tuple(_LEVELS.split(label))


def _columns(table: DisclosureTable, sides: Sides, number: int) -> Iterator[Column]:
    """The columns of one side: code, name, body, other texts, figures, and remarks behind them."""
    side = sides.names[number]
    rows = [row for line in sides.lines if (row := line[number]) is not None]
    top = (SIDES[side],) if side else ()
    others = dict.fromkeys(label for row in rows for label in row.attributes)
    behind = [label for label in others if label.startswith(_BEHIND)]
    is_two_sided = len(sides.names) > 1
    has_code = any(row.code for row in rows) or (
        not rows and not is_two_sided and table.kind in _CLASSIFIED | {TableKind.PROJECT_EXPENDITURE}
    )
    # one heading over all columns would pass for a line above the table; a column of names stands beside it
    tops = {levels_of(column.label)[0] for column in table.columns if len(levels_of(column.label)) > 1}
    is_under_one = len(tops) == 1 and all(len(levels_of(column.label)) > 1 for column in table.columns)
    has_name = is_two_sided or has_code or bool(others) or any(row.name or row.unit for row in rows)
    has_name = has_name or is_under_one
    code, name = _labels(table, rows, has_code=has_code)
    if has_code:
        yield Column((*top, code), "code", number)
    if has_name:
        yield Column((*top, name), "name", number)
    if table.is_final and is_two_sided:
        yield Column((*top, "行次"), "order", number)
    if any(row.unit for row in rows):
        yield Column((*top, "单位名称"), "unit", number)
    for label in others:
        if label not in behind:
            yield Column((*top, *levels_of(label)), "text", number, attribute=label)
    for index in sides.columns[number]:
        label = table.columns[index].label if index < len(table.columns) else ""
        yield Column((*top, *levels_of(label)), "figure", number, index)
    for label in behind:
        yield Column((*top, *levels_of(label)), "text", number, attribute=label)


def _labels(table: DisclosureTable, rows: Sequence[TableRow], *, has_code: bool) -> tuple[str, str]:
    """The headings of the columns of codes and of names."""
    if table.kind is TableKind.PROJECT_EXPENDITURE:
        return "项目编码", "项目名称"
    if table.kind is TableKind.PROCUREMENT:
        return "科目编码", "采购项目"
    if has_code:
        return "科目编码", "科目名称"
    is_of_bodies = table.kind is TableKind.THREE_PUBLIC and any(
        (column.key or "").startswith("reception") for column in table.columns
    )
    # a row of the three public expenses side by side is a body; below one another they are the rows
    return "科目编码", "单位名称" if is_of_bodies and not any(row.unit for row in rows) else "项目"


def _head(columns: Sequence[Column]) -> Iterator[Row]:
    """The heading rows: neighbours below the same heading share its cell, a short heading reaches down."""
    depth = max(len(column.path) for column in columns)
    for level in range(depth):
        cells = []
        at = 0
        while at < len(columns):
            path = columns[at].path
            end = at + 1
            if len(path) > level + 1:
                while end < len(columns) and _is_under(columns[end].path, path[: level + 1]):
                    end += 1
            if len(path) > level:
                rows = 1 if len(path) > level + 1 else depth - level
                cells.append(Cell(path[level], end - at, rows, "label", "center"))
            at = end
        yield Row(tuple(cells))


def _is_under(path: tuple[str, ...], above: tuple[str, ...]) -> bool:
    return len(path) > len(above) and path[: len(above)] == above


def _numbers(columns: Sequence[Column]) -> Iterator[Row]:
    """栏次: the figures are numbered from left to right. A few figures alone would pass for a row of the table."""
    if all(column.role == "figure" for column in columns) and len(columns) < _FEWEST_NUMBERED:
        return
    cells: list[Cell] = []
    number = 0
    for side in range(columns[-1].side + 1):
        own = [column.role == "figure" for column in columns if column.side == side]
        words = own.index(True) if True in own else len(own)
        if words:
            cells.append(Cell("栏次", words, style="label", align="center"))
        for is_figure in own[words:]:
            number += is_figure
            cells.append(Cell(str(number) if is_figure else "", style="label", align="center"))
    yield Row(tuple(cells))


def _entries(
    columns: Sequence[Column], line: Sequence[TableRow | None], order: int, height: int
) -> Iterator[Entry]:
    """The entries of a printed row. A total has the columns of code and name in one."""
    skipped = False
    for at, column in enumerate(columns):
        row = line[column.side]
        follows = columns[at + 1].role if at + 1 < len(columns) else ""
        if skipped:
            skipped = False
        elif column.role == "code" and row is not None and _is_total(row) and follows == "name":
            yield Entry(row.name or "", "name", 2)
            skipped = True
        elif column.role == "order":
            number = order + 1 + (0 if column.side == 0 else height)
            yield Entry(str(number), "order")
        else:
            yield _entry(column, row)


def _is_total(row: TableRow) -> bool:
    return row.code is None and row.name in _TOTALS


def _entry(column: Column, row: TableRow | None) -> Entry:
    if row is None:
        return Entry("", column.role)
    if column.role == "figure":
        value = row.values[column.figure] if column.figure < len(row.values) else None
        return Entry(value or "", "figure")
    if column.role == "text":
        return Entry(row.attributes.get(column.attribute, ""), "text")
    text = {"code": row.code, "name": row.name, "unit": row.unit}[column.role]
    indent = _INDENTS.get(len(row.code or ""), 0) if column.role == "name" and _is_classified(row) else 0
    return Entry(text or "", column.role, indent=indent)


def _is_classified(row: TableRow) -> bool:
    """Whether the code is of a function or an economic nature, whose levels are indented."""
    return row.side is None and bool(row.code) and (row.code or "").isdigit()
