"""Numbers as Excel shows them: ``16.8`` in the format ``0.00`` is "16.80", ``0.95`` in ``0%`` is "95%".

Formats are described in ECMA-376 part 1, 18.8.30 and 18.8.31; ``!`` before a sign, as Chinese Excel and WPS write
it, means the same as ``\\``. Thousands separators, colours, currency signs and padding are left out: they are no part
of a figure. What is not understood, and scientific notation, is shown as the shortest exact decimal.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache
from typing import Final

import msgspec

from jiheng.budget import plain
from jiheng.reading.formats.sheet.dates import shown_date

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0",
    49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Format codes by number, as Chinese Excel has them; 0, and what is missing, is "General"."""

_GENERAL: Final = re.compile(r"general|g/通用格式", re.IGNORECASE)
_TOKENS: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<pad>[_*].)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<exponent>[eE][+-])|(?P<digits>[0#?][0#?,]*)|(?P<plain>.)",
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"^(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
_OPERATORS: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_CURRENCY: Final = frozenset("¥￥$€£")
_DIGITS: Final = 15
_EXACT: Final = Context(prec=1000)
"""Room for the largest number (308 digits) with all the decimals that a format can ask for."""
_MAX_VALUE, _MAX_CODE = 400, 255
"""Characters; Excel takes no longer formats, and no number needs as many digits."""
_SYSTEM: Final = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
"""Long date and time, as the computer's own settings have them."""
NOISE: Final = Decimal("2e-14")
"""Of a number, so much may be the error of binary fractions: less than what 13 digits can say."""
LEAST: Final = Decimal("1e-10")
"""Less than this is an error of binary fractions too, whatever the number."""


class Shown(msgspec.Struct, frozen=True):
    """What a person sees of a number."""

    text: str
    is_rounded: bool = False
    """More decimals are stored than are shown."""
    is_invisible: bool = False
    """The format shows nothing of it; ``text`` is what is stored."""
    is_replaced: bool = False
    """The format shows words instead of it."""


class _Section(msgspec.Struct, frozen=True):
    """One of the parts of a format that semicolons divide."""

    code: str
    before: str = ""
    after: str = ""
    whole: int = 1
    """Least digits before the point; 0 when a zero is not shown."""
    decimals: int = 0
    least: int = 0
    """Decimals that are shown also when they are zeros."""
    scale: int = 0
    """The number is shown divided by ten to this power."""
    mask: tuple[str, ...] = ()
    """Zeros and the signs between them, where signs stand among the digits: a code such as 201-01."""
    form: str = "figure"
    """"figure", "words", "general", "date" or "other" (not understood)."""
    condition: tuple[str, Decimal] | None = None


def shown(value: str, code: str | None, *, from_1904: bool = False) -> Shown:
    """The stored number ``value`` in the format ``code`` (``None`` or "General": shortest exact decimal)."""
    if len(value) > _MAX_VALUE:
        return Shown(value)
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Shown(value)
    if not number.is_finite() or abs(number.adjusted()) > 320:
        return Shown(value)
    with localcontext(_EXACT):
        return _shown(number, code, from_1904=from_1904)


def _shown(number: Decimal, code: str | None, *, from_1904: bool) -> Shown:
    if not code or code in ("@", "General") or len(code) > _MAX_CODE:
        return Shown(_shortest(number))
    if number != number.to_integral_value():
        number = Decimal(repr(float(number)))
    section, has_sign = _choose(_sections(code), number)
    if section.form == "date":
        moment = shown_date(number, section.code, from_1904=from_1904)
        return Shown(moment or _shortest(number))
    if section.form == "words":
        return _words(number, section)
    if section.form == "other":
        return Shown(_shortest(number))
    return _figure(number, section, has_sign=has_sign)


def _shortest(number: Decimal) -> str:
    """16.8, not 16.800000000000001: spreadsheets count 15 digits, what follows is the error of binary fractions."""
    if number != number.to_integral_value():
        number = number.quantize(Decimal(1).scaleb(number.adjusted() - _DIGITS + 1), ROUND_HALF_UP)
    return plain(number.normalize() + 0)


def _words(number: Decimal, section: _Section) -> Shown:
    """A format without digits: "-" for nothing; one that hides a figure does not hide it from us."""
    text = section.before.strip()
    if number and not text:
        return Shown(_shortest(number), is_invisible=True)
    return Shown(text, is_replaced=number != 0)


def _figure(number: Decimal, section: _Section, *, has_sign: bool) -> Shown:
    before, after = section.before, section.after
    if section.form == "general":
        text, is_rounded = _shortest(abs(number)), False
    else:
        exact = abs(number).scaleb(-section.scale)
        rounded = exact.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
        is_rounded = abs(rounded - exact) > max(exact * NOISE, LEAST)
        text = _masked(f"{rounded:f}", section.mask) if section.mask else _padded(f"{rounded:f}", section)
    if has_sign:
        # the section for negative numbers writes its own sign, or brackets, or only a colour
        before, after = before.replace("-", "").replace("(", ""), after.replace(")", "")
    sign = "-" if number < 0 and text.strip("0.") else ""
    return Shown(f"{sign}{before}{text}{after}".strip(), is_rounded)


def _masked(digits: str, mask: tuple[str, ...]) -> str:
    """Digits put in the place of zeros, from the right; the first zeros take all that are left."""
    pieces: list[str] = []
    runs = sum(part.strip("0") == "" for part in mask)
    for part in reversed(mask):
        if part.strip("0"):
            pieces.append(part)
            continue
        runs -= 1
        at = max(0, len(digits) - len(part)) if runs else 0
        pieces.append(digits[at:].rjust(len(part), "0"))
        digits = digits[:at]
    return "".join(reversed(pieces))


def _padded(text: str, section: _Section) -> str:
    whole, _, rest = text.partition(".")
    while len(rest) > section.least and rest.endswith("0"):
        rest = rest[:-1]
    whole = whole.lstrip("0").rjust(section.whole, "0")
    if not whole and rest:
        whole = "0"
    return f"{whole}.{rest}" if rest else whole


def _choose(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, bool]:
    """The section for a number, and whether it writes the sign of a negative number itself."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _OPERATORS[section.condition[0]](number, section.condition[1]):
                return section, False
        return _Section("", form="general"), False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if number == 0 and len(sections) > 2 else 0], False


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """The format's sections; a semicolon inside quotation marks parts nothing. The fourth is for texts."""
    code = next((meant for start, meant in _SYSTEM.items() if code.upper().startswith(start)), code)
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    return tuple(_section(part) for part in parts[:3])


def _section(code: str) -> _Section:
    tokens = [(match.lastgroup, match[match.lastgroup or 0]) for match in _TOKENS.finditer(code)]
    condition = next(
        (
            (found[1], Decimal(found[2]))
            for kind, text in tokens
            if kind == "bracket" and (found := _CONDITION.match(text))
        ),
        None,
    )
    if _GENERAL.search(code):
        before, after = (_wording(part) for part in _GENERAL.split(code, maxsplit=1))
        return _Section(code, before, after, form="general", condition=condition)
    if _is_date(tokens):
        return _Section(code, form="date", condition=condition)
    return _figure_section(code, tokens, condition)


def _is_date(tokens: list[tuple[str | None, str]]) -> bool:
    weekday = "aaa" in "".join(text for kind, text in tokens if kind == "plain").lower()
    return weekday or any(
        (kind == "plain" and text in "yYmMdDhHsS")
        or (kind == "bracket" and re.fullmatch(r"(?i)h+|m+|s+", text))
        for kind, text in tokens
    )


def _figure_section(
    code: str, tokens: list[tuple[str | None, str]], condition: tuple[str, Decimal] | None
) -> _Section:
    """A section that shows a figure: words, digits, perhaps a point (or a point as a word) and digits, words."""
    kinds = [kind for kind, _ in tokens]
    if "exponent" in kinds:
        return _Section(code, form="other", condition=condition)
    if "digits" not in kinds:
        return _Section(code, _wording(code), form="words", condition=condition)
    first = kinds.index("digits")
    last = len(kinds) - 1 - kinds[::-1].index("digits")
    middle = tokens[first : last + 1]
    # a point right behind the digits that nothing follows belongs to them too ("0.")
    tail = tokens[last + 1 :]
    if tail and tail[0] == ("plain", "."):
        tail = tail[1:]
    runs = [text for kind, text in middle if kind == "digits"]
    between = [(kind, text) for kind, text in middle if kind != "digits"]
    if [text for _, text in between] not in ([], ["."]):
        if "".join(runs).strip("0") or ("plain", ".") in between:
            return _Section(code, form="other", condition=condition)
        words = _joined(tokens[:first]), _joined(tail)
        return _Section(code, *words, mask=tuple(text for _, text in middle), condition=condition)
    decimals = runs[1].replace(",", "") if between else ""
    commas = len(runs[-1]) - len(runs[-1].rstrip(","))
    is_word = bool(between) and between[0][0] != "plain"
    before, after = _joined(tokens[:first]), _joined(tail)
    percent = sum(kind == "plain" and text == "%" for kind, text in tokens)
    whole = len(runs[0].replace(",", "").lstrip("#?")) if not between or "0" in runs[0] else 0
    if runs[0].strip("#?,") == "" and not between:
        whole = 0
    return _Section(
        code,
        before,
        after,
        whole,
        len(decimals),
        len(decimals.rstrip("#?")),
        3 * commas - 2 * percent + (len(decimals) if is_word else 0),
        condition=condition,
    )


def _wording(code: str) -> str:
    return _joined([(match.lastgroup, match[match.lastgroup or 0]) for match in _TOKENS.finditer(code)])


def _joined(tokens: list[tuple[str | None, str]]) -> str:
    """The words among the tokens, as they are shown."""
    text = "".join(text for kind, text in tokens if kind in ("quoted", "escaped", "plain") and text != "@")
    return "".join(sign for sign in text if sign not in _CURRENCY)
