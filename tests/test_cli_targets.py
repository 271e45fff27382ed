"""What the command line writes over and what not, and how it says what was mistyped."""

from __future__ import annotations

import os
import stat

import pytest

import jiheng
from jiheng.budget import ProjectBudget
from jiheng.cli.targets import free, refuse_inputs, save
from jiheng.errors import JihengError
from jiheng.writing import write
from tests.processes import run_jiheng as run
from tests.writing.builders import document, project

WRONG = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")


@pytest.fixture
def word(tmp_path):
    path = tmp_path / "来文.docx"
    path.write_bytes(write(document(project(budget=WRONG)), "docx"))
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("audit", "{}", "--report", "{}"),
        ("audit", "{}", "--opinion", "{}"),
        ("write", "{}", "--to", "docx", "-o", "{}"),
        ("mend", "{}", "-o", "{}"),
    ],
    ids=" ".join,
)
def test_the_file_that_is_read_is_never_written_over(word, command):
    before = word.read_bytes()
    done = run(*(part.format(word) for part in command))
    assert (done.returncode, "没有覆盖" in done.stderr) == (2, True)
    assert word.read_bytes() == before


def test_a_link_to_the_file_that_is_read_is_that_file(word, tmp_path):
    link = tmp_path / "链接.docx"
    link.symlink_to(word)
    with pytest.raises(JihengError, match="没有覆盖"):
        refuse_inputs(link, [word])


def test_mending_twice_leaves_the_first_result(word):
    for name in ("来文-修订.docx", "来文-修订-2.docx"):
        assert name in run("mend", word).stderr
        assert (word.parent / name).exists()


def test_what_lies_beside_the_source_is_left(word):
    text = word.with_suffix(".json")
    text.write_bytes(write(document(project()), "json"))
    before = word.read_bytes()
    assert "来文-绩衡.docx" in run("write", text, "--to", "docx").stderr
    assert word.read_bytes() == before


def test_several_texts_do_not_go_into_one_file(tmp_path):
    both = tmp_path / "两份.json"
    both.write_bytes(write([document(project()), document(project())], "json"))
    done = run("write", both, "--to", "docx", "-o", tmp_path / "一份.docx")
    assert (done.returncode, "请写一个文件夹" in done.stderr) == (2, True)
    assert not (tmp_path / "一份.docx").exists()


def test_a_place_that_cannot_be_written_to_is_told_in_words(word, tmp_path):
    assert "这是一个文件夹" in run("audit", word, "--report", _folder(tmp_path / "报告.html")).stderr
    done = run("audit", word, "--report", word / "报告.html")
    assert (done.returncode, "不能保存" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def _folder(path):
    path.mkdir()
    return path


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "报告.html"
    target.write_bytes(b"old")
    target.chmod(0o640)
    save(target, b"new")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o640)

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(JihengError, match="不能保存"):
        save(target, b"newer")
    assert [path.name for path in tmp_path.iterdir()] == ["报告.html"]
    assert target.read_bytes() == b"new"


def test_a_name_that_is_free_is_kept(tmp_path):
    assert free(tmp_path / "甲.docx") == tmp_path / "甲.docx"
    for name in ("甲.docx", "甲-2.docx"):
        (tmp_path / name).touch()
    assert free(tmp_path / "甲.docx") == tmp_path / "甲-3.docx"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["foo"], "没有命令“foo”"),
        (["audit"], "缺少“要处理的文件”"),
        (["audit", "--foo", "x"], "没有选项 --foo"),
        (["read", "--jsn", "a"], "是否应为 --jobs、--json"),
        (["audit", ""], "文件名是空的"),
        (["audit", "--jobs", "x", "a"], "选项 --jobs 不对"),
        (["audit", "--jobs"], "选项 --jobs 后面要写一个值"),
        (["write", "a", "--to", "foo"], "可以写：docx、pdf、html、xlsx、tables.xlsx、json"),
        (["compare", "a"], "缺少“新的一版”"),
        (["compare", "a", "b", "c"], "多写了内容"),
    ],
)
def test_a_mistyped_command_is_told_in_words(arguments, told):
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "--help" in done.stderr


def test_the_version_is_told():
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"绩衡 {jiheng.__version__}\n")


def test_without_a_command_the_usage_is_shown():
    done = run()
    assert done.returncode == 2
    assert "audit" in done.stderr
