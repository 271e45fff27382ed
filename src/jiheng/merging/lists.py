"""The items of a merged list and their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jiheng.merging.align import aligned, frozen, twins

GONE: Final = None
"""In place of an index: that side does not have the item."""
Entry = tuple[int | None, int | None, int | None]
"""An item: its index in the base, in theirs and in ours."""
_START: Final = -1


def merged_order(
    base: Sequence[Any],
    theirs: Sequence[Any],
    ours: Sequence[Any],
    known: Mapping[int, int] | None = None,
    *,
    is_ours_first: bool = True,
) -> tuple[list[Entry], bool]:
    """The items of both lists in one order, and whether both sides moved items of the base in different ways.

    An item of the base that one side took out is left out where the other did not change it. New items follow the
    item that they follow on their side; new ones of both sides that are the same are one.

    Args:
        known: see ``aligned``, for theirs.
        is_ours_first: whose order holds where both moved items.
    """
    sides = (aligned(base, theirs, known), aligned(base, ours))
    old = tuple({index: at for at, index in enumerate(side) if index is not None} for side in sides)
    skeleton, is_disputed = _skeleton(len(base), sides, is_ours_first=is_ours_first)
    same = _same(theirs, ours, sides)
    runs = (_runs(sides[0]), _runs(sides[1]))
    order: list[Entry] = []
    seen: tuple[set[int], set[int]] = (set(), set())
    for index in (_START, *skeleton):
        if index != _START:
            entry: Entry = (index, old[0].get(index), old[1].get(index))
            if _stays(entry, base, theirs, ours):
                order.append(entry)
        both = (runs[0].get(index, []), runs[1].get(index, []))
        is_swapped = frozen([theirs[at] for at in both[0]]) > frozen([ours[at] for at in both[1]])
        for which in (1, 0) if is_swapped else (0, 1):
            order += _new(which, both[which], same[which], seen)
    return order, is_disputed


def _new(which: int, run: list[int], same: Mapping[int, int], seen: tuple[set[int], set[int]]) -> list[Entry]:
    """The new items of a run, each with its twin on the other side; those that were ``seen`` are left out."""
    found: list[Entry] = []
    for at in run:
        if at in seen[which]:
            continue
        pair = (at, same.get(at))
        here, there = pair if which == 0 else pair[::-1]
        for side, taken in zip(seen, (here, there), strict=True):
            if taken is not None:
                side.add(taken)
        found.append((None, here, there))
    return found


def _stays(entry: Entry, base: Sequence[Any], theirs: Sequence[Any], ours: Sequence[Any]) -> bool:
    """Whether an item of the base is left: both have it, or the one that has it changed it."""
    index, here, there = entry
    if index is None:
        return True
    if here is None and there is None:
        return False
    if here is None or there is None:
        left = ours[there] if there is not None else theirs[here or 0]
        return bool(left != base[index])
    return True


def _skeleton(
    count: int, sides: tuple[list[int | None], list[int | None]], *, is_ours_first: bool
) -> tuple[list[int], bool]:
    """All items of the base in the order of the side that moved some, and whether both did, differently."""
    kept = [[index for index in side if index is not None] for side in sides]
    common = set(kept[0]) & set(kept[1])
    inner = [[index for index in side if index in common] for side in kept]
    moved = [side != sorted(side) for side in kept]
    is_disputed = all(one != sorted(one) for one in inner) and inner[0] != inner[1]
    first = 1 if is_ours_first else 0
    if all(moved):
        chosen = kept[first] if is_disputed or inner[0] == inner[1] == [] else _united(kept, inner, first)
    else:
        chosen = kept[0] if moved[0] else kept[1] if moved[1] else sorted({*kept[0], *kept[1]})
    order = list(chosen)
    for index in range(count):
        if index not in chosen:
            before = next((one for one in range(index - 1, -1, -1) if one in order), None)
            order.insert(0 if before is None else order.index(before) + 1, index)
    return order, is_disputed


def _united(kept: list[list[int]], inner: list[list[int]], first: int) -> list[int]:
    """The order of the side that moved what both have; of the preferred one where both moved it alike."""
    if inner[0] == inner[1]:
        return max(kept, key=lambda side: (len(side), side))
    return (
        kept[0] if inner[0] != sorted(inner[0]) else kept[1] if inner[1] != sorted(inner[1]) else kept[first]
    )


def _runs(side: list[int | None]) -> dict[int, list[int]]:
    """New items by the item of the base that they follow."""
    found: dict[int, list[int]] = {}
    after = _START
    for at, index in enumerate(side):
        if index is None:
            found.setdefault(after, []).append(at)
        else:
            after = index
    return found


def _same(
    theirs: Sequence[Any], ours: Sequence[Any], sides: tuple[list[int | None], list[int | None]]
) -> tuple[dict[int, int], dict[int, int]]:
    """New items of both sides that are the same: index in theirs -> in ours, and the other way round."""
    new = [[at for at, index in enumerate(side) if index is None] for side in sides]
    pairs = twins([theirs[at] for at in new[0]], [ours[at] for at in new[1]])
    here = {new[0][at]: new[1][index] for at, index in pairs.items()}
    return here, {there: at for at, there in here.items()}
