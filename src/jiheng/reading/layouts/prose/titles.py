"""Titles and covers of disclosures: "安澜县2025年县级部门预算", "安澜县水务局 / 2024 年度部门决算"."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from jiheng.budget import Kind, normalise, without_space
from jiheng.reading.layouts.status import part_status

_TITLE: Final = re.compile(
    r"^(?P<name>.*?)(?P<year>20\d{2})年?度?(?P<after>[^年度]{0,20}?)(?:区级|县级|市级|省级|本级|本)?(?P<body>部门|单位)?(?P<what>预算|决算)"
    r"(?:信息|公开|情况|分析|的)*(?:说明|报告|文本|草案|公示|表)?(?:[(（](?:公开|公开版)[)）])?$"
)
_AND_THREE_PUBLIC: Final = re.compile(r"(?:及|和|与|、)[“\"]?三公[”\"]?经费(?:预算|决算)?")
"""Named in the title beside the budget itself: 2024年部门预算及“三公”经费预算公开说明."""
_TELLS: Final = re.compile(r"编制(?:情况)?(?=(?:的)?说明(?:[(（]|$))")
"""Of 部门预算编制说明: 编制 alone is of a chapter."""
_FIRST_LINE: Final = re.compile(r"(?:^|.{2,40})20\d{2}年度?$")
_SECOND_LINE: Final = re.compile(r"^.{0,30}(?:预算|决算)(?:信息|公开|情况|的|说明|报告|草案|文本)*$")
_NOT_TITLE: Final = re.compile(
    r"^第[一二三四五六七八九十]+部分|^[一二三四五六七八九十]+、|^[(（]|^\d+[.、．]|[。；;]|编制|总表|收入|支出|三公|基本|项目|绩效|采购|资产|名词"
)
_BODY: Final = re.compile(
    r"^(?:预算主管部门|主管部门|预算单位|预算部门|部门名称|单位名称|编制部门|编制单位|公开部门|公开单位|部门|单位)(?:\(公章\)|\(盖章\))?[:：](.+)$"
)
_FINAL_KIND: Final = {"决算": Kind.FINAL_ACCOUNTS}


class Title(msgspec.Struct, frozen=True):
    """A title line; ``name`` is the body named in it, "" when none is."""

    kind: Kind
    year: int
    name: str
    is_unit: bool
    status: str | None = None
    """草案 and the like, in brackets behind it."""


def parse_title(text: str) -> Title | None:
    """The title in ``text``, or ``None``."""
    plain, status = part_status(_AND_THREE_PUBLIC.sub("", normalise(text)))
    plain = _TELLS.sub("", plain)
    if not 6 <= len(plain) <= 60 or _NOT_TITLE.search(plain):
        return None
    match = _TITLE.match(plain)
    if match is None:
        return None
    is_unit = match["body"] == "单位"
    kind = _FINAL_KIND.get(match["what"]) or (Kind.UNIT_DISCLOSURE if is_unit else Kind.DEPARTMENT_DISCLOSURE)
    name = match["name"].removesuffix("关于") or match["after"]
    return Title(kind, int(match["year"]), without_space(name), is_unit, status)


def parse_lines(first: str, second: str) -> Title | None:
    """The title that two lines give together: "安澜县水务局2024年度" over "部门决算", or the year over the rest."""
    above, below = normalise(first), normalise(second)
    rest, _ = part_status(below)
    if not _FIRST_LINE.match(above) or not _SECOND_LINE.match(rest) or re.search(r"20\d{2}", below):
        return None
    return parse_title(f"{above}{below}")


def parse_body(text: str) -> str | None:
    """The body that a line such as "预算主管部门：…" names."""
    match = _BODY.match(normalise(text))
    return match[1] if match and len(match[1]) < 50 and "元" not in match[1][-3:] else None


def looks_like_body(text: str) -> bool:
    """Whether a line is nothing but the name of an office."""
    plain = normalise(text)
    return (
        4 <= len(plain) <= 40
        and re.search(
            r"(?:局|办公室|办事处|委员会|政府|中心|院|校|学校|部|处|站|大队|支队|协会|联合会|委|馆|所|园|学|厅|署|室|办|团|社|场|台|厂|店|行|集团|公司|学会|指挥部|银行|队|组|本级|人大|政协|常委会|工会|商会|总会|联)(?:[(（].+[)）])?$",
            plain,
        )
        is not None
    )
