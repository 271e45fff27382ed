"""A picture made ready: coloured stamps taken off, turned upright, its skew taken out."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from jiheng.reading.formats.ocr.engine import Box, Image, detect, upside_down

_SMALL: Final = 900
"""Skew is measured at this size of the longer side."""
_WIDEST: Final = 10.0
"""Degrees of skew that are looked for."""
_STAMP: Final = 60
"""How much stronger than green and blue a red must be to be a stamp's."""


def grey(image: Image) -> Image:
    """The picture in grey, red stamps gone: where red outshines the other colours, its own brightness counts."""
    if image.ndim == 2:
        return image
    red, green, blue = (image[:, :, channel].astype(np.int16) for channel in range(3))
    plain = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    is_stamp = (red - np.maximum(green, blue)) > _STAMP
    return np.where(is_stamp, np.maximum(plain, image[:, :, 0]), plain).astype(np.uint8)


def even(picture: Image) -> Image:
    """Shadows taken out: every place is held against the paper around it."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 31)
    paper = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.clip(picture.astype(np.float32) * (255.0 / np.maximum(paper, 1)), 0, 255).astype(np.uint8)


def turns_needed(picture: Image) -> int:
    """Quarter turns (counter-clockwise) that stand the page upright."""
    boxes = detect(_colour(picture))
    if len(boxes) < 3:
        return 0
    wide = sum(box.right - box.left for box in boxes if box.right - box.left > box.bottom - box.top)
    tall = sum(box.bottom - box.top for box in boxes if box.bottom - box.top >= box.right - box.left)
    turned = np.rot90(picture) if tall > 1.5 * wide else picture
    if turned is not picture:
        boxes = detect(_colour(turned))
    return (1 if turned is not picture else 0) + (2 if upside_down(_samples(turned, boxes)) else 0)


def _samples(picture: Image, boxes: list[Box]) -> list[Image]:
    """The longest lines: they tell best which way is up."""
    longest = sorted(boxes, key=lambda box: box.left - box.right)[:12]
    image = _colour(picture)
    return [image[box.top : box.bottom, box.left : box.right] for box in longest]


def _colour(picture: Image) -> Image:
    return cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)  # type: ignore[return-value]


def skew_of(picture: Image) -> float:
    """Degrees by which the page is turned counter-clockwise: lines of text and rules are sharpest when level."""
    scale = _SMALL / max(picture.shape)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < min(200, float(small.mean()) - 20)).astype(np.uint8) * 255
    if not ink.any():
        return 0.0
    best = 0.0
    for reach, step in ((_WIDEST, 1.0), (1.0, 0.2), (0.2, 0.05)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(ink, float(angle))))
    return best if abs(best) >= 0.05 else 0.0


def _sharpness(ink: Image, angle: float) -> float:
    rows = rotated(ink, angle, paper=0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def rotated(picture: Image, angle: float, paper: int = 255) -> Image:
    """The picture turned clockwise by ``angle`` degrees about its middle, its size kept."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return cv2.warpAffine(  # type: ignore[return-value]
        picture,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=paper,
    )
