"""Target values that cannot be measured, contradict their row, or do not follow from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.changes import Change, changed, mutation
from benchmarks.mutations.kinds.indicators import rows_where
from jiheng.auditing.walk import Row
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue

Rewrite = Callable[[BudgetDocument, Row, IndicatorValue], str | None]


def _value(identity: str, title: str, family: str, rewrite: Rewrite, **where: str) -> None:
    """Declares a kind that rewrites the values of the rows ``where``; ``None`` leaves a place out."""

    def make(document: BudgetDocument, chance: Chance) -> Iterator[Change]:
        for row in rows_where(document, **where):
            value = row.indicator.value
            text = rewrite(document, row, value) if value is not None else None
            if value is not None and text is not None and text != value.text:
                yield changed(document, f"{row.path}.value", IndicatorValue.parse(text))

    make.__name__ = identity
    make.__doc__ = title
    mutation(title, family)(make)


def _always(text: str) -> Rewrite:
    return lambda document, row, value: text


def _share(pattern: str) -> Rewrite:
    """The pattern with the number of a rate that is at least so much; other values are left out."""
    return lambda document, row, value: (
        pattern.format(value.number)
        if value.dimension is Dimension.SHARE and value.operator == "≥" and value.number
        else None
    )


_QUALITY = {"level1": "产出指标", "level2": "质量指标"}
_COUNT = {"level1": "产出指标", "level2": "数量指标"}
_TIME = {"level1": "产出指标", "level2": "时效指标"}
_COST = {"level1": "产出指标", "level2": "成本指标"}
_SOCIAL = {"level1": "效益指标", "level2": "社会效益指标"}
_SATISFIED = {"level1": "满意度指标"}

_value("rate_mixed_with_words", "数字后跟无用的文字", "VAL", _share("≥{}质量高"), **_QUALITY)
_value("satisfaction_mixed_with_words", "满意度后跟文字", "VAL", _share("≥{}群众满意"), **_SATISFIED)
_value("output_in_words", "产出指标用文字", "VAL", _always("保质保量完成"), **_QUALITY)
_value("quantity_in_words", "数量指标用文字", "VAL", _always("若干"), **_COUNT)
_value("time_in_words", "时效指标用文字", "VAL", _always("按时完成"), **_TIME)
_value("benefit_vague", "效益含糊", "VAL", _always("显著提升"), **_SOCIAL)
_value("satisfaction_vague", "满意度含糊", "VAL", _always("比较满意"), **_SATISFIED)
_value("target_vacuous", "目标为大于等于零", "VAL", _always("≥0%"), **_QUALITY)
_value("satisfaction_vacuous", "满意度大于等于零", "VAL", _always("≥0%"), **_SATISFIED)
_value(
    "quantity_nought",
    "数量为零",
    "VAL",
    lambda d, row, value: f"0 {value.unit}" if value.unit else None,
    **_COUNT,
)
_value("quality_over_100", "质量比率超过 100%", "VAL", _share("≥1{}%"), **_QUALITY)
_value("satisfaction_over_100", "满意度超过 100%", "VAL", _share("≥1{}%"), **_SATISFIED)
_value("satisfaction_ten_times", "满意度多写一位", "VAL", _share("≥{}0%"), **_SATISFIED)
_value("satisfaction_low", "满意度目标过低", "VAL", _always("≥35%"), **_SATISFIED)
_value("satisfaction_all", "满意度要求百分之百", "VAL", _always("=100%"), **_SATISFIED)
_value("bound_twice", "界限写两次", "VAL", _share("≥{}%以上"), **_QUALITY)
_value("bound_contradicts", "界限自相矛盾", "VAL", _share("≤{}%以上"), **_QUALITY)
_value("rate_without_unit", "比率没有单位", "VAL", _share("≥{}"), **_QUALITY)
_value("satisfaction_without_unit", "满意度没有单位", "VAL", _share("≥{}"), **_SATISFIED)
_value("quantity_without_unit", "数量没有单位", "VAL", lambda d, row, value: value.number, **_COUNT)
_value("cost_without_unit", "成本没有单位", "VAL", lambda d, row, value: value.number, **_COST)
_value("unit_is_date", "单位填日期", "VAL", _always("12.00 12月31日"), **_TIME)
_value("deadline_next_year", "时限在预算年度后", "VAL",
       lambda document, row, value: f"{document.fiscal_year + 1}年12月底前" if document.fiscal_year else None, **_TIME)  # fmt: skip
_value("deadline_last_year", "时限在预算年度前", "VAL",
       lambda document, row, value: f"{document.fiscal_year - 1}年12月底前" if document.fiscal_year else None, **_TIME)  # fmt: skip
_value("month_thirteen", "十三月", "VAL", _always("13月底前"), **_TIME)
_value("day_thirty_one", "六月三十一日", "VAL", _always("6月31日前"), **_TIME)
_value("time_is_money", "时效填金额", "VAL", _always("12.00 万元"), **_TIME)
_value("time_is_count", "时效填数量", "VAL", _always("30 处"), **_TIME)
_value("cost_is_count", "成本填数量", "VAL", _always("30 处"), **_COST)
_value("cost_is_rate", "成本填时间", "VAL", _always("12 个月"), **_COST)
_value("quantity_is_rate", "数量填比率", "VAL", _always("≥95%"), **_COUNT)
_value(
    "value_copies_description",
    "指标值照抄描述",
    "VAL",
    lambda d, row, value: row.indicator.description,
    **_SOCIAL,
)
_value("value_copies_name", "指标值照抄名称", "VAL", lambda d, row, value: row.indicator.level3, **_QUALITY)
_value("cost_at_least", "成本设下限", "DIR", lambda d, row, value: f"≥{value.number} {value.unit}", **_COST)
_value("satisfaction_at_most", "满意度设上限", "DIR", _share("≤{}%"), **_SATISFIED)


def _forward(document: BudgetDocument, row: Row, value: IndicatorValue) -> str | None:
    """Only of names that say that more is better."""
    name = row.indicator.level3 or ""
    return (
        f"≤{value.number}%"
        if value.operator == "≥" and name.endswith(("合格率", "覆盖率", "完好率", "准确率"))
        else None
    )


_value("forward_at_most", "合格率设上限", "DIR", _forward)


def _has_product(row: Row) -> bool:
    """Whether quantity times price is the budget, so that any other quantity or price is wrong."""
    found = {one.level2: one.value for one in row.project.indicators if one.value is not None}
    count, cost = found.get("数量指标"), found.get("成本指标")
    budget = row.project.budget
    if (
        count is None
        or cost is None
        or not count.number
        or not cost.number
        or budget is None
        or not budget.total
    ):
        return False
    price_is_of_one = any(
        "每" in (one.description or "") for one in row.project.indicators if one.level2 == "成本指标"
    )
    return price_is_of_one and Decimal(count.number) * Decimal(cost.number) == Decimal(budget.total) * 10_000


def _factor(times: str) -> Rewrite:
    """The number multiplied, of a factor of the budget; only what is cleanly written."""

    def rewrite(document: BudgetDocument, row: Row, value: IndicatorValue) -> str | None:
        if not _has_product(row) or not value.number:
            return None
        number = Decimal(value.number) * Decimal(times)
        return f"{number:.0f} {value.unit}"

    return rewrite  # fmt: skip


for _times, _told in (("10", "扩大十倍"), ("0.1", "缩小十倍"), ("3", "写成三倍"), ("0.5", "少一半")):
    _value(f"quantity_times_{_times}", f"数量{_told}，与预算不符", "COST", _factor(_times), **_COUNT)
    _value(f"price_times_{_times}", f"单价{_told}，与预算不符", "COST", _factor(_times), **_COST)


def _price_in_wan(document: BudgetDocument, row: Row, value: IndicatorValue) -> str | None:
    return f"{value.number} 万元" if _has_product(row) and value.unit == "元" else None


_value("price_in_wan_yuan", "单价的元写成万元", "COST", _price_in_wan, **_COST)
