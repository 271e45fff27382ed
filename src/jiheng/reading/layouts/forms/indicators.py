"""The block of indicators in a form: its heading, which may have two rows, and the rows below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from jiheng.budget import Indicator, IndicatorValue, Place, is_blank, normalise
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.forms.cells import filled, is_figure, text_of
from jiheng.reading.layouts.forms.labels import INDICATOR_FIELDS, TOPIC_FIELDS, bare, column_of, field_of
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2, parent_of

_POINTS: Final = re.compile(r"[(（]\s*(\d+(?:\.\d+)?)\s*分?\s*[)）]")
_CORE: Final = re.compile(r"[★☆*]+")
_TERMS: Final = (
    (re.compile(r"实施期|中长期|长期|中期|项目总"), "whole"),
    (re.compile(r"年度|当年|本年"), "annual"),
)
_TOTAL: Final = re.compile(r"^(?:总分|合计|总计|得分合计|总得分)")
_IN_WORDS: Final = frozenset({"定性", "文字描述", "描述", "定性描述"})
_TEMPLATE: Final = re.compile(r"^[(（]\s*[≥≤<>=]*\s*\*+[^()（）]*[)）]")


class Column(msgspec.Struct):
    """A column of the block; ``term`` where the form has two blocks side by side."""

    at: int
    field: str
    term: str | None = None


class Heading(msgspec.Struct):
    """The heading of a block."""

    columns: list[Column]
    rows: int
    term: str | None = None


class Totals(msgspec.Struct):
    """What the line for the total says."""

    weight: str | None = None
    score: str | None = None
    place: Place | None = None


def heading_at(rows: Sequence[Row], index: int) -> Heading | None:
    """The heading that begins at row ``index``; ``None`` when none does."""
    first = _labels(rows[index])
    if not _is_heading(first):
        return None
    labels = dict(first)
    count = 1
    if index + 1 < len(rows):
        second = _labels(rows[index + 1])
        words = filled(rows[index + 1])
        is_second = (
            bool(second)
            and len(second) >= max(1, len(words) - 1)
            and not any(is_level1(normalise(cell.text)) or is_level2(normalise(cell.text)) for cell in words)
        )
        if is_second and (len(second) >= 2 or _is_under(rows[index], second)):
            labels = {**_without_spanned(rows[index], labels, second), **second}
            count = 2
    columns = [Column(at, field) for at, field in sorted(labels.items())]
    return Heading(_settled(columns, rows[index : index + count]), count)


def _labels(row: Row) -> dict[int, str]:
    return {cell.column: field for cell in row.cells if (field := column_of(cell.text)) is not None}


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


def _without_spanned(row: Row, labels: dict[int, str], second: dict[int, str]) -> dict[int, str]:
    """The labels of the first row but those that the second row divides."""
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
    elif len(values) > 1:
        # one name with two values: of the whole project and of the year
        values[0].field = "whole_value"
    if "sign" in fields and "number" not in fields and "unit" in fields:
        for column in columns:
            column.field = "number" if column.field == "value" else column.field
    return columns


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
    if _TOTAL.match(first):
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


class BlockReader:
    """Reads the rows of a block, levels filled down over merged and empty cells."""

    def __init__(self, heading: Heading, ledger: Ledger, term: str | None = None) -> None:
        self._columns = heading.columns
        self._ledger = ledger
        self._term = term
        self._levels: dict[str | None, tuple[str | None, str | None]] = {}
        self._points: dict[str, str] = {}
        self.totals = Totals()
        self._width = max(column.at for column in self._columns) + 1

    def read(self, row: Row) -> list[Indicator]:
        """The indicators in ``row``: none, one, or one for each block side by side."""
        row = self._aligned(row)
        words = filled(row)
        if words and _TOTAL.match(bare(words[0].text)):
            self._total(row)
            return []
        terms: list[str | None] = list(dict.fromkeys(column.term for column in self._columns if column.term))
        found = []
        for term in terms or [None]:
            columns = [column for column in self._columns if column.term in (None, term)]
            found += self._indicator(row, columns, term or self._term)
        return found

    def _aligned(self, row: Row) -> Row:
        """A row that is shorter than the heading because merged cells were left out stands at the right."""
        if any(cell.span > 1 for cell in row.cells) or not row.cells:
            return row
        missing = self._width - (row.cells[-1].column + 1)
        leading = min(column.at for column in self._columns)
        begins = normalise(row.cells[0].text)
        if missing <= 0 or not leading or not (is_level1(begins) or is_level2(begins)):
            return row
        moved = tuple(Cell(cell.text, cell.place, cell.column + missing, 1, cell.rows) for cell in row.cells)
        self._ledger.stand_for(row.cells, moved)
        return Row(moved, row.place)

    def _indicator(self, row: Row, columns: list[Column], term: str | None) -> list[Indicator]:
        cells: dict[str, Cell] = {}
        for column in columns:
            cell = row.at(column.at)
            if cell is not None and not any(cell is other for other in cells.values()):
                cells.setdefault(column.field, cell)
        texts = {field: text_of(cell) for field, cell in cells.items()}
        content = [text for field, text in texts.items() if text and field not in ("level1", "level1_weight")]
        if not content:
            return []
        for field, cell in cells.items():
            if is_blank(cell.text) or texts[field]:
                self._ledger.take(cell)
            else:
                self._ledger.furnish("空格记号", cell)
        level1, level2, level3 = self._levels_of(texts, term)
        if not level3 and not any(texts.get(name) for name in ("value", "number", "actual", "whole_value")):
            return []
        name, is_core = _CORE.sub("", level3 or "").strip(), _CORE.search(level3 or "") is not None
        fields: dict[str, Any] = {
            "level1": level1,
            "level2": level2,
            "level3": name or None,
            "is_core": is_core,
            "level1_weight": self._weight_of("level1", level1, texts),
            "level2_weight": self._weight_of("level2", level2, texts),
            "place": row.place,
        }
        for name in (
            "description",
            "scoring",
            "basis",
            "direction",
            "weight",
            "standard",
            "formula",
            "score",
            "reason",
            "remark",
        ):
            fields[name] = texts.get(name) or None
        for name in ("actual", "forecast", "previous"):
            fields[name] = IndicatorValue.parse(texts[name]) if texts.get(name) else None
        places = {
            ("value" if name == "number" else name): cell.place
            for name, cell in cells.items()
            if name not in ("sign", "unit") and texts[name]
        }
        found = []
        if texts.get("whole_value"):
            found.append(
                Indicator(**fields, term="whole", value=self._value(texts["whole_value"], row), cells=places)
            )
            term = term or "annual"
        if not found or texts.get("value") or texts.get("number"):
            found.append(Indicator(**fields, term=term, value=self._value_of(texts, row), cells=places))
        return found

    def _weight_of(self, level: str, name: str | None, texts: dict[str, str]) -> str | None:
        """The points of a level, stated in a column of their own or behind its name, on its first row only."""
        if (stated := texts.get(f"{level}_weight")) and name:
            self._points[name] = stated
        return self._points.get(name or "")

    def _levels_of(
        self, texts: dict[str, str], term: str | None
    ) -> tuple[str | None, str | None, str | None]:
        level1, level2, level3 = (texts.get(name) or "" for name in ("level1", "level2", "level3"))
        level1, level2 = self._without_points(level1), self._without_points(level2)
        has3 = any(column.field == "level3" for column in self._columns)
        if (
            not has3
            and level2
            and not is_level2(normalise(level2))
            and (is_level2(normalise(level1)) or not level1)
        ):
            # headed 一级 and 二级, but what stands there are the second and the third level
            level1, level2, level3 = "", level1, level2
        elif not has3 and level2 and not level3:
            level3 = ""
        before1, before2 = self._levels.get(term, self._levels.get(None, (None, None)))
        if not level2 and not level1:
            level2 = before2 or ""
        if not level1:
            level1 = self._parent(level2, before1)
        self._levels[term] = (level1 or None, level2 or None)
        return level1 or None, level2 or None, level3 or None

    @staticmethod
    def _parent(level2: str, before: str | None) -> str:
        """The first level of a row that leaves it empty: the one above, unless that cannot have this second level."""
        known = parent_of(normalise(level2)) if level2 else None
        if known and before and normalise(before)[:2] != known[:2] and is_level1(normalise(before)):
            return known
        return before or known or ""

    def _without_points(self, text: str) -> str:
        match = _POINTS.search(text)
        if match is None:
            return "".join(text.split()) if text else text
        name = "".join((text[: match.start()] + text[match.end() :]).split())
        self._points[name] = match[1]
        return name

    def _value_of(self, texts: dict[str, str], row: Row) -> IndicatorValue | None:
        if "number" in texts or "sign" in texts:
            parts = [texts.get(name, "") for name in ("sign", "number", "unit")]
            if normalise(parts[0]) in _IN_WORDS:
                return (
                    IndicatorValue.parse(texts.get("number") or texts.get("value") or parts[2])
                    if any(parts[1:]) or texts.get("value")
                    else None
                )
            if not texts.get("number") and texts.get("value"):
                parts[1] = texts["value"]
            return IndicatorValue.of_columns(*parts) if any(parts[1:]) or parts[0] else None
        value = texts.get("value")
        if value and (unit := texts.get("unit")) and is_figure(value):
            return IndicatorValue.of_columns("", value, unit)
        return self._value(value, row) if value else None

    def _value(self, text: str, row: Row) -> IndicatorValue:
        match = _TEMPLATE.match(text)
        value = IndicatorValue.parse(
            text[match.end() :].strip() if match and match.end() < len(text) else text
        )
        if match and match.end() < len(text):
            self._ledger.warn(f"指标值“{text}”前留有模板文字“{match[0]}”，已略去。", row.place)
        return value

    def _total(self, row: Row) -> None:
        """The line 总分: its weight and its score."""
        self.totals.place = row.place
        for column in self._columns:
            cell = row.at(column.at)
            if column.field in ("weight", "score") and cell is not None and is_figure(text_of(cell)):
                setattr(self.totals, column.field, normalise(cell.text))
        figures = [cell for cell in filled(row) if is_figure(text_of(cell))]
        if self.totals.score is None and len(figures) >= 1 and self.totals.weight is None:
            self.totals.score = normalise(figures[-1].text)
        self._ledger.take(*figures)
        self._ledger.furnish(
            "合计行", *[cell for cell in filled(row) if not any(cell is one for one in figures)]
        )


def is_heading(row: Row) -> bool:
    """Whether ``row`` may head a block of indicators."""
    return _is_heading(_labels(row)) and bool(set(_labels(row).values()) & INDICATOR_FIELDS)
