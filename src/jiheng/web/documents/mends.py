"""Mends that findings propose, accepted by a person: kept as corrections, and handed out inside the Word file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

import msgspec
from django.db import transaction

from jiheng.budget import BudgetDocument, Finding, cell_at, corrected, value_at
from jiheng.errors import InvalidCorrection, UnsupportedFormat
from jiheng.mending import Change, is_printed, mended, reason_of
from jiheng.web.documents import bounded, selectors, services
from jiheng.web.documents.changed import ChangedMeanwhile, DeletedMeanwhile
from jiheng.web.documents.corrections import audited_again
from jiheng.web.documents.models import Correction, Upload
from jiheng.web.documents.names import named
from jiheng.web.documents.selectors import Stored
from jiheng.web.documents.worker import Revised

_PATH = 300
_RULE: Final = re.compile(r"([A-Z]{2,8}-\d{3}) ")
"""The beginning of ``reason_of``."""


def key_of(finding: Finding) -> str:
    """What names a finding on a page, whatever other findings there are."""
    return f"{finding.rule}:{finding.document}.{finding.path}"


def mendable(stored: Stored) -> list[Finding]:
    """The findings that propose values."""
    return [finding for finding in stored.findings if finding.mends]


class Accepted(msgspec.Struct, frozen=True):
    """How many findings were mended, and how many values changed for it."""

    findings: int
    values: int


def accept(*, upload: Upload, who: str, keys: Collection[str] = (), rule: str = "") -> Accepted:
    """Puts the mends of the chosen findings into the reading and audits it again.

    Args:
        keys: of the findings (``key_of``).
        rule: all findings of this rule instead.
    Raises:
        InvalidCorrection: nothing is chosen, or nobody is named.
        ChangedMeanwhile: somebody corrected the reading at the same time; nothing was changed.
        TooBusy, ReadingError: the audit could not be run; nothing was changed.
    """
    who = named(who)
    stored = selectors.stored_by_public_id(upload.public_id)
    if stored is None:
        raise DeletedMeanwhile()
    every = mendable(stored)
    chosen = [found for found in every if (found.rule == rule if rule else key_of(found) in keys)]
    if not chosen:
        raise InvalidCorrection("没有选中要改正的问题。", remedy="请先勾选。")
    made = list(_corrections(upload, chosen, who))
    _keep(stored, mended(stored.outcome.documents, chosen), made)
    return Accepted(len(chosen), sum(is_printed(correction.path) for correction in made))


def undo(*, upload: Upload, who: str, rule: str) -> int:
    """Puts back what the mends of a rule changed and nobody changed since, and audits again; gives how many values.

    Raises:
        InvalidCorrection: nothing of this rule is left to be put back, or nobody is named.
        ChangedMeanwhile, DeletedMeanwhile: somebody was first; nothing was changed.
        TooBusy, ReadingError: the audit could not be run; nothing was changed.
    """
    who = named(who)
    stored = selectors.stored_by_public_id(upload.public_id)
    if stored is None:
        raise DeletedMeanwhile()
    documents = stored.outcome.documents
    made: list[Correction] = []
    for one in _standing(upload):
        if one.rule == rule and (value_at(documents, one.path) or "") == one.after:
            documents = corrected(documents, one.path, one.before)
            made.append(
                Correction(
                    upload=upload,
                    path=one.path,
                    before=one.after,
                    after=one.before,
                    who=who,
                    reason=f"撤销 {rule} 的改正",
                )
            )
    if not made:
        raise InvalidCorrection("没有可以撤销的改正。", remedy="请刷新页面，核对后再试。")
    _keep(stored, documents, made)
    return sum(is_printed(correction.path) for correction in made)


def undoable(upload: Upload) -> dict[str, int]:
    """Of each rule, how many values its mends changed that still stand."""
    return dict(Counter(one.rule for one in _standing(upload) if one.rule and is_printed(one.path)))


def changed_count(upload: Upload) -> int:
    """How many values are other than they were read."""
    return sum(is_printed(one.path) for one in _standing(upload))


class _Standing(msgspec.Struct, frozen=True):
    """What was corrected at a path: the rule whose mend it was last, what that found there, and what stands there."""

    path: str
    rule: str
    before: str
    after: str


def _standing(upload: Upload) -> Iterator[_Standing]:
    chains: dict[str, list[Correction]] = {}
    for made in Correction.objects.filter(upload=upload, is_pending=False).order_by("pk"):
        chains.setdefault(made.path, []).append(made)
    for path, chain in chains.items():
        last = chain[-1]
        if chain[0].before == last.after:
            continue
        rule = _rule_of(last)
        begin = chain[0]
        if rule:  # back over the mends of this rule to what stood there before them
            begin = last
            for made in reversed(chain):
                if _rule_of(made) != rule:
                    break
                begin = made
        yield _Standing(path, rule, begin.before, last.after)


def _rule_of(made: Correction) -> str:
    """The rule whose mend a correction is; "" for one that a person made."""
    match = _RULE.match(made.reason)
    return match[1] if match else ""


def _keep(stored: Stored, documents: list[BudgetDocument], made: list[Correction]) -> None:
    """The reading with other documents, audited anew, and the corrections that made them so."""
    upload = stored.upload
    audited = audited_again(stored.outcome, documents, services.previous_of(upload))
    with transaction.atomic():
        current = services.locked_reading(upload)
        if current.read_at != stored.upload.reading.read_at:
            raise ChangedMeanwhile("这份文件刚被别人更正，没有改正。", remedy="请刷新页面，核对后再试。")
        services.reading_of(upload, audited).save()
        Correction.objects.bulk_create(made)


def _corrections(upload: Upload, chosen: list[Finding], who: str) -> Iterator[Correction]:
    known: set[str] = set()
    for finding in chosen:
        for mend in finding.mends:
            path = f"{finding.document}.{mend.path}"
            if path not in known and len(path) <= _PATH:
                known.add(path)
                yield Correction(
                    upload=upload,
                    path=path,
                    before=mend.before or "",
                    after=mend.after,
                    who=who,
                    reason=reason_of(finding),
                )


def is_word(upload: Upload) -> bool:
    """Whether corrections can be handed out inside the file."""
    return upload.reading.format in {"docx", "docm"}


def revision(stored: Stored) -> Revised:
    """The Word file with every correction as a tracked change, and what could not be put into it.

    Raises:
        UnsupportedFormat: the file is not Word, or nothing was corrected.
        ReadingError, TooBusy: it could not be made.
    """
    upload = stored.upload
    changes = list(_changes(stored)) if is_word(upload) else []
    if not changes:
        raise UnsupportedFormat(
            "没有可以写回的改正。", place=upload.name, remedy="只有 docx 文件中已经改正的值能带修订写回。"
        )
    return bounded.revise_word(upload.name, selectors.original_of(upload), changes)


def _changes(stored: Stored) -> Iterator[Change]:
    """What was corrected, from the first to the last value of each path."""
    documents = stored.outcome.documents
    first: dict[str, Correction] = {}
    last: dict[str, Correction] = {}
    for made in Correction.objects.filter(upload=stored.upload, is_pending=False).order_by("pk"):
        first.setdefault(made.path, made)
        last[made.path] = made
    groups: dict[str, int] = {}
    for path, made in last.items():
        number, _, inner = path.partition(".")
        before = first[path].before
        if before == made.after or not is_printed(inner) or not int(number) < len(documents):
            continue
        note = made.reason or f"{made.who} 更正"
        group = groups.setdefault(made.reason or path, len(groups))
        yield Change(
            cell_at(documents[int(number)], inner), before or None, made.after, note, group, made.who
        )
