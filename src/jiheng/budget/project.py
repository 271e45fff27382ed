"""A project's goal table (绩效目标表): identity, budget, spending plan, goals and indicators."""

from __future__ import annotations

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


class Indicator(Item, frozen=True, eq=False, kw_only=True):
    """One row of the indicator table (绩效指标)."""

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

    @property
    def parsed_code(self) -> ProjectCode | None:
        """The code taken apart; ``None`` without one or when no known form fits."""
        return ProjectCode.parse(self.code) if self.code else None

    @property
    def label(self) -> str:
        """How messages name the project: its name, else its heading, else its code."""
        return self.name or self.heading or self.code or "（未命名项目）"
