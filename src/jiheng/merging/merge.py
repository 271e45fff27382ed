"""Three-way merging of documents, value by value."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from jiheng.budget import BudgetDocument, exchange
from jiheng.merging.lists import GONE, merged_order
from jiheng.merging.words import item_named, named, spelled

_NOT_VALUES: Final = frozenset({"place", "cells"})
_LAID_OUT: Final = frozenset({"contents", "headings"})
"""They come of how a document is laid out, and no two layouts need agree."""
_FREE: Final = "attributes"
"""A field whose keys are headings of a form."""


class Prefer(StrEnum):
    """Whose value stands in the merged document where both differ, until a person decides."""

    OURS = "ours"
    THEIRS = "theirs"


class Conflict(msgspec.Struct, frozen=True):
    """A place where both sides made something else of the base.

    Attributes:
        path: in the merged document.
        what: the place in words ("项目“山洪沟清淤” 预算 预算数").
        message: what each side did, in a sentence.
        base, theirs, ours: the three values, plain; ``None`` where there is none, or where the side took it out.
    """

    path: str
    what: str
    message: str
    base: Any
    theirs: Any
    ours: Any


class Merged(msgspec.Struct, frozen=True):
    """The merged document, and where somebody has to decide."""

    document: BudgetDocument
    conflicts: list[Conflict]


def merge(
    base: BudgetDocument,
    theirs: BudgetDocument,
    ours: BudgetDocument,
    *,
    origins: Mapping[str, str] | None = None,
    prefer: Prefer = Prefer.OURS,
) -> Merged:
    """What both sides made of ``base``, in one document.

    A value that one side changed, or both alike, is taken; where they differ there is a conflict, and the value of
    the side that is preferred stands. What one side took out and the other changed stays, as a conflict. Places are
    left out: the values come from several files.

    Args:
        origins: path of an item of ``theirs`` -> path of the item of ``base`` that it was, "" for a new one; items
            that are not named are known again by what they say.
        prefer: the side whose value stands in the document where there is a conflict.
    """
    is_ours = prefer is Prefer.OURS
    merging = _Merging(origins or {}, is_ours=is_ours)
    plain = [_values(one) for one in exchange.to_builtins([base, theirs, ours])]
    found = merging.fields(("", "", ""), (), plain[0], plain[1], plain[2])
    return Merged(msgspec.convert(found, BudgetDocument), merging.conflicts)


def _values(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {key: _values(value) for key, value in plain.items() if key not in _NOT_VALUES}
    return [_values(one) for one in plain] if isinstance(plain, list) else plain


Paths = tuple[str, str, str]
"""Of the place in the base, in theirs and in the merged document."""


class _Merging:
    """One merge; ``words`` are the names of what leads to a place."""

    def __init__(self, origins: Mapping[str, str], *, is_ours: bool) -> None:
        self.conflicts: list[Conflict] = []
        self._origins = origins
        self._is_ours = is_ours

    def fields(
        self, paths: Paths, words: tuple[str, ...], base: Any, theirs: Any, ours: Any
    ) -> dict[str, Any]:
        """Two structs or dicts field by field; ``base`` may be ``None``."""
        base = base or {}
        holder = next((step for step in reversed(paths[2].split(".")) if not step.isdigit()), "")
        is_free = holder == _FREE
        found: dict[str, Any] = {}
        for key in dict.fromkeys([*base, *ours, *theirs]) if is_free else ours:
            below = _below(paths, key)
            if key in _LAID_OUT and not paths[2]:
                found[key] = ours[key]
                continue
            told = (*words, key if is_free else named(key, holder))
            found[key] = self.value(below, told, base.get(key), theirs.get(key), ours.get(key))
        return {key: value for key, value in found.items() if value is not None} if is_free else found

    def value(self, paths: Paths, words: tuple[str, ...], base: Any, theirs: Any, ours: Any) -> Any:
        """One value, whatever it is."""
        if theirs in (ours, base) or (base is None and _is_empty(theirs)):
            return ours
        if ours == base or (base is None and _is_empty(ours)):
            return theirs
        if isinstance(theirs, list) and isinstance(ours, list):
            return self._lists(paths, words, base or [], theirs, ours)
        if isinstance(theirs, dict) and isinstance(ours, dict) and "operator" not in ours:
            return self.fields(paths, words, base, theirs, ours)
        self._conflict(paths[2], words, base, theirs, ours)
        return self._preferred(theirs, ours)

    def _lists(
        self, paths: Paths, words: tuple[str, ...], base: list[Any], theirs: list[Any], ours: list[Any]
    ) -> list[Any]:
        if paths[2].endswith(".values"):  # figures stand under the columns of their table
            if len(base) == len(theirs) == len(ours):
                return [
                    self.value(_below(paths, str(at)), (*words, f"第 {at + 1} 列"), *three)
                    for at, three in enumerate(zip(base, theirs, ours, strict=True))
                ]
            self._conflict(paths[2], words, base, theirs, ours)
            return list(self._preferred(theirs, ours))
        known = self._known(paths, len(theirs), is_named=any(isinstance(one, dict) for one in theirs))
        order, is_disputed = merged_order(base, theirs, ours, known, is_ours_first=self._is_ours)
        if is_disputed:
            self._conflict(paths[2], (*words, "先后顺序"), base, theirs, ours)
        found: list[Any] = []
        for entry in order:
            at = str(len(found))
            old, new, own = (
                None if index is None else side[index]
                for side, index in zip((base, theirs, ours), entry, strict=True)
            )
            below = (f"{paths[0]}.{entry[0]}", f"{paths[1]}.{entry[1]}", f"{paths[2]}.{at}")
            told = (*words, item_named(next(one for one in (own, new, old) if one is not None), len(found)))
            if entry[0] is not None and GONE in entry[1:]:
                self._conflict(below[2], told, old, new, own)
                found.append(own if own is not None else new)
            else:
                found.append(self.value(below, told, old, new, own))
        return found

    def _known(self, paths: Paths, count: int, *, is_named: bool) -> dict[int, int]:
        """Which items of theirs come from which of the base, as far as that was told."""
        if not is_named or not self._origins:
            return {}
        known = {}
        for at in range(count):
            origin = self._origins.get(f"{paths[1]}.{at}")
            holder, _, index = (origin or "").rpartition(".")
            if origin == "":
                known[at] = -1
            elif origin and holder == paths[0] and index.isdigit():
                known[at] = int(index)
        return known

    def _preferred(self, theirs: Any, ours: Any) -> Any:
        return ours if self._is_ours else theirs

    def _conflict(self, path: str, words: tuple[str, ...], base: Any, theirs: Any, ours: Any) -> None:
        what = " ".join(words)
        said = f"原为 {spelled(base)}，填报表改为 {spelled(theirs)}，现行文件改为 {spelled(ours)}"
        if isinstance(base, dict) and theirs is None:
            said = "填报表删去了它，现行文件改了其中的内容；已保留"
        elif isinstance(base, dict) and ours is None:
            said = "现行文件删去了它，填报表改了其中的内容；已保留"
        self.conflicts.append(Conflict(path, what, f"{what}：{said}", base, theirs, ours))


def _below(paths: Paths, step: str) -> Paths:
    base, theirs, merged = (f"{path}.{step}" if path else step for path in paths)
    return base, theirs, merged


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or value is False
