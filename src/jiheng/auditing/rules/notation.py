"""WORD: document numbers, dates and signs are written as documents of offices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.prose import corpus
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.walk import rows
from jiheng.budget import BudgetDocument, Severity

# 冀财社【2023】218号, 冀办(2019)54 号: the year in any brackets but 〔〕.
_NUMBERED = re.compile(
    r"(?:按照|根据|依据|依照|的批复和|据)?([\u4e00-\u9fff]{2,8})\s*[【\[(（［]\s*(20\d\d)\s*[】\])）］]\s*(第?)\s*(\d{1,4})\s*号"
)
_BRACKETED = re.compile(r"[【\[(（［]\s*20\d\d\s*[】\])）］]")
_DATE = re.compile(
    r"二[〇○零Ｏ0][一二三四五六七八九〇○零]{2}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)
_DOTTED = re.compile(r"(?<![\d.])(20\d\d)\.(1[0-2]|0?[1-9])\.(3[01]|[12]\d|0?[1-9])(?![\d.])")
_DOTTED_YEAR = re.compile(r"20\d\d\.\d")
"""What a dotted date is looked for by: long texts are passed over quickly by what a pattern begins with."""
_DIGITS = {sign: str(digit) for digit, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
    "0": "0",
}
# What the ministry's forms print, beside what keyboards give.
_SIGNS = (
    (re.compile(r">=|=>|≧|⩾|＞＝|＞=|>＝"), "≥", "≥"),
    (re.compile(r"<=|=<|≦|⩽|＜＝|＜=|<＝"), "≤", "≤"),
    (re.compile("％"), "%", "%"),
)


@rule(
    "WORD-007", title="发文字号用六角括号", severity=Severity.NOTICE, basis="gb-t-9704-2012", article="发文字号",
    checks=("F03", "C14"),
)  # fmt: skip
def a_document_number_has_its_brackets(document: BudgetDocument) -> Iterator[Gap]:
    """The year of a document number stands in 〔〕; each number is told once, with all places where it stands."""
    found: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    whole: dict[str, str] = {}
    for path, text in corpus(document).holding(_BRACKETED):
        for match in _NUMBERED.finditer(text):
            number = f"{match[1]}〔{match[2]}〕{match[3]}{match[4]}号"
            found.setdefault(number, []).append(path)
            written.setdefault(number, text[match.start(1) : match.end()])
            whole.setdefault(path, text)
    for number, paths in found.items():
        yield Gap(
            path=paths[0],
            message=f"发文字号“{written[number]}”的年份应用六角括号，写成“{number}”"
            + (f"，另有 {len(paths) - 1} 处" if len(paths) > 1 else ""),
            remedy="改用〔〕",
            stated=written[number],
            computed=number,
            mends=tuple((one, _mended(whole[one])) for one in dict.fromkeys(paths)),
            related=tuple(dict.fromkeys(paths[1:])),
        )


def _mended(text: str) -> str:
    """``text`` with 〔〕 around the year of every document number."""
    return _NUMBERED.sub(
        lambda match: f"{text[match.start() : match.start(1)]}{match[1]}〔{match[2]}〕{match[3]}{match[4]}号",
        text,
    )


@rule(
    "WORD-008", title="日期用阿拉伯数字", severity=Severity.NOTICE, basis="gb-t-9704-2012", article="成文日期",
    checks=("F03",),
)  # fmt: skip
def a_date_is_in_digits(document: BudgetDocument) -> Iterator[Gap]:
    """A year is written 2024年, not 二〇二四年, and a day with 年, 月 and 日, not 2024.3.1."""
    for path, text in corpus(document).holding(_DOTTED_YEAR):
        match = None if ".indicators." in path else _DOTTED.search(text)
        if match is not None:
            due = f"{match[1]}年{int(match[2])}月{int(match[3])}日"
            yield Gap(
                path=path,
                message=f"日期“{match[0]}”应写成“{due}”",
                remedy="用阿拉伯数字和年、月、日书写日期",
                stated=match[0],
                computed=due,
            )
    for path, text in corpus(document).holding(_DATE):
        match = _DATE.search(text)
        if match is not None:
            year = "2" + "".join(_DIGITS[sign] for sign in match[0][1:4])
            yield Gap(
                path=path,
                message=f"日期“{match[0]}”应用阿拉伯数字，年份写成“{year}年”",
                remedy="改用阿拉伯数字",
                stated=match[0],
                computed=f"{year}年",
            )


@rule(
    "WORD-009", title="符号写法统一", severity=Severity.NOTICE, basis="form-performance-text", article="指标值",
    checks=("F04",),
)  # fmt: skip
def signs_are_written_alike(document: BudgetDocument) -> Iterator[Gap]:
    """A document does not write ≥ in one value and >= in another, nor % beside ％; each sign is told once."""
    values = [
        (row.path, row.indicator.value.text) for row in rows(document) if row.indicator.value is not None
    ]
    for pattern, usual, sign in _SIGNS:
        odd = [(path, text, match[0]) for path, text in values if (match := pattern.search(text))]
        regular = sum(usual in text for _, text in values)
        if odd and regular:
            path, text, written = odd[0]
            yield Gap(
                path=f"{path}.value",
                message=f"{len(odd)} 个指标值写作“{written}”（如“{text}”），另有 {regular} 个写作“{sign}”，写法不一",
                remedy=f"统一写作“{sign}”",
                stated=written,
                computed=sign,
                related=tuple(f"{one}.value" for one, _, _ in odd[1:40]),
            )
