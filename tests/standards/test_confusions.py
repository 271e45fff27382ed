"""Slips are found and put right, and what only looks like one is left alone."""

from __future__ import annotations

import re

import pytest

from jiheng.standards.confusions import mended, patterns_in, slips_in
from jiheng.standards.datafile import toml_table


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("开设专用帐户", "开设专用账户"),
        ("登记台帐", "登记台账"),
        ("财政拔款到位", "财政拨款到位"),
        ("按装路灯", "安装路灯"),
        ("既使下雨也值班", "即使下雨也值班"),
        ("服务对满意度", "服务对象满意度"),
        ("一般公预算", "一般公共预算"),
        ("检修的的泵房", "检修的泵房"),
        ("对机井进行进行检修", "对机井进行检修"),
        ("安排布署工作", "安排部署工作"),
        ("己经验收", "已经验收"),
    ],
)
def test_a_slip_is_put_right(text, right):
    assert slips_in(text)
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    ["救灾帐篷", "入帐篷住宿", "选拔付出多的人", "按装机容量", "既使农户增收又使土地改良", "目的的确定", "为了了解水情", "自己完成",
     "和和睦睦", "在在建工程旁", "发布署名文章", "应急预防讯息", "按规定完成", "支付主任津贴", "给予防疫补贴", "当年渡口改造"],
)  # fmt: skip
def test_right_words_that_hold_the_same_signs_are_left_alone(text):
    assert slips_in(text) == ()
    assert mended(text) == text


def test_every_pattern_is_looked_for_by_a_word_that_it_needs():
    slips = ["开设专用帐户", "进行进行", "的的", "竣功", "等等等"]
    whole = "".join(slips)
    found = patterns_in(whole, doubled=False) + patterns_in(whole, doubled=True)
    assert {pattern.pattern for pattern in found} >= {
        pattern
        for pattern in [*(wrong for wrong, _ in toml_table("confusions.toml")["slips"]), *toml_table("confusions.toml")["doubles"]]
        if re.search(pattern, whole)
    }  # fmt: skip
