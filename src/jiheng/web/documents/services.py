"""Everything that changes stored documents."""

from __future__ import annotations

import hashlib

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

import jiheng
from jiheng.auditing.comparable import Comparable, comparable
from jiheng.auditing.earlier import same_body
from jiheng.budget import BudgetDocument
from jiheng.errors import DamagedFile, FileTooLarge, InvalidCorrection, JihengError
from jiheng.reading import MAX_BYTES
from jiheng.web.documents import explanations, failures
from jiheng.web.documents.bodies import body_code, body_name
from jiheng.web.documents.changed import DeletedMeanwhile
from jiheng.web.documents.models import Original, Reading, Upload
from jiheng.web.documents.names import safe_name
from jiheng.web.documents.outcome import Audited, Outcome
from jiheng.web.documents.page import coverage
from jiheng.web.documents.page.values import unsure_paths
from jiheng.web.documents.rule_settings import read_and_audit


class Received(msgspec.Struct, frozen=True):
    """An upload, and whether it was new."""

    upload: Upload
    is_new: bool


def receive_file(
    *, name: str, content: bytes, folder: str = "", is_sample: bool = False, audited: Audited | None = None
) -> Received:
    """Reads, audits and keeps a file; bytes that were handed in before stay one upload.

    A file that is refused is kept as a ``Failure``, until it is read or, in a folder, another at its path.

    Args:
        audited: where it was read already.
    Raises:
        ReadingError: the file is refused.
        TooBusy: too many files are being read.
    """
    name = safe_name(name)
    try:
        received = _receive(name, content, folder, is_sample, audited)
    except JihengError as error:
        failures.keep(name=name, folder=folder, size=len(content), content=content, error=error)
        raise
    failures.forget(name=name, folder=folder, content=content)
    return received


def _receive(name: str, content: bytes, folder: str, is_sample: bool, audited: Audited | None) -> Received:
    if len(content) > MAX_BYTES:
        raise too_large(name)
    if not content.strip():
        raise DamagedFile("文件是空的。", place=name, remedy="请确认文件已保存且传输完整，再重新上传。")
    digest = hashlib.sha256(content).hexdigest()
    if (known := Upload.objects.filter(sha256=digest).first()) is not None:
        return Received(known, False)
    audited = audited or read_and_audit(name, content)
    try:
        kept = keep_upload(name=name, content=content, folder=folder, audited=audited, is_sample=is_sample)
        return Received(kept, True)
    except IntegrityError:
        # the same bytes came in twice at once
        return Received(Upload.objects.get(sha256=digest), False)


@transaction.atomic
def keep_upload(
    *, name: str, content: bytes, audited: Audited, folder: str = "", is_sample: bool = False
) -> Upload:
    """Stores a file with its reading."""
    upload = Upload(
        name=safe_name(name),
        folder=folder,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_sample=is_sample,
    )
    upload.full_clean(validate_unique=False, validate_constraints=False)
    upload.save(force_insert=True)
    Original.objects.create(upload=upload, content=content)
    reading_of(upload, audited).save(force_insert=True)
    return upload


def read_again(*, upload: Upload) -> None:
    """Reads a stored file with the present version of the software; its address stays.

    Raises:
        ReadingError: the file cannot be read any more; the old reading stays.
        DeletedMeanwhile: it is gone.
        TooBusy: too many files are being read.
    """
    from jiheng.web.documents.corrections import reapply

    original = Original.objects.filter(upload=upload).first()
    if original is None:
        raise DeletedMeanwhile()
    content = bytes(original.content)
    audited = read_and_audit(upload.name, content, previous_of(upload))
    with transaction.atomic():
        if not Upload.objects.select_for_update().filter(pk=upload.pk).exists():
            raise DeletedMeanwhile()
        reading_of(upload, reapply(upload, audited)).save()


def hold_against(*, upload: Upload, earlier: Upload | None) -> Comparable:
    """Audits a file anew against an earlier one, or against none any more; the choice is kept.

    Returns:
        What of the file is in the earlier one, too.
    Raises:
        InvalidCorrection: the other file is another body's, or nothing of this one is in it; nothing was changed.
        DeletedMeanwhile: one of the two is gone.
        ReadingError, TooBusy: the audit could not be run; nothing was changed.
    """
    found = _comparable(upload, earlier) if earlier is not None else Comparable()
    before, upload.earlier = upload.earlier, earlier
    try:
        read_again(upload=upload)
    except JihengError:
        upload.earlier = before
        raise
    # the row may be gone by now, and the earlier file, too
    with transaction.atomic():
        if earlier is not None and not Upload.objects.select_for_update().filter(pk=earlier.pk).exists():
            raise DeletedMeanwhile()
        if not Upload.objects.filter(pk=upload.pk).update(earlier=earlier):
            raise DeletedMeanwhile()
    return found


