"""Field by field: what was read from a file against what the document says."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from benchmarks.accuracy import render
from benchmarks.harness import ROOT
from jiheng.budget import BudgetDocument
from jiheng.reading import read
from jiheng.reading.blocks import Block, Table
from jiheng.reading.layouts.document import read_documents
from tests.reading.layouts.grids import blocks_of

FORMS = ROOT / "tests" / "data" / "forms"
SEEDS = ROOT.parent / "shared" / "seeds"
_IGNORED = frozenset({"cells", "place"})
_NUMBER = re.compile(r"(?<![\dA-Za-z.])\d{2,4}(?![\dA-Za-z.年/])")


class Format(NamedTuple):
    """How a file is made of blocks, and the least share of fields that must be right."""

    suffix: str
    make: Callable[[Sequence[Block]], bytes]
    aim: float


FORMATS = {
    "html": Format(".html", render.html, 1.0),
    "docx": Format(".docx", render.docx, 1.0),
    "xlsx": Format(".xlsx", render.xlsx, 1.0),
    "doc": Format(".doc", lambda blocks: render.by_libreoffice(render.docx(blocks), "doc"), 1.0),
    "odt": Format(".odt", lambda blocks: render.by_libreoffice(render.docx(blocks), "odt"), 1.0),
    "rtf": Format(".rtf", lambda blocks: render.by_libreoffice(render.docx(blocks), "rtf"), 1.0),
    "pdf (Word)": Format(".pdf", lambda blocks: render.by_libreoffice(render.docx(blocks), "pdf"), 0.999),
    "pdf (Typst)": Format(".pdf", render.pdf, 0.999),
    "scan": Format(".tif", lambda blocks: render.scan(render.pdf(blocks)), 0.98),
}


class Score(NamedTuple):
    """Fields that are right, of how many, and the ones that are not."""

    right: int
    total: int
    seconds: float
    misses: list[tuple[str, Any, Any]]

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0


def layouts() -> dict[str, list[Block]]:
    """Every layout with known content: the forms of other provinces, the texts of the samples, the seeds."""
    found: dict[str, list[Block]] = {}
    for path in sorted(FORMS.glob("*.txt")):
        grid, _, _ = path.read_text(encoding="utf-8").partition("\n===\n")
        if not grid.startswith("ragged"):
            found[path.stem] = blocks_of(grid)
    for path in [*sorted((ROOT / "samples").glob("*.txt")), *sorted(SEEDS.glob("*.txt"))]:
        blocks = read(path).blocks
        if blocks is not None and all(_has_grid(block) for block in blocks.blocks):
            found[path.stem[:24]] = list(blocks.blocks)
    return found


def _has_grid(block: Block) -> bool:
    """Whether a table's rows all have the same width; text with a cell a line has lost its grid."""
    return (
        not isinstance(block, Table)
        or len({row.cells[-1].column + row.cells[-1].span for row in block.rows}) == 1
    )


def varied(blocks: Sequence[Block], seed: int) -> list[Block]:
    """The same document with other figures, so that no reader can know them."""
    chance = random.Random(seed)  # noqa: S311 - test data, no secret

    def other(match: re.Match[str]) -> str:
        return str(chance.randint(10 ** (len(match[0]) - 1), 10 ** len(match[0]) - 1))

    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            found.append(block)
            continue
        texts = {
            (number, cell.column): _NUMBER.sub(other, cell.text)
            for number, row in enumerate(block.rows)
            for cell in row.cells
            if _NUMBER.search(cell.text) and len(cell.text) < 20
        }
        found.append(render.with_cells(block, texts))
    return found


def measure(blocks: Sequence[Block], form: str) -> Score:
    """Makes a file of ``blocks``, reads it, and compares the records."""
    truth, _, _ = read_documents(blocks)
    chosen = FORMATS[form]
    data = chosen.make(blocks)
    start = time.perf_counter()
    found = read(data, name=f"文件{chosen.suffix}").documents
    return compare(truth, found, time.perf_counter() - start)


def compare(truth: Sequence[BudgetDocument], found: Sequence[BudgetDocument], seconds: float = 0.0) -> Score:
    """Every leaf of the true record against the one read at the same path; white space is left aside."""
    known = {
        path: value for path, value in leaves(msgspec.to_builtins(list(truth))) if value not in (None, [])
    }
    read_ = dict(leaves(msgspec.to_builtins(list(found))))
    misses = [
        (path, value, read_.get(path))
        for path, value in known.items()
        if _plain(read_.get(path)) != _plain(value)
    ]
    return Score(len(known) - len(misses), len(known), seconds, misses)


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value of every leaf."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in _IGNORED:
                yield from leaves(value, f"{path}.{key}")
    elif isinstance(node, list):
        if not node:
            yield path, []
        for index, value in enumerate(node):
            yield from leaves(value, f"{path}.{index}")
    else:
        yield path, node


def _plain(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value
