"""Findings as SARIF."""

from __future__ import annotations

import json

from jiheng.auditing import audit
from jiheng.budget import ProjectBudget
from jiheng.reading import read
from jiheng.writing import write_report
from tests.web.builders import TEXT
from tests.writing.builders import document, project

WRONG = [document(project(budget=ProjectBudget(total="6.50", fiscal="5.00", other="1.00")))]


def run_of(documents, name="水务局 预算.txt"):
    findings = audit(documents).findings
    log = json.loads(write_report(documents, findings, "sarif", source_name=name))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run, findings


def test_every_finding_is_a_result_with_rule_level_figures_and_fingerprint():
    run, findings = run_of(WRONG)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({finding.rule for finding in findings})
    result = next(result for result in run["results"] if result["ruleId"] == "SUM-007")
    finding = next(finding for finding in findings if finding.rule == "SUM-007")
    assert rules[result["ruleIndex"]] == "SUM-007"
    assert result["level"] == "error"
    assert result["message"]["text"].startswith(finding.message)
    assert result["properties"]["stated"] == "6.50"
    assert result["partialFingerprints"] == {"jihengFinding/v1": finding.key}
    (location,) = result["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "0.projects.0.budget.total"}]


def test_the_address_of_the_file_is_a_uri_and_lines_are_those_of_a_text():
    documents = read(TEXT.replace("16.80\t其中", "18.80\t其中").encode(), name="甲.txt").documents
    run, _ = run_of(documents)
    locations = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert {location["artifactLocation"]["uri"] for location in locations} == {
        "%E6%B0%B4%E5%8A%A1%E5%B1%80%20%E9%A2%84%E7%AE%97.txt"
    }
    lines = TEXT.count("\n") + 1
    assert any("region" in location for location in locations)
    assert all(
        1 <= location["region"]["startLine"] <= lines for location in locations if "region" in location
    )


def test_nothing_found_is_a_run_without_results():
    log = json.loads(write_report(WRONG, [], "sarif", source_name="甲.txt"))
    assert log["runs"][0]["results"] == []