def _comparable(upload: Upload, earlier: Upload) -> Comparable:
    now, before = outcome_of(upload).documents, outcome_of(earlier).documents
    if not any(same_body(left, right) for left in now for right in before):
        names = [body_name(documents[0]) if documents else "" for documents in (now, before)]
        raise InvalidCorrection(
            f"这两份文件不是同一个单位的（“{names[0]}”和“{names[1]}”），没有对照。",
            remedy="请选择同一单位的文件；单位名称读错了的，先在“对照原文”中更正。",
        )
    found = comparable(now, before)
    if not found:
        raise InvalidCorrection(
            "两份文件中没有能够对上的项目、合计数或公开表，没有对照。",
            remedy="请选择上一年度的文件，或者同一年度的预算文件；年度没有读到的，先在“对照原文”中补填。",
        )
    return found


def outcome_of(upload: Upload) -> Outcome:
    """The reading as it is kept. Raises ``DeletedMeanwhile`` where the file is gone."""
    content = Reading.objects.filter(upload=upload).values_list("content", flat=True).first()
    if content is None:
        raise DeletedMeanwhile()
    return msgspec.json.decode(content, type=Outcome)


def locked_reading(upload: Upload) -> Reading:
    """The reading, held until the end of the transaction. Raises ``DeletedMeanwhile`` where the file is gone."""
    found = Reading.objects.select_for_update().filter(upload_id=upload.pk).first()
    if found is None:
        raise DeletedMeanwhile()
    return found


def previous_of(upload: Upload) -> list[BudgetDocument]:
    """The documents of the earlier file, as they were read and corrected; none where it was deleted."""
    if upload.earlier is None:
        return []
    content = Reading.objects.filter(upload=upload.earlier).values_list("content", flat=True).first()
    return msgspec.json.decode(content, type=Outcome).documents if content is not None else []


@transaction.atomic
def delete_upload(*, upload: Upload) -> None:
    """Removes a file, its reading and its findings for good."""
    upload.delete()


def too_large(name: str) -> FileTooLarge:
    """The refusal of a file above the limit."""
    return FileTooLarge(
        f"文件超过 {MAX_BYTES // 1024 // 1024} MB 的上限。",
        place=name,
        remedy="请拆分文件，或删去其中的图片后重试。",
    )


def reading_of(upload: Upload, audited: Audited) -> Reading:
    """The row that keeps a reading."""
    documents = audited.outcome.documents
    counts = explanations.counts(audited.findings)
    points, grade = explanations.points(documents, audited.findings)
    titled = next((document for document in documents if document.title), documents[0] if documents else None)
    return Reading(
        upload=upload,
        content=msgspec.json.encode(audited.outcome).decode(),
        findings=msgspec.json.encode(audited.findings).decode(),
        read_at=timezone.now(),
        software_version=jiheng.__version__,
        format=audited.outcome.format,
        title=title_of(titled)[:200] if titled else "",
        fiscal_year=titled.fiscal_year if titled else None,
        document_count=len(documents),
        project_count=sum(len(list(document.goal_tables())) for document in documents),
        error_count=counts[0],
        warning_count=counts[1],
        notice_count=counts[2],
        unread_count=len(audited.outcome.unread),
        kind=titled.kind.value if titled else "",
        coverage=coverage.share(audited.outcome.coverage),
        body=body_name(titled)[:100] if titled else "",
        body_code=body_code(titled)[:20] if titled else "",
        points=points,
        grade=grade,
        settings_version=audited.settings_version,
        unsure_count=sum(len(unsure_paths(document)) for document in documents),
    )


def title_of(document: BudgetDocument) -> str:
    """The title as printed, else what is known of department, year and kind."""
    if document.title:
        return document.title
    name = (document.department.name if document.department else None) or document.issuer or ""
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    return f"{name}{year}{document.kind.label}"
