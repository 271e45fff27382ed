"""整改: what was found by an evaluation or an inspection, and what was done about it."""

from __future__ import annotations

from jiheng.budget.node import Item


class Rectification(Item, frozen=True, eq=False, kw_only=True):
    """A row of 整改台账; dates as written."""

    project: str | None = None
    unit: str | None = None
    """责任单位."""
    problem: str | None = None
    measure: str | None = None
    """整改措施."""
    owner: str | None = None
    """责任人."""
    deadline: str | None = None
    """整改时限."""
    found_on: str | None = None
    """发现时间."""
    done_on: str | None = None
    """完成时间."""
    state: str | None = None
    """整改情况: 已完成, 正在整改 …"""
    evidence: str | None = None
    """佐证材料."""
    attributes: dict[str, str] = {}
    """Other texts of the row by the heading of their column."""
