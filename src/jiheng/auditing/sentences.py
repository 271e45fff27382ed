"""The figures in the sentences that a disclosure keeps: amounts, growth, shares and completion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final, NamedTuple

from jiheng.budget import BudgetDocument, Money, in_digits, normalise

FIGURE: Final = r"(?<![\d.])(?<!\d,)(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(百万元|万元|千元|亿元|元)"
"""An amount with its unit; of "12.5,30万元", two amounts that share their unit, neither is taken."""
_RATE: Final = r"(-?\d+(?:\.\d+)?)%"
_UP: Final = ("增加", "增长", "上升", "提高", "增幅")
_DOWN: Final = ("减少", "下降", "降低", "压减", "降幅")
_WORD: Final = "|".join((*_UP, *_DOWN))
AMOUNT: Final = re.compile(FIGURE)
_GROWTH: Final = re.compile(
    rf"(?P<word>{_WORD})(?:了|额)?(?:为|:)?{FIGURE}[,;(]*(?:同比|较上年|比上年)?(?P<again>{_WORD})?(?:幅度|率|比例)?(?:了|为|约|达|到)*{_RATE}"
)
_SHARE: Final = re.compile(
    rf"{FIGURE}[,(]?约?占(?P<what>[^,。;\d%]{{0,20}}?)(?:的)?(?:比重|比例)?(?:为|约|达|到)*{_RATE}"
)
_COMPARED: Final = re.compile(
    r"^[,(]*(?:与|较|比|同比)?(?:(?:上年|去年|年初|20\d{2}年)[^\d。;:元]{0,16})?(?:各)?$"
)
"""What may stand between an amount and its change: a comparison with the year before, and nothing else."""
_CHANGE_BEFORE: Final = re.compile(
    rf"[,(]*(?:与|较|比|同比)[^,。;:元%]{{1,20}}(?:{_WORD})了?{FIGURE}(?:[,(]*(?:{_WORD})(?:幅度|率)?(?:了|为|约)*{_RATE}\)?)?(?=[,(]*(?:与|较|比)[^,。;:元%\d]{{1,20}}$)"
)
"""A change told before another one: 比预算数减少 3 万元，下降 10%，比上年减少 … – both are of the amount before them."""
_COMPLETED: Final = re.compile(
    rf"预算(?:数)?(?:为|是|:)?{FIGURE}[,;](?:实际)?(?:支出)?(?:决算|完成|支出)(?:数)?(?:为|是|:)?{FIGURE}[,;](?:为|完成|占)?(?:了)?(?P<of>年初|全年|调整)?预算(?:数)?的?(?:为)?{_RATE}"
)
_COMPLETED_OF: Final = re.compile(
    rf"(?<!预算)(?<!预算数)(?<!预算为)(?<!预算数为)(?:支出|决算|决算数|完成)(?:为|是|:)?{FIGURE}[,;](?:完成|占|为)了?(?:年初|全年|调整后?|当年)预算(?:数)?{FIGURE}的{_RATE}"
)
_BUDGET_OF: Final = {
    name: re.compile(rf"{name}(?:后)?预算(?:数)?(?:为|是|:)?{FIGURE}") for name in ("年初", "全年", "调整")
}


_NEAR: Final = 80
"""An amount further back is not what a change is of."""
_MANY: Final = 60
"""No paragraph of a disclosure has so many amounts or rates; a longer list would only take time."""


class Sentences(NamedTuple):
    """A paragraph: its path and its text as it is compared."""

    path: str
    section: str
    text: str

    def compared(self, found: Growth) -> Money | None:
        """The amount that a change is of: it stands before it, with only the comparison in between."""
        start = max(0, found.start - _NEAR)
        before = _CHANGE_BEFORE.search(self.text[start : found.start])
        end = start + before.start() if before else found.start
        near = list(AMOUNT.finditer(self.text, start, end))
        between = self.text[near[-1].end() : end] if near else ""
        if not near or not (_COMPARED.match(between) or (before and not between)):
            return None
        last = near[-1]
        is_change = self.text[start : last.start()].endswith((*_UP, *_DOWN, "加了", "少了", "长了", "降了"))
        return None if is_change else money_of(last[1], last[2])

    def amounts(self, start: int = 0, end: int | None = None) -> list[Money]:
        """The amounts of money between two places, nought left out; of a very long list the first."""
        stop = len(self.text) if end is None else end
        found = islice(AMOUNT.finditer(self.text, start, stop), _MANY)
        return [money for match in found if (money := money_of(match[1], match[2]))]


class Growth(NamedTuple):
    """A change with its rate, as in “增加 5 万元，增长 3.2%”; ``start`` is where it stands."""

    start: int
    word: str
    amount: Money
    again: str | None
    rate: Decimal
    text: str

    @property
    def is_down(self) -> bool:
        """Whether the word says less."""
        return self.word in _DOWN

    @property
    def contradicts(self) -> bool:
        """Whether the second word says the opposite of the first."""
        return self.again is not None and (self.again in _DOWN) is not self.is_down

    def signed(self) -> Money:
        """The change with its sign."""
        return -self.amount if self.is_down else self.amount


class Share(NamedTuple):
    """An amount with its share, as in “基本支出 40 万元，占 60%”."""

    start: int
    amount: Money
    whole: str
    """What the share is of, as the sentence says; "" where it does not."""
    rate: Decimal
    text: str


class Completion(NamedTuple):
    """A budget with what was spent of it, as in “年初预算为 10 万元，支出决算为 8 万元，完成年初预算的 80%”."""

    budget: Money
    final: Money
    rate: Decimal
    text: str


def sentences(document: BudgetDocument) -> Iterator[Sentences]:
    """Every paragraph that the document keeps."""
    for index, remark in enumerate(document.remarks):
        text = in_digits(normalise(remark.text))
        if "元" in text or "辆" in text:
            yield Sentences(
                f"remarks.{index}.text", remark.section, text.replace("，", ",").replace("；", ";")
            )


def money_of(digits: str, unit: str) -> Money | None:
    """The money of digits and unit in a sentence."""
    if unit == "百万元":
        found = Money.parse(digits, "万元")
        return found * 100 if found is not None else None
    return Money.parse(digits, unit)


def growths(paragraph: Sentences) -> Iterator[Growth]:
    """Every change that is stated with its rate."""
    if "%" not in paragraph.text:
        return
    for match in islice(_GROWTH.finditer(paragraph.text), _MANY):
        amount = money_of(match[2], match[3])
        if amount is not None:
            yield Growth(match.start(), match["word"], amount, match["again"], Decimal(match[5]), match[0])


def shares(paragraph: Sentences) -> Iterator[Share]:
    """Every amount that is stated with its share."""
    if "占" not in paragraph.text:
        return
    for match in islice(_SHARE.finditer(paragraph.text), _MANY):
        amount = money_of(match[1], match[2])
        if amount is not None:
            yield Share(match.start(), amount, match["what"], Decimal(match[4]), match[0])


def completions(paragraph: Sentences) -> Iterator[Completion]:
    """Every budget that is stated with what was spent and how much of it that is."""
    if "%" not in paragraph.text:
        return
    for match in islice(_COMPLETED.finditer(paragraph.text), _MANY):
        budget, final = money_of(match[1], match[2]), money_of(match[3], match[4])
        named = _named_budget(paragraph.text, match)
        if budget is not None and final is not None:
            yield Completion(named or budget, final, Decimal(match[6]), match[0])
    for match in islice(_COMPLETED_OF.finditer(paragraph.text), _MANY):
        final, budget = money_of(match[1], match[2]), money_of(match[3], match[4])
        if budget is not None and final is not None:
            yield Completion(budget, final, Decimal(match[5]), match[0])


def _named_budget(text: str, match: re.Match[str]) -> Money | None:
    """The budget that the rate is of by its name, where several stand before it (年初预算 and 调整预算)."""
    if match["of"] is None:
        return None
    start = max(text.rfind("。", 0, match.start()), match.start() - _NEAR, 0)
    found = list(_BUDGET_OF[match["of"]].finditer(text, start, match.start(3)))
    return money_of(found[-1][1], found[-1][2]) if found else None
