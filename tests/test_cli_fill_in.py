"""``jiheng fill-in`` and ``jiheng take-in``: out to the departments and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiheng.budget import exchange, replace
from jiheng.reading import read
from jiheng.writing import write
from tests.processes import run_jiheng as run
from tests.reading.fill_in_books import Filled
from tests.writing.builders import document, project

TEXT = document(
    project(code="13990121P005840100019"),
    fiscal_year=2021,
    title="安澜县水务局2021年部门预算绩效文本",
)


@pytest.fixture
def current(tmp_path: Path) -> Path:
    path = tmp_path / "现行.json"
    path.write_bytes(write(TEXT, "json"))
    return path


def filled(tmp_path: Path, **values: object) -> Path:
    book = Filled(TEXT)
    book.put("项目", 4, **values)
    path = tmp_path / "填好.xlsx"
    path.write_bytes(book.data())
    return path


@pytest.mark.parametrize("command", ["fill-in", "take-in"])
def test_both_explain_themselves_in_chinese(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert "填报表" in done.stdout


def test_out_and_back_without_a_change(current, tmp_path):
    done = run("fill-in", current)
    assert done.returncode == 0
    made = tmp_path / "安澜县水务局2021年填报表.xlsx"
    assert f"已生成 {made}" in done.stderr
    back = tmp_path / "合并.json"
    done = run("take-in", made, "--into", current, "-o", back)
    assert done.returncode == run("audit", current).returncode
    assert exchange.loads(back.read_bytes()) == [TEXT]


def test_a_new_department_needs_a_name_and_a_year(tmp_path):
    done = run("fill-in", "--department", "安澜县林业局", "--year", 2026, "-o", tmp_path / "新.xlsx")
    assert done.returncode == 0
    assert read(tmp_path / "新.xlsx").documents[0].department.name == "安澜县林业局"
    done = run("fill-in", "--year", 2026)
    assert done.returncode == 2
    assert "--department" in done.stderr


def test_problems_are_shown_at_their_cells_and_counted_in_the_status(current, tmp_path):
    path = filled(tmp_path, budget__total="约六万", plan__june=10)
    done = run("take-in", path, "--into", current, "-o", tmp_path / "合并.xlsx")
    assert done.returncode == 1
    assert "项目!J4" in done.stdout and "约六万" in done.stdout
    assert "项目!P4" in done.stdout and "PLAN-002" in done.stdout
    assert (tmp_path / "合并.xlsx").exists()


def test_conflicts_are_shown_and_either_side_may_be_preferred(tmp_path):
    path = filled(tmp_path, purpose="填报单位改的用途", budget__total=7)
    changed = replace(TEXT, status="定稿", projects=[replace(TEXT.projects[0], purpose="财政局改的用途")])
    now = tmp_path / "现行.json"
    now.write_bytes(write(changed, "json"))
    back = tmp_path / "合并.json"
    done = run("take-in", path, "--into", now, "-o", back)
    assert done.returncode == 1
    assert (
        "项目 “山洪沟清淤” 资金用途：原为 用于清理山洪沟淤积物。，填报表改为 填报单位改的用途，现行文件改为 财政局改的用途"
        in done.stdout
    )
    (merged,) = exchange.loads(back.read_bytes())
    assert (merged.status, merged.projects[0].purpose) == ("定稿", "财政局改的用途")
    assert merged.projects[0].budget.total == "7.00"
    run("take-in", path, "--into", now, "-o", back, "--prefer-filled")
    assert exchange.loads(back.read_bytes())[0].projects[0].purpose == "填报单位改的用途"
    (report,) = json.loads(run("take-in", path, "--into", now, "--json").stdout)
    assert [one["path"] for one in report["conflicts"]] == ["projects.0.purpose"]
    assert {one["cell"] for one in report["problems"]} >= {"项目!J4"}


def test_what_is_no_workbook_of_ours_is_refused(current, tmp_path):
    other = tmp_path / "其他.xlsx"
    other.write_bytes(write(TEXT, "xlsx"))
    for path in (other, current, tmp_path / "没有.xlsx"):
        done = run("take-in", path)
        assert done.returncode == 2
        assert done.stderr.startswith("错误：")
    done = run("take-in", filled(tmp_path), "-o", tmp_path / "结果.rar")
    assert done.returncode == 2
    assert "后缀" in done.stderr


def test_a_workbook_of_another_year_is_not_merged(tmp_path):
    now = tmp_path / "今年.json"
    now.write_bytes(write(replace(TEXT, fiscal_year=2022), "json"))
    done = run("take-in", filled(tmp_path), "--into", now)
    assert done.returncode == 2
    assert "拿错" in done.stderr
