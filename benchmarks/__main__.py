"""Measure everything that is promised, print it as a table, keep it in ``results/speed.md``."""

from __future__ import annotations

import csv
import io
import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import auditing, reading, writing
from benchmarks.harness import PROMISES, ROOT, Figure, Row, python, slowness, timed

SEEDS = ROOT.parent / "shared" / "seeds"
RESULTS = Path(__file__).parent / "results" / "speed.md"


def documents() -> list[Path]:
    """The real documents where they are at hand, else the samples."""
    return sorted(SEEDS.glob("*.txt")) or sorted((ROOT / "samples").glob("*.txt"))


def library() -> Iterator[Row]:
    """Reading and auditing inside a process."""
    from jiheng.auditing import audit
    from jiheng.reading import read

    for path in documents():
        data, name = path.read_bytes(), path.name
        count = max(1, len(read(data, name=name).documents))
        read_one = timed(lambda data=data, name=name: read(data, name=name))
        yield Row(f"read {name[:12]} ({count} document(s))", _each(read_one, count), "read", _rows(data))
        found = read(data, name=name).documents
        yield Row(f"audit {name[:12]}", _each(timed(lambda found=found: audit(found)), count), "audit")
    large = auditing.large_document()
    taken = timed(lambda: audit(large), runs=5, warm_up=1)
    rows = sum(len(project.indicators) for project in large.projects)
    speed = f"{auditing.PROJECTS / taken.low * 1000:,.0f} projects a second"
    yield Row(f"audit {auditing.PROJECTS:,} projects, {rows:,} indicators ({speed})", taken, "audit_large")


def _each(figure: Figure, count: int) -> Figure:
    """The figure for one document of a file that holds several."""
    return Figure(figure.median / count, figure.low / count, figure.high / count, figure.runs, figure.unit)


def _rows(data: bytes) -> Figure:
    text = data.decode("utf-8-sig", errors="replace")
    return timed(lambda: list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)))


def programs() -> Iterator[Row]:
    """The command line from cold start to finish, with its peak memory."""
    path = str(documents()[0])
    wall, memory = python("-m", "jiheng.cli", "audit", "--json", path, accept=(0, 1))
    bare, _ = python("-c", _NOTHING, path)
    yield Row("jiheng audit, cold start to finish", wall, "cold_start", bare)
    yield Row("jiheng audit, peak memory", memory, "memory")


_NOTHING = "import pathlib, typer\ndef nothing(file: pathlib.Path) -> None: ...\ntyper.run(nothing)"
"""A program of the same framework that takes a file and does nothing with it."""


def main() -> int:
    """Run all, print and keep the table. Exit status 1 when a promise is broken.

    Whole programs come first: the system counts what their parent held at their start as their own memory.
    """
    rows = [
        row
        for part in (programs, library, lambda: writing.rows(documents()), lambda: reading.rows(documents()))
        for row in part()
    ]
    heading = ["case", "ours: median (min-max)", "peer", "ours / peer", "promised", "holds"]
    slow = slowness(rows)
    lines = [heading, ["---"] * len(heading), *(row.cells(slow) for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    machine = f"{platform.machine()}, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores, {slow:.1f} times as slow as the machine that milliseconds are promised for"
    peers = "\n".join(
        f"- {name}: {promise['peer']}" for name, promise in PROMISES.items() if "peer" in promise
    )
    RESULTS.write_text(f"# Measured\n\n{machine}\n\n{table}\n\nPeers:\n\n{peers}\n", encoding="utf-8")
    print(table)
    return 0 if all(row.holds(slow) for row in rows) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["accuracy"]:
        from benchmarks.accuracy import report

        sys.exit(report.run(sys.argv[2:]))
    if sys.argv[1:2] == ["mutations"]:
        from benchmarks.mutations import report as mutations

        sys.exit(mutations.run(sys.argv[2:]))
    if sys.argv[1:2] == ["province"]:
        from benchmarks import province

        sys.exit(province.run(sys.argv[2:]))
    if sys.argv[1:2] == ["batch"]:
        sys.exit(writing.run(sys.argv[2:], documents()))
    sys.exit(main())
