"""Numbers of persons are told by their check digits, names only beside what is paid to them."""

from __future__ import annotations

import pytest

from jiheng.standards.personal_data import is_card_number, is_identity_number, masked, names_with_money

NUMBER = "13990119800101001"


def check_digit(first: str) -> str:
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return "10X98765432"[total % 11]


def test_an_identity_number_has_its_check_digit():
    right = NUMBER + check_digit(NUMBER)
    assert is_identity_number(right)
    wrong = [NUMBER + sign for sign in "0123456789X" if NUMBER + sign != right]
    assert not any(map(is_identity_number, wrong))


@pytest.mark.parametrize("first", ["13990119801301001", "13990118000101001"])
def test_an_identity_number_has_a_date_of_birth(first):
    assert not is_identity_number(first + check_digit(first))


def test_a_card_number_is_right_by_luhn():
    assert is_card_number("4111111111111111") is False, "one digit over and over is no card"
    assert sum(is_card_number(f"622202123456789012{last}") for last in range(10)) == 1


def test_a_finding_does_not_repeat_the_number():
    assert masked("13900000001") == "139******01"


@pytest.mark.parametrize("text", ["泵房运行费（含孙一禾工资）", "支付孙一禾抚恤金", "孙一禾同志遗属补助"])
def test_a_name_beside_what_is_paid_is_one(text):
    assert [name for name, _ in names_with_money(text)] == ["孙一禾"]


@pytest.mark.parametrize(
    "text",
    ["护井员工资", "发放高龄老人生活费", "党员困难补助", "（含临时工工资）泵房运行费", "支付教师工资", "安置人员生活费",
     "含车辆费用", "全额工资", "发放常年工资", "给予困难救助金"],
)  # fmt: skip
def test_groups_and_common_words_are_no_names(text):
    assert list(names_with_money(text)) == []
