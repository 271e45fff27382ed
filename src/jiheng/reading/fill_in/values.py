"""What was typed into a cell, as the value that it means; what cannot be one is told, and kept as written."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import msgspec

from jiheng.budget import OPERATORS, WORDS, IndicatorValue, Money, normalise, plain, unify_operators
from jiheng.budget.fill_in import PLAN_UNITS, Column, Input

_AMOUNT: Final = re.compile(r"^-?\d+(\.\d+)?(元|百元|千元|亿元)?$")
_FIGURE: Final = re.compile(r"^-?\d+(\.\d+)?$")
_PLAN_HEADING: Final = "资金支出计划（%）"
_UNITS: Final = {label: key for key, label in PLAN_UNITS.items()}

Tell = Callable[[str, str, str], None]
"""Tells of a problem at the cell of a column: key, message, remedy."""


def take(item: dict[str, Any], column: Column, text: str, tell: Tell) -> bool:
    """Put ``text``, typed into ``column``, into a plain item; "" takes the value out.

    Returns whether the item holds it now: text cannot stand for an amount, and has to be kept elsewhere.
    """
    key = column.key
    if column.input is Input.AMOUNT:
        unit = (item.get("budget") or {}).get("unit") or "万元"
        value = amount(text, unit, lambda message, remedy: tell(key, message, remedy))
        _set(item, key, value)
        return value is not None or not text
    if key.endswith("[]"):
        item[key[:-2]] = [line.strip() for line in text.split("\n") if line.strip()]
    elif key.startswith("plan."):
        _take_plan(item, key.partition(".")[2], text, tell)
    elif key == "budget.unit":
        if item.get("budget") or text:
            _inner(item, "budget")["unit"] = text or "万元"
            if text not in ("", "万元", "元"):
                item["budget"]["unit"] = "万元"
                tell(key, f"金额单位“{text}”不能识别，按万元读取", "请选万元或元。")
    elif column.input is Input.FIGURE:
        _set(item, key, _figure(text) or text or None)
        if text and _figure(text) is None:
            tell(key, f"“{text[:40]}”不是数字，已照原样保留", "请只填数字，单位写在另一栏。")
    elif key == "name":
        item[key] = text or None
    else:
        _set(item, key, _code(text) if key.endswith("code") else text or None)
    return True


def amount(text: str, unit: str, tell: Callable[[str, str], None]) -> str | None:
    """An amount as it is kept: digits, without separators; ``None`` for none, or where the text is no amount."""
    bare = normalise(text).replace(",", "").removeprefix("¥").removeprefix("+")
    if not bare:
        return None
    if bare.endswith("万元"):
        money = Money.parse(bare)
        bare = bare.removesuffix("万元") if unit == "万元" or money is None else plain(money.to(unit).number)
    if _AMOUNT.match(bare):
        return bare.removesuffix(unit) if unit == "元" else bare
    tell(f"“{text[:40]}”不是金额，没有读入数字，原文另行保留", "请只填数字，如 16.80，不写单位和说明。")
    return None


def indicator_value(texts: dict[str, str], tell: Tell) -> dict[str, Any] | None:
    """A plain indicator value from its three cells; ``None`` where all are empty."""
    sign, number, unit = (texts.get(f"value.{part}", "") for part in ("sign", "number", "unit"))
    if not (sign or number or unit):
        return None
    operator = unify_operators(normalise(sign))
    operator = {"＝": "=", "大于等于": "≥", "小于等于": "≤", "不低于": "≥", "不超过": "≤"}.get(
        operator, operator
    )
    if operator and operator != WORDS and operator not in OPERATORS:
        tell("value.sign", f"符号“{sign[:20]}”不能识别，已照原样保留", "请从 ≥ ≤ > < = 和“文字描述”中选。")
    figure = normalise(number).replace(",", "")
    if figure.endswith("%") and unit in ("", "%", "％"):
        figure, unit = figure[:-1], "%"
    if number and _figure(figure) is None:
        tell(
            "value.number",
            f"“{number[:40]}”不是数字，已照原样保留",
            "请只填数字；要用文字的，“符号”选“文字描述”，内容写在“单位（文字描述）”里。",
        )
        figure = number
    if operator == WORDS and number:
        tell(
            "value.number",
            "“符号”选了“文字描述”，又填了数值；已合在一起保留",
            "请改选 ≥、≤ 等符号，或清空数值。",
        )
        operator = ""
    if operator and operator != WORDS and not number and not unit:
        tell("value.number", "只选了符号，没有填数值", "请填写数值和单位。")
    found = IndicatorValue.of_columns(operator or "", figure, unit)
    builtins: dict[str, Any] = msgspec.to_builtins(found)
    return builtins


def order_of(text: str) -> Decimal | None:
    """The number of a row; ``None`` where there is none."""
    found = _figure(text)
    return Decimal(found) if found is not None else None


def _take_plan(item: dict[str, Any], field: str, text: str, tell: Tell) -> None:
    if field == "unit":
        unit = _UNITS.get(text)
        if text and unit is None:
            tell("plan.unit", f"支出计划口径“{text[:20]}”不能识别，按百分比读取", "请选“百分比”或“金额”。")
        if item.get("plan") is None and unit in (None, "percent"):
            return
        plan = _inner(item, "plan")
        plan["unit"] = unit or "percent"
        if plan["unit"] == "amount" and plan.get("heading") == _PLAN_HEADING:
            plan["heading"] = None
        return
    if not text and item.get("plan") is None:
        return
    plan = _inner(item, "plan")
    plan.setdefault("unit", "percent")
    plan.setdefault("heading", _PLAN_HEADING if plan["unit"] == "percent" else None)
    bare = _figure(normalise(text).removesuffix("%"))
    plan[field] = bare or text or None
    if text and bare is None:
        tell(f"plan.{field}", f"“{text[:40]}”不是数字，已照原样保留", "请填 0 到 100 的数字，不写百分号。")


def _figure(text: str) -> str | None:
    bare = normalise(text).replace(",", "")
    return bare if _FIGURE.match(bare) else None


def _code(text: str) -> str | None:
    """A code is written in half-width signs, however it was typed."""
    return normalise(text) or None


def _inner(item: dict[str, Any], field: str) -> dict[str, Any]:
    if item.get(field) is None:
        item[field] = {}
    found: dict[str, Any] = item[field]
    return found


def _set(item: dict[str, Any], key: str, value: Any) -> None:
    """Set a value by its dotted key; nothing is made only to hold nothing."""
    *above, last = key.split(".")
    for step in above:
        if item.get(step) is None:
            if value is None:
                return
            item[step] = {}
        item = item[step]
    item[last] = value
