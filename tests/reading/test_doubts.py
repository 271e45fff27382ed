"""Likely misreads are flagged with their path, and ordinary values are not."""

from __future__ import annotations

import pytest

from jiheng.auditing import audit
from jiheng.budget import (
    BudgetDocument,
    DepartmentGoals,
    DisclosureTable,
    FundingLine,
    Indicator,
    IndicatorValue,
    Place,
    Project,
    ProjectBudget,
    Severity,
    TableColumn,
    TableRow,
)
from jiheng.reading import read
from jiheng.reading.doubts import doubts, unsure
from jiheng.reading.layouts.document import read_documents
from tests.conftest import ROOT
from tests.reading.layouts.grids import load

REAL = ROOT.parent / "shared" / "data" / "real"


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


def table_of(value: str, code: str | None = None, page: int | None = None) -> BudgetDocument:
    row = TableRow(name="防汛", code=code, values=[value], cells={"code": Place(page=page)})
    return BudgetDocument(
        tables=[DisclosureTable(title="支出表", columns=[TableColumn("total", "合计")], rows=[row])]
    )


@pytest.mark.parametrize("value", ["12.50 3.00", "1,234.505,678.00", "12.345.67", "1O0.00", "1,234567"])
def test_a_figure_of_a_table_that_is_none(value):
    assert [found.path for found in doubts([table_of(value)])] == ["0.tables.0.rows.0.values.0"]


@pytest.mark.parametrize("value", ["1234.50", "-12.00", "13.14%", "0", "详见附件", "2024年", "无"])
def test_figures_and_words_of_a_table_are_left_alone(value):
    assert doubts([table_of(value)]) == []


def test_a_project_s_code_in_a_table_whose_check_character_fails():
    code = "13990124P00584020003A"
    assert [found.path for found in doubts([table_of("1.00", code, 3)])] == ["0.tables.0.rows.0.code"]
    assert doubts([table_of("1.00", code)]) == []
    assert doubts([table_of("1.00", "2130314", 3)]) == []


@pytest.mark.parametrize(
    ("executed", "rate", "is_doubtful"),
    [
        ("98.00", "98", False),
        ("97.6", "98", False),
        ("980.0", "98", True),
        ("9.80", "98", True),
        ("98.00", "9.8", True),
        ("50.00", "98", False),
        ("0", "0", False),
    ],
)
def test_a_rate_that_is_off_by_a_factor_of_ten(executed, rate, is_doubtful):
    line = FundingLine(label="年度资金总额", adjusted="100.00", executed=executed, rate=rate)
    expected = ["funding.0.executed"] if is_doubtful else []
    assert paths(Project(name="甲", funding=[line])) == [f"0.projects.0.{path}" for path in expected]
    department = BudgetDocument(department_goals=[DepartmentGoals(name="甲局", funding=[line])])
    assert [found.path for found in doubts([department])] == [
        f"0.department_goals.0.{path}" for path in expected
    ]


def test_a_department_s_indicators_are_looked_at_as_a_project_s():
    department = DepartmentGoals(name="甲局", indicators=[indicator("1O0%")])
    assert [found.path for found in doubts([BudgetDocument(department_goals=[department])])] == [
        "0.department_goals.0.indicators.0.value"
    ]


SOUND = [
    path
    for folder in ("forms", "tables", "prose")
    for path in sorted((ROOT / "tests" / "data" / folder).glob("*.txt"))
    if path.stem not in ("v08-hubei",)  # which holds the slip of a recogniser
]


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_no_doubt_about_documents_that_were_read_right(path):
    blocks, _ = load(path)
    documents, _, _ = read_documents(blocks)
    assert [found.message for found in doubts(documents)] == []


# Read by hand: 2025 calls a 款 by another name than its table; 2024 says below its three public expenses of 47.91 that there
# are none and the table is empty; both write 【】 around the year of a document's number.
TRUE = {"2024": ["TBL-027", "WORD-007", "WORD-007"], "2025": ["TOLD-018", "WORD-007", "WORD-007"]}


@pytest.mark.skipif(not REAL.exists(), reason="the published files are not at hand")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.pdf")), ids=lambda path: path.stem)
def test_published_budgets_draw_no_doubts_and_only_findings_that_are_true(path):
    reading = read(path)
    assert doubts(reading.documents) == []
    found = audit(reading.documents).findings
    year = next(year for year in TRUE if year in path.name)
    assert sorted(finding.rule for finding in found) == TRUE[year]
    assert not [finding for finding in found if finding.severity is Severity.ERROR]


def test_values_of_little_confidence_are_named():
    cells = {"total": Place(confidence=0.6), "fiscal": Place(confidence=0.99), "other": Place()}
    assert list(unsure(cells)) == [("total", 0.6)]
