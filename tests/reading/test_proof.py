"""The proof of completeness: every figure and every sentence of a file is in the record or listed as left over."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from jiheng.budget import replace
from jiheng.reading import Reading, read
from jiheng.reading.blocks import Blocks
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.proof import prove
from jiheng.writing import write
from tests.conftest import ROOT, SEEDS
from tests.reading.layouts.grids import load
from tests.writing.filled import filled_document

SAMPLES = sorted((ROOT / "samples").glob("*.*x*"))
FILES = [path for path in SAMPLES if path.suffix in (".txt", ".docx")] + sorted(SEEDS.glob("*.txt"))


def lost(reading: Reading) -> list[str]:
    assert reading.blocks is not None
    return [piece.run for piece in prove(reading.blocks, reading.documents, reading.unread) if piece.is_lost]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_that_counts_as_placed_is_missing_from_the_record(path: Path):
    reading = read(path)
    assert lost(reading) == []
    where = reading.coverage
    assert where is not None
    assert where.placed + where.wording + where.furniture + where.unknown + where.lost == where.characters
    assert where.share == 1.0


@pytest.fixture
def reading() -> Reading:
    return read(next(path for path in SAMPLES if "水务局" in path.name and path.suffix == ".txt"))


def with_third_project(reading: Reading, **changes: object) -> Reading:
    document = reading.documents[0]
    projects = [*document.projects[:2], replace(document.projects[2], **changes), *document.projects[3:]]
    return Reading(
        reading.name,
        reading.format,
        [replace(document, projects=projects)],
        reading.unread,
        reading.warnings,
        reading.blocks,
    )


def test_a_figure_that_was_not_kept_is_found(reading):
    third = reading.documents[0].projects[2]
    total = third.budget.total
    broken = with_third_project(
        reading,
        budget=replace(third.budget, total="0.01", fiscal="0.01"),
        indicators=[],
        purpose=None,
        goals=[],
    )
    assert total in lost(broken)
    assert broken.coverage.lost > 0
    assert broken.coverage.share < 1


def test_a_sentence_that_was_not_kept_is_found(reading):
    third = reading.documents[0].projects[2]
    missing = lost(with_third_project(reading, purpose=None, name=None, heading=None, indicators=[]))
    assert any(len(run) > 3 and run in third.purpose for run in missing)


def test_data_without_a_page_has_no_coverage(reading):
    from jiheng.budget import exchange

    assert read(exchange.dumps(reading.documents), name="a.json").coverage is None


def test_a_workbook_of_ours_is_accounted_for_whole_and_what_was_added_is_listed():
    written = write([filled_document()], "xlsx")
    reading = read(written, name="本.xlsx")
    assert reading.coverage is not None
    assert (reading.coverage.unknown, reading.coverage.lost) == (0, 0)
    book = openpyxl.load_workbook(io.BytesIO(written))
    book.create_sheet("附注")["B2"] = "会计另加的一句话"
    buffer = io.BytesIO()
    book.save(buffer)
    (added,) = read(buffer.getvalue(), name="本.xlsx").unknown
    assert (added.text, added.place.sheet) == ("会计另加的一句话", "附注")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "data").glob("*/*.txt")), ids=lambda path: path.stem
)
def test_nothing_of_a_known_layout_is_lost(path):
    blocks, _ = load(path)
    documents, unread, _ = read_documents(blocks)
    lost = [piece.run for piece in prove(Blocks(tuple(blocks)), documents, unread) if piece.is_lost]
    # a form's help text ("100字以内") is not what was filled in
    assert lost == (["100"] if path.stem == "v03-sichuan-self-evaluation" else [])
