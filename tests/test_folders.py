"""The command line over folders: all cores, the folder's order, bad files named, nothing left behind."""

from __future__ import annotations

import errno
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from jiheng.batch import Sources, Wanted, results
from jiheng.errors import TookTooLong
from jiheng.reading.isolated import Bounds, Workers
from jiheng.writing import write
from tests.processes import run_jiheng as run
from tests.processes import wait_until_gone
from tests.writing.builders import document, project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")
TITLES = [
    f"安澜县{name}2024年部门预算绩效文本" for name in ("档案馆", "林业局", "民政局", "水务局", "统计局")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five documents, in files and folders whose order is that of ``TITLES``; one lies in an archive."""
    where = tmp_path / "报送"
    (where / "乡镇").mkdir(parents=True)
    contents = [write(document(title=title), "docx") for title in TITLES]
    for name, content in zip(("1.docx", "2.docx", "3.docx"), contents[:3], strict=True):
        (where / name).write_bytes(content)
    with zipfile.ZipFile(where / "4.zip", "w") as archive:
        archive.writestr("附件/水务局.docx", contents[3])
    (where / "乡镇" / "1.docx").write_bytes(contents[4])
    (where / "乡镇" / "~$1.docx").write_bytes(b"lock")
    return where


def titles(output: str) -> list[str]:
    return [found["title"] for found in json.loads(output)]


def endless_soffice(folder: Path) -> Path:
    """A LibreOffice that starts another process, says which, and never ends."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {folder}/started\nwait\n")
    program.chmod(0o755)
    return program


