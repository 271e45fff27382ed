"""Performance texts and disclosures made at random read back equal from everything that they are written as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Indicator,
    Kind,
    OperatingFunds,
    Organization,
    Project,
    ProjectBudget,
    Safeguard,
    SpendingPlan,
    SubGoal,
)
from jiheng.budget.narrative import Expenditure, GlossaryTerm, NamedAmount, Revenue
from jiheng.reading import read
from jiheng.writing import FORMS, write
from tests.writing.builders import LEVELS
from tests.writing.forms.strategies import maybe, names, sentences, values

QUICK = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
money = st.decimals(0, 99_999, places=2).map(lambda number: f"{number:f}")
percents = st.integers(0, 100).map(str)


@st.composite
def projects(draw: Callable[..., Any], number: int) -> Project:
    name = f"{draw(names)}{number}号工程"
    rows = [
        Indicator(
            level1=level1, level2=level2, level3=draw(names), description=draw(sentences), value=draw(values), basis=draw(names),
        )
        for level1, level2 in LEVELS[: draw(st.integers(1, len(LEVELS)))]
    ]  # fmt: skip
    return Project(
        number=number,
        name=name,
        heading=f"{number}.{name}绩效目标表",
        code=f"13990124P0058401{number:05}",
        unit=CodedName("305001", "安澜县水务局本级"),
        budget=ProjectBudget(total=draw(money), fiscal=draw(maybe(money)), other=draw(maybe(money))),
        purpose=draw(sentences),
        plan=draw(
            maybe(
                st.builds(
                    SpendingPlan, heading=st.just("资金支出计划（%）"), march=maybe(percents), june=maybe(percents),
                    october=maybe(percents), december=st.just("100"),
                )
            )
        ),
        goals=draw(st.lists(sentences, max_size=4)),
        indicators=rows,
    )  # fmt: skip


@st.composite
def texts(draw: Callable[..., Any]) -> BudgetDocument:
    count = draw(st.integers(1, 4))
    return BudgetDocument(
        title="安澜县水务局2024年部门预算绩效文本",
        fiscal_year=2024,
        status=draw(maybe(st.just("草案"))),
        department=CodedName("305", "安澜县水务局"),
        issuer="安澜县水务局",
        reviewer="安澜县财政局",
        overall_goal=draw(st.lists(sentences, min_size=1, max_size=3)),
        sub_goals=[
            SubGoal(number=n + 1, title=draw(names), goal=draw(sentences), indicators=draw(sentences))
            for n in range(draw(st.integers(0, 3)))
        ],
        safeguards=[
            Safeguard(title=draw(names), text=draw(sentences)) for _ in range(draw(st.integers(0, 3)))
        ],
        projects=[draw(projects(n + 1)) for n in range(count)],
    )


@st.composite
def disclosures(draw: Callable[..., Any], kind: Kind) -> BudgetDocument:
    word = "部门" if kind is Kind.DEPARTMENT_DISCLOSURE else "单位"
    listed = [
        NamedAmount(name=f"{draw(names)}{n}期", amount=draw(money)) for n in range(draw(st.integers(0, 3)))
    ]
    return BudgetDocument(
        kind=kind,
        title=f"安澜县水务局2024年{word}预算信息公开情况说明",
        fiscal_year=2024,
        department=CodedName(None, "安澜县水务局"),
        duties=[f"（{han}）{draw(sentences)}" for han in "一二三"[: draw(st.integers(1, 3))]],
        organizations=[
            Organization(name=f"安澜县{draw(names)}站", nature="事业", rank="股级", funding="财政拨款")
            for _ in range(draw(st.integers(0, 3)))
        ],
        revenue=Revenue(year=2024, total=draw(money), general_public=draw(money), government_fund=draw(maybe(money))),
        expenditure=Expenditure(
            year=2024, total=draw(money), basic=draw(money), personnel=draw(money), operating=draw(money),
            project=draw(money), projects=listed,
        ),
        operating_funds=draw(maybe(st.builds(OperatingFunds, year=st.just(2024), body=st.just(f"我{word}"), total=money))),
        glossary=[GlossaryTerm(term=draw(names), definition=draw(sentences)) for _ in range(draw(st.integers(0, 3)))],
    )  # fmt: skip


def back(document: BudgetDocument, form: str) -> list[BudgetDocument]:
    reading = read(write(document, form), name=f"文本.{form}")
    assert reading.unknown == []
    return reading.documents


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@QUICK
def test_a_performance_text_reads_back_equal(form: str, data: Any):
    document = data.draw(texts())
    assert back(document, form) == [document]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", [Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE])
@given(data=st.data())
@QUICK
def test_a_disclosure_reads_back_equal(kind: Kind, form: str, data: Any):
    document = data.draw(disclosures(kind))
    (found,) = back(document, form)
    # a sentence of the introduction is ours; it is kept as a remark
    told = [remark for remark in found.remarks if remark.section != "introduction"]
    assert told == []
    assert replace_remarks(found) == replace_remarks(document)


def replace_remarks(document: BudgetDocument) -> BudgetDocument:
    from jiheng.budget import replace

    changed: BudgetDocument = replace(document, remarks=[], other_matters=None)
    return changed
