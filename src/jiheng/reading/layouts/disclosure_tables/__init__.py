"""收支总表 and the other tables of a disclosed budget or final account, recognised by title and headings.

A ``TableReader`` (see ``layouts.claimed``); ``OTHERS`` is a second one, for the tables that nobody else claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from jiheng.budget import CodedName, DisclosureTable, Kind, TableKind, is_blank, normalise
from jiheng.reading.blocks import Block, Paragraph, Row, Table
from jiheng.reading.layouts import goal_table, sections
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.disclosure_tables import bodies, titles
from jiheng.reading.layouts.disclosure_tables.heads import head_length, is_figure
from jiheng.reading.layouts.disclosure_tables.table import is_continuation, read_tables, width_of
from jiheng.reading.layouts.ledger import Ledger

_HEADINGS: Final = frozenset(
    {
        "预算数", "决算数", "合计", "小计", "总计", "基本支出", "项目支出", "科目名称", "科目编码", "功能分类科目名称", "功能分类科目编码",
        "经济分类科目名称", "人员经费", "公用经费", "财政拨款收入", "财政拨款", "本年收入", "本年支出", "收入", "支出", "金额", "项目", "类", "款",
        "一般公共预算", "政府性基金预算", "国有资本经营预算", "因公出国(境)费", "公务接待费", "本年收入合计", "本年支出合计", "年初预算数",
    }
)  # fmt: skip
_FOREIGN: Final = frozenset(
    {
        "一级指标", "二级指标", "三级指标", "绩效指标", "绩效目标", "预算规模及资金用途", "采购物品名称", "政府采购目录序号",
        "单位性质", "单位规格", "价值", "资产总额", "指标值", "年度目标", "总体目标", "资金用途", "指标名称", "产出指标", "效益指标",
    }
)  # fmt: skip
_PROJECT_CODE: Final = frozenset({"项目编码", "项目代码", "项目编号"})
_PERFORMANCE: Final = re.compile(r"绩效(?:目标|指标|自评|评价|监控|运行)")
_REACH: Final = 60
"""So many blocks above a table are looked at for the beginning of it."""
_ANNEX_REACH: Final = 300
"""So many blocks above a table of purchases the heading of its annex may stand."""
_MOST_NOTES: Final = 12
_GAP: Final = re.compile(r"^[-—–]?\s*\d{0,3}\s*[-—–]?$|^.{0,30}[(（]?续表?[)）]?$")


def claims(table: Table, before: Sequence[Block]) -> bool:
    """Whether ``table`` is a disclosure table, goes on with one, or lists the bodies of a department."""
    rows = [row for row in table.rows if not row.is_blank]
    if not rows:
        return False
    if bodies.is_list(rows[0]):
        return True
    is_foreign = _is_foreign(rows, before) and not _is_purchases_of_annex(rows, before)
    return not is_foreign and (_is_titled(rows, before) or _goes_on(table, before[-_REACH:]))


def _is_foreign(rows: list[Row], before: Sequence[Block]) -> bool:
    """Whether a table is of goals, assets, procurement or a project library rather than of a disclosed budget."""
    words = {normalise(cell.text) for row in rows[:7] for cell in row.cells}
    head = {normalise(cell.text) for row in rows[: min(head_length(rows), 7)] for cell in row.cells}
    if words & _PROJECT_CODE and not _lists_projects(rows, head, before):
        return True
    return bool(words & _FOREIGN) or any(_PERFORMANCE.search(word) for word in head)


def _is_purchases_of_annex(rows: list[Row], before: Sequence[Block]) -> bool:
    """Whether a table of purchases stands among the disclosure tables of an annex, and not in its chapter."""
    if not any(titles.kind_of(text) is TableKind.PROCUREMENT for text in _titles(rows, before)):
        return False
    lines = [line for line in before[-_ANNEX_REACH:] if isinstance(line, Paragraph) and "附" in line.text[:4]]
    return any(sections.opens_annex(line) for line in lines)


def _lists_projects(rows: list[Row], head: set[str], before: Sequence[Block]) -> bool:
    """Whether codes of projects stand in a column of a 项目支出表, by its title and the sources of its money."""
    named = [text for text in _titles(rows, before) if titles.kind_of(text) is TableKind.PROJECT_EXPENDITURE]
    return bool(head & _PROJECT_CODE) and len(head & _HEADINGS) >= 2 and (bool(named) or _follows(before))


def _follows(before: Sequence[Block]) -> bool:
    """Whether the nearest table above is a 项目支出表 as well, which may go on here."""
    for index in range(len(before) - 1, -1, -1):
        block = before[index]
        if isinstance(block, Table):
            rows = [row for row in block.rows if not row.is_blank]
            above = before[max(0, index - _REACH) : index]
            return any(titles.kind_of(text) is TableKind.PROJECT_EXPENDITURE for text in _titles(rows, above))
        if block.style != "furniture" and not _GAP.match(normalise(block.text)):
            return False
    return False


def _titles(rows: list[Row], before: Sequence[Block]) -> list[str]:
    """The lines above a table, and the cells of its first rows, that could name it."""
    found = [line.text for line in _lines_above(before)] + [
        cell.text for row in rows[:3] for cell in row.cells if not is_blank(cell.text)
    ]
    return [text for text in found if titles.is_title(text)]


def _is_titled(rows: list[Row], before: Sequence[Block]) -> bool:
    """Whether a title above or in ``rows`` says so: one of a known kind over known headings, or over figures."""
    words = {normalise(cell.text) for row in rows[:7] for cell in row.cells}
    named = _titles(rows, before)
    if any(titles.kind_of(text) is not None for text in named) and len(words & _HEADINGS) >= 2:
        return True
    return bool(named) and _has_figures(rows)


def _has_figures(rows: list[Row]) -> bool:
    """Whether figures stand below a head."""
    length = head_length(rows)
    return (
        0 < length < len(rows)
        and sum(is_figure(cell.text) for row in rows[length:] for cell in row.cells) >= 2
    )


def _goes_on(table: Table, before: Sequence[Block]) -> bool:
    """Whether page breaks alone part ``table`` from a titled one above."""
    for index in range(len(before) - 1, -1, -1):
        block = before[index]
        if isinstance(block, Table):
            if not is_continuation(table, block):
                return False
            rows = [row for row in block.rows if not row.is_blank]
            above = before[:index]
            if not _is_foreign(rows, above) and _is_titled(rows, above):
                return True
        elif block.style != "furniture" and not _GAP.match(normalise(block.text)):
            return False
    return False


def caption_length(before: Sequence[Paragraph]) -> int:
    """The title, the number, the unit and the issuer above a table."""
    return titles.length_of_caption(before)


def note_length(after: Sequence[Paragraph]) -> int:
    """The notes below a table, and why it is empty."""
    count = 0
    for index, line in enumerate(after[:_MOST_NOTES]):
        if titles.is_note(line.text) or (count and titles.goes_on(after[count - 1].text, line.text)):
            count = index + 1
        elif line.style != "furniture":
            break
    return count


def read(tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """The typed tables; lists of bodies as organizations."""
    fields: dict[str, Any] = {}
    lists = [claimed for claimed in tables if bodies.is_list(claimed.rows[0])]
    for claimed in lists:
        fields.setdefault("organizations", []).extend(bodies.read(claimed.rows, ledger))
        for line in (*claimed.caption, *claimed.notes):
            ledger.furnish("表题", line)
    found = [
        table
        for table in read_tables([claimed for claimed in tables if claimed not in lists], ledger)
        if table.title or table.rows or table.notes  # headings alone say nothing
    ]
    if found:
        fields["tables"] = found
        fields |= _about(found)
    return fields


def issuer_of(tables: Sequence[DisclosureTable]) -> CodedName | None:
    """The body whose tables they are, as the first one names it."""
    first = next((table for table in tables if table.issuer), None)
    if first is None or first.issuer is None:
        return None
    return CodedName(first.issuer_code, re.sub(r"[(（][^()（）]{0,6}汇总[)）]$", "", first.issuer))


def _about(tables: list[DisclosureTable]) -> dict[str, Any]:
    """What tables of known kinds say of their document."""
    known = [table for table in tables if table.kind is not None]
    if not known:
        return {}
    final = sum(table.is_final for table in known) * 2 > len(known)
    fields: dict[str, Any] = {"kind": Kind.FINAL_ACCOUNTS if final else Kind.DEPARTMENT_DISCLOSURE}
    year = next((table.fiscal_year for table in known if table.fiscal_year), None)
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


class _Others:
    """Claims every table of two columns and two rows, so that none is lost; Hebei goal tables are read apart."""

    def claims(self, table: Table, before: Sequence[Block]) -> bool:
        """Whether it is a table at all."""
        rows = [row for row in table.rows if not row.is_blank]
        return len(rows) > 1 and width_of(table) > 1 and not _is_goal_table(table, before)

    def caption_length(self, before: Sequence[Paragraph]) -> int:
        """The title, the number, the unit and the issuer."""
        return titles.length_of_caption(before)

    def note_length(self, after: Sequence[Paragraph]) -> int:
        """The notes below."""
        return note_length(after)

    def read(self, tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
        """The tables, most of no known kind."""
        return read(tables, ledger)


def _is_goal_table(table: Table, before: Sequence[Block]) -> bool:
    """Whether ``table`` is a Hebei goal table, or what page breaks left of one."""
    for block in (table, *reversed(before[-_REACH:])):
        if isinstance(block, Paragraph):
            if block.style != "furniture":
                return False
        elif any(goal_table.names_project(row) for row in block.rows):
            return True
    return False


OTHERS: Final = _Others()
