"""A project's goal table (绩效目标表): identity, budget, spending plan, goals and indicators."""

from __future__ import annotations

from typing import Annotated

import msgspec

from jiheng.budget.code import ProjectCode
from jiheng.budget.money import WAN_YUAN, AmountText, Money
from jiheng.budget.node import Item, Node
from jiheng.budget.value import IndicatorValue

CHECKPOINTS = ("march", "june", "october", "december")
"""The fields of a spending plan in the order of the year."""
CHECKPOINT_NAMES = {"march": "3月底", "june": "6月底", "october": "10月底", "december": "12月底"}


class CodedName(msgspec.Struct, frozen=True):
    """A division, department or unit: its code where the document has one, and its name."""

    code: str | None = None
    name: str | None = None


class ProjectBudget(Node, frozen=True, eq=False, kw_only=True):
    """预算规模: the amounts of one project, in ``unit`` (元 or 万元)."""

    total: AmountText | None = None
    fiscal: AmountText | None = None
    """其中：财政资金."""
    other: AmountText | None = None
    """其他资金; ``None`` when the cell is empty."""
    unit: str = WAN_YUAN

    def money(self, field: str) -> Money | None:
        """The amount in ``field`` ("total", "fiscal" or "other")."""
        return Money.parse(getattr(self, field), self.unit)


class SpendingPlan(Node, frozen=True, eq=False, kw_only=True):
    """资金支出计划: what is to be spent by the end of March, June, October and December, cumulatively.

    ``unit`` is "percent" or "amount" as the figures say; ``heading`` is what the table says above them
    ("资金支出计划（%）"). Figures are digits as written, without the % sign; an empty cell is ``None``.
    """

    unit: str = "percent"
    march: str | None = None
    june: str | None = None
    october: str | None = None
    december: str | None = None
    heading: str | None = None

    @property
    def figures(self) -> tuple[str | None, ...]:
        """The four figures in the order of the year."""
        return (self.march, self.june, self.october, self.december)


class FundingLine(Item, frozen=True, eq=False, kw_only=True):
    """A line of 项目资金, 资金来源 or 预算执行情况: one source, planned and (in reports) executed.

    Amounts are in ``unit``; ``rate``, ``weight`` and ``score`` are digits as written, without the % sign.
    """

    label: str
    """As printed ("其中：财政拨款")."""
    source: str | None = None
    """A key of ``SOURCES``; ``None`` when the label is not known."""
    scope: str = "year"
    """"year", or "project" where the form states the amount of all years."""
    unit: str = WAN_YUAN
    amount: AmountText | None = None
    """Planned, where the form has a single column."""
    initial: AmountText | None = None
    """年初预算数."""
    adjusted: AmountText | None = None
    """全年预算数, 调整后预算数."""
    executed: AmountText | None = None
    """执行数: of the year, or (in monitoring) up to the date."""
    through: Annotated[int, msgspec.Meta(ge=1, le=12)] | None = None
    """The last month that 执行数 covers, where the form says it (1-9月执行数: 9)."""
    forecast: AmountText | None = None
    """全年预计执行数."""
    rate: str | None = None
    """执行率."""
    weight: str | None = None
    """分值 or 权重."""
    score: str | None = None
    reason: str | None = None


SOURCES = {
    "total": "资金总额",
    "fiscal": "财政拨款",
    "general_public": "一般公共预算",
    "government_fund": "政府性基金",
    "state_capital": "国有资本经营预算",
    "fiscal_account": "财政专户管理资金",
    "central": "中央资金",
    "provincial": "省级资金",
    "municipal": "市级资金",
    "county": "县级资金",
    "township": "乡级资金",
    "local": "地方资金",
    "superior": "上级资金",
    "own": "单位资金",
    "social": "社会资金",
    "loan": "债务资金",
    "carried_over": "上年结转",
    "other": "其他资金",
}
"""Where money comes from: key -> usual name."""


class Statement(Item, frozen=True, eq=False, kw_only=True):
    """A labelled text of a form that is neither goal nor indicator: 立项依据, 保证措施, 自评结论 …"""

    label: str
    """As printed."""
    topic: str | None = None
    """A key of ``TOPICS``; ``None`` when the label is not known: the text is kept all the same."""
    text: str | None = None


TOPICS = {
    "overview": "项目概述",
    "basis": "立项依据",
    "necessity": "必要性",
    "feasibility": "可行性",
    "subject": "实施主体",
    "scheme": "实施方案",
    "schedule": "实施进度计划",
    "period": "实施周期",
    "arrangement": "年度预算安排",
    "calculation": "测算依据",
    "safeguards": "保证措施",
    "systems": "管理制度",
    "conclusion": "自评结论",
    "problems": "存在问题",
    "improvement": "改进措施",
    "deviation": "偏差原因",
    "achievement": "完成情况",
    "review": "审核意见",
    "remark": "备注",
}
"""What labelled texts are about: key -> usual name."""


