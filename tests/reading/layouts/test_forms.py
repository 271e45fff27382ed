"""Goal forms of many provinces: every variant met in the field, with its traps."""

from __future__ import annotations

import msgspec
import pytest

from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from tests.conftest import ROOT
from tests.reading.layouts.grids import at, blocks_of, load

FORMS = sorted((ROOT / "tests" / "data" / "forms").glob("*.txt"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_read(path):
    blocks, expected = load(path)
    documents, unread, _ = read_documents(blocks)
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    (document,) = msgspec.to_builtins(documents)
    assert {key: at(document, key) for key in expected} == expected


def test_a_project_named_like_a_source_of_money_makes_no_form_of_a_goal_table():
    from jiheng.reading import read

    page = (
        "<table><tr><td>项目编码</td><td>434-0401-YXN-0001</td><td>项目名称</td><td>地方戏曲补助资金</td></tr>"
        "<tr><td>主管部门及代码</td><td>【434】政府</td><td>实施单位</td><td>【434】安澜县文化馆</td></tr>"
        "<tr><td>绩效目标</td><td colspan=3>按时演出</td></tr></table>"
        "<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>绩效指标描述</td><td>指标值</td><td>指标值确定依据</td></tr>"
        "<tr><td>产出指标</td><td>数量指标</td><td>演出场次</td><td>演出的场次</td><td>≥30场</td><td>演出计划</td></tr></table>"
    )
    text = f"<html><body><p>第二部分 预算项目绩效目标</p><p>1、地方戏曲补助资金绩效目标表</p>{page}</body></html>"
    (project,) = read(text.encode(), name="a.html").documents[0].projects
    assert (project.name, project.code) == ("地方戏曲补助资金", "434-0401-YXN-0001")
    assert [indicator.level3 for indicator in project.indicators] == ["演出场次"]


@pytest.mark.parametrize(("points", "level1"), [("", "效益"), ("10", "满意度指标")])
def test_a_row_without_points_of_its_own_belongs_to_the_first_level_above(points, level1):
    grid = f"""
项目名称 | 污水处理 {{7}}
一级指标 | 权重 | 二级指标 | 分值 | 三级指标 | 目标值 | 分值 | 得分
效益 | 30 | 社会效益指标 | 20 | 受益村占比 | ≥80% | 20 | 20
 | {points} | 满意度指标 | 10 | 村民满意度 | ≥90% | 10 | 9
"""
    (document,), _, _ = read_documents(blocks_of(grid))
    assert document.projects[0].indicators[1].level1 == level1


@pytest.mark.parametrize("label", ["项目名称", "项目支出名称", "专项资金名称"])
@pytest.mark.parametrize(
    "name", ["县级储备粮", "中央财政水利发展资金", "县级配套资金", "其他运转类经费", "中央厨房建设"]
)
def test_what_stands_beside_the_label_of_a_name_is_the_name(label, name):
    (document,), _, _ = read_documents(
        blocks_of(
            f"{label} | {name} | 实施单位 | 安澜县粮库\n"
            "项目资金（万元） {1x3} |  | 全年预算数 | 全年执行数\n"
            "年度资金总额 | 200 | 200\n"
            "县级资金 | 200 | 200\n"
            "年度总体目标 {1x2} | 年初设定目标 | 全年实际完成情况 {2}\n"
            "修渠5公里 | 修渠6公里 {2}\n"
            "一级指标 | 二级指标 | 三级指标 | 年度指标值\n"
            "产出指标 | 数量指标 | 渠道长度 | ≥5公里"
        )
    )
    (project,) = document.projects
    assert (project.name, project.unit.name) == (name, "安澜县粮库")
    assert [line.source for line in project.funding] == ["total", "county"]
    assert (project.goals, project.results) == (["修渠5公里"], ["修渠6公里"])


def test_a_category_of_projects_is_no_source_of_money():
    grid = """
项目名称 | 村道路灯更换 | 项目类别 | 其他运转类
主管部门 | 安澜县交通运输局 | 实施单位 | 安澜县交通运输局本级
项目资金（万元） | 年度资金总额： | 40.00 |
年度绩效目标 | 更换路灯40盏 {3}
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 更换路灯数 | ≥40盏
"""
    (document,), _, _ = read_documents(blocks_of(grid))
    assert document.projects[0].attribute == "其他运转类"
