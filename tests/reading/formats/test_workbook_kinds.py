"""Workbooks of other kinds than .xlsx and .xls: binary Excel, OpenDocument, XML of 2003, text and pages so named."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.errors import DamagedFile, FileTooLarge, ReadingError
from jiheng.reading import read
from jiheng.reading.formats.sheets import read_sheets
from tests.reading.formats.workbooks import paragraphs, tables

ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>'
    '<style:style style:name="hid"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)


def ods(tables: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        end = "</office:spreadsheet></office:body></office:document-content>"
        archive.writestr("content.xml", ODS_HEAD + tables + end)
    return buffer.getvalue()


def test_an_opendocument_sheet_is_read_as_shown():
    data = ods(
        '<table:table table:name="表一"><table:table-row><table:table-cell table:number-columns-spanned="3">'
        "<text:p>甲县支出表</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated='2'/>"
        '</table:table-row><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>名称</text:p>'
        "</table:table-cell><table:table-cell><text:p>一<text:s text:c='2'/>二</text:p><text:p>三</text:p>"
        '</table:table-cell><table:table-cell office:value-type="percentage" office:value="0.95"><text:p>95%</text:p>'
        "</table:table-cell></table:table-row><table:table-row table:visibility='collapse'><table:covered-table-cell/>"
        '<table:table-cell office:value-type="float" office:value="16.8" table:number-columns-repeated="2"><text:p>16.80'
        "</text:p><office:annotation><text:p>请核对</text:p></office:annotation></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
        '</table:table-row></table:table><table:table table:name="底稿" table:style-name="hid"><table:table-row>'
        "<table:table-cell><text:p>草</text:p></table:table-cell></table:table-row></table:table>"
    )
    blocks = read_sheets(data, "a.ods")
    assert tables(blocks) == [[["名称", "一  二\n三", "95%"], ["", "16.80", "16.80"]], [["草"]]]
    assert paragraphs(blocks) == ["甲县支出表"]
    assert paragraphs(blocks, "note") == ["请核对"]
    assert "隐藏了第 3 行" in blocks.warnings[0]
    assert "“底稿”是隐藏的" in blocks.warnings[1]


def test_an_opendocument_sheet_that_repeats_without_end_is_refused():
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>甲</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(FileTooLarge):
        read_sheets(ods(f'<table:table table:name="表">{row}</table:table>'), "a.ods")


def ods_row(*cells: str) -> str:
    return (
        '<table:table table:name="表"><table:table-row>' + "".join(cells) + "</table:table-row></table:table>"
    )


def test_opendocument_numbers_are_figures_as_in_other_workbooks():
    cell = '<table:table-cell office:value-type="{}" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    blocks = read_sheets(
        ods(
            ods_row(
                cell.format("float", "1234567.5", "1,234,567.50"),
                cell.format("percentage", "0.9512", "95%"),
                cell.format("float", "33.333333", "33.33"),
                cell.format("float", "5", "5 项"),
                cell.format("string", "", "1,234"),
            )
        ),
        "a.ods",
    )
    assert tables(blocks) == [[["1234567.50", "95%", "33.33", "5 项", "1,234"]]]
    assert blocks.warnings == ("工作表“表”单元格 B1、C1 存有比显示更多的小数，按显示的数读取。",)


def test_opendocument_cells_that_show_no_text():
    blocks = read_sheets(
        ods(
            ods_row(
                '<table:table-cell office:value-type="float" office:value="16.8"/>',
                '<table:table-cell office:value-type="date" office:date-value="2024-01-01"/>',
                '<table:table-cell office:value-type="string" office:string-value="甲"/>',
                '<table:table-cell table:formula="of:=SUM([.A1:.B1])"/>',
                '<table:table-cell table:style-name="无"/>',
            )
        ),
        "a.ods",
    )
    assert tables(blocks) == [[["16.8", "2024-01-01", "甲", "=SUM([.A1:.B1])"]]]
    assert "D1 的公式没有计算结果" in blocks.warnings[0]


def test_what_another_file_held_is_no_sheet_of_this_one():
    kept = ods_row("<table:table-cell><text:p>别处</text:p></table:table-cell>").replace(
        "表", "'file:///a.ods'#表"
    )
    own = ods_row("<table:table-cell><text:p>此处</text:p></table:table-cell>" * 2)
    assert tables(read_sheets(ods(kept + own), "a.ods")) == [[["此处", "此处"]]]


@pytest.mark.parametrize("content", ["", "<x/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "<table:table"])
def test_an_opendocument_file_without_a_sheet_is_damaged(content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    with pytest.raises(DamagedFile):
        read_sheets(buffer.getvalue(), "a.ods")


XML_2003 = """<?xml version="1.0" encoding="{0}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"/><Style ss:ID="s1"><NumberFormat ss:Format="0.00"/></Style>
<Style ss:ID="s2" ss:Parent="s1"/><Style ss:ID="s3"><NumberFormat ss:Format="Percent"/></Style></Styles>
<Worksheet ss:Name="表一"><Table><Row><Cell ss:MergeAcross="2"><Data ss:Type="String">甲县支出表</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">名称</Data></Cell><Cell ss:Index="3"><Data
 ss:Type="String">数</Data></Cell></Row><Row><Cell ss:Index="2" ss:StyleID="s2"><Data ss:Type="Number">16.8</Data></Cell>
