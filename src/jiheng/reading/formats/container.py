"""Zip containers and the XML in them, opened as hostile: sizes bounded, no entities, no network."""

from __future__ import annotations

import io
import zipfile
from typing import IO, Final

from lxml import etree

from jiheng.errors import DamagedFile, FileTooLarge, ProtectedFile, UnsupportedFormat
from jiheng.reading.sniff import is_crowded

_MAX_ENTRIES: Final = 5_000
_MAX_BYTES: Final = 300 * 1024 * 1024
_MAX_RATIO: Final = 200
_RATIO_FROM: Final = 10 * 1024 * 1024
"""Below this size a high ratio is only a small file of repeated text."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Container:
    """An open zip whose parts are read with their sizes checked."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name

    def __contains__(self, part: str) -> bool:
        return part in self._archive.NameToInfo

    @property
    def parts(self) -> list[str]:
        """The names of all parts."""
        return self._archive.namelist()

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            DamagedFile: when the part is missing or its checksum fails.
        """
        try:
            return self._archive.read(part)
        except MemoryError:
            raise
        except Exception as error:  # KeyError, BadZipFile, zlib.error …
            raise damaged(self._name) from error

    def open(self, part: str) -> IO[bytes]:
        """A part to be read piece by piece; what reads it answers for the errors of a broken zip.

        Raises:
            DamagedFile: when the part is missing or cannot be opened.
        """
        try:
            return self._archive.open(part)
        except MemoryError:
            raise
        except Exception as error:  # KeyError, BadZipFile, a place before the beginning …
            raise damaged(self._name) from error

    def xml(self, part: str) -> etree._Element:
        """A part as XML.

        Raises:
            DamagedFile: when it is no well-formed XML, or declares a document type.
        """
        return parse_xml(self.read(part), self._name)


def open_zip(data: bytes, name: str) -> Container:
    """The container in ``data``.

    Raises:
        ProtectedFile: encrypted, also when an encrypted Office file hides in an OLE file.
        UnsupportedFormat: an old Office file under a new name.
        FileTooLarge: it would unpack to more than it should.
        DamagedFile: no zip, or a broken one.
    """
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ProtectedFile(
                "文件有密码保护。", place=name, remedy="请在 Word 或 Excel 中取消密码后重新保存。"
            )
        raise UnsupportedFormat(
            "这是旧版 Office 文件，只是改了后缀。",
            place=name,
            remedy="请用 Word、Excel 或 WPS 打开后另存为 docx 或 xlsx。",
        )
    if is_crowded(data):
        raise _too_large(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # BadZipFile, OSError, ValueError, OverflowError …
        raise damaged(name) from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ProtectedFile("文件有密码保护。", place=name, remedy="请取消密码后重新保存。")
    total = sum(entry.file_size for entry in entries)
    bomb = total > _RATIO_FROM and total > _MAX_RATIO * max(1, len(data))
    if len(entries) > _MAX_ENTRIES or total > _MAX_BYTES or bomb:
        raise _too_large(name)
    return Container(archive, name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """``data`` as XML without entities, document types or network access.

    Raises:
        DamagedFile: not well formed, or with a document type (no office file has one).
    """
    # no table of ids is kept: nothing here looks elements up by them, and it costs a third of the time
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise damaged(name)
    return root


def _too_large(name: str) -> FileTooLarge:
    return FileTooLarge(
        "文件解开后过大，可能不是正常的办公文件。",
        place=name,
        remedy="请删去其中的图片和嵌入对象后重新保存。",
    )


def damaged(name: str) -> DamagedFile:
    """The error for a file that is broken."""
    return DamagedFile(
        "文件已损坏，或没有传完整。", place=name, remedy="请用 Word、Excel 或 WPS 打开原件，另存后重新上传。"
    )
