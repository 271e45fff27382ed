"""DATE: the dates of approval and of publication that a document states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Severity, normalise

# A day without its year is of the year of the date before it: 2024年2月5日批复，于3月20日公开.
_DATE: Final = r"(?:(20\d\d)年)?(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日"
# Between a date and its verb stands no other date and no end of a sentence.
_WITHOUT_DATE: Final = r"(?:(?!\d月)[^。；;!]){0,24}?"
# Before a date that goes with the verb behind it stands no label, whose date it would be: 公开日期：2月18日　批复日期：…
_UNLABELLED: Final = r"(?<![期间][:为是])(?<![期间\d])(?<!\d年)"
_IN_SIGNS: Final = re.compile(r"(20\d\d)[-./](\d{1,2})[-./](\d{1,2})(?![-./\d])日?")
"""A date in signs: 2024-02-01, 2024.2.1."""
_YEAR: Final = re.compile(r"(20\d\d)年\d")
_UNITS: Final = r"(?:所属|下属|各)(?:预算)?单位"
_APPROVED: Final = re.compile(
    rf"(?<!单位)批复(?:日期|时间)(?:为|是|:)?{_DATE}"
    rf"|{_UNLABELLED}{_DATE}(?:(?!\d月|{_UNITS})[^。；;!]){{0,24}}?批复(?!后|日期|时间|(?:了|给)?{_UNITS})"
)
_PUBLISHED: Final = re.compile(
    rf"公开(?:日期|时间)(?:为|是|:)?{_DATE}|{_UNLABELLED}{_DATE}{_WITHOUT_DATE}(?:公开(?!后|日期|时间)|公布)"
)
_CONGRESS: Final = re.compile(
    rf"(?:人民代表大会|人大)(?:会议)?(?:批准|审议通过|通过)(?:日期|时间)(?:为|是|:)?{_DATE}"
    rf"|{_UNLABELLED}{_DATE}(?:(?!\d月|批复|公开)[^。；;!]){{0,30}}?(?:人民代表大会|人代会|人大)(?:(?!\d月|批复|公开)[^。；;!]){{0,20}}?(?:批准|审议通过|审查批准|通过)"
)
_TO_UNITS: Final = re.compile(
    rf"{_UNLABELLED}{_DATE}(?:(?!\d月)[^。；;!]){{0,24}}?(?:批复(?:了|给)?{_UNITS}|(?:向|对){_UNITS}[^。；;!\d]{{0,8}}?批复)"
)


def _texts(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """The statements in which dates are named."""
    for index, remark in enumerate(document.remarks):
        yield f"remarks.{index}.text", _in_words(remark.text)
    if document.other_matters is not None:
        yield "other_matters", _in_words(document.other_matters)


def _in_words(text: str) -> str:
    return _IN_SIGNS.sub(r"\1年\2月\3日", normalise(text))


def _stated(document: BudgetDocument, pattern: re.Pattern[str]) -> tuple[str, date] | None:
    """The only date that stands with a verb, and where; ``None`` where none or several do."""
    found: dict[date, str] = {}
    for path, text in _texts(document):
        for match in pattern.finditer(text):
            groups = match.groups()
            at = next(at for at in range(1, len(groups), 3) if groups[at] is not None)
            year = groups[at - 1] or _year_before(text, match.start(at + 1))
            if year is None:
                continue
            try:
                found.setdefault(date(int(year), int(groups[at]), int(groups[at + 1])), path)
            except ValueError:  # 2月30日
                continue
    if len(found) != 1:
        return None
    ((day_found, path),) = found.items()
    return path, day_found


def _year_before(text: str, end: int) -> str | None:
    """The year that was named last before a place."""
    found = _YEAR.findall(text[:end])
    return found[-1] if found else None


@rule(
    "DATE-001", title="批复后二十日内公开", severity=Severity.WARNING, basis="budget-law", article=14, checks=("D31",),
)  # fmt: skip
def it_is_published_within_twenty_days_of_approval(document: BudgetDocument) -> Iterator[Gap]:
    """A document that states when it was approved and when it was published states at most 20 days between.

    Silent unless it states one date of each: where several bodies or years are named, nothing tells which belong together.
    """
    approved, published = _stated(document, _APPROVED), _stated(document, _PUBLISHED)
    yield from _late(
        approved, published, "批复", "公开", "publish_within",
        too_soon="公开早于批复", remedy="核对批复和公开的日期；确已超期的，说明原因",
    )  # fmt: skip


@rule(
    "DATE-002", title="人大批准后二十日内批复部门，部门十五日内批复单位", severity=Severity.WARNING, basis="budget-law", article=52,
    checks=("D32",),
)  # fmt: skip
def it_is_approved_within_the_days_of_the_law(document: BudgetDocument) -> Iterator[Gap]:
    """A document that states when the congress passed the budget and when the treasury approved the department's states
    at most 20 days between, and at most 15 from there to the approval of the units.

    Silent unless it states one date of each.
    """
    congress, approved, units = (_stated(document, pattern) for pattern in (_CONGRESS, _APPROVED, _TO_UNITS))
    yield from _late(congress, approved, "人民代表大会批准预算", "批复部门预算", "approve_within")
    yield from _late(approved, units, "财政部门批复部门预算", "部门批复所属单位", "approve_units_within")


def _late(
    first: tuple[str, date] | None, then: tuple[str, date] | None, what: str, next_step: str, bound: str,
    *, too_soon: str = "后者早", remedy: str = "核对两个日期；确已超期的，说明原因",
) -> Iterator[Gap]:  # fmt: skip
    """A gap where the second date is before the first, or more days after it than ``bound`` of the thresholds allows."""
    if first is None or then is None:
        return
    days, allowed = (then[1] - first[1]).days, int(thresholds("dates")[bound])
    if 0 <= days <= allowed:
        return
    yield Gap(
        path=then[0],
        message=f"{first[1]:%Y年%m月%d日}{what}，{then[1]:%Y年%m月%d日}{next_step}，"
        + (f"相隔 {days} 日，超过 {allowed} 日" if days > 0 else f"{too_soon} {-days} 日"),
        remedy=remedy,
        stated=str(days),
        computed=str(allowed),
        difference=str(days - allowed if days > 0 else -days),
        unit="日",
        related=(first[0],),
    )
