"""The months that a monitoring form says it covers: in the heading of a column, or above the table."""

from __future__ import annotations

import pytest

from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.layouts.forms.labels import column_of, fund_column
from jiheng.reading.layouts.forms.months import last_month
from tests.reading.layouts.grids import blocks_of

_FORM = """
# 项目支出绩效运行监控表
# （{above}）
项目名称 | 村道路灯更换 {{8}}
主管部门 | 安澜县交通运输局 {{4}} | 实施单位 | 安澜县交通运输局本级 {{3}}
项目资金（万元） {{1x2}} |  {{2}} | 年初预算数 | {column} | 执行率 | 全年预计执行数 {{3}}
年度资金总额 {{2}} | 60.00 | 36.00 | 60.00% | 60.00 {{3}}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 完成情况 | 全年预计完成情况 | 偏差原因分析 | 备注 {{2}}
产出指标 | 数量指标 | 更换路灯数 | ≥40盏 | 24盏 | 41盏 |  |  {{2}}
"""


def _through(column: str, above: str = "2024年度") -> int | None:
    (document,), unread, _ = read_documents(blocks_of(_FORM.format(column=column, above=above)))
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    (line,) = document.projects[0].funding
    assert (line.initial, line.executed, line.rate, line.forecast) == ("60.00", "36.00", "60.00", "60.00")
    return line.through


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("1-9月执行数", 9),
        ("1～7月执行数", 7),
        ("1—10 月实际执行数", 10),
        ("1月至9月支出数", 9),
        ("2024年1-6月执行数", 6),
        ("截至6月底执行数", 6),
        ("截止9月30日已执行数", 9),
        ("截至2024年8月末累计支出金额", 8),
        ("6月底执行数", 6),
        ("上半年执行数", 6),
        ("前三季度支出数", 9),
        ("1-X月执行数", None),
        ("7-9月执行数", None),
        ("1-13月执行数", None),
        ("执行数", None),
    ],
)
def test_a_column_says_up_to_which_month(heading, month):
    assert fund_column(heading) == "executed"
    assert last_month(heading) == month
    assert _through(heading) == month


@pytest.mark.parametrize("heading", ["2022年执行数", "2023年执行数", "3月底", "6月底"])
def test_a_year_or_a_date_alone_heads_no_column_of_spending(heading):
    assert fund_column(heading) is None


@pytest.mark.parametrize(
    ("above", "month"), [("2024年1-9月", 9), ("2024年1月-6月份", 6), ("2024年度", None), ("2024年", None)]
)
def test_the_line_above_the_table_says_it_where_the_column_does_not(above, month):
    assert _through("执行数", above) == month
    assert _through("1-7月执行数", above) == 7


@pytest.mark.parametrize(
    "heading", ["1-9月执行情况", "截至6月底完成情况", "上半年实际完成值", "1～7月完成情况"]
)
def test_results_so_far_are_told_by_the_same_words(heading):
    assert column_of(heading) == "actual"


@pytest.mark.parametrize("heading", ["1-9月执行率", "截至6月底预算执行进度", "上半年支出进度"])
def test_so_are_rates(heading):
    assert fund_column(heading) == "rate"


def test_a_list_of_projects_keeps_the_month_of_its_column():
    grid = """
# 2024年项目支出绩效运行监控汇总表
序号 | 项目名称 | 实施单位 | 年初预算数 | 截至9月底执行数 | 完成情况 | 存在问题
1 | 村道路灯更换 | 安澜县交通运输局 | 60.00 | 15.00 | 更换路灯12盏 | 雨季停工
2 | 桥梁检测 | 安澜县交通运输局 | 20.00 | 18.00 | 检测桥梁9座 | 无
"""
    (document,), _, _ = read_documents(blocks_of(grid))
    assert [line.through for project in document.projects for line in project.funding] == [9, 9]
