"""Every sign that is painted on a page is in a paragraph or a cell, wherever and whichever way it stands."""

from __future__ import annotations

from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.reading.formats.pdf import read_pdf
from tests.reading.formats.pdfs import Sheet, pdf

WORDS = st.text("水利工程建设资金预算支出合计一二三。，：（）0123456789.%", min_size=1, max_size=30)
TURNS = st.sampled_from(["1 0 0 1"] * 8 + ["0 1 -1 0", "0 -1 1 0", "-1 0 0 -1", ".7 .7 -.7 .7"])
KINDS = st.sampled_from(["stroked", "filled", "double", "dashed", "pieces", "picture"])


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Sheet, Counter[str]]:
    """A page with tables and loose strings, and the signs on it."""
    sheet, painted = Sheet(entries=draw(st.sampled_from(["", "/Rotate 90", "/Rotate 180"]))), Counter[str]()
    for top in draw(st.sampled_from([[], [100], [100, 450]])):
        widths = draw(st.lists(st.integers(20, 140), min_size=1, max_size=5))
        rows = draw(
            st.lists(st.lists(WORDS, min_size=len(widths), max_size=len(widths)), min_size=1, max_size=8)
        )
        missing = draw(st.sampled_from(["", "left right", "inner-rows", "inner-columns", "top bottom"]))
        sheet.table(50, top, widths, rows, height=draw(st.integers(14, 30)), kind=draw(KINDS), skip=missing)
        painted.update(sign for row in rows for word in row for sign in word)
    for number, word in enumerate(draw(st.lists(WORDS, max_size=12))):
        turn = draw(TURNS)
        # rows of their own: the same sign painted twice on one place is one sign
        sheet.text(draw(st.integers(0, 500)) + 0.37 * number, 41.3 + 61 * number, word, 7.3, turn=turn)
        painted.update(word)
    return sheet, painted


def known(data: bytes) -> Counter[str]:
    """The signs that pdfium finds: of two equal ones printed half over one another it drops one."""
    signs = Counter[str]()
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        signs.update(
            chr(pdfium.FPDFText_GetUnicode(text.raw, index))
            for index in range(text.count_chars())
            if pdfium.FPDFText_IsGenerated(text.raw, index) != 1
        )
    return signs


@settings(max_examples=40, deadline=None)
@given(st.lists(sheets(), min_size=1, max_size=3))
def test_no_sign_is_lost_and_none_is_made_up(drawn):
    data = pdf(*(sheet for sheet, _ in drawn))
    painted = sum((signs for _, signs in drawn), Counter[str]())
    expected = known(data)
    assert not expected - painted
    assert (painted - expected).total() <= 0.05 * painted.total() + 2
    found = Counter(
        sign for text, _ in read_pdf(data, "任意.pdf").texts() for sign in text if not sign.isspace()
    )
    assert found == expected
