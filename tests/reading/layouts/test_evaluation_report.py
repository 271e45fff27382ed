"""Evaluation reports in chapters: a project's, and a whole department's."""

from __future__ import annotations

from jiheng.auditing import audit
from jiheng.budget import Kind
from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

PROJECT = """
# 安澜县水务局
# 2023年度山洪沟清淤项目绩效评价报告
# 一、项目概况.........1
# 一、项目概况
# （一）项目背景
# 项目清理全县十二段山洪沟，预算6.00万元，实际支出5.80万元。
# 二、综合评价结论
# 经评价，山洪沟清淤项目综合得分为92.5分，评价等级为“优”。
# 三、存在的主要问题
# 1.部分沟段淤积反弹。
# 四、有关建议
# 建立常态化清淤机制，明确归档责任人。
"""
DEPARTMENT = """
# 安澜县水务局2023年度部门整体支出绩效评价报告（征求意见稿）
# 一、基本情况
# 本次评价项目4个，涉及资金25.40万元，平均得分57.5分，其中优3个，良2个，中1个，差1个。
# 二、整改情况
# 共发现问题5个，已完成整改3个，正在整改1个。
"""


def test_a_project_s_report():
    (document,), unread, _ = read_documents(blocks_of(PROJECT))
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    assert (document.kind, document.fiscal_year) == (Kind.EVALUATION, 2023)
    assert document.department is not None and document.department.name == "安澜县水务局"
    (project,) = document.projects
    assert (project.name, project.score, project.grade) == ("山洪沟清淤项目", "92.5", "优")
    assert [(said.topic, said.label) for said in project.statements] == [
        ("overview", "（一）项目背景"),
        ("conclusion", "二、综合评价结论"),
        ("problems", "三、存在的主要问题"),
        ("improvement", "四、有关建议"),
    ]
    assert [entry.page for entry in document.contents] == [1]


def test_a_whole_department_s_report_with_its_counts():
    (document,), unread, _ = read_documents(blocks_of(DEPARTMENT))
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    assert (document.status, document.projects) == ("征求意见稿", [])
    (goals,) = document.department_goals
    assert (goals.name, goals.score, goals.grade) == ("安澜县水务局", None, None)
    counts = document.performance_management
    assert counts is not None
    assert (counts.evaluated_projects, counts.mean_score) == ("4", "57.5")
    assert (counts.excellent, counts.good, counts.fair, counts.poor) == ("3", "2", "1", "1")
    assert {finding.rule for finding in audit([document]).findings} >= {"EVAL-004", "EVAL-006"}


def test_a_title_above_a_form_alone_is_no_report():
    form = """
# 2023年度项目支出绩效自评报告
项目名称 | 山洪沟清淤 | 主管部门 | 安澜县水务局
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值
产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12公里
"""
    (document,), _, _ = read_documents(blocks_of(form))
    assert [project.name for project in document.projects] == ["山洪沟清淤"]
