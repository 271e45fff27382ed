"""What the official forms print and leave blank: nothing of it is taken for content, and nothing beside it is lost."""

from __future__ import annotations

from jiheng.budget import CodedName, Kind
from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

BLANK = """
# 项目支出绩效自评表
# （2024年度）
项目名称 | 山洪沟清淤 {7}
主管部门及代码 |  {3} | 实施单位 |  {3}
项目资金（万元） {1x3} |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 |  |  |  |  |  |
其他资金 |  |  |  |  |  |
年度总体目标 {1x2} | 预期目标 {3} | 实际完成情况 {4}
 {3} |  {4}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 |  |  |  |  |  |
总分 {5} |  |  |
"""
WATCHED = """
# 项目支出绩效运行监控表
# （2024年度）
项目名称 | 山洪沟清淤 {5}
主管部门及代码 | 安澜县水务局 {2} | 实施单位 | 安澜县防汛中心 {2}
项目资金（万元） {1x2} |  | 年初预算数 | 1—X月执行数 | 1—X月执行率 | 全年预计执行数
年度资金总额 | 6.00 | 3.00 | 50% | 6.00
年度目标 | 绩效目标已经落实。 {5}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1—X月执行情况 | 全年预计完成情况
产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 5公里 | 12公里
"""
DEPARTMENT = """
# 部门整体支出绩效自评表
部门（单位）名称 | 安澜县水务局 {5}
项目资金（万元） {1x2} |  | 年初预算数 | 全年执行数 | 执行率 | 得分
年度资金总额 |  |  |  |
年度主要任务 {1x2} | 任务名称 | 主要内容 | 预算金额（万元） | 执行数 | 完成情况
防汛抗旱 | 清淤 | 6.00 | 6.00 | 完成
年度总体目标 | 安全度汛。 {5}

一级指标 | 二级指标 | 三级指标 | 年度指标值
产出指标 | 数量指标 | 清淤长度 | ≥12公里
"""
PLAN = """
# 项目支出绩效目标申报表
项目名称 | 山洪沟清淤 {4}
实施单位 | 安澜县防汛中心 {4}
项目资金用途 | 用于清理淤积物。 {4}
项目资金（万元） | 年度资金总额 | 6.00 {3}
资金支出计划（%） {1x2} | 3月底 | 6月底 | 10月底 | 12月底
25% | | 75% | 100%
年度目标 | 完成清淤。 {4}
中期绩效指标 {5}
二级指标 | 三级指标 | 指标值 {3}
数量指标 | 清淤长度 | ≥36公里 {3}

年度绩效指标 {3}
二级指标 | 三级指标 | 指标值
 | 清淤长度 | ≥12公里
"""

REVIEW = """
# 项目支出绩效目标审核表
# （2024年度）
项目名称 | 村道路灯更换 {5}
主管部门及代码 |  | 实施单位 | 305001 安澜县交通运输局本级 {3}
项目属性 |  | 项目期 |  {3}
开始日期 | 2024年3月 | 完成日期 |  {3}
审核内容 {2} | 审核要点 | 分值 | 得分 | 审核意见
完整性审核（20分） {1x2} | 规范完整性 | 是否规范 | 10 | 9 |
明确清晰性 | 是否明确 | 10 | 9 |
相关性审核（20分） {1x2} | 目标相关性 | 是否相关 | 10 | 9 |
指标科学性 | 是否量化 | 10 | 8.5 |
总分 {3} | 40 | 35.5 |
综合评定等级 | 良 {5}
总体意见 | 同意。⏎修改指标。 {5}
"""
LIST = """
# 项目库清单
# （2024年度）
# 填报单位：305 安澜县水务局
# 单位：元
序号 | 项目名称 | 单位名称 | 项目总额
1 | 河道清淤 | 安澜县水务局本级 | 168000
合计 {3} | 168000
"""
LEDGER = """
# 绩效评价发现问题整改台账
# （2024年度）
# 填报单位：安澜县财政局
序号 | 项目名称 | 存在问题 | 整改措施 | 责任人 | 整改时限
1 | 山洪沟清淤 | 淤积反弹 | 常态化清淤 | 张某 | 2024年6月30日
"""


