"""Likely misreads are flagged with their path, and ordinary values are not."""

from __future__ import annotations

import pytest

from jiheng.budget import (
    BudgetDocument,
    DisclosureTable,
    Indicator,
    IndicatorValue,
    Place,
    Project,
    ProjectBudget,
    TableColumn,
    TableRow,
)
from jiheng.reading.doubts import doubts, unsure


def paths(project: Project) -> list[str | None]:
    return [warning.path for warning in doubts([BudgetDocument(projects=[project])])]


def indicator(text: str, weight: str | None = None) -> Indicator:
    return Indicator(level1="产出指标", level3="清淤长度", value=IndicatorValue.parse(text), weight=weight)


@pytest.mark.parametrize(
    ("total", "fiscal", "other", "is_doubtful"),
    [
        ("600", "50", "10", True),
        ("6.00", "50", "10", True),
        ("60", "50", "10", False),
        ("61", "50", "10", False),
    ],
)
def test_a_total_that_is_off_by_a_factor_of_ten(total, fiscal, other, is_doubtful):
    found = paths(Project(name="甲", budget=ProjectBudget(total=total, fiscal=fiscal, other=other)))
    assert found == (["0.projects.0.budget.total"] if is_doubtful else [])


@pytest.mark.parametrize("text", ["1O0%", "l2公里", "854万854万", "1.2.3", "292%"])
def test_a_value_that_looks_misread(text):
    assert paths(Project(name="甲", indicators=[indicator(text)])) == ["0.projects.0.indicators.0.value"]


@pytest.mark.parametrize(
    "text", ["100%", "≥95%", "12 公里", "3,000 册", "2024年12月底前", "1:2.5", "PM2.5", "120%"]
)
def test_ordinary_values_are_left_alone(text):
    assert paths(Project(name="甲", indicators=[indicator(text)])) == []


def test_a_weight_hidden_behind_its_value():
    rows = [indicator("12公里", "50"), indicator("95%", "40"), indicator("210010")]
    assert paths(Project(name="甲", indicators=rows)) == ["0.projects.0.indicators.2.value"]


def test_a_code_read_from_a_page_whose_check_character_fails():
    code = "13990124P00584020003A"
    on_page = Project(name="甲", code=code, cells={"code": Place(page=1)})
    assert paths(on_page) == ["0.projects.0.code"]
    assert paths(Project(name="甲", code=code)) == []


def test_a_table_whose_total_is_ten_times_its_rows():
    rows = [
        TableRow(code="201", name="甲", values=["10.00"]),
        TableRow(code="208", name="乙", values=["5.00"]),
        TableRow(name="合计", values=["150.00"]),
    ]
    table = DisclosureTable(title="支出总表", columns=[TableColumn("total", "合计")], rows=rows)
    (found,) = doubts([BudgetDocument(tables=[table])])
    assert found.path == "0.tables.0.rows.2.values.0"
    assert "10 倍" in found.message


def test_values_of_little_confidence_are_named():
    cells = {"total": Place(confidence=0.6), "fiscal": Place(confidence=0.99), "other": Place()}
    assert list(unsure(cells)) == [("total", 0.6)]
