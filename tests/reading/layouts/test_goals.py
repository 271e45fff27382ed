"""The goals of a project in one cell."""

from __future__ import annotations

import pytest

from jiheng.reading.layouts.goals import split_goals


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("1.按时完工。2.群众满意。", ["按时完工。", "群众满意。"]),
        ("1.保障系统运行 2.提高使用率3.解决困难", ["保障系统运行", "提高使用率", "解决困难"]),
        ("（1）按时完工 （2）群众满意", ["按时完工", "群众满意"]),
        ("1.投入达到2.5万元", ["投入达到2.5万元"]),
        ("1.在第2.第3季度完成 2.验收合格", ["在第2.第3季度完成", "验收合格"]),
        ("提高使用率2.解决困难", ["提高使用率2.解决困难"]),
        ("目标1：按时完工\n目标2：群众满意", ["按时完工", "群众满意"]),
    ],
)
def test_numbers_that_run_on_from_one_begin_goals(text, goals):
    assert split_goals(text, wrapped=False) == goals
