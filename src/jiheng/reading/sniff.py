"""Which format a file is in: what it begins with goes before what it is called."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Final

from jiheng.errors import UnsupportedFormat

TEXT: Final = frozenset({".txt", ".text", ".csv", ".tsv", ".md"})
WORD: Final = frozenset({".docx", ".docm", ".dotx"})
CONVERTED: Final = frozenset({".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt"})
"""Word-processor files that LibreOffice turns into docx."""
SHEETS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb"})
OFD: Final = frozenset({".ofd"})
HTML: Final = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml"})
IMAGES: Final = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})
PACKED: Final = frozenset({".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xlsb", ".odt", ".ods", ".ofd"})
"""Zip archives with parts inside."""
SUFFIXES: Final = (*sorted(TEXT | WORD | CONVERTED | SHEETS | HTML | OFD | IMAGES), ".pdf", ".zip", ".json")
"""What can be read."""

_IMAGE_MARKS: Final = (
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"BM", ".bmp"),
)
_OTHER_ARCHIVES: Final = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_MOST_MEMBERS: Final = 20_000
_HTML_MARKS: Final = (b"<!doctype html", b"<html", b"<head", b"<table", b"<body", b"<meta", b"<div")
_WORD_XML: Final = (
    b"schemas.microsoft.com/office/word/2003/wordml",
    b"schemas.microsoft.com/office/2006/xmlpackage",
)
"""A Word file that is one XML file: of Word 2003, or "flat"."""
# Inside an OLE file, names of streams are UTF-16.
_OLE_WORD: Final = "WordDocument".encode("utf-16-le")
_OLE_SHEETS: Final = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OLE_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")


def suffix_of(data: bytes, name: str) -> str:
    """The suffix, with its dot, of the format that ``data`` is in.

    A text file that is called something else is taken by its name where the name is known; an encrypted or
    damaged file goes to the reader of its name, which says what is wrong with it.

    Raises:
        UnsupportedFormat: when nothing here reads it.
    """
    called = PurePath(name.lower()).suffix
    if data.startswith(_OTHER_ARCHIVES):
        raise UnsupportedFormat(
            "暂不支持 rar、7z、gz 压缩包。",
            place=name,
            remedy="请解压后上传其中的文件，或改存为 zip 压缩包。",
        )
    found = _by_content(data, called)
    if found is None and (
        called in WORD | SHEETS | IMAGES | HTML | OFD or called in (".pdf", ".zip", ".odt", ".wps", ".doc")
    ):
        found = called  # damaged, or mislabelled: its reader says so
    if found is None:
        found = called if called in (".json", *TEXT) else ".txt"
        if called not in ("", *TEXT, ".json") and found == ".txt":
            raise UnsupportedFormat(f"暂不支持 {called} 文件。", place=name, remedy=accepted())
    if found in SUFFIXES:
        return found
    raise UnsupportedFormat("暂不支持这种文件。", place=name, remedy=accepted())


def _by_content(data: bytes, called: str) -> str | None:
    if data.startswith(b"PK\x03\x04"):
        return _packed(data, called)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(data, called)
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    for mark, suffix in _IMAGE_MARKS:
        if data.startswith(mark):
            return suffix
    return ".json" if _is_data(data) else _marked_up(data, called)


def _marked_up(data: bytes, called: str) -> str | None:
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"mime-version:", b"from: <saved")) and b"multipart/related" in data[:4096].lower():
        return ".mht"
    if head.startswith((b"<?xml", b"<?mso-application", b"<pkg:", b"<w:")) and any(
        mark in head for mark in _WORD_XML
    ):
        return ".docx"
    if head.startswith(_HTML_MARKS) or (head.startswith(b"<?xml") and b"<html" in head):
        # web pages are often handed out under the name of a Word or Excel file
        return called if called in (".mht", ".mhtml") else ".html"
    return None


def _packed(data: bytes, called: str) -> str:
    """Which of the formats that are zip archives: by the parts inside, for what is called docx may be a workbook."""
    found = _by_parts(data)
    if found is None:  # so broken that its reader has to say so
        return called if called in PACKED else ".zip"
    family = next((family for family in (WORD, SHEETS, OFD, CONVERTED) if found in family), frozenset())
    is_variant = called in family & PACKED and found not in (".ods", ".odt")
    return called if is_variant else found


def is_crowded(data: bytes) -> bool:
    """Whether a zip lists so many members that the list alone would take too much memory."""
    return data.count(b"PK\x01\x02") > _MOST_MEMBERS


def _by_parts(data: bytes) -> str | None:
    if is_crowded(data):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.NameToInfo
            kind = archive.read("mimetype") if _is_small(names.get("mimetype")) else b""
    except Exception:  # whatever is wrong with it, the reader of the format says
        return None
    if b"opendocument" in kind:
        return ".ods" if b"spreadsheet" in kind else ".odt" if b"text" in kind else None
    roots = {name.replace("\\", "/").partition("/")[0].lower() for name in names}
    if "ofd.xml" in roots:
        return ".ofd"
    if "[content_types].xml" not in roots and not roots & {"_rels"}:
        # some programs leave the list of contents out; an archive of folders called word has no document.xml
        for part, suffix in (
            ("word/document.xml", ".docx"),
            ("xl/workbook.xml", ".xlsx"),
            ("xl/workbook.bin", ".xlsx"),
        ):
            if part in names:
                return suffix
        roots = set()
    if "word" in roots or "xl" in roots:
        return ".docx" if "word" in roots else ".xlsx"
    return ".zip" if any(PurePath(name.lower()).suffix in SUFFIXES for name in names) else None


def _is_small(entry: zipfile.ZipInfo | None) -> bool:
    return entry is not None and entry.file_size < 200


def _ole(data: bytes, called: str) -> str:
    if _OLE_LOCKED in data:
        return called if called in WORD | SHEETS else ".docx"
    if called in CONVERTED | SHEETS | WORD:
        return called if not _contradicts(data, called) else (".xls" if _is_sheets(data) else ".doc")
    return ".xls" if _is_sheets(data) and _OLE_WORD not in data else ".doc"


def _contradicts(data: bytes, called: str) -> bool:
    if called in SHEETS:
        return _OLE_WORD in data and not _is_sheets(data)
    return called in WORD or (_is_sheets(data) and _OLE_WORD not in data)


def _is_sheets(data: bytes) -> bool:
    return any(mark in data for mark in _OLE_SHEETS)


def _is_data(data: bytes) -> bool:
    return data.lstrip()[:1] in (b"[", b"{") and b'"jiheng/1"' in data


def accepted() -> str:
    """What to hand in instead, in words."""
    return "请上传 Word、WPS、PDF、Excel、网页、文本、图片文件，或装有这些文件的 zip 压缩包。"
