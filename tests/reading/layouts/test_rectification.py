"""整改台账, and lists that look like it."""

from __future__ import annotations

from jiheng.budget import Kind
from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

LIST = """
# 2023年度绩效评价发现问题整改台账
序号 | 项目名称 | 发现问题 | 整改措施 | 责任人 | 整改时限 | 发现时间 | 完成时间 | 整改情况 | 佐证材料 | 分管领导
1 | 山洪沟清淤 | 部分沟段淤积反弹 | 建立常态化清淤机制 | 张工 | 2024年6月30日 | 2024年3月1日 | 2024年5月20日 | 已完成 | 验收单 | 王局
2 | 农村水表更换 | 招标延期 | 提前编制招标计划 | — | 2024年6月30日 | 2024年3月1日 | | 正在整改 | |
"""
EVALUATIONS = """
# 2023年度项目绩效评价结果汇总表
序号 | 项目名称 | 年初预算 | 得分 | 等级 | 存在问题 | 整改措施
1 | 山洪沟清淤 | 6.00 | 92 | 优 | 部分沟段淤积反弹 | 建立常态化清淤机制
2 | 农村水表更换 | 8.00 | 85 | 良 | 招标延期 | 提前编制招标计划
"""


def test_every_column_of_the_list_is_read():
    (document,), unread, _ = read_documents(blocks_of(LIST))
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    assert (document.kind, document.fiscal_year, document.projects) == (Kind.RECTIFICATION, 2023, [])
    first, second = document.rectifications
    assert (first.project, first.problem, first.measure, first.owner, first.deadline) == (
        "山洪沟清淤",
        "部分沟段淤积反弹",
        "建立常态化清淤机制",
        "张工",
        "2024年6月30日",
    )
    assert (first.found_on, first.done_on, first.state, first.evidence, first.attributes) == (
        "2024年3月1日",
        "2024年5月20日",
        "已完成",
        "验收单",
        {"分管领导": "王局"},
    )
    assert (second.owner, second.done_on, second.state) == (None, None, "正在整改")


def test_a_list_of_evaluations_with_problems_is_none():
    (document,), _, _ = read_documents(blocks_of(EVALUATIONS))
    assert document.rectifications == []
    assert [project.name for project in document.projects] == ["山洪沟清淤", "农村水表更换"]
