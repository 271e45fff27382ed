"""VAL: the target values (指标值) can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.bounds import BOUNDS_DOWN, BOUNDS_UP, is_vacuous
from jiheng.auditing.thresholds import number
from jiheng.auditing.walk import Row, rows, same_text, valued
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue, Severity, normalise
from jiheng.standards.indicator_framework import direction_of, unit_kind, vague_words

_ROUGHLY = ("左右", "上下")
# The price of one thing is money; a share of it may well be kept down (单位成本降低率).
_PRICE = re.compile(r"^(?:每|人均|户均|平均每)\S*(?:成本|费用|支出|造价|价格)$|(?:单价|单位成本)$")
_DATE_UNIT = re.compile(r"\d+月\d+日|^\d{4}年")
# Words of degree that a measure with its unit leaves no room for: ≥95%优良.
_DEGREES = frozenset(
    {"优良", "优秀", "良好", "较好", "明显", "显著", "较高", "较强", "较大", "优", "良", "好", "高", "强"}
)
# What measures nothing, where a unit should stand; other short tails may be units that are not in our lists.
_NO_UNIT = re.compile(r"时效|质量|数量|成本|效益|影响|满意|完成|及时|按时|合格|达标|到位")
_LATIN_UNIT = re.compile(r"[A-Za-zμΩ°℃/·^²³0-9.-]+")
_LONGEST_UNIT = 3
# What says when or how much although no value was understood: 每月1次, 按季度发放, 二级, 零.
_SAYS_WHEN_OR_HOW_MUCH = re.compile(
    r"\d|[每按]个?(?:半年|季度?|[天日周月旬年])|全年|年[内底末]|季度|学期|[一二三四五六七八九十两]个?[级等次人天月年]|^[无零]$"
)
_BY_YEAR = re.compile(r"(20\d{2})年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|份)?(?:之|以)?前")
# The grades of a scale one after the other, of which one is chosen in the end: 优良中低差, 好、中、差.
_SCALE = re.compile(
    r"优(?:秀)?[、/,]?良(?:好)?[、/,]?.{0,6}差|好[、/,]?(?:一般|中)?[、/,]?(?:坏|差)|高[、/,]?中[、/,]?低"
)


def _is_copy(row: Row, value: IndicatorValue) -> bool:
    """Whether a value in words only repeats the row's description or name."""
    return value.is_in_words and (
        same_text(value.text, row.indicator.description) or same_text(value.text, row.indicator.level3)
    )


def _is_mixed(value: IndicatorValue) -> bool:
    tail = value.meaning.tail
    known = (*BOUNDS_UP, *BOUNDS_DOWN, *_ROUGHLY)
    if value.number is None or not tail or tail.startswith(known):
        return False
    if value.unit is not None:
        return tail in _DEGREES
    return not _may_be_unit(tail)


def _may_be_unit(tail: str) -> bool:
    """Whether what follows a number may be a unit that our lists lack (dB, 标段), or the rest of a date or ratio.

    What we do not know is no evidence against the document.
    """
    if not tail[0].isalnum() or _LATIN_UNIT.fullmatch(tail):
        return True
    return len(tail) <= _LONGEST_UNIT and not _NO_UNIT.search(tail) and not vague_words(tail)


@rule(
    "VAL-001", title="指标值由符号、数值和单位组成", severity=Severity.ERROR, basis="mof-2021-101", article="指标值",
    checks=("G10",),
)  # fmt: skip
def a_value_does_not_mix_a_number_with_words(document: BudgetDocument) -> Iterator[Gap]:
    """A value such as "≥90时效高" has a number without a unit and words that measure nothing.

    With its unit a number needs no word of degree behind it: ≥95%优良.
    """
    for row, value in valued(document):
        if _is_mixed(value) and not is_vacuous(row, value):
            why = f"数字 {value.number} 没有计量单位，" if value.unit is None else "数值和程度混在一起，"
            yield Gap(
                path=f"{row.path}.value",
                message=f"指标值“{value.text}”：{why}“{value.meaning.tail}”不能衡量",
                remedy="写成“符号＋数值＋单位”，如“≥90%”；要说明的放到指标描述中",
                stated=value.text,
            )


