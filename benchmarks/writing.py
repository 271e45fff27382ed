"""Writing: Word against docxtpl, PDF against LibreOffice, and a county's documents in one batch.

python -m benchmarks batch                 # 1,000 departments as Word and as PDF
python -m benchmarks batch --files 100     # fewer; keeps nothing
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.accuracy import peers
from benchmarks.harness import ROOT, Figure, Row, figure, process, timed
from benchmarks.province import Watch
from benchmarks.reading import most_tables
from jiheng.budget import BudgetDocument, Project, exchange, replace
from jiheng.writing import write
from jiheng.writing.docx import render_docx
from jiheng.writing.pages import Body, Cell, Grid, Pages, Text, labels
from jiheng.writing.pages import Row as GridRow

FILES: Final = 1_000
_MINUTES: Final = 5
_MAY_GROW: Final = 1.15
_PEER: Final = Path(__file__).with_name("docxtpl_peer.py")
_RESULTS: Final = Path(__file__).parent / "results" / "batch.md"


def rows(paths: Sequence[Path]) -> Iterator[Row]:
    """Word and PDF out, of the document with the most goal tables."""
    largest = most_tables(paths)
    tables = len(largest.projects)
    word = timed(lambda: write([largest], "docx"), runs=9)
    yield Row(f"Word out, {tables} goal tables", word, "docx_out", _docxtpl(largest))
    yield Row(
        f"PDF out, {tables} goal tables", _pdf(largest), "pdf_out", _libreoffice(write([largest], "docx"))
    )


def _pdf(document: BudgetDocument) -> Figure:
    """Another title each time: Typst remembers the pages that it has set before."""
    samples = []
    for run in range(6):
        changed = _changed(document, run)
        begin = time.perf_counter()
        write([changed], "pdf")
        samples.append((time.perf_counter() - begin) * 1000)
    return figure(samples[1:], "ms")


def _changed(document: BudgetDocument, number: int) -> BudgetDocument:
    """The document as another department's: other names, codes and purposes."""

    def other(project: Project, index: int) -> Project:
        return replace(
            project,
            name=f"{project.name}（{number:04}）",
            heading=f"{index + 1}.{project.name}（{number:04}）绩效目标表",
            purpose=f"{project.purpose or ''}（{number:04}）",
        )

    projects = [other(project, index) for index, project in enumerate(document.projects)]
    return replace(document, title=f"第{number:04}部门2024年部门预算绩效文本", projects=projects)


def _libreoffice(word: bytes) -> Figure | None:
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        source.write_bytes(word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        arguments = (program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source))
        return process(*arguments, runs=3)[0]


