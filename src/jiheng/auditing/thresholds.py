"""The bounds that rules use, from ``thresholds.toml``."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any


@cache
def thresholds(family: str) -> dict[str, Any]:
    """The bounds of one family of rules; numbers written as text are for ``number``."""
    with Path(__file__).with_name("thresholds.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)[family]
    return table


def number(family: str, name: str) -> Decimal:
    """One bound as an exact number."""
    return Decimal(str(thresholds(family)[name]))
