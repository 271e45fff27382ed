"""Spending plans as the rules look at them: what their figures are, and which share of the budget each date has."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from jiheng.auditing.remembered import remembered
from jiheng.budget import CHECKPOINTS, BudgetDocument, Money, Project, SpendingPlan

HUNDRED: Final = Decimal(100)
CHECKPOINT_MONTHS: Final = dict(zip(CHECKPOINTS, (3, 6, 10, 12), strict=True))


class Plan(NamedTuple):
    """A plan with figures: where it is, and the figures that are filled in by checkpoint."""

    path: str
    project: Project
    plan: SpendingPlan
    figures: dict[str, Decimal]

    @property
    def goal(self) -> Decimal | None:
        """What the last figure must be: 100 per cent, or the budget in its own unit."""
        if self.plan.unit == "percent":
            return HUNDRED
        total = Money.parse(self.project.budget.total) if self.project.budget else None
        return total.number if total is not None else None

    @property
    def is_increments(self) -> bool:
        """Whether the figures are what is spent in each period: together, not at the end, they reach the goal."""
        values = list(self.figures.values())
        return len(values) > 1 and values[-1] != self.goal and sum(values) == self.goal

    @property
    def says_percent(self) -> bool:
        """Whether the heading asks for percentages."""
        return self.plan.heading is not None and "%" in self.plan.heading.replace("％", "%")

    @property
    def is_period_amounts(self) -> bool:
        """Whether the figures read as percentages are amounts of each period: together they are the budget."""
        total = Money.parse(self.project.budget.total) if self.project.budget else None
        values = list(self.figures.values())
        return (
            self.plan.unit == "percent"
            and total is not None
            and len(values) > 1
            and sum(values) == total.number
            and HUNDRED not in (total.number, *values)
        )

    @property
    def is_fractions(self) -> bool:
        """Whether the figures are shares of one, 0.2 to 1, where percentages stand."""
        values = list(self.figures.values())
        return (
            self.plan.unit == "percent"
            and len(values) > 1
            and values[-1] == 1
            and all(0 <= one <= 1 for one in values)
        )

    @property
    def spelled(self) -> str:
        """The figures as the table shows them, a dash for an empty cell."""
        return " / ".join(getattr(self.plan, field) or "—" for field in CHECKPOINTS)

    @property
    def shares(self) -> dict[int, Decimal]:
        """Month of each checkpoint -> what is to be spent by its end, in per cent, rising; empty where it is not told.

        Cells before the first figure count as nothing, those after the whole budget as all of it. A plan that is
        not cumulative, or in amounts without a budget, is left to the rules that say so.
        """
        whole = HUNDRED if self.plan.unit == "percent" else self.goal
        if not whole or self.is_increments or self.is_period_amounts or self.is_fractions:
            return {}
        shares: dict[int, Decimal] = {}
        reached = Decimal(0)
        for field, month in CHECKPOINT_MONTHS.items():
            share = self.figures[field] * 100 / whole if field in self.figures else reached
            if field not in self.figures and 0 < reached < HUNDRED:
                continue
            if not reached <= share <= HUNDRED:
                return {}
            shares[month] = reached = share
        return shares


@remembered
def plans(document: BudgetDocument) -> Sequence[Plan]:
    """The plans of all projects that have figures, in the order of the document."""
    return [plan for path, project in document.goal_tables() if (plan := plan_of(path, project)) is not None]


def plan_of(path: str, project: Project) -> Plan | None:
    """The plan of the project at ``path``; ``None`` where it has no figure."""
    plan = project.plan
    if plan is None:
        return None
    figures = {
        field: money.number
        for field in CHECKPOINTS
        if (money := Money.parse(getattr(plan, field))) is not None
    }
    return Plan(f"{path}.plan", project, plan, figures) if figures else None
