"""Which disclosure table a title names, and what else the lines around a table say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from jiheng.budget import TableKind, is_money_unit, normalise, without_space
from jiheng.reading.blocks import Paragraph

# The first pattern that a title holds names its kind: special tables before the general ones.
_KINDS: Final = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"三公", TableKind.THREE_PUBLIC),
        (r"基本支出", TableKind.BASIC_EXPENDITURE),
        (r"政府采购", TableKind.PROCUREMENT),
        (r"(?:预算)?项目(?:支出|经费|资金)?(?:预算|明细|情况|总)?表|项目支出", TableKind.PROJECT_EXPENDITURE),
        (r"国有资本经营", TableKind.STATE_CAPITAL),
        (r"政府性?基金", TableKind.GOVERNMENT_FUND),
        (r"财政拨款(?:收入支出|收支)|财政拨款.*总表", TableKind.FISCAL_REVENUE_EXPENDITURE),
        (r"一般公共(?:预算|服务).*支出", TableKind.GENERAL_PUBLIC_EXPENDITURE),
        (r"(?:收入支出|收支)", TableKind.REVENUE_EXPENDITURE),
        (r"收入(?:预算|决算)?(?:总体)?(?:情况)?总?表|部门收入", TableKind.REVENUE),
        (r"支出", TableKind.EXPENDITURE),
    )
)
_TITLE: Final = re.compile(
    r"表(?:[(（]续[)）]|续|之[一二三四五六七八九十]+|[(（](?:按|试行|汇总|草案|部门|单位|分|财决|财预|公开|预算)[^()（）]{0,22}[)）])?$"
)
_NOT_TITLE: Final = re.compile(r"[。；;，,]|绩效|指标|见附?表|详见|资产|占用|使用情况表|如下表|下表$|[:：]")
_UNIT: Final = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(百万元|万元|千元|亿元|元)")
_HEAD_UNIT: Final = re.compile(r"[(（](百万元|万元|千元|亿元|元)[)）]")
_ISSUER: Final = re.compile(
    r"(?:编制|编报|申报|填报|填表|预算|公开)?(?:部门|单位)(?:名称|\((?:公章|盖章)\))?[:：](?!(?:人民币)?[百万千亿]*元)(.+?)(?:\d{4}年度?)?$"
)
_CODED: Final = re.compile(r"^(\d{3,6}-?(?!年)[^\d:：]{3,30})(?<!表)(?:20\d{2}年度?)?$")
"""A code and the body of that code, without a label: 305安澜县水务局."""
_CODE_BEFORE: Final = re.compile(r"^[\[【(]?(\d{3,9})[\]】)]?[-—]?([^\d\]】)-].+)$")
_OWNED: Final = re.compile(
    r"^(?:20\d{2}年度?)?(?P<body>[^\d“”()（）]{2,30}?(?:局|委员会|办公室|办事处|人民政府|镇政府|乡政府|中心|学院|大学|中学|小学|学校|医院|法院|检察院|管理处|协会|联合会|总工会|支队|大队|委))"
    r"(?:本级|机关)?(?=(?:20\d{2}年度?)?(?:部门|单位|财政拨款|一般公共预算|政府性基金|国有资本|收入|支出|收支|项目支出|[“\"]?三公|政府采购|基本支出))"
)
"""A title that begins with the body whose table it is."""
_SUBTITLE: Final = re.compile(r"^[(（][^()（）。]{2,30}[)）]$")
"""What a title adds in brackets on a line of its own."""
_NUMBER: Final = re.compile(
    r"^(?:附件|附表|附|财决|财预|预算|决算|部门|单位|公开|表)*[:：]?(?:[一二三四五六七八九十]{1,3}|[A-Z]?\d{1,2}(?:-\d{1,2}){0,2})(?:表|号|[:：])?$"
)
_YEAR: Final = re.compile(r"(20\d{2})年度?")
_NOTE: Final = re.compile(
    r"^(?:注|说明|备注)\d?[:：]?|(?:本表|此表|该表).*(?:无数据|为空|空表|没有|零)|无.*(?:故|所以).*(?:本表|此表)"
)
_LISTED: Final = re.compile(r"^(?:(?:注|说明|备注)[:：])?(\d)[.、．]")
_NUMBERED_TITLE: Final = re.compile(
    r"^(?:(?:附件|附表|附|表)+[一二三四五六七八九十\d-]+|[(（](?:附表|表)[一二三四五六七八九十\d-]+[)）]|(?:预算)?公开\d+表|[A-Z]\d{2}(?=[^\d])"
    r"|(?P<chapter>[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|\d{1,2}(?=[\u4e00-\u9fff])(?!\d{1,2}[年月日个])))[:：\s.、．]*"
)
_NUMBER_BEHIND: Final = re.compile(r"[(（](?P<number>(?:财决|财预|公开|预算)[^()（）]{0,10}表)[)）]$")


class Caption(msgspec.Struct):
    """What stands above a table."""

    kind: TableKind | None = None
    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    issuer_code: str | None = None
    owner: str | None = None
    """The body that the title begins with."""
    year: int | None = None
    unit: str | None = None
    is_final: bool = False


def is_title(text: str) -> bool:
    """Whether ``text`` could be the title of a table of money, a known one or not."""
    plain = normalise(text)
    rest = _NUMBERED_TITLE.sub("", plain)
    if _NUMBER.match(plain):
        return False
    return 3 < len(rest) <= 60 and _TITLE.search(rest) is not None and _NOT_TITLE.search(rest) is None


def kind_of(title: str) -> TableKind | None:
    """The kind that a title names."""
    plain = normalise(title)
    return next((kind for pattern, kind in _KINDS if pattern.search(plain)), None)


def is_caption(text: str) -> bool:
    """Whether a line above a table belongs to it: title, number, unit, issuer or year."""
    plain = normalise(text)
    if is_title(plain):
        return True
    if len(plain) > 60 or plain.endswith("。"):
        return False
    return (
        _UNIT.search(plain) is not None
        or _CODED.match(plain) is not None
        or _SUBTITLE.match(plain) is not None
        or _NUMBER.match(plain) is not None
        or _ISSUER.match(plain) is not None
        or re.fullmatch(r"[(（]?20\d{2}年度?[)）]?", plain) is not None
    )


def is_note(text: str) -> bool:
    """Whether a line below a table belongs to it."""
    return _NOTE.search(normalise(text)) is not None


def goes_on(note: str, text: str) -> bool:
    """Whether ``text`` is the next number of a list that began in ``note`` ("注：1.…", "2.…")."""
    first, second = _LISTED.search(normalise(note)), re.match(r"^(\d)[.、．]", normalise(text))
    return first is not None and second is not None and int(second[1]) == int(first[1]) + 1


def length_of_caption(before: Sequence[Paragraph]) -> int:
    """How many of the last lines belong to the table below them."""
    count = 0
    has_title = False
    for line in reversed(before[-7:]):
        if has_title and not _NUMBER.match(normalise(line.text)):
            break
        if line.style != "furniture" and not is_caption(line.text) and not _is_first_heading(before, line):
            break
        count += 1
        has_title = has_title or is_title(line.text)
    while count and before[len(before) - count].style == "furniture":
        count -= 1
    if has_title and count < len(before) and names_sheet(before[-count - 1]):
        count += 1
    return count


def names_sheet(line: Paragraph) -> bool:
    """Whether ``line`` is the name of a worksheet, which says the title of its table once more."""
    return line.place.sheet is not None and line.text == line.place.sheet


def _is_first_heading(before: Sequence[Paragraph], line: Paragraph) -> bool:
    """Whether ``line`` is the heading over a whole table: nothing else stands between its unit and its frame."""
    index = next(index for index in range(len(before) - 1, -1, -1) if before[index] is line)
    plain = normalise(line.text)
    return (
        index == len(before) - 1
        and index > 0
        and len(plain) <= 24
        and re.search(r"[。；;,，:：]", plain) is None
        and _UNIT.search(normalise(before[index - 1].text)) is not None
    )


def read_caption(texts: Iterable[str]) -> Caption:
    """What the lines above a table, and the cells of its first rows, say."""
    caption = Caption()
    for text in texts:
        plain = normalise(text)
        if is_title(plain) and caption.title is None:
            _read_title(text, caption)
        if match := _UNIT.search(plain):
            caption.unit = match[1] if is_money_unit(match[1]) else caption.unit
        if caption.issuer is None:
            caption.issuer_code, caption.issuer = _issuer(plain)
        if _NUMBER.match(plain) and caption.number is None:
            caption.number = plain
        if (match := _YEAR.search(plain)) and caption.year is None:
            caption.year = int(match[1])
    caption.issuer = caption.issuer or caption.owner
    return caption


def _issuer(plain: str) -> tuple[str | None, str | None]:
    """Code and name of the body that a line names, before or behind the unit of money that may stand in it."""
    for part in _UNIT.split(plain)[::2]:
        if match := _ISSUER.match(part) or _CODED.match(part):
            body = match[1].strip("|｜,，;；")
            coded = _CODE_BEFORE.match(body)
            return (coded[1], coded[2]) if coded else (None, body)
    return None, None


def _read_title(text: str, caption: Caption) -> None:
    plain = normalise(text)
    title = without_space(text)
    if match := _NUMBERED_TITLE.match(plain):
        # a number of the table is a field of its own, one of a chapter says nothing
        title = without_space(title[match.end() :]) if len(title) == len(plain) else title
        if match["chapter"] is None and caption.number is None:
            caption.number = match[0].strip(":：、.． ()（）")
    if match := _NUMBER_BEHIND.search(title):
        title = title[: match.start()]
        caption.number = caption.number or match["number"]
    caption.title = title
    caption.kind = kind_of(plain)
    caption.owner = owner["body"] if (owner := _OWNED.match(title)) else None
    caption.is_final = "决算" in plain


def year_in_heads(labels: Iterable[str]) -> int | None:
    """The year that a table is about by its headings: the last one ("2023年预算数", "2024年预算数")."""
    return max((int(year) for label in labels for year in _YEAR.findall(normalise(label))), default=None)


def unit_in_heads(labels: Iterable[str]) -> str | None:
    """The unit of money that every heading with a unit gives ("预算数（元）"); ``None`` when they differ."""
    found = {match[1] for label in labels if (match := _HEAD_UNIT.search(normalise(label)))}
    return found.pop() if len(found) == 1 else None