def wait_for(path: Path) -> int:
    deadline = time.monotonic() + 90
    while not (path.exists() and path.read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return int(path.read_text())


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_folder(folder, jobs):
    done = run("read", folder, "--json", "--jobs", jobs)
    assert done.returncode == 0, done.stderr
    assert titles(done.stdout) == TITLES


def test_many_files_make_the_same_json_as_each_alone(folder):
    whole = run("read", folder / "1.docx", folder / "2.docx", "--json").stdout
    parts = [run("read", folder / name, "--json").stdout for name in ("1.docx", "2.docx")]
    assert whole == "[\n" + ",\n".join(part[2:-3] for part in parts) + "\n]\n"


def test_the_bad_are_named_by_their_folder_and_the_rest_are_read(folder):
    (folder / "乡镇" / "0.docx").write_bytes(b"PK\x03\x04")
    (folder / "乡镇" / "0.pdf").write_bytes(b"")
    (folder / "说明.exe").write_bytes(b"MZ")
    done = run("read", folder, "--json")
    assert done.returncode == 2
    assert titles(done.stdout) == TITLES
    assert "乡镇/0.docx：文件已损坏" in done.stderr
    assert "乡镇/0.pdf：文件是空的" in done.stderr
    assert "另有 1 个文件不是能读取的格式" in done.stderr
    assert "Traceback" not in done.stderr


def test_findings_count_documents_over_all_files(folder):
    (folder / "9.json").write_bytes(write(document(project(indicators=[])), "json"))
    done = run("audit", folder, "--json", "--jobs", 2)
    assert done.returncode == 1
    assert {found["document"] for found in json.loads(done.stdout) if found["rule"] == "IND-001"} == {4}


def test_a_report_covers_every_file(folder, tmp_path):
    report = tmp_path / "报告.html"
    assert run("audit", folder, "--report", report).returncode in (0, 1)
    assert all(title in report.read_text(encoding="utf-8") for title in TITLES)


def test_writing_keeps_the_folders(folder, tmp_path):
    assert run("write", folder, "--to", "json", "--output", tmp_path / "出").returncode == 0
    written = sorted(
        path.relative_to(tmp_path / "出").as_posix() for path in (tmp_path / "出").rglob("*.json")
    )
    assert written == ["1.json", "2.json", "3.json", "4.json", "乡镇/1.json"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are text")
def test_a_name_in_gbk_is_read_and_shown(folder):
    path = os.fsencode(folder) + "/预算.docx".encode("gbk")
    shutil.copy(folder / "1.docx", path)
    done = run("read", folder)
    assert done.returncode == 0, done.stderr
    assert "预算.docx" in done.stdout


HEARS_CTRL_C = ("env", "--default-signal=INT")
"""Tests that were started in the background of a shell pass on that Ctrl-C is to be ignored."""


def test_a_file_that_never_ends_costs_itself_only(folder, tmp_path):
    shutil.copy(folder / "1.docx", folder / "0.docx")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"\xec\xa5" + bytes(600)
    (folder / "0.doc").write_bytes(ole + "WordDocument".encode("utf-16-le"))
    environment = {**os.environ, "JIHENG_SOFFICE": str(endless_soffice(tmp_path)), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [*HEARS_CTRL_C, sys.executable, "-m", "jiheng.cli", "read", str(folder), "--json", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as process:
        started = wait_for(tmp_path / "started")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=240)
    assert process.returncode == 130
    assert "已中断" in said.decode()
    assert "Traceback" not in said.decode()
    wait_until_gone(started)
    assert not list(tmp_path.glob("jiheng-*"))


def test_being_told_to_end_leaves_nothing_behind(folder, tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"\xec\xa5" + bytes(600)
    (folder / "0.doc").write_bytes(ole + "WordDocument".encode("utf-16-le"))
    environment = {**os.environ, "JIHENG_SOFFICE": str(endless_soffice(tmp_path)), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "jiheng.cli", "audit", str(folder)],
        stdout=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        started = wait_for(tmp_path / "started")
        process.terminate()
        assert process.wait(30) == 128 + signal.SIGTERM
    wait_until_gone(started)
    assert not list(tmp_path.glob("jiheng-*"))


def on_a_terminal(command: str) -> tuple[int, str]:
    """The exit status of a shell command and what a terminal of 80 columns shows of it."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ["sh", "-c", command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm"},
    ) as process:
        os.close(theirs)
        shown = bytearray()
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other side was closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return process.returncode, shown.decode()


def test_a_person_sees_a_bar_and_the_results(folder):
    status, shown = on_a_terminal(f"{sys.executable} -m jiheng.cli read {folder}")
    assert status == 0
    assert "5/5" in shown
    assert all(title in shown for title in TITLES)


@pytest.mark.parametrize("option", ["", "--json"])
def test_results_that_go_to_a_file_are_not_disturbed_by_the_bar(folder, tmp_path, option):
    target = tmp_path / "结果"
    status, shown = on_a_terminal(f"{sys.executable} -m jiheng.cli read {folder} {option} > {target}")
    assert status == 0
    assert "5/5" in shown
    assert TITLES[0] not in shown
    assert target.read_text(encoding="utf-8") == run("read", folder, *filter(None, [option])).stdout


def test_a_reader_that_stops_listening_ends_it_quietly(folder):
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m jiheng.cli read {folder} --json | head -c 10"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr


def test_a_folder_that_may_not_be_opened_is_named(folder, monkeypatch):
    real = os.scandir

    def closed(path: str) -> object:  # permissions do not bind root, who may run the tests
        if Path(path).name == "乡镇":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = [source.shown for source in Sources([folder])]
    assert found == ["1.docx", "2.docx", "3.docx", "4.zip", str(folder / "乡镇")]


def test_a_single_small_file_starts_no_process(folder, monkeypatch):
    monkeypatch.setattr("jiheng.batch.Workers", None)
    with results(Sources([folder / "1.docx"]), Wanted.EXCHANGE) as done:
        (only,) = done
    assert only.answer is not None
    assert TITLES[0].encode() in only.answer


def test_a_single_file_that_a_library_in_c_reads_has_a_process_of_its_own(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(
        "jiheng.batch.Workers", lambda *_, **__: started.append(1) or Workers("jiheng.batch:perform")
    )
    path = tmp_path / "预算.pdf"
    path.write_bytes(write([document(project())], "pdf"))
    with results(Sources([path]), Wanted.EXCHANGE) as done:
        (only,) = done
    assert only.answer is not None
    assert started == [1]


def test_a_single_small_file_that_never_ends_is_stopped(folder, monkeypatch):
    monkeypatch.setattr("jiheng.batch.read", lambda *_, **__: time.sleep(60))
    monkeypatch.setattr("jiheng.batch.Bounds", lambda: Bounds(seconds=0.2))
    with results(Sources([folder / "1.docx"]), Wanted.EXCHANGE) as done:
        (only,) = done
    assert only.answer is None
    assert isinstance(only.error, TookTooLong)
