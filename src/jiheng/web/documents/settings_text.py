"""Changes to the text of the audit's settings (TOML), what else stands there, comments too, left as it is."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import ParseError

from jiheng.errors import InvalidSettings

DEFAULT: Final = "default"
OFF: Final = "off"
ON: Final = "on"
_SEVERITIES: Final = ("error", "warning", "notice")
CHOICES: Final = {
    DEFAULT: "按默认", OFF: "停用", ON: "启用（上一级停用的）",
    "error": "作错误", "warning": "作警告", "notice": "作提示",
}  # fmt: skip
"""What can be done with a rule, in words."""

Table = MutableMapping[str, Any]


def with_rule(text: str, rule: str, choice: str, division: str = "") -> str:
    """The settings with another choice for one rule.

    Args:
        choice: a key of ``CHOICES``.
        division: code of the division that it is for; "" for all.
    Raises:
        InvalidSettings: no such choice, or the text cannot be changed.
    """
    if choice not in CHOICES:
        raise InvalidSettings(f"不能把规则设为“{choice}”。", remedy="请在列出的几种中选择。")
    whole = _parsed(text)
    chosen = _part(whole, division)
    for name in ("off", "on"):
        _strike(chosen, name, rule)
    _below(chosen, "severity").pop(rule, None)
    if choice in (OFF, ON):
        _enter(chosen, choice, rule)
    elif choice in _SEVERITIES:
        _below(chosen, "severity")[rule] = choice
    return _written(whole)


def with_bound(text: str, family: str, name: str, value: str, division: str = "") -> str:
    """The settings with another value for one bound; "" takes back what was set.

    Raises:
        InvalidSettings: the value is not one, or the text cannot be changed.
    """
    whole = _parsed(text)
    bounds = _below(_below(_part(whole, division), "thresholds"), family)
    bounds.pop(name, None)
    if value := value.strip():
        try:
            bounds[name] = tomlkit.value(value)
        except ParseError:
            bounds[name] = value
    return _written(whole)


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except ParseError as error:
        raise InvalidSettings("现在的设置不是 TOML。", remedy="请先在下面改正整份设置。") from error


def _part(whole: Table, division: str) -> Table:
    """The table of a division, or the whole."""
    return _below(_below(whole, "division"), division) if division else whole


def _below(table: Table, name: str) -> Table:
    """The table ``name`` in ``table``, made where it is not there."""
    if name not in table:
        table[name] = (
            tomlkit.table(is_super_table=True) if name in ("division", "thresholds") else tomlkit.table()
        )
    found = table[name]
    if not isinstance(found, MutableMapping):
        raise InvalidSettings(f"设置中的“{name}”写法不对。", remedy="请先在下面改正整份设置。")
    return found


def _strike(table: Table, name: str, rule: str) -> None:
    listed = table.get(name)
    if isinstance(listed, list) and rule in listed:
        listed.remove(rule)
        if not listed:
            del table[name]


def _enter(table: Table, name: str, rule: str) -> None:
    if not isinstance(table.get(name), list):
        # before the first table: a key after it would belong to that table
        table[name] = tomlkit.array()
    table[name].append(rule)


def _written(whole: tomlkit.TOMLDocument) -> str:
    _prune(whole)
    return tomlkit.dumps(whole).strip("\n") + "\n" if whole else ""


def _prune(table: Table) -> None:
    """Takes away tables in which nothing is left."""
    for name in [name for name, below in table.items() if isinstance(below, MutableMapping)]:
        _prune(table[name])
        if not table[name]:
            del table[name]
