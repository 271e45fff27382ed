"""The indicator part of a goal table: which column is what, and the rows below."""

from __future__ import annotations

from jiheng.budget import Indicator, IndicatorValue, is_blank, join_lines, normalise, tidy, unwrap
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.labels import column_field, is_label_fragment
from jiheng.reading.layouts.ledger import Ledger
from jiheng.standards.indicator_framework import is_level1, is_level2, parent_of

# The order in which the forms print their columns, for a table whose headings are damaged.
_USUAL_START = ("level1", "level2", "level3", "description", "scoring")
_RULE = frozenset("-—–_=. ")
_USUAL_END = ("basis", "scoring")


class Columns:
    """Which grid column holds which field, learnt from one or more heading rows."""

    def __init__(self) -> None:
        self._labels: dict[int, str] = {}
        self.fields: dict[int, str] = {}
        self.is_displaced = False
        """The labels of the first column slid upwards: level one cannot be read from it."""

    def learn(self, row: Row) -> None:
        """Take in a heading row; a label below another one refines or completes it."""
        self._make_room(row)
        for cell in row.cells:
            if is_blank(cell.text):
                continue
            label = self._labels.get(cell.column, "") + cell.text
            field = column_field(cell.text) or column_field(label)
            self._labels[cell.column] = label
            if field is not None:
                self.fields[cell.column] = field
            elif cell.column == 0 and is_level1(normalise(cell.text)):
                self.fields[0], self.is_displaced = "level1", True

    def _make_room(self, row: Row) -> None:
        """Line the columns behind 指标值 up with its three columns below.

        After a page break between the two heading rows they come out on different grids; what follows
        指标值 above then begins where 符号, 值, 单位 end below.
        """
        below = {column_field(cell.text): cell for cell in row.cells}
        value = next((column for column, field in self.fields.items() if field == "value"), None)
        if value is None or "sign" not in below or "unit" not in below:
            return
        behind = [column for column in self._labels if column > value]
        unit = below["unit"]
        shift = unit.column + unit.span - min(behind) if behind else 0
        if shift == 0 and value == below["sign"].column:
            return
        self._labels.pop(value)
        self.fields.pop(value)
        for columns in (self._labels, self.fields):
            moved = {column + shift: columns.pop(column) for column in behind if column in columns}
            columns.update(moved)

    def settle(self, ledger: Ledger, row: Row) -> None:
        """Put damaged headings right: where a field appears twice the usual order of the form decides."""
        found = list(self.fields.values())
        if len(set(found)) == len(found) and "level2" in found:
            return
        numbers = {
            field: column for column, field in self.fields.items() if field in ("sign", "number", "unit")
        }
        if len(numbers) != 3:
            return
        self.fields = {column: field for field, column in numbers.items()}
        self.fields.update(zip(range(numbers["sign"]), _USUAL_START, strict=False))
        self.fields.update(zip(range(numbers["unit"] + 1, numbers["unit"] + 3), _USUAL_END, strict=False))
        taken: set[str] = set()
        for column in sorted(self.fields):
            if self.fields[column] in taken:
                del self.fields[column]
            else:
                taken.add(self.fields[column])
        ledger.warn("指标表的表头文字错乱，已按通常的列次读取，请核对。", row.place)

    @property
    def width(self) -> int:
        """How many columns the heading spans."""
        return max(self.fields, default=-1) + 1


def is_heading(row: Row, has_begun: bool) -> bool:
    """Whether ``row`` is (part of) the heading of the indicator table.

    Args:
        has_begun: a heading row came just before, so that a row of torn labels may continue it.
    """
    texts = [cell.text for cell in row.cells if not is_blank(cell.text)]
    known = [text for text in texts if column_field(text) is not None]
    if len(known) >= 2 and len(known) >= len(texts) - 2:
        return True
    if not known and not has_begun:
        return False
    return bool(texts) and all(column_field(text) is not None or is_label_fragment(text) for text in texts)


def merge_torn_rows(rows: list[Row], width: int, ledger: Ledger) -> list[Row]:
    """Rows that an empty paragraph inside a cell tore apart, put together again.

    Only where the source gives a row no grid of its own (a cell a line): there every row has as many
    cells as the heading, so a shorter row and the next one that together have that many are one.
    """
    merged: list[Row] = []
    for row in rows:
        last = merged[-1] if merged else None
        if (
            last is not None
            and len(last.cells) < width
            and len(last.cells) + len(row.cells) <= width
            and not is_blank(row.cells[0].text)
            and not is_level1(normalise(row.cells[0].text))
        ):
            offset = len(last.cells)
            moved = tuple(Cell(cell.text, cell.place, cell.column + offset, cell.span) for cell in row.cells)
            ledger.stand_for(row.cells, moved)
            merged[-1] = Row(last.cells + moved, last.place)
        else:
            merged.append(row)
    return merged


class IndicatorReader:
    """Reads the rows below the heading, filling merged cells down."""

    def __init__(self, columns: Columns, ledger: Ledger, *, wrapped: bool) -> None:
        self._columns = columns
        self._ledger = ledger
        self._clean = unwrap if wrapped else tidy
        self._level1: str | None = None
        self._level2: str | None = None

    def read(self, row: Row) -> Indicator | None:
        """The indicator in ``row``; ``None`` when the row holds none and is left over."""
        cells: dict[str, Cell] = {}
        for column, field in self._columns.fields.items():
            cell = row.at(column)
            if cell is not None and cell not in cells.values():
                cells[field] = cell
        texts = {field: self._text(cell) for field, cell in cells.items()}
        content = [text for field, text in texts.items() if field != "level1" and text]
        if not content:
            return None
        if all(set(text) <= _RULE for text in content):
            self._ledger.furnish("表格线", row)
            return None
        self._ledger.take(*cells.values())
        level1, level2 = self._levels(texts, row)
        return Indicator(
            level1=level1,
            level2=level2,
            level3=texts.get("level3") or None,
            description=texts.get("description") or None,
            value=self._value(texts, cells),
            scoring=texts.get("scoring") or None,
            basis=texts.get("basis") or None,
            place=row.place,
            cells={
                ("value" if field == "number" else field): cell.place
                for field, cell in cells.items()
                if field not in ("sign", "unit")
            },
        )

    def _text(self, cell: Cell) -> str:
        return self._clean(join_lines(cell.text.split("\n")) if "\n" in cell.text else cell.text)

    def _levels(self, texts: dict[str, str], row: Row) -> tuple[str | None, str | None]:
        """Level one and two of a row; an empty cell continues the one above it."""
        level1 = normalise(texts.get("level1")) or None
        level2 = normalise(texts.get("level2")) or None
        if level2 is None and level1 is None:
            level2 = self._level2
        if self._columns.is_displaced:
            level1 = parent_of(level2) if level2 else None
        elif level1 is not None and is_level2(level1) and not is_level2(level2 or ""):
            self._ledger.warn(f"“{level1}”写在一级指标列，请核对。", row.place)
        level1 = level1 or self._level1
        self._level1, self._level2 = level1, level2
        return level1, level2

    def _value(self, texts: dict[str, str], cells: dict[str, Cell]) -> IndicatorValue | None:
        if "number" in cells or "sign" in cells:
            parts = [texts.get(field, "") for field in ("sign", "number", "unit")]
            return IndicatorValue.of_columns(*parts) if any(parts) else None
        text = texts.get("value")
        return IndicatorValue.parse(text) if text else None
