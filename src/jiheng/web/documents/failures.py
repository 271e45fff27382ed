"""Files that could not be read: kept in the list with what to do, until they are removed, read, or replaced."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from jiheng.errors import FileTooLarge, JihengError, UnsupportedFormat
from jiheng.web.documents.models import Failure

MOST: Final = 100
"""So many are kept; the oldest go first."""


@transaction.atomic
def keep(*, name: str, size: int | None, content: bytes, error: JihengError) -> Failure:
    """Notes that a file could not be read; a failure of the same name before it is forgotten.

    Its bytes are kept only where another attempt may succeed: after a component was installed, or with more time.
    """
    forget(name=name)
    hopeless = not content.strip() or isinstance(error, (FileTooLarge, UnsupportedFormat))
    kept = Failure.objects.create(
        name=name,
        size=size,
        content=None if hopeless else content,
        message=error.message,
        remedy=error.remedy or "",
    )
    oldest = list(Failure.objects.values_list("pk", flat=True)[MOST:])
    Failure.objects.filter(pk__in=oldest).delete()
    return kept


def forget(*, name: str) -> None:
    """Takes the failures of files of this name off the list."""
    Failure.objects.filter(name=name).delete()
