"""Ways through a document that many rules take, each value with its path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from jiheng.auditing.remembered import remembered
from jiheng.budget import WAN_YUAN, BudgetDocument, Indicator, IndicatorValue, Money, Project, normalise
from jiheng.standards.indicator_framework import canonical


class Row(NamedTuple):
    """An indicator with its path and its project.

    Attributes:
        level1, level2: 一级指标 and 二级指标 by their usual names; "" when blank.
    """

    path: str
    project: Project
    indicator: Indicator
    level1: str
    level2: str

    @property
    def name(self) -> str:
        """三级指标, or the description where that is blank."""
        return self.indicator.level3 or self.indicator.description or ""

    @property
    def is_not_concerned(self) -> bool:
        """Whether a satisfaction is said not to apply (不涉及): the rules ask for it, or for the reason why not."""
        return self.level1 == "满意度指标" and normalise(self.indicator.level3) in ("不涉及", "不适用")

    @property
    def label(self) -> str:
        """How messages name the indicator."""
        return f"“{self.name}”" if self.name else f"“{self.indicator.level2 or '指标'}”"


@remembered
def rows(document: BudgetDocument) -> Sequence[Row]:
    """Every indicator of the document."""
    return [row for path, project in document.goal_tables() for row in rows_of(path, project)]


@remembered
def rows_of(path: str, project: Project) -> Sequence[Row]:
    """Every indicator of one project."""
    return [
        Row(
            f"{path}.indicators.{index}",
            project,
            indicator,
            canonical(indicator.level1) if indicator.level1 else "",
            canonical(indicator.level2) if indicator.level2 else "",
        )
        for index, indicator in enumerate(project.indicators)
    ]


@remembered
def valued(document: BudgetDocument) -> Sequence[tuple[Row, IndicatorValue]]:
    """Every indicator with its target value; a satisfaction that does not apply has none to look at."""
    return [
        (row, row.indicator.value)
        for row in rows(document)
        if row.indicator.value is not None and not row.is_not_concerned
    ]


def amounts(node: Any, fields: Iterable[str]) -> dict[str, Money]:
    """The amounts that ``node`` has among ``fields``; absent ones are left out, never zero."""
    found = {field: Money.parse(getattr(node, field)) for field in fields}
    return {field: money for field, money in found.items() if money is not None}


def spelled_sum(parts: Iterable[Money]) -> str:
    """The addition spelled out, in 万元 where units differ: "460 + 61.4"; long ones are cut in the middle."""
    amounts = list(parts)
    if len({part.unit for part in amounts}) > 1:
        amounts = [part.to(WAN_YUAN) for part in amounts]
    texts = [part.text for part in amounts]
    if len(texts) > 8:
        texts = [*texts[:4], "…", *texts[-2:]]
    return " + ".join(texts)


def same_text(left: str | None, right: str | None) -> bool:
    """Whether two texts say the same, white space and width aside; absent text equals nothing."""
    return bool(left) and bool(right) and normalise(left) == normalise(right)
