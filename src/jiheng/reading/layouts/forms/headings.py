"""The heading of a block of indicators: one row or two, and what each column below it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from jiheng.budget import is_blank, normalise
from jiheng.reading.blocks import Row
from jiheng.reading.layouts.forms.cells import filled, text_of
from jiheng.reading.layouts.forms.labels import INDICATOR_FIELDS, TOPIC_FIELDS, bare, column_of, field_of
from jiheng.standards.indicator_framework import is_level1, is_level2

POINTS: Final = re.compile(r"[(（]\s*(\d+(?:\.\d+)?)\s*分?\s*[)）]")
_TERMS: Final = (
    (re.compile(r"实施期|中长期|长期|中期|项目总"), "whole"),
    (re.compile(r"年度|当年|本年"), "annual"),
)
PREFIX: Final = re.compile(r"^目标\s*\d{1,2}\s*[:：、.]?\s*")
TOTAL: Final = re.compile(r"^(?:总分|合计|总计|得分合计|总得分)")
_SIDE: Final = frozenset({"绩效指标", "序号", "指标", "绩效指标体系", "指标体系", "年度绩效指标"})
"""Headings beside the block, over columns that only number or frame it."""
_LOOK: Final = 8
"""So many rows below a heading tell what its columns hold."""


class Column(msgspec.Struct):
    """A column of the block; ``term`` where the form has two blocks side by side.

    ``label`` is the heading of a column that has no field of its own: what stands there goes, with its label, to
    ``field`` ("remark", or "reason" where it is one of several under 偏差原因分析).
    """

    at: int
    field: str
    term: str | None = None
    label: str | None = None


class Heading(msgspec.Struct):
    """The heading of a block."""

    columns: list[Column]
    rows: int
    term: str | None = None


def heading_at(rows: Sequence[Row], index: int) -> Heading | None:
    """The heading that begins at row ``index``; ``None`` when none does."""
    first = _labels(rows[index])
    if not _is_heading(first):
        return None
    labels = dict(first)
    count = 1
    if index + 1 < len(rows) and _is_second(rows[index], rows[index + 1], first):
        second = _labels(rows[index + 1])
        labels = {**_without_spanned(rows[index], labels, rows[index + 1]), **second}
        count = 2
    head, body = rows[index : index + count], rows[index + count : index + count + _LOOK]
    columns = [Column(at, field) for at, field in sorted(labels.items())]
    columns = _unlabelled_levels(columns, head, body) + columns
    columns = _settled(columns, head) + _extras(columns, head)
    return Heading(sorted(columns, key=lambda column: column.at), count)


def _is_second(row: Row, below: Row, first: dict[int, str]) -> bool:
    """Whether ``below`` is the second row of a heading: its labels, or all its cells, stand under wide cells."""
    words, second = filled(below), _labels(below)
    if not words or any(is_level1(level_of(cell.text)) or is_level2(level_of(cell.text)) for cell in words):
        return False
    if second and len(second) >= max(1, len(words) - 1):
        return len(second) >= 2 or _is_under(row, second)
    wide = [cell for cell in filled(row) if cell.span > 1]
    is_all_under = all(
        any(cell.column <= word.column < cell.column + cell.span and word.span < cell.span for cell in wide)
        for word in words
    )
    # the other columns of the heading go on downwards, so that nothing stands below them
    return is_all_under and any(cell.rows > 1 and cell.column in first for cell in row.cells)


def level_of(text: str) -> str:
    """The name of a level without its points and the form's words "目标1："."""
    return PREFIX.sub("", POINTS.sub("", normalise(text)))


def _unlabelled_levels(columns: list[Column], head: Sequence[Row], body: Sequence[Row]) -> list[Column]:
    """Columns of levels whose heading does not say so: left of the names, and full of names of levels."""
    fields = {column.field for column in columns}
    first = min((column.at for column in columns if column.field in ("level3", "content")), default=0)
    known = {column.at for column in columns}
    found: list[Column] = []
    for field, is_level in (("level1", is_level1), ("level2", is_level2)):
        if field in fields:
            continue
        for at in range(first):
            texts = [
                level_of(cell.text)
                for row in body
                if (cell := row.at(at)) is not None and not is_blank(cell.text) and cell.column == at
            ]
            taken = known | {column.at for column in found}
            if at not in taken and texts and sum(map(is_level, texts)) * 2 > len(texts):
                found.append(Column(at, field))
                break
    return found


def _extras(columns: list[Column], head: Sequence[Row]) -> list[Column]:
    """Columns right of the first level whose headings are not known: nothing in them is lost."""
    known = {column.at for column in columns}
    first = min((column.at for column in columns if column.field in INDICATOR_FIELDS), default=0)
    found: dict[int, Column] = {}
    for row in head:
        for cell in filled(row):
            label = "".join(cell.text.split())
            if cell.column < first or cell.column in known or bare(label) in _SIDE:
                continue
            found[cell.column] = Column(cell.column, "remark", label=label)
    for column in found.values():
        above = head[0].at(column.at)
        if len(head) > 1 and above is not None and above.span > 1 and column_of(above.text):
            column.field = column_of(above.text) or "remark"
        elif len(head) > 1 and above is not None and above.span > 1 and not is_blank(above.text):
            column.label = f"{''.join(above.text.split())}：{column.label}"
    return list(found.values())


