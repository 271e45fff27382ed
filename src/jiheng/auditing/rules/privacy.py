"""PRIV: nothing about private persons and nothing secret stands in what is to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Kind, Severity
from jiheng.standards.personal_data import (
    is_card_number,
    is_identity_number,
    masked,
    name_pattern,
    names_with_money,
)

_LONG: Final = re.compile(r"(?<![\dA-Za-z.\-－])[\d][\d \-－—]{9,25}[\dXxＸｘ](?![\dA-Za-z\-－])")
_DIGITS: Final = re.compile(r"\d[\d \-－—]{9,25}[\dXxＸｘ]")
"""Python's \\d takes full-width digits as well; numbers are grouped by blanks or hyphens."""
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx", " -－—")
_SPAN: Final = re.compile(r"20\d{2}[-－—]\d{1,2}|\d{4}[-－—]\d{4}[-－—]?$|[-－—]{2}")
"""Dates and spans of years in digits are no number of anybody."""
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_MONEY_AFTER: Final = re.compile(r"^\s*[万亿]?元")
_ACCOUNT: Final = re.compile(r"账号|帐号|账户|帐户|卡号|开户|银行卡|一卡通")
_SECRET: Final = re.compile(
    r"(?:绝密|机密|秘密)\s*★\s*(?:\d{1,2}年|长期)?|★\s*(?:\d{1,2}年|长期)|(?:密级|保密期限)\s*[:：]\s*(?:绝密|机密|秘密|\d)"
)
_PUBLISHED: Final = frozenset({Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE, Kind.FINAL_ACCOUNTS})
_NEAR = 16
_FEWEST_DIGITS, _MOST_DIGITS = 11, 20
_ACCOUNT_NUMBER: Final = re.compile(r"\d{16,20}")
_NAMED_ACCOUNT: Final = re.compile(
    r"(?:账号|帐号|卡号|银行卡|一卡通|(?:开户|银行|收款|对公)[\u4e00-\u9fff]{0,4}(?:账户|帐户|账号|帐号))(?:号码|号|为|是)?[:： ]*$"
)
_SECRET_FILE: Final = re.compile(
    r"(?:绝密|机密|秘密)(?<![不非无]..)(?:级)?(?:文件|文档|资料|材料|件)(?!的?(?:管理|保管|销毁|传递|处理|清退|运输|保密|柜|室|收发|交换|安全))"
)
"""What calls itself secret; to look after secret papers is the work of an office."""


def _severity(document: BudgetDocument) -> Severity:
    """An error in what is published; before that a warning, for a form on its way may need it."""
    return Severity.ERROR if document.kind in _PUBLISHED else Severity.WARNING


def _numbers(document: BudgetDocument) -> Iterator[tuple[str, str, str, str, str]]:
    """Every long number: path, digits, and the text before and after it."""
    for path, text in corpus(document).holding(_DIGITS):
        for match in _LONG.finditer(text):
            digits = match[0].translate(_HALF_WIDTH)
            if _SPAN.match(match[0]) or not _MOST_DIGITS >= len(digits) >= _FEWEST_DIGITS:
                continue
            before = text[max(0, match.start() - _NEAR) : match.start()]
            yield path, digits, before, text[match.end() :], text


def _gap(document: BudgetDocument, path: str, what: str, digits: str) -> Gap:
    return Gap(
        path=path,
        message=f"写有{what} {masked(digits)}",
        remedy="公开前删去个人信息，只写单位和人数",
        stated=masked(digits),
        severity=_severity(document),
    )


@rule(
    "PRIV-001", title="不写公民身份号码", severity=Severity.ERROR, basis="personal-information-law", article=6,
    checks=("D42",),
)  # fmt: skip
def no_identity_number_is_published(document: BudgetDocument) -> Iterator[Gap]:
    """No text has a number of 18 digits that is an identity number: its date is one and its check digit fits."""
    for path, digits, *_ in _numbers(document):
        if is_identity_number(digits):
            yield _gap(document, path, "公民身份号码", digits)


@rule(
    "PRIV-002", title="不写个人手机号码", severity=Severity.ERROR, basis="personal-information-law", article=6,
    checks=("D42",),
)  # fmt: skip
def no_mobile_number_is_published(document: BudgetDocument) -> Iterator[Gap]:
    """No text has a mobile number; an office's landline is to be published, and an amount of 11 digits is money."""
    for path, digits, _, after, _ in _numbers(document):
        if _MOBILE.fullmatch(digits) and not _MONEY_AFTER.match(after):
            yield _gap(document, path, "手机号码", digits)
    if document.kind in _PUBLISHED:
        for path, project in document.goal_tables():
            digits = re.sub(r"\D", "", project.phone or "")
            if _MOBILE.fullmatch(digits):
                yield _gap(document, f"{path}.phone", "负责人的手机号码", digits)


@rule(
    "PRIV-003", title="不写银行账号", severity=Severity.ERROR, basis="personal-information-law", article=28,
    checks=("D42",),
)  # fmt: skip
def no_bank_card_is_published(document: BudgetDocument) -> Iterator[Gap]:
    """No text has a card number that is right by Luhn, beginning as bank cards do or named as an account.

    An account of 16 to 20 digits right after its name need not be right by any formula.
    """
    for path, digits, before, _, _ in _numbers(document):
        if is_identity_number(digits):
            continue
        if is_card_number(digits) and (digits.startswith("62") or _ACCOUNT.search(before)):
            yield _gap(document, path, "银行卡号", digits)
        elif (
            not digits.startswith("62")
            and _ACCOUNT_NUMBER.fullmatch(digits)
            and _NAMED_ACCOUNT.search(before)
        ):
            yield _gap(document, path, "银行账号", digits)


@rule(
    "PRIV-004", title="不写个人姓名和待遇", severity=Severity.WARNING, basis="personal-information-law", article=6,
    checks=("D42",),
)  # fmt: skip
def no_private_person_is_named_with_money(document: BudgetDocument) -> Iterator[Gap]:
    """No project is named after a person who is paid from it ("含×××工资"); offices and groups are no persons."""
    for path, text in corpus(document).holding(name_pattern()):
        if ".indicators." in path or path.startswith(("glossary", "duties")):
            continue
        for name, whole in names_with_money(text):
            hidden = name[0] + "×" * (len(name) - 1)
            yield Gap(
                path=path,
                message=f"“{whole.replace(name, hidden).strip('（()）')}”写有个人姓名“{hidden}”和待遇",
                remedy="公开前改为“人员经费”“补助 1 人”等，不写姓名",
                stated=hidden,
            )


@rule(
    "PRIV-005", title="公开内容没有密级标志", severity=Severity.ERROR, basis="budget-law", article=14,
    checks=("D42",), applies=lambda document: document.kind in _PUBLISHED,
)  # fmt: skip
def nothing_secret_is_published(document: BudgetDocument) -> Iterator[Gap]:
    """No text of a disclosure has a mark of secrecy (机密★5年, 密级：秘密), nor calls itself secret, which is a warning."""
    for pattern, severity in ((_SECRET, None), (_SECRET_FILE, Severity.WARNING)):
        for path, text in corpus(document).holding(pattern):
            mark = "、".join(match[0] for match in pattern.finditer(text))
            if path.startswith("duties") and severity is not None:
                continue
            yield Gap(
                path=path,
                message=f"公开内容有密级{'标志' if severity is None else '字样'}“{mark}”",
                remedy="核对是否可以公开；涉密内容不得公开",
                stated=mark,
                severity=severity,
            )
