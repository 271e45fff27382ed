"""The command line as a person and as a program use it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import msgspec
import openpyxl
import pytest

from jiheng.budget import ProjectBudget
from jiheng.writing import write
from tests.processes import run_jiheng as run
from tests.writing.builders import document, project


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "水务局.docx"
    path.write_bytes(write(document(), "docx"))
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "错误.json"
    path.write_bytes(write(document(project(indicators=[])), "json"))
    return path


@pytest.mark.parametrize("command", ["read", "audit", "mend", "write", "serve"])
def test_every_command_explains_itself_in_plain_words(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout
    assert any("\u4e00" <= sign <= "\u9fff" for sign in done.stdout)


def test_read_prints_the_exchange_format(clean):
    done = run("read", clean, "--json")
    assert done.returncode == 0
    (found,) = json.loads(done.stdout)
    assert found["schema"] == "jiheng/1"
    assert found["projects"][0]["budget"]["total"] == "6.00"
    assert "cells" not in found["projects"][0]
    assert "cells" in json.loads(run("read", clean, "--json", "--places").stdout)[0]["projects"][0]


def test_read_shows_a_person_the_projects(clean):
    done = run("read", clean)
    assert done.returncode == 0
    assert "山洪沟清淤" in done.stdout
    assert "6.00 万元" in done.stdout


def test_audit_ends_with_1_when_there_are_errors(wrong):
    done = run("audit", wrong, "--json")
    assert done.returncode == 1
    findings = json.loads(done.stdout)
    assert {"rule", "severity", "document", "section", "project", "indicator", "place", "message", "stated", "computed",
            "difference", "unit", "basis", "basis_text", "remedy"} <= set(findings[0])  # fmt: skip
    assert any(finding["rule"] == "IND-001" for finding in findings)
    shown = run("audit", wrong)
    assert shown.returncode == 1
    assert "IND-001" in shown.stdout
    assert "建议" in shown.stdout


@pytest.mark.parametrize("count", [1, 2])
def test_audit_holds_every_file_against_last_year_s(clean, tmp_path, count):
    before = tmp_path / "上年.json"
    last = msgspec.structs.replace(document(), fiscal_year=document().fiscal_year - 1)
    before.write_bytes(write(last, "json"))
    again = tmp_path / "又一份.json"
    again.write_bytes(write(document(), "json"))
    files = [clean, again][:count]
    alone = json.loads(run("audit", *files, "--json").stdout)
    done = run("audit", *files, "--previous", before, "--json")
    compared = json.loads(done.stdout)
    assert [finding for finding in compared if not finding["rule"].startswith("YEAR")] == alone
    copied = [finding for finding in compared if finding["rule"] == "YEAR-013"]
    assert [finding["document"] for finding in copied] == list(range(count))


def test_an_earlier_file_that_cannot_be_read_ends_the_audit(clean, tmp_path):
    done = run("audit", clean, "--previous", tmp_path / "没有.docx", "--json")
    assert done.returncode == 2
    assert "没有.docx" in done.stderr
    assert done.stdout == ""


def test_several_files_count_their_documents_on(clean, wrong):
    done = run("audit", clean, wrong, "--json")
    assert {finding["document"] for finding in json.loads(done.stdout) if finding["rule"] == "IND-001"} == {1}


def test_a_bad_file_is_reported_and_the_rest_go_on(clean, tmp_path):
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04")
    done = run("read", bad, clean, "--json")
    assert done.returncode == 2
    assert len(json.loads(done.stdout)) == 1
    assert "坏.docx" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_ends_with_2_and_a_sentence(tmp_path):
    done = run("audit", tmp_path / "没有.docx")
    assert done.returncode == 2
    assert "无法打开" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_in_which_nothing_was_understood_is_not_called_sound(clean, wrong, tmp_path):
    other = tmp_path / "通知.txt"
    other.write_text("请各单位于周五前报送名单。", encoding="utf-8")
    done = run("audit", other, "--json")
    assert (done.returncode, json.loads(done.stdout)) == (2, [])
    assert "没有读到预算绩效内容" in done.stderr
    shown = run("audit", other, wrong)
    assert shown.returncode == 2
    assert "没有发现问题" not in shown.stdout
    assert "IND-001" in shown.stdout
    compared = run("compare", other, clean)
    assert compared.returncode == 2
    assert "没有读到预算绩效内容" in compared.stderr


def test_a_folder_is_read_whole(clean, wrong, tmp_path):
    (tmp_path / "说明.exe").write_bytes(b"MZ")
    done = run("read", tmp_path, "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 2


def test_an_empty_folder_ends_with_2(tmp_path):
    assert run("read", tmp_path).returncode == 2


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "json"])
def test_write_makes_each_form(clean, tmp_path, form):
    target = tmp_path / "出" / f"文本.{form}"
    done = run("write", clean, "--to", form, "--output", target)
    assert done.returncode == 0, done.stderr
    assert (
        json.loads(run("read", target, "--json").stdout)[0]["title"] == "安澜县水务局2024年部门预算绩效文本"
    )


def test_write_never_goes_over_its_source(clean):
    before = clean.read_bytes()
    done = run("write", clean, "--to", "docx", cwd=clean.parent)
    assert done.returncode == 0
    assert clean.read_bytes() == before
    assert (clean.parent / "水务局-绩衡.docx").exists()


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "xlsx"])
def test_audit_saves_a_report(wrong, tmp_path, form):
    target = tmp_path / f"报告.{form}"
    assert run("audit", wrong, "--report", target, "--json").returncode == 1
    assert target.stat().st_size > 1000


def test_a_report_of_an_unknown_form_is_refused(wrong, tmp_path):
    done = run("audit", wrong, "--report", tmp_path / "报告.odt", "--json")
    assert done.returncode == 2
    assert "后缀" in done.stderr


@pytest.mark.parametrize("missing", ["django", "granian"])
def test_serve_without_the_web_libraries_says_what_to_install(missing, tmp_path):
    program = f"import sys; sys.modules[{missing!r}] = None; from jiheng.cli import main; sys.argv = sys.argv[:1] + sys.argv[2:]; main()"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = subprocess.run(
        [sys.executable, "-c", program, "jiheng", "serve", "--port", str(port)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "JIHENG_DATA": str(tmp_path)},
    )
    assert done.returncode == 2
    assert "jiheng[web]" in done.stderr
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_mend_returns_the_word_file_with_tracked_changes(tmp_path):
    word = tmp_path / "来文.docx"
    budget = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
    word.write_bytes(write(document(project(budget=budget)), "docx"))
    done = run("mend", "--rule", "SUM-007", "--author", "县财政局", word)
    assert done.returncode == 0, done.stderr
    assert "改正 1 处" in done.stderr
    findings = json.loads(run("audit", "--json", tmp_path / "来文-修订.docx").stdout)
    assert findings is not None
    assert not [finding for finding in findings if finding["rule"] == "SUM-007"]


def test_mend_refuses_unknown_rules_and_files_that_are_not_word(wrong):
    assert "没有规则 ABC-1" in run("mend", "--rule", "ABC-1", wrong).stderr
    assert run("mend", "--rule", "ABC-1", wrong).returncode == 2
    refused = run("mend", wrong)
    assert refused.returncode == 2
    assert "只有 Word 文件（.docx）能写回修订" in refused.stderr


def test_audit_follows_the_settings_and_the_explanations(tmp_path):
    budget = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
    path = tmp_path / "来文.json"
    path.write_bytes(write(document(project(budget=budget)), "json"))
    (tmp_path / "设置.toml").write_text('off = ["SUM-*"]', encoding="utf-8")
    off = run("audit", "--json", "--settings", tmp_path / "设置.toml", path)
    assert "SUM-007" not in off.stdout
    (found,) = (
        entry for entry in json.loads(run("audit", "--json", path).stdout) if entry["rule"] == "SUM-007"
    )
    (tmp_path / "说明.toml").write_text(
        f'[[waiver]]\nkey = "{found["key"]}"\nrule = "SUM-007"\nreason = "另有配套"\nwho = "周会计"\nmade_on = 2024-01-31',
        encoding="utf-8",
    )
    explained = run("audit", "--waivers", tmp_path / "说明.toml", path)
    assert "另有 1 条已说明理由" in explained.stderr
    assert "SUM-007" not in explained.stdout
    report = tmp_path / "报告.html"
    run("audit", "--waivers", tmp_path / "说明.toml", path, "--report", report)
    assert "已说明理由的问题（1 条" in report.read_text(encoding="utf-8")
    refused = run("audit", "--settings", tmp_path / "没有.toml", path)
    assert refused.returncode == 2
    assert "打不开" in refused.stderr


def test_rules_are_listed():
    done = run("rules")
    assert done.returncode == 0
    assert "SUM-001" in done.stdout
    assert run("rules", "--markdown").stdout.startswith("# 规则目录")


def test_two_versions_are_compared(tmp_path):
    budget = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
    old, new = tmp_path / "旧.json", tmp_path / "新.docx"
    old.write_bytes(write(document(project(budget=budget)), "json"))
    new.write_bytes(write(document(project()), "docx"))
    better, worse = run("compare", old, new), run("compare", "--json", new, old)
    assert better.returncode == 0, better.stderr
    assert "已改好 1 条" in better.stdout
    assert worse.returncode == 1
    assert [finding["rule"] for finding in json.loads(worse.stdout)["new"]] == ["SUM-007"]
    assert run("compare", old, tmp_path / "没有.docx").returncode == 2
    folder = run("compare", old, tmp_path)
    assert (folder.returncode, "是文件夹" in folder.stderr) == (2, True)
    settings = tmp_path / "设置.toml"
    settings.write_text('off = ["SUM-007"]', encoding="utf-8")
    assert run("compare", new, old, "--settings", settings).returncode == 0


def test_projects_are_looked_for_in_the_library(tmp_path):
    path, library = tmp_path / "来文.docx", tmp_path / "项目库.xlsx"
    path.write_bytes(
        write(
            document(project(name="河道清淤"), project(2, "桥涵修缮", code="13052924P00584010001A")), "docx"
        )
    )
    book = openpyxl.Workbook()
    book.active.append(["项目编码", "项目名称", "预算单位", "申报金额（万元）", "状态"])
    book.active.append(["13052924P005840120862", "河道清淤", "301001安澜县水务局本级", 99, "已入库"])
    book.save(library)
    found = json.loads(run("audit", path, "--json", "--library", library).stdout)
    assert [(one["rule"], one["stated"]) for one in found if one["rule"] == "LIB-001"] == [
        ("LIB-001", "13052924P00584010001A")
    ]
    assert run("audit", path, "--library", tmp_path / "没有.xlsx").returncode == 2


def test_what_is_switched_off_or_explained_is_not_mended(tmp_path):
    path, settings, waivers = tmp_path / "来文.docx", tmp_path / "设置.toml", tmp_path / "说明.toml"
    budget = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
    path.write_bytes(write(document(project(budget=budget)), "docx"))
    assert "改正 1 处" in run("mend", path, "--rule", "SUM-007").stderr
    settings.write_text('off = ["SUM-007"]', encoding="utf-8")
    assert "没有能直接改正" in run("mend", path, "--rule", "SUM-007", "--settings", settings).stderr
    (found,) = [one for one in json.loads(run("audit", path, "--json").stdout) if one["rule"] == "SUM-007"]
    waivers.write_text(
        f'[[waiver]]\nkey = "{found["key"]}"\nrule = "SUM-007"\nreason = "另有安排"\nwho = "周会计"\nmade_on = 2024-01-31\n',
        encoding="utf-8",
    )
    assert "没有能直接改正" in run("mend", path, "--rule", "SUM-007", "--waivers", waivers).stderr


def test_many_findings_of_one_rule_are_told_as_one(tmp_path):
    path = tmp_path / "来文.json"
    budget = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
    codes = [f"1399012{number}P005840100019" for number in range(5)]
    path.write_bytes(
        write(
            document(
                *(
                    project(number + 1, f"项目{number}", code=code, budget=budget)
                    for number, code in enumerate(codes)
                )
            ),
            "json",
        )
    )
    shown = run("audit", path).stdout
    assert shown.count("SUM-007") == 1
    assert "5 处" in shown


def test_the_letter_of_an_audit_is_saved(tmp_path):
    path = tmp_path / "来文.json"
    budget = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
    path.write_bytes(write(document(project(budget=budget)), "json"))
    done = run("audit", "--opinion", tmp_path / "意见书.docx", "--office", "安澜县财政局", path)
    assert "审核意见书已保存" in done.stderr
    assert (tmp_path / "意见书.docx").read_bytes().startswith(b"PK")
    assert "后缀" in run("audit", "--opinion", tmp_path / "意见书.txt", path).stderr
    assert "逐个文件" in run("audit", "--opinion", tmp_path / "意见书.pdf", tmp_path).stderr


def test_write_fills_in_the_comparison_with_last_year(tmp_path):
    from tests.writing.test_comparison import LAST, THIS

    (tmp_path / "今年.json").write_bytes(write(THIS, "json"))
    (tmp_path / "上年.json").write_bytes(write(LAST, "json"))
    done = run(
        "write", "今年.json", "--to", "html", "--previous", "上年.json", "-o", "说明.html", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "较2023年预算增加10.00万元" in (tmp_path / "说明.html").read_text(encoding="utf-8")
    again = run(
        "write", "上年.json", "--to", "html", "--previous", "今年.json", "-o", "反.html", cwd=tmp_path
    )
    assert again.returncode == 2
    assert "上一年度的同类文件" in again.stderr
    assert not (tmp_path / "反.html").exists()