def _labels(row: Row) -> dict[int, str]:
    labels = {cell.column: field for cell in row.cells if (field := column_of(cell.text)) is not None}
    if not set(labels.values()) & {"level1", "level3", "content"}:
        # a column headed 绩效指标 holds the names, where no other one does
        named = [cell for cell in row.cells if bare(cell.text) in ("绩效指标", "指标", "考核指标")]
        if named:
            labels[named[-1].column] = "level3"  # the first of two stands beside the block
    return labels


def _is_heading(labels: dict[int, str]) -> bool:
    fields = set(labels.values())
    levels = fields & {"level1", "level2", "level3", "content"}
    return len(levels) >= 2 or (bool(levels) and bool(fields & {"value", "actual", "weight", "previous"}))


def _is_under(row: Row, second: dict[int, str]) -> bool:
    """Whether the second row's labels stand under one wide label of the first."""
    return any(
        cell.span > 1 and any(cell.column <= at < cell.column + cell.span for at in second)
        for cell in row.cells
    )


def _without_spanned(row: Row, labels: dict[int, str], below: Row) -> dict[int, str]:
    """The labels of the first row but those that the second row divides."""
    second = [cell.column for cell in filled(below)]
    wide = {
        cell.column
        for cell in row.cells
        if cell.span > 1 and any(cell.column <= at < cell.column + cell.span for at in second)
    }
    return {at: field for at, field in labels.items() if at not in wide}


def _settled(columns: list[Column], head: Sequence[Row]) -> list[Column]:
    """What the labels alone leave open: several weights, repeated columns, 指标内容 for the name."""
    fields = [column.field for column in columns]
    if "content" in fields:
        name = "description" if "level3" in fields else "level3"
        for column in columns:
            column.field = name if column.field == "content" else column.field
    _name_weights(columns)
    names = [column for column in columns if column.field == "level3"]
    values = [column for column in columns if column.field == "value"]
    if len(names) > 1:
        _name_terms(columns, head)
    elif len(values) > 1 and _are_years(values, head):
        for column in values[1:]:
            column.field, column.label = "remark", _label_at(head, column.at)
    elif len(values) > 1:
        # one name with two values: of the whole project and of the year
        values[0].field = "whole_value"
    if "sign" in fields and "number" not in fields and "unit" in fields:
        for column in columns:
            column.field = "number" if column.field == "value" else column.field
    return columns


def _label_at(head: Sequence[Row], at: int) -> str:
    return next((text for row in reversed(head) if (text := text_of(row.at(at)))), "")


def _are_years(columns: list[Column], head: Sequence[Row]) -> bool:
    """Whether several values are of one year after the other, the first of the year that the form is for."""
    return all(re.match(r"20\d{2}年", normalise(_label_at(head, column.at))) for column in columns)


def _name_weights(columns: list[Column]) -> None:
    """A weight belongs to the level before it; the last one to the indicator."""
    weights = [column for column in columns if column.field == "weight"]
    if len(weights) < 2:
        return
    before: str | None = None
    for column in columns:
        if column.field in ("level1", "level2"):
            before = column.field
        elif column.field == "weight":
            column.field = f"{before}_weight" if before else "weight"
            before = None
        else:
            before = None


def _name_terms(columns: list[Column], head: Sequence[Row]) -> None:
    """Blocks side by side: the first is of the whole project, the second of the year, unless the head says so."""
    seen: set[str] = set()
    block = 0
    for column in columns:
        if column.field in seen and column.field in ("level1", "level2", "level3"):
            block += 1
            seen = set()
        seen.add(column.field)
        column.term = ("whole", "annual")[min(block, 1)] if column.field != "level1" or block else None
    for row in head:
        for cell in row.cells:
            term = next((name for pattern, name in _TERMS if pattern.search(normalise(cell.text))), None)
            if term and cell.span > 1:
                for column in columns:
                    if cell.column <= column.at < cell.column + cell.span and column.term:
                        column.term = term


def ends_block(row: Row, heading: Heading) -> bool:
    """Whether ``row`` is no row of the block any more."""
    words = filled(row)
    if not words:
        return False
    first = bare(words[0].text)
    if TOTAL.match(first):
        return False
    levels = [column.at for column in heading.columns if column.field in ("level1", "level2", "level3")]
    # one cell over (nearly) the whole width is a note or the beginning of something else
    widest = max(cell.span for cell in words)
    span = max(column.at for column in heading.columns) - min(levels, default=0) + 1
    if len(words) == 1 and widest >= span - 1 and span > 3:
        return True
    field = field_of(words[0].text)
    is_level = is_level1(normalise(words[0].text)) or is_level2(normalise(words[0].text))
    return (
        len(words) <= 2 and not is_level and field in TOPIC_FIELDS | {"manager", "besides", "grade", "score"}
    )


def is_heading(row: Row) -> bool:
    """Whether ``row`` may head a block of indicators."""
    return _is_heading(_labels(row)) and bool(set(_labels(row).values()) & INDICATOR_FIELDS)
