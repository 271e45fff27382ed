"""What an official form is written with is read back equal, from Word, from PDF with and without its data, from HTML."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiheng.budget import BudgetDocument
from jiheng.reading import read
from jiheng.reading.layouts.document import read_documents
from jiheng.writing import write
from jiheng.writing.pdf import render_pdf
from jiheng.writing.write import _LAYOUTS
from tests.conftest import ROOT
from tests.reading.layouts.grids import load
from tests.writing.forms import strategies
from tests.writing.forms.samples import DOCUMENTS

PAGES = ("docx", "pdf", "html")
READ = sorted((ROOT / "tests" / "data" / "forms").glob("*.txt"))
TOLD_OTHERWISE = {
    "v02-sichuan-flat": "amounts without lines of funding, which the form tells as lines; no title",
    "v09-doubled-amounts": "a text with an amount in it under the label of a source, which is read as that source again",
    "x01-terms-and-instalments": "the same",
    "v12-boxes": "all options of 项目类型 under its label, beside the one that was chosen",
    "u08-cost-detail": "texts on a topic without a label, which the form gives the topic's name",
    "u11-label-below": "the same",
    "v10-notice": "a notice with a title of its own",
    "v10-prose": "the same",
}
"""Forms whose record says something that an official form has no way to tell apart."""


def back(document: BudgetDocument, form: str) -> list[BudgetDocument]:
    reading = read(write(document, form), name=f"表.{form}")
    assert reading.unknown == []
    return reading.documents


@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_form_reads_back_equal(name, form):
    assert back(DOCUMENTS[name], form) == [DOCUMENTS[name]]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_pages_of_a_pdf_say_everything_without_its_data(name):
    document = DOCUMENTS[name]
    layout = import_module(f"jiheng.writing.{_LAYOUTS[document.kind]}")
    reading = read(render_pdf(layout.lay_out(document)), name="表.pdf")
    assert reading.unknown == []
    assert reading.documents == [document]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_a_form_of_any_province_is_written_as_the_official_one_and_reads_back_equal(path):
    (document,) = read_documents(load(path)[0])[0]
    if document.kind not in strategies.KINDS:
        pytest.skip(f"{document.kind} is told in another way")
    equal = [back_of(document, form) == [document] for form in ("docx", "html")]
    assert equal == [path.stem not in TOLD_OTHERWISE] * 2


def back_of(document: BudgetDocument, form: str) -> list[BudgetDocument]:
    return read(write(document, form), name=f"表.{form}").documents


QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("kind", strategies.KINDS)
@given(data=st.data())
@QUICK
def test_any_document_that_a_form_can_tell_reads_back_equal(kind, form, data):
    document = data.draw(strategies.any_of(kind))
    assert back(document, form) == [document]


@pytest.mark.parametrize("kind", strategies.KINDS)
@given(data=st.data())
@settings(QUICK, max_examples=4)
def test_any_document_that_a_form_can_tell_reads_back_equal_from_pdf(kind, data):
    document = data.draw(strategies.any_of(kind))
    assert back(document, "pdf") == [document]


def test_every_kind_of_form_is_laid_out():
    assert set(strategies.KINDS) <= set(_LAYOUTS)
