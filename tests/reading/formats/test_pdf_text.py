"""The text of PDF pages: whatever the order, the direction and the encoding in which it is painted."""

from __future__ import annotations

import random

import pytest

from jiheng.reading.formats.pdf import read_pdf
from tests.reading.formats.pdfs import Reference, Sheet, furniture, paragraphs, pdf, stream, tables

HEAD = ["科目编码", "科目名称", "合计", "基本支出"]
ROWS = [
    HEAD,
    ["2130301", "行政运行", "1,234.50", "1,200.00"],
    ["2130302", "一般行政管理事务", "34.50", "0.50"],
    ["合计", "", "1,269.00", "1,200.50"],
]
WIDTHS = [60, 120, 70, 70]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_reads_as_it_is_upright(turn):
    assert tables(pdf(Sheet(entries=f"/Rotate {turn}").table(50, 100, WIDTHS, ROWS))) == [ROWS]


@pytest.mark.parametrize(
    ("matrix", "place"), [("0 1 -1 0", (114, 700)), ("0 -1 1 0", (400, 100)), ("-1 0 0 -1", (400, 400))]
)
def test_a_page_whose_text_is_turned_reads_as_its_text_is_upright(matrix, place):
    x, y = place
    sheet = Sheet().text(x, y, "本部门收入预算1256.77万元，比上年增加。", turn=matrix)
    assert paragraphs(pdf(sheet)) == ["本部门收入预算1256.77万元，比上年增加。"]


def test_a_label_on_its_side_is_one_text_of_its_cell():
    for matrix, place in (("0 1 -1 0", (70, 155)), ("0 -1 1 0", (62, 112))):
        sheet = Sheet().text(60, 60, "绩效指标表的说明文字写在这里。")
        sheet.table(80, 100, [100, 80], [["数量指标", "10"], ["质量指标", "20"], ["时效指标", "30"]])
        for y in (100, 160):
            sheet.line(50, y, 80, y)
        sheet.line(50, 100, 50, 160)
        sheet.text(*place, "产出指标", turn=matrix)
        assert tables(pdf(sheet)) == [
            [["产出指标", "数量指标", "10"], ["", "质量指标", "20"], ["", "时效指标", "30"]]
        ]


def test_a_slanted_watermark_stands_aside_and_is_kept():
    sheet = Sheet().text(50, 60, "标题行在此").table(50, 100, WIDTHS, ROWS)
    sheet.text(150, 500, "示例县财政局内部资料", 40, turn=".7 .7 -.7 .7").text(50, 300, "正文说明收支情况。")
    data = pdf(sheet)
    assert tables(data) == [ROWS]
    assert paragraphs(data) == ["标题行在此", "正文说明收支情况。"]
    assert furniture(data) == ["示例县财政局内部资料"]


def test_a_level_watermark_over_the_table_stands_aside():
    pages = [
        Sheet().table(50, 100, WIDTHS, ROWS, height=40).text(60, 200, "内部资料请勿外传", 42)
        for _ in range(2)
    ]
    data = pdf(*pages)
    assert [cell for table in tables(data) for row in table for cell in row if "资料" in cell] == []
    assert furniture(data).count("内部资料请勿外传") == 2


@pytest.mark.parametrize("off", [0.0, 0.2, 0.4, 0.9])
def test_text_painted_twice_for_boldness_is_read_once(off):
    words = ["部门预算说明", "2130301行政运行1100.11万元", "合计111,100.00"]
    whole = Sheet()
    for moved in (0.0, off):
        for number, line in enumerate(words):
            whole.text(50 + moved, 100 + 30 * number, line)
    assert paragraphs(pdf(whole)) == words


def test_figures_that_repeat_a_digit_keep_them_all_when_painted_sign_by_sign():
    sheet = Sheet()
    for number, sign in enumerate("1,111,000.00"):
        sheet.text(50 + 5 * number, 100, sign)
    assert paragraphs(pdf(sheet)) == ["1,111,000.00"]


@pytest.mark.parametrize("seed", range(6))
def test_signs_in_any_order_read_as_they_stand(seed):
    sheet = Sheet().table(50, 100, WIDTHS, [[""] * 4] * 4)
    signs = []
    for row, words in enumerate(ROWS):
        for column, word in enumerate(words):
            x = 53 + sum(WIDTHS[:column])
            for sign in word:
                signs.append((x, 114 + 20 * row, sign))
                x += 5 if sign.isascii() else 10
    random.Random(seed).shuffle(signs)  # noqa: S311 - test data, no secret
    for x, y, sign in signs:
        sheet.text(x, y, sign)
    assert tables(pdf(sheet)) == [ROWS]


@pytest.mark.parametrize("seed", range(4))
def test_lines_in_any_order_read_from_the_top(seed):
    lines = [
        (70, "第一部分　部门职责及机构设置情况说明"),
        (90, "一、本部门负责辖区内水利设施的规划、建设和管理工作。"),
        (110, "二、本部门负责防汛抗旱的组织、协调、监督和指挥工作。"),
        (130, "三、承办县委、县政府交办的其他事项，完成年度任务。"),
    ]
    random.Random(seed).shuffle(lines)  # noqa: S311 - test data, no secret
    sheet = Sheet()
    for y, words in lines:
        sheet.text(50, y, words)
    assert paragraphs(pdf(sheet)) == [words.replace("　", " ") for _, words in sorted(lines)]


