"""A project's goal table (绩效目标表), in every form in which it is printed.

Fields are found by their labels, wherever the form puts them; only the indicator table goes by columns.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from jiheng.budget import (
    WAN_YUAN,
    CodedName,
    Indicator,
    Money,
    Place,
    Project,
    ProjectBudget,
    has_wrapping,
    is_blank,
    join_lines,
    normalise,
    tidy,
    unwrap,
    without_space,
)
from jiheng.reading.blocks import Cell, Paragraph, Row
from jiheng.reading.layouts import indicator_rows, labels, spending_plan
from jiheng.reading.layouts.goals import split_goals, strip_number
from jiheng.reading.layouts.heading import ProjectHeading
from jiheng.reading.layouts.ledger import Ledger


class GoalTable:
    """The pieces of one goal table while they are collected, and the reading of them."""

    def __init__(
        self, heading: ProjectHeading | None, unit_line: Paragraph | None, money_unit: str | None
    ) -> None:
        self.heading = heading
        self.rows: list[Row] = []
        self.notes: list[Paragraph] = []
        """Paragraphs that stood between the rows: a form's title, or a heading that slid down."""
        self.unit_line = unit_line
        self.money_unit = money_unit

    def read(self, ledger: Ledger) -> Project:
        """The project; what is not placed stays for the ledger to list."""
        return _TableReader(self, ledger).project()


