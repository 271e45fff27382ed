"""Corrections of a reading: kept one after the other, never changed; the reading shows what they make of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import transaction

from jiheng.budget import BudgetDocument, corrected, exchange, value_at
from jiheng.errors import InvalidCorrection
from jiheng.web.documents import services
from jiheng.web.documents.changed import ChangedMeanwhile
from jiheng.web.documents.models import Correction, Reading, Upload
from jiheng.web.documents.names import named
from jiheng.web.documents.outcome import Audited, Outcome
from jiheng.web.documents.rule_settings import read_and_audit


def correct(*, upload: Upload, path: str, before: str, after: str, who: str) -> Correction:
    """Puts a value right, audits the document again, and keeps who did it and what stood there.

    Args:
        before: what the person saw; when something else stands there now, nothing is changed.
    Raises:
        InvalidCorrection: no such value, or the text cannot stand there, or nobody is named.
        ChangedMeanwhile: another correction came first.
        DeletedMeanwhile: the file is gone.
        TooBusy, ReadingError: the audit could not be run; nothing was changed.
    """
    who = named(who)
    # browsers send every line end as two signs
    before, after = (text.replace("\r\n", "\n") for text in (before, after))
    outcome = services.outcome_of(upload)
    now = value_at(outcome.documents, path) or ""
    if now != before:
        raise ChangedMeanwhile(f"这个值刚被改成“{now}”，没有保存您的“{after}”。", remedy="请核对后再改。")
    documents = corrected(outcome.documents, path, after)
    # as it is kept: "1,280.00" is then "1280.00"
    after = value_at(documents, path) or ""
    if after == before:
        raise InvalidCorrection("内容没有变化。", remedy="改好后再保存。")
    audited = audited_again(outcome, documents, services.previous_of(upload))
    with transaction.atomic():
        # whoever saves second finds the value changed
        current = services.locked_reading(upload)
        if (value_at(msgspec.json.decode(current.content, type=Outcome).documents, path) or "") != before:
            raise ChangedMeanwhile("这个值刚被别人更正。", remedy="请刷新页面，核对后再改。")
        services.reading_of(upload, audited).save()
        return Correction.objects.create(upload=upload, path=path, before=before, after=after, who=who)


def reapply(upload: Upload, audited: Audited) -> Audited:
    """A new reading with the corrections made so far, where what they corrected still stands there."""
    documents = audited.outcome.documents
    changed = False
    for made in Correction.objects.filter(upload=upload).order_by("pk"):
        try:
            fits = (value_at(documents, made.path) or "") == made.before
            if fits:
                documents = corrected(documents, made.path, made.after)
                changed = True
        except InvalidCorrection:
            fits = False
        if made.is_pending == fits:
            made.is_pending = not fits
            made.save(update_fields=["is_pending"])
    return audited_again(audited.outcome, documents, services.previous_of(upload)) if changed else audited


def audited_again(
    outcome: Outcome, documents: list[BudgetDocument], previous: Sequence[BudgetDocument] = ()
) -> Audited:
    """The outcome with other documents, audited anew in the bounded process."""
    found = read_and_audit("更正.json", exchange.dumps(documents, with_cells=True, indent=0), previous)
    failed = found.outcome.failed_rules
    return Audited(
        msgspec.structs.replace(outcome, documents=found.outcome.documents, failed_rules=failed),
        found.findings,
        found.settings_version,
    )


def audit_again(upload: Upload) -> None:
    """Audits a reading as it stands; when somebody corrects it meanwhile, that audit is newer than this one and stays.

    Raises:
        ReadingError, TooBusy: the audit could not be run; nothing was changed.
    """
    before = Reading.objects.get(upload=upload)
    outcome = msgspec.json.decode(before.content, type=Outcome)
    audited = audited_again(outcome, outcome.documents, services.previous_of(upload))
    with transaction.atomic():
        current = services.locked_reading(upload)
        if current.read_at == before.read_at:
            services.reading_of(upload, audited).save()
