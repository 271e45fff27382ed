"""预算绩效管理情况: how many projects had goals, were followed and judged, and with what result."""

from __future__ import annotations

from jiheng.budget.money import AmountText
from jiheng.budget.node import Node


class PerformanceManagement(Node, frozen=True, eq=False, kw_only=True):
    """The figures of 预算绩效管理工作开展情况 in a budget or final account. Counts are digits as written; amounts in 万元."""

    goal_projects: str | None = None
    """Projects with declared goals."""
    goal_amount: AmountText | None = None
    monitored_projects: str | None = None
    monitored_amount: AmountText | None = None
    self_evaluated_projects: str | None = None
    self_evaluated_amount: AmountText | None = None
    evaluated_projects: str | None = None
    evaluated_amount: AmountText | None = None
    mean_score: str | None = None
    excellent: str | None = None
    """优."""
    good: str | None = None
    """良."""
    fair: str | None = None
    """中 or 合格."""
    poor: str | None = None
    """差 or 不合格."""
    problems_found: str | None = None
    problems_solved: str | None = None
    """已经完成整改."""
    problems_open: str | None = None
    """正在整改."""