@rule(
    "VAL-002", title="产出指标可以衡量", severity=Severity.WARNING, basis="mof-2015-88", article="设定要求",
    checks=("G12",),
)  # fmt: skip
def an_output_has_a_measurable_value(document: BudgetDocument) -> Iterator[Gap]:
    """An 产出指标 has a number or a date; one that copies its description is left to VAL-016."""
    for row, value in valued(document):
        if row.level1 not in ("产出指标", "成本指标") or not value.is_in_words or _is_copy(row, value):
            continue
        text = normalise(value.text)
        if not _SAYS_WHEN_OR_HOW_MUCH.search(text) and not _SCALE.search(text):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”没有数量或时间，无法衡量是否完成",
                remedy="改为数值或时间，如“≥95%”“12月底前”",
                stated=value.text,
            )


@rule(
    "VAL-003", title="定性指标有衡量的尺度", severity=Severity.WARNING, basis="mof-2021-101", article="指标值",
    checks=("G12",),
)  # fmt: skip
def a_qualitative_value_has_a_scale(document: BudgetDocument) -> Iterator[Gap]:
    """A benefit or satisfaction in words of degree (提升, 良好, 明显) says against what it is measured."""
    for row, value in valued(document):
        if row.level1 in ("产出指标", "成本指标") or not value.is_in_words or _is_copy(row, value):
            continue
        words = vague_words(value.text)
        if words and not _SCALE.search(normalise(value.text)):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”中“{'、'.join(dict.fromkeys(words))}”没有尺度",
                remedy="改为数值，或写明分级标准（如优、良、中、差各指什么）",
                stated=value.text,
            )


@rule(
    "VAL-004", title="指标值以定量为主", severity=Severity.NOTICE, basis="mof-2015-88", article="设定要求",
    checks=("G12",),
)  # fmt: skip
def a_value_in_words_is_looked_at(document: BudgetDocument) -> Iterator[Gap]:
    """A benefit or satisfaction in other words than those of degree is worth a look."""
    for row, value in valued(document):
        if row.level1 in ("产出指标", "成本指标") or not value.is_in_words or _is_copy(row, value):
            continue
        if not vague_words(value.text):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”是文字，不易衡量",
                remedy="能量化的改为数值",
                stated=value.text,
            )


@rule(
    "VAL-008", title="指标值有计量单位", severity=Severity.WARNING, basis="mof-2021-101", article="指标值",
    checks=("G09",),
)  # fmt: skip
def a_number_has_a_unit(document: BudgetDocument) -> Iterator[Gap]:
    """A number is followed by its unit."""
    for row, value in valued(document):
        if (
            value.number is not None
            and value.unit is None
            and not value.meaning.tail
            and not is_vacuous(row, value)
            and not _names_unit(row)
        ):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的指标值“{value.text}”没有计量单位",
                remedy="补上计量单位",
                stated=value.text,
            )


def _names_unit(row: Row) -> bool:
    """Whether the name ends with the unit in brackets: 治理河流长度（公里）."""
    match = re.search(r"[(（]([^()（）]{1,6})[)）]$", "".join(row.name.split()))
    return match is not None and unit_kind(match[1]) is not None


@rule(
    "VAL-009", title="计量单位不是日期", severity=Severity.WARNING, basis="form-performance-text", article="指标值",
    checks=("G09",),
)  # fmt: skip
def a_unit_is_no_date(document: BudgetDocument) -> Iterator[Gap]:
    """A date such as 12月31日 does not stand in the column of units beside a number."""
    for row, value in valued(document):
        if value.unit is not None and value.number is not None and _DATE_UNIT.search(normalise(value.unit)):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的数值为 {value.number}，单位却填了日期“{value.unit}”",
                remedy="时限写成“12月31日前”，不再填数值",
                stated=value.text,
            )