def only(text):
    documents, left, warnings = read_documents(blocks_of(text))
    assert [block.text for block in left if block.kind is LeftOver.UNKNOWN] == []
    assert warnings == []
    (document,) = documents
    return document


def test_a_form_that_nobody_has_filled_in_says_nothing():
    (project,) = only(BLANK).projects
    assert (project.name, project.department, project.unit) == ("山洪沟清淤", None, None)
    assert (project.funding, project.budget, project.indicators, project.score) == ([], None, [], None)


def test_months_may_be_printed_as_the_blank_form_has_them():
    (project,) = only(WATCHED).projects
    (line,) = project.funding
    assert (line.initial, line.executed, line.rate, line.forecast) == ("6.00", "3.00", "50", "6.00")
    (indicator,) = project.indicators
    assert [one.text for one in (indicator.value, indicator.actual, indicator.forecast)] == [
        "≥12公里",
        "5公里",
        "12公里",
    ]


def test_a_sentence_that_begins_like_a_label_is_a_goal():
    assert only(WATCHED).projects[0].goals == ["绩效目标已经落实。"]


def test_tasks_below_an_empty_table_of_funds_are_tasks_and_the_indicators_may_stand_in_a_table_of_their_own():
    document = only(DEPARTMENT)
    assert document.kind is Kind.SELF_EVALUATION
    (part,) = document.department_goals
    assert [(task.name, task.total, task.executed, task.result) for task in part.tasks] == [
        ("防汛抗旱", "6.00", "6.00", "完成")
    ]
    assert (part.funding, part.statements) == ([], [])
    assert [row.level3 for row in part.indicators] == ["清淤长度"]


def test_a_spending_plan_and_a_purpose_are_read_in_any_form():
    (project,) = only(PLAN).projects
    assert project.purpose == "用于清理淤积物。"
    assert project.plan is not None
    assert (project.plan.unit, project.plan.heading) == ("percent", "资金支出计划（%）")
    assert project.plan.figures == ("25", None, "75", "100")
    (project,) = only(PLAN.replace("25% | | 75% | 100%", "1.50 | | 3 | 6.00")).projects
    assert project.plan is not None
    assert (project.plan.unit, project.plan.figures) == ("amount", ("1.50", None, "3", "6.00"))


def test_a_table_below_a_form_goes_on_with_it_where_it_begins_with_the_heading_of_indicators():
    (project,) = only(PLAN).projects
    assert [(row.term, row.level3) for row in project.indicators] == [
        ("whole", "清淤长度"),
        ("annual", "清淤长度"),
    ]


def test_labels_that_nobody_has_filled_in_do_not_shift_those_of_a_review():
    (project,) = only(REVIEW).projects
    assert (project.name, project.department, project.attribute, project.period) == (
        "村道路灯更换",
        None,
        None,
        None,
    )
    assert project.unit == CodedName("305001", "安澜县交通运输局本级")
    assert (project.starts, project.ends, project.score, project.grade) == ("2024年3月", None, "35.5", "良")
    assert [said.text for said in project.statements] == ["同意。\n修改指标。"]


def test_a_list_says_its_year_and_who_filled_it_in_above_it():
    document = only(LIST)
    assert (document.title, document.fiscal_year) == ("项目库清单", 2024)
    assert document.department == CodedName("305", "安澜县水务局")
    assert [project.budget.unit for project in document.projects if project.budget] == ["元"]


def test_a_ledger_says_who_filled_it_in_above_it():
    document = only(LEDGER)
    assert (document.fiscal_year, document.department) == (2024, CodedName(None, "安澜县财政局"))
