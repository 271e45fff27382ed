"""Every rule on its cases, and the register of rules itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from jiheng.auditing import FAMILY_TITLES, all_rules, audit
from jiheng.auditing.registry import FAMILIES, rule
from jiheng.budget import Severity
from jiheng.mending import mended
from jiheng.standards.regulations import cite, regulation
from tests.auditing.builders import document

CASES = Path(__file__).with_name("cases")
RULES = {found.id: found for found in all_rules()}


def cases_of(rule_id: str) -> list[dict[str, Any]]:
    with (CASES / f"{rule_id}.toml").open("rb") as file:
        return tomllib.load(file)["case"]


ALL = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted(CASES.glob("*.toml"))
    for case in cases_of(path.stem)
]


@pytest.mark.parametrize(("rule_id", "case"), ALL)
def test_a_rule_finds_what_its_case_says(rule_id, case):
    documents = [document(table) for table in case.get("documents") or [case["document"]]]
    previous = [document(table) for table in case.get("previous", [])]
    library = [document(table) for table in case.get("library", [])]
    result = audit(documents, previous=previous, library=library, rules=[RULES[rule_id]])
    assert result.failed_rules == []
    found = [
        {key: getattr(finding, key) for key in expected}
        for finding, expected in zip(result.findings, case["finds"], strict=False)
    ]
    assert len(result.findings) == len(case["finds"]), [finding.message for finding in result.findings]
    assert found == case["finds"]
    for finding in result.findings:
        assert finding.rule == rule_id
        assert finding.message
        assert finding.remedy
        assert finding.basis_text


@pytest.mark.parametrize(("rule_id", "case"), [case for case in ALL if case.values[1]["finds"]])
def test_a_mend_puts_right_what_its_finding_is_about(rule_id, case):
    documents = [document(table) for table in case.get("documents") or [case["document"]]]
    found = audit(documents, rules=[RULES[rule_id]]).findings
    mendable = [finding for finding in found if finding.mends]
    after = audit(mended(documents, mendable), rules=[RULES[rule_id]]).findings
    assert len(after) <= len(found) - len(mendable)
    assert not [finding for finding in after if finding.mends]


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_has_a_case_that_fires_and_two_that_stay_silent(rule_id):
    cases = cases_of(rule_id)
    assert any(case["finds"] for case in cases)
    assert sum(not case["finds"] for case in cases) >= 2
    assert len({case["name"] for case in cases}) == len(cases)


def test_every_case_file_has_a_rule():
    assert {path.stem for path in CASES.glob("*.toml")} == set(RULES)


def test_there_are_more_than_thirty_rules():
    assert len(RULES) >= 30


@pytest.mark.parametrize("found", RULES.values(), ids=RULES)
def test_every_rule_is_declared_in_full(found):
    assert re.fullmatch(r"[A-Z]+-\d{3}", found.id)
    assert found.severity in Severity
    assert any("\u4e00" <= sign <= "\u9fff" for sign in found.title)
    assert len(found.summary) > 20
    assert found.checks
    assert regulation(found.basis).in_force(2024) or found.basis == "mof-treasury-2013-189"
    assert cite(found.basis, found.article)


def test_no_family_is_forgotten():
    folder = Path(__file__).parents[2] / "src" / "jiheng" / "auditing" / "rules"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(FAMILIES)


def test_every_family_has_a_title():
    assert {found.family for found in RULES.values()} == set(FAMILY_TITLES)


def test_an_id_is_given_once():
    taken = next(iter(RULES))
    with pytest.raises(ValueError, match=taken):
        rule(taken, title="重复", severity=Severity.ERROR, basis="budget-law")(lambda document: iter(()))
