"""How a value is written: ``|万元``, ``|大写``, ``|日期`` and the others that may follow a field's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Final

from jiheng.budget import YUAN, Money, unit_factor
from jiheng.writing.performance_text import chinese

_DATE: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_FIGURE: Final = re.compile(r"(-?)(\d+)((?:\.\d+)?)")
_CENTS: Final = Decimal("0.01")
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿", "兆")

MERGED: Final = "合并"
"""Equal neighbours in the column become one cell."""
APART: Final = "分段"
"""Every line becomes a paragraph of its own."""
_INSTEAD: Final = "空="
"""What stands there when the value is empty follows: ``|空=无``."""
ABOUT: Final = {
    "万元": "金额换算成万元，只写数字，至少两位小数",
    "元": "金额换算成元，只写数字",
    "亿元": "金额换算成亿元，只写数字",
    "千分": "整数部分三位一逗号",
    "大写": "金额写成人民币大写，如 壹万陆仟捌佰元整",
    "日期": "2023-12-31 写成 2023年12月31日",
    "中文": "数字写成一、二、三",
    "编号": "各行前面加 1. 2. 3.",
    "顿号": "各行用顿号连成一行",
    APART: "各行分成段落；不写时在一段内换行",
    MERGED: "一列中相邻相同的格合并",
    "空=无": "没有内容时写等号后面的字",
}
"""What each does, for whoever looks for one."""


def is_known(form: str) -> bool:
    """Whether there is such a way of writing."""
    return form in ABOUT or form.startswith(_INSTEAD)


def needs_money(form: str) -> bool:
    """Whether only amounts can be written so."""
    return form in ("万元", "元", "亿元", "大写")


def written(text: str, forms: tuple[str, ...], unit: str) -> str:
    """``text`` as ``forms`` ask for, one after the other; what a form does not fit is left as it is.

    Args:
        unit: of an amount, "" where it is none.
    """
    for form in forms:
        if form.startswith(_INSTEAD):
            text = text or form[len(_INSTEAD) :]
        elif needs_money(form):
            text, unit = _money(text, form, unit)
        elif form in _WAYS and text:
            text = _WAYS[form](text)
    return text


def _money(text: str, form: str, unit: str) -> tuple[str, str]:
    money = Money.parse(text, unit or YUAN)
    if money is None:
        return text, unit
    if form == "大写":
        return in_capitals(money.yuan), ""
    number = money.yuan / unit_factor(form)
    exact = f"{number:f}"
    if "." in exact:
        exact = exact.rstrip("0").rstrip(".")
    decimals = len(exact.partition(".")[2])
    return f"{number:.{max(decimals, 2)}f}", form


def in_capitals(yuan: Decimal) -> str:
    """An amount in 元 as it stands on cheques: 壹拾陆万捌仟元整; what is below a 分 is left off.

    >>> in_capitals(Decimal("10010.05"))
    '壹万零壹拾元零伍分'
    """
    amount = abs(yuan).quantize(_CENTS, ROUND_DOWN)
    whole, cents = int(amount), int(amount * 100) % 100
    text = f"{_whole(whole)}元" if whole else ""
    ten, one = divmod(cents, 10)
    if cents == 0:
        text = f"{text or '零元'}整"
    else:
        text += f"{_DIGITS[ten]}角" if ten else "零" if whole else ""
        text += f"{_DIGITS[one]}分" if one else "整"
    return f"{'负' if yuan < 0 else ''}{text}"


def _whole(number: int) -> str:
    """A whole number above 0 in capitals, group by group of four figures."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for power in range(len(groups) - 1, -1, -1):
        group = groups[power]
        if not group:
            continue
        gap = text and (group < 1000 or (power + 1 < len(groups) and groups[power + 1] == 0))
        text += f"{'零' if gap else ''}{_group(group)}{_GROUPS[power] if power < len(_GROUPS) else ''}"
    return text


def _group(number: int) -> str:
    """1 to 9999 in capitals."""
    text, has_gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += f"{'零' if has_gap and text else ''}{_DIGITS[digit]}{_PLACES[place]}"
        has_gap = digit == 0
    return text


def _thousands(text: str) -> str:
    found = _FIGURE.fullmatch(text)
    return f"{found[1]}{int(found[2]):,}{found[3]}" if found else text


def _date(text: str) -> str:
    found = _DATE.match(text)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else text


def _numbered(text: str) -> str:
    return "\n".join(f"{number}.{line}" for number, line in enumerate(text.split("\n"), 1))


def _in_han(text: str) -> str:
    return chinese(int(text)) if text.isdecimal() and 0 < int(text) < 100 else text


_WAYS: Final[dict[str, Callable[[str], str]]] = {
    "千分": _thousands,
    "日期": _date,
    "中文": _in_han,
    "编号": _numbered,
    "顿号": lambda text: text.replace("\n", "、"),
}
