"""The conformance suite is what its maker makes, its runner scores justly, and our score is the one that is written down."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conformance import make, run, score
from conformance.making import disclosure_errors, report_errors, table_errors
from conformance.scoring import findings_of, match, reading_score
from jiheng.auditing import all_rules

CASES = {case["name"]: case for case in run.manifest()}
KINDS = json.loads((run.HERE / "kinds.json").read_text(encoding="utf-8"))
FEW = ["text-1", "text-plan-falls", "disclosure-1", "form-v02-sichuan-flat", "monitoring-execution-rate"]


def load(name: str) -> Any:
    return json.loads((run.HERE / name).read_text(encoding="utf-8"))


def answers(cases: list[dict[str, Any]], field: str) -> Callable[[Path], Any]:
    """A program that prints what is expected."""
    names = {run.HERE / file: case[field] for case in cases for file in case["files"]}

    def found(file: Path) -> Any:
        expected = load(names[file])
        return expected if field == "reading" else [{**one, "path": one["paths"][0]} for one in expected]

    return found


def unpacked(name: str, data: bytes) -> Any:
    """Word files are compared by what is in them: packing is not the same everywhere."""
    if not name.endswith(".docx"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {member: package.read(member) for member in package.namelist()}


@pytest.mark.slow
def test_every_file_is_what_is_made_now():
    made = {}
    for one in make.papers():
        made |= make.files(one)
        assert CASES[one.name] == make.case_of(one)
    kept = {
        f"{folder}/{path.name}"
        for folder in ("documents", "expected")
        for path in (run.HERE / folder).iterdir()
    }
    assert kept == set(made)
    for name, data in made.items():
        assert unpacked(name, (run.HERE / name).read_bytes()) == unpacked(name, data), name


@pytest.mark.parametrize("papers", [disclosure_errors.papers, table_errors.papers, report_errors.papers])
def test_the_first_files_of_every_group_are_what_is_made_now(papers):
    made = next(iter(papers()))
    for name, data in make.files(made).items():
        assert unpacked(name, (run.HERE / name).read_bytes()) == unpacked(name, data)


def test_a_file_is_the_same_at_any_time():
    made = next(iter(report_errors.papers()))
    assert make.file_of(made.blocks, ".docx") == make.file_of(made.blocks, ".docx")
    with zipfile.ZipFile(io.BytesIO(make.file_of(made.blocks, ".docx"))) as package:
        assert {member.date_time for member in package.infolist()} == {(2024, 1, 1, 0, 0, 0)}


def test_the_page_lists_every_kind():
    page = (run.HERE / "README.md").read_text(encoding="utf-8")
    assert page == make.readme(page)
    assert page.count("\n| `") >= len(KINDS)


def test_every_kind_has_a_document_and_every_finding_a_kind():
    kinds = [one["kind"] for case in CASES.values() if case["findings"] for one in load(case["findings"])]
    assert set(kinds) == set(KINDS)
    assert len(KINDS) >= 60
    assert all(title["zh"] and title["en"] for title in KINDS.values())


def test_our_rules_are_mapped_to_kinds_that_there_are():
    mapped = score.rules()
    assert set(mapped) <= {rule.id for rule in all_rules()}
    assert {kind for kinds in mapped.values() for kind in kinds} == set(KINDS)


def test_records_follow_the_exchange_format():
    schema = load("../docs/jiheng-1.schema.json")
    validator = jsonschema.Draft202012Validator(schema)
    for name in FEW:
        validator.validate(load(CASES[name]["reading"]))


def test_the_suite_is_small():
    files = [path for path in run.HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 6_000_000


def test_a_program_that_prints_what_is_expected_gets_full_marks():
    cases = list(CASES.values())
    findings = answers(cases, "findings")
    scores = run.results(
        run.measure(cases, run.Programs(answers(cases, "reading"), findings, lambda file, _: findings(file)))
    )
    assert scores["failures"] == []
    assert {row["share"] for row in scores["reading"]["shares"]} == {1.0}
    assert scores["audit"]["share"] == 1.0
    assert scores["audit"]["figures_right"] == scores["audit"]["with_figures"] > 50
    assert scores["audit"]["false_errors"] == 0


def test_a_program_that_prints_nothing_useful_gets_nothing_and_is_named():
    cases = [CASES[name] for name in FEW]

    def silent(file: Path) -> Any:
        raise run.NoAnswer("the answer is not JSON")

    for program in (silent, lambda file: [], lambda file: None, lambda file: [[]], lambda file: {"a": 1}):
        scores = run.results(run.measure(cases, run.Programs(program, program)))
        assert {row["right"] for row in scores["reading"]["shares"]} == {0}
        assert scores["audit"]["caught"] == 0
        assert scores["audit"]["expected"] == 2
    failed = run.results(run.measure(cases, run.Programs(silent, silent)))["failures"]
    assert f"reads {Path(CASES['text-1']['files'][0]).name}: the answer is not JSON" in failed


def test_an_error_that_is_none_is_counted():
    case = CASES["text-1"]
    wrong = [{"kind": "plan-falls", "severity": "error", "path": "projects.0.plan"}]
    scores = run.results(run.measure([case], run.Programs(audits=lambda _: wrong)))
    assert scores["reading"] is None
    assert scores["audit"]["false_errors"] == scores["audit"]["clean_documents"] == len(case["files"]) == 2


def python(code: str) -> str:
    return f'{sys.executable} -c "{code}" {{file}}'


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import time; time.sleep(60)", "no answer in 1 s"),
        ("print(7, 8)", "not JSON"),
        ("raise SystemExit(3)", "exit status 3"),
        ("print('[' * 100000)", "not JSON"),
    ],
)
def test_a_command_that_hangs_or_prints_rubbish_gives_no_answer(code, message):
    program = run.command(python(code), timeout=1)
    with pytest.raises(run.NoAnswer, match=message):
        program(run.HERE / "README.md")


def test_a_command_that_is_not_there_gives_no_answer():
    with pytest.raises(run.NoAnswer, match="cannot be started"):
        run.command("no-such-program {file}", timeout=1)(run.HERE / "README.md")


def test_a_command_gets_the_path_and_its_status_is_its_own():
    code = "import json, sys; print(json.dumps(sys.argv[1:])); sys.exit(1)"
    assert run.command(python(code), timeout=20)(run.HERE / "run.py") == [str(run.HERE / "run.py")]


def test_rows_that_were_lost_cost_their_own_values():
    expected = [{"projects": [{"name": name, "code": code} for name, code in ("甲1", "乙2", "丙3")]}]
    lost = [{"projects": [{"name": "乙", "code": "2"}, {"name": "丙", "code": "3"}]}]
    assert reading_score(expected, lost).right == 4
    assert reading_score(expected, lost).misses == ("0.projects.0.name", "0.projects.0.code")


def test_figures_are_compared_under_the_keys_of_their_columns():
    columns = [{"key": "total", "label": "合计"}, {"key": None, "label": "备用"}]
    expected = [{"tables": [{"columns": columns, "rows": [{"name": "甲", "values": ["1", "2"]}]}]}]
    found = [{"tables": [{"columns": columns[::-1], "rows": [{"name": "甲", "values": ["2", "9"]}]}]}]
    assert reading_score(expected, found).misses == ("0.tables.0.rows.0.figures.total",)


EXPECTED = {
    "document": 0, "kind": "plan-falls", "severity": "warning", "paths": ["projects.0.plan", ""], "stated": "30", "computed": "50",
}  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "is_caught"),
    [
        ({"kind": "plan-falls", "severity": "error", "path": "projects.0.plan.june"}, True),
        ({"kinds": ["plan-gap", "plan-falls"], "severity": "warning", "path": "projects.0.plan"}, True),
        ({"rule": "X-1", "severity": "warning", "path": None}, True),
        ({"rule": "X-2", "severity": "warning", "path": "projects.0.plan"}, False),
        ({"kind": "plan-falls", "severity": "notice", "path": "projects.0.plan"}, False),
        ({"kind": "plan-falls", "severity": "error", "path": "projects.0.planned"}, False),
        ({"kind": "plan-falls", "severity": "error", "path": "projects.0"}, False),
        ({"kind": "plan-falls", "severity": "error", "path": "projects.0.plan", "document": 1}, False),
        ({"kind": "plan-gap", "severity": "error", "path": "projects.0.plan"}, False),
    ],
)
def test_what_catches_an_expected_finding(finding, is_caught):
    found = findings_of([finding], {"X-1": ["plan-falls"]})
    assert match(EXPECTED, found).is_caught is is_caught


@pytest.mark.parametrize(
    ("figures", "is_right"),
    [
        ({"stated": "30", "computed": "50"}, True),
        ({"stated": "1,050.0%", "computed": "1030"}, True),
        ({"stated": "30", "computed": "40"}, False),
        ({"stated": "30"}, False),
        ({"stated": "many", "computed": "50"}, False),
    ],
)
def test_figures_count_by_their_difference(figures, is_right):
    finding = {"kind": "plan-falls", "severity": "error", "path": "projects.0.plan", **figures}
    assert match(EXPECTED, findings_of([finding], {})).has_figures is is_right


@pytest.mark.slow
def test_our_score_is_the_one_that_is_written_down():
    assert score.score() == (run.HERE / "SCORE.md").read_text(encoding="utf-8")
