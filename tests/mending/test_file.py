"""A Word file read, audited and mended in one go: which files, and within which bounds."""

from __future__ import annotations

import itertools

import pytest

from jiheng.budget import ProjectBudget
from jiheng.errors import TookTooLong, UnsupportedFormat
from jiheng.mending import file
from jiheng.mending.file import mend_word
from jiheng.reading.isolated import Bounds
from jiheng.writing import write
from tests.writing.builders import document, project


@pytest.fixture
def word(tmp_path):
    path = tmp_path / "来文.docx"
    budget = ProjectBudget(total="6.50", fiscal="5.00", other="1.00")
    path.write_bytes(write(document(project(budget=budget)), "docx"))
    return path


def test_only_the_rules_that_were_asked_for_are_mended(word):
    assert [change.after for change in mend_word(word, {"SUM-007"}, "财政局").done] == ["6.00"]
    nothing = mend_word(word, {"SUM-008"}, "财政局")
    assert (nothing.data, nothing.done, nothing.left) == (word.read_bytes(), [], [])


@pytest.mark.parametrize("form", ["xlsx", "pdf", "json"])
def test_other_files_are_refused_whatever_they_are_called(word, form):
    word.write_bytes(write(document(), form))
    with pytest.raises(UnsupportedFormat, match=r"来文\.docx：只有 Word 文件"):
        mend_word(word, (), "财政局")


def test_a_file_that_never_ends_is_stopped(word, monkeypatch):
    monkeypatch.setattr(file, "Bounds", lambda: Bounds(seconds=0.2))
    monkeypatch.setattr(file, "read", lambda *_, **__: sum(1 for _ in itertools.count()))
    with pytest.raises(TookTooLong, match=r"来文\.docx"):
        mend_word(word, (), "财政局")
