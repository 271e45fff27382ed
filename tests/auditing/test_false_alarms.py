"""What is right, or cannot be told, and was once called wrong: each rule stays silent or speaks softly."""

from __future__ import annotations

from typing import Any

import pytest

from jiheng.auditing import Gap, Rule, all_rules, audit
from jiheng.budget import Item, Place, Severity
from jiheng.budget.document import BudgetDocument
from jiheng.budget.narrative import SubGoal
from tests.auditing.builders import document

RULES = {found.id: found for found in all_rules()}


def severities(rule_id: str, table: dict[str, Any]) -> list[str]:
    result = audit(document(table), rules=[RULES[rule_id]])
    assert result.failed_rules == []
    return [finding.severity.value for finding in result.findings]


def row(level1: str, level2: str, level3: str, value: str, description: str = "") -> dict[str, str]:
    return {
        "level1": level1, "level2": level2, "level3": level3, "description": description or level3,
        "value": value, "basis": "工程方案",
    }  # fmt: skip


def table(*indicators: dict[str, str], year: int = 2024, **more: Any) -> dict[str, Any]:
    return {"fiscal_year": year, "projects": [{"name": "河道清淤", "indicators": list(indicators), **more}]}


def output(value: str, name: str = "出水浓度") -> dict[str, Any]:
    return table(row("产出指标", "质量指标", name, value))


@pytest.mark.parametrize(
    "value", ["≤60 dB", "≤35 μg/m3", "5 标段", "≥4 学时", "50 穴", "≥3 ha", "2 hm²", "1:1", "2024.12.31"]
)
def test_a_unit_that_we_do_not_know_is_not_called_words(value):
    assert severities("VAL-001", output(value)) == []


@pytest.mark.parametrize("value", ["≥90时效", "≥90满意", "≥90时效高", "≥90服务对象满意", "≥90按时发放补助"])
def test_words_after_a_number_still_are(value):
    assert severities("VAL-001", output(value)) == ["error"]


@pytest.mark.parametrize(
    "value", ["每月1次", "按月发放", "全年", "第三季度前", "2024-12-31", "二级", "零", "±5%"]
)
def test_a_value_that_says_when_or_how_much_can_be_measured(value):
    assert severities("VAL-002", output(value)) == []


@pytest.mark.parametrize("value", ["按时发放", "良好", "符合要求", "按规定时间"])
def test_one_that_does_not_cannot(value):
    assert severities("VAL-002", output(value)) == ["warning"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("经济效益", ">0 万元", []),
        ("人均收入增长率", "≥0%", []),
        ("受益户数", "≥0 户", ["error"]),
    ],
)
def test_a_target_that_can_be_missed_is_a_target(name, value, expected):
    assert severities("VAL-005", output(value, name)) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("拨备覆盖率", "≥150%", []),
        ("投入产出率", "≥120%", []),
        ("农民收入与上年的比率", "≥105%", []),
        ("物价波动率", "≤105%", []),
        ("任务完成率", "≥105%", ["warning"]),
        ("验收合格率", "≥105%", ["error"]),
        ("群众满意度", "≥110%", ["error"]),
    ],
)
def test_what_may_exceed_100_percent(name, value, expected):
    assert severities("VAL-006", output(value, name)) == expected


def test_an_upper_bound_of_a_satisfaction_is_one_too():
    assert severities("VAL-006", table(row("满意度指标", "服务对象满意度指标", "满意度", "≤120%"))) == [
        "error"
    ]


def test_a_later_deadline_within_the_project_s_years_or_of_an_effect():
    later = row("产出指标", "时效指标", "完工时间", "2025年12月底前")
    assert severities("VAL-011", table(later, period="2024年-2025年")) == []
    assert severities("VAL-011", table(later, period="2023年-2024年")) == ["error"]
    assert severities("VAL-011", table(later)) == ["error"]
    assert severities("VAL-011", table(row("效益指标", "可持续影响指标", "使用至", "2030年底"))) == []


def costed(quantity: str, price: str, text: str, budget: str, count: str = "清淤数量") -> dict[str, Any]:
    return table(
        row("产出指标", "数量指标", count, quantity),
        row("产出指标", "成本指标", text, price),
        budget={"total": budget},
    )


@pytest.mark.parametrize(
    ("price", "text", "expected"),
    [
        ("≤500 万元", "工程总投资", ["warning"]),
        ("320 万元", "合同价", ["warning"]),
        ("20 万元", "比上年节约的成本", []),
        ("≤20 万元", "工程成本", ["error"]),
    ],
)
def test_a_contract_may_be_paid_over_years_and_a_saving_is_no_spending(price, text, expected):
    assert severities("COST-002", costed("3 公里", price, text, "10")) == expected


def test_a_loss_to_society_is_not_paid_from_the_budget():
    loss = row("成本指标", "社会成本指标", "搬迁农户损失", "≤20 万元")
    assert severities("COST-002", table(loss, budget={"total": "10"})) == []


