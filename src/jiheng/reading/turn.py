"""How a page was turned before it was read, so that a picture of it can be turned the same way."""

from __future__ import annotations

import msgspec


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """First quarter turns, which swap width and height, then a turn about the middle, which keeps the size."""

    quarters: int = 0
    """Clockwise quarter turns, 0 to 3, of the page as its file shows it (a PDF's own /Rotate is done already)."""
    angle: float = 0.0
    """Degrees, clockwise."""

    def __bool__(self) -> bool:
        return bool(self.quarters or self.angle)
