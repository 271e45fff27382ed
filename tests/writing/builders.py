"""A small document with every part that a performance text has."""

from __future__ import annotations

import pytest
import typst

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Indicator,
    IndicatorValue,
    Project,
    ProjectBudget,
    Safeguard,
    SpendingPlan,
    SubGoal,
)


def need_fonts(*families: str) -> None:
    """Skips the test where a font is missing; under CI the packages of fonts are demanded before tests begin."""
    there = typst.Fonts().families()
    for family in families:
        if family not in there:
            pytest.skip(f"the font {family} is not installed")


LEVELS = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"),
)  # fmt: skip
VALUES = ("120 户", "≥98%", "10月底前", "≤500 元", "≥90%", "5 年", "≥92%")


def project(number: int = 1, name: str = "山洪沟清淤", rows: int = 7, **changes: object) -> Project:
    """A project with a full goal table."""
    fields: dict[str, object] = {
        "number": number,
        "name": name,
        "heading": f"{number}.{name}绩效目标表",
        "code": "13990124P005840100019",
        "unit": CodedName("305001", "安澜县水务局本级"),
        "budget": ProjectBudget(total="6.00", fiscal="5.00", other="1.00"),
        "purpose": "用于清理山洪沟淤积物。",
        "plan": SpendingPlan(
            march="25", june="50", october="75", december="100", heading="资金支出计划（%）"
        ),
        "goals": ["清理淤积，保证汛期行洪。", "减少沿沟农户的损失。"],
        "indicators": [
            Indicator(
                level1=LEVELS[index % 7][0],
                level2=LEVELS[index % 7][1],
                level3=f"指标{index}",
                description=f"第 {index} 项的说明",
                value=IndicatorValue.parse(VALUES[index % 7]),
                basis="工程方案",
            )
            for index in range(rows)
        ],
    }
    return Project(**(fields | changes))  # type: ignore[arg-type]


def document(*projects: Project, **changes: object) -> BudgetDocument:
    """A performance text of an invented county's water bureau."""
    fields: dict[str, object] = {
        "title": "安澜县水务局2024年部门预算绩效文本",
        "status": "草案",
        "fiscal_year": 2024,
        "department": CodedName("305", "安澜县水务局"),
        "issuer": "安澜县水务局",
        "reviewer": "安澜县财政局",
        "overall_goal": ["1.守住防汛安全底线。", "2.改善农村饮水条件。"],
        "sub_goals": [
            SubGoal(number=1, title="防汛抗旱", goal="汛期安全度过。", indicators="山洪沟清淤 120 户受益。")
        ],
        "safeguards": [Safeguard(title="加强领导", text="由分管局长负责，逐月调度。")],
        "projects": list(projects) or [project()],
    }
    return BudgetDocument(**(fields | changes))  # type: ignore[arg-type]
