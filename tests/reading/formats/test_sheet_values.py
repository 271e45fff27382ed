"""Values of cells: as they are shown, with what a person should know of them."""

from __future__ import annotations

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
