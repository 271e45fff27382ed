"""What is wrong where a rule is broken, in a few words: titles of rules say what must hold."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


def fault_of(rule: str) -> str:
    """The fault that a rule finds ("资金支出计划没有逐期累计"); "" where none is on record."""
    return _faults().get(rule, "")


@cache
def _faults() -> dict[str, str]:
    with Path(__file__).with_name("faults.toml").open("rb") as file:
        return tomllib.load(file)
