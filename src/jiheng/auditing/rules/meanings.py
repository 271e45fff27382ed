"""MEAN: the name, description, unit and second level of an indicator say the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import framed
from jiheng.auditing.walk import Row, rows, same_text
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue, Severity, normalise
from jiheng.standards.indicator_words import Subject, belonging_of, satisfaction_words, subject_of

_KIN: Final = ({"persons", "visits"}, {"visits", "times"}, {"persons", "households"})
"""What may be counted one for the other: 人数 described as 人次."""
_OF_WHOLE: Final = re.compile("占|比|率|/|÷|除以|分之|%")
_GROWS: Final = ("增长", "提高", "提升", "增加", "降低", "减少", "下降", "比例", "占", "率")
_TOLD: Final = 4
"""So many of the units that fit are named."""
_OTHER_LEVELS: Final = (
    "可持续影响", "社会效益", "经济效益", "生态效益", "数量指标", "质量指标", "时效指标", "成本指标",
)  # fmt: skip


def _fits(subject: Subject, value: IndicatorValue) -> bool | None:
    """Whether the unit of ``value`` is one for ``subject``; ``None`` where its unit is not known."""
    unit, dimension = value.meaning.unit, value.dimension
    if dimension is Dimension.UNKNOWN or unit is None or unit.text.endswith("块"):
        return None  # 块 is money as well as a measure
    if dimension.value != subject.dimension:
        return False
    return not subject.units or unit.base in subject.units


def _is_left_to_another(row: Row, subject: Subject, value: IndicatorValue) -> bool:
    """Whether another rule reports the unit: VAL-012 to VAL-014 by the second level, or it is growth in per cent."""
    if row.level2 == "数量指标" and value.dimension is Dimension.SHARE:
        return True
    if "成本指标" in (row.level1, row.level2):
        return value.dimension is not Dimension.MONEY
    if row.level2 == "时效指标" and value.dimension in (Dimension.MONEY, Dimension.COUNT):
        return True
    text = f"{row.indicator.level3 or ''}{row.indicator.description or ''}"
    grows = value.dimension is Dimension.SHARE and any(word in text for word in _GROWS)
    return grows or (subject.key == "period" and value.dimension is Dimension.MONTH)


@rule(
    "MEAN-001", title="计量单位与指标名称相称", severity=Severity.WARNING, basis="form-performance-text",
    article="指标值", checks=("G09", "G18"),
)  # fmt: skip
def a_unit_fits_the_name(document: BudgetDocument) -> Iterator[Gap]:
    """A number of persons is not counted in 件, a rate not in days; a description that explains the unit is MEAN-002's."""
    for row in rows(document):
        value, name = row.indicator.value, row.indicator.level3
        subject = subject_of(name) if name and value is not None else None
        if value is None or subject is None or _fits(subject, value) is not False:
            continue
        told = subject_of(row.indicator.description or "")
        if (told is not None and told.key != "number" and _fits(told, value)) or _is_left_to_another(
            row, subject, value
        ):
            continue
        units = "、".join(subject.units[:_TOLD]) or _usual(subject)
        yield Gap(
            path=f"{row.path}.value",
            message=f"{row.label}是{subject.title}，指标值“{value.text}”的单位“{value.unit}”不相称",
            remedy=f"核对指标名称和指标值；{subject.title}的单位一般为{units}",
            stated=value.text,
            related=(f"{row.path}.level3",),
        )


def _usual(subject: Subject) -> str:
    return {"share": "%", "money": "元、万元", "duration": "年、个月、天"}.get(subject.dimension, "计数单位")


@rule(
    "MEAN-002", title="指标描述与名称说的是一回事", severity=Severity.WARNING, basis="mof-2013-53",
    article="指标明确性", checks=("G24",),
)  # fmt: skip
def a_description_says_what_the_name_says(document: BudgetDocument) -> Iterator[Gap]:
    """A name and its description do not count different things, such as persons and times."""
    for row in rows(document):
        name, description = row.indicator.level3, row.indicator.description
        if not name or not description:
            continue
        one, two = subject_of(name), subject_of(description)
        if one is None or two is None or one.key == two.key or {one.key, two.key} in _KIN:
            continue
        if "number" in (one.key, two.key) or (one.key == "rate" and _OF_WHOLE.search(description)):
            continue  # 数 may count anything; a rate is told by what is divided: 发放人数占应发放人数
        value = row.indicator.value
        unit = f"，指标值为“{value.text}”" if value is not None else ""
        yield Gap(
            path=f"{row.path}.description",
            message=f"指标名称“{name}”是{one.title}，描述“{description}”是{two.title}{unit}",
            remedy="核对后使名称、描述和单位一致",
            stated=description,
            related=(f"{row.path}.level3", f"{row.path}.value"),
        )


