"""Numbers in Chinese numerals."""

from __future__ import annotations

import pytest

from jiheng.budget import IndicatorValue
from jiheng.budget.numerals import han_number, with_percent_signs


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("四百", 400), ("三百零五", 305), ("两百五十", 250),
        ("一千零八十", 1080), ("一万二千", 12000), ("两", 2), ("一二", None), ("百", None), ("十五个", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_in_words(text, number):
    assert han_number(text) == number


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("百分之九十五", "95%"),
        ("百分之百", "100%"),
        ("百分之九点五以上", "9.5%以上"),
        ("百分之多少", "百分之多少"),
    ],
)
def test_a_share_in_words(text, written):
    assert with_percent_signs(text) == written


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("十二段", "12", "段"), ("≥四十盏", "40", "盏"), ("百分之九十五", "95", "%"), ("-5%", "-5", "%"), ("一次性", None, None),
     ("十四五规划", None, None), ("-12次", None, None)],
)  # fmt: skip
def test_a_value_in_words_is_understood_as_its_digits(text, number, unit):
    value = IndicatorValue.parse(text)
    assert (value.text, value.number, value.unit) == (text, number, unit)


@pytest.mark.parametrize("text", ["2025.3.31", "2025-03-31前", "2025/3/31"])
def test_a_date_with_points_or_hyphens_is_a_date(text):
    deadline = IndicatorValue.parse(text).meaning.deadline
    assert deadline is not None
    assert (deadline.year, deadline.month, deadline.day) == (2025, 3, 31)