class Indicator(Item, frozen=True, eq=False, kw_only=True):
    """One row of the indicator table (绩效指标); fields below ``basis`` are of reports and of other provinces' forms.

    Weights and scores are digits as written.
    """

    level1: str | None = None
    """一级指标: 产出指标, 效益指标, 满意度指标 …, filled down over merged cells."""
    level2: str | None = None
    level3: str | None = None
    description: str | None = None
    """绩效指标描述 or 指标说明."""
    value: IndicatorValue | None = None
    scoring: str | None = None
    """评（扣）分标准."""
    basis: str | None = None
    """指标值确定依据."""
    term: str | None = None
    """"annual", or "whole" for an indicator of the medium-term or whole-project goal; ``None`` where there is one kind."""
    is_core: bool = False
    """Marked as core (★)."""
    direction: str | None = None
    """指标方向性: 正向指标, 反向指标."""
    weight: str | None = None
    """权重 or 分值."""
    level1_weight: str | None = None
    """Of level one, where the form prints it ("产出指标（50分）")."""
    level2_weight: str | None = None
    previous: IndicatorValue | None = None
    """上年度实际水平."""
    standard: str | None = None
    """参考标准 or 绩效标准."""
    formula: str | None = None
    """计算公式."""
    actual: IndicatorValue | None = None
    """实际完成值: of the year, or (in monitoring) up to the date."""
    forecast: IndicatorValue | None = None
    """全年预计完成情况."""
    score: str | None = None
    reason: str | None = None
    """偏差原因分析及改进措施."""
    remark: str | None = None


class ReviewItem(Item, frozen=True, eq=False, kw_only=True):
    """A row of 绩效目标审核表; points are digits as written."""

    name: str
    """规范完整性, 明确清晰性 …"""
    aspect: str | None = None
    """完整性, 相关性, 适当性 or 可行性."""
    criterion: str | None = None
    """审核要点."""
    most: str | None = None
    """分值."""
    points: str | None = None
    """得分."""
    opinion: str | None = None
    """审核意见."""


class Project(Item, frozen=True, eq=False, kw_only=True):
    """A budget project, or a special fund (专项资金), with its goal table."""

    number: int | None = None
    """Printed before the heading."""
    name: str | None = None
    heading: str | None = None
    """The line above the table, as printed."""
    code: str | None = None
    department: CodedName | None = None
    """主管部门及代码."""
    unit: CodedName | None = None
    """实施单位, or the unit in the line above the table."""
    period: str | None = None
    """Of the medium-term goal ("2021年-2022年"), or the budget year where the table states one ("2021")."""
    budget: ProjectBudget | None = None
    purpose: str | None = None
    """资金用途."""
    plan: SpendingPlan | None = None
    goals: list[str] = []
    """绩效目标, without their leading numbers."""
    indicators: list[Indicator] = []
    attribute: str | None = None
    """项目属性 or 项目类型, as written: 新增项目, 延续项目, 特定目标类 …"""
    manager: str | None = None
    """项目负责人."""
    phone: str | None = None
    starts: str | None = None
    """Start of the project, as written."""
    ends: str | None = None
    funding: list[FundingLine] = []
    """资金来源 or 预算执行情况, a line for each source; ``budget`` repeats this year's total, fiscal and other."""
    mid_term_goals: list[str] = []
    """中长期目标 or 项目总目标."""
    results: list[str] = []
    """年度目标实际完成情况."""
    score: str | None = None
    """总分, digits as written."""
    grade: str | None = None
    """优, 良, 中, 差 as written."""
    review: list[ReviewItem] = []
    """The rows of 绩效目标审核表; ``score`` and ``grade`` are what it comes to."""
    statements: list[Statement] = []

    @property
    def parsed_code(self) -> ProjectCode | None:
        """The code taken apart; ``None`` without one or when no known form fits."""
        return ProjectCode.parse(self.code) if self.code else None

    @property
    def label(self) -> str:
        """How messages name the project: its name, else its heading, else its code."""
        return self.name or self.heading or self.code or "（未命名项目）"


class Task(Item, frozen=True, eq=False, kw_only=True):
    """A row of 年度主要任务 in 部门整体支出绩效目标表; amounts in the form's unit."""

    name: str | None = None
    content: str | None = None
    total: AmountText | None = None
    fiscal: AmountText | None = None
    other: AmountText | None = None
    executed: AmountText | None = None
    result: str | None = None
    """完成情况."""


class DepartmentGoals(Item, frozen=True, eq=False, kw_only=True):
    """部门（单位）整体支出绩效目标表, or the 自评表 or 监控表 made of it."""

    name: str | None = None
    """The department or unit, as the form states it."""
    period: str | None = None
    funding: list[FundingLine] = []
    tasks: list[Task] = []
    goals: list[str] = []
    mid_term_goals: list[str] = []
    results: list[str] = []
    indicators: list[Indicator] = []
    score: str | None = None
    grade: str | None = None
    statements: list[Statement] = []
