"""Documents from plain tables, as the cases write them."""

from __future__ import annotations

from typing import Any

import msgspec

from jiheng.budget import BudgetDocument, IndicatorValue


def document(table: dict[str, Any]) -> BudgetDocument:
    """The document that ``table`` describes; an indicator's values may be given as their texts alone."""
    return msgspec.convert(_with_values(table), BudgetDocument)


def _with_values(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_values(item) for item in node]
    if not isinstance(node, dict):
        return node
    converted = {key: _with_values(value) for key, value in node.items()}
    for field in ("value", "actual", "forecast", "previous"):
        if "level2" in converted and isinstance(converted.get(field), str):
            converted[field] = msgspec.to_builtins(IndicatorValue.parse(converted[field]))
    return converted
