"""Processes that do the work: bounded, reused, replaced, and leaving nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jiheng.errors import Crashed, DamagedFile, TookTooLong, TookTooMuchMemory
from jiheng.reading.isolated import Bounds, Workers
from tests.conftest import ROOT
from tests.processes import is_running, wait_until_gone

SHORT = Bounds(seconds=1.5)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "src")]))
    with Workers("tests.reading.isolated.misbehaving:perform") as made:
        yield made


def pid_of(workers: Workers) -> int:
    return int(workers.run(b"who", name="x"))


def test_bytes_go_there_and_back_of_any_size(workers):
    body = os.urandom(5_000_000)
    assert workers.run(b"echo", body, name="x") == body
    assert workers.run(b"echo", b"", name="x") == b""


def test_a_process_serves_many_files(workers):
    assert len({pid_of(workers) for _ in range(5)}) == 1


def test_threads_have_a_process_each(workers):
    barrier = threading.Barrier(3)

    def ask(_: int) -> int:
        barrier.wait()
        return pid_of(workers)

    with ThreadPoolExecutor(3) as pool:
        pids = set(pool.map(ask, range(3)))
    assert 1 <= len(pids) <= 3
    assert pid_of(workers) in pids


def test_an_error_keeps_its_class_its_words_and_its_process(workers):
    before = pid_of(workers)
    with pytest.raises(DamagedFile) as caught:
        workers.run(b"refuse", "甲.docx".encode(), name="乙.docx")
    assert (caught.value.message, caught.value.place, caught.value.remedy) == (
        "坏了。",
        "甲.docx",
        "修好它。",
    )
    with pytest.raises(DamagedFile, match=r"乙\.docx"):
        workers.run(b"refuse", name="乙.docx")
    assert pid_of(workers) == before


def test_what_a_library_prints_is_no_answer(workers):
    assert workers.run(b"talk", b"x", name="x") == b"x"


@pytest.mark.parametrize("how", [b"loop", b"loop_in_c"])
def test_what_never_ends_is_ended(workers, how):
    before = pid_of(workers)
    start = time.monotonic()
    with pytest.raises(TookTooLong, match=r"慢\.pdf.*1\.5 秒"):
        workers.run(how, name="慢.pdf", bounds=SHORT)
    assert time.monotonic() - start < 10
    wait_until_gone(before)
    assert pid_of(workers) != before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a process's memory")
def test_what_swells_is_stopped(workers):
    before = pid_of(workers)
    with pytest.raises(TookTooMuchMemory, match=r"大\.xlsx.*内存"):
        workers.run(b"swell", name="大.xlsx", bounds=Bounds(seconds=60, memory=600 * 1024 * 1024))
    wait_until_gone(before)
    assert workers.run(b"echo", b"x", name="x") == b"x"


@pytest.mark.parametrize("how", [b"break", b"raise"])
def test_a_crash_is_told_and_the_next_file_is_served(workers, how, caplog):
    before = pid_of(workers)
    with pytest.raises(Crashed, match=r"坏\.pdf.*其他文件不受影响"):
        workers.run(how, name="坏.pdf")
    assert pid_of(workers) != before
    assert "misbehaving.py" in caplog.text  # where it happened, for those who maintain it


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a process's memory")
def test_a_process_that_holds_much_is_replaced(workers):
    small = int(workers.run(b"hold", b"1000", name="x"))
    assert pid_of(workers) == small
    large = int(workers.run(b"hold", str(450 * 1024 * 1024).encode(), name="x"))
    assert large == small
    wait_until_gone(large)
    assert pid_of(workers) != large


def test_a_process_that_died_between_files_is_replaced(workers):
    before = pid_of(workers)
    os.kill(before, 9)
    wait_until_gone(before)
    assert pid_of(workers) != before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a session's processes")
def test_what_a_process_started_goes_with_it(workers, tmp_path):
    note = tmp_path / "note"
    pid_of(workers)  # its start, slow on a busy machine, is not what is bounded here
    with pytest.raises(TookTooLong):
        workers.run(b"start_another", str(note).encode(), name="x", bounds=Bounds(seconds=5))
    pid, folder = note.read_text().split("\n")
    wait_until_gone(int(pid))
    assert not Path(folder).exists()


def test_closing_ends_what_is_under_way(workers):
    pid = pid_of(workers)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(workers.run, b"loop", name="x")
        time.sleep(0.3)
        workers.close()
        with pytest.raises(Crashed):
            running.result(timeout=10)
    wait_until_gone(pid)
    with pytest.raises(Crashed):
        pid_of(workers)


def test_processes_and_folders_go_when_the_one_that_started_them_is_killed(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "src")]))
    program = (
        "from jiheng.reading.isolated import Workers; import time;"
        "print(Workers('tests.reading.isolated.misbehaving:perform').run(b'who', name='x').decode(), flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_running(pid)
        assert list(tmp_path.glob("jiheng-*"))
        parent.kill()
    wait_until_gone(pid)
    assert not list(tmp_path.glob("jiheng-*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_does_not_use_its_parents_processes(workers):
    before = pid_of(workers)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, str(pid_of(workers)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    other = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    wait_until_gone(other)
    assert other != before
    assert pid_of(workers) == before
