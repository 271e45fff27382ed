"""A province in one go: 17,000 documents audited from a folder on all cores; memory must not grow with their number.

python -m benchmarks province              # a tenth, then all: about half an hour on two cores
python -m benchmarks province --files 400  # fewer; keeps nothing
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from benchmarks.accuracy import performance
from benchmarks.harness import ROOT
from jiheng.budget import BudgetDocument
from jiheng.writing import write

FILES: Final = 17_000
"""Departments and townships of a large province with a document each."""
_DIFFERENT: Final = 170
"""So many different documents, each standing in the folders under many names: making all would take longer than auditing."""
_MAY_GROW: Final = 1.15
"""Memory with all files against a tenth of them; what a process holds at its peak differs by some per cent in any run."""
_RESULTS: Final = Path(__file__).parent / "results" / "province.md"


class Audited(NamedTuple):
    """What auditing a folder took: seconds, the largest sum of all its processes' memory in MB, and findings."""

    files: int
    seconds: float
    memory: float
    findings: int


def folders(root: Path, files: int) -> None:
    """A folder for each county with its documents; the same bytes are stored once."""
    made = []
    for seed in range(min(_DIFFERENT, files)):
        (known,) = performance.texts(seed)
        (document,) = msgspec.convert(known.documents, list[BudgetDocument])
        path = root / f"{seed}.source"
        path.write_bytes(write(document, "docx"))
        made.append(path)
    for number in range(files):
        county = root / "全省" / f"{number // 100:03}县"
        county.mkdir(parents=True, exist_ok=True)
        os.link(made[number % len(made)], county / f"{number:05}.docx")


def audited(folder: Path, files: int) -> Audited:
    """The command line over ``folder``, its output counted as it comes."""
    command = [sys.executable, "-m", "jiheng.cli", "audit", "--json", str(folder)]
    begin = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        watch = Watch(process.pid)
        watch.start()
        assert process.stdout is not None
        findings = sum(line.count(b'"rule":') for line in process.stdout)
    watch.stop()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"jiheng audit ended with {process.returncode}")
    return Audited(files, time.monotonic() - begin, watch.peak / 1024, findings)


class Watch(threading.Thread):
    """Looks twice a second how much memory a process and its children hold; shared pages are counted once (PSS)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._ended = pid, threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._ended.wait(0.5):
            self.peak = max(self.peak, sum(map(_held, _family(self._pid))))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for task in Path(f"/proc/{pid}/task").iterdir():
            if task.name != str(pid):
                children += (task / "children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _held(pid: int) -> int:
    """KB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def run(arguments: list[str]) -> int:
    """Measures, prints, and keeps a whole run. Exit status 1 when memory grows with the number of files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks province")
    parser.add_argument("--files", type=int, default=FILES)
    files = parser.parse_args(arguments).files
    found = []
    for count in (max(1, files // 10), files):
        with tempfile.TemporaryDirectory() as name:
            folders(Path(name), count)
            found.append(audited(Path(name) / "全省", count))
    table = _table(found)
    print(table)
    growth = found[1].memory / found[0].memory
    if files == FILES:
        _RESULTS.write_text(_page(table, growth), encoding="utf-8")
    return 0 if growth <= _MAY_GROW else 1


def _table(found: list[Audited]) -> str:
    head = "| files | findings | minutes | files a second | memory of all processes, MB |\n| --- | --- | --- | --- | --- |"
    lines = (
        f"| {one.files:,} | {one.findings:,} | {one.seconds / 60:.1f} | {one.files / one.seconds:.1f} | {one.memory:.0f} |"
        for one in found
    )
    return "\n".join([head, *lines])


def _page(table: str, growth: float) -> str:
    machine = f"Python {sys.version.split()[0]}, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores"
    return (
        f"# A province in one go\n\n{machine}. Word files with three to six goal tables each, {_DIFFERENT} different ones, "
        "read and audited by `jiheng audit --json FOLDER` with every rule.\n\n"
        f"{table}\n\nMemory with all files is {growth:.2f} of that with a tenth of them (promised: at most {_MAY_GROW}).\n"
    )
