"""Points and grades: every point that is missing is explained, and a sound document has them all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jiheng.auditing import all_rules, audit
from jiheng.auditing.review import _items, item_of, project_reviews, review
from jiheng.budget import BudgetDocument, Finding, Kind, ProjectBudget, Severity
from tests.writing.builders import document, project

WRONG = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")


def finding(path, rule="SUM-007", severity=Severity.ERROR):
    return Finding(rule=rule, title="规则", severity=severity, path=path, message="", basis="", basis_text="")


def test_a_sound_document_has_every_point():
    sound = document(project(), project(2, "渠道衬砌"))
    found = review(sound, [])
    assert found is not None
    assert (found.points, found.grade) == (Decimal(100), "优")
    assert [(name, most) for name, _, most in found.aspects] == [
        ("完整性", 20), ("相关性", 20), ("适当性", 30), ("可行性", 30),
    ]  # fmt: skip


def test_a_finding_takes_its_share_of_its_item_and_is_named():
    (own,) = project_reviews(document(project()), [finding("projects.0.budget.total")])
    (item,) = (item for item in own.items if item.deductions)
    assert (item.name, item.points, own.points, own.grade) == (
        "资金匹配性",
        Decimal("7.5"),
        Decimal("92.5"),
        "优",
    )
    (deduction,) = item.deductions
    assert (deduction.rule, deduction.count, deduction.points) == ("SUM-007", 1, Decimal("7.5"))


def test_an_item_is_never_below_nothing():
    many = [finding("projects.0.budget.total")] * 9
    (own,) = project_reviews(document(project()), many)
    assert min(item.points for item in own.items) == 0
    assert own.points == 85


def test_a_document_is_the_average_of_its_projects_less_what_bears_on_none():
    two = document(project(), project(2, "渠道衬砌"))
    of_one = review(two, [finding("projects.1.budget.total")])
    of_all = review(two, [finding("projects.1.budget.total"), finding("expenditure.total", "SUM-002")])
    assert of_one is not None
    assert of_all is not None
    assert of_one.points == Decimal("96.3")
    assert of_all.points == Decimal("88.8")
    assert of_all.grade == "良"
    names = [one.rule for item in of_all.items for one in item.deductions]
    assert names == ["SUM-007", "SUM-002"]


def test_a_slip_of_the_pen_takes_less_than_a_wrong_figure():
    slip = review(document(project()), [finding("duties.0", "WORD-001", Severity.WARNING)])
    wrong = review(document(project()), [finding("duties.0", "TXT-001", Severity.WARNING)])
    assert slip is not None
    assert wrong is not None
    assert (slip.points, wrong.points) == (Decimal("99.5"), Decimal(98))


def test_reports_and_documents_without_goals_have_no_score():
    assert review(BudgetDocument(kind=Kind.PERFORMANCE_TEXT), []) is None
    assert review(document(project(), kind=Kind.SELF_EVALUATION), []) is None


def test_the_points_of_the_form_make_up_a_hundred_and_every_family_has_its_item():
    assert sum(item.points for item in _items()) == 100
    placed = {family for item in _items() for family in item.families}
    assert {rule.family for rule in all_rules()} <= placed
    assert {rule for item in _items() for rule in item.rules} <= {rule.id for rule in all_rules()}


def test_a_rule_named_goes_before_its_family():
    assert (item_of("VAL-001"), item_of("VAL-011")) == ("明确清晰性", "实现可能性")


@pytest.mark.parametrize(
    ("points", "grade"), [(100, "优"), (90, "优"), (89, "良"), (80, "良"), (79, "中"), (60, "中"), (59, "差")]
)
def test_grades_follow_the_points(points, grade):
    from jiheng.auditing.review import _graded
    from jiheng.budget import ItemScore

    assert _graded([ItemScore("", "", Decimal(100), Decimal(points))]).grade == grade


def test_the_score_of_a_real_audit_is_explained_to_the_last_point():
    wrong = document(project(budget=WRONG))
    found = review(wrong, audit(wrong).findings)
    assert found is not None
    for item in found.items:
        assert item.most - item.points == sum(one.points for one in item.deductions)
