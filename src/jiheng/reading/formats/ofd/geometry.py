"""Coordinates in an OFD page: millimetres from the top left, an object's own system inside its boundary."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

POINTS = 72 / 25.4
"""Points in a millimetre."""


class Transform(msgspec.Struct, frozen=True):
    """``x' = a x + c y + e``, ``y' = b x + d y + f`` (GB/T 33190-2016, 8.5: CTM)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """The point in the system outside."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, outer: Transform) -> Transform:
        """This transform, then ``outer``."""
        e, f = outer(self.e, self.f)
        return Transform(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )


def numbers(text: str | None) -> list[float]:
    """The numbers in an attribute; what is no number is left out."""
    found = []
    for word in (text or "").split():
        try:
            found.append(float(word))
        except ValueError:
            continue
    return found


def transform_of(ctm: str | None, boundary: str | None) -> Transform:
    """From an object's own system to its page: its CTM, then the corner of its boundary."""
    values = numbers(ctm)
    own = Transform(*values) if len(values) == 6 else Transform()
    corner = numbers(boundary)
    return own.inside(Transform(e=corner[0], f=corner[1])) if len(corner) >= 2 else own


def deltas(text: str | None) -> Iterator[float]:
    """The advances in a DeltaX or DeltaY, "g n v" opened into n times v; they never end: 0 follows."""
    words = (text or "").split()
    index = 0
    while index < len(words):
        repeats = 1
        if words[index] == "g" and index + 2 < len(words) and words[index + 1].isdigit():
            # more repeats than a page has signs are a trick
            repeats, index = min(int(words[index + 1]), 100_000), index + 2
        value = numbers(words[index])
        yield from value * repeats
        index += 1
    while True:
        yield 0.0
