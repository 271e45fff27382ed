"""WGT: the weights of a declared table add up, and the scoring standard names the target that it scores."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import declared, framed
from jiheng.auditing.thresholds import thresholds
from jiheng.auditing.walk import Row, rows, rows_of
from jiheng.budget import (
    BudgetDocument,
    Dimension,
    Indicator,
    IndicatorValue,
    Money,
    Project,
    Severity,
    normalise,
    plain,
)

_BOTH = frozenset({"产出指标", "效益指标"})
_OPPOSITE = {"≥": "<", ">": "<", "≤": ">", "<": ">"}
_ROWS_TO_JUDGE = 4
_TARGET = re.compile(r"^(?:[≥≤><=]|不低于|不少于|不高于|不超过)?\d[\d,]*(?:\.\d+)?[^\d,，;；。]{0,6}$")


@lru_cache(maxsize=1024)
def _number(text: str | None) -> Decimal | None:
    money = Money.parse(text.rstrip("%％分 ") if text else None)
    return money.number if money is not None else None


def _weighted(path: str, project: Project) -> Iterator[list[tuple[Row, Decimal]]]:
    """The rows of each term with their weights; a table in which a row has none is left out: it may be unread."""
    terms: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows_of(path, project):
        terms[row.indicator.term].append(row)
    for found in terms.values():
        weights = [_number(row.indicator.weight) for row in found]
        known = [(row, weight) for row, weight in zip(found, weights, strict=True) if weight is not None]
        if known and len(known) == len(found):
            yield known


@rule(
    "WGT-001", title="指标分值合计为 90 或 100", severity=Severity.ERROR, basis="mof-2020-10", article=13,
    checks=("G36",), applies=lambda document: declared(document) and framed(document),
)  # fmt: skip
def weights_make_up_the_whole(document: BudgetDocument) -> Iterator[Gap]:
    """The weights of a declared table add up to 90, or with those of execution to 100; as shares, to 0.9 or 1.

    Only a warning where 产出 or 效益 is missing: rows may stand on a page that was not read.
    """
    wholes = {Decimal(one) for one in thresholds("weights")["wholes"]}
    for path, project in document.goal_tables():
        execution = [weight for line in project.funding if (weight := _number(line.weight)) is not None]
        yield from _blank_weights(path, project, execution, wholes)
        for known in _weighted(path, project):
            parts = [weight for _, weight in known]
            total = sum(parts, Decimal(0))
            if total in wholes or total + sum(execution, Decimal(0)) in (1, 100):
                continue
            goal = 90 if abs(total - 90) < abs(total - 100) else 100
            spelled = " + ".join(plain(part) for part in parts)
            yield Gap(
                path=f"{known[0][0].path}.weight",
                message=f"{len(parts)} 项指标的分值 {spelled} = {plain(total)}，应为 {goal}，相差 {plain(abs(total - goal))}",
                remedy="调整分值，使指标合计为 90 分（另有预算执行率 10 分）或 100 分",
                stated=plain(total),
                computed=str(goal),
                difference=plain(abs(total - goal)),
                related=tuple(f"{row.path}.weight" for row, _ in known[1:]),
                severity=None if {row.level1 for row, _ in known} >= _BOTH else Severity.WARNING,
            )


def _blank_weights(
    path: str, project: Project, execution: Sequence[Decimal], wholes: set[Decimal]
) -> Iterator[Gap]:
    """The one row of a term without a weight, where the others fall short of the whole; a weight of nought is asked about."""
    terms: dict[str | None, list[tuple[Row, Decimal | None]]] = defaultdict(list)
    for row in rows_of(path, project):
        terms[row.indicator.term].append((row, _number(row.indicator.weight)))
    for found in terms.values():
        blank = [row for row, weight in found if weight is None]
        total = sum((weight for _, weight in found if weight is not None), Decimal(0))
        for row, weight in found:
            if weight == 0:
                yield Gap(
                    path=f"{row.path}.weight",
                    message=f"{row.label}的分值为 0",
                    remedy="核对分值；不计分的指标可以删去",
                    stated="0",
                    severity=Severity.NOTICE,
                )
        if len(blank) != 1 or len(found) < _ROWS_TO_JUDGE or not 1 < total < max(wholes):
            continue
        if total not in wholes and total + sum(execution, Decimal(0)) != max(wholes):
            yield Gap(
                path=f"{blank[0].path}.weight",
                message=f"{blank[0].label}没有分值，其余 {len(found) - 1} 项合计 {plain(total)} 分",
                remedy="补填分值，使指标合计为 90 分（另有预算执行率 10 分）或 100 分",
                computed=plain(total),
            )


@rule(
    "WGT-003", title="一级指标分值符合通行比例", severity=Severity.NOTICE, basis="mof-2021-101", article="分值",
    checks=("G36",), applies=lambda document: declared(document) and framed(document),
)  # fmt: skip
def levels_have_their_usual_weights(document: BudgetDocument) -> Iterator[Gap]:
    """产出, 效益, 满意度 have 50, 30, 10, with 成本 20, 40, 20, 10; without 满意度 its points are 效益's.

    Tables of 100 are left alone, and so are those that WGT-001 reports.
    """
    usual = [dict(one) for one in thresholds("weights")["usual"]]
    for path, project in document.goal_tables():
        for known in _weighted(path, project):
            found: dict[str, Decimal] = defaultdict(Decimal)
            for row, weight in known:
                found[row.level1] += weight
            if "" in found or sum(found.values()) != 90 or dict(found) in usual:
                continue
            spelled = "、".join(f"{name} {plain(weight)} 分" for name, weight in found.items())
            yield Gap(
                path=f"{known[0][0].path}.weight",
                message=f"一级指标的分值为{spelled}，与通行的产出 50、效益 30、满意度 10 分（设成本的为成本 20、产出 40、效益 20、"
                "满意度 10 分）不同",
                remedy="按通行比例调整，或说明理由",
                related=tuple(f"{row.path}.weight" for row, _ in known[1:]),
            )


@rule(
    "WGT-004", title="单项指标的分值不过半", severity=Severity.NOTICE, basis="mof-2021-101", article="分值",
    checks=("G29",), applies=lambda document: declared(document) and framed(document),
)  # fmt: skip
def no_indicator_has_half_of_all_points(document: BudgetDocument) -> Iterator[Gap]:
    """Of several indicators none has more than half of all points."""
    for path, project in document.goal_tables():
        for known in _weighted(path, project):
            total = sum((weight for _, weight in known), Decimal(0))
            for row, weight in known:
                if len(known) > 2 and weight * 2 > total:
                    yield Gap(
                        path=f"{row.path}.weight",
                        message=f"{row.label}的分值 {plain(weight)} 超过全部 {plain(total)} 分的一半",
                        remedy="分散分值，使各项产出和效益都得到衡量",
                        stated=plain(weight),
                        computed=plain(total),
                    )


@rule(
    "WGT-005", title="评分标准与指标值一致", severity=Severity.ERROR, basis="form-performance-text", article="指标值",
    checks=("G31",),
)  # fmt: skip
def the_scoring_standard_names_the_target(document: BudgetDocument) -> Iterator[Gap]:
    """A scoring standard that is nothing but a target states the indicator's own: the same sign, number and unit.

    A standard the other way round ("低于 85%" beside ≥90%) says when points are lost, and is left alone.
    """
    for row in rows(document):
        for field, title in (("scoring", "评（扣）分标准"), ("standard", "绩效标准")):
            if contrary := _contrary(row, field):
                yield Gap(
                    path=f"{row.path}.{field}",
                    message=f"{row.label}的指标值为“{row.indicator.value.text if row.indicator.value else ''}”，{title}写“{contrary}”，"
                    "两处不一致",
                    remedy="核对后改为同一界限或同一等级",
                    stated=contrary,
                    related=(f"{row.path}.value",),
                    severity=None if field == "scoring" else Severity.WARNING,
                )
                continue
            other = _other_target(row.indicator, field)
            value = row.indicator.value
            if other is None or value is None or other.number is None or value.number is None:
                continue
            yield Gap(
                path=f"{row.path}.{field}",
                message=f"{row.label}的指标值为“{value.text}”，{title}写“{other.text}”，两处数值不一致",
                remedy="核对后改为同一数值",
                stated=plain(Decimal(other.number)),
                computed=plain(Decimal(value.number)),
                unit=value.unit,
                related=(f"{row.path}.value",),
                severity=None if field == "scoring" else Severity.WARNING,
            )


_GRADES = frozenset({"优", "优秀", "良", "良好", "中", "一般", "较好", "差", "合格", "不合格"})
_AGAINST = {"≥": "≤", "≤": "≥"}
_SIGNED = re.compile(r"[≥≤]\d+(?:\.\d+)?[^\d,，;；。、得扣]{0,3}")


def _contrary(row: Row, field: str) -> str:
    """What a standard states against the value: the opposite sign, another grade, or another bound in a longer text.

    Of several bounds each is a step of its own, and so is one for which points are given or taken.
    """
    text, value = normalise(getattr(row.indicator, field)), row.indicator.value
    if not text or value is None:
        return ""
    own = normalise(value.text)
    if text in _GRADES and own in _GRADES:
        return text if text[0] != own[0] else ""
    if value.number is None or value.operator not in _AGAINST:
        return ""
    stated = IndicatorValue.parse(text)
    if _TARGET.match(text):
        same = stated.number is not None and Decimal(stated.number) == Decimal(value.number)
        return text if same and stated.operator == _AGAINST[value.operator] else ""
    found = list(_SIGNED.finditer(text))
    if len(found) != 1 or text[found[0].end() :].strip("。.;；)）"):
        return ""
    bound = IndicatorValue.parse(found[0][0])
    if (
        bound.operator != value.operator
        or bound.number is None
        or bound.unit != value.unit
        or bound.unit is None
    ):
        return ""
    return found[0][0] if Decimal(bound.number) != Decimal(value.number) else ""


def _other_target(indicator: Indicator, field: str) -> IndicatorValue | None:
    """What ``field`` states as the target where it is another one than the value; ``None`` where it does not."""
    text, value = normalise(getattr(indicator, field)), indicator.value
    if not text or value is None or value.interval is None or not _TARGET.match(text):
        return None
    stated = IndicatorValue.parse(text)
    if stated.interval is None or stated.meaning.tail or stated.number is None or value.number is None:
        return None
    if stated.operator is not None and stated.operator == _OPPOSITE.get(value.operator or ""):
        return None
    if Dimension.UNKNOWN in (stated.dimension, value.dimension) or value.dimension is Dimension.MONTH:
        one, two = Decimal(stated.number), Decimal(value.number)
    elif stated.dimension is value.dimension:
        one, two = Decimal(stated.number) * _scale(stated), Decimal(value.number) * _scale(value)
    else:
        return None
    return stated if one != two else None


def _scale(value: IndicatorValue) -> Decimal:
    unit = value.meaning.unit
    return unit.factor if unit is not None else Decimal(1)
