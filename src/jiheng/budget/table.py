"""The tables of a disclosed budget or final account, as typed rows."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from jiheng.budget.money import WAN_YUAN
from jiheng.budget.node import Item


class TableKind(StrEnum):
    """Which of the disclosure tables it is (财预〔2016〕143号; 财库〔2019〕37号 for final accounts)."""

    REVENUE_EXPENDITURE = "revenue_expenditure"
    """收支总表."""
    REVENUE = "revenue"
    """收入总表."""
    EXPENDITURE = "expenditure"
    """支出总表."""
    FISCAL_REVENUE_EXPENDITURE = "fiscal_revenue_expenditure"
    """财政拨款收支总表."""
    GENERAL_PUBLIC_EXPENDITURE = "general_public_expenditure"
    """一般公共预算支出表."""
    BASIC_EXPENDITURE = "basic_expenditure"
    """一般公共预算基本支出表."""
    THREE_PUBLIC = "three_public"
    """“三公”经费（和机关运行经费）表."""
    GOVERNMENT_FUND = "government_fund"
    """政府性基金预算支出表."""
    STATE_CAPITAL = "state_capital"
    """国有资本经营预算支出表."""
    PROJECT_EXPENDITURE = "project_expenditure"
    """项目支出表."""
    PROCUREMENT = "procurement"
    """政府采购预算表."""


COLUMN_KEYS: Final = {
    "total": "合计",
    "budget": "预算数",
    "final": "决算数",
    "initial": "年初预算数",
    "adjusted": "全年预算数（调整预算数）",
    "previous_year": "上年数",
    "change": "增减额",
    "rate": "增减率或占比",
    "basic": "基本支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "project": "项目支出",
    "fiscal": "财政拨款",
    "general_public": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "fiscal_account": "财政专户管理资金",
    "own": "单位资金",
    "business": "事业收入",
    "operation": "经营收入或经营支出",
    "superior_subsidy": "上级补助收入",
    "affiliated": "附属单位上缴收入",
    "to_superior": "上缴上级支出",
    "to_affiliated": "对附属单位补助支出",
    "other": "其他",
    "carried_over": "上年结转（年初结转和结余）",
    "carried_forward": "年末结转和结余",
    "revenue": "本年收入",
    "expenditure": "本年支出",
    "abroad": "因公出国（境）费",
    "vehicle": "公务用车购置及运行费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行费",
    "reception": "公务接待费",
    "operating_funds": "机关运行经费",
    "quantity": "数量",
    "price": "单价",
}
"""Key of a column of figures -> usual heading.

Where a table has several columns of one key, what tells them apart stands behind it: a stage ("budget", "final",
"initial", "adjusted", "previous" for a year before) or the key of the heading above ("general_public_carried_over").
"""


class TableColumn(msgspec.Struct, frozen=True):
    """A column of figures.

    Attributes:
        key: a standard name, see ``COLUMN_KEYS``; ``None`` when the heading is not known.
        label: the heading, its levels joined by "/" ("基本支出/人员经费").
    """

    key: str | None
    label: str


class TableRow(Item, frozen=True, eq=False, kw_only=True):
    """A row: what it is about, and a figure for each column of its table.

    ``values`` are digits without thousands separators, in the order of the table's columns; an empty cell is
    ``None``; words stand as written. A table with two sides (收入 | 支出) gives a row for each side.
    """

    name: str | None = None
    code: str | None = None
    """Of the classification ("2010301", "30101") or of the project, parts joined."""
    side: str | None = None
    """"revenue" or "expenditure" in a table with two sides."""
    unit: str | None = None
    """The body (单位) that the row names."""
    attributes: dict[str, str] = {}
    """Other texts of the row by the heading of their column."""
    values: list[str | None] = []


class DisclosureTable(Item, frozen=True, eq=False, kw_only=True):
    """One table of a disclosure. A two-sided table has its columns once; rows say their side."""

    kind: TableKind | None = None
    """``None`` when the table is none of the known ones; its rows are kept all the same."""
    title: str | None = None
    number: str | None = None
    """As printed ("表三", "公开02表")."""
    issuer: str | None = None
    """编制部门 or 编制单位."""
    issuer_code: str | None = None
    """The body's code, where it stands before its name ("305安澜县水务局")."""
    fiscal_year: int | None = None
    is_final: bool = False
    """Of final accounts (决算)."""
    unit: str = WAN_YUAN
    columns: list[TableColumn] = []
    rows: list[TableRow] = []
    notes: list[str] = []
    """Lines around the table: 注, and the sentence that says why it is empty."""
