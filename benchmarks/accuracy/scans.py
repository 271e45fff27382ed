"""Pages as pictures: what a scanner or a camera makes of a printed document."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_GREY = (6.0, 14.0)
"""Spread of the grain of a clean scan and of a poor one, of 255."""


def clean(data: bytes, seed: int = 1, pages: int | None = None) -> bytes:
    """The first (or all) pages of a PDF at 200 dpi as a good scanner gives them: a TIFF, hardly turned, a little grain."""
    return _tiff(data, np.random.default_rng(seed), pages, skew=0.6, grain=_GREY[0])


def poor(data: bytes, seed: int = 1) -> bytes:
    """A worn glass: more grain, turned by up to two degrees, a little out of focus, specks."""
    return _tiff(data, np.random.default_rng(seed), None, skew=2.0, grain=_GREY[1], blur=0.7, specks=200)


def lying(data: bytes, seed: int = 1) -> bytes:
    """The pages as pictures put on their sides or upside down."""
    random = np.random.default_rng(seed)
    pages = [_page(page, random, skew=0.4, grain=_GREY[0]) for page in pypdfium2.PdfDocument(data)]
    return _saved([page.rotate(int(random.choice([90, 180, 270])), expand=True) for page in pages])


def in_pdf(data: bytes, seed: int = 1) -> bytes:
    """The pages as pictures in a PDF without any text."""
    random = np.random.default_rng(seed)
    pages = [_page(page, random, skew=0.6, grain=_GREY[0]) for page in pypdfium2.PdfDocument(data)]
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return buffer.getvalue()


def _tiff(data: bytes, random: np.random.Generator, most: int | None, **damage: float) -> bytes:
    return _saved([_page(page, random, **damage) for page in list(pypdfium2.PdfDocument(data))[:most]])


def _saved(pages: list[Image.Image]) -> bytes:
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate", dpi=(200, 200)
    )
    return buffer.getvalue()


def _page(
    page: pypdfium2.PdfPage, random: np.random.Generator, *, skew: float, grain: float, blur: float = 0.0,
    specks: float = 0,
) -> Image.Image:  # fmt: skip
    picture = page.render(scale=200 / 72).to_pil().convert("L")
    angle = float(random.uniform(-skew, skew))
    picture = picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    dots = np.asarray(picture).astype(np.float32) + random.normal(0, grain, (picture.height, picture.width))
    for _ in range(int(specks)):
        row, column = random.integers(0, picture.height - 2), random.integers(0, picture.width - 2)
        dots[row : row + 2, column : column + 2] = random.integers(0, 120)
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))
