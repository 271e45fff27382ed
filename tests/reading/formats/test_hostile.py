"""Files that mean harm, or were harmed: refused with a sentence, never a crash, never without bound."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.errors import DamagedFile, FileTooLarge, ProtectedFile, ReadingError
from jiheng.reading import read
from jiheng.writing import write
from tests.writing.builders import document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GOOD = {form: write(document(), form) for form in ("docx", "xlsx", "pdf", "json")}


def package(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened():
    bomb = package(word__document_xml=b"0" * (60 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(FileTooLarge):
        read(bomb, name="炸.docx")


def test_too_many_parts_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(5001):
            archive.writestr(f"word/{number}.xml", "")
    with pytest.raises(FileTooLarge):
        read(buffer.getvalue(), name="多.docx")


LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&d;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = (
    '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE, OUTSIDE.encode("utf-16")])
def test_a_document_type_is_refused(xml):
    with pytest.raises(DamagedFile):
        read(package(word__document_xml=xml), name="实体.docx")


@pytest.mark.parametrize("xml", ["", "<w:document", f"<w:document {W}/>", "纯文本"])
def test_a_word_file_without_a_body_is_damaged(xml):
    with pytest.raises(DamagedFile):
        read(package(word__document_xml=xml), name="空.docx")


def test_an_encrypted_word_file_says_so():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ProtectedFile, match="密码"):
        read(data, name="密.docx")


def test_an_old_word_file_under_a_new_name_says_so():
    with pytest.raises(DamagedFile, match="Word"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, name="旧.docx")


def test_an_encrypted_zip_says_so():
    data = bytearray(package(word__document_xml="<x/>"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(ProtectedFile):
        read(bytes(data), name="密.docx")


def test_what_a_file_begins_with_counts_more_than_its_name():
    assert read(GOOD["docx"], name="其实是word.txt").format == "docx"
    assert read(GOOD["pdf"], name="其实是pdf.docx").format == "pdf"


def test_an_archive_of_word_files_is_no_word_file():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("好的.docx", GOOD["docx"])
        archive.writestr("坏的.docx", b"PK\x03\x04 broken")
    reading = read(buffer.getvalue(), name="附件.zip")
    assert reading.format == "zip"
    assert len(reading.documents) == 1
    assert [warning.message[:9] for warning in reading.warnings if "未能读取" in warning.message] == [
        "“坏的.docx”"
    ]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_cut_and_flipped_files_are_read_or_refused(form, data):
    content = bytearray(GOOD[form])
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    for _ in range(data.draw(st.integers(0, 6))):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(content), name=f"坏.{form}")
    except ReadingError as error:
        assert error.message
