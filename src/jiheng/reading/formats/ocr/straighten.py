"""A picture made ready: coloured stamps taken off, turned upright, its skew taken out."""

from __future__ import annotations

from typing import Final

import cv2
import msgspec
import numpy as np

from jiheng.reading.formats.ocr.engine import Box, Image, detect, upside_down

_GLANCE: Final = 960
"""Which way is up is seen at this size of the longer side."""
_SMALL: Final = 900
"""Skew is measured at this size of the longer side."""
_WIDEST: Final = 10.0
"""Degrees of skew that are looked for."""
_STAMP_SIZES: Final = (0.07, 0.5)
"""Of the page's shorter side: a county's stamp is 4 cm wide on paper of 21 cm."""
_STAMP: Final = 60
"""How much stronger than green and blue a red must be to be a stamp's."""


def grey(image: Image) -> Image:
    """The picture in grey, red stamps gone: inside them its own brightness of red counts. Other red text stays."""
    if image.ndim == 2:
        return image
    plain = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    red = image[:, :, 0]
    rest = cv2.max(image[:, :, 1], image[:, :, 2])
    is_red = cv2.subtract(red, rest).astype(np.uint8)
    for box in _stamps(is_red):
        place = np.s_[box.top : box.bottom, box.left : box.right]
        # the rim of a stamp's strokes is only faintly red
        faint = is_red[place] > _STAMP // 3
        # ink on paper becomes as white as the paper; a line or a letter under it stays as much darker as it is
        level = float(np.median(red[place][is_red[place] > _STAMP]))
        behind = np.clip(red[place].astype(np.float32) * (255.0 / max(level, 1.0)), 0, 255).astype(np.uint8)
        plain[place] = np.where(faint, np.maximum(behind, plain[place]), plain[place])
    return plain  # type: ignore[return-value]


def _stamps(is_red: Image) -> list[Box]:
    """Where stamps stand: red things as wide as high, larger than letters, smaller than the page."""
    mask = (is_red > _STAMP).astype(np.uint8)
    side = min(mask.shape)
    if not mask.any():
        return []
    # text under a stamp parts its strokes
    reach = max(3, side // 40)
    grown = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    found = []
    for left, top, width, height, _ in boxes[1:]:
        small, large = min(width, height), max(width, height)
        if _STAMP_SIZES[0] * side <= small and large <= _STAMP_SIZES[1] * side and large <= 2 * small:
            found.append(Box(int(left), int(top), int(left + width), int(top + height)))
    return found


def even(picture: Image) -> Image:
    """Shadows taken out: every place is held against the paper around it."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 31)
    paper = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.clip(picture.astype(np.float32) * (255.0 / np.maximum(paper, 1)), 0, 255).astype(np.uint8)


def turns_needed(picture: Image) -> int:
    """Quarter turns (counter-clockwise) that stand the page upright."""
    scale = min(1.0, _GLANCE / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    boxes = detect(_colour(small))  # type: ignore[arg-type]
    if len(boxes) < 3:
        return 0
    wide = sum(box.right - box.left for box in boxes if box.right - box.left > box.bottom - box.top)
    tall = sum(box.bottom - box.top for box in boxes if box.bottom - box.top >= box.right - box.left)
    lies = tall > 1.5 * wide
    if lies:
        picture, width = np.rot90(picture), small.shape[1]
        boxes = [Box(box.top, width - box.right, box.bottom, width - box.left) for box in boxes]
    whole = [Box(*(round(edge / scale) for edge in msgspec.structs.astuple(box))) for box in boxes]
    return (1 if lies else 0) + (2 if upside_down(_samples(picture, whole)) else 0)


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
