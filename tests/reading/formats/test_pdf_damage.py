"""PDF files that are locked, cut off, broken or out of all proportion: read as far as they go, or refused with a sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.errors import DamagedFile, ProtectedFile, ReadingError
from jiheng.reading.formats import pdf as reader
from jiheng.reading.formats.pdf import read_pdf
from tests.reading.formats.pdfs import Sheet, blocks_in, encrypted, paragraphs, pdf, tables

ROWS = [
    ["科目编码", "科目名称", "合计"],
    ["2130301", "行政运行", "1,234.50"],
    ["2130302", "水利工程建设", "34.50"],
]
WIDTHS = [60, 120, 70]
GOOD = pdf(Sheet().table(50, 100, WIDTHS, ROWS), compress=True)


def test_a_file_that_asks_for_no_password_is_read():
    assert tables(encrypted(Sheet().table(50, 100, WIDTHS, ROWS))) == [ROWS]


def test_a_file_that_asks_for_a_password_says_so():
    with pytest.raises(ProtectedFile, match="密码") as caught:
        read_pdf(encrypted(Sheet().text(50, 100, "秘密"), user=b"secret"), "密.pdf")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "broken",
    [
        GOOD.replace(b"xref\n0", b"xrxx\n9"),
        GOOD.replace(b"startxref\n", b"startxref\n9"),
        b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + GOOD,
        GOOD + b"\0" * 3000,
        GOOD[: GOOD.rindex(b"xref\n0")],
        GOOD[: GOOD.rindex(b"trailer")],
    ],
    ids=["no xref", "wrong xref", "junk before", "junk behind", "cut before xref", "cut before trailer"],
)
def test_a_damaged_file_is_read_as_far_as_it_goes(broken):
    assert tables(broken) == [ROWS]


def test_one_broken_page_does_not_cost_the_others():
    data = pdf(Sheet().text(50, 100, "第一页的文字"), Sheet().text(50, 100, "第二页的文字"))
    broken = data.replace(b"/Kids[5 0 R 7 0 R]", b"/Kids[5 0 R 99 0 R]"[:18] + b"]")
    assert broken != data
    blocks = read_pdf(broken, "坏页.pdf")
    assert [block.text for block in blocks.blocks] == ["第一页的文字"]
    assert blocks.pages == 1 or any("已损坏" in warning for warning in blocks.warnings)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 5000, GOOD[:200]])
def test_a_file_without_pages_is_damaged(data):
    with pytest.raises(DamagedFile) as caught:
        read_pdf(data, "空.pdf")
    assert caught.value.remedy


def test_more_pages_than_are_read_are_announced_and_what_was_read_is_kept(monkeypatch):
    monkeypatch.setattr(reader, "MAX_PAGES", 20)
    blocks = read_pdf(pdf(*(Sheet().text(50, 400, f"第{number}张的内容") for number in range(40))), "长.pdf")
    assert [block.text for block in blocks.blocks] == [f"第{number}张的内容" for number in range(20)]
    assert "40 页" in blocks.warnings[0]
    assert "前 20 页" in blocks.warnings[0]


@pytest.mark.slow
def test_ten_thousand_pages_are_bounded_in_time():
    data = pdf(*(Sheet().table(50, 100, WIDTHS, ROWS) for _ in range(10_000)), compress=True)
    start = time.process_time()
    blocks = read_pdf(data, "很长.pdf")
    assert time.process_time() - start < 120
    assert blocks.pages == reader.MAX_PAGES
    assert "10000 页" in blocks.warnings[0]


def test_a_huge_page_with_a_picture_is_bounded():
    sheet = Sheet(entries="/MediaBox[0 0 14400 14400]").text(50, 100, "大页面")
    sheet.raw("q 14400 0 0 14400 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    page = reader.open_pdf(pdf(sheet), "大.pdf")[0]
    picture = reader.picture_of(page)
    assert picture.width * picture.height <= 20_100_000


def test_a_page_of_squared_paper_or_of_a_drawing_is_no_table():
    squared, drawing = Sheet().text(50, 60, "方格纸上的文字说明"), Sheet().text(50, 60, "图纸上的文字说明")
    for at in range(200):
        squared.line(50, 70 + 3 * at, 545, 70 + 3 * at).line(50 + 2.6 * at, 70, 50 + 2.6 * at, 670)
    for at in range(30_000):
        drawing.raw(f"{at % 500} {at % 777} m {at % 500} {at % 777 + 9} l S")
    start = time.process_time()
    assert paragraphs(pdf(squared)) == ["方格纸上的文字说明"]
    assert paragraphs(pdf(drawing)) == ["图纸上的文字说明"]
    assert time.process_time() - start < 20


def test_a_page_with_more_signs_than_anyone_can_print_is_bounded(monkeypatch):
    monkeypatch.setattr("jiheng.reading.formats.pdf_runs.MAX_SIGNS", 1_000)
    sheet = Sheet()
    for number in range(300):
        sheet.text(50, 50 + number * 2.5, f"第{number:03}行文字", 2)
    blocks = read_pdf(pdf(sheet), "密.pdf")
    assert any("没有读取" in warning for warning in blocks.warnings)
    assert "第000行文字" in blocks.blocks[0].text


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_damage_is_read_or_refused(data):
    content = bytearray(GOOD if data.draw(st.booleans()) else encrypted(Sheet().table(50, 100, WIDTHS, ROWS)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    try:
        with pytest.MonkeyPatch.context() as patch:
            # broken keys make signs that mean nothing, and recognising such a page takes seconds
            patch.setattr(reader, "_MAX_SCANS", 0)
            blocks_in(bytes(content))
    except ReadingError as error:
        assert error.message
        assert error.remedy
