"""Findings explained by a person: kept apart from the readings, so that they outlive them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec
from django.db import transaction
from django.utils import timezone

from jiheng.auditing import Waived, Waiver
from jiheng.auditing.review import reviews
from jiheng.auditing.waivers import parted
from jiheng.budget import BudgetDocument, Finding, Severity
from jiheng.errors import InvalidCorrection
from jiheng.web.documents.models import Explanation, Reading
from jiheng.web.documents.names import named

_LONGEST = 2_000
_AT_ONCE = 500


class _Documents(msgspec.Struct):
    """The one part of an ``Outcome`` that points are made of."""

    documents: list[BudgetDocument] = []


def explained(findings: Sequence[Finding]) -> tuple[list[Finding], list[Waived]]:
    """The findings that nobody has explained, and those that somebody has."""
    keys = list({finding.key for finding in findings if finding.key})
    known: list[Explanation] = []
    for start in range(0, len(keys), _AT_ONCE):
        known += Explanation.objects.filter(key__in=keys[start : start + _AT_ONCE])
    waivers = [
        Waiver(
            key=one.key,
            rule=one.rule,
            reason=one.reason,
            who=one.who,
            made_on=timezone.localdate(one.made_at),
        )
        for one in known
    ]
    return parted(findings, waivers)


@transaction.atomic
def explain(*, finding: Finding, reason: str, who: str) -> Explanation:
    """Keeps why ``finding`` is no fault; an explanation that was there is replaced.

    Raises:
        InvalidCorrection: nobody is named, nothing is said, or the finding has no key (it was read by an older version).
    """
    who, reason = named(who), " ".join(reason.split())[:_LONGEST]
    if not reason:
        raise InvalidCorrection("请写明理由。", remedy="如政策依据、另有文件安排等。")
    if not finding.key:
        raise InvalidCorrection("这份文件是旧版本读取的。", remedy="请先重新读取，再说明理由。")
    made, _ = Explanation.objects.update_or_create(
        key=finding.key, rule=finding.rule, defaults={"reason": reason, "who": who}
    )
    _count_again(finding.key)
    return made


@transaction.atomic
def take_back(*, finding: Finding) -> None:
    """The finding counts again."""
    Explanation.objects.filter(key=finding.key, rule=finding.rule).delete()
    _count_again(finding.key)


def counts(findings: Sequence[Finding]) -> list[int]:
    """How many errors, warnings and notices count."""
    left, _ = explained(findings)
    return [sum(finding.severity is severity for finding in left) for severity in Severity]


def points(documents: Sequence[BudgetDocument], findings: Sequence[Finding]) -> tuple[Decimal | None, str]:
    """Points and grade of the declared goals, of several documents the lowest; ``None`` and "" where none are."""
    left, _ = explained(findings)
    found = [review for review in reviews(documents, left) if review is not None]
    lowest = min(found, key=lambda review: review.points, default=None)
    return (lowest.points, lowest.grade) if lowest is not None else (None, "")


def _count_again(key: str) -> None:
    """The figures that lists show, of every reading that has the finding."""
    for reading in Reading.objects.filter(findings__contains=key):
        found = msgspec.json.decode(reading.findings, type=list[Finding])
        documents = msgspec.json.decode(reading.content, type=_Documents).documents
        reading.error_count, reading.warning_count, reading.notice_count = counts(found)
        reading.points, reading.grade = points(documents, found)
        reading.save(update_fields=["error_count", "warning_count", "notice_count", "points", "grade"])
