"""What a Word file holds beside its body, and the ways in which Word files are packed."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest
from openpyxl import Workbook
from PIL import Image

from jiheng.errors import DamagedFile
from jiheng.reading import read as read_file
from jiheng.reading.formats.docx import read_docx
from tests.reading.formats.ooxml import SPACES, cell, p, package, part, read, relations, row, run, seen, table

RELATIONS = "word/_rels/document.xml.rels"


def box(content: str, *, old: bool = False) -> str:
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>" if old else inner


def either(new: str, old: str) -> str:
    return f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (either(box(p(run("框"))), box(p(run("框")), old=True)), ["框", "外"]),
        (either("<w:drawing/>", box(p(run("框")), old=True)), ["框", "外"]),
        (either("", ""), ["外"]),
        (box(p(run("框")) + table(row(cell("一"), cell("二"))), old=True), ["框", [["一", "二"]], "外"]),
        (box(p("<w:r>" + box(p(run("里"))) + "</w:r>", run("框"))), ["框", "里", "外"]),
        ('<w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict>', ["艺术字", "外"]),
        ("<w:drawing><a:p><a:r><a:t>图形</a:t></a:r><a:r><a:t>里的字</a:t></a:r></a:p></w:drawing>", ["图形里的字", "外"]),
    ],
)  # fmt: skip
def test_text_boxes_and_drawings_are_read_once(content, texts):
    assert seen(read(p(f"<w:r>{content}</w:r>") + p(run("外")))) == texts


def test_an_alternative_may_hold_whole_paragraphs():
    assert seen(read(either(p(run("甲")), p(run("乙"))) + p(run("丙")))) == ["甲", "丙"]


def test_a_text_box_in_a_cell_follows_its_table():
    body = table(row(cell(content=p(f"<w:r>{box(p(run('框')))}</w:r>", run("外"))), cell("旁")))
    assert seen(read(body)) == [[["外", "旁"]], "框"]


def test_notes_headers_and_footers_come_last_each_once():
    two = part(
        "hdr",
        table(row(cell("单位"), cell("页眉")))
        + p("<w:r>" + either(box(p(run("印章"))), box(p(run("印章")), old=True)) + "</w:r>"),
    )
    parts = {
        "word/footnotes.xml": part("footnotes", f'<w:footnote w:id="1" w:type="separator">{p("<w:r><w:separator/></w:r>")}</w:footnote><w:footnote w:id="2">{p(run("含上年"), run("结转"))}</w:footnote>'),
        "word/endnotes.xml": part("endnotes", f"<w:endnote>{p(run('尾注'))}</w:endnote>"),
        "word/comments.xml": part("comments", f'<w:comment w:author="某">{p(run("批注"))}</w:comment>'),
        "word/header1.xml": two,
        "word/header2.xml": two,
        "word/footer1.xml": part("ftr", p(run("第1页"))),
    }  # fmt: skip
    found = seen(read(p(run("正文"), '<w:r><w:footnoteReference w:id="2"/></w:r>'), parts))
    assert found == [
        "正文", ("note", "含上年结转"), ("note", "尾注"), ("note", "批注"),
        ("furniture", "单位"), ("furniture", "页眉"), ("furniture", "印章"), ("furniture", "第1页"),
    ]  # fmt: skip


def test_charts_and_diagrams_say_what_is_written_in_them():
    body = p(
        '<w:r><w:drawing><c:chart r:id="c"/></w:drawing></w:r>',
        '<w:r><w:drawing><dgm:relIds r:dm="d"/></w:drawing></w:r>',
    )
    parts = {
        RELATIONS: relations(c="chart:charts/chart1.xml", d="diagramData:diagrams/data1.xml"),
        "word/charts/chart1.xml": f"<c:chartSpace {SPACES}><a:t>支出结构</a:t><c:v>基本支出</c:v><c:v>735.37</c:v></c:chartSpace>",
        "word/diagrams/data1.xml": f"<dgm:dataModel {SPACES}><a:p><a:r><a:t>办公室</a:t></a:r></a:p><a:p><a:r><a:t>财务科</a:t></a:r></a:p></dgm:dataModel>",
    }  # fmt: skip
    assert seen(read(body, parts)) == [("note", "支出结构 基本支出 735.37"), "办公室", "财务科"]


def workbook() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    for values in (["科目", "金额", "备注"], ["教育支出", "12.50", "年初"]):
        book.active.append(values)
    book.save(buffer)
    return buffer.getvalue()


def test_an_embedded_sheet_is_read_where_it_stands():
    body = (
        p(run("前"))
        + p(
            '<w:r><w:object><v:imagedata r:id="i"/><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r>'
        )
        + p(run("后"))
    )
    parts = {
        RELATIONS: relations(x="package:embeddings/Sheet1.xlsx", i="image:media/image1.emf"),
        "word/embeddings/Sheet1.xlsx": workbook(),
    }
    found = read(body, parts)
    assert seen(found) == [
        "前",
        ("furniture", "Sheet"),
        [["科目", "金额", "备注"], ["教育支出", "12.50", "年初"]],
        "后",
    ]
    assert "嵌入的表格" in "".join(found.warnings)


@pytest.mark.parametrize(
    ("program", "target", "said"),
    [
        ("Equation.3", "embeddings/oleObject1.bin", "1 个公式"),
        ("Visio.Drawing.15", "embeddings/oleObject1.bin", "Visio.Drawing.15"),
        ("Excel.Sheet.12", "embeddings/Sheet1.xlsx", "嵌入的表格没有读取"),
        ("Excel.Sheet.12", "../../outside.xlsx", "嵌入的表格没有读取"),
    ],
)
def test_an_object_that_cannot_be_read_is_mentioned(program, target, said):
    body = p(f'<w:r><w:object><o:OLEObject ProgID="{program}" r:id="x"/></w:object></w:r>', run("正文"))
    parts = {
        RELATIONS: relations(x=f"oleObject:{target}"),
        "word/embeddings/Sheet1.xlsx": b"PK\x03\x04broken",
    }
    found = read(body, parts)
    assert seen(found) == ["正文"]
    assert said in "".join(found.warnings)


@pytest.mark.parametrize(
    ("target", "content", "texts"),
    [
        ("a.htm", "<html><body><p>网页里</p></body></html>", ["网页里"]),
        ("a.docx", package(p(run("文件里")) + table(row(cell("一"), cell("二")))), ["文件里", [["一", "二"]]]),
        ("a.txt", "纯文本".encode("gb18030"), ["纯文本"]),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>\xe5\xad\x98\xe6\xa1\xa3</p></body></html>\r\n--b--\r\n", ["存档"]),
    ],
)  # fmt: skip
def test_a_file_pasted_whole_is_read_where_it_stands(target, content, texts):
    body = p(run("前")) + '<w:altChunk r:id="k"/>' + p(run("后"))
    found = read(body, {RELATIONS: relations(k=f"aFChunk:{target}"), f"word/{target}": content})
    assert seen(found) == ["前", *texts, "后"]
    assert "插入的文件" in "".join(found.warnings)


def test_files_that_hold_themselves_end():
    inner = package('<w:altChunk r:id="k"/>' + p(run("底")), {RELATIONS: relations(k="aFChunk:none.docx")})
    for _ in range(6):
        inner = package(
            p(run("层")) + '<w:altChunk r:id="k"/>',
            {RELATIONS: relations(k="aFChunk:a.docx"), "word/a.docx": inner},
        )
    assert seen(read_docx(inner, "套.docx")) == ["层"] * 4


def picture(width: int, height: int) -> bytes:
    import numpy as np

    noise = np.random.default_rng(1).integers(0, 255, (height, width), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_picture_beside_text_is_mentioned():
    body = p(run("这份文件里除了一幅图片之外还有足够多的文字，所以不是贴进来的扫描件。")) + p(
        '<w:r><w:drawing><a:blip r:embed="i"/></w:drawing></w:r>'
    )
    parts = {RELATIONS: relations(i="image:media/image1.png"), "word/media/image1.png": picture(600, 200)}
    assert "1 幅图片" in "".join(read(body, parts).warnings)


STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
BODY = p(run("名称"), style="1") + table(
    row(cell("甲", '<w:gridSpan w:val="2"/>')), row(cell("乙"), cell("丙"))
)
STYLES = part("styles", '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>')
SEEN = [("heading", "名称"), [["甲"], ["乙", "丙"]]]


def test_a_strict_file_reads_the_same():
    buffer = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(package(BODY, {"word/styles.xml": STYLES})))
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            text = source.read(name).decode()
            for ours, strict in STRICT.items():
                text = text.replace(ours, strict)
            archive.writestr(name, text)
    assert seen(read_docx(buffer.getvalue(), "严.docx")) == SEEN


def test_the_body_is_where_the_relations_say():
    parts = {
        "_rels/.rels": relations(r="officeDocument:/word/document2.xml"),
        "word/_rels/document2.xml.rels": relations(s="styles:styles2.xml"),
        "word/styles2.xml": STYLES,
    }
    assert seen(read_docx(package(BODY, parts, main="word/document2.xml"), "文.docx")) == SEEN
    assert (
        seen(read_docx(package(BODY, {"word/styles.xml": STYLES}, main="word/document9.xml"), "文.docx"))
        == SEEN
    )


@pytest.mark.parametrize("name", ["文.docx", "文.docm", "文.dotx"])
def test_templates_and_macro_files_read_the_same(name):
    found = read_docx(package(BODY, {"word/styles.xml": STYLES, "word/vbaProject.bin": b"x"}), name)
    assert seen(found) == SEEN
    assert "宏没有运行" in found.warnings[0]


def test_broken_parts_beside_the_body_do_not_cost_the_body():
    parts = dict.fromkeys(
        ("word/styles.xml", "word/numbering.xml", "word/header1.xml", RELATIONS, "_rels/.rels"), "<broken"
    )
    found = read(BODY, parts)
    assert seen(found) == ["名称", SEEN[1]]
    assert "已损坏" in "".join(found.warnings)


def flat(parts: dict[str, str]) -> bytes:
    inner = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'
        for name, content in parts.items()
    )
    picture = f'<pkg:part pkg:name="/word/media/image1.png"><pkg:binaryData>{base64.b64encode(b"x").decode()}</pkg:binaryData></pkg:part>'
    return f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inner}{picture}</pkg:package>'.encode()


@pytest.mark.parametrize("name", ["文.xml", "文.doc", "文.docx"])
def test_a_flat_file_is_known_by_its_content(name):
    data = flat(
        {
            "_rels/.rels": relations(r="officeDocument:word/document.xml"),
            "word/document.xml": part("document", f"<w:body>{BODY}</w:body>"),
            "word/styles.xml": STYLES,
        }
    )
    reading = read_file(data, name=name)
    assert reading.format == "docx"
    assert seen(reading.blocks) == SEEN


OLD = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">'
    '<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles><w:body><wx:sect><wx:sub-section>'
    '<w:p><w:pPr><w:pStyle w:val="1"/><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr></w:pPr><w:r><w:t>总体目标</w:t></w:r></w:p>'
    '<w:p><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>旧</w:delText></w:r></aml:content></aml:annotation>'
    '<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>新</w:t></w:r></aml:content></aml:annotation></w:p>'
    '<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>产出</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>'
    '<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    "</wx:sub-section></wx:sect></w:body></w:wordDocument>"
)  # fmt: skip


@pytest.mark.parametrize("name", ["文.xml", "文.doc"])
def test_word_2003_xml_reads_like_a_docx(name):
    reading = read_file(OLD.encode(), name=name)
    assert seen(reading.blocks) == [
        ("heading", "一、总体目标"),
        "新",
        ("deleted", "旧"),
        [["产出", "1"], ["", "2"]],
    ]
    assert reading.blocks.blocks[-1].rows[0].cells[0].rows == 2


def test_xml_of_word_with_a_document_type_is_refused():
    with pytest.raises(DamagedFile):
        read_file(
            OLD.replace("<w:wordDocument", '<!DOCTYPE x [<!ENTITY e "e">]><w:wordDocument', 1).encode(),
            name="文.xml",
        )
