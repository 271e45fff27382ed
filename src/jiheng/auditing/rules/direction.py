"""DIR: the sign of a target fits what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.walk import rows
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue, Severity, normalise
from jiheng.standards.indicator_framework import direction_of

_LEAST, _MOST = ("≥", ">"), ("≤", "<")


@rule(
    "DIR-001", title="成本指标不设下限", severity=Severity.WARNING, basis="mof-2021-101", article="成本指标",
    checks=("G14",),
)  # fmt: skip
def a_cost_has_no_lower_bound(document: BudgetDocument) -> Iterator[Gap]:
    """A cost is "at most", not "at least": ≥12万元 lets it grow without end."""
    for row in rows(document):
        value = row.indicator.value
        if value is None or value.operator not in _LEAST or value.dimension is not Dimension.MONEY:
            continue
        if "成本指标" in (row.level1, row.level2):
            yield Gap(
                path=f"{row.path}.value",
                message=f"成本指标{row.label}写成“{value.text}”，成本应控制上限，不应设下限",
                remedy=f"改为“≤{value.number}{value.unit or ''}”或确定的标准",
                stated=value.text,
                computed=f"≤{value.number}{value.unit or ''}",
            )


# How long something may take; 保障时限 and 质保时限 are how long it must last.
_WAIT = re.compile(
    r"(?:响应|修复|抢修|维修|办理|办结|处理|处置|完成|支付|发放|拨付|等待|等候|到达|停机|宕机|中断|审批|审核|受理|回复|答复|反馈)\S{0,4}(?:时限|时间)$"
)


def _is_wait(name: str | None, value: IndicatorValue) -> bool:
    return value.dimension is Dimension.DURATION and _WAIT.search(normalise(name)) is not None


@rule(
    "DIR-002", title="越低越好的指标设上限", severity=Severity.WARNING, basis="form-performance-text",
    article="指标值", checks=("G14",),
)  # fmt: skip
def what_should_be_low_has_an_upper_bound(document: BudgetDocument) -> Iterator[Gap]:
    """故障率, 差错率, 投诉 and the like are "at most"; costs are left to DIR-001."""
    for row in rows(document):
        value = row.indicator.value
        if value is None or value.operator not in _LEAST or "成本指标" in (row.level1, row.level2):
            continue
        measured = value.dimension in (Dimension.SHARE, Dimension.COUNT) or _is_wait(
            row.indicator.level3, value
        )
        if measured and direction_of(row.indicator.level3 or "") == "reverse":
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}越低越好，目标却写成“{value.text}”",
                remedy="改为“≤”，或更正指标名称",
                stated=value.text,
            )


@rule(
    "DIR-003", title="越高越好的指标设下限", severity=Severity.WARNING, basis="form-performance-text",
    article="指标值", checks=("G14",),
)  # fmt: skip
def what_should_be_high_has_a_lower_bound(document: BudgetDocument) -> Iterator[Gap]:
    """完成率, 合格率, 满意度 and the like are "at least"."""
    for row in rows(document):
        value = row.indicator.value
        if value is None or value.operator not in _MOST or value.dimension is not Dimension.SHARE:
            continue
        forward = row.level1 == "满意度指标" or direction_of(row.indicator.level3 or "") == "forward"
        if forward and row.level2 != "成本指标":
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}越高越好，目标却写成“{value.text}”",
                remedy="改为“≥”，或更正指标名称",
                stated=value.text,
            )
