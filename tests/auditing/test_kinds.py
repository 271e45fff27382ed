"""A sound document of every kind has no findings: a rule asks only for what the form prints. Sums must agree in all of them."""

from __future__ import annotations

import pytest

from jiheng.auditing import audit
from jiheng.budget import BudgetDocument, Expenditure, Kind, Revenue, TableKind
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

INDICATORS = """
产出指标 | 数量指标 | 清淤河道长度 | ≥12公里{end}
产出指标 | 质量指标 | 验收合格率 | ≥98%{end}
产出指标 | 时效指标 | 完成时间 | 2024年6月底前{end}
产出指标 | 成本指标 | 每公里清淤成本 | ≤8万元{end}
效益指标 | 社会效益指标 | 受益村庄数量 | ≥20个{end}
满意度指标 | 服务对象满意度指标 | 沿河村民满意度 | ≥90%{end}"""

PROJECT_GOALS = f"""
# 项目支出绩效目标申报表
# （2024年度）
项目名称 | 河道清淤工程 {{3}}
主管部门 | 安澜市水务局 | 实施单位 | 安澜市河道管理处
年度资金总额（万元） | 96.00 | 其中：财政拨款 | 96.00
年度目标 | 完成12公里河道清淤，恢复行洪能力。 {{3}}
一级指标 | 二级指标 | 三级指标 | 指标值{INDICATORS.format(end="")}
"""

DEPARTMENT_GOALS = f"""
# 部门整体支出绩效目标表
# （2024年度）
部门名称 | 安澜市水务局 {{3}}
年度总体目标 | 守住防汛安全底线，完成河道治理任务。 {{3}}
一级指标 | 二级指标 | 三级指标 | 指标值{INDICATORS.format(end="")}
"""

SELF_EVALUATION = f"""
# 项目支出绩效自评表
# （2024年度）
项目名称 | 河道清淤工程 {{6}}
主管部门 | 安澜市水务局 {{2}} | 实施单位 | 安澜市河道管理处 {{3}}
项目资金（万元） {{1x3}} |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分
年度资金总额 | 96.00 | 96.00 | 96.00 | 100% | 10
其中：财政拨款 | 96.00 | 96.00 | 96.00 | 100% | —
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分{INDICATORS.format(end=" | 达成 | 15 | 15")}
总分 {{5}} | 100 | 100
"""

MONITORING = f"""
# 项目支出绩效运行监控表
# （2024年度）
项目名称 | 河道清淤工程 {{5}}
主管部门 | 安澜市水务局 {{2}} | 实施单位 | 安澜市河道管理处 {{2}}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况{INDICATORS.format(end=" | 正常推进 | 完成")}
"""

EVALUATION = """
# 项目支出绩效评价指标表
# （2024年度）
项目名称 | 河道清淤工程 {4}
一级指标 | 二级指标 | 三级指标 | 目标值 | 分值
决策 | 项目立项 | 立项程序规范率 | 100% | 20
过程 | 资金管理 | 预算执行率 | ≥95% | 20
产出 | 产出数量 | 清淤河道长度 | ≥12公里 | 30
效益 | 社会效益 | 受益村庄数量 | ≥20个 | 30
"""

TABLES = """
# 收入支出{what}总表
# 部门：安澜市水务局 2024年度 单位：万元
收入 {{2}} | 支出 {{2}}
项目 | {what}数 | 项目 | {what}数
一、财政拨款收入 | 900.00 | 一、农林水支出 | 870.00
二、其他收入 |  | 二、住房保障支出 | 30.00
收入总计 | 900.00 | 支出总计 | 900.00

# “三公”经费支出{what}表
# 部门：安澜市水务局 2024年度 单位：万元
项目 | {what}数
合计 | 3.00
公务接待费 | 1.00
公务用车运行维护费 | 2.00
"""

PROSE = """
# 安澜市水务局2024年度部门{what}
# 一、部门主要职责
# （一）负责全市水资源的统一管理和保护工作。
# 二、机构设置
# 安澜市水务局下设办公室、水政科、工程科三个科室。
# 三、收支情况说明
# 2024年收入合计900.00万元，其中：财政拨款收入900.00万元。
# 2024年支出合计900.00万元，其中：基本支出400.00万元，项目支出500.00万元。
# 四、机关运行经费说明
# 2024年机关运行经费{what}35.00万元，主要用于办公费和差旅费。
# 五、政府采购情况
# 2024年政府采购{what}总额60.00万元。
# 六、国有资产占有使用情况
# 截至上年末，本部门共有车辆2辆，无单价100万元以上的设备。
# 七、名词解释
# （一）财政拨款收入：指本级财政当年拨付的资金。
"""

