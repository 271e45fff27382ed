"""Comparisons with last year are computed where the document makes none, and left as they are where it does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.auditing import audit
from jiheng.budget import BudgetDocument, Changes, Expenditure, Kind, Money, NamedAmount, ThreePublic
from jiheng.writing.comparison import compared
from tests.writing.builders import document, project
from tests.writing.test_letters import text_of


def budget(
    year: int, total: str, basic: str, spent: str, *projects: tuple[str, str], **more: object
) -> BudgetDocument:
    return document(
        kind=Kind.DEPARTMENT_DISCLOSURE,
        fiscal_year=year,
        title=f"安澜县水务局{year}年部门预算信息公开情况说明",
        projects=[],
        expenditure=Expenditure(
            total=total,
            basic=basic,
            project=spent,
            projects=[NamedAmount(name=name, amount=amount) for name, amount in projects],
        ),
        **more,
    )


LAST = budget(2023, "110.00", "90.00", "20.00", ("清淤", "8.00"), ("考察", "12.00"))
THIS = budget(2024, "120.00", "94.00", "26.00", ("清淤", "10.00"), ("管网", "16.00"))


def test_changes_are_computed_with_their_reasons():
    changes = compared(THIS, LAST).changes
    assert changes is not None
    assert (changes.total, changes.basic, changes.project, changes.rate) == ("10.00", "4.00", "6.00", "9.1")
    assert changes.previous_year == 2023
    assert changes.reasons == (
        "基本支出增加4.00万元；项目支出增加6.00万元，主要是“管网”新增16.00万元、不再安排“考察”12.00万元、“清淤”增加2.00万元"
    )


def test_what_the_document_says_stays():
    told = compared(
        budget(2024, "120.00", "94.00", "26.00", changes=Changes(total="11.00", reasons="调整工资。")), LAST
    ).changes
    assert told is not None
    assert (told.total, told.reasons, told.basic) == ("11.00", "调整工资。", "4.00")


def test_three_public_expenses_are_compared_by_item():
    now = budget(
        2024,
        "1",
        "1",
        "0",
        three_public=ThreePublic(total="3.00", abroad="0", reception="1.00", vehicle_operation="2.00"),
    )
    before = budget(
        2023,
        "1",
        "1",
        "0",
        three_public=ThreePublic(total="4.00", abroad="0", reception="2.50", vehicle_operation="1.50"),
    )
    spent = compared(now, before).three_public
    assert spent is not None
    assert (spent.change, spent.rate, spent.reasons) == (
        "-1.00", "-25.0", "公务用车运行维护费增加0.50万元，公务接待费减少1.50万元",
    )  # fmt: skip


def test_nothing_is_computed_from_what_is_not_known():
    empty = document(fiscal_year=2023)
    assert compared(THIS, empty) == THIS
    assert compared(empty, LAST) == empty


def test_a_budget_from_nothing_has_no_rate():
    changes = compared(THIS, budget(2023, "0.00", "0.00", "0.00")).changes
    assert changes is not None
    assert (changes.total, changes.rate) == ("120.00", None)


def test_goal_tables_say_what_projects_cost_and_the_smaller_ones_are_counted():
    def many(year: int, amounts: range) -> BudgetDocument:
        from jiheng.budget import ProjectBudget, replace

        tables = [
            project(n + 1, f"第{n}号工程", budget=ProjectBudget(total=f"{amount}.00"))
            for n, amount in enumerate(amounts)
        ]
        return replace(budget(year, "200.00", "90.00", "110.00"), projects=tables)

    changes = compared(many(2024, range(10, 18)), many(2023, range(1, 9))).changes
    assert changes is not None
    assert changes.reasons is not None
    assert changes.reasons.count("号工程”") == 5
    assert "其他3个项目有增有减" in changes.reasons


@pytest.mark.parametrize("form", ["html", "docx"])
def test_the_comparison_is_printed(form: str):
    from jiheng.writing import write

    text = text_of(write(compared(THIS, LAST), form), form)
    assert "较2023年预算增加10.00万元，增长9.1%" in text


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_what_is_computed_holds_before_the_audit(now: int, before: int):
    def of(year: int, cents: int) -> BudgetDocument:
        amount = f"{Money.parse(str(cents)).number / 100:.2f}"  # type: ignore[union-attr]
        return budget(year, amount, amount, "0.00")

    this, last = of(2024, now), of(2023, before)
    found = audit([compared(this, last)], previous=[last]).findings
    assert [finding.message for finding in found if finding.rule.startswith(("CHG", "RATE"))] == []
