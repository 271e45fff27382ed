"""Workbooks that mean harm, or were harmed: refused with a sentence, or read within bounds."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from jiheng.errors import DamagedFile, FileTooLarge
from jiheng.reading.formats.sheet.model import letters
from jiheng.reading.formats.sheets import read_sheets
from tests.reading.formats.test_workbook_kinds import ods
from tests.reading.formats.workbooks import paragraphs, raw, saved, tables, with_parts


def test_a_cell_at_the_end_of_the_world_costs_nothing():
    data = raw('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    assert tables(read_sheets(data, "a.xlsx")) == [[["1", ""], ["", "2"]]]


def test_ranges_over_the_whole_sheet_cost_nothing():
    cells = '<row r="1"><c r="A1" t="str"><v>全县汇总表</v></c></row><row r="1048576"><c r="C1048576"><v>2</v></c></row>'
    ranges = (
        '<mergeCells><mergeCell ref="A1:XFD1"/>' + '<mergeCell ref="B2:XFD1048576"/>' * 1000 + "</mergeCells>"
    )
    blocks = read_sheets(raw(cells, ranges), "a.xlsx")
    assert paragraphs(blocks) == ["全县汇总表"]


def test_too_many_columns_and_too_large_a_grid_are_refused():
    row = "".join('<c t="b"><v>1</v></c>' for _ in range(2001))
    with pytest.raises(FileTooLarge):
        read_sheets(raw(f"<row>{row}</row>"), "a.xlsx")
    # a cell in every column and every row, on the diagonal
    rows = "".join(
        f'<row r="{row}"><c r="{letters(row % 1900)}{row}"><v>1</v></c></row>' for row in range(1, 1901)
    )
    with pytest.raises(FileTooLarge):
        read_sheets(raw(rows), "a.xlsx")


def test_laughter_and_entities_are_refused_or_left_out():
    laughs = (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
        '<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    )
    data = raw('<row r="1"><c r="A1" t="inlineStr"><is><t>&c;&e;</t></is></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    with pytest.raises(DamagedFile):
        read_sheets(with_parts(data, xl__worksheets__sheet1=laughs + sheet), "a.xlsx")


def test_a_bomb_is_refused():
    data = raw("<row><c><v>1</v></c></row>" + " " * (60 * 1024 * 1024))
    assert len(data) < 200_000
    with pytest.raises(FileTooLarge):
        read_sheets(data, "a.xlsx")


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_lacks_a_part_is_damaged(missing):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(Workbook()))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != missing:
                new.writestr(name, old.read(name))
    with pytest.raises(DamagedFile):
        read_sheets(buffer.getvalue(), "a.xlsx")


def test_a_text_that_all_cells_share_is_counted_in_each():
    text = "水" * 30_000
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    )
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 1001))
    with pytest.raises(FileTooLarge):
        read_sheets(with_parts(raw(cells), xl__sharedStrings=strings), "a.xlsx")


def test_ranges_that_all_differ_and_overlap_are_bounded():
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letters(column)}{row}"><v>1</v></c>' for column in range(100))
        + "</row>"
        for row in range(1, 101)
    )
    ranges = "".join(
        f'<mergeCell ref="A1:{letters(20 + index % 80)}{20 + index // 80}"/>' for index in range(6000)
    )
    with pytest.raises(FileTooLarge):
        read_sheets(raw(cells, f"<mergeCells>{ranges}</mergeCells>"), "a.xlsx")


@pytest.mark.parametrize("place", ["XFE1", "ZZZ9999999", "A1048577"])
def test_a_cell_where_no_sheet_has_one_is_refused(place):
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    with pytest.raises(FileTooLarge):
        read_sheets(raw(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'), "a.xlsx")


def test_a_thousand_sheets_of_one_part_are_one_sheet():
    data = raw('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read("xl/workbook.xml").decode()
    start, end = main.index("<sheet "), main.index("</sheets>")
    data = with_parts(data, xl__workbook=main[:start] + main[start:end] * 1000 + main[end:])
    assert tables(read_sheets(data, "a.xlsx")) == [[["1", "2"]]]


def test_a_sheet_whose_part_is_not_named_makes_the_file_damaged():
    data = raw('<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read("xl/workbook.xml").decode()
    with pytest.raises(DamagedFile):
        read_sheets(with_parts(data, xl__workbook=main.replace("rId1", "rId99")), "a.xlsx")


def test_a_part_that_does_not_unpack_is_damaged():
    data = bytearray(raw('<row r="1"><c r="A1"><v>1</v></c></row>' * 200))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    data[start : start + 20] = bytes(20)
    with pytest.raises(DamagedFile):
        read_sheets(bytes(data), "a.xlsx")


@pytest.mark.parametrize("shift", [1, 1000, 0x70000000])
def test_a_zip_whose_parts_stand_before_its_beginning_is_damaged(shift):
    data = bytearray(raw('<row r="1"><c r="A1"><v>1</v></c></row>'))
    start = int.from_bytes(data[-6:-2], "little") + shift
    data[-6:-2] = start.to_bytes(4, "little")
    with pytest.raises(DamagedFile):
        read_sheets(bytes(data), "a.xlsx")


@pytest.mark.parametrize("shift", [1, 1000])
def test_an_opendocument_zip_whose_parts_stand_before_its_beginning_is_damaged(shift):
    data = bytearray(ods('<table:table table:name="表"/>'))
    data[-6:-2] = (int.from_bytes(data[-6:-2], "little") + shift).to_bytes(4, "little")
    with pytest.raises(DamagedFile):
        read_sheets(bytes(data), "a.ods")
