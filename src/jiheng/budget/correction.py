"""A value put right by a person: which, what stood there, what stands there now, who and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from jiheng.budget.document import BudgetDocument
from jiheng.budget.project import Indicator
from jiheng.budget.text import normalise
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
    node = _walk(documents, path)[-1]
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
    text = (text or "").strip()
    if len(text) > LONGEST or _UNPRINTABLE.search(text):
        raise InvalidCorrection(
            "填写的内容不能保存。", place=path, remedy=f"请写普通文字，不超过 {LONGEST} 字。"
        )
    current = value_at(documents, path)
    *steps, last = _steps(documents, path)
    field = steps[-1] if last.isdigit() else last
    if field in _FIGURES and _FIGURE.match(current or "") and text and not _FIGURE.match(_plain(text)):
        raise InvalidCorrection(
            f"“{text[:40]}”不是数。",
            place=path,
            remedy="请只写数字，如 16.80；原文确实是文字时，请先清空保存，再填写文字。",
        )
    failure: msgspec.ValidationError | None = None
    for value in _candidates(_walk(documents, path)[-2], field, text):
        plain = msgspec.to_builtins(list(documents))
        node: Any = plain
        for step in steps:
            node = node[int(step) if isinstance(node, list) else step]
        node[int(last) if isinstance(node, list) else last] = value
        try:
            return msgspec.convert(plain, list[BudgetDocument])
        except msgspec.ValidationError as error:
            failure = failure or error
    said = f"“{text[:40]}”不能填在这里。" if text else "这里不能空着。"
    raise InvalidCorrection(said, place=path, remedy=_remedy(str(failure))) from failure


LONGEST: Final = 20_000
"""Characters of one value."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_INDICATOR_VALUES: Final = frozenset({"value", "actual", "forecast", "previous"})
_FIGURES: Final = frozenset(
    {"values", "march", "june", "october", "december", "weight", "level1_weight", "level2_weight", "score", "rate", "quantity"}
)  # fmt: skip
"""Fields that hold a figure, or words where the document has words."""
_FIGURE: Final = re.compile(r"-?\d+(\.\d+)?\Z")
_HIDDEN: Final = frozenset({"cells", "place", "schema"})


def _candidates(holder: Any, field: str, text: str) -> list[Any]:
    """What ``text`` may be where it is put, the likeliest first."""
    if not text:
        return [None, ""] if isinstance(holder, list) else [None]
    if isinstance(holder, Indicator) and field in _INDICATOR_VALUES:
        return [msgspec.to_builtins(IndicatorValue.parse(text))]
    plain = _plain(text)
    if _FIGURE.match(plain) is None:
        return [text]
    # "1,280.00" and "１２" are figures
    whole = [int(plain)] if plain.isdigit() and len(plain) <= _DIGITS else []
    return [plain, *whole]


def _plain(text: str) -> str:
    """A figure as it is kept: no separators, no wide signs, no spaces."""
    return "".join(normalise(text).replace(",", "").split())


_DIGITS: Final = 9


def _steps(documents: Sequence[BudgetDocument], path: str) -> list[str]:
    """The names and numbers that lead to ``path``; a heading that serves as a name may hold dots itself."""
    steps: list[str] = []
    node: Any = list(documents)
    rest = path
    while rest:
        step, _, after = (rest, "", "") if isinstance(node, dict) else rest.partition(".")
        node = _child(node, step, path)
        if rest == f"{step}.":
            raise _unknown(path)
        steps.append(step)
        rest = after
    if not steps:
        raise _unknown(path)
    return steps


def _walk(documents: Sequence[BudgetDocument], path: str) -> list[Any]:
    """Everything from the list of documents down to what stands at ``path``."""
    nodes: list[Any] = [list(documents)]
    for step in _steps(documents, path):
        nodes.append(_child(nodes[-1], step, path))
    return nodes


def _child(node: Any, step: str, path: str) -> Any:
    if isinstance(node, list):
        if step.isascii() and step.isdigit() and len(step) <= _DIGITS and int(step) < len(node):
            return node[int(step)]
    elif isinstance(node, dict):
        if step in node:
            return node[step]
    elif (
        isinstance(node, msgspec.Struct)
        and not isinstance(node, IndicatorValue)
        and step in node.__struct_fields__
        and step not in _HIDDEN
    ):
        return getattr(node, step)
    raise _unknown(path)


def _unknown(path: str) -> InvalidCorrection:
    return InvalidCorrection("没有这个数据项。", place=path[:80], remedy="请刷新页面后重试。")


def _no_value(path: str) -> InvalidCorrection:
    return InvalidCorrection("这里不是单个的值，不能直接更正。", place=path, remedy="请更正其中的某一项。")


def _remedy(message: str) -> str:
    if "matching regex" in message:
        return "金额请只写数字，如 16.80。"
    if "`int" in message:
        return "请写整数，如 2024。"
    return "请按原文的格式填写。"
