"""The same document reads the same in every format: forms of other provinces and the texts of the samples."""

from __future__ import annotations

import shutil

import pytest

from benchmarks.accuracy.measure import FORMATS, layouts, measure, varied

LAYOUTS = {name: blocks for name, blocks in layouts().items() if not name[:3].isdigit()}
FORMS = {name: blocks for name, blocks in LAYOUTS.items() if name[:1] in "vm"}
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_field_is_right_in_formats_with_a_grid(name, form):
    for seed in range(2):
        assert measure(varied(LAYOUTS[name], seed), form).misses == []


@pytest.mark.parametrize("name", FORMS)
def test_every_field_of_a_form_is_right_in_a_pdf(name):
    assert measure(varied(FORMS[name], 1), "pdf (Typst)").misses == []


def test_the_texts_of_the_samples_are_right_in_a_pdf_but_for_few_fields():
    scores = [measure(blocks, "pdf (Typst)") for name, blocks in LAYOUTS.items() if name not in FORMS]
    assert sum(score.right for score in scores) >= 0.95 * sum(score.total for score in scores)


@needs_libreoffice
@pytest.mark.parametrize("form", ["doc", "odt", "rtf", "pdf (Word)"])
def test_files_made_by_libreoffice(form):
    for name in ("v04-national-self-evaluation", "m1-project-goals"):
        assert measure(varied(FORMS[name], 3), form).misses == []


def test_a_clean_scan():
    score = measure(varied(FORMS["v05-weight-before-value"], 2), "scan")
    assert score.share >= FORMATS["scan"].aim