@rule(
    "MEAN-003", title="不同指标的描述不相同", severity=Severity.WARNING, basis="mof-2013-53", article="指标明确性",
    checks=("G24", "C09"),
)  # fmt: skip
def descriptions_of_a_project_differ(document: BudgetDocument) -> Iterator[Gap]:
    """Two indicators of a project with different names do not have the same description, nor each other's name."""
    for path, project in document.goal_tables():
        told: dict[str, int] = {}
        names = {normalise(row.level3): at for at, row in enumerate(project.indicators) if row.level3}
        for index, row in enumerate(project.indicators):
            text = normalise(row.description)
            if not row.level3 or len(text) < 4 or text == normalise(row.level3):
                continue
            first = told.setdefault(text, index)
            other = first if first != index else names.get(text, index)
            if other == index or same_text(project.indicators[other].level3, row.level3):
                continue
            yield Gap(
                path=f"{path}.indicators.{index}.description",
                message=f"指标“{row.level3}”的描述“{row.description}”与指标“{project.indicators[other].level3}”的"
                f"{'描述' if other == first else '名称'}相同",
                remedy="按本指标的含义改写描述",
                stated=row.description,
                related=(f"{path}.indicators.{other}.description",),
            )


@rule(
    "MEAN-004", title="三级指标归在合适的二级指标下", severity=Severity.WARNING, basis="mof-2021-101",
    article="指标体系", checks=("G05",), applies=framed,
)  # fmt: skip
def an_indicator_stands_under_its_second_level(document: BudgetDocument) -> Iterator[Gap]:
    """A satisfaction is no benefit, a deadline no cost, a rate of timeliness no quantity."""
    for row in rows(document):
        name = row.indicator.level3
        place = belonging_of(name) if name and row.level2 else None
        if place is None or row.level2 not in place.wrong | place.doubtful or _is_reported(row):
            continue
        yield Gap(
            path=f"{row.path}.level2",
            message=f"{row.label}是{place.title}，列在“{row.indicator.level2}”下，应归“{place.belongs}”",
            remedy=f"移到“{place.belongs}”，或改写指标名称",
            stated=row.indicator.level2,
            computed=place.belongs,
            related=(f"{row.path}.level3",),
            severity=Severity.NOTICE if row.level2 in place.doubtful else None,
        )


def _is_reported(row: Row) -> bool:
    """Whether the unit already shows that the row stands wrong: VAL-012, VAL-013 or VAL-014 says so."""
    value = row.indicator.value
    if value is None:
        return False
    if row.level2 == "数量指标":
        return value.dimension is Dimension.SHARE
    if row.level2 == "成本指标":
        return value.dimension not in (Dimension.MONEY, Dimension.UNKNOWN)
    return row.level2 == "时效指标" and value.dimension in (Dimension.MONEY, Dimension.COUNT)


@rule(
    "MEAN-005", title="满意度指标衡量满意程度", severity=Severity.NOTICE, basis="mof-2021-101", article="满意度指标",
    checks=("G05",), applies=framed,
)  # fmt: skip
def a_satisfaction_is_one(document: BudgetDocument) -> Iterator[Gap]:
    """What stands under 满意度指标 speaks of satisfaction; a warning where it names another level instead."""
    words = satisfaction_words()
    for row in rows(document):
        text = f"{row.indicator.level3 or ''}{row.indicator.description or ''}"
        if (
            row.level1 != "满意度指标"
            or row.is_not_concerned
            or not text
            or any(word in text for word in words)
        ):
            continue
        other = next((level for level in _OTHER_LEVELS if level in text), None)
        yield Gap(
            path=f"{row.path}.level3",
            message=f"满意度指标{row.label}没有说明谁对什么满意" + (f"，写的是“{other}”" if other else ""),
            remedy="改为“某类服务对象对某项工作的满意度”，其他内容移到相应的指标",
            stated=row.name,
            severity=Severity.WARNING if other else None,
        )
