"""How a PDF page is seen: its rotation undone, its origin at the top left."""

from __future__ import annotations

from collections import Counter
from math import pi

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""left, top, right, bottom as seen, in points."""
_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What every viewer shows of a page without a box."""
_SAMPLE = 200
"""So many signs of a page tell which way its text runs."""


class View(msgspec.Struct, frozen=True):
    """From page space (points, y upwards) to what is seen (y downwards), turned by ``turns`` quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @classmethod
    def of(cls, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> View:
        """The view of a page: as /Rotate says and, where its text does not stand upright, turned until it does."""
        left, bottom, right, top = _box(page)
        turns = (page.get_rotation() // 90) % 4
        return cls(left, bottom, right, top, (turns + _upright(text, turns)) % 4)

    @property
    def width(self) -> float:
        """Of the page as seen."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Of the page as seen."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is seen."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def turned(self, turns: int) -> View:
        """The same page, turned by ``turns`` quarter turns instead."""
        return self if turns == self.turns else msgspec.structs.replace(self, turns=turns)

    def seen(self, other: View, box: Box) -> Box:
        """Where the rectangle ``box`` of another view of the page is seen in this one."""
        (x0, y0), (x1, y1) = other.back(box[0], box[1]), other.back(box[2], box[3])
        return self.box(x0, y0, x1, y1)

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The point of the page that is seen at ``x``, ``y``."""
        if self.turns == 0:
            return x + self.left, self.top - y
        if self.turns == 1:
            return y + self.left, x + self.bottom
        if self.turns == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x

    def shows(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether the middle of a rectangle lies on the page."""
        return -1 <= (left + right) / 2 <= self.width + 1 and -1 <= (top + bottom) / 2 <= self.height + 1

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """left, top, right, bottom of a rectangle as it is seen."""
        if self.turns == 0 and x0 <= x1 and y0 <= y1:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        if a > c:
            a, c = c, a
        if b > d:
            b, d = d, b
        return a, b, c, d


def _box(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """left, bottom, right, top of what is shown of a page; boxes may be written from any corner, or be empty."""
    x0, y0, x1, y1 = page.get_cropbox()
    crop = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    x0, y0, x1, y1 = page.get_mediabox()
    media = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    if right - left >= 1 and top - bottom >= 1:
        return left, bottom, right, top
    return media if media[2] - media[0] >= 1 and media[3] - media[1] >= 1 else _LETTER


def _upright(text: pypdfium2.PdfTextPage, turns: int) -> int:
    """Quarter turns that stand most signs of a page upright, beyond those with which the page is shown."""
    count = text.count_chars()
    step = max(1, count // _SAMPLE)
    angles = Counter(
        round(pdfium.FPDFText_GetCharAngle(text.raw, index) / (pi / 2)) % 4 for index in range(0, count, step)
    )
    if not angles:
        return 0
    # pdfium's angle is that of the text in page space, clockwise; the page's own rotation turns it on
    angle, often = angles.most_common(1)[0]
    if often * 2 <= sum(angles.values()):
        return 0
    return int(-angle - turns) % 4
