"""One goal form read by its labels and their geometry: a label's value stands to its right, or below it."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from jiheng.budget import (
    DepartmentGoals,
    Project,
    Statement,
    is_blank,
    normalise,
    tidy,
)
from jiheng.reading.blocks import Cell, Paragraph, Row
from jiheng.reading.layouts import spending_plan
from jiheng.reading.layouts.forms import framed, funding, headings, indicators, loose, tasks
from jiheng.reading.layouts.forms.cells import below, chosen, filled, is_figure, lines_of, text_of
from jiheng.reading.layouts.forms.labels import (
    TOPIC_FIELDS,
    bare,
    field_of,
    fund_column,
    money_unit,
    source_of,
)
from jiheng.reading.layouts.forms.months import last_month
from jiheng.reading.layouts.forms.record import GOALS, Record
from jiheng.reading.layouts.goals import strip_number
from jiheng.reading.layouts.ledger import Ledger

_TALL: Final = 12
"""A label is merged over no more rows than this."""
_YEAR: Final = re.compile(r"(20\d{2})年度?")
_YEAR_ALONE: Final = re.compile(r"\(?(20\d{2})年?度?(?:\d{1,2}月?[-—–~至]\d{1,2}月份?)?\)?")
"""The year in the frame: (2023年度), or with the months that a monitoring form is for: (2023年1-7月)."""
_STRUCTURE: Final = re.compile(
    r"^(?:绩效(?:指标|目标)|中期绩效指标|项目绩效目标|年度绩效指标|项目基本情况|基本情况|项目资金|资金(?:来源|情况|构成)|预算执行情况|年度(?:总体)?目标|项目支出(?:情况|预算)|长期绩效指标|整体绩效|产出指标|总体目标|预算情况|绩效指标完成情况|预算(?:成本)?构成|年度预算|资金投入情况|单位基本情况|自评情况|其中)"
)

_STRUCTURE_LENGTH: Final = 14


class FormPart(msgspec.Struct):
    """The rows of one form, and the lines that stand above them."""

    rows: list[Row]
    caption: list[Paragraph]


class FormReader:
    """Reads one form from top to bottom."""

    def __init__(self, part: FormPart, ledger: Ledger) -> None:
        self._rows, self._ledger = part.rows, ledger
        self._caption = part.caption
        self._record = Record(ledger)
        self._funds = self._record.funds
        self.year: int | None = None
        self._waiting: dict[int, str] = {}
        self._title_of: dict[int, Cell] = {}
        self._paired: list[Cell] = []
        self._section: str | None = None
        for line in part.caption:
            self._funds.unit = self._funds.unit or money_unit(line.text)
            match = None if re.search("日期|时间|期限", line.text) else _YEAR.search(normalise(line.text))
            self.year = self.year or (int(match[1]) if match else None)
            self._funds.month = self._funds.month or last_month(line.text)
            self._labelled_line(line.text, line)

    def read(self) -> Project | DepartmentGoals:
        """The project, or the department's goals when the form names no project."""
        index = 0
        while index < len(self._rows):
            index += self._step(index)
        return self._record.made(self._rows[0].place if self._rows else None, self._caption)

    def _step(self, index: int) -> int:
        """Takes in the row at ``index`` and what belongs to it; how many rows that was."""
        row = self._rows[index]
        if row.is_blank:
            return 1
        heading = headings.heading_at(self._rows, index)
        if heading is not None:
            return self._block(index, heading)
        if (columns := tasks.columns_of(row)) is not None:
            found, count = tasks.read(self._rows, index, columns, self._funds, self._ledger)
            self._record.tasks += found
            return count
        if (funds := funding.heading_of(row)) is not None:
            return funding.read_table(self._rows, index, funds, self._funds, self._ledger)
        if (
            count := self._plan(index)
            or self._framed(index)
            or self._side_by_side(index)
            or self._details(index)
        ):
            return count
        self._row(index)
        return 1

    def _side_by_side(self, index: int) -> int:
        """Labels in one row with their values in the row below; how many rows that was, 0 when it is none."""
        pairs = loose.labels_above(self._rows, index)
        if not pairs:
            return 0
        for label, cell in pairs:
            self._label(index, label, None)
            self._value(label, cell)
        for row in self._rows[index : index + 2]:
            for cell in filled(row):
                if not any(cell is one for pair in pairs for one in pair):
                    self._ledger.furnish("表头", cell)
        return 2

    def _plan(self, index: int) -> int:
        """资金支出计划: dates in one row, what is to be spent by each below; how many rows that was."""
        row = self._rows[index]
        if self._record.plan is not None or not spending_plan.is_heading(row):
            return 0
        figures = self._rows[index + 1] if index + 1 < len(self._rows) else None
        self._record.plan = spending_plan.read(row, figures, self._funds.budget(), self._ledger)
        return 2

    def _framed(self, index: int) -> int:
        """A small table beside one merged label; how many rows that was, 0 when it is none."""
        found = framed.read(self._rows, index, self._ledger)
        if found is None:
            return 0
        self._record.statements += found.statements
        self._record.add_total(found.total)
        return found.rows

    def _details(self, index: int) -> int:
        """A table in the form that no list names (支出明细): a statement for each of its rows."""
        found, total, count = loose.details(self._rows, index, self._ledger)
        self._record.statements += found
        self._record.add_total(total)
        return count

    def _label_above(self, index: int) -> Cell | None:
        """The label that goes on from a row above, merged downwards: more goals, more of a topic."""
        first = filled(self._rows[index])[0]
        for up in range(1, min(index, _TALL) + 1):
            for cell in self._rows[index - up].cells:
                field = field_of(cell.text)
                if (
                    cell.rows > up
                    and cell.column < first.column
                    and (field in GOALS or field in TOPIC_FIELDS or field == "attribute")
                ):
                    beside = self._rows[index - up].at(first.column)
                    return cell if beside is not None and field_of(beside.text) is None else None
        return None

    def _block(self, index: int, heading: headings.Heading) -> int:
        for row in self._rows[index : index + heading.rows]:
            for cell in filled(row):
                self._ledger.furnish("表头", cell)
        term = self._term(index)
        reader = indicators.BlockReader(heading, self._ledger, term)
        reader.begin(self._rows[index])
        count = heading.rows
        while index + count < len(self._rows):
            row = self._rows[index + count]
            if headings.is_heading(row) or headings.ends_block(row, heading):
                break
            self._side_labels(row, heading)
            self._record.indicators += reader.read(row)
            count += 1
        if reader.totals.score:
            self._record.fields.setdefault("score", reader.totals.score)
            if reader.totals.place:
                self._record.cells.setdefault("score", reader.totals.place)
        return count

    def _term(self, index: int) -> str | None:
        """The term of a block that stands under 长期绩效指标 or beside 年度绩效指标."""
        words = [
            normalise(cell.text) for row in self._rows[max(0, index - 1) : index + 1] for cell in filled(row)
        ]
        if any(re.match(r"(?:中长期|长期|中期|实施期)绩效指标", word) for word in words):
            return "whole"
        has_whole = any(found.term == "whole" for found in self._record.indicators)
        return (
            "annual"
            if has_whole and any(re.match(r"年度绩效指标|年度指标", word) for word in words)
            else None
        )

    def _side_labels(self, row: Row, heading: headings.Heading) -> None:
        """A label such as 绩效指标 in a column beside the block."""
        first = min(column.at for column in heading.columns)
        for cell in row.cells:
            if cell.column < first and not is_blank(cell.text):
                self._ledger.furnish("表头", cell)

    def _row(self, index: int) -> None:
        """A row of labels and values."""
        row = self._rows[index]
        waiting, self._waiting = self._waiting, {}
        label: Cell | None = self._label_above(index)
        for cell in filled(row):
            field = waiting.get(cell.column)
            if field is not None and field_of(cell.text) is None:
                self._record.put(field, cell, self._title_of.pop(cell.column, None))
                continue
            if label is None and self._labelled(cell):
                continue
            if self._is_label(cell, label):
                label = self._label(index, cell, label)
            elif label is not None:
                self._value(label, cell)
                label = None if field_of(label.text) not in GOALS else label
            elif not self._title(cell, is_alone=len(filled(row)) == 1):
                self._loose(cell, index)
        if label is not None:
            self._ends_with(index, label)

    def _labelled(self, cell: Cell) -> bool:
        """A cell that holds labels with their values: "项目负责人：王某", one or several to a cell."""
        lines = [line for line in cell.text.split("\n") if line.strip()]
        if not loose.is_labelled(lines):
            return False
        if len(lines) > 1 or not loose.is_money_unit(lines[0]):
            self._ledger.take(cell)
        for line in lines:
            if more := loose.amounts(line, cell.place) if line.lstrip().startswith("其中") else []:
                self._funds.lines += more
            elif not self._labelled_line(line, cell):
                self._record.statements.append(Statement(label="", text=tidy(line), place=cell.place))
        return True

    def _labelled_line(self, text: str, piece: Cell | Paragraph) -> bool:
        """A line with a label and its value, in a cell or above the form."""
        found = loose.parse_line(text)
        if found is None:
            return False
        label, value, field = found
        value, unit = loose.without_money_unit(value)
        self._funds.unit = self._funds.unit or unit
        if not value:
            self._ledger.furnish("计量单位", piece)
        elif field is None:
            self._funds.lines += loose.amounts(text, piece.place)
            self._funds.unit = self._funds.unit or loose.unit_of(text)
        elif field in GOALS:
            self._record.cells.setdefault(f"{field}.{len(self._record.texts[field])}", piece.place)
            self._record.texts[field].append(strip_number(value))
        elif field in TOPIC_FIELDS or field == "besides":
            topic = field if field in TOPIC_FIELDS else None
            self._record.statements.append(Statement(label=label, topic=topic, text=value, place=piece.place))
        elif field == "attribute":
            self._record.attributes.append(chosen(value))
        elif field in ("department", "unit"):
            self._record.set(field, loose.coded(value), piece)
        else:
            self._record.set(field, value, piece)
        if isinstance(piece, Paragraph):
            self._ledger.take(piece)
        return True

    def _is_label(self, cell: Cell, before: Cell | None) -> bool:
        text = cell.text
        if before is not None and loose.is_value_of(before, cell):
            return False
        if field_of(text) is not None:
            # "完成" beside 完成情况 and the like are values
            return before is None or field_of(before.text) not in TOPIC_FIELDS or len(bare(text)) > 2
        if source_of(text) is not None and not is_figure(text):
            return True
        return fund_column(text) is not None or (
            _STRUCTURE.match(bare(text)) is not None
            and len(bare(text)) <= _STRUCTURE_LENGTH
            and not text.rstrip().endswith("。")  # a sentence is no label
        )

    def _label(self, index: int, cell: Cell, before: Cell | None) -> Cell | None:
        """A label was met; one that waits for its value without getting it looks below."""
        if before is not None:
            self._ends_with(index, before)
        self._funds.unit = self._funds.unit or (
            money_unit(cell.text) if source_of(cell.text) or "资金" in cell.text else None
        )
        if (goals := field_of(cell.text)) in GOALS:
            self._record.cells.setdefault(
                goals, cell.place
            )  # the form asks for them, whether or not they are filled in
        if (field_of(cell.text) is None and source_of(cell.text) is None) or loose.is_structure(
            cell, self._rows[index]
        ):
            self._ledger.furnish("表头", cell)
            return None
        self._ledger.furnish("表头", cell)
        return cell

    def _ends_with(self, index: int, label: Cell) -> None:
        """A label without a value beside it: the value may stand below."""
        field = field_of(label.text)
        under = below(self._rows, index, label)
        has_text = (
            under is not None
            and not is_blank(under.text)
            and field_of(under.text) is None
            and not (_STRUCTURE.match(bare(under.text)) and len(bare(under.text)) <= _STRUCTURE_LENGTH)
        )
        if has_text and field is not None and (field in GOALS or field in TOPIC_FIELDS):
            self._waiting[label.column] = field

    def _value(self, label: Cell, cell: Cell) -> None:
        field = field_of(label.text)
        if source_of(label.text) is not None and field is None:
            is_amount = funding.read_pair(label, cell, self._funds, self._ledger)
            if not is_amount:
                told = [one for line in lines_of(cell) for one in loose.amounts(line, cell.place)]
                self._funds.lines += told
                self._funds.unit = self._funds.unit or (loose.unit_of(text_of(cell)) if told else None)
            if not is_amount or (text_of(cell) and not is_figure(text_of(cell))):
                self._record.add_statement(
                    label, cell, None
                )  # a breakdown behind the amount, or no amount at all
            return
        self._record.put(field or "", cell, label)

    def _title(self, cell: Cell, *, is_alone: bool) -> bool:
        """The form's title or its year, inside the frame; a bare "2023" beside other cells is a value."""
        plain = normalise(cell.text)
        if (match := _YEAR_ALONE.fullmatch(plain)) and (is_alone or not plain.isdigit()):
            self.year = self.year or int(match[1])
            self._funds.month = self._funds.month or last_month(plain)
            self._ledger.furnish("年度", cell)
            return True
        if len(plain) < 40 and re.search(r"(?:表|自评|申报书)(?:[(（].{0,12}[)）])?$", plain):
            match = _YEAR.search(plain)
            self.year = self.year or (int(match[1]) if match else None)
            self._ledger.furnish("表题", cell)
            return True
        unit = money_unit(plain)
        if unit is not None and len(plain) < 12:
            self._funds.unit = self._funds.unit or unit
            self._ledger.furnish("计量单位", cell)
            return True
        return False

    def _loose(self, cell: Cell, index: int) -> None:
        """A cell under no known label: an unknown label with its values is kept, anything else stays left over."""
        words = filled(self._rows[index])
        position = next(number for number, other in enumerate(words) if other is cell)
        plain = bare(cell.text)
        if any(cell is one for one in self._paired):
            return
        if loose.is_label(cell) and position + 1 < len(words):
            values = loose.values_of(words[position + 1 :])
            if values:
                self._ledger.furnish("表头", cell)
                for value in values:
                    self._record.add_statement(cell, value, None)
                self._paired = values
            elif cell.rows > 1 or position == 0:
                self._ledger.furnish("表头", cell)
        elif len(words) == 1 and loose.is_label(cell):
            under = self._rows[index + 1] if index + 1 < len(self._rows) else None
            told = filled(under) if under is not None else []
            self._ledger.furnish("表头", cell)
            if len(told) == 1 and under is not None and not loose.is_known(told[0]) and len(told[0].text) > 1:
                self._waiting[told[0].column] = ""
                self._title_of[told[0].column] = cell
        elif position and loose.is_label(words[position - 1]):
            self._record.add_statement(words[position - 1], cell, None)
        elif re.match(r"^(?:注|说明|备注|填表说明)\d?[:：.]", normalise(cell.text)) or len(plain) > 30:
            self._record.add_statement(
                None, cell, "remark" if len(plain) <= 30 or normalise(cell.text).startswith("注") else None
            )
