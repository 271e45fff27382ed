"""Everything that looks up stored documents."""

from __future__ import annotations

import msgspec
from django.db.models import Q, QuerySet

from jiheng.budget import Finding
from jiheng.reading.turn import Turn
from jiheng.web.documents.models import Correction, Original, Reading, Upload
from jiheng.web.documents.outcome import Outcome


class _Turns(msgspec.Struct):
    """The one part of an ``Outcome`` that a page's picture needs; the rest is not built."""

    turns: dict[int, Turn] = {}


_outcome = msgspec.json.Decoder(Outcome)
_turns = msgspec.json.Decoder(_Turns)
_findings = msgspec.json.Decoder(list[Finding])


class Stored(msgspec.Struct, frozen=True):
    """An upload with its reading, ready to be shown."""

    upload: Upload
    outcome: Outcome
    findings: list[Finding]


def recent_uploads(search: str = "") -> QuerySet[Upload]:
    """Uploads with their readings, newest first, without bytes and contents.

    Args:
        search: part of a file name or title.
    """
    uploads = Upload.objects.select_related("reading").defer("reading__content", "reading__findings")
    if search:
        uploads = uploads.filter(Q(name__icontains=search) | Q(reading__title__icontains=search))
    return uploads


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


def original_of(upload: Upload) -> bytes:
    """The bytes as they were handed in."""
    return bytes(Original.objects.get(upload=upload).content)


def turn_of(upload: Upload, page: int) -> Turn:
    """How a page was turned to be read."""
    content = Reading.objects.values_list("content", flat=True).get(upload=upload)
    return _turns.decode(content).turns.get(page, Turn())


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
    return Stored(upload, _outcome.decode(reading.content), _findings.decode(reading.findings))
