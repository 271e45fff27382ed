"""Findings that a person has explained: they survive reading again, and lapse with the value."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from jiheng.auditing import Waiver, audit, load_waivers
from jiheng.budget import ProjectBudget, SubGoal
from jiheng.errors import InvalidSettings
from jiheng.reading import read
from jiheng.writing import write
from tests.writing.builders import document, project

WRONG = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")


def explained(finding):
    return Waiver(
        key=finding.key, rule=finding.rule, reason="另有配套资金", who="周会计", made_on=date(2024, 1, 31)
    )


def only(documents):
    (found,) = (finding for finding in audit(documents).findings if finding.rule == "SUM-007")
    return found


def test_an_explained_finding_is_listed_apart_and_does_not_count():
    wrong = document(project(budget=WRONG))
    finding = only(wrong)
    result = audit(wrong, waivers=[explained(finding)])
    assert "SUM-007" not in {left.rule for left in result.findings}
    assert [(waived.finding, waived.waiver.who) for waived in result.waived] == [(finding, "周会计")]


def test_an_explanation_outlives_reading_another_format_and_other_projects_before_it():
    first = document(project(budget=WRONG))
    waiver = explained(only(first))
    again = read(write([first], "docx"), name="甲.docx").documents
    assert audit(again, waivers=[waiver]).waived
    later = document(project(1, "新增的项目", code="13990124P005840100027"), project(2, budget=WRONG))
    assert audit(later, waivers=[waiver]).waived


@pytest.mark.parametrize(
    "changed",
    [
        project(budget=ProjectBudget(total="6.80", fiscal="5.00", other="1.00")),
        project(budget=WRONG, code="13990124P005840100027"),
    ],
)
def test_an_explanation_lapses_with_another_value_or_project(changed):
    waiver = explained(only(document(project(budget=WRONG))))
    assert not audit(document(changed), waivers=[waiver]).waived


def findings_of(documents, rule):
    return [finding for finding in audit(documents).findings if finding.rule == rule]


def test_an_explanation_lapses_when_the_other_figures_change():
    """What was explained is a difference: with another sum it is another one, though the stated figure is the same."""
    before = document(project(budget=ProjectBudget(total="6.50", fiscal="5.00", other="1.00")))
    after = document(project(budget=ProjectBudget(total="6.50", fiscal="2.00", other="1.00")))
    assert not audit(after, waivers=[explained(only(before))]).waived


def test_one_explanation_does_not_explain_what_is_alike_elsewhere():
    goals = [SubGoal(number=number, title=f"职责{number}", goal="完成。") for number in range(1, 5)]
    found = findings_of(document(project(), sub_goals=goals), "GOAL-002")
    assert len({finding.key for finding in found}) == len(found) == 4


def test_two_bodies_that_are_not_named_do_not_share_explanations():
    one, two = (
        msgspec.structs.replace(
            document(project(name=first, code=None), project(2, "聘用人员经费", code=None, budget=WRONG)),
            department=None,
            issuer=None,
            title=None,
        )
        for first in ("河道清淤", "桥涵修缮")
    )
    assert only(one).key != only(two).key


def test_another_year_needs_another_explanation():
    waiver = explained(only(document(project(budget=WRONG))))
    next_year = document(project(budget=WRONG), fiscal_year=2025)
    assert not audit(next_year, waivers=[waiver]).waived


def test_explanations_come_from_a_file(tmp_path):
    finding = only(document(project(budget=WRONG)))
    path = tmp_path / "说明.toml"
    path.write_text(
        f'[[waiver]]\nkey = "{finding.key}"\nrule = "SUM-007"\nreason = "另有配套资金"\nwho = "周会计"\nmade_on = 2024-01-31\n',
        encoding="utf-8",
    )
    assert load_waivers(path) == [explained(finding)]


@pytest.mark.parametrize(
    "text",
    [
        '[[waiver]]\nkey = "x"',
        '[[waiver]]\nkey = "x"\nrule = "SUM-007"\nreason = " "\nwho = "甲"\nmade_on = 2024-01-31',
        "nonsense",
    ],
)
def test_explanations_that_explain_nothing_are_refused(tmp_path, text):
    path = tmp_path / "说明.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSettings) as refused:
        load_waivers(path)
    assert refused.value.place == str(path)
