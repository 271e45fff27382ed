"""Word-processor files of other formats (.doc .wps .rtf .odt), read as the docx that LibreOffice makes of them."""

from __future__ import annotations

import msgspec

from jiheng.errors import DamagedFile, ProtectedFile
from jiheng.reading import sniff
from jiheng.reading.blocks import Blocks
from jiheng.reading.formats.docx import read_docx
from jiheng.reading.formats.libreoffice import convert

_OLE = b"\xd0\xcf\x11\xe0"
_WORD = "WordDocument".encode("utf-16-le")


def read_converted(data: bytes, name: str) -> Blocks:
    """The blocks of a .doc, .wps, .rtf or .odt file.

    Raises:
        ConverterMissing, TookTooLong: see ``libreoffice.convert``.
        DamagedFile, ProtectedFile, FileTooLarge: as for docx.
    """
    suffix = sniff.suffix_of(data, name)
    if _is_locked(data):
        raise ProtectedFile("文件有密码保护。", place=name, remedy="请在 Word 或 WPS 中取消密码后重新保存。")
    if data.startswith(_OLE) and _WORD not in data:
        raise DamagedFile(
            "这不是完好的 Word 文件。", place=name, remedy="请用 Word 或 WPS 打开原件，另存为 docx 后上传。"
        )
    # LibreOffice knows no .wps; what WPS writes is a Word file under that name
    known = {".wps": ".doc", ".wpt": ".doc", ".dot": ".doc"}.get(suffix, suffix)
    blocks = read_docx(convert(data, known, "docx", name), name)
    note = f"文件由 LibreOffice 从 {suffix.lstrip('.')} 转换后读取。"
    return msgspec.structs.replace(blocks, warnings=(*blocks.warnings, note))


def _is_locked(data: bytes) -> bool:
    """Whether a binary Word file is encrypted: a flag in its header (FIB, [MS-DOC] 2.5.2)."""
    start = data.find(b"\xec\xa5")
    return (
        data.startswith(_OLE)
        and 0 <= start < len(data) - 12
        and start % 512 == 0
        and bool(data[start + 11] & 0x01)
    )
