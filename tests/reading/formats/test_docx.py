"""Word files: what stands on the page is read, what does not is left out."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from jiheng.reading.blocks import Paragraph, Table
from jiheng.reading.formats.docx import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


SPAN = '<w:gridSpan w:val="2"/>'
BEGINS = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"


def package(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def blocks(body: str):
    return read_docx(package(body), "文.docx").blocks


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            f"<w:p>{run('一')}<w:ins>{run('二')}</w:ins><w:del><w:r><w:delText>三</w:delText></w:r></w:del></w:p>",
            "一二",
        ),
        (f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{run('7')}</w:p>", "7"),
        (f"<w:p><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt></w:p>", "控件"),
        (f"<w:sdt><w:sdtContent><w:p>{run('块')}</w:p></w:sdtContent></w:sdt>", "块"),
        (f'<w:p><w:bookmarkStart w:id="0" w:name="x"/>{run("书签")}<w:bookmarkEnd w:id="0"/></w:p>', "书签"),
        (f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>", "链接"),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", "甲\t乙"),
        (f"<w:p><w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo></w:p>", "新"),
    ],
)
def test_what_word_shows_is_the_text(body, text):
    found = [block for block in blocks(body) if block.style != "deleted"]
    assert [block.text for block in found] == [text]


def test_deleted_text_is_listed_and_not_read():
    body = f"<w:p>{run('一')}<w:del><w:r><w:delText>三</w:delText></w:r></w:del></w:p>"
    assert [(block.text, block.style) for block in blocks(body)] == [("一", ""), ("三", "deleted")]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent>"
    body = f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert [block.text for block in blocks(body)] == ["框"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def test_cells_stand_on_the_grid():
    rows = (
        f"<w:tr>{cell('甲', SPAN)}{cell('乙')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("丙")}{cell("丁")}</w:tr>'
    )
    (table,) = blocks(f"<w:tbl>{rows}</w:tbl>")
    assert [(c.text, c.column, c.span) for row in table.rows for c in row.cells] == [
        ("甲", 0, 2), ("乙", 2, 1), ("丙", 1, 1), ("丁", 2, 1),
    ]  # fmt: skip
    assert table.rows[0].at(1).text == "甲"
    assert table.rows[1].cells[0].place.column == 2


def test_a_vertical_merge_is_continued_by_an_empty_cell():
    rows = (
        f"<w:tr>{cell('产出', BEGINS)}</w:tr><w:tr>{cell('残留', GOES_ON)}</w:tr>"
        f"<w:tr>{cell('效益', BEGINS)}</w:tr>"
    )
    table, hidden = blocks(f"<w:tbl>{rows}</w:tbl>")
    assert [row.cells[0].text for row in table.rows] == ["产出", "", "效益"]
    assert (hidden.style, hidden.text) == ("hidden", "残留")


def test_a_nested_table_follows_the_one_around_it():
    inner = f"<w:tbl><w:tr>{cell('里')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p>{run('外')}</w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    first, second = blocks(outer)
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert first.rows[0].cells[0].text == "外"
    assert second.rows[0].cells[0].text == "里"


def test_styles_are_known_by_their_names(tmp_path):
    document = docx.Document()
    document.add_heading("一、总体绩效目标", level=1)
    document.add_paragraph("正文")
    path = tmp_path / "文.docx"
    document.save(path)
    found = [
        block for block in read_docx(path.read_bytes(), path.name).blocks if isinstance(block, Paragraph)
    ]
    assert [block.style for block in found] == ["heading", ""]
