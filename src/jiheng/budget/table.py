"""The tables of a disclosed budget or final account, as typed rows."""

from __future__ import annotations

from enum import StrEnum

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


class TableColumn(msgspec.Struct, frozen=True):
    """A column of figures.

    Attributes:
        key: a standard name ("total", "basic", "general_public" …); ``None`` when the heading is not known.
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
    fiscal_year: int | None = None
    is_final: bool = False
    """Of final accounts (决算)."""
    unit: str = WAN_YUAN
    columns: list[TableColumn] = []
    rows: list[TableRow] = []
    notes: list[str] = []
    """Lines around the table: 注, and the sentence that says why it is empty."""
