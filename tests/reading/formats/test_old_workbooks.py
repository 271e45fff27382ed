"""Old workbooks (.xls, .et), of Excel 97 to 2003 and of Excel 95."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.errors import DamagedFile, ProtectedFile, ReadingError
from jiheng.reading.formats.sheets import read_sheets
from tests.reading.formats.old_excel import OldSheet, compound, old_excel, older_excel, record, wide
from tests.reading.formats.workbooks import paragraphs, tables


def test_an_old_workbook_shows_its_numbers_as_formatted():
    sheet = OldSheet("支出表")
    sheet.text(0, 0, "甲县项目支出表")
    sheet.merge(0, 0, 0, 3)
    for column, text in enumerate(["项目", "金额", "比例", "日期"]):
        sheet.text(1, column, text)
    sheet.text(2, 0, "水表更换")
    sheet.number(2, 1, 16.8, 1)
    sheet.number(2, 2, 0.95, 2)
    sheet.number(2, 3, 45292, 3)
    sheet.text(3, 0, "管网")
    sheet.packed(3, 1, [(1, 1680 << 2 | 3), (2, 0x3FE00000)])
    sheet.hide_row(3)
    sheet.text(4, 0, "计")
    sheet.formula(4, 1, struct.pack("<d", 18.5), 1)
    sheet.formula(4, 2, bytes([2, 0, 7, 0, 0, 0, 255, 255]))
    sheet.hide_column(2)
    sheet.note(2, 1, "请核对")
    sheet.footer("&L填表人：甲&R第 &P 页")
    draft = OldSheet("底稿", state=1)
    draft.text(0, 0, "草")
    data = old_excel([sheet, draft], ["0.00", "0%", 'yyyy"年"m"月"d"日"'])
    for name in ("a.xls", "a.et", "a.xlsx"):
        blocks = read_sheets(data, name)
        assert tables(blocks)[0] == [
            ["项目", "金额", "比例", "日期"], ["水表更换", "16.80", "95%", "2024年1月1日"], ["管网", "16.80", "50%", ""],
            ["计", "18.50", "#DIV/0!", ""],
        ]  # fmt: skip
        assert paragraphs(blocks) == ["甲县项目支出表"]
        assert paragraphs(blocks, "note") == ["请核对"]
        assert paragraphs(blocks, "furniture") == ["填表人：甲"]
        assert blocks.warnings == (
            "工作表“支出表”隐藏了第 4 行，也已读取，请核对。",
            "工作表“支出表”隐藏了第 C 列，也已读取，请核对。",
            "工作表“支出表”单元格 C5 的公式出错，错误代码照原样保留。",
            "工作表“底稿”是隐藏的，也已读取，请核对是否应当公开。",
        )


def test_an_old_workbook_with_a_password():
    with pytest.raises(ProtectedFile):
        read_sheets(old_excel([OldSheet("表")], is_encrypted=True), "a.xls")


def test_a_cell_at_the_end_of_an_old_sheet_costs_nothing():
    sheet = OldSheet("表")
    sheet.text(0, 0, "甲")
    sheet.text(65535, 255, "乙")
    assert tables(read_sheets(old_excel([sheet]), "a.xls")) == [[["甲", ""], ["", "乙"]]]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_old_workbook_is_read_or_refused(data):
    sheet = OldSheet("表")
    sheet.text(0, 0, "甲")
    sheet.number(0, 1, 1.5, 1)
    content = bytearray(old_excel([sheet], ["0.00"]))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_sheets(bytes(content), "a.xls")
    except ReadingError as error:
        assert error.remedy


def shared(*bodies: bytes, count: int) -> bytes:
    """The texts that cells share, in one record and others that continue it."""
    first = struct.pack("<II", count, count) + bodies[0]
    return record(0xFC, first) + b"".join(record(0x3C, body) for body in bodies[1:])


def test_shared_texts_that_go_on_in_further_records():
    rich = struct.pack("<HBH", 4, 0x09, 1) + "粗细相间".encode("utf-16-le") + struct.pack("<HH", 0, 1)
    asian = struct.pack("<HBI", 2, 0x05, 6) + "水表".encode("utf-16-le") + b"shui--"
    texts = shared(
        # one-byte characters that go on as two-byte ones, in the middle of a text
        struct.pack("<HB", 7, 0) + b"PVC",
        wide("管道𠮷")[:-2],
        # the second half of a character beyond the basic plane
        wide("𠮷")[:1] + "𠮷".encode("utf-16-le")[2:] + rich[:13],
        # formatting is cut without a mark of its own
        rich[13:] + asian + struct.pack("<HB", 1, 0) + b"A",
        count=4,
    )
    sheet = OldSheet("表")
    for number in range(4):
        sheet.shared(0, number, number)
    assert tables(read_sheets(old_excel([sheet], texts=texts), "a.xls")) == [
        [["PVC管道𠮷", "粗细相间", "水表", "A"]]
    ]


def test_a_shared_text_that_is_not_there_makes_the_file_damaged():
    sheet = OldSheet("表")
    sheet.shared(0, 0, 5)
    with pytest.raises(DamagedFile):
        read_sheets(old_excel([sheet]), "a.xls")
    with pytest.raises(DamagedFile):
        read_sheets(old_excel([sheet], texts=shared(b"", count=4_000_000_000)), "a.xls")


def test_formulas_that_give_a_text_a_truth_value_or_nothing():
    sheet = OldSheet("表")
    sheet.formula(0, 0, bytes(6) + b"\xff\xff")
    sheet.result("甲乙")
    sheet.formula(0, 1, bytes([1, 0, 1, 0, 0, 0, 255, 255]))
    sheet.formula(0, 2, bytes([3, 0, 0, 0, 0, 0, 255, 255]))
    sheet.text(0, 3, "末")
    assert tables(read_sheets(old_excel([sheet]), "a.xls")) == [[["甲乙", "TRUE", "末"]]]


@pytest.mark.parametrize(("code_page", "encoding"), [(936, "gb18030"), (10008, "gb18030"), (950, "cp950")])
def test_a_workbook_of_excel_95(code_page, encoding):
    cells = [(0, 0, "部門" if encoding == "cp950" else "部门"), (0, 1, "元"), (9, 1, "合")]
    blocks = read_sheets(older_excel(cells, code_page=code_page, encoding=encoding), "a.xls")
    assert tables(blocks) == [[[cells[0][2], "元"], ["12.3", "合"]]]
    assert paragraphs(blocks, "note") == ["注意核算"]


def test_sheets_that_are_one_and_the_same_are_damaged():
    sheet = OldSheet("表")
    for row in range(100):
        sheet.text(row, 0, "甲")
    data = bytearray(old_excel([sheet, OldSheet("乙"), OldSheet("丙")]))
    stream = data.index(record(0x85)[:2] + b"\x0a")
    places = [at for at in range(stream, stream + 60) if data[at : at + 4] in (b"\x85\0\x0a\0",)]
    for at in places[1:]:
        data[at + 4 : at + 8] = data[places[0] + 4 : places[0] + 8]
    assert len(places) == 3
    with pytest.raises(DamagedFile):
        read_sheets(bytes(data), "a.xls")


@pytest.mark.parametrize("cut", [3000, 600, 520])
def test_an_old_workbook_that_was_cut_off_is_damaged(cut):
    sheet = OldSheet("表")
    for row in range(400):
        sheet.text(row, 0, "水表更换")
    with pytest.raises(DamagedFile):
        read_sheets(old_excel([sheet])[:-cut], "a.xls")


def test_tables_of_sectors_that_name_one_sector_again_and_again_cost_nothing():
    data = bytearray(compound("Workbook", b"\x09\x08" * 3000))
    # 109 tables, and every further one, are the same sector; directories and texts run in a circle
    (table,) = struct.unpack_from("<I", data, 76)
    data[76:512] = struct.pack("<I", table) * 109
    struct.pack_into("<I", data, 68, table)
    with pytest.raises(DamagedFile):
        read_sheets(bytes(data), "a.xls")


def test_an_old_word_file_named_as_a_workbook_is_damaged():
    with pytest.raises(DamagedFile):
        read_sheets(compound("WordDocument", bytes(5000)), "a.xls")
