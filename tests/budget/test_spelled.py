"""Amounts that are not written in figures alone."""

from __future__ import annotations

import pytest

from jiheng.budget import in_digits, with_units


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("项目支出三十八万四千元，", "项目支出38.4万元，"), ("叁拾捌万肆仟元整", "38.4万元"), ("两万五千三百元", "2.53万元"),
        ("一亿零三百万元", "10300万元"), ("三百元", "300元"), ("十万元", "10万元"),
        ("38万4千元", "38.4万元"), ("1亿2000万元", "12000万元"), ("5万3,000元", "5.3万元"), ("3千万元", "3000万元"),
        ("12百万元", "1200万元"), ("38.40（万元）", "38.40万元"),
    ],
)  # fmt: skip
def test_amounts_are_written_in_figures(text: str, figures: str):
    assert in_digits(text) == figures


@pytest.mark.parametrize(
    "text",
    ["38.40万元", "5.2亿元", "4千元", "384百元", "数十万元", "上百万元", "单位：百万元", "一元", "二〇二四年预算", "“三公”经费", "第三十元",
     "金额（万元）", "一二三元"],
)  # fmt: skip
def test_what_is_no_number_or_plain_already_stays(text: str):
    assert in_digits(text) == text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("项目支出38.40万，", "项目支出38.40万元，"),
        ("共1.2亿。", "共1.2亿元。"),
        ("3万人", "3万人"),
        ("5万元", "5万元"),
    ],
)
def test_a_unit_without_yuan_is_completed_at_a_stop(text: str, whole: str):
    assert with_units(text) == whole
