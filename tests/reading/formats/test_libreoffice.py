"""LibreOffice: found or explained, bounded in time, ended with all it started, and its folders gone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jiheng.errors import ConverterMissing, DamagedFile, ProtectedFile, TookTooLong
from jiheng.reading import read
from jiheng.reading.formats import libreoffice
from tests.processes import wait_until_gone

WORD = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + b"\xec\xa5"
    + bytes(600)
    + "WordDocument".encode("utf-16-le")
)
pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="programs of POSIX")


def program(folder: Path, lines: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.parametrize("name", ["旧.doc", "旧.wps", "旧.rtf", "旧.odt"])
def test_where_there_is_none_it_says_what_to_install(name, monkeypatch, tmp_path):
    monkeypatch.setenv("JIHENG_SOFFICE", str(tmp_path / "none"))
    data = {"rtf": rb"{\rtf1 a}", "odt": b"PK\x03\x04"}.get(name[-3:], WORD)
    with pytest.raises(ConverterMissing) as caught:
        read(data, name=name)
    assert "libreoffice-writer-nogui" in (caught.value.remedy or "")
    assert "docx" in (caught.value.remedy or "")


def test_one_that_never_ends_is_ended_with_all_it_started(monkeypatch, tmp_path, temporary):
    note = tmp_path / "started"
    monkeypatch.setenv("JIHENG_SOFFICE", program(tmp_path, f"sleep 600 &\necho $! > {note}\nwait"))
    start = time.monotonic()
    with pytest.raises(TookTooLong, match=r"慢\.doc.*超过了 1 秒"):
        libreoffice.convert(WORD, ".doc", "docx", "慢.doc", seconds=1)
    assert time.monotonic() - start < 10
    wait_until_gone(int(note.read_text()))
    assert not list(temporary.iterdir())


def test_what_it_leaves_running_behind_itself_is_ended(monkeypatch, tmp_path, temporary):
    note = tmp_path / "started"
    monkeypatch.setenv("JIHENG_SOFFICE", program(tmp_path, f"sleep 600 &\necho $! > {note}\nexit 0"))
    with pytest.raises(DamagedFile, match="LibreOffice 无法打开"):
        read(WORD, name="旧.doc")
    wait_until_gone(int(note.read_text()))
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("lines", ["exit 1", "kill -SEGV $$", "mkdir out; : > out/source.docx"])
def test_one_that_fails_says_to_save_the_file_anew(monkeypatch, tmp_path, temporary, lines):
    monkeypatch.setenv("JIHENG_SOFFICE", program(tmp_path, lines))
    with pytest.raises(DamagedFile) as caught:
        read(WORD, name="旧.doc")
    assert "另存" in (caught.value.remedy or "")
    assert not list(temporary.iterdir())


def test_what_it_makes_is_read_as_hostile_as_any_file(monkeypatch, tmp_path):
    monkeypatch.setenv("JIHENG_SOFFICE", program(tmp_path, "mkdir out; echo broken > out/source.docx"))
    with pytest.raises(DamagedFile):
        read(WORD, name="旧.doc")


def test_it_sees_no_environment_of_ours(monkeypatch, tmp_path):
    seen = tmp_path / "seen"
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("JIHENG_SOFFICE", program(tmp_path, f"env > {seen}"))
    with pytest.raises(DamagedFile):
        read(WORD, name="旧.doc")
    assert "secret" not in seen.read_text()


def test_a_locked_file_is_refused_before_it_is_started(monkeypatch, tmp_path):
    started = tmp_path / "started"
    monkeypatch.setenv("JIHENG_SOFFICE", program(tmp_path, f"touch {started}"))
    data = bytearray(WORD)
    data[512 + 11] |= 1
    with pytest.raises(ProtectedFile):
        read(bytes(data), name="密.doc")
    assert not started.exists()
