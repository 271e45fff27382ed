"""Indicator values: every way of writing one that the seed documents use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jiheng.budget import Dimension, IndicatorValue, Unit

UNDERSTOOD = [
    ("≥95%", "≥", "95", "%", Dimension.SHARE),
    ("1000 份", None, "1000", "份", Dimension.COUNT),
    ("12 月底", None, "12", "月底", Dimension.MONTH),
    ("12月底前", None, "12", "月底前", Dimension.MONTH),
    ("<0.2万元", "<", "0.2", "万元", Dimension.MONEY),
    ("300元/亩", None, "300", "元/亩", Dimension.MONEY),
    ("9（个）", None, "9", "个", Dimension.COUNT),
    ("≤2.88 万元", "≤", "2.88", "万元", Dimension.MONEY),
    ("＞＝９５％", "≥", "95", "%", Dimension.SHARE),
    (">=95.00%", "≥", "95.00", "%", Dimension.SHARE),
    ("≧95﹪", "≥", "95", "%", Dimension.SHARE),
    ("=100.00(%)", "=", "100.00", "%", Dimension.SHARE),
    ("20 万件", None, "20", "万件", Dimension.COUNT),
    ("24 个月", None, "24", "个月", Dimension.DURATION),
    ("一年", None, "1", "年", Dimension.DURATION),
    ("≥400人次", "≥", "400", "人次", Dimension.COUNT),
    ("1,200元", None, "1200", "元", Dimension.MONEY),
    ("6月底前完成编纂印刷任务", None, "6", "月底前", Dimension.MONTH),
    ("≥90时效高", "≥", "90", None, Dimension.UNKNOWN),
    ("≥100", "≥", "100", None, Dimension.UNKNOWN),
]


@pytest.mark.parametrize(("text", "operator", "number", "unit", "dimension"), UNDERSTOOD)
def test_a_value_is_taken_apart_and_its_text_kept(text, operator, number, unit, dimension):
    value = IndicatorValue.parse(text)
    assert (value.text, value.operator, value.number, value.unit) == (text, operator, number, unit)
    assert value.dimension is dimension


@pytest.mark.parametrize(
    "text", ["提升", "按时", "长期", "节约会议费", "全员排查", "不高于同期水平", "正常开展工作"]
)
def test_a_value_in_words_has_text_alone(text):
    value = IndicatorValue.parse(text)
    assert (value.operator, value.number, value.unit) == (None, None, None)
    assert value.is_in_words


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("2023年12月底前", 2023, 12, None),
        ("12 月底", None, 12, None),
        ("10月15日前", None, 10, 15),
        ("年底前完成", None, 12, None),
        ("2024年6月30日", 2024, 6, 30),
    ],
)
def test_a_deadline_is_a_date_and_no_quantity(text, year, month, day):
    deadline = IndicatorValue.parse(text).meaning.deadline
    assert deadline is not None
    assert (deadline.year, deadline.month, deadline.day) == (year, month, day)
    assert not IndicatorValue.parse(text).is_in_words


def test_a_full_date_is_not_mistaken_for_the_number_of_its_year():
    assert IndicatorValue.parse("2023年12月底前").number is None
    assert IndicatorValue.parse("10月15日前").number is None


@pytest.mark.parametrize(("text", "times"), [("每月", 12), ("每季度", 4), ("每年", 1)])
def test_a_frequency_is_counted_by_the_year(text, times):
    value = IndicatorValue.parse(text)
    assert value.meaning.per_year == times
    assert not value.is_in_words


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("≥1300 人", "≥1300"),
        ("350 元", "350"),
        ("≤2.88 万元", "≤28800"),
        ("<0.2万元", "<2000"),
        ("三-5个工作日", "≥259200，≤432000"),
        ("7*24小时", "604800"),
        ("不低于 22.5 万件", "≥225000"),
        ("不超过3天", "≤259200"),
        ("90%以上", "≥90"),
        ("5天内", "≤432000"),
    ],
)
def test_a_value_is_an_interval_in_base_units(text, interval):
    assert str(IndicatorValue.parse(text).interval) == interval


def test_words_after_the_number_are_kept_apart():
    assert IndicatorValue.parse("≥90时效高").meaning.tail == "时效高"
    assert IndicatorValue.parse("≥95%以上").meaning.tail == "以上"


COLUMNS = [
    (("=", "40.00", "人"), "=40.00人", "=", "40.00", "人"),
    ((">=", "95.00", "%"), ">=95.00%", "≥", "95.00", "%"),
    (("≤", "8.00", "月份"), "≤8.00月份", "≤", "8.00", "月份"),
    (("=", "8.00", ""), "=8.00", "=", "8.00", None),
    (("文字描述", "", "良好"), "良好", None, None, None),
    (("<=", "12.00", "12月31日"), "<=12.00 12月31日", "≤", "12.00", "12月31日"),
]


@pytest.mark.parametrize(("columns", "text", "operator", "number", "unit"), COLUMNS)
def test_three_columns_become_one_value(columns, text, operator, number, unit):
    value = IndicatorValue.of_columns(*columns)
    assert (value.text, value.operator, value.number, value.unit) == (text, operator, number, unit)


@pytest.mark.parametrize("columns", [case[0] for case in COLUMNS])
def test_a_value_of_three_columns_reads_the_same_from_one_cell(columns):
    value = IndicatorValue.of_columns(*columns)
    assert IndicatorValue.parse(value.text) == value


def test_a_unit_says_what_it_is_counted_for():
    unit = Unit.parse("元/人/月")
    assert unit is not None
    assert (unit.dimension, unit.per) == (Dimension.MONEY, ("人", "月"))
    scaled = Unit.parse("万件")
    assert scaled is not None
    assert (scaled.factor, scaled.base) == (Decimal(10_000), "件")
    assert Unit.parse("时效高") is None
