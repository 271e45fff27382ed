"""The base of everything that a document is made of."""

from __future__ import annotations

from typing import Any

import msgspec

from jiheng.budget.place import Place

# contents and headings come of how a document is laid out, and every form of writing lays it out anew
_PROVENANCE = frozenset({"place", "cells", "contents", "headings"})


class Node(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A part of a document: plain values, and beside them where each was read.

    ``cells`` maps the name of a field ("total", "goals.0") to its place. Two nodes are equal when their
    content is, wherever they were read: a document written and read back equals the first one.
    """

    cells: dict[str, Place] = {}

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name)
            for name in self.__struct_fields__
            if name not in _PROVENANCE
        )

    def __ne__(self, other: object) -> bool:
        # a struct's own comparison would answer by identity
        return not self == other

    def __hash__(self) -> int:
        return hash((type(self).__name__, repr(self)))

    def place_of(self, field: str) -> Place | None:
        """Where ``field`` was read; the node's own place when the cell itself is not known."""
        place: Place | None = self.cells.get(field)
        return place if place is not None else getattr(self, "place", None)


class Item(Node, frozen=True, eq=False, kw_only=True):
    """A node that stands in a list and therefore carries its own place."""

    place: Place | None = None


def replace(node: Any, **changes: Any) -> Any:
    """A copy of ``node`` with some fields changed (``msgspec.structs.replace``, named for readers)."""
    return msgspec.structs.replace(node, **changes)
