"""Saved pages of government sites: the document beside menus, its tables, hidden texts, attachments, archives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.errors import DamagedFile, FileTooLarge, ReadingError
from jiheng.reading import read
from jiheng.reading.blocks import Blocks, Paragraph, Table
from jiheng.reading.formats.html import read_html
from tests.reading.formats.workbooks import paragraphs, tables

PAGE = """<!DOCTYPE html><html><head><meta charset="{0}"><title>甲县财政局</title></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="dqwz">当前位置：首页 &gt; 预决算公开</div>
<div class="article-header"><h1>甲县2024年部门预算公开</h1></div>
<div id="zoom"><p>一、部门概况</p><p>单位：&nbsp;&nbsp;万元</p>
<table border="1"><caption>收支总表</caption><tr><td rowspan="2">项目<td colspan="2">金&nbsp;额</tr>
<tr><td>上年</td><td>本年</td></tr><tr><td><p>水表</p><p>更换</p></td><td>&nbsp;</td><td><span>16</span>.80</td></tr></table>
<div>表外<span>一行</span>字<br>第二行</div></div>
<div class="footer">主办单位：甲县财政局</div></body></html>"""


def page(body: str) -> Blocks:
    return read_html(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode(), "a.html")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),
        ("gb18030", "gb18030"),
        ("gb18030", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-8"),
        ("utf-16-be", "unicode"),
        ("utf-8-sig", "gbk"),
    ],
)
def test_the_document_beside_the_site_in_any_encoding(encoding, declared):
    blocks = read(PAGE.format(declared).encode(encoding), name="公开.html").blocks
    assert blocks is not None
    assert paragraphs(blocks, "title") == ["甲县2024年部门预算公开"]
    assert paragraphs(blocks) == ["一、部门概况", "单位： 万元", "收支总表", "表外一行字", "第二行"]
    assert tables(blocks) == [[["项目", "金 额"], ["", "上年", "本年"], ["水表\n更换", "", "16.80"]]]
    furniture = ["甲县财政局", "首页", "政务公开", "当前位置：首页 > 预决算公开", "主办单位：甲县财政局"]
    assert paragraphs(blocks, "furniture") == furniture


def test_a_page_of_another_encoding_that_says_so():
    text = "<html><meta charset=big5><p>預算績效目標：更換水錶</p></html>"
    blocks = read_html(text.encode("big5"), "a.html")
    assert blocks.encoding == "big5"
    assert paragraphs(blocks) == ["預算績效目標：更換水錶"]


def test_a_page_with_a_broken_character_is_read_and_says_so():
    data = bytearray(
        "<meta charset=gb2312><p>{}</p>".format("甲县部门预算绩效目标表。" * 30).encode("gb18030")
    )
    data[40] = 0xFF
    blocks = read_html(bytes(data), "a.html")
    assert "绩效目标表" in paragraphs(blocks)[0]
    assert "1 个字符无法识别" in blocks.warnings[0]


def test_spans_stand_on_a_grid():
    blocks = page(
        "<table><tr><td rowspan=3>甲<td colspan=2>乙<td rowspan=2>丙</tr><tr><td>丁<td>戊</tr>"
        "<tr><td colspan=9>己</tr></table>"
    )
    (table,) = [block for block in blocks.blocks if isinstance(block, Table)]
    assert [[(cell.text, cell.column, cell.span, cell.rows) for cell in row.cells] for row in table.rows] == [
        [("甲", 0, 1, 3), ("乙", 1, 2, 1), ("丙", 3, 1, 2)],
        [("", 0, 1, 1), ("丁", 1, 1, 1), ("戊", 2, 1, 1), ("", 3, 1, 1)],
        [("", 0, 1, 1), ("己", 1, 9, 1)],
    ]
    assert str(table.rows[1].cells[1].place) == "表1 第2行 第2列"


@pytest.mark.parametrize("rowspan", ["0", "99", "-1", "x", "２"])
def test_spans_beyond_the_table_or_none_at_all(rowspan):
    blocks = page(f"<table><tr><td rowspan='{rowspan}'>甲<td>乙</tr><tr><td>丙<td>丁</tr></table>")
    first = tables(blocks)[0]
    assert first[0] == ["甲", "乙"]
    assert [text for text in first[1] if text] == ["丙", "丁"]


def test_tables_that_arrange_the_page_are_not_tables():
    blocks = page(
        "<table><tr><td><table><tr><td>左栏</td></tr></table></td><td><table><tr><td>标题一行</td></tr><tr><td>"
        "<table><tr><td>项目</td><td>金额</td></tr><tr><td>水表</td><td>1.00</td></tr></table></td></tr></table>"
        "文后</td></tr></table>"
    )
    assert tables(blocks) == [[["项目", "金额"], ["水表", "1.00"]]]
    assert paragraphs(blocks) == ["左栏", "标题一行", "文后"]


def test_a_document_inside_an_element_named_as_part_of_the_site_is_read():
    text = "部门预算绩效目标。" * 100
    blocks = page(f"<div class='wz'><p>{text}</p><table><tr><td>项目<td>金额<tr><td>水表<td>1</table></div>")
    assert paragraphs(blocks) == [text]
    assert tables(blocks) == [[["项目", "金额"], ["水表", "1"]]]
    # a long menu is still a menu
    blocks = page("<div class='menu'>" + "<a href='/'>部门预算公开</a>" * 200 + "</div>")
    assert paragraphs(blocks) == []


def test_hidden_texts_are_left_over_and_not_lost():
    blocks = page(
        "<p>看得见<span style='display:none'>看不见</span>的字</p><div hidden>草稿</div>"
        "<table><tr><td>项目<td>金额</tr><tr style='DISPLAY : none'><td>隐行<td>1</tr>"
        "<tr><td>水表<span style='visibility:hidden'>隐格</span></td><td style='display:none'>隐列</td><td>2</td></tr></table>"
    )
    assert tables(blocks) == [[["项目", "金额"], ["水表", "2"]]]
    assert paragraphs(blocks, "furniture") == ["看不见", "草稿", "隐行1", "隐列", "隐格"]
    assert "".join(paragraphs(blocks)) == "看得见的字"


def test_comments_scripts_and_invisible_characters_are_no_text():
    blocks = page(
        "<p>甲<!-- 注 -->县<script>var x='脚本'</script>\u200b财政\ufeff局<o:p></o:p></p>"
        "<table><tr><td>项<!--[if gte mso 9]><xml>物</xml><![endif]-->目<td>\u200b</tr></table>"
    )
    assert paragraphs(blocks) == ["甲县财政局"]
    assert tables(blocks) == [[["项目", ""]]]


def test_what_fields_of_a_form_show():
    blocks = page(
        "<table><tr><td>金额<td><input value='16.80'><input type=hidden value='密'></tr><tr><td>单位<td><select><option>元"
        "<option selected>万元</select></tr><tr><td>是否<td><input type=checkbox checked>是<input type=radio>否</tr>"
        "<tr><td>说明<td><textarea>一行\n二行</textarea></tr></table>"
    )
    assert tables(blocks) == [
        [["金额", "16.80"], ["单位", "万元"], ["是否", "☑是□否"], ["说明", "一行 二行"]]
    ]


def test_attachments_are_named():
    blocks = page(
        "<p><a href='/W020240101.docx'>甲县预算公开说明</a><a href='P02024.pdf?x=1'>点击下载</a></p>"
        "<table><tr><td>1<td><a href='/down.jsp?filename=%E9%99%84%E8%A1%A8.xls&amp;id=3'>附件</a></tr></table>"
        "<iframe src='/pdf/js/view.html?file=/a/决算.PDF'></iframe><a href='/a.html'>别处</a>"
    )
    assert [warning.split("”")[0].split("“")[1] for warning in blocks.warnings] == [
        "甲县预算公开说明", "P02024.pdf", "附表.xls", "决算.PDF",
    ]  # fmt: skip


def test_a_page_that_is_a_scan_says_so():
    assert any("图片" in warning for warning in page("<img src='a.jpg' width=800><p>预算公开</p>").warnings)
    assert not page("<img src='a.gif' width=16><p>预算公开</p>").warnings


def test_a_page_of_frames_says_that_its_content_is_elsewhere():
    blocks = read_html(
        b"<html><frameset rows='1,*'><frame src='a.files/sheet001.htm'></frameset></html>", "a.xls"
    )
    assert "别的文件里" in blocks.warnings[0]


# --- archives ---


def archive(*parts: tuple[str, str, bytes], encoding: str = "base64") -> bytes:
    from base64 import encodebytes
    from quopri import encodestring

    encode = encodebytes if encoding == "base64" else encodestring
    head = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_b"\r\n\r\n'
    body = b"".join(
        f"--=_b\r\nContent-Type: {kind}{charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + encode(content) + b"\r\n"
        for kind, charset, content in parts
    )  # fmt: skip
    return head + body + b"--=_b--\r\n"


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("big5", "big5")]
)
def test_the_page_in_a_web_archive(transfer, charset, encoding):
    content = "<html><p>支出表</p><table><tr><td>部門<td>元</tr></table></html>".encode(encoding)
    data = archive(
        ("image/png", "", b"\x89PNG"), ("text/html", f"; charset={charset}", content), encoding=transfer
    )
    for name in ("a.mht", "a.mhtml", "a.doc"):
        blocks = read(data, name=name).blocks
        assert blocks is not None
        assert (paragraphs(blocks), tables(blocks)) == (["支出表"], [[["部門", "元"]]])


def test_every_sheet_of_a_workbook_saved_as_a_web_archive():
    sheets = [f"<table><tr><td>表{number}<td>{number}</table>".encode() for number in (1, 2)]
    frames = b"<html><frameset><frame src=s1><frame src=s2></frameset></html>"
    blocks = read_html(
        archive(*(("text/html", "; charset=utf-8", content) for content in (frames, *sheets))), "a.mht"
    )
    assert tables(blocks) == [[["表1", "1"]], [["表2", "2"]]]
    assert [block.place.table for block in blocks.blocks if isinstance(block, Table)] == [1, 2]


@pytest.mark.parametrize("data", [b"MIME-Version: 1.0\r\n\r\n", archive(("image/png", "", b"x")), archive()])
def test_a_web_archive_without_a_page_is_damaged(data):
    with pytest.raises(DamagedFile):
        read_html(data, "a.mht")


def test_an_archive_of_archives_without_end_is_bounded():
    data = b"".join(b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" for _ in range(5000))
    with pytest.raises(DamagedFile):
        read_html(data, "a.mht")


# --- pages that mean harm ---


def test_tables_of_any_claimed_size_are_bounded():
    wide = (
        "<table>" + "<tr>" + "<td colspan=1000 rowspan=1000000>甲" * 50 + "</tr>" * 2 + "<tr><td>乙</table>"
    )
    assert tables(page(wide))[0][0] == ["甲"] * 50
    with pytest.raises(FileTooLarge):
        page("<table><tr>" + "<td>甲" * 2001 + "</table>")
    with pytest.raises(FileTooLarge):
        page("<table><tr>" + "<td rowspan=0>甲" * 1000 + "</tr>" + "<tr><td>乙</tr>" * 1000 + "</table>")


def test_tags_that_are_never_closed():
    nested = "<p>" + "".join(f"<font size=2><span>第{number}字" for number in range(3000))
    text = "".join(paragraphs(page(nested + "<table><tr><td>项目<td>金额</table>")))
    assert all(f"第{number}字" in text for number in (0, 1500, 2999))
    with pytest.raises(FileTooLarge):
        page("<div>" * 5000 + "甲")


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<!-- -->", b"<html><body></body></html>", b"<table></table>"]
)
def test_a_page_without_a_text_is_empty_or_damaged(data):
    try:
        assert read_html(data, "a.html").blocks == ()
    except ReadingError as error:
        assert error.remedy


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=2 colspan=3>", "<td style='display:none'>", "甲", "&nbsp;", "乙",
     "<p>", "</p>", "<br>", "<div class=nav>", "</div>", "<!--", "-->", "<h1>", "<input value=丙>", "<select><option>丁", "<caption>"]
), max_size=40))  # fmt: skip
def test_whatever_is_shown_stands_somewhere_and_rows_stand_on_a_grid(pieces):
    from lxml import etree, html

    source = "<html><body>" + "".join(pieces) + "</body></html>"
    try:
        blocks = read_html(source.encode(), "a.html")
    except DamagedFile:
        return
    body = html.document_fromstring(source, parser=html.HTMLParser()).find("body")
    expected = "" if body is None else "".join(body.itertext(tag=etree.Element))
    found = "".join(text for text, _ in blocks.texts())
    for letter in "甲乙":
        assert found.count(letter) == expected.count(letter)
    for block in blocks.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                at = 0
                for cell in row.cells:
                    assert cell.column >= at
                    at = cell.column + cell.span
        else:
            assert isinstance(block, Paragraph) and block.text