class _TableReader:
    """Reads one goal table from top to bottom."""

    def __init__(self, table: GoalTable, ledger: Ledger) -> None:
        self._ledger = ledger
        self._heading = table.heading
        self._money_unit = table.money_unit or WAN_YUAN
        self._says_unit = table.money_unit is not None
        self._rows = _without_row_numbers(table.rows, ledger)
        self._wrapped = any(_is_wrapped_label(cell) for row in self._rows for cell in row.cells)
        self._clean = unwrap if self._wrapped else tidy
        self._fields: dict[str, Any] = {}
        self._cells: dict[str, Place] = {}
        self._amounts: dict[str, str] = {}
        self._amount_cells: dict[str, Place] = {}
        self._goals: list[str] = []
        self._plan_rows: tuple[Row, Row | None] | None = None
        self._indicators: list[Indicator] = []
        self._read_notes(table)

    def project(self) -> Project:
        rows = deque(self._rows)
        while rows:
            row = rows.popleft()
            if indicator_rows.is_heading(row, has_begun=False):
                self._read_indicators(row, list(rows))
                break
            self._read_head(row, rows)
        budget = self._budget()
        if self._plan_rows is not None:
            self._fields["plan"] = spending_plan.read(*self._plan_rows, budget, self._ledger)
        heading = self._heading
        if "name" not in self._fields and heading is not None:
            self._fields["name"] = heading.name
            self._cells["name"] = heading.place
        return Project(
            number=heading.number if heading else None,
            heading=heading.text if heading else None,
            budget=budget,
            goals=self._goals,
            indicators=self._indicators,
            place=heading.place if heading else self._rows[0].place if self._rows else None,
            cells=self._cells,
            **self._fields,
        )

    def _read_notes(self, table: GoalTable) -> None:
        if table.unit_line is not None:
            match = labels.MISWRITTEN_UNIT_LINE.match(normalise(table.unit_line.text))
            if not self._read_unit_line(table.unit_line.text, table.unit_line.place) and match is not None:
                self._put("unit", CodedName(match[1], match[2]), table.unit_line.place)
        late: list[Paragraph] = []
        for note in table.notes:
            text = normalise(note.text)
            if text in labels.FORM_TITLES:
                self._ledger.furnish("表内标题", note)
            elif match := labels.PERIOD.match(text):
                self._put("period", match[1], note.place)
                self._ledger.take(note)
            else:
                late.append(note)
        if late and self._heading is None:
            # A heading in a narrow column beside the table comes out below the table's first rows.
            heading = ProjectHeading.parse(join_lines([note.text for note in late]), late[0].place)
            if heading is not None:
                self._heading = heading
                self._ledger.take(*late)

    def _put(self, field: str, value: Any, place: Place | None) -> None:
        if value and field not in self._fields:
            self._fields[field] = value
            if place is not None:
                self._cells[field] = place

    def _read_unit_line(self, text: str, place: Place) -> bool:
        match = labels.UNIT_LINE.match(normalise(text))
        if match is not None:
            self._put("unit", CodedName(match[1], match[2]), place)
        return match is not None

    def _read_head(self, row: Row, rows: deque[Row]) -> None:
        """A row above the indicators: label, value, label, value …"""
        if spending_plan.is_heading(row):
            # an empty line of figures is no row at all: what follows then begins with a label
            has_figures = bool(rows) and not any(self._is_label(cell) for cell in rows[0].cells)
            self._plan_rows = (row, rows.popleft() if has_figures else None)
            return
        if _is_column_numbers(row):
            self._ledger.furnish("栏次", row)
            return
        previous: Cell | None = None
        for cell in row.cells:
            if is_blank(cell.text):
                continue
            if self._is_label(cell):
                previous = cell
                self._ledger.furnish("表头", cell)
            elif self._read_value(previous, cell):
                self._ledger.take(cell)
                if previous is not None and normalise(previous.text) != "绩效目标":
                    previous = None
            elif labels.is_label_fragment(cell.text):
                self._ledger.furnish("表头残字", cell)

    def _is_label(self, cell: Cell) -> bool:
        text = normalise(cell.text)
        return (
            text in _HEAD_LABELS
            or text in labels.FORM_TITLES
            or text.startswith("资金支出计划")
            or (text.startswith("目标") and text[2:].isdigit())
        )

    def _read_value(self, label: Cell | None, cell: Cell) -> bool:
        """Place a cell by the label in front of it, or by its own form."""
        text = normalise(cell.text)
        if match := labels.TITLE_ROW.match(text):
            self._put("code", match[1], cell.place)
            self._put("name", match[2], cell.place)
            return True
        if (match := labels.YEAR_CELL.match(text)) or (match := labels.PERIOD.match(text)):
            self._put("period", match[1], cell.place)
            return True
        if match := labels.UNIT_CELL.match(text):
            self._money_unit, self._says_unit = match[1], True
            return True
        name = normalise(label.text) if label is not None else ""
        if name.startswith("目标") and name[2:].isdigit():
            return self._add_goals([strip_number(self._clean(cell.text))], cell)
        if name == "绩效目标":
            return self._add_goals(split_goals(cell.text, wrapped=self._wrapped), cell)
        return self._read_labelled(name, cell) or self._read_unlabelled(cell)

    def _read_labelled(self, name: str, cell: Cell) -> bool:
        if name in labels.CODE_LABELS or (name in labels.DEPARTMENT_LABELS and _looks_like_code(cell.text)):
            self._put("code", without_space(cell.text), cell.place)
        elif name in labels.NAME_LABELS:
            self._fields.pop("name", None)
            self._put("name", self._clean(join_lines(cell.text.split("\n"))), cell.place)
        elif name in labels.DEPARTMENT_LABELS or (name in labels.FORM_TITLES and "【" in cell.text):
            self._put("department", _coded_name(cell.text), cell.place)
        elif name in labels.UNIT_LABELS:
            self._fields.pop("unit", None)
            self._put("unit", _coded_name(cell.text), cell.place)
        elif name in _AMOUNTS:
            return self._read_amount(_AMOUNTS[name], cell)
        elif name in _PURPOSES:
            self._put("purpose", _paragraphs(cell.text, self._clean), cell.place)
        else:
            return False
        return True

    def _read_unlabelled(self, cell: Cell) -> bool:
        """A cell whose label is merged from the row above: the purpose, or another goal."""
        if self._read_unit_line(cell.text, cell.place):
            return True
        if self._amounts and "purpose" not in self._fields and self._plan_rows is None:
            self._put("purpose", _paragraphs(cell.text, self._clean), cell.place)
            return True
        return False

    def _read_amount(self, field: str, cell: Cell) -> bool:
        money = Money.parse(without_space(cell.text), self._money_unit)
        if money is None:
            self._ledger.warn(f"金额“{tidy(cell.text)}”不是数字，未读入。", cell.place)
            return False
        self._amounts[field] = without_space(cell.text).replace(",", "")
        self._amount_cells[field] = cell.place
        return True

    def _add_goals(self, goals: list[str], cell: Cell) -> bool:
        for goal in goals:
            self._cells[f"goals.{len(self._goals)}"] = cell.place
            self._goals.append(goal)
        return bool(goals)

    def _budget(self) -> ProjectBudget | None:
        if not self._amounts and not self._says_unit:
            return None
        return ProjectBudget(unit=self._money_unit, cells=self._amount_cells, **self._amounts)

    def _read_indicators(self, first: Row, rest: list[Row]) -> None:
        columns = indicator_rows.Columns()
        columns.learn(first)
        self._ledger.furnish("表头", first)
        while rest and (rest[0].is_blank or indicator_rows.is_heading(rest[0], has_begun=True)):
            columns.learn(rest[0])
            self._ledger.furnish("表头", rest.pop(0))
        columns.settle(self._ledger, first)
        reader = indicator_rows.IndicatorReader(columns, self._ledger, wrapped=self._wrapped)
        for row in indicator_rows.merge_torn_rows(rest, columns.width, self._ledger):
            if indicator_rows.is_heading(row, has_begun=False):
                self._ledger.furnish("续页表头", row)
                continue
            indicator = reader.read(row)
            if indicator is not None:
                self._indicators.append(indicator)


