"""Findings explained by a person: kept apart from the readings, so that they outlive them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec
from django.db import transaction
from django.db.models import QuerySet
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
        known += in_force().filter(key__in=keys[start : start + _AT_ONCE])
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


def in_force() -> QuerySet[Explanation]:
    """The explanations that hold."""
    return Explanation.objects.filter(ended_at__isnull=True)


def history(findings: Iterable[Finding]) -> list[Explanation]:
    """The explanations of these findings that hold no more, the last first."""
    pairs = {(finding.key, finding.rule) for finding in findings if finding.key}
    keys = [key for key, _ in pairs]
    ended = Explanation.objects.filter(key__in=keys[:_AT_ONCE], ended_at__isnull=False).order_by("-ended_at")
    return [one for one in ended if (one.key, one.rule) in pairs]


@transaction.atomic
def explain(*, findings: Sequence[Finding], reason: str, who: str) -> str:
    """Keeps why ``findings`` are no faults; an explanation that was there ends, and stays on record. Gives the name kept.

    Raises:
        InvalidCorrection: nobody is named, nothing is said, or a finding has no key (it was read by an older version).
    """
    who, reason = named(who), " ".join(reason.split())[:_LONGEST]
    if not reason:
        raise InvalidCorrection("请写明理由。", remedy="如政策依据、另有文件安排等。")
    pairs = {(finding.key, finding.rule) for finding in findings}
    if not pairs or any(not key for key, _ in pairs):
        raise InvalidCorrection("这份文件是旧版本读取的。", remedy="请先重新读取，再说明理由。")
    _end(pairs, who)
    Explanation.objects.bulk_create(
        Explanation(key=key, rule=rule, reason=reason, who=who) for key, rule in sorted(pairs)
    )
    _count_again({key for key, _ in pairs})
    return who


@transaction.atomic
def take_back(*, finding: Finding, who: str) -> str:
    """The finding counts again; the explanation stays on record. Gives the name kept. Raises ``InvalidCorrection``."""
    who = named(who)
    _end({(finding.key, finding.rule)}, who)
    _count_again({finding.key})
    return who


def _end(pairs: Iterable[tuple[str, str]], who: str) -> None:
    for key, rule in pairs:
        in_force().filter(key=key, rule=rule).update(ended_at=timezone.now(), ended_by=who)


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


def _count_again(keys: Iterable[str]) -> None:
    """The figures that lists show, of every reading that has one of the findings."""
    touched: set[int] = set()
    for key in keys:
        touched.update(Reading.objects.filter(findings__contains=key).values_list("pk", flat=True))
    for reading in Reading.objects.filter(pk__in=touched):
        found = msgspec.json.decode(reading.findings, type=list[Finding])
        documents = msgspec.json.decode(reading.content, type=_Documents).documents
        reading.error_count, reading.warning_count, reading.notice_count = counts(found)
        reading.points, reading.grade = points(documents, found)
        reading.save(update_fields=["error_count", "warning_count", "notice_count", "points", "grade"])
