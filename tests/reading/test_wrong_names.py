"""Files under wrong names, with macros, with passwords, cut off: read as what they are, or refused with what to do."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from fuzz.corpus import SEEDS
from jiheng.errors import JihengError, ProtectedFile, ReadingError, UnsupportedFormat
from jiheng.reading import read
from jiheng.writing import write
from tests.reading.formats.old_excel import OldSheet, old_excel
from tests.writing.builders import document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENTS = {suffix: make()[0] for suffix, make in SEEDS.items() if suffix not in (".doc", ".rtf")}
BY_CONTENT = [".json", ".docx", ".xlsx", ".xlsb", ".ods", ".html", ".pdf", ".ofd", ".zip"]
"""Formats that tell themselves by what they begin with, or by the parts inside."""
NAMES = [".docx", ".xlsx", ".pdf", ".txt", ".zip", ".html", ".png", ".ofd", ".doc", ".xls", ".wps", ""]


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("called", NAMES)
@pytest.mark.parametrize("suffix", BY_CONTENT)
def test_the_content_counts_and_not_the_name(suffix, called):
    rightly = read(CONTENTS[suffix], name=f"预算{suffix}")
    wrongly = read(CONTENTS[suffix], name=f"预算{called}")
    assert wrongly.documents == rightly.documents
    assert wrongly.format[:3] == rightly.format[:3]  # xlsb is a kind of xlsx
    if rightly.blocks is not None:
        assert wrongly.blocks is not None
        assert list(wrongly.blocks.texts()) == list(rightly.blocks.texts())


@pytest.mark.parametrize("called", [".docx", ".pdf", ".txt", ".zip"])
def test_a_picture_under_another_name_is_a_picture(called):
    assert read(CONTENTS[".png"], name=f"扫描{called}").format == "png"


@pytest.mark.parametrize("name", ["说明.exe", "说明.dll", "影片.mp4", "图.svg.exe", "说明"])
def test_programs_and_films_are_refused(name):
    with pytest.raises(UnsupportedFormat) as caught:
        read(b"MZ\x90\x00" + bytes(range(256)) * 8, name=name)
    assert caught.value.remedy


@pytest.mark.parametrize(("suffix", "part"), [("docm", "word/vbaProject.bin"), ("xlsm", "xl/vbaProject.bin")])
def test_macros_are_left_alone_and_told(suffix, part):
    form = {"docm": "docx", "xlsm": "xlsx"}[suffix]
    for name in (f"带宏.{suffix}", f"带宏.{form}"):
        reading = read(with_part(CONTENTS[f".{form}"], part, OLE + b"Auto_Open"), name=name)
        assert reading.documents
        assert any("宏没有运行" in warning.message for warning in reading.warnings)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".doc", ".xls"])
def test_an_encrypted_office_file_says_so(suffix):
    data = OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    with pytest.raises(ProtectedFile, match="密码"):
        read(data, name=f"密{suffix}")


def test_an_encrypted_old_workbook_says_so():
    with pytest.raises(ProtectedFile, match="密码"):
        read(old_excel([OldSheet("表一")], is_encrypted=True), name="密.xls")


def test_an_encrypted_pdf_says_so():
    # /Encrypt with a key that no empty password opens
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        b"<</Filter/Standard/V 2/R 3/Length 128/P -3904/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n" + table
    data += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<" + b"33" * 16 + b"><" + b"33" * 16 + b">]>>\n"
    data += b"startxref\n%d\n%%%%EOF" % start
    with pytest.raises(ProtectedFile, match="密码"):
        read(data, name="密.pdf")


@pytest.mark.parametrize("suffix", CONTENTS)
@pytest.mark.parametrize("kept", [1, 3, 8, 30, 0.2, 0.5, 0.9, 0.99])
def test_what_is_cut_off_is_read_or_refused_in_words(suffix, kept):
    data = CONTENTS[suffix]
    try:
        read(data[: kept if kept >= 1 else int(len(data) * kept)], name=f"断{suffix}")
    except ReadingError as error:
        assert error.message
        assert error.remedy


def test_our_own_files_read_back_under_any_name():
    for form in ("docx", "xlsx", "pdf", "json"):
        assert read(write(document(), form), name="没有后缀").documents[0].title == document().title


LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY o SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize(
    ("suffix", "part"),
    [
        (".docx", "word/document.xml"),
        (".docx", "word/styles.xml"),
        (".xlsx", "xl/workbook.xml"),
        (".xlsx", "xl/worksheets/sheet1.xml"),
        (".ods", "content.xml"),
        (".ofd", "OFD.xml"),
        (".ofd", "Doc_0/Document.xml"),
    ],
)
def test_entities_are_neither_multiplied_nor_fetched(suffix, part, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(CONTENTS[suffix])) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                head, _, rest = content.decode().rpartition("?>")
                start = rest.index(">") + 1
                laughing = LAUGHS.replace("<!DOCTYPE r", f"<!DOCTYPE {rest[1:].split()[0].split('>')[0]}")
                content = f"{head}{'?>' if head else ''}{laughing}{rest[:start]}&d;&o;{rest[start:]}".encode()
            new.writestr(name, content)
    try:
        reading = read(buffer.getvalue(), name=f"实体{suffix}")
    except JihengError as error:
        assert error.message
    else:
        text = "".join(text for text, _ in reading.blocks.texts()) if reading.blocks else ""
        assert "哈" not in text


@pytest.mark.parametrize("suffix", [".html", ".xhtml", ".mht"])
def test_entities_in_a_page_are_neither_multiplied_nor_fetched(suffix):
    page = f'<?xml version="1.0"?>{LAUGHS}<html><body><p>预算&d;&o;</p></body></html>'
    if suffix == ".mht":
        page = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n{page}\n--x--\n"
    reading = read(page.encode(), name=f"页{suffix}")
    assert reading.blocks is not None
    assert "哈哈" not in "".join(text for text, _ in reading.blocks.texts())


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".xlsb", ".ods", ".ofd", ".zip"])
@pytest.mark.parametrize("by", [7, 523, 1 << 31])
def test_a_list_of_contents_that_points_before_the_beginning(suffix, by):
    data = bytearray(CONTENTS[suffix])
    at = data.rindex(b"PK\x05\x06") + 16
    data[at : at + 4] = struct.pack("<I", struct.unpack_from("<I", data, at)[0] + by)
    with pytest.raises(ReadingError) as caught:
        read(bytes(data), name=f"坏{suffix}")
    assert caught.value.remedy