_AMOUNTS = {"预算数": "total", "其中:财政资金": "fiscal", "财政资金": "fiscal", "其他资金": "other"}
_PURPOSES = frozenset({"资金用途", "预算规模及资金用途"})
_HEAD_LABELS = (
    labels.CODE_LABELS
    | labels.NAME_LABELS
    | labels.DEPARTMENT_LABELS
    | labels.UNIT_LABELS
    | frozenset(_AMOUNTS)
    | _PURPOSES
    | {"绩效目标", "一级指标", "产出指标", "序号", "栏次"}
)


def is_identity(row: Row) -> bool:
    """Whether ``row`` names a project: it has the label 项目名称 or 专项资金名称."""
    return any(normalise(cell.text) in labels.NAME_LABELS for cell in row.cells)


def names_project(row: Row) -> bool:
    """Whether ``row`` can only stand in a goal table: 项目名称 beside a code or a department, or 项目编码及名称."""
    texts = {normalise(cell.text) for cell in row.cells}
    beside = labels.CODE_LABELS | labels.DEPARTMENT_LABELS
    return is_title(row) or (is_identity(row) and not beside.isdisjoint(texts))


def is_title(row: Row) -> bool:
    """Whether ``row`` is the line 项目编码及名称 above a table."""
    return any(labels.TITLE_ROW.match(normalise(cell.text)) for cell in row.cells)


def is_unit_row(row: Row) -> bool:
    """Whether ``row`` is the line above a table that names the unit and the unit of money."""
    texts = [normalise(cell.text) for cell in row.cells if not is_blank(cell.text)]
    return bool(texts) and labels.UNIT_CELL.match(texts[-1]) is not None and len(texts) <= 2


def _is_wrapped_label(cell: Cell) -> bool:
    """Whether a cell is a label that line wrapping broke: then its whole table was wrapped."""
    if not has_wrapping(cell.text):
        return False
    text = normalise(cell.text)
    return text in _HEAD_LABELS or labels.column_field(text) is not None or text.endswith("指标")


def _is_column_numbers(row: Row) -> bool:
    """Whether ``row`` is the line of column numbers 1 2 3 … that some forms print."""
    texts = [normalise(cell.text) for cell in row.cells if not is_blank(cell.text)]
    if texts and texts[0] == "栏次":
        texts = texts[1:]
    return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _without_row_numbers(rows: list[Row], ledger: Ledger) -> list[Row]:
    """The rows without a first column that only numbers them (4, 5, 6 … or 1.00, 2.00 …)."""
    numbered = [row for row in rows if row.cells and _is_row_number(row.cells[0].text)]
    named = [row for row in rows if not is_blank(row.cells[0].text)]
    if len(numbered) < 3 or len(named) > len(numbered) + 2:
        return rows
    trimmed = []
    for row in rows:
        ledger.furnish("行号", row.cells[0])
        cells = tuple(Cell(cell.text, cell.place, cell.column - 1, cell.span) for cell in row.cells[1:])
        # The ledger knows cells by identity: what the trimmed copy places, the original placed.
        ledger.stand_for(row.cells[1:], cells)
        trimmed.append(Row(cells, row.place))
    return trimmed


def _is_row_number(text: str) -> bool:
    head = text.strip().removesuffix(".00")
    return head.isdigit() or head in ("序号", "栏次")


def _looks_like_code(text: str) -> bool:
    code = without_space(text)
    return code.isascii() and len(code) >= 12


def _coded_name(text: str) -> CodedName:
    match = labels.CODED_NAME.match(without_space(text)) or labels.UNIT_LINE.match(without_space(text))
    return CodedName(match[1], match[2]) if match else CodedName(None, tidy(text))


def _paragraphs(text: str, clean: Any) -> str:
    return "\n".join(line for part in text.split("\n") if (line := clean(part)))
