"""Fields by kind of document and format, and cells against other programs: ``make accuracy``."""

from __future__ import annotations

import platform
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.accuracy import peers
from benchmarks.accuracy.cells import CellScore
from benchmarks.accuracy.content import families
from benchmarks.accuracy.fields import Score
from benchmarks.accuracy.formats import FORMATS
from benchmarks.accuracy.known import Known
from benchmarks.accuracy.measure import OURS, Made, make, measure, measure_peers

RESULTS = Path(__file__).resolve().parent.parent / "results" / "accuracy.md"
_SEEDS = 3
_SCANNED = {
    "goal forms": 17,
    "disclosure tables": 2,
    "performance text": 1,
    "budget": 1,
    "final account": 1,
    "random tables": 1,
}
"""So many documents of a family are recognised from pictures."""
_MERGED = frozenset({"goal forms", "disclosure tables"})
"""Families whose tables have names merged over several rows."""
_SLOW = frozenset({"doc", "odt", "rtf", "xls", "ods"})
"""Formats that LibreOffice has to make or to read; the real documents are long."""
_COMPARED = frozenset({"disclosure tables", "performance text", "budget", "final account", "random tables"})
"""Families on which other programs are measured: their grids are those of real forms, not of a text."""
_SHOWN = 12
"""So many misses of each format are printed."""


class Results:
    """What was measured so far."""

    def __init__(self) -> None:
        self.fields: dict[tuple[str, str], Score] = defaultdict(Score)
        self.cells: dict[tuple[str, str], CellScore] = defaultdict(CellScore)
        self.misses: dict[str, list[str]] = defaultdict(list)

    def add(self, family: str, made: Made, score: Score) -> None:
        """One file, read by us."""
        self.fields[family, made.form] += score._replace(misses=())
        self.misses[made.form] += [
            f"{made.known.name}: {path}: {truth!r} read as {found!r}" for path, truth, found in score.misses
        ]

    def total(self, form: str) -> Score:
        """All families together."""
        return sum((score for (_, other), score in self.fields.items() if other == form), Score())

    def broken(self) -> list[str]:
        """Formats in which fewer fields are right than promised."""
        return [
            form
            for form, chosen in FORMATS.items()
            if chosen.aim is not None and self.total(form).share < chosen.aim
        ]


def documents(seeds: int) -> dict[str, list[Known]]:
    """What is measured: so many seeds of what varies. Without any, few documents of each kind."""
    found = {}
    for name, family in families().items():
        known = [
            known for seed in range(max(1, seeds) if family.varies else 1) for known in family.make(seed)
        ]
        found[name] = known if seeds or len(known) < 4 else known[::6]
    return found


def run(arguments: Sequence[str]) -> int:
    """Measures, prints, keeps the tables. Status 1 when an aim is missed.

    ``--quick`` measures few documents and keeps nothing; ``--seeds 1`` a third of what is made by chance.
    """
    quick = "--quick" in arguments
    seeds = 0 if quick else _SEEDS
    if "--seeds" in arguments:
        seeds = int(arguments[arguments.index("--seeds") + 1])
    results = Results()
    known = documents(seeds)
    for form in FORMATS:
        _run_format(form, known, results, seeds)
        score = results.total(form)
        print(f"{form}: {score.right}/{score.total} = {score.share:.3%}", flush=True)
        for line in results.misses[form][:_SHOWN]:
            print(f"    {line}")
        if not quick:
            RESULTS.write_text(text_of(results, known), encoding="utf-8")
    print(text_of(results, known))
    return 1 if results.broken() else 0


def _run_format(form: str, known: dict[str, list[Known]], results: Results, seeds: int) -> None:
    files: list[Made] = []
    for family, found in known.items():
        for made in make(_chosen(family, found, form, seeds), form):
            score, cells = measure(made)
            results.add(family, made, score)
            if family in _COMPARED:
                files.append(made)
                results.cells[OURS, form] += cells
    for peer, _, cells in measure_peers(files):
        results.cells[peer, form] += cells


def _chosen(family: str, found: list[Known], form: str, seeds: int) -> list[Known]:
    """The documents of a family that are made in this format: all, or few where that takes long or cannot be."""
    chosen = FORMATS[form]
    if (family in _MERGED and not chosen.has_merges) or (family == "real documents" and form in _SLOW):
        return []
    if not chosen.is_picture:
        return found
    if seeds > 1:
        return found[: _SCANNED.get(family, 0)]
    return found[::5] if family == "goal forms" else []


def text_of(results: Results, known: dict[str, list[Known]]) -> str:
    """Both tables, in Markdown."""
    machine = f"{platform.machine()}, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}"
    count = sum(len(found) for found in known.values())
    peer = ", ".join(f"{name} {version}" for name, version in peers.versions().items())
    return (
        f"# Accuracy, measured\n\n{machine}; {count} documents; {peer or 'no other programs'}\n\n"
        f"## Fields\n\n{_fields(results, list(known))}\n\n"
        f"## Cells of tables, against other programs\n\n{_cells(results)}\n"
    )


def _fields(results: Results, names: Sequence[str]) -> str:
    judged = [name for name in names if any(results.fields[name, form].total for form in FORMATS)]
    rows = [["format", *judged, "all", "fields", "aim", "met"]]
    for form, chosen in FORMATS.items():
        score = results.total(form)
        if not score.total:
            continue
        aim = "" if chosen.aim is None else _percent(chosen.aim)
        met = "" if chosen.aim is None else "yes" if score.share >= chosen.aim else "NO"
        shares = [_share(results.fields[name, form]) for name in judged]
        rows.append([form, *shares, _share(score), str(score.total), aim, met])
    return _table(rows)


def _cells(results: Results) -> str:
    programs = [OURS, *peers.READS]
    rows = [["format", "cells", *(f"{name}: {what}" for name in programs for what in ("right", "ms a file"))]]
    counts = defaultdict(int)
    for (_, form), score in results.cells.items():
        counts[form] = max(counts[form], score.total)
    for form in FORMATS:
        if not counts[form]:
            continue
        cells = [form, str(counts[form])]
        for name in programs:
            score = results.cells.get((name, form))
            cells += [_share(score), f"{score.seconds * 1000 / score.files:.0f}"] if score else ["", ""]
        rows.append(cells)
    return _table(rows)


def _share(score: Score | CellScore) -> str:
    return _percent(score.right / score.total) if score.total else ""


def _percent(share: float) -> str:
    """Never rounded up to 100 %."""
    return "100 %" if share == 1 else f"{int(share * 10_000) / 100:.2f} %"


def _table(rows: Iterable[Sequence[str]]) -> str:
    head, *body = rows
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *body))
