"""What many rules work out of a document, kept while it is audited."""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, TypeVar

from jiheng.budget import BudgetDocument

T = TypeVar("T")
_MOST = 8
"""Documents of one file that are kept at a time."""


class _Kept(local):
    """Of each thread: the documents in hand, told by identity, for a hash of one would read all of it."""

    def __init__(self) -> None:
        self.documents: list[tuple[BudgetDocument, dict[str, Any]]] = []


_kept = _Kept()


def kept(document: BudgetDocument, key: str, make: Callable[[], T]) -> T:
    """What ``make`` gives for ``document``, made once until ``forget``."""
    known = next((values for one, values in _kept.documents if one is document), None)
    if known is None:
        known = {}
        _kept.documents = [*_kept.documents[-_MOST + 1 :], (document, known)]
    if key not in known:
        known[key] = make()
    found: T = known[key]
    return found


def forget() -> None:
    """Lets go of the documents that were audited last."""
    _kept.documents = []
