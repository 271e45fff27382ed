"""The part with the goal tables: which rows belong to which project, and which line is whose heading."""

from __future__ import annotations

from jiheng.budget import Project, is_blank, join_lines, normalise
from jiheng.reading.blocks import Paragraph, Row
from jiheng.reading.layouts import goal_table, indicator_rows, labels
from jiheng.reading.layouts.goal_table import GoalTable
from jiheng.reading.layouts.heading import ProjectHeading, without_unit
from jiheng.reading.layouts.ledger import Element, Ledger
from jiheng.reading.layouts.prose.titles import looks_like_body


class GoalSection:
    """Cuts the elements of a section into goal tables.

    A table begins at a row that names a project, at the line above it (项目编码及名称, or unit and unit of
    money), or at the first row after a line that ends with 绩效目标表. Everything up to the next beginning
    belongs to it, over page breaks and stray lines.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._tables: list[GoalTable] = []
        self._waiting: list[Paragraph] = []
        self._has_identity = False
        self._has_indicators = False

    def read(self, elements: list[Element]) -> list[Project]:
        """The projects among ``elements``, in their order."""
        for element in elements:
            if isinstance(element, Row):
                self._row(element)
            else:
                parts = without_unit(element)
                if len(parts) > 1:
                    self._ledger.stand_for([element] * len(parts), parts)
                self._waiting += parts
        return [table.read(self._ledger) for table in self._tables if table.rows]

    def _row(self, row: Row) -> None:
        if self._begins(row):
            self._open()
        elif self._waiting:
            self._tables[-1].notes.extend(self._waiting)
            self._waiting = []
        self._tables[-1].rows.append(row)
        self._has_identity = self._has_identity or goal_table.is_identity(row)
        self._has_indicators = self._has_indicators or indicator_rows.is_heading(row, has_begun=False)

    def _begins(self, row: Row) -> bool:
        if not self._tables or goal_table.is_unit_row(row):
            return True
        if goal_table.is_title(row) or goal_table.is_identity(row):
            return self._has_identity or self._has_indicators
        return self._has_indicators and any(
            (heading := ProjectHeading.parse(line.text, line.place)) is not None and heading.says_goal_table
            for line in self._waiting
        )

    def _open(self) -> None:
        """Begin a table; of the lines waiting above it the last numbered one, with what follows, is its heading."""
        heading, unit_line, money_unit = None, None, None
        pieces: list[Paragraph] = []
        for line in self._waiting:
            if match := labels.MONEY_UNIT.search(line.text):
                money_unit = match[1]
            rest = line.text[: match.start()] if match else line.text
            text = normalise(rest)
            if not text:
                self._ledger.furnish("计量单位", line)
            elif labels.UNIT_LINE.match(text) and len(text) < 60 and not _is_heading(line):
                unit_line = Paragraph(rest, line.place)
                self._ledger.take(line)
            elif _is_heading(line):
                pieces = [line]
            elif pieces and _ends_heading(pieces[-1]) and looks_like_body(text.lstrip("0123456789")):
                unit_line = Paragraph(rest, line.place)
                self._ledger.take(line)
            elif pieces:
                pieces.append(line)
        if pieces:
            heading = ProjectHeading.parse(join_lines([piece.text for piece in pieces]), pieces[0].place)
            self._ledger.take(*pieces)
        self._waiting = []
        self._has_identity = self._has_indicators = False
        self._tables.append(GoalTable(heading, unit_line, money_unit))


def _ends_heading(line: Paragraph) -> bool:
    """Whether a heading is complete with this line, so that what follows is the unit."""
    return normalise(line.text).endswith(("绩效目标表", "绩效目标申报表"))


def _is_heading(line: Paragraph) -> bool:
    return not is_blank(line.text) and ProjectHeading.parse(line.text, line.place) is not None
