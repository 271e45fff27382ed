"""整改台账: a list of what evaluations found, a row for each problem: measure, owner, deadline, and what was done.

A ``TableReader`` (see ``layouts.claimed``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from jiheng.budget import Kind, Rectification, normalise, tidy
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.forms import loose
from jiheng.reading.layouts.forms.cells import filled, text_of
from jiheng.reading.layouts.forms.labels import bare
from jiheng.reading.layouts.ledger import Ledger

_COLUMNS: Final = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"序号|编号", "order"),
        (r"(?:被评价)?(?:项目|政策)(?:名称)?", "project"),
        (r"(?:责任|整改|被评价|项目|实施)(?:单位|部门|科室|股室)(?:名称)?|单位(?:名称)?", "unit"),
        (r"(?:发现|存在|反馈|评价发现)?(?:的)?(?:主要)?问题(?:描述|内容|清单)?", "problem"),
        (r"(?:具体)?(?:整改|改进)(?:措施|方案|建议|内容|任务)", "measure"),
        (r"(?:整改)?(?:责任人|负责人|牵头人)", "owner"),
        (r"(?:整改|完成)(?:时限|期限|截止(?:日期|时间))|(?:要求|计划|拟)完成(?:时间|日期)", "deadline"),
        (r"(?:问题)?(?:发现|反馈|下达)(?:时间|日期)", "found_on"),
        (r"(?:实际|整改)?(?:完成|销号|办结)(?:时间|日期)", "done_on"),
        (r"(?:整改|完成|落实)(?:进展)?(?:情况|状态|结果|进度)|状态|是否完成(?:整改)?|是否销号", "state"),
        (r"(?:佐证|证明|支撑)(?:材料|资料)(?:名称)?|附件", "evidence"),
        (r"备注|说明", "remark"),
    )
)
_TITLE: Final = re.compile(r"整改.{0,10}(?:台账|清单|一览表|汇总表|情况表|明细表|表)(?:[(（].{1,16}[)）])?$")
_YEAR: Final = re.compile(r"(20\d{2})年")
_NEEDED: Final = frozenset({"problem"})
_ACTED: Final = frozenset({"measure", "owner", "deadline", "done_on", "state"})
_HEAD: Final = 3
"""The title may stand in so many rows above the headings, in the table itself."""


def _columns(row: Row) -> dict[int, str]:
    found: dict[int, str] = {}
    for cell in filled(row):
        plain = bare(cell.text)
        field = next((field for pattern, field in _COLUMNS if pattern.fullmatch(plain)), None)
        if field is not None and field not in found.values():
            found[cell.column] = field
    return found


def _head_of(rows: Sequence[Row]) -> tuple[int, dict[int, str]] | None:
    """The row of the headings, with the columns by field; ``None`` when ``rows`` are no list of problems."""
    for index, row in enumerate(rows[:_HEAD]):
        if not any("题" in cell.text for cell in row.cells):
            continue  # nearly every table: no heading of 问题 whatever the others are
        found = _columns(row)
        fields = set(found.values())
        if fields >= _NEEDED and len(fields & _ACTED) >= 2:
            return index, found
    return None


def claims(table: Table, before: Sequence[Block]) -> bool:
    """Whether ``table`` lists problems with what is to be done about each: measure, owner, deadline or state."""
    rows = [row for row in table.rows if not row.is_blank]
    found = _head_of(rows)
    if found is None or len(rows) <= found[0] + 1:
        return False
    return bool({"owner", "deadline", "done_on"} & set(found[1].values()))


def caption_length(before: Sequence[Paragraph]) -> int:
    """The title, and a line with the unit or the date below it."""
    for count, line in enumerate(reversed(before[-_HEAD:]), 1):
        plain = normalise(line.text)
        if _TITLE.search(plain):
            return count
        if len(plain) > 40:
            break
    return 0


def note_length(after: Sequence[Paragraph]) -> int:
    """None: what stands below is text of its own."""
    return 0


def read(tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """A rectification for each row."""
    fields: dict[str, Any] = {"kind": Kind.RECTIFICATION, "rectifications": []}
    for claimed in tables:
        rows = claimed.rows
        found = _head_of(rows)
        if found is None:
            continue
        at, columns = found
        for line in claimed.caption:
            _title(line.text, fields)
            told = loose.parse_line(line.text)
            if told is not None and told[2] in ("unit", "body", "department"):
                fields.setdefault("department", loose.coded(told[1]))
            ledger.furnish("表题、年度", line)
        for row in rows[: at + 1]:
            for cell in filled(row):
                if len(filled(row)) == 1:
                    _title(cell.text, fields)
                ledger.furnish("表头", cell)
        labels = {cell.column: tidy(cell.text) for cell in filled(rows[at])}
        for row in rows[at + 1 :]:
            fields["rectifications"].append(_row(row, columns, labels, ledger))
    return fields


def _title(text: str, fields: dict[str, Any]) -> None:
    plain = normalise(text)
    if _TITLE.search(plain):
        fields.setdefault("title", tidy(text))
    if (year := _YEAR.search(plain)) is not None:
        fields.setdefault("fiscal_year", int(year[1]))


def _row(row: Row, columns: dict[int, str], labels: dict[int, str], ledger: Ledger) -> Rectification:
    values: dict[str, Any] = {}
    cells = {}
    besides: dict[str, str] = {}
    for cell in filled(row):
        field, text = columns.get(cell.column), text_of(cell)
        if field == "order" or not text:
            ledger.furnish("序号或空格记号", cell)
            continue
        ledger.take(cell)
        if field is None or field == "remark":
            besides[_label(cell, labels)] = text
        else:
            values[field], cells[field] = text, cell.place
    return Rectification(place=row.place, cells=cells, attributes=besides, **values)


def _label(cell: Cell, labels: dict[int, str]) -> str:
    return labels.get(cell.column) or f"第{cell.column + 1}列"
