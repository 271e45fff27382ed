"""Word-processor files that LibreOffice turns into docx: found by their content, read like the docx they came from."""

from __future__ import annotations

import shutil

import pytest

from benchmarks.accuracy import converted as libreoffice
from jiheng.errors import ConverterMissing, DamagedFile, ProtectedFile
from jiheng.reading import read
from jiheng.reading.blocks import Blocks, Table
from jiheng.reading.formats.converted import read_converted
from tests.reading.formats.ooxml import cell, p, package, row, run, seen, table

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
SPAN, BEGINS, GOES_ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(twips: int) -> str:
    return f'<w:tcW w:w="{twips}" w:type="dxa"/>'


BODY = (
    p(run("项目绩效目标表"))
    + table(
        row(cell("项目名称", wide(2000)), cell("水表更换", wide(6000) + SPAN)),
        row(cell("产出指标", wide(2000) + BEGINS), cell("更换水表≥", wide(3000)), cell("500只", wide(3000))),
        row(cell("", wide(2000) + GOES_ON), cell("验收合格率", wide(3000)), cell("100%", wide(3000))),
        grid=(2000, 3000, 3000),
    )
    + p(run("说明：以上数据为年初预算。"))
)  # fmt: skip
TEXTS = [
    "项目绩效目标表",
    [["项目名称", "水表更换"], ["产出指标", "更换水表≥", "500只"], ["", "验收合格率", "100%"]],
    "说明：以上数据为年初预算。",
]
RTF = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0 \u39033?\u30446?\u21517?\u31216?\par}"


@pytest.fixture(scope="module")
def converted() -> dict[str, bytes]:
    """The same file in every format that LibreOffice writes."""
    source = package(
        BODY,
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        },
    )
    return {form: libreoffice.converted([source], ".docx", form)[0] for form in ("doc", "odt", "rtf")}


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("doc", "表.doc"), ("doc", "表.wps"), ("doc", "表.docx"), ("odt", "表.odt"), ("odt", "表.doc"),
        ("rtf", "表.rtf"), ("rtf", "表.doc"),
    ],
)  # fmt: skip
def test_what_libreoffice_turns_into_docx_reads_like_it(converted, form, name):
    reading = read(converted[form], name=name)
    assert isinstance(reading.blocks, Blocks)
    assert seen(reading.blocks) == TEXTS
    (found,) = [block for block in reading.blocks.blocks if isinstance(block, Table)]
    assert found.rows[0].cells[1].span == 2
    assert found.rows[1].cells[0].rows == 2
    assert any("LibreOffice" in warning.message for warning in reading.warnings)


@pytest.mark.parametrize("name", ["旧.doc", "旧.wps", "旧.rtf", "旧.odt"])
def test_without_libreoffice_it_says_what_to_install_or_hand_in(monkeypatch, name):
    monkeypatch.setenv("JIHENG_SOFFICE", "/nowhere/soffice")
    data = {"rtf": RTF, "odt": b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text"}.get(
        name.rpartition(".")[2],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
    )
    with pytest.raises(ConverterMissing) as caught:
        read(data, name=name)
    assert caught.value.place == name
    assert "LibreOffice" in caught.value.message
    assert "docx" in (caught.value.remedy or "")


PAGE = "<html><head><meta charset='utf-8'></head><body><p>网页存成的文档</p><table><tr><td>甲</td><td>乙</td></tr></table></body></html>"
ARCHIVE = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n"
    "Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + PAGE + "\r\n--b--\r\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "form", "texts"),
    [
        (package(BODY), "docx", TEXTS),
        (PAGE.encode(), "html", ["网页存成的文档", [["甲", "乙"]]]),
        (PAGE.replace("utf-8", "gb2312").encode("gb18030"), "html", ["网页存成的文档", [["甲", "乙"]]]),
        (ARCHIVE.encode(), "mht", ["网页存成的文档", [["甲", "乙"]]]),
    ],
    ids=["docx", "html", "gbk", "mhtml"],
)
@pytest.mark.parametrize("name", ["表.doc", "表.wps"])
def test_what_is_called_doc_is_read_as_what_it_is(monkeypatch, data, form, texts, name):
    monkeypatch.setenv("JIHENG_SOFFICE", "/nowhere/soffice")  # nothing here needs a conversion
    reading = read(data, name=name)
    assert reading.format == form
    assert seen(reading.blocks) == texts


@pytest.mark.parametrize("name", ["空壳.doc", "空壳.wps"])
def test_an_old_container_without_a_document_is_damaged(name):
    with pytest.raises(DamagedFile, match="Word"):
        read_converted(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name)


def test_an_encrypted_old_file_says_so():
    header = bytearray(b"\xec\xa5\xc1\x00" + bytes(600))
    header[11] |= 1
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + bytes(header) + "WordDocument".encode("utf-16-le")
    )
    with pytest.raises(ProtectedFile, match="密码"):
        read(data, name="密.doc")
