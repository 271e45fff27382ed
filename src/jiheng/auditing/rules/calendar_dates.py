"""VAL and TXT: dates that the calendar has, and years that are not over."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared
from jiheng.auditing.walk import rows
from jiheng.budget import BudgetDocument, Severity, normalise

# 18月 alone may be so many months; with 底, 份 or a day behind it, it is a month of the year.
_MONTH: Final = re.compile(r"(?<![\d.])(\d{1,2})月(?:(\d{1,2})[日号]|[底末初份前中])")
# What it is looked for by in all texts at once: begun with its sign, so that long ones are passed over quickly.
_MONTHS: Final = re.compile(r"月(?<=\d月)[\d底末初份前中]")
_LEAP_YEAR: Final = 2024
"""Any: where no year is written 29 February is let through."""
_PAST_YEAR: Final = re.compile(r"^(?:\d+[.、．]|[(（]\d+[)）])?\s*(20\d\d)年度?(?![末底初以前至到—\-–~])")
# What is paid for later, measured from a year that is over, or carried over, is rightly of an earlier year.
_LATER: Final = re.compile(
    r"结转|结余|尾款|欠|余款|剩余|续|以来|起|基础|相比|[比较]|清算|清缴|决算|质保|未完|已|遗留|滚动|预拨|追加|补[发缴付偿]"
    r"|招[录聘]|退[役伍休]|毕业|评[定选]|考核|奖|上年|跨年|提前下达|审计|验收|建成|开工|竣工"
)


def _wrong_date(text: str) -> str | None:
    """The first date in ``text`` that no calendar has."""
    for match in _MONTH.finditer(text):
        month, day = int(match[1]), int(match[2] or 1)
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
            return match[0]
    return None


@rule(
    "VAL-021", title="日期是日历上有的", severity=Severity.ERROR, basis="mof-2021-101", article="指标值",
    checks=("G17",),
)  # fmt: skip
def a_date_exists(document: BudgetDocument) -> Iterator[Gap]:
    """A date in a target value or in a sentence exists: no 13th month, no 31 June."""
    values = (
        (f"{row.path}.value", row.indicator.value.text) for row in rows(document) if row.indicator.value
    )
    for path, text in (*values, *corpus(document).holding(_MONTHS)):
        wrong = _wrong_date(normalise(text))
        if wrong is not None:
            yield Gap(
                path=path, message=f"“{text}”中的日期“{wrong}”不存在", remedy="更正月份或日期", stated=wrong
            )


@rule(
    "TXT-021", title="绩效目标和资金用途属于预算年度", severity=Severity.WARNING, basis="budget-law", article=18,
    checks=("D28",), applies=declared,
)  # fmt: skip
def goals_are_of_the_budget_year(document: BudgetDocument) -> Iterator[Gap]:
    """A goal or purpose that begins with a year is not for one that is over.

    Silent where the sentence says why (结转, 尾款, 较上年), and where the project's own years include it.
    """
    year = document.fiscal_year
    if year is None:
        return
    for path, project in document.goal_tables():
        texts = [(f"{path}.goals.{index}", goal) for index, goal in enumerate(project.goals)]
        for place, text in (*texts, (f"{path}.purpose", project.purpose or "")):
            match = _PAST_YEAR.match(text)
            if (
                match is None
                or int(match[1]) >= year
                or _LATER.search(text)
                or match[1] in (project.period or "")
            ):
                continue
            yield Gap(
                path=place,
                message=f"“{text}”写的是 {match[1]} 年，预算年度是 {year} 年",
                remedy="更正年度；确为以前年度事项的，写明结转或支付尾款等原因",
                stated=match[1],
                computed=str(year),
                related=("fiscal_year",),
            )
