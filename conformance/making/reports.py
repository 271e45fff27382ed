"""Clean forms of reporting: self-evaluation, monitoring, evaluation, and a declaration with points."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.accuracy.content import FORMS
from conformance.making.paper import Paper, documents_of, numbered, paper, whole_record
from tests.reading.layouts.grids import blocks_of, load

_SELF_EVALUATION: Final = """
# 项目支出绩效自评表
# （{year}年度）
项目名称 | {name} {{8}}
主管部门 | 安澜县{office} {{3}} | 实施单位 {{2}} | 安澜县{office}本级 {{3}}
项目资金⏎（万元） {{1x5}} |  {{2}} | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额： {{2}} | 40.00 | 40.00 | 38.00 | 10 | 95.00% | 9.5
其中：本年财政拨款 {{2}} | 35.00 | 35.00 | 33.60 | — | 96.00% | —
上年结转资金 {{2}} | 0.00 | 0.00 | 0.00 | — |  | —
其他资金 {{2}} | 5.00 | 5.00 | 4.40 | — | 88.00% | —
年度总体目标 {{1x2}} | 预期目标 {{4}} | 实际完成情况 {{4}}
{goal} {{4}} | {result} {{4}}
绩效指标 {{1x8}} | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标(50分) {{1x4}} | 数量指标 | {quantity} | ≥40{unit} | 42{unit} | 15 | 15 |
质量指标 | 验收合格率 | ≥96% | 98% | 15 | 15 |
时效指标 | 完工及时率 | ≥90% | 81% | 10 | 9 | 雨季停工，今后提前备料。
成本指标 | 单位成本 | ≤9500元 | 9047元 | 10 | 10 |
效益指标(30分) {{1x2}} | 社会效益指标 | 受益村覆盖率 | ≥80% | 86% | 15 | 15 |
可持续影响指标 | 设施管护率 | ≥90% | 92% | 15 | 15 |
满意度指标(10分) | 服务对象满意度指标 | 群众满意度 | ≥90% | 94% | 10 | 10 |
总分 {{6}} | 100 | 98.5 |
"""

_MONITORING: Final = """
# 项目支出绩效运行监控表
# （{year}年度）
项目名称 | {name} {{8}}
主管部门及代码 | 305 安澜县{office} {{4}} | 实施单位 | 安澜县{office}本级 {{3}}
项目资金⏎（万元） {{1x3}} |  {{2}} | 年初预算数 | 1～7月执行数 | 1～7月执行率 | 全年预计执行数 {{3}}
年度资金总额： {{2}} | 60.00 | 36.00 | 60.00% | 60.00 {{3}}
其中：财政拨款 {{2}} | 60.00 | 36.00 | 60.00% | 60.00 {{3}}
年度总体目标 | {goal} {{8}}
绩效指标 {{1x7}} | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1～7月执行情况 | 全年预计完成情况 | 偏差原因分析 | 备注
产出指标 {{1x4}} | 数量指标 | {quantity} | ≥40{unit} | 24{unit} | 41{unit} |  |
质量指标 | 验收合格率 | ≥96% | 97% | 97% |  |
时效指标 | 完工及时率 | ≥90% | 91% | 92% |  |
成本指标 | 单位成本 | ≤15000元 | 15000元 | 15000元 |  |
效益指标 | 社会效益指标 | 受益村覆盖率 | ≥80% | 52% | 84% |  |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 93% | 93% |  |
"""

_DECLARATION: Final = """
# 项目支出绩效目标申报表
# （{year}年度）
项目名称 | {name} {{5}}
主管部门 | 安澜县{office} {{2}} | 实施单位 | 安澜县{office}本级 {{2}}
项目资金（万元） {{1x3}} | 年度资金总额： | 40.00 {{4}}
其中：财政拨款 | 35.00 {{4}}
其他资金 | 5.00 {{4}}
年度绩效目标 | {goal} {{5}}
绩效指标 {{1x8}} | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
产出指标 {{1x4}} | 数量指标 | {quantity} | ≥40{unit} | 15
质量指标 | 验收合格率 | ≥96% | 15
时效指标 | 完工及时率 | ≥90% | 10
成本指标 | 单位成本 | ≤9500元 | 10
效益指标 {{1x2}} | 社会效益指标 | 受益村覆盖率 | ≥80% | 15
可持续影响指标 | 设施管护率 | ≥90% | 15
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 10
"""

_EVALUATION: Final = """
# 项目绩效评价指标体系表
项目名称 | {name} {{8}}
一级指标 | 权重 | 二级指标 | 分值 | 三级指标 | 计量单位 | 目标值（标准） | 分值 | 得分
决策 | 20 | 项目立项 | 20 | 立项程序规范率 | % | 100 | 20 | 20
过程 | 20 | 资金管理 | 20 | 预算执行率 | % | 95 | 20 | 18
产出 {{1x2}} | 30 {{1x2}} | 数量指标 | 15 | {quantity} | {unit} | 40 | 15 | 15
质量指标 | 15 | 验收合格率 | % | 96 | 15 | 14
效益 {{1x2}} | 30 {{1x2}} | 社会效益指标 | 20 | 受益村覆盖率 | % | 80 | 20 | 19
满意度指标 | 10 | 群众满意度 | % | 90 | 10 | 9
"""

_WORK: Final = (
    {"name": "村道路灯更换", "office": "交通运输局", "quantity": "更换路灯数", "unit": "盏", "year": 2024,
     "goal": "更换村道路灯40盏，夜间出行安全。", "result": "更换村道路灯42盏，沿线各村夜间照明恢复。"},
    {"name": "灌溉泵站大修", "office": "水务局", "quantity": "大修泵站数", "unit": "座", "year": 2023,
     "goal": "大修灌溉泵站40座，保证春灌用水。", "result": "大修灌溉泵站42座，春灌期间正常供水。"},
)  # fmt: skip

_FORMS: Final = {
    "self-evaluation": (_SELF_EVALUATION, "self_evaluation"),
    "monitoring": (_MONITORING, "monitoring"),
    "declaration": (_DECLARATION, "project_goals"),
    "evaluation": (_EVALUATION, "evaluation"),
}


def report(form: str, number: int) -> Paper:
    """A form of this name about one of the invented works."""
    grid, kind = _FORMS[form]
    work = _WORK[number]
    truth: dict[str, Any] = {"kind": kind, "projects": [{"name": work["name"]}]}
    return read_whole(f"{form}-{number + 1}", f"{form} form", grid.format(**work), truth)


def read_whole(name: str, layout: str, grid: str, truth: dict[str, Any]) -> Paper:
    """A paper whose whole record is that of the exact grid, which must hold ``truth``."""
    blocks = numbered(blocks_of(grid))
    paper(name, layout, blocks, [truth])
    return Paper(name, layout, blocks, whole_record(documents_of(blocks)))


def summary() -> Paper:
    """The list of a year's evaluations, checked by hand for the tests of layouts."""
    blocks, _ = load(FORMS / "u10-summary-evaluation.txt")
    placed = numbered(blocks)
    return Paper("evaluation-list", "evaluation form", placed, whole_record(documents_of(placed)))


def reports() -> list[Paper]:
    """The clean ones."""
    return [summary(), *(report(form, number) for form in _FORMS for number in range(len(_WORK)))]
