"""Which files a file may be held against, or compared with: those of its own body first."""

from __future__ import annotations

from typing import Final

import msgspec
from django.db.models import F, Q, QuerySet

from jiheng.web.documents.bodies import may_be_one
from jiheng.web.documents.models import Reading, Upload
from jiheng.web.documents.selectors import Wanted, recent_uploads

_MOST: Final = 200


class Candidates(msgspec.Struct, frozen=True):
    """Files to choose from.

    Attributes:
        own: of the same body.
        unsaid: of which it cannot be told whether they are.
        others: of other bodies, listed where they are looked for; they are refused with words when chosen.
        is_cut: whether there are more.
    """

    own: list[Upload]
    unsaid: list[Upload]
    others: list[Upload]
    is_cut: bool = False

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.own) + len(self.unsaid) + len(self.others)


def earlier(upload: Upload, search: str = "") -> Candidates:
    """Files that the audit may hold this one against: of other years or kinds, the nearest years first."""
    found = _searched(upload, search)
    year = upload.reading.fiscal_year
    if year is not None:
        found = found.filter(
            Q(reading__fiscal_year__lt=year)
            | (Q(reading__fiscal_year=year) & ~Q(reading__kind=upload.reading.kind))
        )
    return _parted(
        upload, found.order_by(F("reading__fiscal_year").desc(nulls_last=True), "-uploaded_at"), search
    )


def versions(upload: Upload, search: str = "") -> Candidates:
    """Files that may be other versions of this one: of its kind and year, the newest first."""
    found = _searched(upload, search).filter(reading__kind=upload.reading.kind)
    year = upload.reading.fiscal_year
    if year is not None:
        found = found.filter(Q(reading__fiscal_year=year) | Q(reading__fiscal_year=None))
    return _parted(upload, found, search)


def version_count(upload: Upload) -> int:
    """How many other files of the same body, kind and year there are; those that name the body otherwise are not counted."""
    reading = upload.reading
    if not reading.body or reading.fiscal_year is None:
        return 0
    same = Reading.objects.filter(body=reading.body, kind=reading.kind, fiscal_year=reading.fiscal_year)
    return same.exclude(pk=reading.pk).count()


def _searched(upload: Upload, search: str) -> QuerySet[Upload]:
    found = recent_uploads(Wanted(search=search))
    return found.exclude(pk=upload.pk).filter(reading__document_count__gt=0)


def _parted(upload: Upload, found: QuerySet[Upload], search: str) -> Candidates:
    groups: dict[bool | None, list[Upload]] = {True: [], None: [], False: []}
    for other in found.iterator():
        groups[may_be_one(upload.reading, other.reading)].append(other)
    others = groups[False] if search else []
    is_cut = any(len(group) > _MOST for group in (groups[True], groups[None], others))
    return Candidates(groups[True][:_MOST], groups[None][:_MOST], others[:_MOST], is_cut)
