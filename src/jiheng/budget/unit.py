"""Units of indicator values: what each measures and how many of the base unit it is."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

import msgspec

from jiheng.budget.text import normalise


class Dimension(StrEnum):
    """What kind of thing a unit measures."""

    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    DURATION = "duration"
    MONTH = "month"
    """A point in the year given by its month ("12 月底"), not a length of time."""
    UNKNOWN = "unknown"


class Unit(msgspec.Struct, frozen=True):
    """A unit taken apart.

    Attributes:
        text: as written.
        dimension: of the numerator ("元" in "元/亩").
        factor: how many base units (元, per cent, 1 piece, second) one unit is.
        base: the counted thing or the base unit ("件" in "万件").
        per: what it is counted for, each as written ("人", "月" in "元/人/月").
    """

    text: str
    dimension: Dimension
    factor: Decimal = Decimal(1)
    base: str = ""
    per: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> Unit | None:
        """The unit in ``text``, ``None`` when the whole of it is no known unit."""
        return _parsed(text) if text else None


@lru_cache(maxsize=4096)  # documents write the same few units thousands of times
def _parsed(text: str) -> Unit | None:
    head, *per = _PER.split(normalise(text).strip("()"))
    known = _simple(head)
    if known is None:
        return None
    dimension, factor, base = known
    return Unit(text, dimension, factor, base, tuple(part for part in per if part))


_PER: Final = re.compile(r"[/每]|(?<=元)(?=人次|人年|人月)")
_MONEY: Final = {"元": 1, "块": 1, "百元": 100, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000,
                 "元整": 1, "元钱": 1, "圆": 1}  # fmt: skip
_SHARE: Final = {"%": Decimal(1), "百分比": Decimal(1), "个百分点": Decimal(1), "百分点": Decimal(1),
                 "‰": Decimal("0.1"), "成": Decimal(10)}  # fmt: skip
_DAY: Final = Decimal(86_400)
_DURATION: Final = {
    "秒": Decimal(1), "分钟": Decimal(60), "小时": Decimal(3600), "个小时": Decimal(3600), "课时": Decimal(3600),
    "天": _DAY, "日": _DAY, "工作日": _DAY, "个工作日": _DAY, "自然日": _DAY, "个自然日": _DAY,
    "周": 7 * _DAY, "个周": 7 * _DAY, "星期": 7 * _DAY, "个星期": 7 * _DAY,
    "月": 30 * _DAY, "个月": 30 * _DAY, "季度": 90 * _DAY, "个季度": 90 * _DAY, "学期": 180 * _DAY,
    "年": 365 * _DAY, "年以上": 365 * _DAY, "学年": 365 * _DAY, "个年度": 365 * _DAY, "年度": 365 * _DAY,
    "期限": 365 * _DAY,
}  # fmt: skip
_COUNT: Final = frozenset(
    [
        "人",
        "名",
        "位",
        "人次",
        "人份",
        "户",
        "户次",
        "家",
        "个",
        "件",
        "项",
        "次",
        "份",
        "套",
        "台",
        "辆",
        "台套",
        "座",
        "处",
        "所",
        "间",
        "栋",
        "幢",
        "本",
        "册",
        "卷",
        "篇",
        "条",
        "期",
        "场",
        "场次",
        "批",
        "批次",
        "张",
        "幅",
        "块",
        "片",
        "支",
        "只",
        "头",
        "匹",
        "尾",
        "羽",
        "株",
        "棵",
        "粒",
        "瓶",
        "箱",
        "袋",
        "包",
        "桶",
        "盒",
        "把",
        "顶",
        "根",
        "盏",
        "部",
        "架",
        "艘",
        "节",
        "组",
        "队",
        "班",
        "点",
        "村",
        "乡",
        "镇",
        "街道",
        "社区",
        "站",
        "网点",
        "平",
        "平方",
        "平米",
        "平方米",
        "㎡",
        "m2",
        "公顷",
        "亩",
        "亩次",
        "公里",
        "千米",
        "km",
        "米",
        "m",
        "延米",
        "延长米",
        "厘米",
        "毫米",
        "吨",
        "千克",
        "公斤",
        "斤",
        "克",
        "t",
        "kg",
        "方",
        "立方",
        "立方米",
        "m3",
        "升",
        "度",
        "千瓦时",
        "千瓦",
        "kw",
        "兆瓦",
        "兆",
        "m",
        "g",
        "gb",
        "tb",
        "分",
        "级",
        "档",
        "类",
        "种",
        "门",
        "课",
        "样",
        "例",
        "人/次",
        "对",
        "双",
        "副",
        "面",
        "轮",
        "遍",
        "趟",
        "班次",
        "车次",
        "架次",
        "起",
        "宗",
        "单",
        "笔",
        "户/人",
        "倍",
        "余",
        "余人",
        "多人",
        "平方公里",
        "km2",
        "只次",
        "车",
        "桩",
        "口",
        "眼",
        "处次",
        "字",
        "万字",
        "版",
        "集",
        "段",
        "封",
        "通",
        "条次",
        "篇次",
        "项次",
        "件次",
        "床",
        "床位",
        "张床",
        "席",
        "桌",
        "盘",
        "板",
        "孔",
        "根次",
        "米2",
        "米3",
        "公里/年",
        "孩",
        "生",
    ]
)
_MONTH: Final = frozenset(
    [
        "月底",
        "月底前",
        "月末",
        "月末前",
        "月份",
        "月前",
        "月份前",
        "月底之前",
        "月份底",
        "月份底前",
        "月底以前",
        "月中旬",
        "月上旬",
        "月下旬",
        "月初",
    ]
)
_SCALES: Final = (
    ("万", Decimal(10_000)), ("千", Decimal(1_000)), ("百", Decimal(100)), ("亿", Decimal(100_000_000)),
)  # fmt: skip


def _simple(text: str) -> tuple[Dimension, Decimal, str] | None:
    """Dimension, factor and base of a unit without a "per" part; case of Latin letters does not matter."""
    text = text.lower()
    if text in _MONEY:
        return Dimension.MONEY, Decimal(_MONEY[text]), "元"
    if text in _SHARE:
        return Dimension.SHARE, _SHARE[text], "%"
    if text in _DURATION:
        return Dimension.DURATION, _DURATION[text], "秒"
    if text in _MONTH:
        return Dimension.MONTH, Decimal(1), "月"
    if text in _COUNT:
        return Dimension.COUNT, Decimal(1), text
    for scale, factor in _SCALES:
        rest = text.removeprefix(scale)
        if rest != text and (not rest or rest in _COUNT):
            return Dimension.COUNT, factor, rest
    return None
