"""From what a template names to what a document has there: what was resolved once is read for every item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from jiheng.templates.computed import COMPUTED
from jiheng.templates.forms import written


class Level(NamedTuple):
    """One item of a list that is being filled in; the document itself is the first level."""

    item: Any
    position: int = 0
    """From 0."""
    among: int = 1
    """How many items there are."""


class Scope(NamedTuple):
    """Where filling stands: the items around, outermost first, and the counters of the document."""

    levels: tuple[Level, ...]
    counters: Counter[str]

    def within(self, level: Level) -> Scope:
        """The scope inside one more item."""
        return Scope((*self.levels, level), self.counters)


Reader = Callable[[Scope], Any]
"""Gives a text, a number, a list or ``None``."""


class Binding(NamedTuple):
    """A field that is known: how its value is read, and how it is written.

    ``unit`` reads the unit of an amount ("" for what is none).
    """

    read: Reader
    forms: tuple[str, ...] = ()
    unit: Reader | None = None

    def text(self, scope: Scope) -> str:
        """The value as it stands in the filled document."""
        return written(plain_text(self.read(scope)), self.forms, self.unit(scope) or "" if self.unit else "")


class Loop(NamedTuple):
    """A list that is known."""

    read: Reader


class Condition(NamedTuple):
    """Whether a block is shown: any of the values is there, or none where ``negated``."""

    reads: tuple[Reader, ...]
    negated: bool = False

    def holds(self, scope: Scope) -> bool:
        """Whether the block is shown."""
        return any(_is_there(read(scope)) for read in self.reads) != self.negated


def at(depth: int, path: str) -> Reader:
    """Reads ``path`` of the item at ``depth``."""
    steps = tuple(path.split("."))
    return lambda scope: follow(scope.levels[depth].item, steps)


def computed_at(depth: int, name: str) -> Reader:
    """Reads a computed field of the item at ``depth``."""
    if name == "heading":
        return lambda scope: _heading(scope.levels[depth])
    function = COMPUTED[name]
    return lambda scope: function(scope.levels[depth].item)


def item_at(depth: int) -> Reader:
    """Reads the item itself, a text."""
    return lambda scope: scope.levels[depth].item


def position_at(depth: int, what: str) -> Reader:
    """Reads a position: a key of ``catalogue.POSITIONS``."""
    return lambda scope: _POSITIONS[what](scope.levels[depth])


def counted(name: str) -> Reader:
    """Counts one further each time that it is read."""

    def read(scope: Scope) -> int:
        scope.counters[name] += 1
        return scope.counters[name]

    return read


def follow(value: Any, steps: Sequence[str]) -> Any:
    """What stands at ``steps`` below ``value``; ``None`` where something on the way is absent."""
    for number, step in enumerate(steps):
        if value is None:
            return None
        if step == "*":
            found = (follow(one, steps[number + 1 :]) for one in value)
            return [one for one in found if one is not None]
        value = getattr(value, step)
    return value


def plain_text(value: Any) -> str:
    """A value as text; the items of a list are lines."""
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return "\n".join(plain_text(one) for one in value if one is not None)
    return str(value)


def _is_there(value: Any) -> bool:
    return bool(value) if isinstance(value, (list, bool)) else plain_text(value).strip() != ""


def _heading(level: Level) -> str:
    from jiheng.writing.performance_text import heading_of

    return heading_of(level.item, level.position)


def _number(level: Level) -> int:
    return getattr(level.item, "number", None) or level.position + 1


_POSITIONS: Final[dict[str, Callable[[Level], Any]]] = {
    "序号": _number,
    "首项": lambda level: level.position == 0,
    "末项": lambda level: level.position == level.among - 1,
    "总数": lambda level: level.among,
}
