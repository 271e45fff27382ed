"""Looking at the ink itself, where the engine's boxes or its reading fall short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jiheng.reading.formats.ocr.engine import Box, Image

_INK: Final = 140
"""Darker (of 255) is ink."""
_GAP: Final = 0.3
"""White space within a word, as a share of the height of its line."""
_EQUAL: Final = 0.88
"""The bars of "=" are as long as one another; the upper one of "二" is shorter."""


def whole(clean: Image, box: Box, room: tuple[int, int] | None, boxes: Sequence[Box]) -> Box:
    """``box`` made wider to both sides for as long as ink follows: signs at the end of a line are not cut in half.

    Args:
        room: from where to where it may reach (the cell); ``None`` where nothing bounds it, then half a sign.
        boxes: where other text stands, which is not run into.
    """
    height = box.bottom - box.top
    first, last = room if room is not None else (box.left - height // 2, box.right + height // 2)
    for other in boxes:
        if other.bottom <= box.top + height // 4 or other.top >= box.bottom - height // 4:
            continue
        if other.left > box.left:
            last = min(last, other.left)
        elif other.left < box.left:
            first = max(first, other.right)
    first, last = max(0, min(first, box.left)), min(clean.shape[1], max(last, box.right))
    # accents of the lines above and below are not looked at
    rim = height // 6
    strip = clean[box.top + rim : box.bottom - rim, first:last]
    has_ink = np.asarray((strip < _INK).any(axis=0), dtype=np.bool_)
    gap = max(2, round(_GAP * height))
    right = box.right - first + _reach(has_ink[box.right - first :], gap)
    left = box.left - first - _reach(has_ink[: box.left - first][::-1], gap)
    return Box(first + left, box.top, first + right, box.bottom)


def _reach(has_ink: NDArray[np.bool_], gap: int) -> int:
    """How far ink goes on without a gap."""
    places = np.flatnonzero(has_ink)
    end = 0
    for place in places:
        if place - end > gap:
            break
        end = int(place) + 1
    return end


def is_equals(clean: Image, box: Box) -> bool:
    """Whether the first sign in ``box`` is two bars of the same length."""
    strip = clean[box.top : box.bottom, box.left : box.right]
    # thin bars are never black: half way between the darkest and the paper counts
    ink = strip < (int(strip.min(initial=255)) + 255) // 2
    columns = np.flatnonzero(ink.any(axis=0))
    if columns.size == 0:
        return False
    breaks = np.flatnonzero(np.diff(columns) > 2)
    end = int(columns[breaks[0]]) + 1 if breaks.size else int(columns[-1]) + 1
    sign = ink[:, int(columns[0]) : end]
    rows = np.flatnonzero(sign.any(axis=1))
    bars = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    if len(bars) != 2:
        return False
    lengths = [int(sign[bar].any(axis=0).sum()) for bar in bars]
    return min(lengths) >= _EQUAL * max(lengths)
