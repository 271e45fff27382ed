"""The rows of a block of indicators, below its heading."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from jiheng.budget import Indicator, IndicatorValue, Place, is_blank, normalise
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.disclosure_tables.heads import is_column_numbers
from jiheng.reading.layouts.forms.cells import filled, is_figure, text_of
from jiheng.reading.layouts.forms.headings import POINTS, PREFIX, TOTAL, Column, Heading, level_of
from jiheng.reading.layouts.forms.labels import bare, column_of
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2, parent_of

_IN_WORDS: Final = frozenset({"定性", "文字描述", "描述", "定性描述", "定性指标"})
_IN_FIGURES: Final = frozenset({"定量", "定量指标", "数值"})
"""What stands in a column 指标性质 that is of the kind of the indicator and not of the sign of its value."""
_NUMBERED: Final = re.compile(
    r"^(?:指标\s*\d{1,2}(?:\s*[:：.、]\s*|\s+|(?=[\u4e00-\u9fff]))|\d{1,2}\s*[.、．](?!\d)\s*)"
)
_UNFILLED: Final = re.compile(r"(?:指标\d*[:：.、]?|目标\d*[:：.、]?|[无/\\…\-—.、:：])*")
_NOT_FILLED_IN: Final = frozenset({"level1", "level2", "level1_weight", "level2_weight", "sign", "unit"})
"""What a form prints in a row that nobody has filled in."""
_CORE: Final = re.compile(r"[★☆*]+")
_TEMPLATE: Final = re.compile(r"^[(（]\s*[≥≤<>=]*\s*\*+[^()（）]*[)）]")

_BOTH: Final = re.compile(r"[-—–/\\>→、·]+")
_SIGN: Final = re.compile(r"[≥≤<>=＝≧≦]{1,2}")
_SIGNED: Final = re.compile(r"([≥≤<>=]?)(-?\d[\d,]*(?:\.\d+)?)")
_TICK: Final = re.compile(r"[√✓✔☑■●V是]")


class Totals(msgspec.Struct):
    """What the line for the total says."""

    weight: str | None = None
    score: str | None = None
    place: Place | None = None


def _is_unfilled(texts: dict[str, str]) -> bool:
    """Whether a row has only what the form printed: 指标2： with nothing behind it, or 无 and strokes all over."""
    return all(
        _UNFILLED.fullmatch(normalise(text)) for field, text in texts.items() if field not in _NOT_FILLED_IN
    )


class BlockReader:
    """Reads the rows of a block, levels filled down over merged and empty cells."""

    def __init__(self, heading: Heading, ledger: Ledger, term: str | None = None) -> None:
        self._columns = heading.columns
        self._ledger = ledger
        self._term = term
        self._levels: dict[str | None, tuple[str | None, str | None]] = {}
        self._points: dict[str, str] = {}
        self._is_shifted = False
        self.totals = Totals()
        self._width = max(column.at for column in self._columns) + 1

    def read(self, row: Row) -> list[Indicator]:
        """The indicators in ``row``: none, one, or one for each block side by side."""
        row = self._aligned(row)
        words = filled(row)
        if is_column_numbers(row):
            self._ledger.furnish("栏次", *words)
            return []
        if words and TOTAL.match(bare(words[0].text)):
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
            if (
                column.label is None
                and cell is not None
                and not any(cell is other for other in cells.values())
            ):
                cells.setdefault(column.field, cell)
        texts = {field: text_of(cell) for field, cell in cells.items()}
        for column in columns:
            cell = row.at(column.at)
            if cell is not None and not is_blank(cell.text) and not text_of(cell):
                self._ledger.furnish("空格记号", cell)
        content = [text for field, text in texts.items() if text and field not in ("level1", "level1_weight")]
        if not content:
            return []
        is_unfilled = _is_unfilled(texts)
        for field, cell in cells.items():
            if is_unfilled and not is_blank(cell.text):
                self._ledger.furnish("未填写的预设行", cell)
            elif is_blank(cell.text) or texts[field]:
                self._ledger.take(cell)
            else:
                self._ledger.furnish("空格记号", cell)
        self._add_labelled(row, columns, cells, texts)
        if _SIGN.fullmatch(texts.get("direction", "")) and "sign" not in texts:
            texts |= {"sign": texts["direction"], "number": texts.get("value", ""), "direction": ""}
        level1, level2, level3 = self._levels_of(texts, term)
        if is_unfilled:
            return []
        if not level3 and not any(texts.get(name) for name in ("value", "number", "actual", "whole_value")):
            return []
        name, is_core = _CORE.sub("", level3 or "").strip(), _CORE.search(level3 or "") is not None
        name = _NUMBERED.sub("", name)
        fields: dict[str, Any] = {
            "level1": level1,
            "level2": level2,
            "level3": name or None,
            "is_core": is_core or _TICK.fullmatch(texts.get("core", "")) is not None,
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

    def _add_labelled(
        self, row: Row, columns: list[Column], cells: dict[str, Cell], texts: dict[str, str]
    ) -> None:
        """What stands in columns without a field of their own, each with its label; a tick stands for the label."""
        for column in columns:
            cell = row.at(column.at)
            text = text_of(cell)
            if column.label is None or cell is None or not text:
                continue
            said = column.label if _TICK.fullmatch(text) else f"{column.label}：{text}"
            texts[column.field] = f"{texts[column.field]}；{said}" if texts.get(column.field) else said
            cells.setdefault(column.field, cell)
            self._ledger.take(cell)

    def _weight_of(self, level: str, name: str | None, texts: dict[str, str]) -> str | None:
        """The points of a level, stated in a column of their own or behind its name, on its first row only."""
        if (stated := texts.get(f"{level}_weight")) and name:
            self._points[name] = stated
        return self._points.get(name or "")

    def _levels_of(
        self, texts: dict[str, str], term: str | None
    ) -> tuple[str | None, str | None, str | None]:
        level1, level2, level3 = (texts.get(name) or "" for name in ("level1", "level2", "level3"))
        before1, before2 = self._levels.get(term, self._levels.get(None, (None, None)))
        goes_on = not level1 and self._goes_on(texts, before1)
        if not goes_on and not level1 and level2 and not is_level2(level_of(level2)):
            # one column for both: 产出指标-数量指标, or now one level and now the other
            parts = _BOTH.split(level2, maxsplit=1)
            if is_level1(level_of(parts[0])):
                level1, level2 = parts[0], parts[1] if len(parts) > 1 else ""
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
            self._is_shifted = True
        elif self._is_shifted and is_level1(normalise(level1)) and not is_level2(normalise(level2)):
            level2, level3 = "", level2  # 满意度指标 has no second level of its own in such a block
        elif not has3 and level2 and not level3:
            level3 = ""
        if not level2 and not level1:
            level2 = before2 or ""
        if not level1:
            level1 = before1 or "" if goes_on else self._parent(level2, before1)
        self._levels[term] = (level1 or None, level2 or None)
        return level1 or None, level2 or None, level3 or None

    def _goes_on(self, texts: dict[str, str], before: str | None) -> bool:
        """Whether a row belongs to the first level above it: where every first level has its points beside it, a row
        without them begins none, be it 满意度指标 below 效益."""
        return "level1_weight" in texts and not texts["level1_weight"] and (before or "") in self._points

    @staticmethod
    def _parent(level2: str, before: str | None) -> str:
        """The first level of a row that leaves it empty: the one above, unless that cannot have this second level."""
        known = parent_of(normalise(level2)) if level2 else None
        if known and before and normalise(before)[:2] != known[:2] and is_level1(normalise(before)):
            return known
        return before or known or ""

    def begin(self, row: Row) -> None:
        """The levels that begin in the heading's own row, beside it."""
        names = {}
        for column in self._columns:
            cell = row.at(column.at)
            if column.field in ("level1", "level2") and cell is not None and cell.rows > 1:
                name = self._without_points(text_of(cell))
                if name and column_of(cell.text) is None:
                    names[column.field] = name
        if names:
            self._levels[self._term] = (names.get("level1"), names.get("level2"))

    def _without_points(self, text: str) -> str:
        text = PREFIX.sub("", text)
        match = POINTS.search(text)
        if match is None:
            return "".join(text.split()) if text else text
        name = "".join((text[: match.start()] + text[match.end() :]).split())
        self._points[name] = match[1]
        return name

    def _value_of(self, texts: dict[str, str], row: Row) -> IndicatorValue | None:
        if "number" in texts or "sign" in texts:
            parts = [texts.get(name, "") for name in ("sign", "number", "unit")]
            if normalise(parts[0]) in _IN_FIGURES:
                parts[0] = ""
            if normalise(parts[0]) in _IN_WORDS:
                return (
                    IndicatorValue.parse(texts.get("number") or texts.get("value") or parts[2])
                    if any(parts[1:]) or texts.get("value")
                    else None
                )
            if normalise(parts[0]) == "=" and parts[1] and not re.search(r"\d", parts[1]):
                return IndicatorValue.parse(parts[1])  # words are equal to nothing
            if not texts.get("number") and texts.get("value"):
                parts[1] = texts["value"]
            if not parts[0] and parts[2] and normalise(parts[1]).endswith(normalise(parts[2])):
                return IndicatorValue.parse(parts[1])  # with its unit, and the unit once more in a column
            return IndicatorValue.of_columns(*parts) if any(parts[1:]) or parts[0] else None
        value = texts.get("value")
        if value and (unit := texts.get("unit")) and (match := _SIGNED.fullmatch(normalise(value))):
            return IndicatorValue.of_columns(match[1], match[2], unit)
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
