"""Timing inside a process, and of whole processes with their peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROMISES = tomllib.loads(Path(__file__).with_name("promises.toml").read_text(encoding="utf-8"))


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


def is_busy() -> bool:
    """Whether others want the machine too, so that milliseconds say little; ratios and memory still do."""
    return os.getloadavg()[0] > (os.cpu_count() or 1) + 1


class Row:
    """A line of the table: a case, our figure, the peer's, and whether the promise holds.

    Held against a promise is the least of several runs: what the code needs when nobody else wants the machine.
    """

    def __init__(self, case: str, ours: Figure, promise: str, peer: Figure | None = None) -> None:
        self.case, self.ours, self.peer = case, ours, peer
        limits = PROMISES[promise]
        self.limit = limits.get("limit_ms") or limits.get("limit_mb")
        self.most = limits.get("ratio")
        self.ratio = ours.low / peer.low if peer else None
        is_slow = self.limit is not None and ours.low > self.limit
        self.is_unjudged = is_slow and ours.unit == "ms" and is_busy()
        self.holds = (not is_slow or self.is_unjudged) and (
            self.ratio is None or self.most is None or self.ratio <= self.most
        )

    def cells(self) -> list[str]:
        """As a row of the table."""
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        limit = f"{self.limit} {self.ours.unit}" if self.limit else ""
        most = f"{self.most} of peer" if self.most and self.ratio is not None else ""
        promised = ", ".join(part for part in (limit, most) if part)
        return [
            self.case,
            str(self.ours),
            str(self.peer or ""),
            ratio,
            promised,
            "yes" if self.holds else "NO",
        ]


def figure(samples: list[float], unit: str) -> Figure:
    """Of several runs."""
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
    return figure(samples, "ms")


def process(
    *arguments: str, runs: int = 5, warm_up: int = 1, accept: tuple[int, ...] = (0,)
) -> tuple[Figure, Figure]:
    """Wall time (ms) and peak memory (MB) of a whole process, by the operating system's own accounting."""
    walls: list[float] = []
    peaks: list[float] = []
    for run in range(runs + warm_up):
        begin = time.perf_counter()
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = (time.perf_counter() - begin) * 1000
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in accept:
            raise RuntimeError(f"{arguments} ended with {child.returncode}")
        if run >= warm_up:  # the first run warms the file cache
            walls.append(wall)
            peaks.append(usage.ru_maxrss / 1024)  # of the process and those that it waited for
    return figure(walls, "ms"), figure(peaks, "MB")


def python(*arguments: str, **options: object) -> tuple[Figure, Figure]:
    """``process`` with this interpreter."""
    return process(sys.executable, *arguments, **options)  # type: ignore[arg-type]
