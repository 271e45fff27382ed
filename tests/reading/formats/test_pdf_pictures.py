"""PDF pages whose text is only to be seen: broken fonts, scans, text layers, pictures on pages of text."""

from __future__ import annotations

import io
from functools import cache

import pypdfium2
import pytest
import typst
from PIL import Image

from jiheng.reading.formats import pdf as reader
from jiheng.reading.formats.pdf import read_pdf
from tests.reading.formats.pdfs import Reference, Sheet, paragraphs, pdf, stream, tables

SOURCE = """#set page(width:595pt,height:842pt,margin:50pt)
#set text(font:"Noto Sans CJK SC",size:10.5pt)
#set table(inset:7pt)
#align(center)[示例县水务局部门预算说明]

本部门收入预算1256.77万元，其中财政拨款1200.00万元。

#table(columns:(80pt,150pt,80pt,80pt),[科目编码],[科目名称],[合计],[基本支出],
[2130301],[行政运行],[1,234.50],[1,200.00],[2130302],[一般行政管理事务],[34.50],[0.50])
"""
ROWS = [
    ["科目编码", "科目名称", "合计", "基本支出"],
    ["2130301", "行政运行", "1,234.50", "1,200.00"],
    ["2130302", "一般行政管理事务", "34.50", "0.50"],
]
SENTENCE = "本部门收入预算1256.77万元，其中财政拨款1200.00万元。"


@cache
def printed() -> bytes:
    return typst.compile(SOURCE.encode(), format="pdf")


@cache
def picture() -> Image.Image:
    return pypdfium2.PdfDocument(printed())[0].render(scale=200 / 72).to_pil().convert("L")


def image(shown: Image.Image) -> Reference:
    packed = io.BytesIO()
    shown.save(packed, "JPEG", quality=85)
    entries = f"/Type/XObject/Subtype/Image/Width {shown.width}/Height {shown.height}"
    return Reference(
        "x", stream(f"{entries}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode", packed.getvalue())
    )


WHOLE = "q 595 0 0 842 0 0 cm /X Do Q"


def layer(sheet: Sheet, words: str | None = None, mode: int = 3) -> Sheet:
    """The text of the printed page, or other words in its places, as a recogniser leaves it behind a scan."""
    page = reader.open_pdf(printed(), "页.pdf")[0]
    for run in reader._page(page, 1)[0].runs:
        shown = run.text if words is None else words[: len(run.text)]
        sheet.text(run.left, run.top + 0.95 * run.size, shown, run.size, mode=mode)
    return sheet


def test_fonts_without_an_encoding_are_read_from_the_picture_of_the_page():
    broken = printed().replace(b"/ToUnicode", b"/ToUnicodX")
    assert broken != printed()
    blocks = read_pdf(broken, "字体.pdf")
    assert "编码" in blocks.warnings[0]
    assert tables(broken) == [ROWS]
    assert SENTENCE in "".join(paragraphs(broken)).replace(" ", "")


def test_a_scan_is_read_by_a_sound_text_layer_and_the_lines_of_its_picture():
    data = pdf(layer(Sheet().raw(WHOLE)), objects=[image(picture())])
    blocks = read_pdf(data, "双层.pdf")
    assert "自带的识别结果" in blocks.warnings[0]
    table = blocks.blocks[-1]
    assert [row.texts for row in table.rows] == ROWS
    assert all(cell.place.confidence >= 0.85 for row in table.rows for cell in row.cells)


def test_text_painted_under_a_scan_counts_as_its_text_layer():
    data = pdf(layer(Sheet(), mode=0).raw(WHOLE), objects=[image(picture())])
    assert "自带的识别结果" in read_pdf(data, "双层.pdf").warnings[0]
    assert tables(data) == [ROWS]


def test_a_scan_with_a_wrong_text_layer_is_recognised():
    data = pdf(layer(Sheet().raw(WHOLE), "错误的识别结果放在这里冒充"), objects=[image(picture())])
    blocks = read_pdf(data, "双层.pdf")
    assert blocks.warnings == ("第1页是扫描图像，文字由识别得到，请核对。",)
    assert [row.texts for row in blocks.blocks[-1].rows] == ROWS


def test_a_scanned_table_on_a_page_of_text_is_read_where_it_stands():
    page = reader.open_pdf(printed(), "页.pdf")[0]
    head = next(run for run in reader._page(page, 1)[0].runs if run.text.startswith("科目编码"))
    top, bottom = head.top - 14, head.top + 106
    part = picture().crop((0, round(top * 200 / 72), picture().width, round(bottom * 200 / 72)))
    sheet = Sheet().text(50, 60, "本页上半部分是文字，下半部分是扫描的表格，以图片方式粘贴，单位为万元。")
    sheet.text(50, 400, "以上金额请以原件为准，如有出入请及时与财务科联系，核对后更正。")
    sheet.raw(f"q 595 0 0 {bottom - top} 0 {842 - 200 - (bottom - top)} cm /X Do Q")
    blocks = read_pdf(pdf(sheet, objects=[image(part)]), "半页.pdf")
    kinds = [type(block).__name__ for block in blocks.blocks]
    assert kinds == ["Paragraph", "Table", "Paragraph"]
    assert [row.texts for row in blocks.blocks[1].rows] == ROWS
    assert blocks.blocks[1].rows[1].cells[2].place.confidence > 0.5
    assert blocks.blocks[0].place.confidence is None
    assert "图片" in blocks.warnings[0]


@pytest.mark.parametrize("shade", [255, 200])
def test_a_picture_without_text_adds_nothing(shade):
    plain = Image.new("L", (800, 500), shade)
    sheet = Sheet().text(50, 60, "本页有一张没有文字的照片，不影响文字的读取。")
    sheet.raw("q 400 0 0 250 100 300 cm /X Do Q")
    blocks = read_pdf(pdf(sheet, objects=[image(plain)]), "照片.pdf")
    assert [block.text for block in blocks.blocks] == ["本页有一张没有文字的照片，不影响文字的读取。"]
    assert blocks.warnings == ()
