"""绩效目标审核表, with the aspects in merged cells and the criteria in a column or behind the name."""

from __future__ import annotations

from jiheng.budget import Kind
from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

FORM = """
# 附件3
# 项目支出绩效目标审核表
# （2024年度）
项目名称 | 村道路灯更换 {4}
主管部门 | 安澜县交通运输局 | 实施单位 | 安澜县交通运输局本级 {2}
审核内容 | 审核要点 | 分值 | 得分 | 审核意见
一、完整性审核（20分） {1x2} | 规范完整性（10分） | 10 | 9 | 填写规范
明确清晰性（10分） | 10 | 9 | 目标清晰
二、相关性审核（20分） {1x2} | 目标相关性（10分）⏎目标是否与部门职能相关。 | 10 | 9 | 与职能相关
指标科学性（10分） | 10 | 8.5 | 指标可量化
三、适当性审核（30分） {1x2} | 绩效合理性（15分） | 15 | 13 | 合理
资金匹配性（15分） | 15 | 13 | 匹配
四、可行性审核（30分） {1x2} | 实现可能性（15分） | 15 | 14 | 可实现
条件充分性（15分） | 15 | 14 | 条件具备
总分 {2} | 100 | 89.5 |
综合评定等级 | 良 {4}
总体意见 | 同意，修改完善后进入下一步预算安排流程。 {4}
"""


def test_a_review_form_is_read():
    (document,), unread, _ = read_documents(blocks_of(FORM))
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    assert (document.kind, document.fiscal_year, document.title) == (
        Kind.REVIEW,
        2024,
        "项目支出绩效目标审核表",
    )
    (project,) = document.projects
    assert (project.name, project.score, project.grade) == ("村道路灯更换", "89.5", "良")
    assert project.unit is not None and project.unit.name == "安澜县交通运输局本级"
    assert [(item.aspect, item.name, item.most, item.points) for item in project.review] == [
        ("完整性", "规范完整性", "10", "9"),
        ("完整性", "明确清晰性", "10", "9"),
        ("相关性", "目标相关性", "10", "9"),
        ("相关性", "指标科学性", "10", "8.5"),
        ("适当性", "绩效合理性", "15", "13"),
        ("适当性", "资金匹配性", "15", "13"),
        ("可行性", "实现可能性", "15", "14"),
        ("可行性", "条件充分性", "15", "14"),
    ]
    assert project.review[2].criterion == "目标是否与部门职能相关。"
    assert project.review[0].opinion == "填写规范"
    assert [(said.label, said.topic) for said in project.statements] == [("总体意见", "review")]


def test_points_stand_below_their_heading_wherever_it_is():
    form = FORM.replace("分值 | 得分 | 审核意见", "审核意见 | 分值 | 得分")
    (document,), _, _ = read_documents(blocks_of(form.replace("10 | 9 | 填写规范", "填写规范 | 10 | 9")))
    (project,) = document.projects
    assert (project.review[0].points, project.review[0].opinion) == ("9", "填写规范")
