"""Pictures of a file's pages, to be shown beside what was read from them."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from jiheng.errors import DamagedFile, UnsupportedFormat
from jiheng.reading import sniff
from jiheng.reading.turn import Turn

_SCALE: Final = 1.7
"""Pixels a point: A4 is then about 1,000 pixels wide."""
_WIDEST: Final = 1_600
_AS_IT_IS: Final = Turn()


def has_pages(suffix: str) -> bool:
    """Whether files with this suffix have pages that can be shown as pictures."""
    return suffix == ".pdf" or suffix in sniff.IMAGES


def page_picture(data: bytes, name: str, number: int, turn: Turn = _AS_IT_IS) -> bytes:
    """Page ``number`` (from 1) as a PNG.

    Args:
        turn: how the page was turned to be read (``Blocks.turns``); places read on it then fit the picture.
    Raises:
        UnsupportedFormat: the file has no pages that can be shown.
        DamagedFile: it has no such page, or cannot be opened.
    """
    suffix = sniff.suffix_of(data, name)
    if suffix == ".pdf":
        return _of_pdf(data, name, number, turn)
    if suffix in sniff.IMAGES:
        return _of_image(data, name, number, turn)
    raise UnsupportedFormat("这种文件没有页面图像。", place=name, remedy="请下载原文件查看。")


def _of_pdf(data: bytes, name: str, number: int, turn: Turn) -> bytes:
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
    _turned(picture.convert("RGB"), turn).quantize(256, Image.Quantize.FASTOCTREE).save(
        buffer, "PNG", optimize=False
    )
    return buffer.getvalue()


def _of_image(data: bytes, name: str, number: int, turn: Turn) -> bytes:
    from jiheng.reading.formats.image import frames_of

    for at, picture in enumerate(frames_of(data, name), 1):
        if at == number:
            picture.thumbnail((_WIDEST, _WIDEST * 2))
            buffer = io.BytesIO()
            _turned(picture, turn).save(buffer, "PNG", optimize=False)
            return buffer.getvalue()
    raise _missing(name, number)


def _turned(picture: Image.Image, turn: Turn) -> Image.Image:
    quarters = turn.quarters % 4
    if quarters:
        # counter-clockwise, as PIL counts
        ways = (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
        picture = picture.transpose(ways[quarters - 1])
    if turn.angle:
        picture = picture.rotate(-turn.angle, Image.Resampling.BICUBIC, fillcolor="white")
    return picture


def _missing(name: str, number: int) -> DamagedFile:
    return DamagedFile(f"没有第{number}页。", place=name, remedy="请从第1页看起。")
