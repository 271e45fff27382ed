"""What numbers and names of private persons look like, so that they are not published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from jiheng.standards.datafile import toml_table

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Whether ``text`` is a 公民身份号码: 18 places with a date of birth and the check digit.

    Source: GB 11643-1999, from memory: weights are powers of 2 modulo 11.
    """
    if not re.fullmatch(r"[1-9]\d{16}[\dXx]", text):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2100:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == text[17].upper()


def is_card_number(text: str) -> bool:
    """Whether ``text`` is a number of 16 to 19 digits that is right by Luhn's formula."""
    if not re.fullmatch(r"[1-9]\d{15,18}", text) or len(set(text)) < 4:
        return False
    total = 0
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def masked(number: str) -> str:
    """``number`` with all but three signs at its ends hidden: a finding must not repeat it."""
    return f"{number[:3]}{'*' * max(0, len(number) - 5)}{number[-2:]}"


def names_with_money(text: str) -> Iterator[tuple[str, str]]:
    """The names of persons in ``text`` who are paid something, each with the words around it."""
    for match in name_pattern().finditer(text):
        name = match["name"]
        if not any(word in name + match["due"][:1] for word in _words()):
            yield name, match[0]


@cache
def _words() -> tuple[str, ...]:
    return tuple(toml_table("personal_data.toml")["no_names"]["words"])


@cache
def name_pattern() -> re.Pattern[str]:
    """What may be the name of a person who is paid; ``names_with_money`` leaves out what is none."""
    table = toml_table("personal_data.toml")
    surnames = "|".join(table["surnames"]["double"]) + f"|[{''.join(table['surnames']['single'])}]"
    before = "|".join(table["dues"]["before"])
    dues = "|".join(sorted(table["dues"]["words"], key=len, reverse=True))
    return re.compile(
        rf"(?:(?:^|[（(、，,\x00])(?:{before})?|(?:{before}))(?P<name>(?:{surnames})[\u4e00-\u9fff]{{1,2}}?)(?:同志|等\d*人)?(?:的|个人|本人)?(?P<due>{dues})"
    )