<Cell ss:StyleID="s3"><Data ss:Type="Number">0.95</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2024-01-01T00:00:00.000</Data></Cell><Cell ss:Formula="=1"/><Cell><Data
 ss:Type="Error">#REF!</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "UTF-16"])
@pytest.mark.parametrize("name", ["导出.xls", "导出.xlsx"])
def test_spreadsheet_xml_of_2003(encoding, name):
    blocks = read(XML_2003.format(encoding).encode(encoding), name=name).blocks
    assert blocks is not None
    assert tables(blocks) == [[["名称", "", "数"], ["", "16.80", "95.00%"], ["2024/1/1", "=1", "#REF!"]]]
    assert paragraphs(blocks) == ["甲县支出表"]
    assert len(blocks.warnings) == 2


def test_text_under_the_name_of_a_workbook():
    tabs = read("项目\t金额\n水表\t16.80\n".encode("gb18030"), name="导出.xls").blocks
    commas = read('项目,金额\n"水表,二期",16.80\n'.encode(), name="导出.xlsx").blocks
    assert tabs is not None and commas is not None
    assert tables(tabs)[0] == [["项目", "金额"], ["水表", "16.80"]]
    assert tables(commas) == [[["项目", "金额"], ["水表,二期", "16.80"]]]


def test_a_web_page_under_the_name_of_a_workbook():
    page = "<html><meta charset=gb2312><table><tr><td>项目<td>金额<tr><td>水表<td>16.80</table>"
    blocks = read(page.encode("gb18030"), name="导出.xls").blocks
    assert blocks is not None
    assert tables(blocks) == [[["项目", "金额"], ["水表", "16.80"]]]


