"""How a value stands in its cell, and whether what was found in a cell is still what was put there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from jiheng.budget.fill_in.sheets import PLAN_UNITS, SINGLES, TEXT, Input, Single
from jiheng.budget.text import normalise
from jiheng.budget.value import WORDS

_LONGEST: Final = 32_000
"""Characters that a cell can hold, less a few."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NUMERIC: Final = frozenset({Input.AMOUNT, Input.SHARE, Input.FIGURE, Input.ORDER})
_NAMED: Final = ("name", "heading", "code")


def cell_text(text: str) -> str:
    """``text`` as a cell can hold it and gives it back: no control characters, nothing blank around it, not too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", lines).strip()[:_LONGEST].rstrip()


def shown(item: Any, key: str) -> str:
    """The text of the cell for the value ``key`` of a plain ``item``; "" where it is absent, or no value of the item.

    Args:
        item: a dict of the exchange format, or a text where the list is one of texts (``key`` is ``TEXT`` then).
    """
    if key == TEXT and isinstance(item, str):
        return cell_text(item)
    if key.startswith("@") or isinstance(item, str):
        return ""
    if key.startswith("value."):
        return value_cells(item.get("value"))[key]
    value = _at(item, key.removesuffix("[]"))
    if key == "plan.unit":
        value = PLAN_UNITS.get(value, value)
    if isinstance(value, list):
        return cell_text("\n".join(str(one) for one in value))
    return "" if value is None else cell_text(str(value))


def value_cells(value: Mapping[str, Any] | None) -> dict[str, str]:
    """An indicator value in its three cells: sign, number, unit. One that is no single number is words in the last."""
    sign, number, unit = "", "", ""
    if value is not None:
        text = value["text"]
        parts = (value.get("operator") or "", value.get("number") or "", value.get("unit") or "")
        if parts[1] and _without_commas(normalise("".join(parts))) == _without_commas(normalise(text)):
            sign, number, unit = parts
        elif text.strip():
            sign, unit = WORDS, text
    return {"value.sign": sign, "value.number": number, "value.unit": cell_text(unit)}


def is_same(kind: Input, written: str, found: str) -> bool:
    """Whether the cell still says what was written: figures by what they are worth, texts sign by sign."""
    if kind in _NUMERIC:
        before, after = _figure(written), _figure(found)
        if before is not None and after is not None:
            return before == after
    return _lines(written) == _lines(found)


def labels(projects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """How drop-downs name the projects: by their names, numbered where another before it has the same."""
    seen: Counter[str] = Counter()
    for index, project in enumerate(projects):
        name = _plain_label(project, index)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}（{seen[name]}）"


def singles_of(document: Mapping[str, Any]) -> Iterator[tuple[Single, str]]:
    """Every single value with the text of its cell."""
    for single in SINGLES:
        yield single, shown(document, single.path)


def _plain_label(project: Mapping[str, Any], index: int) -> str:
    return next(
        (cell_text(project[key]) for key in _NAMED if project.get(key)), f"（未命名项目 {index + 1}）"
    )


def _at(item: Any, key: str) -> Any:
    for step in key.split("."):
        item = item.get(step) if isinstance(item, Mapping) else None
    return item


def _lines(text: str) -> list[str]:
    """Programs drop blanks at the ends of lines, and turn one kind of blank into another."""
    return [" ".join(line.split()) for line in cell_text(text).split("\n")]


def _without_commas(text: str) -> str:
    return text.replace(",", "")


def _figure(text: str) -> Decimal | None:
    plain = normalise(text).replace(",", "").removesuffix("%")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
