"""What other provinces' forms, reports and disclosures have beside the Hebei goal table, as tables of the page."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.budget import BudgetDocument, DepartmentGoals, Indicator, Project, Statement
from jiheng.web.documents.page.cells import ABSENT, Cell, Row, Section, Table, header, where
from jiheng.web.documents.page.disclosure import disclosure_table
from jiheng.web.documents.page.listing import pairs, rows_of, texts
from jiheng.web.documents.page.told import review_table

_PROJECT = (
    ("attribute", "项目属性"), ("manager", "负责人"), ("phone", "联系电话"), ("starts", "开始日期"), ("ends", "完成日期"),
    ("score", "总分"), ("grade", "等级"),
)  # fmt: skip
_FUNDING = (
    ("label", "资金来源"), ("amount", "金额"), ("initial", "年初预算数"), ("adjusted", "全年预算数"), ("executed", "执行数"),
    ("through", "执行数截至（月）"), ("forecast", "预计执行数"), ("rate", "执行率（%）"), ("weight", "分值"), ("score", "得分"), ("reason", "原因"), ("unit", "单位"),
)  # fmt: skip
_INDICATOR = (
    ("level3", "三级指标"), ("term", "期间"), ("weight", "分值"), ("level1_weight", "一级分值"), ("level2_weight", "二级分值"),
    ("direction", "方向"), ("previous", "上年水平"), ("standard", "参考标准"), ("formula", "计算公式"), ("actual", "完成值"),
    ("forecast", "预计完成"), ("score", "得分"), ("reason", "偏差原因及改进措施"), ("remark", "备注"),
)  # fmt: skip
_DEPARTMENT = (("name", "部门（单位）名称"), ("period", "期间"), ("score", "总分"), ("grade", "等级"))
_DEPARTMENT_INDICATOR = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("level3", "三级指标"), ("value", "指标值"), ("description", "说明"),
    ("scoring", "评分标准"), ("basis", "依据"), *_INDICATOR[1:],
)  # fmt: skip
_TASK = (
    ("name", "任务名称"), ("content", "主要内容"), ("total", "预算金额"), ("fiscal", "财政拨款"), ("other", "其他资金"),
    ("executed", "执行数"), ("result", "完成情况"),
)  # fmt: skip
_EXPENDITURE_ITEM = (
    ("function_class", "类"), ("section", "款"), ("item", "项"), ("amount", "预算数"), ("previous", "上年执行数"), ("initial", "年初预算"),
    ("final", "决算数"), ("rate", "增减率（%）"), ("uses", "用途"), ("reasons", "原因"),
)  # fmt: skip
_PERFORMANCE = (
    ("goal_projects", "编报绩效目标项目数"), ("goal_amount", "涉及金额"), ("monitored_projects", "绩效监控项目数"), ("monitored_amount", "涉及金额"),
    ("self_evaluated_projects", "绩效自评项目数"), ("self_evaluated_amount", "涉及金额"), ("evaluated_projects", "绩效评价项目数"),
    ("evaluated_amount", "涉及金额"), ("mean_score", "平均得分"), ("excellent", "优"), ("good", "良"), ("fair", "合格（中）"), ("poor", "不合格（差）"),
    ("problems_found", "发现问题"), ("problems_solved", "已完成整改"), ("problems_open", "正在整改"),
)  # fmt: skip
_SCOPES = {"project": "项目总额", "year": ""}


def project_tables(project: Project, path: str) -> Iterator[Table]:
    """The tables of a project beyond its goal table."""
    if (table := pairs(project, path, "其他项目信息", _PROJECT)) is not None:
        yield table
    yield from review_table(project, path)
    yield from _common(project, path)


def sections(document: BudgetDocument) -> Iterator[Section]:
    """Departments' goals, items of expenditure, performance management and disclosure tables."""
    for index, goals in enumerate(document.department_goals):
        yield _department(goals, f"department_goals.{index}")
    if document.expenditure_items:
        title = "支出功能分类逐项说明"
        listed = rows_of(document.expenditure_items, "expenditure_items", title, _EXPENDITURE_ITEM)
        yield Section("expenditure_items", title, unit="万元", tables=(listed,))
    found = document.performance_management
    if found is not None:
        counted = pairs(found, "performance_management", "预算绩效管理情况", _PERFORMANCE)
        if counted is not None:
            yield Section("performance_management", "预算绩效管理情况", tables=(counted,))
    for index, one in enumerate(document.tables):
        yield disclosure_table(one, f"tables.{index}")


def _department(goals: DepartmentGoals, path: str) -> Section:
    tables = []
    if (table := pairs(goals, path, "部门（单位）整体支出", _DEPARTMENT)) is not None:
        tables.append(table)
    if goals.tasks:
        tables.append(rows_of(goals.tasks, f"{path}.tasks", "年度主要任务", _TASK))
    if goals.goals:
        tables.append(texts(goals, path, "goals", "年度总体目标"))
    tables += _common(goals, path)
    title = goals.name or "部门（单位）整体支出绩效目标表"
    return Section(path, title, place=where(goals.place), tables=tuple(tables))


def _common(node: Project | DepartmentGoals, path: str) -> Iterator[Table]:
    if node.funding:
        yield rows_of(node.funding, f"{path}.funding", "资金来源和执行情况", _FUNDING, _SCOPES)
    for field, label in (("mid_term_goals", "中长期目标"), ("results", "目标完成情况")):
        if getattr(node, field):
            yield texts(node, path, field, label)
    if isinstance(node, DepartmentGoals) and node.indicators:
        yield rows_of(node.indicators, f"{path}.indicators", "绩效指标", _DEPARTMENT_INDICATOR)
    elif any(_has_more(row) for row in node.indicators):
        yield rows_of(node.indicators, f"{path}.indicators", "指标的分值和完成情况", _INDICATOR)
    if node.statements:
        rows = (_statement(found, f"{path}.statements.{at}") for at, found in enumerate(node.statements))
        yield Table("其他说明", "goals", (), tuple(rows))


def _statement(found: Statement, path: str) -> Row:
    text = Cell(found.text or ABSENT, (f"{path}.text",), style="prose", hint=where(found.place))
    return Row((header(found.label or "说明", "row"), text))


def _has_more(row: Indicator) -> bool:
    return row.is_core or any(getattr(row, name) for name, _ in _INDICATOR[1:])
