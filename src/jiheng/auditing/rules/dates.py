"""DATE: the dates of approval and of publication that a document states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, Severity, normalise

_DATE: Final = r"(20\d\d)年(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日"
# Between a date and its verb stands no other date and no end of a sentence.
_WITHOUT_DATE: Final = r"(?:(?!\d月)[^。；;!]){0,24}?"
_APPROVED: Final = re.compile(rf"批复(?:日期|时间)(?:为|是|:)?{_DATE}|{_DATE}{_WITHOUT_DATE}批复(?!后)")
_PUBLISHED: Final = re.compile(
    rf"公开(?:日期|时间)(?:为|是|:)?{_DATE}|{_DATE}{_WITHOUT_DATE}(?:公开(?!后|日期|时间)|公布)"
)


def _texts(document: BudgetDocument) -> Iterator[tuple[str, str]]:
    """The statements in which dates are named."""
    for index, remark in enumerate(document.remarks):
        yield f"remarks.{index}.text", normalise(remark.text)
    if document.other_matters is not None:
        yield "other_matters", normalise(document.other_matters)


def _stated(document: BudgetDocument, pattern: re.Pattern[str]) -> tuple[str, date] | None:
    """The only date that stands with a verb, and where; ``None`` where none or several do."""
    found: dict[date, str] = {}
    for path, text in _texts(document):
        for match in pattern.finditer(text):
            year, month, day = (int(part) for part in match.groups() if part is not None)
            try:
                found.setdefault(date(year, month, day), path)
            except ValueError:  # 2月30日
                continue
    if len(found) != 1:
        return None
    ((day_found, path),) = found.items()
    return path, day_found


@rule(
    "DATE-001", title="批复后二十日内公开", severity=Severity.WARNING, basis="budget-law", article=14, checks=("D31",),
)  # fmt: skip
def it_is_published_within_twenty_days_of_approval(document: BudgetDocument) -> Iterator[Gap]:
    """A document that states when it was approved and when it was published states at most 20 days between.

    Silent unless it states one date of each: where several bodies or years are named, nothing tells which belong together.
    """
    approved, published = _stated(document, _APPROVED), _stated(document, _PUBLISHED)
    if approved is None or published is None:
        return
    days, allowed = (published[1] - approved[1]).days, int(thresholds("dates")["publish_within"])
    if 0 <= days <= allowed:
        return
    yield Gap(
        path=published[0],
        message=f"{approved[1]:%Y年%m月%d日}批复，{published[1]:%Y年%m月%d日}公开，"
        + (f"相隔 {days} 日，超过 {allowed} 日" if days > 0 else f"公开早于批复 {-days} 日"),
        remedy="核对批复和公开的日期；确已超期的，说明原因",
        stated=str(days),
        computed=str(allowed),
        difference=str(days - allowed if days > 0 else -days),
        unit="日",
        related=(approved[0],),
    )
