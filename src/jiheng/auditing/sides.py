"""The two sides of a 收支总表: what is listed, what it comes to, what is carried over, and the total below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jiheng.auditing.sheets import Figure, Sheet
from jiheng.budget import normalise

_MARKS: Final = (
    re.compile(r"^[一二三四五六七八九十]+[、.．]"),
    re.compile(r"^[(（][一二三四五六七八九十]+[)）]"),
    re.compile(r"^\d+[、.．]"),
    re.compile(r"^[(（]\d+[)）]"),
)
"""How the levels of a list are numbered, the highest first."""
_NUMBERING: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．])"
)
_OWN: Final = re.compile(r"^(?:[一二三四五六七八九十]+[、.．])?本年(?:收入|支出)(?:合计|小计)?$")
_GRAND: Final = re.compile(r"^(?:收入|支出|收支)?(?:总计|总数|总额)$")
_BARE: Final = re.compile(r"^(?:收入|支出)?合计$")
_PART: Final = re.compile(
    r"^其中|^(?:基本支出|项目支出)(?:财政拨款)?结转|^经营结余|^(?:一般公共预算|政府性基金|国有资本经营)"
)
"""What says which part of the line above it is, without a number of its own."""
SOURCES: Final = (
    ("general_public", re.compile(r"一般公共预算")),
    ("government_fund", re.compile(r"政府性基金")),
    ("state_capital", re.compile(r"国有资本经营")),
    ("fiscal_account", re.compile(r"财政专户")),
    ("own", re.compile(r"单位资金")),
    ("superior_subsidy", re.compile(r"上级补助")),
    ("affiliated", re.compile(r"附属单位上缴")),
    ("business", re.compile(r"(?<!位)事业(?:预算)?收入")),
    ("operation", re.compile(r"经营(?:预算)?收入")),
    ("fiscal", re.compile(r"^财政拨款")),
    ("other", re.compile(r"^其他(?:资金)?收入|^其他资金")),
)
"""Key of a column -> how the line of the same source is named in a 收支总表, the more special first."""
_CARRIED: Final = re.compile(r"结转|结余")


class Line(NamedTuple):
    """A line of one side in one column. ``level`` is 1 to 4 as numbered, 0 without a number, 9 for a part."""

    name: str
    level: int
    figure: Figure | None


class Side(NamedTuple):
    """One side of the table in one column of figures.

    Attributes:
        items: what is listed before 本年收入合计 (or the total), or below 一、本年收入.
        own: 本年收入合计 or 本年支出合计.
        more: what stands between it and the total: 上年结转, 年末结转 and the like.
        grand: 收入总计 or 支出总计.
    """

    column: int
    items: list[Line]
    own: Line | None
    more: list[Line]
    grand: Line | None

    @property
    def amount(self) -> Figure | None:
        """本年收入 or 本年支出, else the total where nothing was carried over."""
        if self.own is not None and self.own.figure is not None:
            return self.own.figure
        return self.grand.figure if self.grand is not None else None


def side(sheet: Sheet, name: str) -> list[Side]:
    """The side ``name`` ("revenue", "expenditure") in each column in which it has figures."""
    if name not in sheet.sides:
        rows = [index for index, row in enumerate(sheet.table.rows) if row.side == name and row.name]
        named = [(normalise(sheet.table.rows[index].name), index) for index in rows]
        sheet.sides[name] = [
            _side(sheet, named, column)
            for column in range(len(sheet.table.columns))
            if any(sheet.at(index, column) is not None for index in rows)
        ]
    return sheet.sides[name]


def _side(sheet: Sheet, rows: Sequence[tuple[str, int]], column: int) -> Side:
    lines = [Line(_NUMBERING.sub("", name), _level(name), sheet.at(index, column)) for name, index in rows]
    own = next((at for at, (name, _) in enumerate(rows) if _OWN.match(name)), None)
    grand = next((at for at, (name, _) in enumerate(rows) if _GRAND.match(name)), None)
    if grand is None:
        grand = next((at for at, (name, _) in enumerate(rows) if _BARE.match(name)), None)
        if grand is not None and own is None and grand + 1 < len(lines):
            own, grand = grand, None  # 收入合计 with what was carried over below it
    end = len(lines) if grand is None else grand
    last = lines[grand] if grand is not None else None
    if own is None:
        return Side(column, lines[:end], None, [], last)
    if own == 0 or (lines[own].level == 1 and own < end - 1 and lines[own + 1].level != 1):
        # 一、本年收入 stands above what it consists of
        stop = next((at for at in range(own + 1, end) if _is_next(lines[at])), end)
        return Side(column, lines[own + 1 : stop], lines[own], lines[stop:end], last)
    return Side(column, lines[:own], lines[own], lines[own + 1 : end], last)


def _is_next(line: Line) -> bool:
    """Whether a line ends the list that stands below 一、本年收入."""
    return line.level == 1 or _CARRIED.search(line.name) is not None


def _level(name: str) -> int:
    if _PART.match(name):
        return 9
    return next((level for level, mark in enumerate(_MARKS, 1) if mark.match(name)), 0)


def with_figures(lines: Sequence[Line]) -> list[Figure]:
    """The figures of those lines that have one."""
    return [line.figure for line in lines if line.figure is not None]


def readings(lines: Sequence[Line]) -> list[list[Figure]]:
    """The ways in which ``lines`` may be meant to be added, the likeliest first.

    Lines of the highest level with those that have no number; the same without lines that are parts of others; all.
    """
    numbered = [line.level for line in lines if line.level in (1, 2, 3, 4)]
    top = min(numbered, default=0)
    likely = [line for line in lines if line.level in (0, top)]
    ways = [
        likely,
        [line for line in lines if line.level == top],
        [line for line in lines if line.level != 9],
        lines,
    ]
    found: list[list[Figure]] = []
    for way in ways:
        figures = with_figures(way)
        if figures and figures not in found:
            found.append(figures)
    return found


def carried(lines: Sequence[Line]) -> Line | None:
    """The line for what was carried over, its parts apart."""
    return next((line for line in lines if line.level != 9 and _CARRIED.search(line.name)), None)


def is_carried(name: str) -> bool:
    """Whether a line is about what was carried over or left."""
    return _CARRIED.search(name) is not None


def source_of(name: str) -> str | None:
    """The column key of the source that a line of income names; ``None`` for what was carried over."""
    if _CARRIED.search(name):
        return None
    return next((key for key, pattern in SOURCES if pattern.search(name)), None)


def bare(name: str | None) -> str:
    """A name of the classification without its number and space, as two tables are compared."""
    return _NUMBERING.sub("", normalise(name))
