"""Pictures of a file's pages, to be shown beside what was read from them."""

from __future__ import annotations

import io
from typing import Final

from jiheng.errors import DamagedFile, UnsupportedFormat
from jiheng.reading import sniff

_SCALE: Final = 1.7
"""Pixels a point: A4 is then about 1,000 pixels wide."""
_WIDEST: Final = 1_600


def has_pages(suffix: str) -> bool:
    """Whether files with this suffix have pages that can be shown as pictures."""
    return suffix == ".pdf" or suffix in sniff.IMAGES


def page_picture(data: bytes, name: str, number: int) -> bytes:
    """Page ``number`` (from 1) as a PNG.

    Raises:
        UnsupportedFormat: the file has no pages that can be shown.
        DamagedFile: it has no such page, or cannot be opened.
    """
    suffix = sniff.suffix_of(data, name)
    if suffix == ".pdf":
        return _of_pdf(data, name, number)
    if suffix in sniff.IMAGES:
        return _of_image(data, name, number)
    raise UnsupportedFormat("这种文件没有页面图像。", place=name, remedy="请下载原文件查看。")


def _of_pdf(data: bytes, name: str, number: int) -> bytes:
    from pypdfium2 import PdfiumError

    from jiheng.reading.formats.pdf import open_pdf

    document = open_pdf(data, name)
    try:
        if not 1 <= number <= len(document):
            raise _missing(name, number)
        page = document[number - 1]
        scale = min(_SCALE, _WIDEST / max(1.0, page.get_width()))
        picture = page.render(scale=scale).to_pil()
    except PdfiumError as error:
        raise DamagedFile(
            f"第{number}页已损坏，不能显示。", place=name, remedy="请下载原文件查看。"
        ) from error
    finally:
        document.close()
    buffer = io.BytesIO()
    picture.convert("RGB").quantize(64).save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def _of_image(data: bytes, name: str, number: int) -> bytes:
    from jiheng.reading.formats.image import frames_of

    for at, picture in enumerate(frames_of(data, name), 1):
        if at == number:
            picture.thumbnail((_WIDEST, _WIDEST * 2))
            buffer = io.BytesIO()
            picture.save(buffer, "PNG", optimize=False)
            return buffer.getvalue()
    raise _missing(name, number)


def _missing(name: str, number: int) -> DamagedFile:
    return DamagedFile(f"没有第{number}页。", place=name, remedy="请从第1页看起。")
