"""Ways through a document that many rules take, each value with its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from jiheng.auditing.kept import kept
from jiheng.budget import BudgetDocument, Indicator, Money, Project, normalise
from jiheng.standards.indicator_framework import canonical


class Row(NamedTuple):
    """An indicator with its path and its project."""

    path: str
    project: Project
    indicator: Indicator

    @property
    def level1(self) -> str:
        """一级指标 by its usual name; "" when blank."""
        return canonical(self.indicator.level1) if self.indicator.level1 else ""

    @property
    def level2(self) -> str:
        """二级指标 by its usual name; "" when blank."""
        return canonical(self.indicator.level2) if self.indicator.level2 else ""

    @property
    def name(self) -> str:
        """三级指标, or the description where that is blank."""
        return self.indicator.level3 or self.indicator.description or ""

    @property
    def label(self) -> str:
        """How messages name the indicator."""
        return f"“{self.name}”" if self.name else f"“{self.indicator.level2 or '指标'}”"


def rows(document: BudgetDocument) -> Iterator[Row]:
    """Every indicator of the document."""
    return iter(kept(document, "rows", lambda: _rows(document)))


def _rows(document: BudgetDocument) -> list[Row]:
    return [row for path, project in document.goal_tables() for row in rows_of(path, project)]


def rows_of(path: str, project: Project) -> Iterator[Row]:
    """Every indicator of one project."""
    for index, indicator in enumerate(project.indicators):
        yield Row(f"{path}.indicators.{index}", project, indicator)


def amounts(node: Any, fields: Iterable[str]) -> dict[str, Money]:
    """The amounts that ``node`` has among ``fields``; absent ones are left out, never zero."""
    found = {field: Money.parse(getattr(node, field)) for field in fields}
    return {field: money for field, money in found.items() if money is not None}


def spelled_sum(parts: Iterable[Money]) -> str:
    """The addition spelled out: "460 + 61.4"; long ones are cut in the middle."""
    texts = [part.text for part in parts]
    if len(texts) > 8:
        texts = [*texts[:4], "…", *texts[-2:]]
    return " + ".join(texts)


def same_text(left: str | None, right: str | None) -> bool:
    """Whether two texts say the same, white space and width aside; absent text equals nothing."""
    return bool(left) and bool(right) and normalise(left) == normalise(right)
