"""``jiheng letter``: letters and reports from files, with everything refused that would make a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiheng.budget import Kind
from jiheng.writing import write
from tests.processes import run_jiheng as run
from tests.writing.builders import document, project
from tests.writing.test_achievement import report
from tests.writing.test_letters import text_of


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    path = tmp_path / "水务局.json"
    path.write_bytes(write(document(), "json"))
    return path


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    path = tmp_path / "自评.json"
    path.write_bytes(write(report(), "json"))
    return path


def test_an_approval_is_written(budget: Path, tmp_path: Path):
    output = tmp_path / "批复.html"
    done = run(
        "letter",
        "approval",
        budget,
        "-o",
        output,
        "--office",
        "安澜县财政局",
        "--on",
        "2024-02-28",
        "--number",
        "安财预〔2024〕1号",
    )
    assert done.returncode == 0, done.stderr
    text = text_of(output.read_bytes())
    assert "安财预〔2024〕1号" in text
    assert "2024年2月28日" in text


def test_a_notice_and_a_report_are_written(judged: Path, tmp_path: Path):
    notice, told = tmp_path / "通知.docx", tmp_path / "报告.docx"
    assert run("letter", "application", judged, "-o", notice, "--until", "2025-09-30").returncode == 0
    assert "在2025年9月30日前完成整改" not in text_of(notice.read_bytes(), "docx")  # nothing is to be mended
    assert run("letter", "report", judged, "-o", told).returncode == 0
    assert "绩效自评报告" in text_of(told.read_bytes(), "docx")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("approval", "{file}", "-o", "批复.xlsx"), "不能生成 .xlsx"),
        (("approval", "{file}", "-o", "批复.docx", "--on", "三月"), "日期“三月”的写法不对"),
        (("application", "{file}", "-o", "通知.docx"), "没有带得分或等级"),
        (("report", "{file}", "-o", "报告.docx"), "没有得分"),
        (("approval", "没有.docx", "-o", "批复.docx"), "没有"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(
    budget: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
):
    done = run("letter", *(part.format(file=budget) for part in arguments), cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "批复.docx").exists()


def test_a_letter_goes_to_one_body(tmp_path: Path):
    path = tmp_path / "两份.json"
    path.write_bytes(write([document(), document(project(2, "饮水管网改造"))], "json"))
    done = run("letter", "approval", path, "-o", tmp_path / "批复.docx")
    assert done.returncode == 2
    assert "有 2 份文件" in done.stderr


def test_the_file_itself_is_not_written_over(tmp_path: Path):
    path = tmp_path / "评价.docx"
    path.write_bytes(write(report(Kind.EVALUATION), "docx"))
    before = path.read_bytes()
    assert run("letter", "report", path, "-o", path).returncode == 2
    assert path.read_bytes() == before
