"""The sample documents: each is read as recorded, and what is wrong in it, and nothing else, is found."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from jiheng.auditing import audit
from jiheng.budget import exchange
from jiheng.reading import Reading, read
from jiheng.standards.divisions import division_in
from jiheng.writing import write
from tests.conftest import ROOT, SEEDS

SAMPLES = ROOT / "samples"
EXPECTED = SAMPLES / "expected"
TEXTS = sorted(SAMPLES.glob("*.txt"))
CLEAN = {"安澜县水务局2024年部门预算绩效文本", "安澜县档案馆2021年部门预算信息公开情况说明"}
# The longest run of characters that a sample may share with a seed: names of forms and laws are longer.
SHARED = 18


@cache
def reading(path: Path) -> Reading:
    return read(path)


def golden(path: Path, data: str, update: bool) -> None:
    if update:
        path.write_text(data, encoding="utf-8")
    assert data == path.read_text(encoding="utf-8"), f"{path.name}: pytest --update-golden tests/samples"


def test_there_is_a_sample_in_every_layout_and_encoding():
    assert len(TEXTS) >= 7
    assert {reading(path).encoding for path in TEXTS} >= {"utf-8", "gb18030", "utf-16-le"}
    assert {path.stem for path in TEXTS} >= CLEAN


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sample_is_read_as_recorded(path, update_golden):
    found = reading(path)
    assert found.unknown == []
    golden(
        EXPECTED / f"{path.stem}.reading.json", exchange.dumps(found.documents).decode() + "\n", update_golden
    )


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_findings_of_a_sample_are_those_recorded(path, update_golden):
    result = audit(reading(path).documents)
    assert result.failed_rules == []
    rows = [
        {
            key: value
            for key in ("rule", "severity", "document", "path", "stated", "computed", "difference", "message")
            if (value := getattr(finding, key)) is not None
        }
        for finding in result.findings
    ]
    data = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    golden(EXPECTED / f"{path.stem}.findings.json", data, update_golden)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_clean_samples_have_no_finding_and_the_others_have_errors(path):
    result = audit(reading(path).documents)
    if path.stem in CLEAN:
        assert [finding.message for finding in result.findings] == []
    else:
        assert result.has_errors


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.docx")), ids=lambda path: path.stem)
def test_the_word_samples_hold_what_the_text_samples_hold(path):
    documents = reading(path.with_suffix(".txt")).documents
    assert reading(path).documents == documents
    assert path.read_bytes() == write(documents[0], "docx"), (
        "the sample is older than the writer: write it anew"
    )


def test_the_county_is_invented():
    assert division_in("安澜县") is None


def _sentences(text: str) -> set[str]:
    squeezed = "".join(text.split())
    return {squeezed[start : start + SHARED] for start in range(len(squeezed) - SHARED + 1)}


def test_no_sentence_of_a_sample_is_taken_from_a_seed():
    seeds = sorted(SEEDS.glob("*.txt"))
    if not seeds:
        pytest.skip("the seed documents are not at hand")
    theirs = set().union(*(_sentences(path.read_text(encoding="utf-8-sig")) for path in seeds))
    for path in TEXTS:
        for found in reading(path).documents:
            prose = [*found.duties, *found.overall_goal, *(remark.text for remark in found.remarks)]
            prose += [text for goal in found.sub_goals for text in (goal.goal, goal.indicators) if text]
            prose += [item.text for item in found.safeguards if item.text]
            prose += [term.definition for term in found.glossary if term.definition]
            for _, table in found.goal_tables():
                prose += [*table.goals, table.purpose or ""]
                prose += [row.description or "" for row in table.indicators]
            shared = {run for text in prose for run in _sentences(text)} & theirs
            assert shared == set(), path.name
