"""Lists of projects, under whatever title and headings, and what only looks like one."""

from __future__ import annotations

import pytest

from jiheng.budget import Kind
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

WITH_STATE = """
# 安澜县2024年预算项目库项目清单
# 单位：元
序号 | 单位编码 | 单位名称 | 项目代码 | 项目名称 | 项目总额 | 状态
1 | 301001 | 安澜县水务局本级 | 13052924P005840120862 | 河道清淤 | 168000 | 已入库
2 | 301001 | 安澜县水务局本级 | 13052924P00584012082K | 机井检修 | 50000 | 审核中
 | | | | 合计 | 218000 |
"""
WITH_SOURCES = """
2024年项目汇总表 {6}
项目名称 | 项目编码 | 主管部门 | 一般公共预算 | 政府性基金 | 合计
河道清淤 | 13052924P005840120862 | 安澜县水务局 | 10.00 | 6.80 | 16.80
机井检修 | 13052924P00584012082K | 安澜县水务局 | 5.00 | | 5.00
"""
WITHOUT_CODES = """
项目名称 | 预算单位 | 预算金额（万元） | 备注
河道清淤 | 安澜县水务局本级 | 16.80 | 续建
机井检修 | 安澜县水务局本级 | 5.00 |
"""
A_FORM = """
项目名称 | 河道清淤 | 项目编码 | 13052924P005840120862
主管部门 | 安澜县水务局 | 实施单位 | 安澜县水务局本级
年度资金总额 | 16.80 | 其中：财政拨款 | 16.80
年度目标 | 完成清淤 {3}
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥12公里
"""


def only(text):
    documents, left, _ = read_documents(blocks_of(text))
    assert [block.text for block in left if block.kind.value == "unknown"] == []
    (document,) = documents
    return document


@pytest.mark.parametrize(
    ("text", "unit"), [(WITH_STATE, "元"), (WITH_SOURCES, "万元"), (WITHOUT_CODES, "万元")]
)
def test_every_row_is_a_project_with_its_amount(text, unit):
    document = only(text)
    assert document.kind is Kind.PROJECT_LIST
    assert [project.name for project in document.projects] == ["河道清淤", "机井检修"]
    assert [project.budget.unit for project in document.projects] == [unit] * 2
    assert {project.budget.money("total").yuan for project in document.projects} == {168000, 50000}


def test_codes_units_title_and_other_columns_are_kept():
    document = only(WITH_STATE)
    first = document.projects[0]
    assert (document.title, document.fiscal_year) == ("安澜县2024年预算项目库项目清单", 2024)
    assert (first.code, first.unit.code, first.unit.name) == (
        "13052924P005840120862",
        "301001",
        "安澜县水务局本级",
    )
    assert [(told.label, told.text) for told in document.projects[1].statements] == [("状态", "审核中")]
    assert first.place.row == 2


def test_a_title_in_the_table_and_sources_beside_the_total():
    document = only(WITH_SOURCES)
    assert document.title == "2024年项目汇总表"
    assert [(line.source, line.amount) for line in document.projects[0].funding] == [
        ("general_public", "10.00"),
        ("government_fund", "6.80"),
        ("total", "16.80"),
    ]


def test_a_form_is_no_list():
    document = only(A_FORM)
    assert document.kind is Kind.PROJECT_GOALS
    assert [project.name for project in document.projects] == ["河道清淤"]


def test_an_amount_that_is_no_figure_is_kept_as_words():
    document = only(WITH_STATE.replace("50000", "待定"))
    assert [(told.label, told.text) for told in document.projects[1].statements] == [
        ("项目总额", "待定"),
        ("状态", "审核中"),
    ]
