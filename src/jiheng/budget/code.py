"""Project codes: the forms in use, what each part of a code says, and the check character."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

from jiheng.budget.text import without_space


class CodeForm(StrEnum):
    """The forms of 项目编码 met so far."""

    HEBEI_P = "hebei_p"
    """河北 2023 年起：6 位区划 + 2 位年 + P + 11 位 + 1 位校验码。"""
    NATIONAL = "national"
    """6 位区划 + 2 位年 + R（人员）/Y（运转）/T（特定目标） + 12 位数字。"""
    HEBEI_2021 = "hebei_2021"
    """河北 2021 年：6 位区划 + 2 位年 + 13 位字母数字，无校验码。"""
    DEPARTMENT = "department"
    """河北 2021 年以前：部门 3 位-职责活动 4 位-字母 3 位-4 位，如 434-0501-YXN-WYUZ。"""


# The 31 signs of GB 32100-2015, without I, O, S, V and Z.
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Confusable signs: what a slip of the pen or of the scanner turns into what.
_FOLD: Final = str.maketrans("OISBZ", "01582")

# After the P come digits only; the confusable letters are let through so that a slip such as an O for a 0
# is still known as this form and can be named. A 2021 code may have a P in this position by chance.
_HEBEI_P = re.compile(r"^(\d{6})(\d{2})P([0-9OISBZ]{11})([0-9A-Z])$")
_NATIONAL = re.compile(r"^(\d{6})(\d{2})([RYT])(\d{12})$")
_HEBEI_2021 = re.compile(r"^(\d{6})(\d{2})([0-9A-Z]{13})$")
_DEPARTMENT = re.compile(r"^(\d{3})-(\d{4})-([A-Z]{3})-([0-9A-Z]{4})$")


class ProjectCode(msgspec.Struct, frozen=True):
    """A project code taken apart; a part that its form does not have is ``None``."""

    text: str
    form: CodeForm
    division: str | None = None
    """6-digit code of the 行政区划."""
    year: int | None = None
    """Calendar year in which the project entered the library."""
    department: str | None = None
    """3-digit code of the department; "000" is a special fund of no department."""
    duty: str | None = None
    """2-digit number of the duty (职责) that the project serves."""

    @classmethod
    def parse(cls, text: str) -> ProjectCode | None:
        """The code in ``text`` (white space inside is ignored), or ``None`` when no form fits."""
        code = without_space(text).upper()
        if match := _HEBEI_P.match(code):
            return cls(code, CodeForm.HEBEI_P, match[1], 2000 + int(match[2]))
        if match := _NATIONAL.match(code):
            return cls(code, CodeForm.NATIONAL, match[1], 2000 + int(match[2]))
        if match := _HEBEI_2021.match(code):
            return cls(code, CodeForm.HEBEI_2021, match[1], 2000 + int(match[2]))
        if match := _DEPARTMENT.match(code):
            return cls(code, CodeForm.DEPARTMENT, None, None, match[1], match[2][:2])
        return None

    @property
    def check_character(self) -> str | None:
        """What the last character must be; ``None`` for forms without one or with a foreign sign."""
        return check_character(self.text[:20]) if self.form is CodeForm.HEBEI_P else None

    @property
    def check_is_right(self) -> bool | None:
        """Whether the check character fits; ``None`` when the form has none."""
        if self.form is not CodeForm.HEBEI_P:
            return None
        return self.check_character == self.text[20]


def check_character(first_twenty: str) -> str | None:
    """The check character of a code of form ``HEBEI_P``; ``None`` when a sign is not of the alphabet.

    Weights are the powers of 3 modulo 31 as in GB 32100-2015; the constant is 30, found by
    computation and verified on every such code published so far (58 of 58).
    """
    total = 0
    for position, sign in enumerate(first_twenty):
        value = ALPHABET.find(sign)
        if value < 0:
            return None
        total += value * 3**position
    return ALPHABET[30 - total % 31]


def fold_confusable(code: str) -> str:
    """``code`` with O, I, S, B, Z as the digits that they are mistaken for."""
    return without_space(code).upper().translate(_FOLD)
