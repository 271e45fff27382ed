"""YEAR: a budget against another version of the same year's budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiheng.auditing.earlier import is_budget, same_year
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.previous_projects import Pair, pairs
from jiheng.budget import BudgetDocument, Severity

_NAMED = 3
"""So many projects are named in a message."""


@rule(
    "YEAR-024", title="同年两版预算的金额变动有调整记录", severity=Severity.NOTICE, basis="budget-law", article=13,
    checks=("M14",), over_years=True,
)  # fmt: skip
def budgets_of_two_versions_are_the_same(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """What another version of the same year's budget gave each project is told where it changed, in one finding.

    A draft and its approved version differ by right: only who has both can say whether the change was approved.
    """
    if not same_year(document, earlier) or not is_budget(document) or document.kind is not earlier.kind:
        return
    changed = list(_changed(list(pairs(document, earlier))))
    if not changed:
        return
    told = "、".join(f"“{pair.now.label}”{before} → {now}" for pair, before, now in changed[:_NAMED])
    yield Gap(
        path=f"{changed[0][0].path}.budget.total",
        message=f"与同年的另一版预算相比，{len(changed)} 个项目的预算数有变动：{told}{'等' if len(changed) > _NAMED else ''}",
        remedy="核对是否经批准调整，附调整文件；绩效目标随预算一并调整",
        stated=str(len(changed)),
        related=tuple(f"{pair.path}.budget.total" for pair, _, _ in changed[1:]),
    )


def _changed(found: Sequence[Pair]) -> Iterator[tuple[Pair, str, str]]:
    for pair in found:
        before, now = ((one.budget.money("total") if one.budget else None) for one in (pair.before, pair.now))
        if before is not None and now is not None and before != now:
            yield pair, str(before), str(now)
