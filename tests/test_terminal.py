"""What a person sees of a reading: short, in Chinese, whole where it matters, and never a stranger's commands."""

from __future__ import annotations

import pytest

from jiheng.auditing import audit
from jiheng.budget import Place
from jiheng.reading import read
from jiheng.reading.coverage import Coverage
from jiheng.reading.result import ReadingWarning
from jiheng.reading.summary import DocumentLines, Piece, ProjectLine, Summary
from jiheng.terminal import show_findings, show_reading
from jiheng.writing import write
from tests.writing.builders import document, project


def shown(capsys: pytest.CaptureFixture[str], summary: Summary, name: str = "预算.pdf") -> str:
    show_reading(summary, name)
    return capsys.readouterr().out


def test_a_reading_in_short(capsys):
    summary = Summary.of(read(write(document(), "docx"), name="水务局.docx"))
    text = shown(capsys, summary, "乡镇/水务局.docx")
    assert text.startswith("乡镇/水务局.docx　Word（docx）\n")
    assert "山洪沟清淤" in text
    assert "6.00 万元" in text
    assert "完整度 100%" in text
    assert "没有读懂" not in text
    assert "把握" not in text


def test_what_was_not_understood_is_listed_with_its_place(capsys):
    lines = "\n".join(f"第{number}件无从归类的事情" for number in range(12))
    summary = Summary.of(read(lines.encode("gbk"), name="杂记.txt"))
    text = shown(capsys, summary, "杂记.txt")
    assert "文本，GB18030 编码" in text
    assert "没有读到预算绩效文件的内容" in text
    assert "完整度 0%" in text
    assert "没有读懂 12 处" in text
    assert "文本第1行" in text
    assert "第0件无从归类的事情" in text
    assert "另有 4 处" in text


def test_what_was_recognised_with_little_confidence_stands_with_it(capsys):
    summary = Summary(
        name="扫描.png", format="png", unsure=[Piece("16.8O", "第1页 表1 第3行 第2列", 0.54)], unsure_count=1
    )
    text = shown(capsys, summary)
    assert "图片（png）" in text
    assert "识别把握不大 1 处" in text
    assert "第1页 表1 第3行 第2列" in text
    assert "54%　16.8O" in text


def test_only_all_is_a_hundred_per_cent(capsys):
    coverage = Coverage(characters=10_000, placed=9_999, wording=0, furniture=0, unknown=1)
    assert "完整度 99.9%（全文 10000 字，读入 9999 字，没有读懂 1 字）" in shown(
        capsys, Summary(name="x", format="pdf", coverage=coverage)
    )


def test_doubts_are_told_once_each_with_their_place(capsys):
    doubt = ReadingWarning("合计可能读错了小数点，请核对。", Place(page=3))
    text = shown(capsys, Summary(name="x", format="pdf", warnings=[doubt, doubt]))
    assert "请核对 1 处" in text
    assert text.count("合计可能读错了小数点") == 1
    assert "（第3页）" in text


def test_long_pieces_take_one_line(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    summary = Summary(name="x", format="pdf", unread=[Piece("很长" * 60, "第1页")], unread_count=1)
    assert len([line for line in shown(capsys, summary).splitlines() if "很长" in line]) == 1


def test_commands_to_the_terminal_are_taken_out(capsys):
    evil = "甲\x1b[2J\x9b1m\u202e[/b][red]乙"
    line = ProjectLine("1", evil, evil, evil, 3)
    summary = Summary(
        name="x",
        format="pdf",
        documents=[DocumentLines(evil, evil, [line], [evil])],
        unread=[Piece(evil, evil)],
        unread_count=1,
        warnings=[ReadingWarning(evil)],
    )
    text = shown(capsys, summary, evil)
    bad = document(project(indicators=[], name=evil))
    show_findings(evil, audit(bad).findings)
    text += capsys.readouterr().out
    assert "[/b][red]乙" in text
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)
