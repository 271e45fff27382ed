"""The ruled lines in a straight picture."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from jiheng.reading.formats.ocr.engine import Box, Image

_WIDEST: Final = 0.03
_TALLEST: Final = 0.022
"""Of the page's longer side: what is shorter is a stroke of a character (columns stand apart, lines of text do not)."""
_LOWEST: Final = 0.012
"""A line between two others may be as short as this."""
_NEAR: Final = 6
"""Pixels between lines that touch."""
_THICKEST: Final = 0.006


def ink_of(picture: Image) -> Image:
    """255 where there is ink, 0 where there is paper."""
    return cv2.adaptiveThreshold(  # type: ignore[return-value]
        picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15
    )


def rules_in(ink: Image) -> tuple[list[Box], list[Box]]:
    """Horizontal and vertical lines, each as the box that it fills.

    A row of a table may be as low as a line of text is high: a short vertical line counts where it reaches from one
    horizontal line to another, which no stroke of a character does.
    """
    side = max(ink.shape)
    thick = max(4, round(side * _THICKEST))
    wide, tall, low = (
        max(least, round(side * share)) for least, share in ((40, _WIDEST), (30, _TALLEST), (20, _LOWEST))
    )
    across = _lines(ink, wide, thick, across=True)
    down = _lines(ink, low, thick, across=False)
    return across, [line for line in down if line.bottom - line.top >= tall or _joins(line, across)]


def _joins(line: Box, across: list[Box]) -> bool:
    """Whether a vertical line begins and ends at horizontal ones."""
    middle = (line.left + line.right) // 2
    crossed = [other for other in across if other.left <= middle <= other.right]
    return any(
        abs(line.top - other.bottom) <= _NEAR or other.top <= line.top <= other.bottom for other in crossed
    ) and any(
        abs(line.bottom - other.top) <= _NEAR or other.top <= line.bottom <= other.bottom for other in crossed
    )


def _lines(ink: Image, length: int, thick: int, *, across: bool) -> list[Box]:
    kernel = np.ones((1, length) if across else (length, 1), np.uint8)
    # broken and faint lines are closed first, a little along their way
    gap = np.ones((1, 3) if across else (3, 1), np.uint8)
    kept = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, gap), cv2.MORPH_OPEN, kernel)
    kept = cv2.dilate(kept, np.ones((3, 9) if across else (9, 3), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    found = []
    for left, top, width, height, _ in boxes[1:]:
        long, short = (width, height) if across else (height, width)
        if long >= length and short <= thick + 4 and long > 4 * short:
            found.append(Box(int(left), int(top), int(left + width), int(top + height)))
    return found


def without_rules(picture: Image, rules: list[Box]) -> Image:
    """The picture with its ruled lines painted over, so that they are not taken for strokes."""
    clean = picture.copy()
    for box in rules:
        clean[box.top : box.bottom, box.left : box.right] = 255
    return clean
