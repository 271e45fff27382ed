"""CHG: of the three public expenses each one that changed is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.told_changes import EXPENSES, ToldChange, told_changes
from jiheng.budget import BudgetDocument, Severity, normalise

_REASON: Final = re.compile(
    r"原因|由于|因(?!公)|主要是|主要系|系(?=[\u4e00-\u9fff])|为了?(?=贯彻|落实|保障|满足)|严格|压减|压缩|厉行|根据|按照"
)
_VEHICLES: Final = frozenset({"vehicle", "vehicle_purchase", "vehicle_operation"})


@rule(
    "CHG-022", title="“三公”经费各项的增减分别说明原因", severity=Severity.WARNING, basis="mof-2016-143", article="增减说明",
    checks=("D13",),
)  # fmt: skip
def each_expense_that_changed_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """Of the expenses whose changes are told one by one, each that changed has its reason beside it.

    An increase without one is a warning, a decrease is only asked about. Silent where a reason may be meant for all of
    them: it stands behind the last one, or names the expense.
    """
    told = [one for one in told_changes(document) if one.change]
    unexplained = [one for one in told if not _REASON.search(one.words)]
    if not unexplained or _may_be_for_all(document, told, unexplained):
        return
    explained = {_group(one) for one in told if one not in unexplained}
    for one in unexplained:
        if _group(one) in explained or _is_named_beside(document, one):
            continue
        explained.add(_group(one))
        is_more = one.change.number > 0
        yield Gap(
            path=one.path,
            message=f"{EXPENSES[one.expense]}比上年{'增加' if is_more else '减少'} {abs(one.change)}，没有说明原因",
            remedy="补写该项增减变化的原因",
            stated=one.change.text,
            unit=one.change.unit,
            severity=None if is_more else Severity.NOTICE,
        )


def _group(one: ToldChange) -> str:
    """Purchase and operation of vehicles are explained together."""
    return "vehicle" if one.expense in _VEHICLES else one.expense


def _may_be_for_all(document: BudgetDocument, told: list[ToldChange], unexplained: list[ToldChange]) -> bool:
    """Whether no expense but the last told has a reason of its own, and there is one somewhere."""
    if len(unexplained) < len(told):
        return unexplained == told[:-1]
    public = document.three_public
    if public is not None and (public.reasons or public.change):
        return True  # the reason is for all, or CHG-003 asks for it
    return any(_REASON.search(normalise(remark.text)) for remark in document.remarks if "三公" in remark.text)


def _is_named_beside(document: BudgetDocument, one: ToldChange) -> bool:
    """Whether the reasons that were read speak of the expense."""
    reasons = normalise(document.three_public.reasons) if document.three_public is not None else ""
    words = {"abroad": "出国", "reception": "接待"}.get(one.expense, "车")
    return words in reasons
