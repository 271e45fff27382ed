"""Makes files of known documents, reads them, and compares."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy import peers
from benchmarks.accuracy.cells import CellScore, Rows, cells_in, right_cells, rows_of
from benchmarks.accuracy.fields import Score, compare, plain_documents
from benchmarks.accuracy.formats import FORMATS, Format
from benchmarks.accuracy.known import Known
from jiheng.errors import ReadingError
from jiheng.reading import read

OURS = "jiheng"


class Made(NamedTuple):
    """A file of a known document."""

    known: Known
    form: str
    data: bytes

    @property
    def suffix(self) -> str:
        """Of the file's name."""
        return FORMATS[self.form].suffix


def make(documents: Sequence[Known], form: str) -> list[Made]:
    """Every document as a file of this format; none where the program that makes it is missing."""
    chosen: Format = FORMATS[form]
    if not documents or (chosen.needs_libreoffice and shutil.which("soffice") is None):
        return []
    files = chosen.make([known.blocks for known in documents])
    return [Made(known, form, data) for known, data in zip(documents, files, strict=True)]


def measure(made: Made) -> tuple[Score, CellScore]:
    """Fields and cells of one file, read by us. A file that is refused has no field right."""
    begin = time.perf_counter()
    try:
        reading = read(made.data, name=f"文件{made.suffix}")
    except ReadingError as error:
        lost = compare(made.known.documents, [])
        reason = (("", "", str(error)),)
        return lost._replace(misses=reason + lost.misses), _cells(made, [], time.perf_counter() - begin)
    seconds = time.perf_counter() - begin
    score = compare(made.known.documents, plain_documents(reading.documents))._replace(seconds=seconds)
    found = rows_of(reading.blocks.blocks) if reading.blocks else []
    return score, _cells(made, found, seconds)


def _cells(made: Made, found: Rows, seconds: float) -> CellScore:
    truth = rows_of(made.known.blocks)
    return CellScore(right_cells(truth, found), cells_in(truth), seconds, 1)


def measure_peers(files: Sequence[Made]) -> Iterator[tuple[str, Made, CellScore]]:
    """Cells of every file as each of the other programs finds them."""
    if not peers.are_installed():
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{index:04}{made.suffix}" for index, made in enumerate(files)]
        for path, made in zip(paths, files, strict=True):
            path.write_bytes(made.data)
        for peer, suffixes in peers.READS.items():
            known = [(path, made) for path, made in zip(paths, files, strict=True) if made.suffix in suffixes]
            answers = peers.measure(peer, [path for path, _ in known]) if known else []
            for (_, made), answer in zip(known, answers, strict=True):
                yield peer, made, _cells(made, answer["rows"], answer["seconds"])