@pytest.mark.parametrize(
    ("quantity", "price", "text", "count"),
    [
        ("5 次", "300 元", "每次培训每人成本", "培训次数"),
        ("40 人", "300 元/人/次", "培训成本", "培训人数"),
        ("5000 吨/日", "1.2 元/吨", "处理成本", "处理量"),
        ("5000 吨", "1.2 元/吨", "处理成本", "日处理量"),
        ("10 人", "3000 元", "每人每月工资，发6个月", "发放人数"),
        ("10 人", "3000 元", "冬季每人每月取暖补贴", "发放人数"),
        ("2400 人次", "100 元", "每人每月补助", "全年发放人次"),
    ],
)
@pytest.mark.parametrize("rule_id", ["COST-001", "COST-004"])
@pytest.mark.parametrize("budget", ["0.1", "900"])
def test_a_multiplication_with_a_factor_that_nobody_states_is_not_made(
    rule_id, quantity, price, text, count, budget
):
    assert severities(rule_id, costed(quantity, price, text, budget, count)) == []


def test_an_amount_of_about_is_not_exact():
    assert severities("COST-003", costed("3 公里", "5.9 万元左右", "工程成本", "6")) == []
    assert severities("COST-003", costed("3 公里", "5.9 万元", "工程成本", "6")) == ["warning"]


@pytest.mark.parametrize(("total", "expected"), [("3.58", "notice"), ("3.66", "error")])
def test_what_a_rounded_price_explains(total, expected):
    item = {"name": "办公椅", "quantity": "10", "price": "0.36", "total": total}
    assert severities("PROC-001", {"procurement": {"items": [item]}}) == [expected]


def test_procurement_without_a_table_may_have_it_elsewhere():
    assert severities("PROC-003", {"procurement": {"total": "10"}}) == ["warning"]
    assert severities("PROC-003", {"procurement": {"total": "0"}}) == []


def test_tables_that_are_missing_are_left_to_the_rule_that_names_them():
    spent = {
        "project": "100",
        "projects": [{"name": "清淤", "amount": "60"}, {"name": "筑堤", "amount": "40"}],
    }
    one = {"expenditure": spent, "projects": [{"name": "清淤", "budget": {"total": "60"}}]}
    assert severities("SUM-008", one) == []
    assert severities("SUM-008", {**one, "projects": [{"name": "清淤", "budget": {"total": "160"}}]}) == [
        "error"
    ]


def test_a_plan_that_was_complete_and_falls_is_reported_once():
    plan = {"unit": "percent", "march": "50", "june": "100", "october": "0", "december": "0"}
    assert severities("PLAN-002", table(plan=plan)) == ["error"]
    assert severities("PLAN-003", table(plan=plan)) == []


@pytest.mark.parametrize(
    ("heading", "name", "number"),
    [
        ("（一）河道清淤绩效目标表", "河道清淤", 1),
        ("项目3：河道清淤绩效目标表", "河道清淤", 3),
        ("31.12345热线绩效目标表", "12345热线", None),
        ("3.15消费者权益日活动绩效目标表", "3.15消费者权益日活动", None),
    ],
)
def test_the_numbering_of_a_heading_is_no_part_of_the_name(heading, name, number):
    found = {"projects": [{"heading": heading, "name": name, "number": number}]}
    assert severities("NAME-001", found) == []


def test_the_newer_framework_does_not_ask_every_project_for_a_cost():
    rows = [
        row("产出指标", "数量指标", "清淤河段", "12 段"),
        row("产出指标", "质量指标", "清淤合格率", "100%"),
        row("效益指标", "社会效益指标", "受益户数占比", "≥80%"),
    ]
    assert severities("IND-012", table(*rows)) == []
    assert severities("IND-012", table(*rows, year=2021)) == ["warning"]
    older = row("产出指标", "成本指标", "工程成本", "≤6 万元")
    both = {"fiscal_year": 2024, "projects": [{"indicators": rows}, {"indicators": [*rows, older]}]}
    assert severities("IND-012", both) == ["warning"]


def test_findings_of_a_word_file_follow_its_paragraphs():
    goals: list[Item] = [SubGoal(title=str(at), place=Place(paragraph=at)) for at in (30, 20, 10)]
    rule = Rule(
        id="TST-001", title="试", severity=Severity.WARNING, basis="budget-law", article="14", checks=("X",),
        over_file=False,
        function=lambda _: iter(
            [Gap(path=f"sub_goals.{index}.title", message="试", remedy="试") for index in range(3)]
        ),
    )  # fmt: skip
    found = audit(BudgetDocument(sub_goals=goals), rules=[rule]).findings  # type: ignore[arg-type]
    assert [finding.place.paragraph for finding in found if finding.place] == [10, 20, 30]
