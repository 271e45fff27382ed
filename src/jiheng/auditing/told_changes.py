"""The changes that sentences tell for each of the three public expenses, against the year before."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from jiheng.auditing.remembered import remembered
from jiheng.auditing.sentences import FIGURE, money_of, sentences
from jiheng.budget import BudgetDocument, Kind, Money

EXPENSES: Final = {
    "abroad": "因公出国（境）费", "vehicle": "公务用车购置及运行维护费", "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行维护费", "reception": "公务接待费",
}  # fmt: skip
_NAMES: Final = (
    ("abroad", r"因公(?:\(事\))?出国(?:\(境\))?"),
    ("vehicle", r"(?:公务用车|公车|车辆)(?:购置)?(?:费)?(?:及|和|与|、)运行(?:维护)?"),
    ("vehicle_purchase", r"(?:公务用车|公车)购置"),
    ("vehicle_operation", r"(?:公务用车|公车)(?:运行|运维)"),
    ("reception", r"公务接待"),
)
_NAME: Final = re.compile("|".join(f"(?P<{key}>{pattern})" for key, pattern in _NAMES) + "|(?P<all>三公)")
_NEXT: Final = re.compile(rf"。|{_NAME.pattern}")
"""Where the words on one expense end."""
_CHANGE: Final = re.compile(
    rf"(?P<against>(?:同口径)?(?:比|较|与)(?:上年|去年|20\d{{2}}年)[^,。;\d]{{0,12}})?(?:数|各)?,?"
    rf"(?:(?P<up>增加|增长|上升)|(?P<down>减少|下降|降低|压减))了?{FIGURE}"
)
_SAME: Final = re.compile(
    r"(?:比|较|与)(?:上年|去年|20\d{2}年)[^,。;\d]{0,12}(?:持平|无增减|没有变化|无变化|保持不变)"
)


class ToldChange(NamedTuple):
    """What is told of one expense: its change, where, and the words on it up to the next expense."""

    expense: str
    change: Money
    path: str
    words: str
    ends_sentence: bool
    """Whether the words go on past the end of a sentence: what stands there may be meant for all expenses."""


@remembered
def told_changes(document: BudgetDocument) -> list[ToldChange]:
    """Every change of one of the expenses against the year before, in the order of the text."""
    found = []
    is_final = document.kind is Kind.FINAL_ACCOUNTS
    for paragraph in sentences(document):
        for match in _NAME.finditer(paragraph.text):
            if match.lastgroup is None or match.lastgroup == "all":
                continue
            after = _NEXT.search(paragraph.text, match.end())
            part = paragraph.text[match.end() : after.start() if after else len(paragraph.text)]
            change = _change(part, is_final=is_final)
            if change is not None:
                ends = after is None or after[0] == "。"
                found.append(ToldChange(match.lastgroup, change, paragraph.path, part, ends))
    return found


def changes_of_three(document: BudgetDocument) -> dict[str, Money]:
    """Expense -> its change against the year before; nothing where one has two different changes.

    Either the vehicles as a whole, or their purchase and their operation.
    """
    found: dict[str, Money] = {}
    for told in told_changes(document):
        if found.setdefault(told.expense, told.change) != told.change:
            return {}
    if "vehicle" in found:
        found.pop("vehicle_purchase", None)
        found.pop("vehicle_operation", None)
    return found


def _change(text: str, *, is_final: bool) -> Money | None:
    """The change against the year before in ``text``, which is about one expense."""
    if _SAME.search(text):
        return Money.parse("0")
    for match in _CHANGE.finditer(text):
        against = match["against"]
        # "比预算数减少" and a cause ("减少车辆支出 3 万元") are no change against the year before
        if against is None and not re.fullmatch(
            r"(?:费用?|经费|支出|决算|预算|数|维护)*", text[: match.start()]
        ):
            continue
        if against and ("年初" in against or (is_final and "预算" in against)):
            continue
        money = money_of(match[4], match[5])
        return -money if money is not None and match["down"] else money
    return None
