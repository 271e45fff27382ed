"""A value put right by a person: which, what stood there, what stands there now, who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from jiheng.budget.document import BudgetDocument
from jiheng.budget.value import IndicatorValue
from jiheng.errors import InvalidCorrection


class Correction(msgspec.Struct, frozen=True):
    """``path`` begins with the number of the document ("0.projects.3.budget.total")."""

    path: str
    before: str | None
    after: str | None
    who: str
    made_at: datetime
    """With its zone."""


def value_at(documents: Sequence[BudgetDocument], path: str) -> str | None:
    """The text at ``path``; ``None`` where nothing stands.

    Raises:
        InvalidCorrection: there is no such place, or it holds no single value.
    """
    node: Any = list(documents)
    for step in path.split("."):
        node = _child(node, step, path)
    if isinstance(node, IndicatorValue):
        return node.text
    if node is None or isinstance(node, str):
        return node
    if isinstance(node, int) and not isinstance(node, bool):
        return str(node)
    raise _no_value(path)


def corrected(documents: Sequence[BudgetDocument], path: str, text: str | None) -> list[BudgetDocument]:
    """The documents with ``text`` at ``path``; everything else, places included, stays.

    Raises:
        InvalidCorrection: there is no such place, or ``text`` cannot stand there; the message says what can.
    """
    is_indicator_value = isinstance(_node(documents, path), IndicatorValue)
    plain = msgspec.to_builtins(list(documents))
    node: Any = plain
    *steps, last = path.split(".")
    for step in steps:
        node = _child(node, step, path)
    current = _child(node, last, path)
    if isinstance(current, (dict, list)) and not is_indicator_value:
        raise _no_value(path)
    value: Any = text or None
    if text and (is_indicator_value or (last in _INDICATOR_VALUES and current is None)):
        value = msgspec.to_builtins(IndicatorValue.parse(text))
    elif text and isinstance(current, int) and text.isascii() and text.isdigit():
        value = int(text)
    if isinstance(node, list):
        node[int(last)] = value if value is not None else ""
    else:
        node[last] = value
    try:
        return msgspec.convert(plain, list[BudgetDocument])
    except msgspec.ValidationError as error:
        raise InvalidCorrection(f"“{text}”不能填在这里。", place=path, remedy=_remedy(str(error))) from error


_INDICATOR_VALUES = frozenset({"value", "actual", "forecast", "previous"})


def _node(documents: Sequence[BudgetDocument], path: str) -> Any:
    node: Any = list(documents)
    for step in path.split("."):
        node = _child(node, step, path)
    return node


def _child(node: Any, step: str, path: str) -> Any:
    if isinstance(node, list):
        if step.isascii() and step.isdigit() and int(step) < len(node):
            return node[int(step)]
    elif isinstance(node, dict):
        if step in node and step not in ("cells", "place", "schema"):
            return node[step]
    elif (
        isinstance(node, msgspec.Struct)
        and step in node.__struct_fields__
        and step not in ("cells", "place", "schema")
    ):
        return getattr(node, step)
    raise InvalidCorrection("没有这个数据项。", place=path, remedy="请刷新页面后重试。")


def _no_value(path: str) -> InvalidCorrection:
    return InvalidCorrection("这里不是单个的值，不能直接更正。", place=path, remedy="请更正其中的某一项。")


def _remedy(message: str) -> str:
    if "matching regex" in message:
        return "金额请只写数字，如 16.80。"
    if "`int`" in message:
        return "请写整数，如 2024。"
    return "请按原文的格式填写。"
