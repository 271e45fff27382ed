"""How a PDF page is seen: its rotation undone, its origin at the top left."""

from __future__ import annotations

from collections import Counter
from math import pi

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

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
        left, bottom, right, top = page.get_cropbox()
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

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """left, top, right, bottom of a rectangle as it is seen."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


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
