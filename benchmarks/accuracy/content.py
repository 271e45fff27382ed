"""Documents whose content is known: what they hold as blocks, and what a reader must find in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from benchmarks.accuracy import disclosure, grids, performance
from benchmarks.accuracy.fields import by_column, plain_documents
from benchmarks.accuracy.known import Known
from benchmarks.accuracy.render import with_cells
from benchmarks.accuracy.words import Chance
from benchmarks.harness import ROOT
from jiheng.budget import exchange
from jiheng.reading import read
from jiheng.reading.blocks import Block, Cell, Row, Table
from jiheng.reading.layouts.document import read_documents
from jiheng.writing.performance_text import lay_out
from tests.reading.layouts.grids import load

FORMS: Final = ROOT / "tests" / "data" / "forms"
TABLES: Final = ROOT / "tests" / "data" / "tables"

SAMPLES: Final = ROOT / "samples"
SEEDS: Final = ROOT.parent / "shared" / "seeds"
_BEFORE, _AFTER = r"(?<![\dA-Za-z.,，:/])(?<![\dA-Za-z]-)", r"(?![\dA-Za-z.,，:/年月日-])"
_SUM: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+"
_MONEY: Final = re.compile(f"{_BEFORE}(?:{_SUM}){_AFTER}")
_COUNT: Final = re.compile(rf"{_BEFORE}(?:{_SUM}|(?!20\d\d(?!\d))\d{{2,4}}){_AFTER}")
"""Sums, and in forms also counts; years, dates, times and codes stay as they are."""

_NUMBER: Final = re.compile(r"(?<![\dA-Za-z.,])\d[\d,]*(?:\.\d+)?(?![\dA-Za-z])")


class Family(NamedTuple):
    """Documents of one origin; ``make`` takes a seed."""

    title: str
    make: Callable[[int], Iterator[Known]]
    varies: bool = True
    """Whether another seed gives other documents."""


def families() -> dict[str, Family]:
    """Every origin of documents, by its short name."""
    return {
        "goal forms": Family("forms of the variants V1-V14 and of the ministry", forms),
        "disclosure tables": Family("tables as six provinces print them", tables),
        "performance text": Family("cover, goals in sentences, goal tables", performance.texts),
        "budget": Family("prose and eleven tables", disclosure.budgets),
        "final account": Family("prose and eight tables", disclosure.final_accounts),
        "samples": Family("the samples of this repository", lambda _: samples(), varies=False),
        "real documents": Family("five published documents", lambda _: seeds(), varies=False),
        "random tables": Family("merged at random; cells only", grids.tables),
    }


def forms(seed: int) -> Iterator[Known]:
    """Goal forms as they were seen in the field."""
    return _by_hand(FORMS, seed, _COUNT)


def tables(seed: int) -> Iterator[Known]:
    """Disclosure tables as several provinces print them."""
    return _by_hand(TABLES, seed, _MONEY)


def _by_hand(folder: Path, seed: int, changes: re.Pattern[str]) -> Iterator[Known]:
    """Every document of a folder of test data with other figures, so that no reader can know them.

    What must be read is the record that was checked by hand; fields that nobody checked are those read from the exact
    grid, so that for them only the format is measured.
    """
    for path in sorted(folder.glob("*.txt")):
        blocks, expected = load(path)
        other = _Other(Chance(f"{path.stem} {seed}"), changes)
        changed = [other.block(block) for block in blocks]
        (record,) = msgspec.to_builtins(read_documents(changed)[0])
        for key, value in expected.items():
            _put(record, key.split("."), other.value(value))
        yield Known(path.stem, changed, by_column([record]))


class _Other:
    """Other figures for those of a form: the same one wherever the same stands."""

    def __init__(self, chance: Chance, changes: re.Pattern[str]) -> None:
        self._chance, self._changes, self._figures = chance, changes, dict[str, str]()

    def block(self, block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        texts = {
            (number, cell.column): self._changes.sub(self._draw, cell.text)
            for number, row in enumerate(block.rows)
            for cell in row.cells
        }
        return with_cells(block, texts)

    def _draw(self, match: re.Match[str]) -> str:
        """As many digits; thousands are parted as before. Nothing stays nothing."""
        plain = match[0].replace(",", "")
        if not plain.strip("0."):
            return match[0]
        if plain not in self._figures:
            drawn = (self._chance.choice("123456789") if digit.isdigit() else digit for digit in plain)
            self._figures[plain] = "".join(drawn)
        return _like(match[0], self._figures[plain])

    def value(self, value: Any) -> Any:
        """The same for what must be read; a number that the form does not hold is part of a code and stays."""
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if not isinstance(value, str):
            return value
        return _NUMBER.sub(lambda match: self._known(match[0]), value)

    def _known(self, figure: str) -> str:
        other = self._figures.get(figure.replace(",", ""))
        return figure if other is None else _like(figure, other)


def _like(figure: str, other: str) -> str:
    """``other`` with its thousands parted if those of ``figure`` are."""
    if "," not in figure:
        return other
    whole, point, cents = other.partition(".")
    return f"{int(whole):,}{point}{cents}"


def _put(node: Any, path: Sequence[str], value: Any) -> None:
    """Sets what stands at ``path``; "#" stands for every item of a list, of which ``value`` has one each."""
    step, rest = path[0], path[1:]
    if step == "#":
        # items that the reader did not find, or found too many
        node[len(value) :] = []
        node += [{} for _ in value[len(node) :]]
        for item, one in zip(node, value, strict=True):
            _put(item, rest, one)
        return
    key = int(step) if isinstance(node, list) else step
    if rest:
        if not isinstance(node, list) and node.get(key) is None:
            node[key] = {}
        _put(node[key], rest, value)
    else:
        node[key] = value


def samples() -> Iterator[Known]:
    """The texts of this repository, with the record that is kept beside each."""
    for path in sorted(SAMPLES.glob("*.txt")):
        kept = SAMPLES / "expected" / f"{path.stem}.reading.json"
        yield from _of_text(path.read_bytes(), path.stem, plain_documents(exchange.loads(kept.read_bytes())))


def seeds() -> Iterator[Known]:
    """The real documents where they are at hand, against the reading of their text, which tests hold exact."""
    for path in sorted(SEEDS.glob("*.txt")):
        data = path.read_bytes()
        yield from _of_text(data, path.stem[:3], plain_documents(read(data, name=path.name).documents))


def _of_text(data: bytes, name: str, truth: list[dict[str, Any]]) -> Iterator[Known]:
    """The blocks of a text; one that has lost its grid is laid out anew from its record, where that can be done."""
    reading = read(data, name=f"{name}.txt")
    assert reading.blocks is not None
    if all(_has_grid(block) for block in reading.blocks.blocks):
        yield Known(name, [_ruled(block) for block in reading.blocks.blocks], truth)
        return
    for number, (document, record) in enumerate(zip(reading.documents, truth, strict=True), 1):
        laid_out = {key: record[key] for key in ("projects", "special_funds") if record.get(key)}
        yield Known(f"{name} ({number})", performance.blocks_of_pages(lay_out(document)), [laid_out])


def _ruled(block: Block) -> Block:
    """A table of a text with the labels on its left merged down, as they were printed, instead of empty cells."""
    if not isinstance(block, Table):
        return block
    rows = list(block.rows)
    label = 0
    for number, row in enumerate(rows):
        first = row.cells[0]
        if first.text or not number or row.is_blank:
            label = number
        else:
            above = rows[label]
            grown = Cell(above.cells[0].text, above.cells[0].place, 0, 1, number - label + 1)
            rows[label] = Row((grown, *above.cells[1:]), above.place)
    return Table(tuple(rows), block.place)


def _has_grid(block: Block) -> bool:
    """Whether a table's rows all have the same width; text with a cell a line has lost its grid."""
    return (
        not isinstance(block, Table)
        or len({row.cells[-1].column + row.cells[-1].span for row in block.rows}) == 1
    )
