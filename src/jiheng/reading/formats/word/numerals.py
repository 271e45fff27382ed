"""Numbers in the forms that lists of Word use (ECMA-376 part 1, 17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL: Final = "零壹貳參肆伍陸柒捌玖"
_HEAVENLY: Final = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST: Final = 10_000
"""Lists do not count further; a larger start is a broken file."""


def in_form(number: int, form: str, pattern: str = "") -> str:
    """``number`` as a list of this form prints it.

    Args:
        pattern: of the form "custom", how its first numbers look ("001, 002, 003, ...").
    """
    if form == "custom":
        return f"{number:0{len(pattern.split(',', maxsplit=1)[0].strip())}d}"
    if not 0 <= number < _MOST:
        return str(number)
    made = _FORMS.get(form)
    return made(number) if made is not None else str(number)


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese numerals: 一百零五."""
    return _counted(number, _DIGITS, "十百千", short_ten=True)


def _counted(number: int, digits: str, places: str, *, short_ten: bool) -> str:
    if not 0 < number < _MOST:
        return digits[0] if number == 0 else str(number)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = gap or bool(text)
            continue
        text += ("零" if gap else "") + digits[digit] + (places[place - 1] if place else "")
        gap = False
    ten = digits[1] + places[0]
    return text[1:] if short_ten and text.startswith(ten) else text


def _japanese(number: int) -> str:
    if number == 0:
        return "〇"
    text = ""
    for place, sign in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**place % 10
        if digit:
            text += (_DIGITS[digit] if digit > 1 or not place else "") + sign
    return text


def _counting(number: int) -> str:
    """Word's "chineseCounting": with 十 up to 99, digit by digit (一○○) from there."""
    return chinese(number) if number < 100 else _by_digit(number, "○一二三四五六七八九")


def _by_digit(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min(30, (number - 1) // 26 + 1) if number else "0"


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _from(first: int, last: int, otherwise: Callable[[int], str]) -> Callable[[int], str]:
    """Signs that stand one after the other in Unicode, for the numbers 1 to ``last``."""
    return lambda number: chr(first + number - 1) if 1 <= number <= last else otherwise(number)


def _around(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else "0"


def _circled(number: int) -> str:
    return chr(0x3251 + number - 21) if 21 <= number <= 35 else str(number)


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: _by_digit(number, _DIGITS),
    "taiwaneseDigital": lambda number: _by_digit(number, "○一二三四五六七八九"),
    "japaneseDigitalTenThousand": lambda number: _by_digit(number, _DIGITS),
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda number: _counted(number, _FORMAL, "拾佰仟", short_ten=False),
    "ideographLegalTraditional": lambda number: _counted(
        number, _FORMAL_TRADITIONAL, "拾佰仟", short_ten=False
    ),
    "ideographTraditional": _around(_HEAVENLY),
    "ideographZodiac": _around(_EARTHLY),
    "ideographEnclosedCircle": _from(0x3280, 10, str),
    "decimalEnclosedCircle": _from(0x2460, 20, _circled),
    "decimalEnclosedCircleChinese": _from(0x2460, 20, _circled),
    "decimalEnclosedFullstop": _from(0x2488, 20, lambda number: f"{number}."),
    "decimalEnclosedParen": lambda number: f"({number})",
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "none": lambda _: "",
}
