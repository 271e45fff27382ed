"""The head of a disclosure table: which rows it has, and what each column below it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.budget import is_blank, normalise
from jiheng.reading.blocks import Row
from jiheng.reading.layouts.disclosure_tables.keys import column_key

FIGURE: Final = re.compile(
    r"^(?P<open>\((?=.*(?:[.,]|\d{3})))?[-−+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?[%％]?(?(open)\))$"
)
"""Of normalised text. Brackets around an amount mean that it is negative; "(1)" is a number of a column."""
DASHES: Final = re.compile(r"^[-—–－/\\*]+$")
_CODES: Final = re.compile(
    r"^(?:类|款|项|目|科目|编码|代码|.*(?:科目)?(?:编码|代码|编号)|科目(?:编码)?[(（]?类款项?[)）]?|类级?|款级|项级)$"
)
_NAMES: Final = re.compile(
    r"^(?:项目(?:\(按功能分类\)|\(按经济分类\))?|支出项目|收入项目|项目类别|.*科目名称|科目|名称|单位\(?科目\)?名称|单位名称\(科目(?:名称)?\)|单位\(科目\)|项目名称"
    r"|支出功能分类(?:科目)?|功能分类|经济分类|支出内容|采购(?:项目|品目|内容)(?:名称)?|内容|支出|收入|项目\(按支出功能分类\)|项目\(按支出功能科目分类\))$"
)
_BODY_CODES: Final = re.compile(r"^(?:预算|主管)?(?:单位|部门)(?:编码|代码)$")
_BODIES: Final = re.compile(r"^(?:预算|项目|编制|主管)?(?:单位|部门)(?:名称)?$")
_ORDERS: Final = frozenset({"序号", "行次", "栏次", "编号"})
_SIDES: Final = (("revenue", re.compile(r"收入|来源")), ("expenditure", re.compile(r"支出|用途|运用")))
_CODE: Final = re.compile(r"^\d{3,7}$")
_CLASS: Final = re.compile(r"[235]\d{2}(?:\d{2}){0,2}")
"""Functions begin with 2, economic items of departments with 3 and of the government with 5."""
TOTALS: Final = frozenset({"合计", "总计"})
_FIRST: Final = re.compile(r"^(?:[一二三四五六七八九十]+、|合计|总计|本年收入|本年支出|收入总计|\d{3,7}$)")
"""How the first row of an empty table begins."""


class Column(msgspec.Struct):
    """A grid column: its headings from the top down and its role.

    Roles are "code", "name", "unit" (the body), "order", "figure", "text" and "none".
    """

    at: int
    path: list[str]
    role: str

    @property
    def label(self) -> str:
        """The headings joined."""
        return "/".join(self.path)


class Side(msgspec.Struct):
    """Columns that belong together: a table with income left and expenditure right has two."""

    name: str | None
    columns: list[Column]

    @property
    def end(self) -> int:
        """The grid column behind the last one."""
        return self.columns[-1].at + 1


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure."""
    return FIGURE.match(normalise(text)) is not None


def is_code(text: str) -> bool:
    """Whether a cell holds a code of the functional or economic classification."""
    return _CLASS.fullmatch(normalise(text)) is not None


def is_column_numbers(row: Row) -> bool:
    """Whether a row only numbers the columns: 栏次 1 2 3, or 1 2 3=4+5."""
    texts = [normalise(cell.text) for cell in row.cells if not is_blank(cell.text)]
    if texts and (texts[0] in ("**", "行次") or "栏次" in texts):
        return True
    plain = [re.split(r"[=(]", text)[0] for text in texts]
    return (
        len(texts) >= 3
        and all(re.fullmatch(r"\d{1,2}", text) for text in plain)
        and [int(text) for text in plain] == list(range(int(plain[0]), int(plain[0]) + len(plain)))
    )


def head_length(rows: Sequence[Row]) -> int:
    """How many rows the head has: those above the first row with a figure."""
    for index, row in enumerate(rows):
        if is_column_numbers(row):
            continue
        figures = [cell for cell in row.cells if is_figure(cell.text)]
        codes = [cell for cell in row.cells if _CODE.match(normalise(cell.text))]
        if (
            len(figures) > len(codes)
            or (figures and index >= 2)
            or (codes and len(figures) == len(codes) and index)
        ):
            return _back_to_names(rows, index)
    return _back_to_names(rows, len(rows))


def _back_to_names(rows: Sequence[Row], length: int) -> int:
    """Rows without any figure that name something to be counted are no head."""
    return next(
        (index for index, row in enumerate(rows[:length]) if index and (row.is_blank or _opens(row))), length
    )


def _opens(row: Row) -> bool:
    texts = [normalise(cell.text) for cell in row.cells]
    words = [text for text in texts if text]
    if not _FIRST.match(words[0]) or "栏次" in words:
        return False
    # the line for the total may begin in the head: 类 款 项 合计
    return words[0] not in TOTALS or len(words) == 1