SOUND = {
    Kind.PROJECT_GOALS: PROJECT_GOALS,
    Kind.DEPARTMENT_GOALS: DEPARTMENT_GOALS,
    Kind.SELF_EVALUATION: SELF_EVALUATION,
    Kind.MONITORING: MONITORING,
    Kind.EVALUATION: EVALUATION,
    Kind.FINAL_ACCOUNTS: PROSE.format(what="决算") + TABLES.format(what="决算"),
    Kind.DEPARTMENT_DISCLOSURE: PROSE.format(what="预算") + TABLES.format(what="预算"),
    Kind.UNIT_DISCLOSURE: PROSE.format(what="预算").replace("部门预算", "单位预算", 1)
    + TABLES.format(what="预算"),
}


def document_of(text: str) -> BudgetDocument:
    (document,), _, _ = read_documents(blocks_of(text))
    return document


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_document_has_no_findings(kind):
    document = document_of(SOUND[kind])
    assert document.kind is kind
    assert [(found.rule, found.message) for found in audit(document).findings] == []


@pytest.mark.parametrize("what", ["预算", "决算"])
def test_tables_alone_are_no_disclosure_without_its_sentences(what):
    document = document_of(TABLES.format(what=what))
    assert [table.kind for table in document.tables] == [
        TableKind.REVENUE_EXPENDITURE,
        TableKind.THREE_PUBLIC,
    ]
    assert audit(document).findings == []


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "rule"),
    [
        (Kind.PROJECT_GOALS, "财政拨款 | 96.00", "财政拨款 | 86.00", "SUM-007"),
        (Kind.PROJECT_GOALS, "≥90%", "≥190%", "VAL-006"),
        (Kind.PROJECT_GOALS, "完成12公里河道清淤，恢复行洪能力。", "", "GOAL-001"),
        (
            Kind.PROJECT_GOALS,
            "效益指标 | 社会效益指标 | 受益村庄数量 | ≥20个",
            "产出指标 | 数量指标 | 清淤量 | 9万立方米",
            "IND-001",
        ),
        (
            Kind.DEPARTMENT_DISCLOSURE,
            "基本支出400.00万元，项目支出500.00万元",
            "基本支出400.00万元，项目支出600.00万元",
            "SUM-002",
        ),
        (
            Kind.FINAL_ACCOUNTS,
            "其中：财政拨款收入900.00万元",
            "其中：财政拨款收入950.00万元",
            "SUM-001",
        ),
        (Kind.DEPARTMENT_DISCLOSURE, "（一）负责全市水资源的统一管理和保护工作。", "", "TXT-004"),
    ],
)
def test_what_is_wrong_in_them_is_found(kind, right, wrong, rule):
    text = SOUND[kind]
    assert right in text
    found = {finding.rule for finding in audit(document_of(text.replace(right, wrong, 1))).findings}
    assert rule in found


@pytest.mark.parametrize("kind", [Kind.PERFORMANCE_TEXT, Kind.DEPARTMENT_DISCLOSURE])
def test_the_provincial_texts_must_state_an_overall_goal(kind):
    whole = BudgetDocument(
        kind=kind, duties=["防汛"], revenue=Revenue(total="1"), expenditure=Expenditure(total="1")
    )
    assert "GOAL-005" in {found.rule for found in audit(whole).findings}


@pytest.mark.parametrize("kind", [Kind.DEPARTMENT_DISCLOSURE, Kind.FINAL_ACCOUNTS])
def test_a_disclosure_with_the_form_of_one_of_its_projects_is_still_sound(kind):
    document = document_of(SOUND[kind] + PROJECT_GOALS)
    assert document.kind is kind
    assert [project.name for project in document.projects] == ["河道清淤工程"]
    assert [(found.rule, found.message) for found in audit(document).findings] == []


def test_a_form_does_not_name_the_disclosure_that_it_stands_in():
    document = document_of(TABLES.format(what="预算") + PROJECT_GOALS)
    assert document.kind is Kind.DEPARTMENT_DISCLOSURE
    assert document.title is None
    assert len(document.tables) == 2
    assert len(document.projects) == 1
