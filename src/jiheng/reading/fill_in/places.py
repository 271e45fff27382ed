"""Where values stand in a workbook, put beside them in a plain document."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from jiheng.budget import Place

_NO_NODES: Final = frozenset({"unit", "department", "division", "value"})
"""Structs without places of their own: the place of their value stands with what holds them."""


def place_value(item: dict[str, Any], key: str, place: Place) -> None:
    """Note the cell of a value of a plain item; nothing where the item has no such value."""
    plain = msgspec.to_builtins(place)
    key = key.removesuffix("[]")
    if key.startswith("value."):
        if key != "value.number":
            return  # the value is one, and its number is where people look
        key = "value"
    holder, steps = item, key.split(".")
    while len(steps) > 1 and steps[0] not in _NO_NODES:
        inner = holder.get(steps[0])
        if not isinstance(inner, dict):
            return
        holder, steps = inner, steps[1:]
    rest = ".".join(steps)
    cells = dict(holder.get("cells") or {})
    found = holder.get(rest)
    names = [f"{rest}.{index}" for index in range(len(found))] if isinstance(found, list) else [rest]
    cells.update(dict.fromkeys([rest, *names], plain))
    holder["cells"] = cells
