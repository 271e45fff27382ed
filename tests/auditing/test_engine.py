"""The engine: findings are named, placed and ordered; a rule that crashes does not stop the others."""

from __future__ import annotations

import msgspec
import pytest

from jiheng.auditing import Gap, Rule, all_rules, audit
from jiheng.auditing.earlier import same_body
from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Expenditure,
    Indicator,
    IndicatorValue,
    Place,
    Project,
    ProjectBudget,
    Severity,
    SpendingPlan,
    SubGoal,
    exchange,
)


def declared(function, rule_id: str = "TST-001", *, over_file: bool = False) -> Rule:
    return Rule(
        id=rule_id, title="试", severity=Severity.WARNING, basis="budget-law", article="14", checks=("X",),
        over_file=over_file, function=function,
    )  # fmt: skip


def gap(path: str, **more: object) -> Gap:
    return Gap(path=path, message="试", remedy="试", **more)  # type: ignore[arg-type]


def placed() -> BudgetDocument:
    row = Indicator(
        level3="清淤河段", place=Place(table=1, row=9), cells={"value": Place(table=1, row=9, column=5)}
    )
    table = Project(
        name="河道清淤", code="A1", place=Place(line=3), indicators=[row],
        budget=ProjectBudget(total="5", cells={"total": Place(table=1, row=2)}),
        cells={"goals.1": Place(table=1, row=7)}, goals=["甲", "乙"],
    )  # fmt: skip
    return BudgetDocument(projects=[table], expenditure=Expenditure(total="1"))


def only(path: str):
    (finding,) = audit(placed(), rules=[declared(lambda document: iter([gap(path)]))]).findings
    return finding


def test_a_rule_that_crashes_is_named_and_the_others_run():
    def crashes(document):
        raise ZeroDivisionError("oops")
        yield

    result = audit(
        placed(), rules=[declared(crashes), declared(lambda document: iter([gap("title")]), "TST-002")]
    )
    assert [finding.rule for finding in result.findings] == ["TST-002"]
    (failure,) = result.failed_rules
    assert "TST-001" in str(failure)
    assert "ZeroDivisionError" in str(failure)


def test_a_finding_stands_at_its_cell():
    assert only("projects.0.indicators.0.value").place == Place(table=1, row=9, column=5)
    assert only("projects.0.budget.total").place == Place(table=1, row=2)
    assert only("projects.0.goals.1").place == Place(table=1, row=7)


def test_where_the_cell_is_not_known_it_stands_at_what_is_around():
    assert only("projects.0.indicators.0.basis").place == Place(table=1, row=9)
    assert only("projects.0.budget.fiscal").place == Place(line=3)
    assert only("expenditure.total").place is None


def test_project_indicator_section_and_basis_are_named():
    finding = only("projects.0.indicators.0.value")
    assert (finding.project, finding.indicator, finding.section) == ("A1", "清淤河段", "projects")
    assert finding.basis == "budget-law"
    assert "预算法" in finding.basis_text
    assert "第十四条" in finding.basis_text


def test_one_case_may_be_worse_than_its_rule():
    found = audit(placed(), rules=[declared(lambda document: iter([gap("title", severity=Severity.ERROR)]))])
    assert found.has_errors
    assert found.counts() == {Severity.ERROR: 1, Severity.WARNING: 0, Severity.NOTICE: 0}


def test_documents_of_a_file_are_counted():
    each = audit([placed(), placed()], rules=[declared(lambda document: iter([gap("title")]))]).findings
    assert [finding.document for finding in each] == [0, 1]
    second = declared(lambda documents: iter([gap("projects.0.name", document=1)]), over_file=True)
    (finding,) = audit([BudgetDocument(), placed()], rules=[second]).findings
    assert (finding.document, finding.project) == (1, "A1")


