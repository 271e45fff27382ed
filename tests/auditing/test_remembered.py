"""What is worked out once for several rules: for the same node only, and for as long as one audit lasts."""

from __future__ import annotations

import pytest

from benchmarks.auditing import large_document
from jiheng.auditing import Rule, audit
from jiheng.auditing.remembered import forget, remembered
from jiheng.auditing.walk import rows, rows_of
from jiheng.budget import Severity
from tests.writing.builders import document, project


@pytest.fixture(autouse=True)
def nothing_known():
    forget()


def test_it_is_worked_out_once_for_the_same_node():
    asked = []
    count = remembered(lambda node: asked.append(node) or len(asked))
    one, two = document(), document()
    assert one == two
    assert (count(one), count(one), count(two), count(one)) == (1, 1, 2, 1)
    forget()
    assert count(one) == 3


def test_a_project_that_stands_in_two_places_has_rows_in_both():
    shared = project()
    assert rows_of("projects.0", shared)[0].path == "projects.0.indicators.0"
    assert rows_of("projects.4", shared)[0].path == "projects.4.indicators.0"


def test_more_nodes_than_are_kept_are_answered_as_well(monkeypatch):
    monkeypatch.setattr("jiheng.auditing.remembered._MOST", 3)
    name = remembered(lambda node: node.title)
    found = [document(title=f"第 {number} 件") for number in range(10)]
    assert [name(one) for one in (*found, *found)] == [one.title for one in (*found, *found)]


def test_an_audit_keeps_no_document():
    seen = []
    rule = Rule(
        id="TST-001", title="试", severity=Severity.NOTICE, basis="budget-law", article="14", checks=("X",),
        over_file=False, function=lambda found: seen.append(rows(found)) or iter(()),
    )  # fmt: skip
    one = document()
    audit(one, rules=[rule])
    assert rows(one) == seen[0]
    assert rows(one) is not seen[0]


def test_an_audit_that_is_stopped_keeps_no_document():
    seen = []

    def stopped(found):
        seen.append(rows(found))
        raise KeyboardInterrupt

    rule = Rule(
        id="TST-001", title="试", severity=Severity.NOTICE, basis="budget-law", article="14", checks=("X",),
        over_file=False, function=stopped,
    )  # fmt: skip
    one = document()
    with pytest.raises(KeyboardInterrupt):
        audit(one, rules=[rule])
    assert rows(one) is not seen[0]


def test_the_large_document_for_measuring_is_sound():
    result = audit(large_document(40))
    assert result.failed_rules == []
    assert [finding.message for finding in result.findings if finding.severity is not Severity.NOTICE] == []
