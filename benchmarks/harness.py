"""Timing inside a process, and of whole processes with their peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROMISES = tomllib.loads(Path(__file__).with_name("promises.toml").read_text(encoding="utf-8"))


# As a user's is: compiled modules are kept, so that a start does not compile the whole program again.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


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


class Row:
    """A line of the table: a case, our figure, the peer's, and whether the promise holds.

    Held against a promise is the least of several runs: what the code needs when nobody else wants the machine.
    """

    def __init__(self, case: str, ours: Figure, promise: str, peer: Figure | None = None) -> None:
        self.case, self.ours, self.peer, self.promise = case, ours, peer, promise
        limits = PROMISES[promise]
        self.limit = limits.get("limit_ms") or limits.get("limit_mb")
        self.most = limits.get("ratio")
        self.ratio = ours.low / peer.low if peer else None

    def holds(self, slowness: float) -> bool:
        """Whether the promise is kept on a machine ``slowness`` times as slow as the one that promises name."""
        limit = self._limit(slowness)
        is_within = limit is None or self.ours.low <= limit
        return is_within and (self.ratio is None or self.most is None or self.ratio <= self.most)

    def _limit(self, slowness: float) -> float | None:
        return self.limit if self.limit is None or self.ours.unit != "ms" else self.limit * slowness

    def cells(self, slowness: float) -> list[str]:
        """As a row of the table."""
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        limit = self._limit(slowness)
        named = f"{limit:.0f} {self.ours.unit}" if limit else ""
        most = f"{self.most} of peer" if self.most and self.ratio is not None else ""
        return [
            self.case,
            str(self.ours),
            str(self.peer or ""),
            ratio,
            ", ".join(part for part in (named, most) if part),
            "yes" if self.holds(slowness) else "NO",
        ]


def slowness(rows: Sequence[Row]) -> float:
    """How many times as long this machine takes for the yardstick as the machine that promises name; 1 without it."""
    yardstick = PROMISES["machine"]
    times = [row.peer.low for row in rows if row.promise == yardstick["promise"] and row.peer]
    return times[0] / yardstick["peer_ms"] if times else 1.0


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
        child = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=_ENVIRONMENT
        )
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