def test_a_rule_over_years_sees_every_pair_of_one_body():
    rule = Rule(
        id="TST-001", title="试", severity=Severity.WARNING, basis="budget-law", article="14", checks=("X",),
        over_file=False, over_years=True,
        function=lambda document, earlier: iter([gap("title", stated=f"{earlier.fiscal_year}")]),
    )  # fmt: skip
    own, other = CodedName("315", "安澜县水务局"), CodedName("316", "安澜县档案馆")
    now = [BudgetDocument(department=own), BudgetDocument(department=other)]
    before = [BudgetDocument(department=own, fiscal_year=2023), BudgetDocument(fiscal_year=2022)]
    found = audit(now, previous=before, rules=[rule]).findings
    assert [(finding.document, finding.stated) for finding in found] == [
        (0, "2023"),
        (0, "2022"),
        (1, "2022"),
    ]
    assert [finding.stated for finding in audit(now[0], previous=before[0], rules=[rule]).findings] == [
        "2023"
    ]
    assert audit(now, rules=[rule]).findings == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"title": "安澜县水务局2024年部门预算绩效文本"}, {"issuer": "水务局"}, True),
        ({"title": "安澜县水务局2024年部门预算绩效文本"}, {"issuer": "安澜县档案馆"}, False),
        ({"title": "部门预算绩效文本"}, {"issuer": "安澜县档案馆"}, True),
        ({"department": CodedName("315001", "水务局")}, {"department": CodedName("315", "水利局")}, True),
    ],
)
def test_only_names_that_contradict_part_two_bodies(left, right, expected):
    assert same_body(BudgetDocument(**left), BudgetDocument(**right)) is expected


def test_findings_come_in_the_order_of_the_text_and_always_the_same():
    paths = ["projects.0.indicators.0.value", "projects.0.goals.1", "projects.0.budget.total"]
    found = audit(placed(), rules=[declared(lambda document: map(gap, paths))]).findings
    assert [finding.path for finding in found] == paths[::-1]


def clean() -> BudgetDocument:
    """Nothing to find: quantities times prices make up the budget, every target can be measured."""
    rows = [
        ("产出指标", "数量指标", "清淤河段数量", "年内完成清淤的河段个数", "12 段", "清淤工程方案"),
        ("产出指标", "质量指标", "清淤合格率", "验收合格的河段占清淤河段的比例", "100%", "验收规范"),
        ("产出指标", "时效指标", "完成时间", "全部河段完工的时间", "2024年10月底前", "清淤工程方案"),
        ("产出指标", "成本指标", "每段清淤成本", "平均每段清淤支出", "5000 元", "询价记录"),
        ("效益指标", "社会效益指标", "受益户数占比", "沿河受益农户占全部农户的比例", "≥80%", "村级台账"),
        (
            "效益指标",
            "可持续影响指标",
            "行洪能力保持时间",
            "清淤后行洪能力保持的时间",
            "≥3 年",
            "清淤工程方案",
        ),
        (
            "满意度指标",
            "服务对象满意度指标",
            "沿河村民满意度",
            "受访村民中表示满意的比例",
            "≥90%",
            "问卷调查",
        ),
    ]
    indicators = [
        Indicator(level1=a, level2=b, level3=c, description=d, value=IndicatorValue.parse(e), basis=f)
        for a, b, c, d, e, f in rows
    ]
    table = Project(
        number=1, name="河道清淤", heading="1.河道清淤绩效目标表", code="434-0501-YXN-WYUZ", indicators=indicators,
        budget=ProjectBudget(total="6.00", fiscal="6.00"), purpose="清理十二段河道的淤积物。",
        plan=SpendingPlan(march="25", june="50", october="75", december="100", heading="资金支出计划（%）"),
        goals=["汛前完成十二段河道清淤。", "沿河农户受益。"],
    )  # fmt: skip
    return BudgetDocument(
        title="安澜县水务局2024年部门预算绩效文本", fiscal_year=2024, overall_goal=["守住防汛安全底线。"],
        sub_goals=[SubGoal(number=1, title="防汛", goal="安全度汛。", indicators="清淤 12 段。")], projects=[table],
    )  # fmt: skip


def test_a_clean_document_has_no_findings_at_all():
    result = audit(clean())
    assert [(finding.rule, finding.message) for finding in result.findings] == []
    assert result.failed_rules == []


def test_auditing_changes_nothing():
    document = clean()
    before = exchange.dumps([document], with_cells=True)
    audit(document)
    assert exchange.dumps([document], with_cells=True) == before


def test_rules_stand_an_empty_document_and_empty_tables():
    empty = Project()
    blank = BudgetDocument(projects=[empty, empty], special_funds=[msgspec.structs.replace(empty, code="")])
    for documents in ([], [BudgetDocument()], [blank, blank]):
        assert audit(documents).failed_rules == []


def test_every_registered_rule_runs_by_default():
    ids = {finding.rule for finding in audit(BudgetDocument(projects=[Project()])).findings}
    assert ids <= {rule.id for rule in all_rules()}
    assert {"IND-001", "GOAL-001", "GOAL-005", "TXT-007"} <= ids
