"""A page: runs of text and ruled lines at coordinates, from the top left, as the page is seen (rotation undone)."""

from __future__ import annotations

import msgspec


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


class Ruling(msgspec.Struct, frozen=True):
    """A ruled line: horizontal when it is wider than high. Rectangles of fill or frame give their edges."""

    left: float
    top: float
    right: float
    bottom: float


class Page(msgspec.Struct, frozen=True):
    """One page; ``number`` counts from 1, ``width`` and ``height`` are in points."""

    number: int
    width: float
    height: float
    runs: list[Run]
    rulings: list[Ruling]
