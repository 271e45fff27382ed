"""Documents from plain tables, as the cases write them."""

from __future__ import annotations

from typing import Any

import msgspec

from jiheng.budget import BudgetDocument, IndicatorValue


def document(table: dict[str, Any]) -> BudgetDocument:
    """The document that ``table`` describes; an indicator's value may be given as its text alone."""
    return msgspec.convert(_with_values(table), BudgetDocument)


def _with_values(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_values(item) for item in node]
    if not isinstance(node, dict):
        return node
    converted = {key: _with_values(value) for key, value in node.items()}
    if "level2" in converted and isinstance(converted.get("value"), str):
        converted["value"] = msgspec.to_builtins(IndicatorValue.parse(converted["value"]))
    return converted
