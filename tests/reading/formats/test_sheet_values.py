"""Values of cells: as they are shown, with what a person should know of them."""

from __future__ import annotations

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jiheng.reading.formats.sheets import read_sheets
from tests.reading.formats.workbooks import one_sheet, raw, saved, tables, with_parts


def test_values_are_read_as_they_are_shown():
    book = one_sheet(["甲", "乙", "丙", "丁"], [16.8, 0.95, 12345678, 5], ["007", True, "一\n二", 33.3333333])
    for cell, code in zip(book.active[2], ["0.00", "0%", "0!.0000", "000000"], strict=True):
        cell.number_format = code
    book.active["D3"].number_format = "0.00"
    blocks = read_sheets(saved(book), "a.xlsx")
    assert tables(blocks)[0][1:] == [
        ["16.80", "95%", "1234.5678", "000005"],
        ["007", "TRUE", "一\n二", "33.33"],
    ]
    assert blocks.warnings == ("工作表“Sheet”单元格 D3 存有比显示更多的小数，按显示的数读取。",)


def test_results_of_formulas_errors_and_missing_results():
    data = raw(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>SUM(C1)</f></c><c r="C1" t="str"><f>X</f><v>甲</v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="inlineStr"><is><t>乙</t></is></c></row>'
    )
    blocks = read_sheets(data, "a.xlsx")
    assert tables(blocks) == [[["2", "=SUM(C1)", "甲", "#DIV/0!", "乙"]]]
    assert [warning.partition("单元格 ")[2][:8] for warning in blocks.warnings] == [
        "B1 的公式没有",
        "D1 的公式出错",
    ]


def test_cells_without_references_and_escaped_characters():
    data = raw(
        '<row><c t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c><c><v>3</v></c></row><row><c><v>4</v></c></row>'
    )
    assert tables(read_sheets(data, "a.xlsx")) == [[["甲\n乙", "3"], ["4", ""]]]


def test_phonetic_hints_are_no_text_and_runs_are_joined():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>水</t></r><r><t>表</t></r>'
        '<rPh sb="0" eb="1"><t>shui</t></rPh></si></sst>'
    )
    data = raw('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>9</v></c></row>')
    data = with_parts(data, xl__sharedStrings=strings)
    # openpyxl leaves the strings out where there are none
    assert tables(read_sheets(data, "a.xlsx")) == [[["水表"]]]


def test_codes_longer_than_a_number_can_hold_are_pointed_out():
    data = raw('<row r="1"><c r="A1"><v>3.40000210001234E+17</v></c><c r="B1"><v>123</v></c></row>')
    blocks = read_sheets(data, "a.xlsx")
    assert tables(blocks)[0][0][0] == "340000210001234000"
    assert "超过 15 位" in blocks.warnings[0]


def test_many_remarks_are_one_warning():
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="e"><v>#REF!</v></c></row>' for row in range(1, 1001))
    blocks = read_sheets(raw(cells), "a.xlsx")
    assert len(blocks.warnings) == 1
    assert "A1、A2、A3、A4、A5 等 1000 处" in blocks.warnings[0]


def test_formulas_without_a_result_are_kept_as_they_stand():
    data = raw(
        '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f t="shared" si="0"/><v></v></c></row>'
    )
    blocks = read_sheets(data, "a.xlsx")
    assert tables(blocks) == [[["甲", "=A1*2"], ["1", "=（公式）"]]]
    assert blocks.warnings == (
        "工作表“Sheet”单元格 B1、B2 的公式没有计算结果，公式照原样保留；请用 Excel 或 WPS 打开后保存一次。",
    )


def test_numbers_as_text_stay_as_they_were_written():
    rows = [
        ["编码", "金额", "比例"],
        ["007", "1,234.50", "95%"],
        ["34000021000123456789", " 16.80 ", "１２．５"],
    ]
    assert tables(read_sheets(saved(one_sheet(*rows)), "a.xlsx"))[0][1:] == [
        ["007", "1,234.50", "95%"],
        ["34000021000123456789", "16.80", "１２．５"],
    ]


def test_a_number_that_its_format_shows_as_a_word_is_pointed_out():
    book = one_sheet(["甲", "乙"], [1, 2])
    book.active["A2"].number_format, book.active["B2"].number_format = '"是";"否"', ";;;"
    blocks = read_sheets(saved(book), "a.xlsx")
    assert tables(blocks)[0][1] == ["是", "2"]
    assert [warning.partition("单元格 ")[2][:6] for warning in blocks.warnings] == ["A2 的数被", "B2 有内容"]


def test_dates_of_every_kind():
    book = one_sheet(["甲", "乙", "丙"], [45292, 45292.75, 45292])
    codes = ["yyyy-mm-dd", "yyyy/m/d h:mm", '[$-804]yyyy"年"m"月"']
    for cell, code in zip(book.active[2], codes, strict=True):
        cell.number_format = code
    assert tables(read_sheets(saved(book), "a.xlsx"))[0][1] == ["2024-01-01", "2024/1/1 18:00", "2024年1月"]
    data = raw(
        '<row r="1"><c r="A1" t="d"><v>2024-01-01T00:00:00</v></c><c r="B1" t="d"><v>2024-01-01T08:30:00</v></c></row>'
    )
    assert tables(read_sheets(data, "a.xlsx")) == [[["2024-01-01", "2024-01-01 08:30:00"]]]


def test_dates_of_a_workbook_that_counts_from_1904():
    book = one_sheet(["甲", "乙"], [43830, 1])
    book.active["A2"].number_format = "yyyy/m/d"
    book.epoch = CALENDAR_MAC_1904
    assert tables(read_sheets(saved(book), "a.xlsx"))[0][1] == ["2024/1/1", "1"]


def test_characters_that_xml_cannot_hold():
    data = raw(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>水_xD842__xDFB7_表_x0000__x0007_</t></is></c><c r="B1" t="str">'
        "<v>_x005F_x000D__xD842_</v></c></row>"
    )
    assert tables(read_sheets(data, "a.xlsx")) == [[["水𠮷表", "_x000D_�"]]]


def test_references_of_strange_digits_are_none():
    data = raw(
        '<row r="²"><c r="A²" s="²" t="s"><v>²</v></c><c r="B1" s="99"><v>2</v></c><c t="b"><v> 1 </v></c></row>'
    )
    assert tables(read_sheets(data, "a.xlsx")) == [[["2", "TRUE"]]]
