"""Timing inside a process, and of whole processes with their peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Figure:
    """A measurement: median, minimum and maximum of ``runs``, in ``unit``."""

    median: float
    low: float
    high: float
    runs: int
    unit: str = "ms"

    def __str__(self) -> str:
        return f"{self.median:.1f} {self.unit} ({self.low:.1f}-{self.high:.1f}, n={self.runs})"


def _figure(samples: list[float], unit: str) -> Figure:
    return Figure(statistics.median(samples), min(samples), max(samples), len(samples), unit)


def timed(call: Callable[[], object], *, runs: int = 15, warm_up: int = 3) -> Figure:
    """Milliseconds that ``call`` takes, after a few calls that do not count."""
    for _ in range(warm_up):
        call()
    samples = []
    for _ in range(runs):
        begin = time.perf_counter()
        call()
        samples.append((time.perf_counter() - begin) * 1000)
    return _figure(samples, "ms")


def process(*arguments: str, runs: int = 5, accept: tuple[int, ...] = (0,)) -> tuple[Figure, Figure]:
    """Wall time (ms) and peak memory (MB) of a whole process, by the operating system's own accounting."""
    walls: list[float] = []
    peaks: list[float] = []
    for run in range(runs + 1):
        begin = time.perf_counter()
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = (time.perf_counter() - begin) * 1000
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in accept:
            raise RuntimeError(f"{arguments} ended with {child.returncode}")
        if run:  # the first run warms the file cache
            walls.append(wall)
            peaks.append(usage.ru_maxrss / 1024)
    return _figure(walls, "ms"), _figure(peaks, "MB")


def python(*arguments: str, **options: object) -> tuple[Figure, Figure]:
    """``process`` with this interpreter."""
    return process(sys.executable, *arguments, **options)  # type: ignore[arg-type]
