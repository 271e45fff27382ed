"""Reports are told from documents that only declare goals, and kept apart."""

from __future__ import annotations

from jiheng.auditing.forms import points, reports
from jiheng.budget import BudgetDocument, DepartmentGoals, FundingLine, Indicator, Project


def _reported(name: str, score: str) -> BudgetDocument:
    return BudgetDocument(projects=[Project(name=name, indicators=[Indicator(score=score, weight="10")])])


def test_the_reports_of_a_document_are_those_of_that_very_document():
    left, right = _reported("河道清淤", "10"), _reported("河道清淤", "8")
    assert [reports(each)[0].rows[0].score for each in (left, right, left)] == [10, 8, 10]


def test_goals_alone_are_no_report():
    declared = Project(name="河道清淤", goals=["清淤十二段。"], indicators=[Indicator(level3="清淤河段")])
    spent = DepartmentGoals(funding=[FundingLine(label="合计", source="total", executed="5.00")])
    found = reports(BudgetDocument(projects=[declared], department_goals=[spent]))
    assert [each.path for each in found] == ["department_goals.0"]
    assert found[0].total is not None


def test_points_are_figures_and_nothing_else():
    assert [points(text) for text in ("满分", "—", None, "", "10分以上")] == [None] * 5
    assert [str(points(text)) for text in ("10", "9.80分", "97.5%", "-1")] == ["10", "9.80", "97.5", "-1"]
