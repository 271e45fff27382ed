"""Worksheets: what is a caption and what a table, where things stand, what is merged or hidden."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from jiheng.reading.blocks import Paragraph, Table
from jiheng.reading.formats.sheets import read_sheets
from tests.reading.formats.workbooks import FRAME, one_sheet, paragraphs, saved, tables, with_parts


def test_title_and_unit_are_paragraphs_and_merged_cells_cover_their_columns():
    book = one_sheet(
        ["甲县项目支出表"], ["单位：万元"], ["名称", "金额", None], [None, "上年", "本年"], ["水表", 1, 2]
    )
    for area in ("A1:C1", "A2:C2", "A3:A4", "B3:C3"):
        book.active.merge_cells(area)
    blocks = read_sheets(saved(book), "a.xlsx")
    assert paragraphs(blocks) == ["甲县项目支出表", "单位：万元"]
    (table,) = [block for block in blocks.blocks if isinstance(block, Table)]
    assert [[(cell.text, cell.column, cell.span, cell.rows) for cell in row.cells] for row in table.rows] == [
        [("名称", 0, 1, 2), ("金额", 1, 2, 1)],
        [("", 0, 1, 1), ("上年", 1, 1, 1), ("本年", 2, 1, 1)],
        [("水表", 0, 1, 1), ("1", 1, 1, 1), ("2", 2, 1, 1)],
    ]
    assert str(table.rows[2].cells[2].place) == "工作表“Sheet” 表1 第5行 第3列"


def test_places_are_those_of_the_sheet_where_rows_and_columns_are_empty():
    book = Workbook()
    book.active["C5"], book.active["F5"], book.active["C9"], book.active["F9"] = "甲", "乙", "丙", "丁"
    (table,) = [block for block in read_sheets(saved(book), "a.xlsx").blocks if isinstance(block, Table)]
    assert [(cell.column, cell.place.row, cell.place.column) for row in table.rows for cell in row.cells] == [
        (0, 5, 3), (1, 5, 6), (0, 9, 3), (1, 9, 6),
    ]  # fmt: skip


def test_a_caption_below_a_gap_begins_another_table():
    rows = [["收入表"], ["项目", "数"], ["甲", 1], [], ["支出表（2024年）"], ["项目", "数"], ["乙", 2]]
    blocks = read_sheets(saved(one_sheet(*rows)), "a.xlsx")
    assert tables(blocks) == [[["项目", "数"], ["甲", "1"]], [["项目", "数"], ["乙", "2"]]]
    assert paragraphs(blocks) == ["收入表", "支出表（2024年）"]


def test_a_blank_row_alone_does_not_part_a_table():
    rows = [["项目", "数"], ["甲", 1], [], ["其他需要说明的问题"], ["乙", 2]]
    assert len(tables(read_sheets(saved(one_sheet(*rows)), "a.xlsx"))) == 1


def test_a_framed_line_over_the_whole_width_is_a_row_and_an_unframed_one_a_caption():
    rows = [["项目", "数"], ["一、基本情况"], ["甲", 1]]
    book = one_sheet(*rows)
    book.active.merge_cells("A2:B2")
    assert len(tables(read_sheets(saved(book), "a.xlsx"))) == 2
    for row in book.active["A1:B3"]:
        for cell in row:
            cell.border = FRAME
    assert tables(read_sheets(saved(book), "a.xlsx")) == [[["项目", "数"], ["一、基本情况"], ["甲", "1"]]]


def test_a_remark_below_the_table_is_a_paragraph_and_a_last_row_is_not():
    blocks = read_sheets(saved(one_sheet(["项目", "数"], ["甲", 1], ["注：含上年结转。"])), "a.xlsx")
    assert paragraphs(blocks) == ["注：含上年结转。"]
    blocks = read_sheets(saved(one_sheet(["项目", "数"], ["甲", 1], ["其他需要说明的问题"])), "a.xlsx")
    assert tables(blocks)[0][-1] == ["其他需要说明的问题", ""]


def test_what_a_merged_range_covers_is_left_over_with_a_warning():
    book = Workbook()
    book.active.append(["甲", "乙", "丙"])
    book.active.append(["1", "2", "3"])
    data = saved(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    data = with_parts(data, xl__worksheets__sheet1=sheet.replace("</sheetData>", f"</sheetData>{merged}"))
    blocks = read_sheets(data, "a.xlsx")
    assert tables(blocks) == [[["甲", "丙"], ["1", "2", "3"]]]
    assert "乙" in paragraphs(blocks, "furniture")
    assert any("单元格 B1 被合并单元格遮住" in warning for warning in blocks.warnings)


def test_sheets_are_headings_and_empty_ones_are_not():
    book = Workbook()
    book.active.title = "表一"
    book.active.append(["甲", "乙"])
    book.create_sheet("Sheet2")
    blocks = read_sheets(saved(book), "a.xlsx")
    assert paragraphs(blocks, "heading") == ["表一"]
    assert paragraphs(blocks, "furniture") == ["Sheet2"]


def test_what_is_hidden_is_read_and_named():
    book = one_sheet(["甲", "乙", "丙"], [1, 2, 3])
    book.active.title = "表"
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    other = book.create_sheet("底稿")
    other.append(["草", "稿"])
    other.sheet_state = "veryHidden"
    blocks = read_sheets(saved(book), "a.xlsx")
    assert tables(blocks) == [[["甲", "乙", "丙"], ["1", "2", "3"]], [["草", "稿"]]]
    assert blocks.warnings == (
        "工作表“表”隐藏了第 2 行，也已读取，请核对。",
        "工作表“表”隐藏了第 B 列，也已读取，请核对。",
        "工作表“底稿”是隐藏的，也已读取，请核对是否应当公开。",
    )


def test_notes_boxes_and_pictures():
    book = one_sheet(["甲", "乙"], [1, 2])
    book.active["B2"].comment = Comment("请核对", "某人")
    drawing = (
        '<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="urn:a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>填表</a:t></a:r><a:r><a:t>说明'
        "</a:t></a:r></a:p><a:p><a:r><a:t>第二行</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:pic/></xdr:wsDr>"
    )
    data = saved(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = "xl/worksheets/_rels/sheet1.xml.rels"
        relations = archive.read(part).decode()
    added = '<Relationship Id="d" Type="http://x/relationships/drawing" Target="../drawings/d.xml"/></Relationships>'
    data = with_parts(data, xl__drawings__d=drawing)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            changed = relations.replace("</Relationships>", added).encode()
            new.writestr(name, changed if name == part else old.read(name))
    blocks = read_sheets(buffer.getvalue(), "a.xlsx")
    assert paragraphs(blocks) == ["填表说明\n第二行"]
    (note,) = [block for block in blocks.blocks if isinstance(block, Paragraph) and block.style == "note"]
    assert (note.text, note.place.row, note.place.column) == ("请核对", 2, 2)
    assert any("1 张图片" in warning for warning in blocks.warnings)


def test_page_headers_and_footers_are_furniture():
    book = one_sheet(["甲", "乙"], [1, 2])
    book.active.oddHeader.left.text, book.active.oddHeader.left.size = "附件1", 12
    book.active.oddHeader.right.text = "单位：万元 R&&D"
    book.active.oddFooter.center.text = "第 &P 页，共 &N 页"
    blocks = read_sheets(saved(book), "a.xlsx")
    assert paragraphs(blocks, "furniture") == ["Sheet", "附件1", "单位：万元 R&D"]


@st.composite
def grids(draw):
    """Texts on a grid, and merged ranges (top, left, bottom, right) that do not overlap."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    cell = st.text(alphabet="甲乙丙1２3.%≥、 ab<&\n\t'\"=", max_size=6).filter(
        lambda text: text == text.strip()
    )
    texts = [[draw(cell) for _ in range(width)] for _ in range(height)]
    taken: set[tuple[int, int]] = set()
    merged = []
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, height - 1)), draw(st.integers(left, width - 1))
        area = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            merged.append((top, left, bottom, right))
    for top, left, bottom, right in merged:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    texts[row][column] = ""
    return texts, merged


@settings(max_examples=60, deadline=None)
@given(grids())
def test_every_text_of_any_grid_is_read_at_its_place(grid):
    texts, merged = grid
    book = Workbook()
    for row, line in enumerate(texts, 1):
        for column, text in enumerate(line, 1):
            if text:
                cell = book.active.cell(row, column, text)
                cell.data_type = "s"
                cell.border = FRAME
    for top, left, bottom, right in merged:
        book.active.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    blocks = read_sheets(saved(book), "a.xlsx")
    found = {
        (place.row, place.column): text
        for text, place in blocks.texts()
        if text and place.row is not None and place.column is not None
    }
    assert found == {
        (row, column): text
        for row, line in enumerate(texts, 1)
        for column, text in enumerate(line, 1)
        if text
    }
    for block in blocks.blocks:
        if isinstance(block, Table):
            ends = {sum(cell.span for cell in row.cells) for row in block.rows}
            assert len(ends) == 1  # every row fills the grid
            for row in block.rows:
                at = 0
                for cell in row.cells:
                    assert cell.column == at
                    at += cell.span
