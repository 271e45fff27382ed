"""Which items of a list are which items of the list that it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import msgspec

_NAMES: Final = (
    ("code",),
    ("level2", "level3"),
    ("name",),
    ("term",),
    ("title",),
    ("label",),
    ("function_class", "section", "item"),
)
"""Fields by which items are known again, the surest first."""
_TRAITS: Final = (("heading",), ("description",), ("level1", "level2"))
"""Fields that tell where nothing else does, and an item is known to have come from somewhere."""


def frozen(value: Any) -> bytes:
    """A plain value as bytes: equal for equal values, and in an order."""
    return msgspec.json.encode(value, order="deterministic")


def aligned(
    base: Sequence[Any], side: Sequence[Any], known: Mapping[int, int] | None = None
) -> list[int | None]:
    """For each item of ``side`` the index of the item of ``base`` that it is; ``None`` for a new one.

    Equal items are the same, then those known by what names them where that is unambiguous, then those that stand
    alone between the same neighbours.

    Args:
        known: index in ``side`` -> index in ``base`` where it is certain; -1 for certainly new.
    """
    pairing = _Pairing(base, side, known or {})
    pairing.pair(frozen, in_turn=True)
    for fields in (*_NAMES, *_TRAITS):
        pairing.pair(partial(_identity, fields), in_turn=False)
    pairing.pair_between()
    return pairing.found


def twins(one: Sequence[Any], other: Sequence[Any]) -> dict[int, int]:
    """Items of two lists without a common past that are the same: index in ``one`` -> in ``other``."""
    pairing = _Pairing(other, one, {})
    pairing.pair(frozen, in_turn=True)
    for fields in _NAMES:
        pairing.pair(partial(_identity, fields), in_turn=False)
    return {at: index for at, index in enumerate(pairing.found) if index is not None}


def _identity(fields: tuple[str, ...], item: Any) -> Hashable | None:
    if not isinstance(item, Mapping):
        return None
    values = tuple(item.get(field) for field in fields)
    return values if all(isinstance(one, (str, int)) and one != "" for one in values) else None


class _Pairing:
    """Items of ``side`` being paired with items of ``base``, each at most once."""

    def __init__(self, base: Sequence[Any], side: Sequence[Any], known: Mapping[int, int]) -> None:
        self._base, self._side = base, side
        self.found: list[int | None] = [None] * len(side)
        self._open = set(range(len(side)))
        self._free = set(range(len(base)))
        for at, index in known.items():
            if at in self._open and (index < 0 or index in self._free):
                self._open.discard(at)
                if index >= 0:
                    self._pair(at, index)

    def pair(self, name: Callable[[Any], Hashable | None], *, in_turn: bool) -> None:
        """Pair what has the same name: one by one ``in_turn``, or only where there is one on either side."""
        here, there = defaultdict(list), defaultdict(list)
        for at in sorted(self._open):
            here[name(self._side[at])].append(at)
        for index in sorted(self._free):
            there[name(self._base[index])].append(index)
        for called, places in here.items():
            indexes = there.get(called, [])
            if called is not None and (in_turn or len(places) == len(indexes) == 1):
                for at, index in zip(places, indexes, strict=False):
                    self._pair(at, index)

    def pair_between(self) -> None:
        """Pair runs of equal length that stand between the same two pairs, item by item."""
        before, run = -1, []
        for at in range(len(self._side) + 1):
            index = self.found[at] if at < len(self._side) else len(self._base)
            if index is None:
                if at in self._open:
                    run.append(at)
                continue
            between = [one for one in range(before + 1, index) if one in self._free]
            if run and len(run) == len(between):
                for new, old in zip(run, between, strict=True):
                    if _may_be(self._base[old], self._side[new]):
                        self._pair(new, old)
            before, run = index, []

    def _pair(self, at: int, index: int) -> None:
        self.found[at] = index
        self._open.discard(at)
        self._free.discard(index)


def _may_be(old: Any, new: Any) -> bool:
    """Whether one may have become the other: texts may; items where no sure name speaks against it."""
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        return type(old) is type(new)
    if old.get("code") and new.get("code"):
        return False  # they would have been paired by it
    shared = [key for key in old if old.get(key) not in (None, [], False) and old.get(key) == new.get(key)]
    return len(shared) * 3 >= sum(value not in (None, [], False) for value in old.values())