def binary(kind: int, body: bytes = b"") -> bytes:
    """A record of a binary workbook."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    assert len(body) < 128
    return head + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheet: bytes) -> bytes:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    link = '<Relationship Id="{}" Type="' + kinds + '/{}" Target="{}"/>'
    strings = binary(159, bytes(8)) + binary(19, b"\0" + wide("水表更换")) + binary(160)
    styles = (
        binary(278) + binary(615, struct.pack("<I", 1)) + binary(44, struct.pack("<H", 164) + wide("0.00"))
    )
    styles += binary(616) + binary(617, struct.pack("<I", 2))
    for number in (0, 164):
        styles += binary(47, struct.pack("<HH", 0, number) + bytes(12))
    styles += binary(618) + binary(279)
    book = (
        binary(131)
        + binary(143)
        + binary(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表一"))
        + binary(144)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        + "".join(
            f'<Override PartName="/xl/{part}.bin" ContentType="application/vnd.ms-excel.{kind}"/>'
            for part, kind in (
                ("workbook", "sheet.binary.macroEnabled.main"),
                ("worksheets/sheet1", "worksheet"),
                ("styles", "styles"),
                ("sharedStrings", "sharedStrings"),
            )
        )
        + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": relations.format(link.format("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book + binary(132),
        "xl/_rels/workbook.bin.rels": relations.format(
            link.format("rId1", "worksheet", "worksheets/sheet1.bin")
            + link.format("rId2", "styles", "styles.bin")
            + link.format("rId3", "sharedStrings", "sharedStrings.bin")
        ),
        "xl/sharedStrings.bin": strings,
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": sheet,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


BINARY_SHEET = (
    binary(129)
    + binary(148, struct.pack("<4I", 0, 2, 0, 2))
    + binary(145)
    + binary(0, struct.pack("<IIHHBI", 0, 0, 300, 0, 0, 0))
    + binary(7, struct.pack("<III", 0, 0, 0))
    + binary(6, struct.pack("<II", 1, 0) + wide("金额"))
    + binary(6, struct.pack("<II", 2, 0) + wide("数"))
    + binary(0, struct.pack("<IIHHBI", 1, 0, 300, 0, 0, 0))
    + binary(5, struct.pack("<IId", 1, 1, 16.8))
    + binary(2, struct.pack("<III", 2, 1, 1234 << 2 | 3))
    + binary(0, struct.pack("<IIHHBI", 2, 0, 300, 0, 0, 0))
    + binary(5, struct.pack("<IId", 1, 0, 16.8))
    + binary(3, struct.pack("<IIB", 2, 0, 0x17))
    + binary(146)
    + binary(177, struct.pack("<I", 1))
    + binary(176, struct.pack("<4I", 0, 1, 0, 0))
    + binary(178)
    + binary(130)
)


def test_a_binary_workbook():
    blocks = read_sheets(xlsb(BINARY_SHEET), "a.xlsb")
    assert tables(blocks) == [[["水表更换", "金额", "数"], ["", "16.80", "12.34"], ["", "16.8", "#REF!"]]]
    assert blocks.blocks[1].rows[0].cells[0].rows == 2
    assert "C3 的公式出错" in blocks.warnings[0]


def test_a_binary_workbook_with_hidden_rows_and_columns_and_rich_texts():
    sheet = (
        binary(129) + binary(60, struct.pack("<4IH", 1, 5, 0, 0, 1)) + binary(145)
        + binary(0, struct.pack("<IIHHB", 0, 0, 300, 0x1000, 0))
        + binary(62, struct.pack("<II", 0, 0) + b"\1" + wide("项目")) + binary(8, struct.pack("<II", 1, 0) + wide("甲") + b"\0\0")
        + binary(9, struct.pack("<IId", 2, 1, 12.5)) + binary(4, struct.pack("<IIB", 3, 0, 1)) + binary(146) + binary(130)
    )  # fmt: skip
    blocks = read_sheets(xlsb(sheet), "a.xlsb")
    assert tables(blocks) == [[["项目", "甲", "12.50", "TRUE"]]]
    assert blocks.warnings == (
        "工作表“表一”隐藏了第 1 行，也已读取，请核对。",
        "工作表“表一”隐藏了第 B、C、D 列，也已读取，请核对。",
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_binary_workbook_is_read_or_refused(data):
    sheet = bytearray(BINARY_SHEET)
    for _ in range(data.draw(st.integers(1, 6))):
        sheet[data.draw(st.integers(0, len(sheet) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_sheets(xlsb(bytes(sheet[: data.draw(st.integers(0, len(sheet)))])), "a.xlsb")
    except ReadingError as error:
        assert error.remedy
