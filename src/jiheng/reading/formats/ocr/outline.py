"""The sheet of paper in a photograph: found by its edges against a darker table, and laid flat."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from jiheng.reading.formats.ocr.engine import Image

_GLANCE: Final = 600
"""The outline is looked for at this size of the longer side."""
_LEAST: Final = 0.35
"""Of the picture, the paper must fill at least so much; what fills all of it is a scan."""
_MOST: Final = 0.97
_CONTRAST: Final = 30
"""How much brighter (of 255) the paper is than what lies around it."""
_HOLE: Final = 25
"""Dots that text leaves between paper and paper."""
_STEP: Final = 9
"""Dots from the edge at which brightness is compared: beyond the reach of the filter that smooths."""
_SIDES: Final = 3
"""Of the four edges, so many must be seen."""
_LEAN: Final = 0.25
"""Opposite sides of a sheet differ by no more than this share, seen at an angle at which it can still be read."""


def laid_flat(picture: Image) -> Image:
    """The sheet of paper in ``picture`` seen from straight above; ``picture`` itself where no sheet stands out.

    Args:
        picture: in colour or grey.
    """
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = _GLANCE / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    corners = _corners(small.astype(np.uint8))
    if corners is None:
        return picture
    corners = corners / scale
    width = max(_length(corners[0], corners[1]), _length(corners[3], corners[2]))
    height = max(_length(corners[1], corners[2]), _length(corners[0], corners[3]))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    return cv2.warpPerspective(  # type: ignore[return-value]
        picture, matrix, (round(width), round(height)), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _corners(small: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """The corners of the paper, from the top left clockwise; ``None`` where there is no sheet to be sure of."""
    smooth = cv2.medianBlur(small, 9).astype(np.uint8)
    _, mask = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # text and tables are holes in the paper; the table that it lies on is none, however narrow its rim is
    mask = cv2.copyMakeBorder(mask, _HOLE, _HOLE, _HOLE, _HOLE, cv2.BORDER_CONSTANT, value=0)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((_HOLE, _HOLE), np.uint8))
    mask = np.ascontiguousarray(mask[_HOLE:-_HOLE, _HOLE:-_HOLE])
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    share = cv2.contourArea(largest) / small.size
    hull = cv2.convexHull(largest)
    four = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, closed=True), closed=True)
    if (
        not _LEAST <= share <= _MOST
        or len(four) != 4
        or cv2.contourArea(four) > 1.08 * cv2.contourArea(largest)
    ):
        return None
    corners = _in_order(four.reshape(4, 2).astype(np.float32))
    return corners if _is_sheet(corners) and _stands_out(smooth, corners) else None


def _stands_out(smooth: NDArray[np.uint8], corners: NDArray[np.float32]) -> bool:
    """Whether the picture is darker right outside the sheet than right inside; light that fades over a page has no edge."""
    height, width = smooth.shape
    middle = corners.mean(axis=0)
    steps = np.linspace(0.1, 0.9, 17)[:, None]
    sharp = 0
    for index in range(4):
        along = corners[index] + (corners[(index + 1) % 4] - corners[index]) * steps
        inward = (middle - along.mean(axis=0)) / max(1e-6, float(np.hypot(*(middle - along.mean(axis=0)))))
        inner, outer = along + inward * _STEP, along - inward * _STEP
        seen = (outer >= 0).all(axis=1) & (outer[:, 0] < width) & (outer[:, 1] < height)
        if seen.sum() < len(steps) // 2:
            continue  # the sheet goes on to the edge of the picture
        fall = [
            float(smooth[int(a[1]), int(a[0])]) - float(smooth[int(b[1]), int(b[0])])
            for a, b in zip(inner[seen], outer[seen], strict=True)
        ]
        sharp += float(np.median(fall)) >= _CONTRAST
    return sharp >= _SIDES


def _in_order(points: NDArray[np.float32]) -> NDArray[np.float32]:
    sums, differences = points.sum(axis=1), points[:, 1] - points[:, 0]
    order = [int(sums.argmin()), int(differences.argmin()), int(sums.argmax()), int(differences.argmax())]
    return points[order]


def _is_sheet(corners: NDArray[np.float32]) -> bool:
    sides = [_length(corners[index], corners[(index + 1) % 4]) for index in range(4)]
    pairs = ((sides[0], sides[2]), (sides[1], sides[3]))
    return all(min(pair) > 0 and abs(pair[0] - pair[1]) <= _LEAN * max(pair) for pair in pairs)


def _length(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(np.hypot(*(one - other)))