def test_kerning_does_not_split_a_figure():
    code = [part.encode("utf-16-be").hex() for part in ("1,2", "34.", "5", "0")]
    sheet = Sheet().table(50, 100, [200, 100], [["收入", ""], ["支出", ""]])
    sheet.raw(
        f"BT /Song 10 Tf 1 0 0 1 253 728 Tm [<{code[0]}> -30 <{code[1]}> -120 <{code[2]}> -150 <{code[3]}>] TJ ET"
    )
    assert tables(pdf(sheet)) == [[["收入", "1,234.50"], ["支出", ""]]]


def test_look_alikes_become_the_characters_that_a_reader_sees():
    sheet = Sheet().text(50, 100, "⼀般公共预算⽀出⽤于⾏政⻓期︵注︶")
    assert paragraphs(pdf(sheet)) == ["一般公共预算支出用于行政长期（注）"]


def test_text_beyond_the_edge_of_the_page_stands_aside():
    sheet = (
        Sheet(entries="/CropBox[0 400 595 842]").text(50, 100, "看得见的文字").text(50, 600, "看不见的文字")
    )
    assert paragraphs(pdf(sheet)) == ["看得见的文字"]
    assert furniture(pdf(sheet)) == ["看不见的文字"]


@pytest.mark.parametrize(
    "box", ["[0 0 0 0]", "[595 842 0 0]", "[0 0 1000000 1000000]", "[-100 -100 495 742]"]
)
def test_any_page_box_shows_its_text(box):
    assert paragraphs(pdf(Sheet(entries=f"/MediaBox{box}").text(50, 142, "页面上的文字"))) == ["页面上的文字"]


def test_signs_of_a_symbol_font_are_the_ticks_that_a_reader_sees():
    codes = "".join(f"<{code:02x}> <f0{code:02x}>\n" for code in (0xFE, 0xA8))
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar\n{codes}endbfchar endcmap end end"
    )
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Wingdings-Regular/FirstChar 168/LastChar 254"
    font += b"/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+Wingdings-Regular/Flags 4/ItalicAngle 0"
    font += b"/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200/StemV 80>>/Widths["
    font += b"1000 " * 87 + b"]/ToUnicode {cmap}>>"
    sheet = Sheet().text(50, 100, "新增项目").text(120, 100, "延续项目")
    sheet.raw("BT /Sym 10 Tf 1 0 0 1 95 742 Tm <fe> Tj 1 0 0 1 165 742 Tm <a8> Tj ET")
    data = pdf(
        sheet,
        fonts="/Sym {font}",
        objects=[Reference("cmap", stream("", mapping.encode())), Reference("font", font)],
    )
    assert paragraphs(data) == ["新增项目☑ 延续项目□"]


def test_form_fields_text_boxes_and_comments_are_read():
    def words(text: str) -> bytes:
        return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"

    objects = [
        Reference("text", b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V" + words("示例县水务局") + b"/Rect[120 725 300 745]/F 4/DA(/Helv 10 Tf 0 g)>>"),
        Reference("tick", b"<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/V/Yes/AS/Yes/AP<</N<</Yes 3 0 R/Off 3 0 R>>>>/Rect[120 700 135 715]/F 4>>"),
        Reference("empty", b"<</Type/Annot/Subtype/Widget/FT/Btn/T(c)/V/Off/AS/Off/AP<</N<</Yes 3 0 R/Off 3 0 R>>>>/Rect[180 700 195 715]/F 4>>"),
        Reference("box", b"<</Type/Annot/Subtype/FreeText/Contents" + words("补充说明") + b"/Rect[300 650 400 665]/F 4/DA(/Helv 10 Tf 0 g)>>"),
        Reference("note", b"<</Type/Annot/Subtype/Text/Contents" + words("请核对金额") + b"/Rect[400 700 420 715]/F 4>>"),
        Reference("hidden", b"<</Type/Annot/Subtype/FreeText/Contents" + words("隐藏") + b"/Rect[300 600 400 615]/F 2>>"),
    ]  # fmt: skip
    sheet = Sheet(entries="/Annots[{text} {tick} {empty} {box} {note} {hidden}]")
    sheet.text(50, 110, "部门名称：").text(50, 138, "是否公开：")
    data = pdf(
        sheet, objects=objects, catalog="/AcroForm<</Fields[{text} {tick} {empty}]/NeedAppearances true>>"
    )
    assert paragraphs(data) == ["部门名称： 示例县水务局", "是否公开： √", "补充说明"]
    assert furniture(data) == ["请核对金额"]


def test_every_paragraph_and_cell_has_its_place_on_the_page():
    sheet = Sheet().text(50, 60, "部门预算说明").table(50, 100, WIDTHS, ROWS)
    blocks = read_pdf(pdf(sheet), "预算.pdf").blocks
    title, table = blocks
    assert title.place.page == 1
    assert title.place.box.left == pytest.approx(50 / 595, abs=0.002)
    cell = table.rows[1].cells[2]
    assert (cell.text, cell.place.page, cell.place.row, cell.place.column) == ("1,234.50", 1, 2, 3)
    assert cell.place.box.top == pytest.approx(120 / 842, abs=0.002)


def test_the_title_of_a_table_below_a_full_line_is_a_paragraph_of_its_own():
    sentence = "安澜县水务局上年末固定资产金额为二百一十点零零万元，本年度拟购置为零点零零万元。"
    sheet = Sheet()
    for number in range(12):
        sheet.text(50 if number % 3 else 70, 100 + 14 * number, sentence if number % 3 else sentence[:-2])
    sheet.text(50, 100 + 14 * 12, "安澜县部门固定资产占用情况表")
    assert paragraphs(pdf(sheet))[-1] == "安澜县部门固定资产占用情况表"
