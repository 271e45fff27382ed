"""Pictures of documents (.png .jpg .tif .bmp .webp): scans and photographs, page by page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np
from PIL import Image, ImageOps, ImageSequence, JpegImagePlugin, UnidentifiedImageError

from jiheng.errors import DamagedFile, FileTooLarge
from jiheng.reading.blocks import Blocks
from jiheng.reading.formats.page.blocks import blocks_of
from jiheng.reading.formats.page.model import Page

MAX_PIXELS: Final = 120_000_000
"""Of one page: A3 at 600 dpi has 70 million."""
MAX_PAGES: Final = 300
MAX_SIDE: Final = 4800
"""Dots of the longer side; pictures of twice as many are made smaller at once."""
_A4: Final = (595.0, 842.0)
_NOTE: Final = "文字由图像识别得到，请对照原件核对，把握不大的地方已经标出。"


def read_image(data: bytes, name: str) -> Blocks:
    """The text in a picture, every cell and paragraph with its rectangle and how sure the reader is.

    Raises:
        DamagedFile: no picture, or a broken one.
        FileTooLarge: more pixels or pages than are read.
    """
    blocks = blocks_of(_pages(data, name))
    return msgspec.structs.replace(blocks, warnings=(_NOTE, *blocks.warnings))


def open_picture(data: bytes, name: str) -> Image.Image:
    """The (first) picture in ``data``, upright as its camera says. Raises as ``read_image`` does."""
    with warnings.catch_warnings():
        # a picture is measured here, before it is unpacked
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(data))
            _check(picture, name)
        except (
            UnidentifiedImageError,
            OSError,
            SyntaxError,
            ValueError,
            Image.DecompressionBombError,
        ) as error:
            if isinstance(error, Image.DecompressionBombError):
                raise _too_large(name) from error
            raise _damaged(name) from error
    return picture


def page_of_picture(image: Image.Image, number: int, width: float, height: float) -> Page:
    """The page that a picture shows; see ``ocr.page``. Loaded when it is needed: the engine is heavy."""
    from jiheng.reading.formats.ocr.page import page_of_picture as recognised

    return recognised(image, number, width, height)


def frames_of(data: bytes, name: str) -> Iterator[Image.Image]:
    """Every page of a picture file; a TIFF may hold many."""
    picture = open_picture(data, name)
    count = getattr(picture, "n_frames", 1)
    if count > MAX_PAGES:
        raise FileTooLarge(
            f"图像文件有 {count} 页，超过 {MAX_PAGES} 页的上限。",
            place=name,
            remedy="请拆分成几个文件后重试。",
        )
    try:
        for frame in ImageSequence.Iterator(picture):
            _check(frame, name)
            small = smaller(frame)
            yield _flat(in_colour(ImageOps.exif_transpose(small) or small))
            if picture.format not in ("TIFF", "MPO"):
                return  # an animation is one page
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise _damaged(name) from error


def _flat(picture: Image.Image) -> Image.Image:
    """A photograph of a sheet of paper as the sheet alone."""
    from jiheng.reading.formats.ocr.outline import laid_flat

    return Image.fromarray(laid_flat(np.asarray(picture)))


def smaller(frame: Image.Image) -> Image.Image:
    """A picture with far more dots than recognition uses, made smaller before it takes memory three times over."""
    factor = max(frame.size) // MAX_SIDE
    if factor < 2:
        return frame
    if frame.format == "JPEG" and isinstance(frame, JpegImagePlugin.JpegImageFile):
        frame.draft("RGB", (frame.width // factor, frame.height // factor))
        factor = max(frame.size) // MAX_SIDE
    if frame.mode in ("1", "P", "PA"):
        frame = frame.convert("L" if frame.mode == "1" else "RGB")
    exif = frame.getexif()
    reduced = frame.reduce(factor) if factor > 1 and frame.mode != "I;16" else frame
    if exif and reduced is not frame:
        reduced.getexif().update(exif)
    return reduced


def in_colour(frame: Image.Image) -> Image.Image:
    """A picture of any kind in red, green and blue: on white paper where it is transparent, 16 bits made 8."""
    if frame.mode.startswith(("I", "F")):
        values = np.asarray(frame).astype(np.float32)
        low, high = float(values.min()), float(values.max())
        # full scale where it is used, the scale of what is there otherwise
        top = 255.0 if high <= 255 else 65535.0 if high > 4096 else high
        return Image.fromarray(
            (np.clip(values - min(low, 0), 0, top) * (255.0 / top)).astype(np.uint8)
        ).convert("RGB")
    if frame.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in frame.info:
        layer = frame.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return frame.convert("RGB")


def _pages(data: bytes, name: str) -> Iterator[Page]:
    for number, picture in enumerate(frames_of(data, name), 1):
        width = min(_A4) if picture.height >= picture.width else max(_A4)
        yield page_of_picture(picture, number, width, width * picture.height / picture.width)


def _check(picture: Image.Image, name: str) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> FileTooLarge:
    return FileTooLarge("图像的尺寸过大。", place=name, remedy="请以 200 至 300 dpi 重新扫描。")


def _damaged(name: str) -> DamagedFile:
    return DamagedFile("图像已损坏，或没有传完整。", place=name, remedy="请重新扫描，或重新上传。")
