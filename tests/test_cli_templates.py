"""``jiheng template`` and ``jiheng write --template`` as a person uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jiheng.budget import Kind
from jiheng.reading import read
from jiheng.writing import write
from tests.processes import run_jiheng as run
from tests.templates.builders import body_of, p, texts, word
from tests.writing.builders import document, project


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "水务局.json"
    path.write_bytes(write(document(), "json"))
    return path


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "模板.docx"
    path.write_bytes(word(p("本单位：{{部门名称}}")))
    return path


def test_the_starter_is_made_checked_and_filled(tmp_path, text):
    made, out = tmp_path / "起始.docx", tmp_path / "出.docx"
    assert run("template", "starter", made).returncode == 0
    done = run("template", "check", made)
    assert (done.returncode, done.stderr) == (0, "起始.docx：没有问题，可以使用。\n")
    assert run("write", text, "--template", made, "-o", out).returncode == 0
    assert read(out).documents == [document()]


def test_a_starter_is_not_written_over_a_file(template):
    before = template.read_bytes()
    done = run("template", "starter", template)
    assert done.returncode == 2
    assert "没有覆盖" in done.stderr
    assert template.read_bytes() == before


def test_problems_are_listed_with_their_places(tmp_path):
    wrong = tmp_path / "错.docx"
    wrong.write_bytes(word(p("甲") + p("{{部们名称}}")))
    done = run("template", "check", wrong)
    assert done.returncode == 1
    assert "正文第2段" in done.stdout and "“部门名称”" in done.stdout
    (problem,) = json.loads(run("template", "check", wrong, "--json").stdout)
    assert problem["place"] == "正文第2段"
    assert run("template", "check", tmp_path / "没有.docx").returncode == 2
    refused = run("write", tmp_path / "x.json", "--template", wrong)
    assert refused.returncode == 2 and "正文第2段" in refused.stderr


def test_fields_are_listed_and_looked_for():
    listed = run("template", "fields").stdout
    assert "{{部门名称}}" in listed and "|大写" in listed and "{{#项目}}" in listed
    found = run("template", "fields", "指标值").stdout
    assert "{{指标.指标值}}" in found and "部门名称" not in found
    assert json.loads(run("template", "fields", "指标值", "--json").stdout)[0]["written"] == "{{指标.指标值}}"
    assert run("template", "fields", "无此字段").returncode == 2


def test_a_store_keeps_versions_and_the_one_that_applies_is_used(tmp_path, text, template):
    store, out = tmp_path / "库", tmp_path / "出.docx"
    assert run("template", "add", template, "-s", store, "--who", "周会计").returncode == 0
    template.write_bytes(word(p("新：{{部门名称}}")))
    assert (
        "编号 2" in run("template", "add", template, "-s", store, "--who", "周会计", "--note", "新版").stderr
    )
    listed = run("template", "list", "-s", store).stdout
    assert [line[:1] for line in listed.splitlines()] == ["★", "　"]
    assert run("template", "use", 1, "-s", store, "--who", "吴科长").returncode == 0
    assert run("write", text, "--templates", store, "-o", out).returncode == 0
    assert texts(body_of(out.read_bytes())) == ["本单位：安澜县水务局"]


def test_our_own_layout_is_used_where_no_template_applies(tmp_path, text, template):
    store, out = tmp_path / "库", tmp_path / "出.docx"
    run("template", "add", template, "-s", store, "--who", "周会计", "--kind", "绩效自评表")
    assert run("write", text, "--templates", store, "-o", out).returncode == 0
    assert out.read_bytes() == write(document(), "docx")


def test_a_form_with_a_layout_of_its_own_can_be_written_by_a_template(tmp_path, template):
    source, out = tmp_path / "自评.json", tmp_path / "出.docx"
    source.write_bytes(write(document(project(), kind=Kind.SELF_EVALUATION), "json"))
    assert run("write", source, "-o", out, "--template", template).returncode == 0
    assert texts(body_of(out.read_bytes())) == ["本单位：安澜县水务局"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "json"], "按模板不能生成 json"),
        (["--templates", "."], "只能用一个"),
        (["-o", "模板.docx"], "没有覆盖"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path, text, template, arguments, told):
    done = run("write", text, "--template", template, *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_store_that_is_not_there_is_told(tmp_path, text):
    done = run("write", text, "--templates", tmp_path / "没有")
    assert done.returncode == 2 and "没有模板库" in done.stderr
    kind = run("template", "add", text, "-s", tmp_path, "--who", "周", "--kind", "什么")
    assert kind.returncode == 2 and "没有文件种类" in kind.stderr


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_template_gives_a_pdf_through_libreoffice(tmp_path, text, template):
    out = tmp_path / "出.pdf"
    assert run("write", text, "--template", template, "--to", "pdf", "-o", out).returncode == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_without_libreoffice_a_pdf_is_refused_in_words(text, template, monkeypatch):
    monkeypatch.setenv("JIHENG_SOFFICE", "/nowhere/soffice")
    done = run("write", text, "--template", template, "--to", "pdf")
    assert done.returncode == 2 and "请生成 Word" in done.stderr
