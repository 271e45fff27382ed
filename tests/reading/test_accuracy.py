"""Documents with known content are read whole, in every format: the measure that ``make accuracy`` takes, on few of them."""

from __future__ import annotations

import shutil

import pytest

from benchmarks.accuracy.cells import right_cells
from benchmarks.accuracy.content import families
from benchmarks.accuracy.fields import Score, compare
from benchmarks.accuracy.formats import FORMATS
from benchmarks.accuracy.measure import make, measure

KNOWN = {name: list(family.make(0)) for name, family in families().items() if name != "real documents"}
FORMS = KNOWN["goal forms"]
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def misses(documents, form):
    """What was not read as it stands in the documents; cells that were lost, too."""
    found = []
    for made in make(documents, form):
        score, cells = measure(made)
        found += [(made.known.name, *miss) for miss in score.misses]
        if not made.known.documents and cells.right < cells.total:
            found.append((made.known.name, cells))
    return found


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
@pytest.mark.parametrize("family", KNOWN)
def test_every_field_is_right_where_the_format_tells_the_grid(family, form):
    assert misses(KNOWN[family], form) == []


@pytest.mark.parametrize("family", ["performance text", "budget", "samples"])
def test_every_field_is_right_in_plain_text(family):
    assert misses(KNOWN[family], "text") == []


@pytest.mark.parametrize("family", ["goal forms", "performance text", "budget", "random tables"])
def test_every_field_is_right_in_a_pdf(family):
    assert misses(KNOWN[family], "pdf (Typst)") == []


@needs_libreoffice
@pytest.mark.parametrize("form", ["doc", "odt", "rtf", "xls", "ods", "pdf (Word)"])
def test_files_made_by_libreoffice(form):
    chosen = [known for known in FORMS if known.name in ("v04-national-self-evaluation", "m1-project-goals")]
    assert len(chosen) == 2
    assert misses(chosen, form) == []


@pytest.mark.parametrize("form", ["scan", "scanned pdf"])
def test_a_clean_scan(form):
    chosen = [known for known in FORMS if known.name == "v05-weight-before-value"]
    score = sum((measure(made)[0] for made in make(chosen, form)), Score())
    assert score.total
    assert score.share >= FORMATS[form].aim


def test_a_lost_row_counts_for_itself_only():
    truth = {
        "rows": [{"name": "一", "value": "1"}, {"name": "二", "value": "2"}, {"name": "三", "value": "3"}]
    }
    score = compare(truth, {"rows": truth["rows"][1:]})
    assert (score.right, score.total) == (4, 6)
    assert {path for path, _, _ in score.misses} == {"rows.0.name", "rows.0.value"}


def test_a_wrong_value_and_an_absent_one_are_misses_and_white_space_is_not():
    score = compare({"a": "一 二", "b": "1", "c": None, "d": "4"}, {"a": "一二", "b": "2"})
    assert (score.right, score.total) == (1, 3)
    assert score.misses == (("b", "1", "2"), ("d", "4", None))


def test_cells_count_in_their_column_and_in_rows_in_order():
    truth = [{0: "甲", 1: "1"}, {0: "乙", 1: "2"}]
    assert right_cells(truth, truth) == 4
    assert right_cells(truth, [{0: "页眉"}, truth[0], {0: "甲"}, truth[1]]) == 4
    assert right_cells(truth, [{0: "甲", 2: "1"}, {1: "2"}]) == 2
    assert right_cells(truth, [truth[1], truth[0]]) == 2
