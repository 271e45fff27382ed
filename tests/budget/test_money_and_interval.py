"""Money in 元 and 万元, and the arithmetic of intervals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiheng.budget import IndicatorValue, Interval, Money, money_sum


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("16.80", "168000"),
        ("168元", "168"),
        ("1,256.77", "12567700"),
        ("-109.3", "-1093000"),
        ("2亿元", "200000000"),
    ],
)
def test_an_amount_is_compared_in_yuan(text, yuan):
    money = Money.parse(text)
    assert money is not None
    assert money.yuan == Decimal(yuan)


@pytest.mark.parametrize("text", [None, "", "—", "约5", "5万8"])
def test_what_is_no_amount_is_no_money(text):
    assert Money.parse(text) is None


def test_equal_money_in_two_units_is_equal():
    assert Money(Decimal(1)) == Money(Decimal(10_000), "元")
    assert Money(Decimal("0.5")) < Money(Decimal(5001), "元")
    assert hash(Money(Decimal(1))) == hash(Money(Decimal(10_000), "元"))


def test_a_sum_keeps_every_decimal_place():
    assert str(money_sum([Money(Decimal("446.27")), Money(Decimal("287.80"))])) == "734.07 万元"
    assert str(Money.of_yuan(Decimal(232360))) == "23.236 万元"


def test_the_314_stations_at_740_yuan():
    product = IndicatorValue.parse("314 个").interval * IndicatorValue.parse("740 元").interval
    assert product == Interval.exactly(Decimal(232360))


@pytest.mark.parametrize(
    ("quantity", "price", "product"),
    [
        ("≥1300 人", "350 元", "≥455000"),
        ("≤1165 人", "≤2.88 万元", "≤33552000"),
        (">10 个", "5 元", ">50"),
        ("3-5个", "10元", "≥30，≤50"),
        ("≥3 个", "≤5 元", "任意"),
    ],
)
def test_bounds_multiply(quantity, price, product):
    assert str(IndicatorValue.parse(quantity).interval * IndicatorValue.parse(price).interval) == product


numbers = st.decimals(min_value=0, max_value=10**6, places=2)


@given(numbers, numbers, numbers, numbers)
def test_a_product_holds_the_product_of_every_pair(a, b, c, d):
    left, right = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    assert a * c in left * right
    assert b * d in left * right


@given(numbers, numbers)
def test_intervals_meet_when_they_share_a_number(a, b):
    low, high = min(a, b), max(a, b)
    assert Interval(low=low).meets(Interval(high=high))
    assert Interval(high=low).meets(Interval(low=high)) == (low == high)
    assert not Interval(high=low, open_high=True).meets(Interval(low=low))


def test_an_unknown_operator_is_refused():
    with pytest.raises(ValueError, match="operator"):
        Interval.of("约", Decimal(1))
