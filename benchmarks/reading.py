"""Reading, against other programs: Word, PDF and scans in, large files, whole folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy import peers, performance, render, scans
from benchmarks.accuracy.converted import converted
from benchmarks.harness import ROOT, Figure, Row, figure, python, timed
from benchmarks.large import large_workbook, long_pdf
from jiheng.budget import BudgetDocument

_READ = """
import re, sys
from pathlib import Path
from jiheng.errors import ReadingError
from jiheng.reading import read
try:
    read(sys.argv[1])
except ReadingError:
    pass  # refused within bounds
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""
"""Prints the peak of its own memory in KB; what the system reports of a child counts its parent's at the start."""
_FILES = 24
"""In the folder that is read with one process and with several."""


def most_tables(paths: Sequence[Path]) -> BudgetDocument:
    """The document with the most goal tables."""
    from jiheng.reading import read

    return max((found for path in paths for found in read(path).documents), key=lambda d: len(d.projects))


def rows(paths: Sequence[Path]) -> Iterator[Row]:
    """Everything about reading that is promised. ``paths``: texts of documents."""
    from jiheng.writing import write

    largest = most_tables(paths)
    word = write([largest], "docx")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _word(word, len(largest.projects), folder)
        pdf = _pdf_of(word)
        yield from _pdf(pdf, folder)
        yield _scan()
        yield from _large(pdf, folder)
        yield from _folder(word, folder)


def _word(word: bytes, tables: int, folder: Path) -> Iterator[Row]:
    from jiheng.reading import read

    path = folder / "a.docx"
    path.write_bytes(word)
    ours = timed(lambda: read(word, name="a.docx"), runs=15)
    case = f"Word in, {tables} goal tables"
    yield Row(case, ours, "docx_in", _peer("python-docx", path, runs=15))
    yield Row(case, ours, "docx_in_markdown", _peer("markitdown", path))


def _pdf_of(word: bytes) -> bytes:
    """By LibreOffice, as offices make theirs; set by Typst where that is missing."""
    if shutil.which("soffice"):
        return converted([word], ".docx", "pdf")[0]
    from jiheng.reading import read

    blocks = read(word, name="a.docx").blocks
    assert blocks is not None
    return render.pdf(blocks.blocks)


def _pdf(pdf: bytes, folder: Path) -> Iterator[Row]:
    import pypdfium2

    from jiheng.reading import read

    path = folder / "a.pdf"
    path.write_bytes(pdf)
    case = f"PDF in, {len(pypdfium2.PdfDocument(pdf))} pages"
    ours = timed(lambda: read(pdf, name="a.pdf"), runs=9)
    yield Row(case, ours, "pdf_in", _peer("pdfplumber", path))
    yield Row(case, ours, "pdf_in_markdown", _peer("markitdown", path))


def _peer(peer: str, path: Path, runs: int = 3) -> Figure | None:
    """Milliseconds inside the other program's process, after a first call; ``None`` where it is not installed."""
    if not peers.are_installed():
        return None
    return figure([answer["seconds"] * 1000 for answer in peers.measure(peer, [path] * runs)], "ms")


def _scan() -> Row:
    """A page full of a goal table at 200 dpi, after the models are loaded."""
    from jiheng.reading import read

    (known,) = performance.texts(1)
    picture = scans.clean(render.pdf(known.blocks), pages=3)
    whole = timed(lambda: read(picture, name="a.tif"), runs=3, warm_up=1)
    each = Figure(whole.median / 3, whole.low / 3, whole.high / 3, whole.runs)
    return Row("scan in, a page at 200 dpi", each, "scan_in")


def _large(pdf: bytes, folder: Path) -> Iterator[Row]:
    long, large = folder / "long.pdf", folder / "large.xlsx"
    long_pdf(pdf, long)
    large_workbook(large)
    for case, path in (("2,000 pages of PDF, peak memory", long), ("a sheet of 100 MB, peak memory", large)):
        done = subprocess.run(
            [sys.executable, "-c", _READ, str(path)], capture_output=True, check=True, cwd=ROOT
        )
        yield Row(case, figure([int(done.stdout) / 1024], "MB"), "large_in")


def _folder(word: bytes, folder: Path) -> Iterator[Row]:
    """A folder of Word files, by the command line: one process and one for every core."""
    many = folder / "many"
    many.mkdir()
    for number in range(_FILES):
        (many / f"{number:02}.docx").write_bytes(word)
    cores = os.cpu_count() or 1
    walls = [
        python("-m", "jiheng.cli", "read", "--json", "--jobs", str(jobs), str(many), runs=5)[0]
        for jobs in (cores, 1)
    ]
    yield Row(f"a folder of {_FILES} Word files, {cores} processes", walls[0], "folder_in", walls[1])
