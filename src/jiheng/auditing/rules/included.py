"""SUM: what a sentence says to be in an amount (其中) adds up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.sentences import FIGURE, money_of
from jiheng.auditing.thresholds import number
from jiheng.auditing.walk import spelled_sum
from jiheng.budget import BudgetDocument, Money, Severity, money_sum, normalise

_OPENING: Final = re.compile(rf"{FIGURE}[,;(]?其中:?")
_LOOKED_FOR: Final = re.compile("其中")
_ITEM: Final = re.compile(rf"(?P<name>[^\d,;:。()%、+]{{2,24}}?)(?:为|是|:)?{FIGURE}(?:\([^()]{{0,60}}\))?")
_ADDED: Final = re.compile(r"\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)+(?=[万元,;。)]|$)")
"""A sum that is spelled out: 其中400+250+350."""
_BETWEEN: Final = re.compile(r"[,;、和及与]")
_ENDS: Final = re.compile(r"等?(?:[。)]|$)")
_OTHER: Final = re.compile(r"比|较|占|完成|增|减|降|其中|包括|平均|人均|每|上年|等|余|用于|结转")
"""In the name of an item: it compares or goes on with something, and is no part."""


class _Included(NamedTuple):
    """An amount and what is said to be in it."""

    text: str
    whole: Money
    parts: list[Money]
    is_open: bool = False
    """等 behind the last part says that there are others."""


@rule(
    "SUM-021", title="文中“其中”的各项不超过总数", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="表文一致", checks=("D10", "M03"),
)  # fmt: skip
def what_is_in_an_amount_adds_up_to_it(document: BudgetDocument) -> Iterator[Gap]:
    """Two amounts and more behind 其中, to the end of the sentence, are not more than the amount before it.

    Where they fall short of it by a little, one may be missing: that is only asked about, and not where 等 says that
    there are others. Totals that other rules
    hold against their parts are left to them.
    """
    told = set(_told_elsewhere(document))
    for path, text in corpus(document).holding(_LOOKED_FOR):
        for found in _included(text):
            if found.whole in told:
                continue
            computed = money_sum(found.parts, found.whole.unit)
            least = found.whole * number("sums", "all_but")
            severity = disagreement(found.whole, computed, found.parts, Severity.WARNING)
            is_more = computed > found.whole
            if severity is None or computed < least or (found.is_open and not is_more):
                continue
            yield Gap.of_money(
                path,
                found.whole,
                computed,
                message=f"“{found.text}”：其中各项合计 {spelled_sum(found.parts)} = {computed}，"
                f"{'超过' if is_more else '少于'}总数 {found.whole}，相差 {abs(found.whole - computed)}",
                remedy="核对总数和各项金额" if is_more else "核对总数和各项金额；没有列全的，写明还有哪些",
                severity=severity if is_more else Severity.NOTICE,
            )


def _told_elsewhere(document: BudgetDocument) -> Iterator[Money]:
    spent, income, public = document.expenditure, document.revenue, document.three_public
    for stated in (
        *((spent.total, spent.basic, spent.project) if spent else ()),
        income.total if income else None,
        public.total if public else None,
    ):
        if (money := Money.parse(stated)) is not None:
            yield money


def _included(text: str) -> Iterator[_Included]:
    plain = normalise(text).replace("，", ",").replace("；", ";").replace("：", ":")
    for match in _OPENING.finditer(plain):
        whole = money_of(match[1], match[2])
        said = plain[plain.rfind("。", 0, match.start()) + 1 : match.start()]
        if whole is None or not whole or ("其中" in said and "(" not in match[0]):
            continue  # of a list within a list it cannot be told which parts are whose
        end, parts = _parts(plain, match.end(), match[2])
        if len(parts) > 1:
            yield _Included(plain[match.start() : end], whole, parts, plain[end : end + 1] == "等")


def _parts(text: str, start: int, unit: str) -> tuple[int, list[Money]]:
    """The amounts that follow one another from ``start`` to the end of the sentence, and where they end."""
    if (added := _ADDED.match(text, start)) is not None:
        return added.end(), [money for one in added[0].split("+") if (money := money_of(one, unit))]
    parts: list[Money] = []
    at = start
    while (item := _ITEM.match(text, at)) is not None and not _OTHER.search(item["name"]):
        money = money_of(item[2], item[3])
        if money is None:
            return at, []
        parts.append(money)
        at = item.end()
        if _ENDS.match(text, at):
            return at, parts
        if not _BETWEEN.match(text, at):
            return at, []
        at += 1
    return at, []
