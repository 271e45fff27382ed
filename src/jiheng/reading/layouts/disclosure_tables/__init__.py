"""收支总表 and the other tables of a disclosed budget or final account, recognised by title and headings.

A ``TableReader`` (see ``layouts.claimed``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jiheng.budget import WAN_YUAN, DisclosureTable, Kind, Organization, is_blank, normalise, tidy
from jiheng.reading.blocks import Block, Paragraph, Row, Table
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.disclosure_tables import titles
from jiheng.reading.layouts.disclosure_tables.heads import (
    columns_of,
    head_length,
    is_column_numbers,
    sides_of,
)
from jiheng.reading.layouts.disclosure_tables.rows import RowReader
from jiheng.reading.layouts.ledger import Ledger

_HEADINGS = frozenset(
    {
        "预算数", "决算数", "合计", "小计", "总计", "基本支出", "项目支出", "科目名称", "科目编码", "功能分类科目名称", "功能分类科目编码",
        "经济分类科目名称", "人员经费", "公用经费", "财政拨款收入", "财政拨款", "本年收入", "本年支出", "收入", "支出", "金额", "项目", "类", "款",
        "一般公共预算", "政府性基金预算", "国有资本经营预算", "因公出国(境)费", "公务接待费", "本年收入合计", "本年支出合计", "年初预算数",
    }
)  # fmt: skip
_FOREIGN = frozenset(
    {
        "一级指标", "二级指标", "三级指标", "绩效指标", "绩效目标", "项目编码", "预算规模及资金用途", "采购物品名称", "政府采购目录序号",
        "单位性质", "单位规格", "价值", "资产总额", "指标值", "年度目标", "总体目标", "资金用途",
    }
)  # fmt: skip
_PERFORMANCE = re.compile(r"绩效(?:目标|指标|自评|评价|监控|运行)")
_BODIES = frozenset({"单位名称", "预算单位名称", "部门(单位)名称", "部门名称", "机构名称"})
_BESIDE_BODIES = frozenset({"序号", "备注", "单位性质", "预算级次", "级次", "单位类型", "类别", "经费形式"})


def claims(table: Table, before: Sequence[Block]) -> bool:
    """Whether ``table`` is a disclosure table, or a list of the bodies that a department consists of."""
    rows = [row for row in table.rows if not row.is_blank]
    if not rows:
        return False
    words = {normalise(cell.text) for row in rows[:7] for cell in row.cells}
    if words & _FOREIGN or any(_PERFORMANCE.search(word) for word in words):
        return False
    if _is_list_of_bodies(rows[0]):
        return True
    above = _lines_above(before)
    has_title = any(titles.is_title(line.text) for line in above) or any(
        titles.is_title(cell.text) for row in rows[:3] for cell in row.cells
    )
    return has_title and len(words & _HEADINGS) >= 2


def caption_length(before: Sequence[Paragraph]) -> int:
    """The title, the number, the unit and the issuer above a table."""
    return titles.length_of_caption(before)


def note_length(after: Sequence[Paragraph]) -> int:
    """The notes below a table, and why it is empty."""
    count = 0
    for line in after[:4]:
        if line.style == "furniture":
            continue
        if not titles.is_note(line.text):
            break
        count += 1
    return count


def read(tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """The typed tables; lists of bodies as organizations."""
    fields: dict[str, Any] = {}
    for claimed in tables:
        rows = claimed.rows
        if _is_list_of_bodies(rows[0]):
            fields.setdefault("organizations", []).extend(_organizations(rows, ledger))
            for line in claimed.caption:
                ledger.furnish("表题", line)
            continue
        fields.setdefault("tables", []).append(_table(claimed, rows, ledger))
    found = fields.get("tables", [])
    if found:
        final = sum(table.is_final for table in found) * 2 > len(found)
        fields["kind"] = Kind.FINAL_ACCOUNTS if final else Kind.DEPARTMENT_DISCLOSURE
        year = next((table.fiscal_year for table in found if table.fiscal_year), None)
        if year is not None:
            fields["fiscal_year"] = year
    return fields


def _lines_above(before: Sequence[Block]) -> list[Paragraph]:
    lines: list[Paragraph] = []
    for block in reversed(before[-8:]):
        if not isinstance(block, Paragraph):
            break
        lines.append(block)
    lines.reverse()
    return lines[len(lines) - titles.length_of_caption(lines) :]


def _is_list_of_bodies(row: Row) -> bool:
    words = {normalise(cell.text) for cell in row.cells if not is_blank(cell.text)}
    return bool(words & _BODIES) and len(words) >= 2 and words <= _BODIES | _BESIDE_BODIES


def _organizations(rows: list[Row], ledger: Ledger) -> list[Organization]:
    heads = {cell.column: normalise(cell.text) for cell in rows[0].cells}
    ledger.furnish("表头", rows[0])
    found = []
    for row in rows[1:]:
        name = nature = None
        cells = {}
        for cell in row.cells:
            head = heads.get(cell.column, "")
            if is_blank(cell.text):
                continue
            if head in _BODIES:
                name = tidy("".join(cell.text.split("\n")))
                cells["name"] = cell.place
                ledger.take(cell)
            elif head == "序号":
                ledger.furnish("序号", cell)
            else:
                nature = tidy(cell.text)
                cells["nature"] = cell.place
                ledger.take(cell)
        if name:
            found.append(Organization(name=name, nature=nature, place=row.place, cells=cells))
    return found


def _table(claimed: ClaimedTable, rows: list[Row], ledger: Ledger) -> DisclosureTable:
    inside = _inner_caption(rows)
    caption = titles.read_caption(
        [line.text for line in claimed.caption] + [cell.text for row in rows[:inside] for cell in row.cells]
    )
    for line in claimed.caption:
        _take_caption(line, caption, ledger)
    for row in rows[:inside]:
        ledger.furnish("表题、编制单位和计量单位", row)
    rows = rows[inside:]
    length = head_length(rows)
    head, body = rows[:length], rows[length:]
    for row in head:
        ledger.furnish("栏次" if is_column_numbers(row) else "表头", row)
    reader = RowReader(sides_of(columns_of(head, body)), ledger)
    reader.read(body, head)
    notes = []
    for line in claimed.notes:
        notes.append(line.text.strip())
        ledger.take(line)
    return DisclosureTable(
        kind=caption.kind,
        title=caption.title,
        number=caption.number,
        issuer=caption.issuer,
        fiscal_year=caption.year,
        is_final=caption.is_final,
        unit=caption.unit or WAN_YUAN,
        columns=reader.columns,
        rows=reader.rows,
        notes=notes,
        place=claimed.table.place,
    )


def _take_caption(line: Paragraph, caption: titles.Caption, ledger: Ledger) -> None:
    text = "".join(line.text.split())
    if caption.title == text or (caption.issuer and caption.issuer in normalise(line.text)):
        ledger.take(line)
    else:
        ledger.furnish("表题、编制单位和计量单位", line)


def _inner_caption(rows: list[Row]) -> int:
    """How many rows at the head of the table are its title and unit, inside the frame."""
    count = 0
    for row in rows[:4]:
        texts = [cell.text for cell in row.cells if not is_blank(cell.text)]
        if texts and len(texts) <= 3 and all(titles.is_caption(text) for text in texts):
            count += 1
        else:
            break
    return count
