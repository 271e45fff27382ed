"""A page: runs of text and ruled lines at coordinates, from the top left, as the page is seen (rotation undone)."""

from __future__ import annotations

import msgspec

from jiheng.reading.turn import Turn


class Run(msgspec.Struct, frozen=True):
    """Text that stands together on one line; coordinates in points, ``top`` < ``bottom``.

    ``confidence`` (0 to 1) where the text had to be recognised from a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0.0
    """Font size in points; 0 when not known."""
    confidence: float | None = None
    edges: tuple[float, ...] = ()
    """The left edge of every sign, where the source tells; else they are taken to be equally wide."""
    strings: tuple[int, ...] = ()
    """The signs with which a new string of the file begins; a cell's text is one string or several."""

    @property
    def height(self) -> float:
        """The font size, or the height of the box where it is not known."""
        return self.size or self.bottom - self.top

    @property
    def middle(self) -> float:
        """The vertical middle."""
        return (self.top + self.bottom) / 2

    def left_of(self, index: int) -> float:
        """The left edge of sign ``index``; of the end when it is the length."""
        if index >= len(self.text):
            return self.right
        if self.edges:
            return self.edges[index]
        return self.left + (self.right - self.left) * index / len(self.text)

    def part(self, start: int, end: int) -> Run:
        """The signs from ``start`` up to ``end``."""
        return msgspec.structs.replace(
            self,
            text=self.text[start:end],
            left=self.left_of(start),
            right=self.left_of(end),
            edges=self.edges[start:end],
            strings=tuple(at - start for at in self.strings if start <= at < end),
        )


class Ruling(msgspec.Struct, frozen=True):
    """A ruled line: horizontal when it is wider than high. Rectangles of fill or frame give their edges."""

    left: float
    top: float
    right: float
    bottom: float


class Page(msgspec.Struct, frozen=True):
    """One page; ``number`` counts from 1, ``width`` and ``height`` are in points.

    ``runs`` are in the order of the file, which tells strings apart that are printed over one another.
    ``turn`` says how the page was turned to be read; everything else is of the turned page.
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    rulings: list[Ruling]
    warnings: list[str] = []
    turn: Turn = Turn()
    aside: list[Run] = []
    """Text that stands on the page without belonging to its content: watermarks, stamps, what lies beyond the edge."""
