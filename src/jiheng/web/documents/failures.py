"""Files that could not be read: kept in the list with what to do, until they are removed, read, or replaced.

Departments call their files alike. A failure is therefore known by its path and its bytes, never by its bare name.
"""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import transaction
from django.db.models import Q

from jiheng.errors import FileTooLarge, JihengError, UnsupportedFormat
from jiheng.web.documents.models import Failure

MOST: Final = 2_000
"""So many are kept; the oldest go first."""
MOST_WITH_BYTES: Final = 100
"""Of so many the bytes are kept, for another attempt."""


@transaction.atomic
def keep(*, name: str, size: int | None, content: bytes, error: JihengError, folder: str = "") -> Failure:
    """Notes that a file could not be read; a failure of the same bytes at the same path before it is forgotten.

    Its bytes are kept only where another attempt may succeed: after a component was installed, or with more time.
    """
    digest = digest_of(content) if size is not None else ""
    same = Failure.objects.filter(name=name, folder=folder)
    # of a file in a folder the path says which it is; of one by itself only its bytes do
    (same if folder else same.filter(sha256=digest)).delete()
    hopeless = not content.strip() or isinstance(error, (FileTooLarge, UnsupportedFormat))
    kept = Failure.objects.create(
        name=name,
        folder=folder,
        size=size,
        sha256=digest,
        content=None if hopeless else content,
        message=error.message,
        remedy=error.remedy or "",
    )
    _make_room()
    return kept


def _make_room() -> None:
    with_bytes = Failure.objects.filter(content__isnull=False).values_list("pk", flat=True)
    Failure.objects.filter(pk__in=list(with_bytes[MOST_WITH_BYTES:])).update(content=None)
    Failure.objects.filter(pk__in=list(Failure.objects.values_list("pk", flat=True)[MOST:])).delete()


def forget(*, name: str, content: bytes, folder: str = "") -> None:
    """Takes the failures off the list that a file which was read takes the place of: of its bytes, or of its path."""
    replaced = Q(sha256=digest_of(content))
    if folder:
        replaced |= Q(name=name, folder=folder)
    Failure.objects.filter(replaced).delete()


def digest_of(content: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()
