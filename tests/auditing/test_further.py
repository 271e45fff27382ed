"""Branches that the cases leave out, many projects at once, and slips that a rule must not make again."""

from __future__ import annotations

from typing import Any

import pytest

from jiheng.auditing import all_rules, audit
from jiheng.budget import exchange
from tests.auditing.builders import document

RULES = {found.id: found for found in all_rules()}
DEPARTMENT, UNIT = "department_disclosure", "unit_disclosure"


def found_by(rule_id: str, *tables: dict[str, Any]) -> list[Any]:
    result = audit([document(table) for table in tables], rules=[RULES[rule_id]])
    assert result.failed_rules == []
    return result.findings


def paths(rule_id: str, *tables: dict[str, Any]) -> list[str]:
    return [finding.path for finding in found_by(rule_id, *tables)]


def row(level1: str, level2: str, level3: str, description: str, value: str) -> dict[str, str]:
    return {
        "level1": level1, "level2": level2, "level3": level3, "description": description, "value": value,
        "basis": "工程方案",
    }  # fmt: skip


def table(*indicators: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"projects": [{"name": "河道清淤", "indicators": list(indicators), **more}]}


def priced(quantity: str, name: str, description: str, price: str, budget: str) -> dict[str, Any]:
    return table(
        row("产出指标", "数量指标", "补助对象", "纳入补助的数量", quantity),
        row("产出指标", "成本指标", name, description, price),
        budget={"total": budget},
    )


def test_thirty_projects_are_audited_and_left_as_they_were():
    source = {
        "projects": [
            {
                "number": number,
                "name": f"安澜县第{number}河段清淤",
                "code": f"434-0501-YXN-{number:04d}",
                "budget": {"total": "6.00", "fiscal": "5.00"},
                "plan": {"unit": "percent", "march": "50", "june": "40", "december": "100"},
                "indicators": [row("产出指标", "数量指标", "清淤河段", "清淤河段", "≥0")],
            }
            for number in range(1, 31)
        ]
    }
    documents = [document(source), document(source)]
    before = exchange.dumps(documents, with_cells=True)
    first, second = audit(documents), audit(documents)
    assert first.failed_rules == []
    assert first.findings == second.findings
    assert len({found.project for found in first.findings if found.rule == "SUM-007"}) == 30
    assert exchange.dumps(documents, with_cells=True) == before


def test_a_code_of_a_division_that_does_not_exist_is_named_by_its_digits():
    foreign = {"projects": [{"name": "河道清淤", "code": "99052924P00584012009X"}]}
    (finding,) = found_by("COD-003", {"division": {"code": "130529"}, **foreign})
    assert (finding.path, finding.stated, finding.computed) == ("projects.0.code", "990529", "130529")
    assert paths("COD-003", {"division": {"code": "990529"}, **foreign}) == []


def test_a_project_only_in_the_department_s_part_is_found_there():
    (finding,) = found_by(
        "DOC-005",
        {"kind": DEPARTMENT, "projects": [{"name": "河道清淤"}, {"name": "防汛演练"}]},
        {"kind": UNIT, "projects": [{"name": "河道清淤"}]},
    )
    assert (finding.document, finding.path) == (0, "projects.1.name")


def test_items_that_exceed_the_total_leave_no_remainder():
    spent = {"project": "10", "projects": [{"name": "甲", "amount": "12"}, {"name": "乙"}]}
    (finding,) = found_by("SUM-004", {"expenditure": spent})
    assert (finding.stated, finding.computed, finding.difference) == ("10", "12", "2")
    assert "已不少于项目支出" in finding.message


def test_a_price_per_head_counts_people():
    (finding,) = found_by("COST-001", priced("200 人", "人均补助", "平均补助", "500 元", "2"))
    assert (finding.stated, finding.computed, finding.severity.value) == ("2", "10", "error")


def test_a_daily_price_is_not_multiplied():
    assert paths("COST-001", priced("200 人", "补助", "每人每天补助", "50 元", "0.1")) == []


def plan_done_by_june() -> dict[str, Any]:
    return table(plan={"unit": "percent", "march": "50", "june": "100", "december": "100"})


def spoken(code: str, words: str) -> dict[str, Any]:
    return {
        "division": {"code": code},
        "glossary": [{"term": "财政拨款收入", "definition": f"指{words}当年拨付的资金。"}],
    }


def named_at_six(level1: str, level2: str, value: str) -> dict[str, Any]:
    spent = {"project": "6", "projects": [{"name": "河道清淤", "amount": "6"}]}
    return {"expenditure": spent, **table(row(level1, level2, "清淤成本", "总成本", value))}


SLIPS = [
    ("TXT-001", spoken("130500", "县级财政"), ["glossary.0.definition"], "a city that speaks of 县级"),
    ("TXT-006", {"overall_goal": ["保障 XX 县防汛安全"]}, ["overall_goal.0"], "XX 县 with a space"),
    ("TXT-006", {"overall_goal": ["建成防汛示例村三个"]}, [], "示例 as an ordinary word"),
    ("PLAN-004", plan_done_by_june(), [], "an empty cell after the whole budget is reached"),
    (
        "DIR-002",
        table(row("产出指标", "质量指标", "投诉次数", "群众投诉的次数", "≥5 次")),
        ["projects.0.indicators.0.value"],
        "complaints counted, not as a share",
    ),
    ("NAME-005", named_at_six("产出指标", "成本指标", "5-7 万元"), [], "a range is not exact"),
    (
        "NAME-005",
        named_at_six("成本指标", "经济成本指标", "7 万元"),
        ["expenditure.projects.0.amount"],
        "a cost by the framework with 成本指标 as 一级指标",
    ),
]


@pytest.mark.parametrize(
    ("rule_id", "source", "expected"),
    [
        pytest.param(
            rule_id,
            source,
            expected,
            id=f"{rule_id}: {why}",
        )
        for rule_id, source, expected, why in SLIPS
    ],
)
def test_a_rule_does_what_its_docstring_says(rule_id, source, expected):
    assert paths(rule_id, source) == expected


def test_a_division_known_by_code_alone_is_not_called_none():
    (finding,) = found_by("TXT-001", spoken("130529", "省级财政"))
    assert "None" not in finding.message
