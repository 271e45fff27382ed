"""The formats in which every known document is made, and the share of fields that must be right in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from benchmarks.accuracy import render, scans
from benchmarks.accuracy.converted import converted
from jiheng.reading.blocks import Block, Table

Documents = Sequence[Sequence[Block]]


class Format(NamedTuple):
    """How files are made. ``aim`` is the promised share, ``None`` where nothing is promised."""

    suffix: str
    aim: float | None
    make: Callable[[Documents], list[bytes]]
    needs_libreoffice: bool = False
    is_picture: bool = False
    """Pictures are recognised, which takes seconds a page."""
    has_merges: bool = True
    """Whether a cell that a merged one covers can be told from an empty one."""


def _each(make: Callable[[Sequence[Block]], bytes]) -> Callable[[Documents], list[bytes]]:
    return lambda documents: [make(blocks) for blocks in documents]


def _word_as(target: str) -> Callable[[Documents], list[bytes]]:
    """LibreOffice places the cells of a row that is shorter than its table by their widths: rows are made whole first."""

    def make(documents: Documents) -> list[bytes]:
        whole = [
            [render.squared(block) if isinstance(block, Table) else block for block in blocks]
            for blocks in documents
        ]
        return converted([render.docx(blocks) for blocks in whole], ".docx", target)

    return make


def _sheet_as(target: str) -> Callable[[Documents], list[bytes]]:
    return lambda documents: converted([render.xlsx(blocks) for blocks in documents], ".xlsx", target)


def _pictures(make: Callable[[bytes], bytes]) -> Callable[[Documents], list[bytes]]:
    return lambda documents: [make(render.pdf(blocks)) for blocks in documents]


FORMATS: Final = {
    "docx": Format(".docx", 1.0, _each(render.docx)),
    "doc": Format(".doc", 1.0, _word_as("doc"), needs_libreoffice=True),
    "odt": Format(".odt", 1.0, _word_as("odt"), needs_libreoffice=True),
    "rtf": Format(".rtf", 1.0, _word_as("rtf"), needs_libreoffice=True),
    "xlsx": Format(".xlsx", 1.0, _each(render.xlsx)),
    "xls": Format(".xls", 1.0, _sheet_as("xls"), needs_libreoffice=True),
    "ods": Format(".ods", 1.0, _sheet_as("ods"), needs_libreoffice=True),
    "html": Format(".html", 1.0, _each(render.html)),
    "text": Format(".txt", 1.0, _each(render.text), has_merges=False),
    "pdf (Word)": Format(".pdf", 0.999, _word_as("pdf"), needs_libreoffice=True),
    "pdf (Typst)": Format(".pdf", 0.999, _each(render.pdf)),
    "scan": Format(".tif", 0.98, _pictures(scans.clean), is_picture=True),
    "scanned pdf": Format(".pdf", 0.98, _pictures(scans.in_pdf), is_picture=True),
    "poor scan": Format(".tif", None, _pictures(scans.poor), is_picture=True),
    "turned pages": Format(".tif", None, _pictures(scans.lying), is_picture=True),
}
