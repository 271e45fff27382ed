"""The bounds that rules use: from ``thresholds.toml``, and what a department has set in their place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from jiheng.standards.prices import prices

_PRICES: Final = "prices"
_set: ContextVar[Mapping[str, Mapping[str, Any]]] = ContextVar("thresholds", default={})  # noqa: B039 - never changed


@cache
def stored_thresholds() -> dict[str, dict[str, Any]]:
    """Family -> name -> bound, as they come with the program; under ``prices`` the limits of ``standards.prices``."""
    limits = {price.name: str(price.limit) for price in prices()}
    return {**_stored("thresholds.toml"), _PRICES: limits}


@cache
def threshold_titles() -> dict[str, dict[str, str]]:
    """Family -> name -> what the bound is, in Chinese."""
    limits = {price.name: f"{price.name}的单价上限（元）" for price in prices()}
    return {**_stored("threshold_titles.toml"), _PRICES: limits}


def _stored(name: str) -> dict[str, dict[str, Any]]:
    with Path(__file__).with_name(name).open("rb") as file:
        return tomllib.load(file)


def thresholds(family: str) -> Mapping[str, Any]:
    """The bounds of one family of rules that hold now; numbers written as text are for ``number``."""
    own = _set.get().get(family)
    stored = stored_thresholds()[family]
    return {**stored, **own} if own else stored


def is_set(family: str, name: str) -> bool:
    """Whether a department has set this bound itself."""
    return name in _set.get().get(family, {})


def number(family: str, name: str) -> Decimal:
    """One bound as an exact number."""
    return Decimal(str(thresholds(family)[name]))


@contextmanager
def set_thresholds(bounds: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Family -> name -> bound: hold inside, in place of those that come with the program."""
    token = _set.set(bounds)
    try:
        yield
    finally:
        _set.reset(token)
