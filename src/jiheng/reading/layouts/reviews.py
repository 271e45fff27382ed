"""绩效目标审核表: the form on which a declared goal is reviewed, eight items with points, a sum and a grade (财预〔2015〕88号).

A ``TableReader`` (see ``layouts.claimed``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from jiheng.budget import Kind, Place, Project, ReviewItem, Statement, is_blank, normalise, tidy
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.forms import loose
from jiheng.reading.layouts.forms.cells import chosen, figure, filled, lines_of, text_of
from jiheng.reading.layouts.forms.labels import TOPIC_FIELDS, bare, field_of
from jiheng.reading.layouts.ledger import Ledger

_ITEM: Final = re.compile(
    r"^(?:\d[.、]|[(（]\d[)）])?(?P<name>规范完整性|明确清晰性|目标相关性|指标科学性|绩效合理性|资金匹配性|实现可能性|条件充分性)"
    r"(?:[(（](?P<most>\d+(?:\.\d+)?)分?[)）])?[:：]?(?P<criterion>.*)$",
    re.DOTALL,
)
_ASPECT: Final = re.compile(r"(完整性|相关性|适当性|可行性)审核")
_HEADS: Final = (
    ("most", re.compile(r"分值|满分|权重|标准分")),
    ("points", re.compile(r"(?:审核|评审)?(?:得分|评分|打分)")),
    ("opinion", re.compile(r"审核(?:意见|情况|说明)|扣分(?:原因|说明)|备注")),
    ("criterion", re.compile(r"审核要点|审核标准|要点")),
    ("aspect", re.compile(r"审核(?:内容|项目|事项)")),
)
_TOTAL: Final = re.compile(r"(?:审核)?(?:总分|总得分|合计|得分合计|综合得分)")
_GRADE: Final = re.compile(r"(?:综合评定|审核|评定|综合)*(?:等级|结果|结论|等次)")
_TITLE: Final = re.compile(r"审核表(?:[(（].{1,16}[)）])?$")
_ANNEX: Final = re.compile(r"^附[件表]?[\d一二三四五六七八九十-]*[:：]?$")
_YEAR: Final = re.compile(r"(20\d{2})年")
_FEWEST: Final = 4
"""Of the eight items."""
_ABOVE: Final = 6


def claims(table: Table, before: Sequence[Block]) -> bool:
    """Whether items of the review stand in ``table``, each in a row."""
    return sum(_item(row) is not None for row in table.rows) >= _FEWEST


def caption_length(before: Sequence[Paragraph]) -> int:
    """The title, and the lines with year, unit and date below it."""
    for count, line in enumerate(reversed(before[-_ABOVE:]), 1):
        if _TITLE.search(normalise(line.text)):
            above = before[-count - 1 : -count]
            return count + sum(_ANNEX.match(normalise(line.text)) is not None for line in above)
        if len(normalise(line.text)) > 40:
            break
    return 0


def note_length(after: Sequence[Paragraph]) -> int:
    """The notes below."""
    count = 0
    for line in after[:6]:
        if not re.match(r"(?:注|说明|备注|\d[.、])", normalise(line.text)):
            break
        count += 1
    return count


def read(tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """A project with its review for each form."""
    fields: dict[str, Any] = {"kind": Kind.REVIEW, "projects": []}
    for claimed in tables:
        for line in claimed.caption:
            plain = normalise(line.text)
            if _TITLE.search(plain):
                fields.setdefault("title", tidy(line.text))
            if year := _YEAR.search(plain):
                fields.setdefault("fiscal_year", int(year[1]))
            ledger.furnish("表题、年度", line)
        fields["projects"].append(_Form(claimed, ledger).read())
    department = next((project.department for project in fields["projects"] if project.department), None)
    if department is not None:
        fields["department"] = department
    return fields


def _item(row: Row) -> tuple[Cell, re.Match[str]] | None:
    """The cell that names an item of the review."""
    for cell in filled(row):
        match = _ITEM.match("".join(cell.text.split()))
        if match is not None:
            return cell, match
    return None


class _Form:
    """Reads one form row by row; a column is known by the heading above it."""

    def __init__(self, claimed: ClaimedTable, ledger: Ledger) -> None:
        self._claimed, self._ledger = claimed, ledger
        self._columns: dict[int, str] = {}
        self._aspect: str | None = None
        self._fields: dict[str, Any] = {}
        self._cells: dict[str, Place] = {}
        self._items: list[ReviewItem] = []
        self._statements: list[Statement] = []

    def read(self) -> Project:
        """The project, its items, its score and grade, and what else the form says."""
        for row in self._claimed.rows:
            if (found := _item(row)) is not None:
                self._read_item(row, *found)
            elif not self._items and self._is_head(row):
                self._ledger.furnish("表头", row)
            else:
                self._read_labels(row)
        for line in self._claimed.notes:
            self._ledger.take(line)
            self._statements.append(
                Statement(label="", topic="remark", text=tidy(line.text), place=line.place)
            )
        return Project(
            review=self._items,
            statements=self._statements,
            cells=self._cells,
            place=self._claimed.table.place,
            **self._fields,
        )

    def _is_head(self, row: Row) -> bool:
        found: dict[int, str] = {}
        for cell in filled(row):
            plain = bare(cell.text)
            field = next((name for name, pattern in _HEADS if pattern.fullmatch(plain)), None)
            if field is not None:
                found[cell.column] = field
        if len(found) < 2:
            return False
        self._columns = found
        return True

    def _read_item(self, row: Row, named: Cell, match: re.Match[str]) -> None:
        fields: dict[str, str | None] = {
            "name": match["name"],
            "most": match["most"],
            "criterion": match["criterion"] or None,
        }
        cells = {"name": named.place}
        self._ledger.take(named)
        for cell in filled(row):
            if cell is named:
                continue
            if (aspect := _ASPECT.search(normalise(cell.text))) is not None and cell.column < named.column:
                self._aspect = aspect[1]
                self._ledger.take(cell)
                continue
            field = self._columns.get(cell.column) or ("points" if figure(cell.text) else "opinion")
            if field == "aspect":
                field = "criterion"
            text = text_of(cell)
            fields[field] = (figure(text) or text) if field in ("most", "points") else text
            cells[field] = cell.place
            self._ledger.take(cell)
        values = {key: value for key, value in fields.items() if value is not None}
        self._items.append(ReviewItem(aspect=self._aspect, place=row.place, cells=cells, **values))

    def _read_labels(self, row: Row) -> None:
        """A row of labels with their values: 项目名称, 总分, 综合评定等级, 总体意见."""
        cells = self._with_values(row)
        if not cells:
            return
        if len(cells) == 1:
            self._alone(cells[0])
            return
        if _TOTAL.fullmatch(bare(cells[0].text)):
            self._read_total(cells)
            return
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            self._pair(label, value)
        if len(cells) % 2:
            self._statement("", cells[-1])

    def _with_values(self, row: Row) -> list[Cell]:
        """The cells of a row that say something, but for labels that nobody has filled in."""
        found = filled(row)
        if len(found) < 2 or _TOTAL.fullmatch(bare(found[0].text)):
            return found
        empty = [
            cell
            for cell, beside in zip(row.cells, row.cells[1:], strict=False)
            if field_of(cell.text) is not None and is_blank(beside.text) and beside.rows == 1
        ]
        for cell in empty:
            self._ledger.furnish("标签", cell)
        return [cell for cell in found if not any(cell is one for one in empty)]

    def _alone(self, cell: Cell) -> None:
        plain = normalise(cell.text)
        if _TITLE.search(plain) or (_YEAR.search(plain) and len(plain) < 12):
            self._ledger.furnish("表题、年度", cell)
        elif field_of(cell.text) is not None or _GRADE.fullmatch(bare(cell.text)):
            self._ledger.furnish("标签", cell)
        else:
            self._statement("", cell)

    def _read_total(self, cells: list[Cell]) -> None:
        """总分: under 分值 stands what may be had, under 得分 what was given."""
        self._ledger.furnish("标签", cells[0])
        for cell in cells[1:]:
            role = self._columns.get(cell.column)
            if role == "most":
                self._ledger.furnish("满分", cell)
            elif role == "opinion" or figure(cell.text) is None:
                self._statement("", cell)
            else:
                self._put("score", figure(cell.text), cell)

    def _pair(self, label: Cell, value: Cell) -> None:
        plain, field = bare(label.text), field_of(label.text)
        text = text_of(value)
        self._ledger.furnish("标签", label)
        if _GRADE.fullmatch(plain):
            self._put("grade", chosen(text), value)
        elif field in (
            "name",
            "code",
            "attribute",
            "manager",
            "phone",
            "period",
            "starts",
            "ends",
            "purpose",
        ):
            self._put(field, text, value)
        elif field in ("department", "unit", "body"):
            self._put("unit" if field == "body" else field, loose.coded(text), value)
        else:
            self._statement(tidy(label.text), value, field)

    def _put(self, field: str, value: Any, cell: Cell) -> None:
        if field in self._fields:
            self._statement("", cell)
            return
        self._fields[field], self._cells[field] = value, cell.place
        self._ledger.take(cell)

    def _statement(self, label: str, cell: Cell, field: str | None = None) -> None:
        topic = field if field in TOPIC_FIELDS else "review" if "意见" in label else None
        self._ledger.take(cell)
        self._statements.append(
            Statement(label=label, topic=topic, text="\n".join(lines_of(cell)), place=cell.place)
        )
