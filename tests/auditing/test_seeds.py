"""What is wrong in the five real documents: the count of every rule, and the findings that matter one by one."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from jiheng.auditing import audit
from jiheng.budget import Finding, Severity
from jiheng.reading import read
from tests.conftest import seed_path

GOLDEN = Path(__file__).with_name("seed_findings.json")
SEEDS = ("000", "001", "002", "003", "004")


@cache
def findings(number: str) -> list[Finding]:
    result = audit(read(seed_path(number)).documents)
    assert result.failed_rules == []
    return result.findings


def of(number: str, rule: str, project: str | None = None) -> list[Finding]:
    return [
        found
        for found in findings(number)
        if found.rule == rule and (project is None or found.project == project)
    ]


def test_the_count_of_every_rule_is_the_one_that_was_reviewed(update_golden):
    counted = {
        number: dict(
            sorted(Counter(f"{found.rule} {found.severity.value}" for found in findings(number)).items())
        )
        for number in SEEDS
    }
    if update_golden:
        GOLDEN.write_text(json.dumps(counted, indent=1) + "\n", encoding="utf-8")
    assert counted == json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", SEEDS)
def test_every_finding_has_a_place_in_the_file(number):
    unplaced = [found.message for found in findings(number) if found.place is None and found.path != "title"]
    assert unplaced == []


def test_314_stations_at_740_yuan():
    (found,) = of("002", "COST-001", "13052924P00584012009X")
    assert (found.severity.value, found.stated, found.computed, found.difference) == (
        "error",
        "6.00",
        "23.236",
        "17.236",
    )
    assert "314 个 × 740 元 = 23.236 万元" in found.message
    assert len(found.related) == 2


def test_1300_people_at_350_yuan_are_at_least_45_5():
    (found,) = of("002", "COST-001", "13052924P00584012072P")
    assert (found.severity.value, found.stated, found.computed) == ("warning", "40.00", "45.5")
    assert "≥45.5 万元" in found.message


def test_a_product_that_fits_its_budget_is_not_mentioned():
    assert of("002", "COST-001", "13052924P005840120862") == []


def test_the_named_projects_of_000_fall_short_by_the_one_without_an_amount():
    first, second = of("000", "SUM-004")
    assert (first.stated, first.computed, first.difference) == ("735.37", "734.07", "1.30")
    assert (first.document, second.document) == (0, 1)


@pytest.mark.parametrize(
    ("number", "stated", "computed"), [("000", "35.33", "165.41"), ("001", "7.01", "6.67")]
)
def test_the_changes_do_not_add_up(number, stated, computed):
    assert {(found.stated, found.computed) for found in of(number, "CHG-001")} == {(stated, computed)}


def test_one_project_under_two_spellings_of_its_code():
    (found,) = of("000", "COD-006")
    assert (found.stated, found.computed) == ("434-0501-YXN-0BFI", "434-0501-YXN-OBFI")


def test_a_heading_over_another_project():
    errors = [found for found in of("000", "NAME-001") if found.severity.value == "error"]
    assert {found.project for found in errors} == {"13052921PRGC08UDQXKOH"}


def test_a_row_lost_between_the_two_parts():
    (found,) = of("000", "DOC-004")
    assert "服务对象满意度" in found.message


def test_amounts_in_the_text_and_in_the_table():
    assert {(found.stated, found.computed) for found in of("000", "NAME-005")} == {
        ("5", "2.5"),
        ("26.5", "26.2"),
    }


def test_amounts_under_a_percent_heading():
    assert len(of("003", "PLAN-001")) == 20


def test_increments_in_a_cumulative_plan():
    (found,) = of("004", "PLAN-005")
    assert found.project == "434-0101-JBN-R8D6"


def test_targets_that_nobody_can_measure():
    assert len(of("004", "IND-005")) == 84
    assert len(of("004", "VAL-001")) == 80
    (vacuous,) = of("004", "VAL-005")
    assert "≥0" in vacuous.message


def test_all_is_to_be_spent_by_october_and_the_plan_has_a_quarter_after_it():
    (found,) = of("003", "PLAN-009")
    assert (found.stated, found.computed) == ("2023年10月底前", "75.1%")


def test_one_project_listed_twice():
    (found,) = of("004", "NAME-002")
    assert "D3KF" in found.message
    assert "0RSO" in found.message


def test_costs_with_a_lower_bound():
    assert {found.stated for found in of("002", "DIR-001")} == {"≥12 万元", ">0.05万元", "≥0.4 万元"}


def test_a_county_that_speaks_for_the_province():
    assert any("省级财政" in found.message for found in of("001", "TXT-001"))


@pytest.mark.parametrize("number", SEEDS)
def test_every_error_was_read_by_hand_and_found_true(number):
    reviewed = tomllib.loads(Path(__file__).with_name("seed_review.toml").read_text(encoding="utf-8"))[
        "finding"
    ]
    assert all(entry["is_true"] and entry["reading"] for entry in reviewed)
    known = {entry["rule"]: entry["lines"] for entry in reviewed if entry["seed"] == number}
    found: dict[str, list[int]] = {}
    for finding in findings(number):
        if finding.severity is Severity.ERROR:
            assert finding.place is not None
            found.setdefault(finding.rule, []).append(finding.place.line or 0)
    assert {rule: sorted(lines) for rule, lines in found.items()} == known
