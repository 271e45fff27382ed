"""Two versions of a document: what was put right, what is left, what is new."""

from __future__ import annotations

from jiheng.auditing import audit
from jiheng.auditing.versions import compared
from jiheng.budget import ProjectBudget, SpendingPlan
from tests.writing.builders import document, project

WRONG = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
WRONG_STILL = ProjectBudget(total="6.80", fiscal="5.00", other="1.00")
INCREMENTS = SpendingPlan(march="25", june="25", october="25", december="25", heading="资金支出计划（%）")


def findings(*projects):
    found = audit(document(*projects)).findings
    return [finding for finding in found if finding.rule in {"SUM-007", "PLAN-005"}]


def rules(found):
    return [finding.rule for finding in found]


def test_what_was_mended_is_fixed_and_what_was_not_is_left():
    result = compared(findings(project(budget=WRONG, plan=INCREMENTS)), findings(project(plan=INCREMENTS)))
    assert (rules(result.fixed), rules(result.left), result.new, result.changed) == (
        ["SUM-007"],
        ["PLAN-005"],
        [],
        [],
    )


def test_another_value_that_is_wrong_again_is_told_as_such():
    result = compared(findings(project(budget=WRONG)), findings(project(budget=WRONG_STILL)))
    ((old, new),) = result.changed
    assert (old.stated, new.stated) == ("6.50", "6.80")
    assert not (result.fixed or result.left or result.new)


def test_a_project_put_in_front_moves_nothing():
    other = project(1, "新增的项目", code="13990124P005840100027", plan=INCREMENTS)
    result = compared(findings(project(budget=WRONG)), findings(other, project(2, budget=WRONG)))
    assert (rules(result.left), rules(result.new), result.fixed) == (["SUM-007"], ["PLAN-005"], [])


def test_of_several_alike_only_the_ones_that_went_are_fixed():
    three = findings(*(project(number, budget=WRONG) for number in (1, 2, 3)))
    result = compared(three, three[:1])
    assert (len(result.left), len(result.fixed)) == (1, 2)
