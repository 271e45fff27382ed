"""A filled template as a PDF: only a word processor lays an office's own pages out."""

from __future__ import annotations

from jiheng.errors import ConverterMissing
from jiheng.reading.formats.libreoffice import convert, find


def can_print() -> bool:
    """Whether LibreOffice is at hand."""
    return find() is not None


def printed(data: bytes, name: str) -> bytes:
    """The Word file ``data`` as a PDF.

    Raises:
        ConverterMissing: LibreOffice is not installed.
        ReadingError: it made nothing of the file, or not within its bounds.
    """
    if not can_print():
        raise ConverterMissing(
            "按模板生成 PDF 需要 LibreOffice，本机没有找到。",
            place=name,
            remedy="请生成 Word，再在 Word 或 WPS 中另存为 PDF。",
        )
    return convert(data, ".docx", "pdf", name)
