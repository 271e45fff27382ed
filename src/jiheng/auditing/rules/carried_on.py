"""YEAR: what last year's final account left is what this year's budget has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.earlier import follows, is_budget
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.table_rows import summary_amounts
from jiheng.budget import BudgetDocument, Kind, Money, Severity

_OPENING: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、)?(?:上年|年初)结转(?:和)?(?:结余)?(?:资金|收入)?$"
)
_CLOSING: Final = re.compile(r"(?:年末|年终)结转(?:和)?结余$")
_COLUMNS: Final = frozenset({"final", "total", "budget", "total_budget"})


@rule(
    "YEAR-029", title="预算的上年结转不多于上年决算的年末结转", severity=Severity.WARNING, basis="budget-law-rules",
    article=50, checks=("D47",), over_years=True,
)  # fmt: skip
def a_budget_has_no_more_than_the_final_account_left(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """上年结转 in the 收支总表 of a budget is not more than 年末结转和结余 in the final account of the year before.

    A warning: a budget is written before the account is closed, and takes what is expected to be left.
    """
    if not is_budget(document) or earlier.kind is not Kind.FINAL_ACCOUNTS or not follows(document, earlier):
        return
    opening, closing = _row(document, _OPENING), _row(earlier, _CLOSING)
    if opening is None or closing is None or opening[1] <= closing[1]:
        return
    path, amount = opening
    yield Gap.of_money(
        path,
        amount,
        closing[1],
        message=f"收支总表的上年结转 {amount}，多于上年决算的年末结转和结余 {closing[1]}，相差 {abs(amount - closing[1])}",
        remedy="核对上年结转的数额；按预计数编列的，予以说明并在决算后调整",
    )


def _row(document: BudgetDocument, pattern: re.Pattern[str]) -> tuple[str, Money] | None:
    """The first amount of the only row of that name in the 收支总表, with its path; ``None`` without one or with several."""
    found = [
        (path, amount) for name, path, amount in summary_amounts(document, _COLUMNS) if pattern.search(name)
    ]
    return found[0] if len(found) == 1 else None
