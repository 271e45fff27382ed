"""VAL: the bounds of a target (≥, ≤, 以上, 以内) can be missed, can be reached, and are stated once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared
from jiheng.auditing.walk import Row, valued
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue, Severity, normalise

_RATE = re.compile(r"(?:率|比例|比重|占比|满意度|知晓度|程度)(?:\([^)]*\))?$")
# Shares that are no part of a whole and may well be more than it.
_NO_PART = re.compile(r"投入产出|产出比|拨备|杠杆|负债率|流动比|速动比|回报|收益率|利润率|容积率|产销率|偿债")
# More than was planned is possible, if unusual: asked about, not called wrong.
_OVER_PLAN = re.compile(r"(?:完成|执行|达成|实现)率$")
BOUNDS_UP: Final = ("以上", "及以上", "或以上")
BOUNDS_DOWN: Final = ("以下", "以内", "之内", "及以下", "内")
"""Words behind a number that make it a bound."""
_GROWTH = re.compile(r"增长|增速|增幅|增值|提高|提升|增加|改善|同比|较上年|比上年|与上年|较之前")


def _is_growth(row: Row) -> bool:
    return _GROWTH.search(f"{row.indicator.level3 or ''}{row.indicator.description or ''}") is not None


def is_vacuous(row: Row, value: IndicatorValue) -> bool:
    """Whether no result can miss it: ≥0 of what cannot be negative. Growth can, and >0 asks for something."""
    return (
        value.operator == "≥"
        and value.number is not None
        and Decimal(value.number) == 0
        and not (value.dimension is Dimension.SHARE and _is_growth(row))
    )


@rule(
    "VAL-005", title="指标值不是怎样都能达到", severity=Severity.ERROR, basis="mof-2021-101", article="取值依据",
    checks=("G15",),
)  # fmt: skip
def a_target_can_be_missed(document: BudgetDocument) -> Iterator[Gap]:
    """A target such as ≥0 is met by any result; ≥0 growth is not, for it can be negative."""
    for row, value in valued(document):
        if is_vacuous(row, value):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”任何结果都能达到，等于没有目标",
                remedy="按计划或上年实际填写目标值",
                stated=value.text,
            )


@rule(
    "VAL-006", title="比率和满意度在 0 到 100% 之间", severity=Severity.ERROR, basis="form-performance-text",
    article="指标值", checks=("G13",),
)  # fmt: skip
def a_rate_is_at_most_100_percent(document: BudgetDocument) -> Iterator[Gap]:
    """A rate or a satisfaction is not below nought nor above 100 per cent; growth and ratios of two wholes may be.

    An upper bound above 100 promises nothing impossible, save for a satisfaction. Overfulfilment
    (完成率 ≥105%) is only asked about.
    """
    for row, value in valued(document):
        interval = value.interval
        if value.dimension is not Dimension.SHARE or interval is None:
            continue
        named = normalise(row.indicator.level3 or row.indicator.description)
        satisfies = row.level1 == "满意度指标"
        if not (_RATE.search(named) or satisfies) or _is_growth(row):
            continue
        if _NO_PART.search(f"{row.indicator.level3 or ''}{row.indicator.description or ''}"):
            continue
        if interval.low is not None and interval.low < 0:
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”是负数，比率不小于 0",
                remedy="更正指标值；增减幅度在名称中写明“增长”“下降”",
                stated=value.number,
                computed="0",
                unit="%",
            )
            continue
        above = interval.high if interval.low is None and satisfies else interval.low
        if above is not None and (above > 100 or (interval.open_low and interval.low == 100)):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”超过 100%",
                remedy="更正指标值",
                stated=value.number,
                computed="100",
                unit="%",
                severity=Severity.WARNING if _OVER_PLAN.search(named) else None,
            )


@rule(
    "VAL-007", title="指标值的符号和文字不重复、不矛盾", severity=Severity.WARNING, basis="form-performance-text",
    article="指标值", checks=("G11",),
)  # fmt: skip
def a_bound_is_stated_once(document: BudgetDocument) -> Iterator[Gap]:
    """A bound is given by a sign or by a word: "≥95%以上" says it twice, "≤95%以上" contradicts itself."""
    for row, value in valued(document):
        tail = value.meaning.tail
        up, down = tail.startswith(BOUNDS_UP), tail.startswith(BOUNDS_DOWN)
        if gap := _said_twice(row, value):
            yield gap
            continue
        if value.operator is None or not (up or down):
            continue
        is_word = tail in (*BOUNDS_UP, *BOUNDS_DOWN) and value.text.endswith(tail)
        against = (value.operator in ("≤", "<") and up) or (value.operator in ("≥", ">") and down)
        yield Gap(
            path=f"{row.path}.value",
            message=f"指标值“{value.text}”的“{value.operator}”和“{tail}”{'互相矛盾' if against else '重复'}",
            remedy="符号和“以上”“以内”只用一个",
            mends=((f"{row.path}.value", value.text.removesuffix(tail)),) if is_word and not against else (),
            stated=value.text,
            severity=Severity.ERROR if against else None,
        )


_TWO_BOUNDS = re.compile(
    r"^([≥≤><=])?(?:(不低于|不少于|不小于|不得少于|不得低于|大于等于|大于|高于|至少)|(不高于|不超过|不多于|不大于|不得超过|小于等于|小于|低于|至多|最多))"
    r"\d[\d,.]*\D{0,6}?(?:((?:及)?以上)|((?:及)?以下|以内|之内))?$"
)


def _said_twice(row: Row, value: IndicatorValue) -> Gap | None:
    """The gap of a bound in words that a sign before it or a word behind it states once more: "≥不超过12段"."""
    match = _TWO_BOUNDS.match(normalise(value.text))
    if match is None:
        return None
    sign, low, high, above, below = match.groups()
    # 不低于…以上 and 不超过…以下 say the same twice; 大于…以下 and ≥不超过 contradict themselves
    others = [(sign, sign in ("≥", ">")), (above, True), (below, False)]
    said = [(word, is_low) for word, is_low in others if word and word != "="]
    if not said:
        return None
    head, is_low = low or high, bool(low)
    word, other = next((one for one in said if one[1] is not is_low), said[0])
    against = other is not is_low
    return Gap(
        path=f"{row.path}.value",
        message=f"指标值“{value.text}”的“{head}”和“{word}”{'互相矛盾' if against else '重复'}",
        remedy="界限只用一个符号写明，如“≥12 段”",
        stated=value.text,
        severity=Severity.ERROR if against else None,
    )


_AT_MOST_ALL: Final = re.compile(
    r"(?:完成|合格|达标|覆盖|通过|验收|到位|兑现|发放|准确|正确|及时|满意|知晓|执行|满足|优良|参保|完好|实现|达成|落实|办结)率(?:\([^)]*\))?$|满意度$"
)
"""Rates of a part in its whole."""
_AT_LEAST_ALL: Final = re.compile(r"^\s*(?:≥|≧|⩾|>=|＞＝|＞=|>＝)(\s*100(?:\.0+)?\s*(?:%|％|﹪|百分比)?\s*)$")
_MANY: Final = 40
"""No more places are named with one finding."""


@rule(
    "VAL-022", title="不超过 100% 的比率不写“≥100%”", severity=Severity.NOTICE, basis="form-performance-text",
    article="指标值", checks=("G13",), applies=declared,
)  # fmt: skip
def a_rate_of_all_is_stated_exactly(document: BudgetDocument) -> Iterator[Gap]:
    """A rate that 100 per cent is the most of is =100%, not ≥100%; told once for all places.

    A satisfaction of all is VAL-010's; growth and shares that may exceed their whole are left alone.
    """
    found = []
    for row, value in valued(document):
        written = _AT_LEAST_ALL.match(value.text)
        if written is None or value.dimension is not Dimension.SHARE or row.level1 == "满意度指标":
            continue
        named = normalise(row.indicator.level3 or row.indicator.description)
        if _AT_MOST_ALL.search(named) and not _is_growth(row) and not _NO_PART.search(named):
            found.append((row, value, f"={written[1].strip()}"))
    if not found:
        return
    row, value, due = found[0]
    paths = [f"{one.path}.value" for one, _, _ in found]
    yield Gap(
        path=paths[0],
        message=f"{row.label}的指标值“{value.text}”，比率最多为 100%，不会大于"
        + (f"；另有 {len(found) - 1} 项指标也这样写" if len(found) > 1 else ""),
        remedy="写成“=100%”；不要求全部做到的，写实际要达到的比率",
        stated=value.text,
        computed=due,
        mends=tuple((path, text) for path, (_, _, text) in zip(paths, found, strict=True)),
        related=tuple(paths[1:_MANY]),
    )
