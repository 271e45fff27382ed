"""Everything that looks up stored documents."""

from __future__ import annotations

from typing import Final

import msgspec
from django.db.models import F, Q, QuerySet

from jiheng.auditing import Waived
from jiheng.budget import Finding
from jiheng.reading import MemberResult
from jiheng.reading.turn import Turn
from jiheng.web.documents import explanations
from jiheng.web.documents.models import Correction, Failure, Original, Reading, Upload
from jiheng.web.documents.outcome import Outcome


class _Turns(msgspec.Struct):
    """The one part of an ``Outcome`` that a page's picture needs; the rest is not built."""

    turns: dict[int, Turn] = {}


_outcome = msgspec.json.Decoder(Outcome)


class _Members(msgspec.Struct):
    """The one part of an ``Outcome`` that says what became of the files of an archive."""

    members: list[MemberResult] = []


_members = msgspec.json.Decoder(_Members)
_turns = msgspec.json.Decoder(_Turns)
_findings = msgspec.json.Decoder(list[Finding])


class Stored(msgspec.Struct, frozen=True):
    """An upload with its reading, ready to be shown; findings that were explained stand apart."""

    upload: Upload
    outcome: Outcome
    findings: list[Finding]
    waived: list[Waived] = []


class Wanted(msgspec.Struct, frozen=True):
    """Which uploads a list shows, and in which order.

    Attributes:
        search: part of a file name, folder, title or body.
        kind: of document; year: the budget year, "0" for those without one.
        state: one of ``STATES``.
        order: one of ``ORDERS``, with "-" before it the other way round.
    """

    search: str = ""
    kind: str = ""
    year: str = ""
    state: str = ""
    order: str = "-uploaded"

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out."""
        return bool(self.search or self.kind or self.year or self.state)


STATES: Final = {
    "error": ("有错误", Q(reading__error_count__gt=0)),
    "unread": ("有没读懂的内容", Q(reading__unread_count__gt=0) | Q(reading__coverage__lt=1)),
    "unsure": ("有把握不大的值", Q(reading__unsure_count__gt=0)),
    "clean": (
        "没有发现问题",
        Q(
            reading__document_count__gt=0,
            reading__error_count=0,
            reading__warning_count=0,
            reading__notice_count=0,
        ),
    ),
    "nothing": ("没有读到内容", Q(reading__document_count=0)),
}
ORDERS: Final = {
    "uploaded": "uploaded_at",
    "title": "reading__title",
    "body": "reading__body",
    "kind": "reading__kind",
    "points": "reading__points",
    "year": "reading__fiscal_year",
    "error": "reading__error_count",
    "coverage": "reading__coverage",
    "unread": "reading__unread_count",
    "unsure": "reading__unsure_count",
}


_EVERYTHING: Final = Wanted()


def recent_uploads(wanted: Wanted = _EVERYTHING) -> QuerySet[Upload]:
    """Uploads with their readings, newest first unless wanted otherwise, without bytes and contents."""
    uploads = Upload.objects.select_related("reading").defer("reading__content", "reading__findings")
    if wanted.search:
        uploads = uploads.filter(
            Q(name__icontains=wanted.search)
            | Q(folder__icontains=wanted.search)
            | Q(reading__title__icontains=wanted.search)
            | Q(reading__body__icontains=wanted.search)
        )
    if wanted.kind:
        uploads = uploads.filter(reading__kind=wanted.kind)
    if wanted.year:
        year = int(wanted.year) or None
        uploads = uploads.filter(reading__fiscal_year=year)
    if wanted.state:
        uploads = uploads.filter(STATES[wanted.state][1])
    field = ORDERS[wanted.order.removeprefix("-")]
    column = F(field).desc(nulls_last=True) if wanted.order.startswith("-") else F(field).asc(nulls_last=True)
    return uploads.order_by(column, "-uploaded_at", "-pk")


def kinds_and_years() -> tuple[list[str], list[int | None]]:
    """Which kinds and budget years there are among the uploads."""
    kinds = Reading.objects.exclude(kind="").order_by("kind").values_list("kind", flat=True).distinct()
    years = Reading.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return list(kinds), list(years)


def failures() -> list[Failure]:
    """Files that could not be read, newest first, without their bytes.

    ``can_retry`` where those are kept; ``namesake`` is a file by itself of the same name that was read since.
    """
    found = list(Failure.objects.defer("content").annotate(can_retry=Q(content__isnull=False)))
    names = {failure.name for failure in found if not failure.folder}
    read = {upload.name: upload for upload in recent_uploads().filter(folder="", name__in=names).reverse()}
    for failure in found:
        namesake = None if failure.folder else read.get(failure.name)
        since = namesake if namesake and namesake.uploaded_at > failure.failed_at else None
        failure.namesake = since
    return found


def failure_by_public_id(public_id: str) -> Failure | None:
    """The file that could not be read, with its bytes."""
    return Failure.objects.filter(public_id=public_id).first()


def upload_by_public_id(public_id: str) -> Upload | None:
    """The upload at this address."""
    return (
        Upload.objects.select_related("reading")
        .defer("reading__content", "reading__findings")
        .filter(public_id=public_id)
        .first()
    )


def stored_by_public_id(public_id: str) -> Stored | None:
    """The upload at this address, its reading and its findings."""
    upload = Upload.objects.select_related("reading").filter(public_id=public_id).first()
    return _stored(upload) if upload is not None else None


def every_finding(stored: Stored) -> list[Finding]:
    """The findings in their order, those that were explained among them."""
    return _findings.decode(stored.upload.reading.findings)


def original_of(upload: Upload) -> bytes:
    """The bytes as they were handed in."""
    return bytes(Original.objects.get(upload=upload).content)


def turn_of(upload: Upload, page: int) -> Turn:
    """How a page was turned to be read."""
    content = Reading.objects.values_list("content", flat=True).get(upload=upload)
    return _turns.decode(content).turns.get(page, Turn())


def members_of(upload: Upload) -> list[MemberResult]:
    """Of an archive: what became of each file in it."""
    if upload.reading.format != "zip":
        return []
    content = Reading.objects.values_list("content", flat=True).get(upload=upload)
    return _members.decode(content).members


def corrections_of(upload: Upload) -> list[Correction]:
    """What was put right in a reading, newest first."""
    return list(Correction.objects.filter(upload=upload))


def known_digests(digests: list[str]) -> set[str]:
    """Which of these SHA-256 are of stored files."""
    return set(Upload.objects.filter(sha256__in=digests).values_list("sha256", flat=True))


def stored_samples() -> list[Stored]:
    """The samples with their readings."""
    uploads = Upload.objects.filter(is_sample=True).select_related("reading").order_by("name")
    return [_stored(upload) for upload in uploads]


def _stored(upload: Upload) -> Stored:
    reading = upload.reading
    left, waived = explanations.explained(_findings.decode(reading.findings))
    return Stored(upload, _outcome.decode(reading.content), left, waived)
