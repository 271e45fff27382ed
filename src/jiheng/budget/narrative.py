"""The parts of a document that are told in sentences and small tables rather than goal tables."""

from __future__ import annotations

from typing import Literal

from jiheng.budget.money import AmountText
from jiheng.budget.node import Item, Node

# Amounts in this module are in 万元 unless they carry another unit.


class Organization(Item, frozen=True, eq=False, kw_only=True):
    """A row of 机构设置情况."""

    name: str | None = None
    nature: str | None = None
    """单位性质: 行政, 事业 …"""
    rank: str | None = None
    """单位规格: 正科级 …"""
    funding: str | None = None
    """经费保障形式: 财政拨款 …"""


class Told(Node, frozen=True, eq=False, kw_only=True):
    """A part that a sentence tells, with what that sentence says of its year and its body."""

    year: int | None = None
    """The year that the sentence names for its figures."""
    body: str | None = None
    """How the sentence names the body: 我部门, 安澜县水务局."""


class Revenue(Told, frozen=True, eq=False, kw_only=True):
    """收入预算 by source (财预〔2016〕143号 and 预算法 art. 27)."""

    total: AmountText | None = None
    general_public: AmountText | None = None
    government_fund: AmountText | None = None
    state_capital: AmountText | None = None
    fiscal_account: AmountText | None = None
    """财政专户核拨收入."""
    other: AmountText | None = None
    """其他来源收入（单位资金）."""
    carried_over: AmountText | None = None
    """上年结转."""
    fiscal: AmountText | None = None
    """财政拨款收入 in all, where it is stated."""
    business: AmountText | None = None
    """事业收入."""
    operation: AmountText | None = None
    """事业单位经营收入."""


class NamedAmount(Item, frozen=True, eq=False, kw_only=True):
    """A project named in the narrative, with its amount where one is given."""

    name: str
    amount: AmountText | None = None


class Expenditure(Told, frozen=True, eq=False, kw_only=True):
    """支出预算: 基本支出 (人员经费 and 日常公用经费) and 项目支出 with the projects named."""

    total: AmountText | None = None
    basic: AmountText | None = None
    personnel: AmountText | None = None
    operating: AmountText | None = None
    """日常公用经费."""
    project: AmountText | None = None
    projects: list[NamedAmount] = []
    listing: Literal["all", "some"] | None = None
    """What the list of projects says of itself: "some" where it ends with 等, "all" where it begins with 其中 and without
    主要; ``None`` where it begins with 主要, as the form has it, or where nothing is known."""


class ExpenditureItem(Item, frozen=True, eq=False, kw_only=True):
    """What a disclosure says of one item of the functional classification; ``rate`` is digits without the % sign."""

    function_class: str | None = None
    """类."""
    section: str | None = None
    """款."""
    item: str | None = None
    """项."""
    amount: AmountText | None = None
    """Budgeted for the year."""
    previous: AmountText | None = None
    """Executed in the year before."""
    initial: AmountText | None = None
    """年初预算, in final accounts."""
    final: AmountText | None = None
    """支出决算."""
    rate: str | None = None
    uses: str | None = None
    reasons: str | None = None


class Changes(Told, frozen=True, eq=False, kw_only=True):
    """比上年增减情况; a decrease is negative."""

    previous_year: int | None = None
    total: AmountText | None = None
    basic: AmountText | None = None
    project: AmountText | None = None
    rate: str | None = None
    """Of the change in all, digits without the % sign; a decrease is negative."""
    reasons: str | None = None


class OperatingFunds(Told, frozen=True, eq=False, kw_only=True):
    """机关运行经费安排情况."""

    total: AmountText | None = None
    uses: str | None = None


class ThreePublic(Told, frozen=True, eq=False, kw_only=True):
    """财政拨款“三公”经费; ``change`` against last year, a decrease is negative."""

    total: AmountText | None = None
    abroad: AmountText | None = None
    vehicle_purchase: AmountText | None = None
    vehicle_operation: AmountText | None = None
    reception: AmountText | None = None
    previous_year: int | None = None
    change: AmountText | None = None
    rate: str | None = None
    """Of the change, digits without the % sign; a decrease is negative."""
    reasons: str | None = None


class SubGoal(Item, frozen=True, eq=False, kw_only=True):
    """One 分项绩效目标: its goal and its indicators, apart."""

    number: int | None = None
    title: str | None = None
    goal: str | None = None
    indicators: str | None = None


class Safeguard(Item, frozen=True, eq=False, kw_only=True):
    """One 工作保障措施."""

    title: str | None = None
    text: str | None = None


PURCHASE_SOURCES = {
    "general_public": "一般公共预算拨款", "government_fund": "基金预算拨款", "state_capital": "国有资本经营预算拨款",
    "fiscal_account": "财政专户核拨", "own": "单位资金", "carried_over": "财政拨款结转",
}  # fmt: skip
"""Who pays for a purchase: the columns of 部门政府采购预算 between 合计 and the end, key -> heading."""


class ProcurementItem(Item, frozen=True, eq=False, kw_only=True):
    """A row of 部门政府采购预算; amounts in 万元."""

    project: str | None = None
    project_budget: AmountText | None = None
    name: str | None = None
    catalog_code: str | None = None
    measure: str | None = None
    quantity: str | None = None
    price: AmountText | None = None
    total: AmountText | None = None
    general_public: AmountText | None = None
    government_fund: AmountText | None = None
    state_capital: AmountText | None = None
    fiscal_account: AmountText | None = None
    own: AmountText | None = None
    """单位资金."""
    carried_over: AmountText | None = None
    """财政拨款结转."""


class Procurement(Told, frozen=True, eq=False, kw_only=True):
    """政府采购预算: the total of the sentence and the rows of the table."""

    total: AmountText | None = None
    table_total: AmountText | None = None
    """合计 as the table states it."""
    total_row: ProcurementItem | None = None
    """The sources of money in the line 合计, where they are filled in; its sum is ``table_total``."""
    issuer: str | None = None
    """编制部门, above the table."""
    items: list[ProcurementItem] = []


class AssetPart(Item, frozen=True, eq=False, kw_only=True):
    """An "其中" row of the asset table."""

    name: str | None = None
    quantity: str | None = None
    value: AmountText | None = None


class Asset(AssetPart, frozen=True, eq=False, kw_only=True):
    """A row of 固定资产占用情况表, with its "其中" rows."""

    of_which: list[AssetPart] = []


class Assets(Told, frozen=True, eq=False, kw_only=True):
    """国有资产信息: the total of the sentence, the planned purchase and the table."""

    as_of: str | None = None
    """Date of the table, ISO 8601."""
    total: AmountText | None = None
    table_total: AmountText | None = None
    """资产总额 as the table states it."""
    issuer: str | None = None
    """编制部门, above the table."""
    planned_purchase: AmountText | None = None
    items: list[Asset] = []


class GlossaryTerm(Item, frozen=True, eq=False, kw_only=True):
    """A 名词解释."""

    term: str
    definition: str | None = None


class Heading(Item, frozen=True, eq=False, kw_only=True):
    """The heading of a chapter, or its entry in the table of contents."""

    number: str | None = None
    """As printed: 第一部分, 一、, 2."""
    title: str
    page: int | None = None
    """In the table of contents."""


class Remark(Item, frozen=True, eq=False, kw_only=True):
    """A statement that has no field of its own, kept with the section in which it stands."""

    section: str
    """A key of the document, or "introduction"."""
    text: str
