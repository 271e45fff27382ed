"""Fields: their instructions are no text, their results are; a few show something that is written nowhere.

ECMA-376 part 1, 17.16: begin, instruction, separate, result, end; fields lie inside one another.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.word.names import VAL, W, is_on, number
from jiheng.reading.formats.word.symbols import symbol

_EQUATION: Final = re.compile(r"^\s*eq\b", re.IGNORECASE)
_ENCLOSED: Final = re.compile(r"\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯□]\s*[,，;]\s*([^)]*?)\s*\)")
_SYMBOL: Final = re.compile(r'^\s*SYMBOL\s+(0x[0-9a-f]+|\d+).*?\\f\s+"?([^"\\]+)"?', re.IGNORECASE)
_BUTTON: Final = re.compile(r"^\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)$", re.IGNORECASE | re.DOTALL)
_SWITCH: Final = re.compile(r"\\[a-z]{1,2}\d*\b\s*", re.IGNORECASE)
_FRACTION: Final = re.compile(r"\\f\s*\(([^(),，;]*)[,，;]([^(),，;]*)\)", re.IGNORECASE)
TICKED: Final = "☑"
EMPTY: Final = "□"


class Field(msgspec.Struct):
    """A field that has begun. ``start`` is how many pieces of text stood before its result."""

    form: etree._Element | None
    start: int = 0
    in_result: bool = False
    instruction: list[str] = []
    held: list[str] = []
    """Text met among the instructions: no text, unless the field turns out to have no end."""


def shown(instruction: str, form: etree._Element | None) -> str:
    """What a field without a result shows: a tick box, a chosen entry, an enclosed figure, a symbol, a button's label."""
    if form is not None and (found := _of_form(form)):
        return found
    if _EQUATION.match(instruction):
        return _equation(_EQUATION.sub("", instruction))
    if match := _SYMBOL.match(instruction):
        code = match[1]
        position = int(code, 16) if code.lower().startswith("0x") else number(code)
        return symbol(match[2].strip(), f"{position:X}")
    if match := _BUTTON.match(instruction):
        return match[1].strip()
    return ""


def _of_form(form: etree._Element) -> str:
    box = form.find(f"{W}checkBox")
    if box is not None:
        for name in ("checked", "default"):
            state = box.find(f"{W}{name}")
            if state is not None:
                return TICKED if is_on(state.get(VAL)) else EMPTY
        return EMPTY
    choice = form.find(f"{W}ddList")
    if choice is not None:
        entries = [entry.get(VAL, "") for entry in choice.iterfind(f"{W}listEntry")]
        result = choice.find(f"{W}result")
        if result is None:
            result = choice.find(f"{W}default")
        at = number(result.get(VAL)) if result is not None else 0
        return entries[at] if 0 <= at < len(entries) else ""
    return ""


def _equation(code: str) -> str:
    """``\\o\\ac(○,3)`` is ③, ``\\f(1,2)`` is 1/2; of anything else, the text between the switches."""
    code = _ENCLOSED.sub(lambda match: _enclosed(match[1]), code)
    code = _FRACTION.sub(lambda match: f"{match[1].strip()}/{match[2].strip()}", code)
    return re.sub(r"[(),，;]+", " ", _SWITCH.sub("", code)).strip()


def _enclosed(text: str) -> str:
    position = number(text)
    return chr(0x2460 + position - 1) if 1 <= position <= 20 else f"（{text}）"
