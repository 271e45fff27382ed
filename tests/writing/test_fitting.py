"""Pages fit whatever their text is, lie where their tables are wide, and put decimal points below one another."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT

from jiheng.writing.docx import render_docx
from jiheng.writing.fitting import broken
from jiheng.writing.html import render_html
from jiheng.writing.pages import Body, Cell, Grid, Heading, Leaf, Pages, Row, Text, aligned, figure, labels
from jiheng.writing.pagination import paginate
from jiheng.writing.pdf import render_pdf

LONG_WORD = "A" * 90
LONG_TEXT = "这一行的文字比一页还长。" * 300
MM = 72 / 25.4


def grid(*rows: Row, widths: tuple[float, ...] = (26.0, 26.0, 104.0)) -> Grid:
    return Grid(widths, (labels(*"甲乙丙丁"[: len(widths)]), *rows), header_rows=1)


def pages(*blocks: object) -> Pages:
    return Pages("表", (Body(), Text("表", "title"), *blocks))


def boxes(data: bytes) -> list[tuple[int, str, tuple[float, float, float, float]]]:
    """Page, sign and place (left, bottom, right, top in points) of everything printed."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(data)):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            sign = text.get_text_range(index, 1)
            if sign.strip():
                found.append((number, sign, text.get_charbox(index)))
    return found


def test_no_text_leaves_its_cell_or_its_page():
    data = render_pdf(pages(grid(Row((Cell(LONG_WORD), Cell("13990124P005840100019"), Cell(LONG_TEXT))))))
    printed = boxes(data)
    for _, sign, (left, bottom, right, top) in printed:
        assert left >= 28 * MM - 1 and right <= (210 - 26) * MM + 1, sign
        assert bottom >= 20 * MM and top <= (297 - 37) * MM + 3, sign
        if sign == "A":
            assert right <= (28 + 26) * MM
    assert "".join(sign for _, sign, _ in printed).count("A") == 90
    assert "".join(sign for _, sign, _ in printed if sign in "这一行的文字比一页还长。") == LONG_TEXT


def test_what_breaks_a_long_word_is_not_copied_from_the_page():
    document = pypdfium2.PdfDocument(render_pdf(pages(grid(Row((Cell(LONG_WORD), Cell(""), Cell("")))))))
    assert "\u200b" not in document[0].get_textpage().get_text_bounded()


def test_a_row_that_fits_a_page_does_not_break():
    rows = [Row((Cell(""), Cell(""), Cell("十个字的文字在这里。" * 40))) for _ in range(9)]
    printed = [
        page.get_textpage().get_text_bounded().replace("\r\n", "").count("十")
        for page in pypdfium2.PdfDocument(render_pdf(pages(grid(*rows))))
    ]
    assert len(printed) > 1
    assert all(count % 40 == 0 for count in printed)


@pytest.mark.parametrize("text", ["", "短", "一段可以随处断行的中文文字，比一行长得多也不要紧。" * 3])
def test_text_that_breaks_by_itself_is_left_alone(text: str):
    assert broken(text, 10) == text


def test_pages_lie_where_they_are_told_and_stand_again():
    found = pages(
        Heading("一、前", 1, "a"),
        Leaf(landscape=True),
        grid(Row((Cell("1"), Cell("2"), Cell("3"))), widths=(75.0, 75.0, 75.0)),
        Leaf(landscape=False),
        Heading("二、后", 1, "b"),
    )
    sizes = [
        tuple(round(side / MM) for side in page.get_size())
        for page in pypdfium2.PdfDocument(render_pdf(found))
    ]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    sections = docx.Document(io.BytesIO(render_docx(found))).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert all(
        round(section.page_width.mm) == (297 if section.orientation == WD_ORIENT.LANDSCAPE else 210)
        for section in sections
    )
    assert '<div class="landscape">' in render_html(found)
    assert paginate(found)[1] == {"a": 1, "b": 3}


def test_a_document_that_lies_from_the_start_has_no_empty_page():
    found = Pages("表", (Body(), Leaf(landscape=True), Text("表", "title"), grid(widths=(75.0, 75.0, 75.0))))
    assert len(pypdfium2.PdfDocument(render_pdf(found))) == 1
    assert [section.orientation for section in docx.Document(io.BytesIO(render_docx(found))).sections] == [
        WD_ORIENT.LANDSCAPE
    ]


def test_page_numbers_go_on_over_pages_that_lie():
    found = pages(Leaf(landscape=True), Text("横"), Leaf(landscape=False), Text("竖"))
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(render_pdf(found))]
    assert [text.split("—")[1].strip() for text in texts] == ["1", "2", "3"]


def test_decimal_points_stand_below_one_another():
    figures = ("6.00", "1234.5", "7", "12.00")
    rows = aligned([Row((Cell("甲"), figure(text))) for text in figures])
    data = render_pdf(pages(Grid((60.0, 60.0), rows)))
    found = boxes(data)
    points = [round(box[0] / MM, 1) for _, sign, box in found if sign == "."]
    assert max(points) - min(points) < 0.5
    ones = [box[2] for _, sign, box in found if sign == "7"]
    assert abs(ones[0] / MM - points[0]) < 1.2


def test_words_among_figures_stand_at_the_right():
    rows = aligned([Row((figure("1.50"),)), Row((figure("无"),)), Row((figure(""),))])
    assert [row.cells[0].pad for row in rows] == [0, 0, 0]
    assert {row.cells[0].align for row in rows} == {"right"}


def test_columns_are_counted_below_cells_that_reach_down():
    rows = aligned([Row((Cell("合并", rows=2), figure("1.25"))), Row((figure("3"),))])
    assert rows[1].cells[0].pad == pytest.approx(1.25)