def _docxtpl(document: BudgetDocument) -> Figure | None:
    """The same goal tables, filled by docxtpl from a template with loops over projects and rows."""
    if not peers.are_installed():
        return None
    with tempfile.TemporaryDirectory() as name:
        template, context = Path(name) / "template.docx", Path(name) / "context.json"
        template.write_bytes(render_docx(_template()))
        context.write_text(json.dumps(_context(document), ensure_ascii=False), encoding="utf-8")
        command = [str(peers.FOLDER / "bin" / "python"), str(_PEER), str(template), str(context), "5"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return figure([seconds * 1000 for seconds in json.loads(done.stdout)], "ms")


_HEAD: Final = (("项目编码", "code"), ("项目名称", "name"), ("预算数", "total"), ("财政资金", "fiscal"), ("其他资金", "other"),
                ("资金用途", "purpose"), ("绩效目标", "goals"))  # fmt: skip
_INDICATOR: Final = (("一级指标", "level1"), ("二级指标", "level2"), ("三级指标", "level3"), ("绩效指标描述", "description"),
                     ("指标值", "value"), ("指标值确定依据", "basis"))  # fmt: skip


def _template() -> Pages:
    """A heading, a table of what a project is and one of its indicators, for each project."""
    fields = tuple(GridRow((Cell(label), Cell(f"{{{{ project.{key} }}}}"))) for label, key in _HEAD)
    names = tuple(label for label, _ in _INDICATOR)
    loop = tuple(
        GridRow((Cell(text, span=len(_INDICATOR)),))
        for text in ("{%tr for row in project.indicators %}", "{%tr endfor %}")
    )
    cells = GridRow(tuple(Cell(f"{{{{ row.{key} }}}}") for _, key in _INDICATOR))
    blocks = (
        Body(),
        Text("{%p for project in projects %}"),
        Text("{{ project.heading }}"),
        Grid((30.0, 126.0), fields),
        Grid((26.0,) * 6, (labels(*names), loop[0], cells, loop[1]), header_rows=1, joined=True),
        Text("{%p endfor %}"),
    )
    return Pages("模板", blocks)


def _context(document: BudgetDocument) -> dict[str, Any]:
    def plain(project: Project) -> dict[str, Any]:
        budget = project.budget
        rows = [
            {
                **{key: getattr(row, key) or "" for _, key in _INDICATOR if key != "value"},
                "value": row.value.text if row.value else "",
            }
            for row in project.indicators
        ]
        return {
            "heading": project.heading or project.label,
            "code": project.code or "",
            "name": project.name or "",
            "purpose": project.purpose or "",
            "goals": "\n".join(project.goals),
            "indicators": rows,
            **{key: (getattr(budget, key) or "") if budget else "" for key in ("total", "fiscal", "other")},
        }

    return {"projects": [plain(project) for project in document.projects]}


def run(arguments: list[str], paths: Sequence[Path]) -> int:
    """The batch: measures, prints, keeps a whole run. Exit status 1 when it takes too long or memory grows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks batch")
    parser.add_argument("--files", type=int, default=FILES)
    files = parser.parse_args(arguments).files
    largest = most_tables(paths)
    found = []
    for form in ("docx", "pdf"):
        for count in (max(1, files // 10), files):
            found.append((form, count, *_written(largest, count, form)))
    lines = [
        f"| {form} | {count:,} | {seconds / 60:.1f} | {count / seconds:.1f} | {memory:.0f} |"
        for form, count, seconds, memory in found
    ]
    head = "| form | documents | minutes | documents a second | memory of all processes, MB |\n| --- | --- | --- | --- | --- |"
    table = "\n".join([head, *lines])
    print(table)
    growth = max(found[1][3] / found[0][3], found[3][3] / found[2][3])
    slowest = max(seconds for _, _, seconds, _ in found)
    if files == FILES:
        machine = f"Python {sys.version.split()[0]}, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores"
        _RESULTS.write_text(
            f"# A county's documents in one batch\n\n{machine}. `jiheng write FOLDER --to FORM`, every document with "
            f"{len(largest.projects)} goal tables, all different.\n\n{table}\n\nPromised: {FILES:,} documents within {_MINUTES} minutes; "
            f"memory with all of them at most {_MAY_GROW} of that with a tenth (it is {growth:.2f}).\n",
            encoding="utf-8",
        )
    return 0 if growth <= _MAY_GROW and slowest <= _MINUTES * 60 else 1


def _written(document: BudgetDocument, count: int, form: str) -> tuple[float, float]:
    """Seconds and the largest memory of all processes in MB for a folder of documents in the exchange format."""
    with tempfile.TemporaryDirectory() as name:
        folder, output = Path(name) / "in", Path(name) / "out"
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:04}.json").write_bytes(exchange.dumps([_changed(document, number)]))
        command = [sys.executable, "-m", "jiheng.cli", "write", str(folder), "--to", form, "-o", str(output)]
        begin = time.monotonic()
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        ) as child:
            watch = Watch(child.pid)
            watch.start()
            child.wait()
        watch.stop()
        made = len(list(output.rglob(f"*.{form}")))
        if child.returncode or made != count:
            raise RuntimeError(f"jiheng write ended with {child.returncode} and {made} of {count} files")
    return time.monotonic() - begin, watch.peak / 1024