@rule(
    "VAL-010", title="满意度目标既不落空也不过低", severity=Severity.NOTICE, basis="mof-2021-101", article="取值依据",
    checks=("G15",),
)  # fmt: skip
def a_satisfaction_can_be_reached_and_missed(document: BudgetDocument) -> Iterator[Gap]:
    """A satisfaction of exactly 100 per cent can hardly be reached; one below 80 asks for little."""
    high, low = number("satisfaction", "high"), number("satisfaction", "low")
    for row, value in valued(document):
        interval = value.interval
        if row.level1 != "满意度指标" or value.dimension is not Dimension.SHARE or interval is None:
            continue
        least = interval.low
        if least is None or least > high:
            continue
        if least == high or least < low:
            reason = "一人不满意即不能完成" if least == high else f"低于 {low}%，要求过低"
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的目标为“{value.text}”，{reason}",
                remedy="按历年调查结果确定，一般在 80% 至 100% 之间",
                stated=value.number,
                unit="%",
            )


@rule(
    "VAL-011", title="完成时限在预算年度之内", severity=Severity.ERROR, basis="budget-law", article=18,
    checks=("G17",),
)  # fmt: skip
def a_deadline_is_in_the_budget_year(document: BudgetDocument) -> Iterator[Gap]:
    """A deadline with a year is in the budget year; an earlier one is only very likely wrong.

    The name of an indicator may hold its deadline. Later is right for how long an effect lasts (效益指标), and within the years that the project is planned for.
    """
    for row, value in valued(document):
        deadline = value.meaning.deadline
        if (
            row.level2 == "时效指标"
            and _NEXT_YEAR.match(normalise(value.text))
            and not _last_year(row.project.period)
        ):
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的完成时限“{value.text}”在预算年度之后",
                remedy="改为预算年度内的时限；跨年的项目写明实施期",
                stated=value.text,
            )
            continue
        if deadline is None or deadline.year is None or document.fiscal_year is None:
            continue
        if deadline.year != document.fiscal_year:
            late = deadline.year > document.fiscal_year
            if late and (row.level1 == "效益指标" or deadline.year <= _last_year(row.project.period)):
                continue
            yield Gap(
                path=f"{row.path}.value",
                message=f"{row.label}的完成时限“{value.text}”不在 {document.fiscal_year} 预算年度内",
                remedy="更正年份",
                stated=str(deadline.year),
                computed=str(document.fiscal_year),
                severity=None if late else Severity.WARNING,
            )
    if document.fiscal_year is not None:
        for row in rows(document):
            for year in _years_named(row, document.fiscal_year):
                yield Gap(
                    path=f"{row.path}.level3",
                    message=f"{row.label}的完成时限在 {year} 年，不在 {document.fiscal_year} 预算年度内",
                    remedy="更正年份",
                    stated=str(year),
                    computed=str(document.fiscal_year),
                    severity=Severity.WARNING,
                )


def _years_named(row: Row, fiscal_year: int) -> Iterator[int]:
    """Years before the budget year by which the name of an indicator asks for something: 2021年11月底前完成拨付."""
    for match in _BY_YEAR.finditer(normalise(row.indicator.level3)):
        if int(match[1]) < fiscal_year:
            yield int(match[1])


_NEXT_YEAR = re.compile(r"^(?:于|在)?(?:次年|明年|翌年|下一?年度?)")


def _last_year(period: str | None) -> int:
    """The last year that a period such as "2021年-2023年" names; 0 where it names none."""
    return max((int(year) for year in re.findall(r"20\d\d", period or "")), default=0)


