"""The indicator table of a form: one block, one for each term, or the medium term and the year side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from jiheng.budget import Indicator, normalise
from jiheng.standards.indicator_framework import layout, parent_of
from jiheng.writing.forms.columns import Column, columns_for, text_of, widths_of
from jiheng.writing.forms.ruling import CHARACTER, MARGIN, Strip, label, ruled, shared, short, wanted, words
from jiheng.writing.pages import Cell, Grid

_TERMS = {"whole": "中期绩效指标", "annual": "年度绩效指标", None: "绩效指标"}
_CENTRED = 14
"""Of characters: a text so short stands in the middle of its cell."""


def blank_indicators() -> list[Indicator]:
    """The rows of a form that nobody has filled in: every second level of 财预〔2020〕10号 under its first."""
    return [
        Indicator(level1=first.name, level2=second)
        for first in layout("2020").level1
        for second in first.level2
    ]


def indicator_grids(
    form: Sequence[Column], indicators: Sequence[Indicator], width: float, last: Sequence[Strip] = ()
) -> Iterator[Grid]:
    """The indicators below the head of a form, in its columns; an empty table as the form prints it.

    Args:
        last: rows that close the table, see ``total_strip``.
    """
    rows = list(indicators) or blank_indicators()
    columns = columns_for(form, rows)
    if _stands_side_by_side(columns, rows):
        yield _side_by_side(rows, width, last)
        return
    runs = [(term, list(run)) for term, run in groupby(rows, key=lambda row: row.term)]
    widths = widths_of(columns, rows, width)
    for number, (term, run) in enumerate(runs, 1):
        head: list[Strip] = [
            [(width, label(_TERMS.get(term, "绩效指标")))],
            [(wide, label(column.head)) for wide, column in zip(widths, columns, strict=True)],
        ]
        body = _strips(run, columns, widths)
        yield ruled([*head, *body, *(last if number == len(runs) else ())], header_rows=2, joined=True)


def _strips(rows: Sequence[Indicator], columns: Sequence[Column], widths: Sequence[float]) -> list[Strip]:
    """A row for each indicator; a first level stands once beside the rows that go on with it."""
    strips: list[Strip] = []
    for group in _groups(rows):
        for position, row in enumerate(group):
            first = label(text_of(row, "level1"), len(group)) if position == 0 else None
            cells = [first, *(_cell(text_of(row, column.field), column.field) for column in columns[1:])]
            strips.append(list(zip(widths, cells, strict=True)))
    return strips


def _cell(text: str, field: str) -> Cell:
    return short(text) if len(text) <= _CENTRED and field != "level3" else words(text)


def _groups(rows: Sequence[Indicator]) -> list[list[Indicator]]:
    """Runs of indicators under one cell of the first level.

    Whoever reads an empty first level takes the one above, unless the second level belongs elsewhere: a row of which
    this would be wrong prints its first level again.
    """
    found = [[rows[0]]]
    for before, row in pairwise(rows):
        same = text_of(before, "level1") == text_of(row, "level1") and bool(row.level1)
        if same and row.level2 and _is_understood(row):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _is_understood(row: Indicator) -> bool:
    parent = parent_of(normalise(row.level2))
    return parent is None or normalise(row.level1)[:2] == parent[:2]


def _stands_side_by_side(columns: Sequence[Column], rows: Sequence[Indicator]) -> bool:
    """Whether the official form of 财预〔2015〕88号 holds them: medium term and year by turns, a name and a value each."""
    if {column.field for column in columns} != {"level1", "level2", "level3", "value"}:
        return False
    if not {row.term for row in rows} <= {"whole", "annual"}:
        return False
    pairs = sum(one.term == "whole" and two.term == "annual" for one, two in pairwise(rows))
    return pairs * 3 >= len(rows) and pairs > 1


def _side_by_side(rows: Sequence[Indicator], width: float, last: Sequence[Strip]) -> Grid:
    texts = [
        [text_of(row, field) for row in rows if row.term == term]
        for term in ("whole", "annual")
        for field in ("level2", "level3", "value")
    ]
    heads = ("二级指标", "三级指标", "指标值")
    wants = [(5 * CHARACTER + MARGIN, 5 * CHARACTER + MARGIN)]
    wants += [wanted(head, one, most=11) for head, one in zip(heads * 2, texts, strict=True)]
    wants = [(max(low, 4 * CHARACTER + MARGIN), high) for low, high in wants]  # 数量指标 on one line
    widths = shared(wants, width)
    left, right = sum(widths[1:4]), sum(widths[4:])
    strips: list[Strip] = [
        [(widths[0], label("绩效指标")), (left, label(_TERMS["whole"])), (right, label(_TERMS["annual"]))],
        list(zip(widths, map(label, ("一级指标", *heads, *heads)), strict=True)),
    ]
    for group in _grouped_pairs(rows):
        for number, (whole, annual) in enumerate(group):
            first = label(text_of(whole or annual or rows[0], "level1"), len(group)) if number == 0 else None
            sides = [
                short(text_of(row, field)) if row else short("")
                for row in (whole, annual)
                for field in ("level2", "level3", "value")
            ]
            strips.append(list(zip(widths, [first, *sides], strict=True)))
    return ruled([*strips, *last], header_rows=2, joined=True)


def _grouped_pairs(rows: Sequence[Indicator]) -> list[list[tuple[Indicator | None, Indicator | None]]]:
    """The rows of the table: an indicator of the medium term with the one of the year that follows it."""
    found: list[list[tuple[Indicator | None, Indicator | None]]] = []
    shown, index = "", 0
    while index < len(rows):
        row = rows[index]
        level1 = text_of(row, "level1")
        after = rows[index + 1] if index + 1 < len(rows) else None
        is_pair = row.term == "whole" and after is not None and after.term == "annual"
        if is_pair and after is not None and text_of(after, "level1") == level1:
            pair: tuple[Indicator | None, Indicator | None] = (row, after)
            index += 2
        else:
            pair = (row, None) if row.term == "whole" else (None, row)
            index += 1
        is_whole = None not in pair and all(one and one.level2 and _is_understood(one) for one in pair)
        if found and level1 and level1 == shown and is_whole:
            found[-1].append(pair)
        else:
            found.append([pair])
        shown = level1
    return found


def total_strip(
    columns: Sequence[Column], indicators: Sequence[Indicator], width: float, most: str, score: str | None
) -> Strip:
    """总分: what may be had stands below 分值, what was reached below 得分."""
    rows = list(indicators) or blank_indicators()
    widths = widths_of(columns, rows, width)
    fields = [column.field for column in columns]
    at = min(fields.index("weight"), fields.index("score"))
    strip: list[tuple[float, Cell | None]] = [(sum(widths[:at]), label("总分"))]
    for wide, field in list(zip(widths, fields, strict=True))[at:]:
        text = {"weight": most, "score": score or ""}.get(field, "")
        strip.append((wide, short(text)))
    return strip