def columns_of(head: Sequence[Row], body: Sequence[Row]) -> list[Column]:
    """What each grid column holds."""
    width = max((cell.column + cell.span for row in (*head, *body) for cell in row.cells), default=0)
    words = _words_of(head, width)
    columns = []
    for at in range(width):
        path: list[str] = []
        for row in words:
            if row[at] and (not path or path[-1] != row[at]):
                path.append(row[at])
        figures = [cell.text for row in body if (cell := row.at(at)) is not None and is_figure(cell.text)]
        if path and figures and column_key(path) is None and all(map(is_code, figures)):
            # 301, 30101 under a heading that says nothing, or that the name beside it shares
            columns.append(Column(at, path, "code"))
        else:
            is_figure_of_side = _is_under_side(head, at)
            columns.append(Column(at, path, _role(path, bool(figures) or is_figure_of_side)))
    return _settled(columns, body)


def _is_under_side(head: Sequence[Row], at: int) -> bool:
    """Whether the last heading of a column is one of several below 收入 or 支出, with more of them beside it.

    合计 is then a column of figures, also where the table is empty, and not the line for the total.
    """
    rows = [row for row in head if not is_column_numbers(row)]
    cells = [cell for row in rows if (cell := row.at(at)) is not None and not is_blank(cell.text)]
    if len(cells) < 2 or normalise(cells[-1].text) not in TOTALS:
        return False
    return normalise(cells[-2].text) in ("收入", "支出") and cells[-2].span > cells[-1].span


def _words_of(head: Sequence[Row], width: int) -> list[list[str]]:
    """The heading in every grid column of every row of the head."""
    rows = [row for row in head if not is_column_numbers(row)]
    words = [
        ["".join(cell.text.split()) if (cell := row.at(at)) is not None else "" for at in range(width)]
        for row in rows
    ]
    if any(cell.span > 1 or cell.rows > 1 for row in rows for cell in row.cells):
        return words
    # text and worksheets without merged cells: a heading goes on to the right over empty cells that have parts below
    for level, row in enumerate(words[:-1]):
        for at in range(1, width):
            has_part = any(below[at] for below in words[level + 1 :])
            is_apart = level > 0 and words[level - 1][at] != words[level - 1][at - 1]
            if not row[at] and has_part and not is_apart:
                row[at] = row[at - 1]
    return words


def _role(path: list[str], has_figures: bool) -> str:
    if not path:
        return "figure" if has_figures else "none"
    last = normalise(path[-1])
    if last in TOTALS and len(path) > 1 and not has_figures:
        # the line for the total begins in the head, under the column of names
        under = normalise(path[-2])
        last = under if _CODES.match(under) or _NAMES.match(under) else last
    if last in _ORDERS:
        return "order"
    if _BODY_CODES.match(last):
        return "text"
    if _CODES.match(last) and last not in ("项目",):
        return "code"
    if _BODIES.match(last):
        return "unit"
    if _NAMES.match(last) and not (has_figures and column_key(path) and last in ("支出", "收入")):
        return "name"
    if column_key(path) is not None or has_figures:
        return "figure"
    return "text"


def _settled(columns: list[Column], body: Sequence[Row]) -> list[Column]:
    """Put right what the headings alone leave open."""
    for column in columns:
        if column.role == "name":
            texts = _texts(column, body)
            if len(texts) >= 2 and all(re.fullmatch(r"\d{3,7}|\d{2}", text) for text in texts[:-1]):
                column.role = "code"
    if not any(column.role == "name" for column in columns):
        # the body that a row is about names it, else the first column of words
        found = next((column for column in columns if column.role == "unit"), None) or next(
            (
                column
                for column in columns
                if column.role == "text" and any(not text.isdigit() for text in _texts(column, body))
            ),
            None,
        )
        if found is not None:
            found.role = "name"
    return columns


def _texts(column: Column, body: Sequence[Row]) -> list[str]:
    return [
        normalise(cell.text)
        for row in body
        if (cell := row.at(column.at)) is not None and not is_blank(cell.text)
    ]


def sides_of(columns: list[Column]) -> list[Side]:
    """The halves of a table: a second column of names behind figures begins another one."""
    sides: list[list[Column]] = [[]]
    for column in columns:
        starts = column.role in ("code", "name", "order")
        has_figures = any(other.role == "figure" for other in sides[-1])
        if starts and has_figures:
            sides.append([])
        sides[-1].append(column)
    sides = [side for side in sides if any(column.role in ("name", "code", "figure") for column in side)]
    for side in sides:
        _keep_first_code_and_name(side)
    if len(sides) == 1:
        return [Side(None, sides[0])]
    return [_named(Side(_side_name(side), side)) for side in sides]


def _keep_first_code_and_name(side: list[Column]) -> None:
    """A row has one code (its parts may stand in columns of their own) and one name; others describe it."""
    has_name = has_code = False
    before = ""
    for column in side:
        if column.role == "code":
            if has_code and before != "code":
                column.role = "text"
            has_code = True
        elif column.role == "name":
            if has_name:
                column.role = "text"
            has_name = True
        before = column.role


def _side_name(side: list[Column]) -> str | None:
    tops = normalise("".join(column.path[0] for column in side if column.path))
    return next((name for name, pattern in _SIDES if pattern.search(tops)), None)


def _named(side: Side) -> Side:
    """The heading over a whole side ("收入") is no part of its columns' headings."""
    if side.name is not None:
        for column in side.columns:
            column.path = column.path[1:] if len(column.path) > 1 else column.path
    return side
