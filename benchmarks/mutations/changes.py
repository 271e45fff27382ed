"""What a mutation is: a named kind of error, and the document that it makes of a sound one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from benchmarks.accuracy.words import Chance
from jiheng.budget import BudgetDocument, IndicatorValue, follow


class Change(NamedTuple):
    """A document with one error: the paths of what was changed, and what was done in words."""

    document: BudgetDocument
    places: tuple[str, ...]
    told: str


Maker = Callable[[BudgetDocument, Chance], Iterator[Change]]


class Mutation(NamedTuple):
    """A kind of error.

    Attributes:
        family: what the audit calls the rules that are to catch it.
        needs_earlier: it agrees with all else in the document, and only an earlier one shows it.
    """

    id: str
    title: str
    family: str
    make: Maker
    needs_earlier: bool = False


MUTATIONS: dict[str, Mutation] = {}


def declare(identity: str, title: str, family: str, make: Maker, *, needs_earlier: bool = False) -> None:
    """Enters a kind of error.

    Raises:
        ValueError: when there is one of that name.
    """
    if identity in MUTATIONS:
        raise ValueError(f"{identity} is declared twice")
    MUTATIONS[identity] = Mutation(identity, title, family, make, needs_earlier)


def mutation(title: str, family: str, *, needs_earlier: bool = False) -> Callable[[Maker], Maker]:
    """Declares the function below, which yields a change for every place where the error can be made."""

    def register(make: Maker) -> Maker:
        declare(make.__name__, title, family, make, needs_earlier=needs_earlier)
        return make

    return register


def put(node: Any, path: str, value: Any) -> Any:
    """A copy of ``node`` with ``value`` at ``path``; nothing else changes."""
    step, _, rest = path.partition(".")
    if isinstance(node, list):
        index = int(step)
        inner = put(node[index], rest, value) if rest else value
        return [*node[:index], inner, *node[index + 1 :]]
    inner = put(getattr(node, step), rest, value) if rest else value
    return msgspec.structs.replace(node, **{step: inner})


def at(document: BudgetDocument, path: str) -> Any:
    """What stands at ``path``; ``None`` where nothing does."""
    trail = follow(document, path)
    return trail[-1] if len(trail) == path.count(".") + 2 else None


def paths(document: BudgetDocument, pattern: str) -> Iterator[str]:
    """The paths that fit ``pattern`` and hold something; "*" stands for every item of a list."""
    found = [""]
    for step in pattern.split("."):
        found = [
            f"{path}.{one}" if path else one
            for path in found
            for one in ([step] if step != "*" else map(str, range(len(at(document, path) or ()))))
        ]
    return (path for path in found if at(document, path) not in (None, "", []))


def changed(document: BudgetDocument, path: str, value: Any, told: str = "") -> Change:
    """One value changed."""
    before = at(document, path)
    return Change(put(document, path, value), (path,), told or f"{_short(before)} → {_short(value)}")


def without(document: BudgetDocument, path: str) -> Change:
    """One item of a list dropped; the place is the list, for the items after it move up."""
    parent, _, index = path.rpartition(".")
    items: Sequence[Any] = at(document, parent)
    kept = [item for number, item in enumerate(items) if number != int(index)]
    return Change(put(document, parent, kept), (parent,), f"dropped {_short(items[int(index)])}")


def doubled(document: BudgetDocument, path: str) -> Change:
    """One item of a list entered once more, at the end."""
    parent, _, index = path.rpartition(".")
    items: list[Any] = at(document, parent)
    copy = f"{parent}.{len(items)}"
    return Change(
        put(document, parent, [*items, items[int(index)]]),
        (path, copy),
        f"doubled {_short(items[int(index)])}",
    )


def _short(value: Any) -> str:
    if isinstance(value, IndicatorValue):
        return value.text
    if value is None or isinstance(value, str | int):
        return str(value)
    named = (getattr(value, name, None) for name in ("name", "term", "level3", "title"))
    return str(next((name for name in named if name), type(value).__name__))