@rule(
    "VAL-012", title="时效指标用时间或及时率", severity=Severity.WARNING, basis="form-performance-text",
    article="指标值", checks=("G16",),
)  # fmt: skip
def a_timeliness_is_a_time_or_a_rate(document: BudgetDocument) -> Iterator[Gap]:
    """A 时效指标 is a date, a length of time, a frequency or a rate, not money or a number of things."""
    for row, value in valued(document):
        if row.level2 == "时效指标" and value.dimension in (Dimension.MONEY, Dimension.COUNT):
            yield Gap(
                path=f"{row.path}.value",
                message=f"时效指标{row.label}的指标值“{value.text}”不是时间",
                remedy="改为完成的时间或及时率；数量和金额归到相应的指标",
                stated=value.text,
                related=(f"{row.path}.level2",),
            )


@rule(
    "VAL-013", title="成本指标用金额", severity=Severity.WARNING, basis="form-performance-text", article="指标值",
    checks=("G19",),
)  # fmt: skip
def a_cost_is_money(document: BudgetDocument) -> Iterator[Gap]:
    """A 成本指标 is an amount, or a share of costs; a rate of timeliness or completion is no cost."""
    for row, value in valued(document):
        if "成本指标" not in (row.level1, row.level2):
            continue
        wrong_unit = (
            value.dimension in (Dimension.COUNT, Dimension.DURATION, Dimension.MONTH) and value.unit != "万"
        )
        no_cost = value.dimension is Dimension.SHARE and direction_of(row.indicator.level3 or "") == "forward"
        per_cent = (
            value.dimension is Dimension.SHARE and _PRICE.search(row.indicator.level3 or "") is not None
        )
        saves = re.search("节约|降低|审减|控制|压减", f"{row.indicator.level3}{row.indicator.description}")
        if wrong_unit or ((no_cost or per_cent) and not saves):
            yield Gap(
                path=f"{row.path}.value",
                message=f"成本指标{row.label}的指标值“{value.text}”不是成本",
                remedy="填写单位成本或总成本；及时率、完成率等归到时效或质量指标",
                stated=value.text,
                related=(f"{row.path}.level2",),
            )


@rule(
    "VAL-014", title="数量指标用计数单位", severity=Severity.WARNING, basis="form-performance-text", article="指标值",
    checks=("G18",),
)  # fmt: skip
def a_quantity_is_counted(document: BudgetDocument) -> Iterator[Gap]:
    """A 数量指标 is a number of things, not a percentage."""
    for row, value in valued(document):
        if row.level2 == "数量指标" and value.dimension is Dimension.SHARE:
            yield Gap(
                path=f"{row.path}.value",
                message=f"数量指标{row.label}的指标值“{value.text}”是比率，不是数量",
                remedy="改为数量；完成率、覆盖率归到质量指标",
                stated=value.text,
                related=(f"{row.path}.level2",),
            )


@rule(
    "VAL-015", title="数量指标的目标大于零", severity=Severity.WARNING, basis="mof-2015-88", article="设定要求",
    checks=("G12",),
)  # fmt: skip
def a_quantity_is_more_than_nothing(document: BudgetDocument) -> Iterator[Gap]:
    """A 数量指标 does not plan for exactly nothing; what is good when it is zero (故障, 事故) is left out."""
    for row, value in valued(document):
        interval = value.interval
        if row.level2 != "数量指标" or interval is None or not interval.is_exact or interval.low != 0:
            continue
        if direction_of(row.indicator.level3 or "") != "reverse":
            yield Gap(
                path=f"{row.path}.value",
                message=f"数量指标{row.label}的目标为“{value.text}”",
                remedy="填写计划完成的数量",
                stated=value.number,
            )


@rule(
    "VAL-016", title="指标值不照抄名称或描述", severity=Severity.WARNING, basis="mof-2013-53", article="指标明确性",
    checks=("G12",),
)  # fmt: skip
def a_value_is_no_copy(document: BudgetDocument) -> Iterator[Gap]:
    """A value does not repeat the words of the indicator's name or description."""
    for row, value in valued(document):
        if _is_copy(row, value):
            yield Gap(
                path=f"{row.path}.value",
                message=f"指标值照抄指标名称或描述：“{value.text}”，无法衡量",
                remedy="改为数值，或写明达到的标准",
                stated=value.text,
                related=(f"{row.path}.description",),
            )
