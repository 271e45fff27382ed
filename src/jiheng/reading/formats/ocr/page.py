"""A picture of a page to a ``Page``: ruled lines, and runs of text that each lie within one cell."""

from __future__ import annotations

from typing import Final

import cv2
import msgspec
import numpy as np
from PIL import Image as Pictures

from jiheng.reading.formats.ocr import rules, straighten
from jiheng.reading.formats.ocr.engine import Box, Image, detect, recognise
from jiheng.reading.formats.page.grid import Grid, grid_of
from jiheng.reading.formats.page.model import Page, Ruling, Run
from jiheng.reading.formats.page.rulings import frames
from jiheng.reading.turn import Turn

_SIDE: Final = 2400
"""Larger pictures are made smaller: characters are then still 30 pixels high."""
_LEAST: Final = 1400
"""Smaller ones are made larger."""
_MARGIN: Final = 3
_INK: Final = 12
"""Pixels of ink that a cell must hold to have a text that was overlooked."""
_WIDE: Final = 25.0
"""A line is recognised in pieces of at most so many times its height."""
_SURE: Final = 0.35
"""What is recognised with less is a smudge."""


class Piece(msgspec.Struct):
    """A line of text, or the part of it that lies in one cell."""

    box: Box
    text: str = ""
    score: float = 0.0


def page_of_picture(image: Pictures.Image, number: int, width: float, height: float) -> Page:
    """The page that a picture shows.

    Args:
        image: of one page, in any colours.
        number: of the page in its file.
        width, height: of the page in points; they are swapped when it lies on its side.
    """
    picture = _prepared(image)
    turns = straighten.turns_needed(picture)
    picture = np.ascontiguousarray(np.rot90(picture, turns))
    if turns % 2:
        width, height = height, width
    angle = straighten.skew_of(picture)
    if angle:
        picture = straighten.rotated(picture, angle)
    ink = rules.ink_of(picture)
    across, down = rules.rules_in(ink)
    scale = width / picture.shape[1], height / picture.shape[0]
    rulings = [_ruling(box, scale) for box in (*across, *down)]
    grids = [grid for frame in frames(rulings) if (grid := grid_of(frame)) is not None]
    clean = rules.without_rules(picture, [*across, *down])
    runs = _runs(clean, grids, scale)
    return Page(number, width, height, runs, rulings, turn=Turn(-turns % 4, angle))


def _prepared(image: Pictures.Image) -> Image:
    """Grey, evenly lit, of a size at which characters are well read."""
    colour = np.asarray(image.convert("RGB"))
    picture = straighten.grey(colour)
    side = max(picture.shape)
    factor = _SIDE / side if side > _SIDE else _LEAST / side if side < _LEAST else 1.0
    if factor != 1.0:
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how)  # type: ignore[assignment]
    return straighten.even(picture)


def _ruling(box: Box, scale: tuple[float, float]) -> Ruling:
    """A line through the middle of its box."""
    x, y = scale
    if box.right - box.left >= box.bottom - box.top:
        middle = (box.top + box.bottom) / 2 * y
        return Ruling(box.left * x, middle, box.right * x, middle)
    middle = (box.left + box.right) / 2 * x
    return Ruling(middle, box.top * y, middle, box.bottom * y)


def _runs(clean: Image, grids: list[Grid], scale: tuple[float, float]) -> list[Run]:
    colour = cv2.cvtColor(clean, cv2.COLOR_GRAY2RGB)
    pieces = [piece for box in detect(colour) for piece in _within_cells(box, grids, scale)]  # type: ignore[arg-type]
    pieces += _overlooked(clean, pieces, grids, scale)
    pieces = [part for piece in pieces for part in _upright(clean, piece)]
    crops = [_crop(colour, piece.box) for piece in pieces]  # type: ignore[arg-type]
    for piece, (text, score) in zip(pieces, recognise(crops), strict=True):
        piece.text, piece.score = text.strip(), score
    x, y = scale
    return [
        Run(
            piece.text,
            piece.box.left * x,
            piece.box.top * y,
            piece.box.right * x,
            piece.box.bottom * y,
            (piece.box.bottom - piece.box.top) * y * 0.8,
            round(piece.score, 3),
        )
        for piece in pieces
        if piece.text and piece.score >= _SURE
    ]


def _within_cells(box: Box, grids: list[Grid], scale: tuple[float, float]) -> list[Piece]:
    """``box`` cut where it crosses the borders of cells."""
    x, y = scale
    middle = (box.top + box.bottom) / 2 * y
    for grid in grids:
        if not (grid.ys[0] <= middle <= grid.ys[-1]):
            continue
        if box.right * x < grid.xs[0] or box.left * x > grid.xs[-1]:
            continue
        found = []
        for area in grid.areas:
            left, top, right, bottom = grid.box_of(area)
            if not top <= middle < bottom:
                continue
            start, end = max(box.left, round(left / x)), min(box.right, round(right / x))
            # a sliver beyond the border is the rim of the box, no text
            if end - start > 0.35 * (box.bottom - box.top) or (
                end > start and end - start > 0.8 * (box.right - box.left)
            ):
                found.append(
                    Piece(Box(start, max(box.top, round(top / y)), end, min(box.bottom, round(bottom / y))))
                )
        if found:
            return found
    return [Piece(box)]


def _overlooked(
    clean: Image, pieces: list[Piece], grids: list[Grid], scale: tuple[float, float]
) -> list[Piece]:
    """Cells that hold ink where no text was found: single figures, mostly."""
    x, y = scale
    found: list[Piece] = []
    for grid in grids:
        taken = {
            grid.area_at(
                (piece.box.left + piece.box.right) / 2 * x, (piece.box.top + piece.box.bottom) / 2 * y
            )
            for piece in pieces
        }
        for index, area in enumerate(grid.areas):
            if index in taken:
                continue
            left, top, right, bottom = grid.box_of(area)
            inner = Box(
                round(left / x) + _MARGIN,
                round(top / y) + _MARGIN,
                round(right / x) - _MARGIN,
                round(bottom / y) - _MARGIN,
            )
            if inner.right - inner.left > 6 and inner.bottom - inner.top > 6:
                found += [Piece(box) for box in _lines_of_ink(clean, inner)]
    return found


def _lines_of_ink(clean: Image, inner: Box) -> list[Box]:
    """The lines of text in a cell, by where its ink lies."""
    ink = clean[inner.top : inner.bottom, inner.left : inner.right] < 140
    if int(ink.sum()) < _INK:
        return []
    rows = np.flatnonzero(ink.any(axis=1))
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 4) + 1)
    boxes = []
    for group in groups:
        top, bottom = int(group[0]), int(group[-1]) + 1
        columns = np.flatnonzero(ink[top:bottom].any(axis=0))
        if bottom - top < 8 or len(columns) < 3:
            continue
        boxes.append(
            Box(
                max(inner.left, inner.left + int(columns[0]) - 3),
                max(inner.top, inner.top + top - 3),
                min(inner.right, inner.left + int(columns[-1]) + 4),
                min(inner.bottom, inner.top + bottom + 3),
            )
        )
    return boxes


def _upright(clean: Image, piece: Piece) -> list[Piece]:
    """A tall narrow box holds characters below one another: each is a line of its own."""
    box = piece.box
    width, height = box.right - box.left, box.bottom - box.top
    if height < 1.6 * width or height < 40:
        return [piece]
    lines = _lines_of_ink(clean, box)
    return [Piece(line) for line in lines] if len(lines) > 1 else [piece]


def _crop(colour: Image, box: Box) -> Image:
    """The picture of one line, with a little paper around it."""
    top, left = max(0, box.top - 1), max(0, box.left - 1)
    crop = colour[top : box.bottom + 1, left : box.right + 1]
    return cv2.copyMakeBorder(crop, 2, 2, 4, 4, cv2.BORDER_CONSTANT, value=(255, 255, 255))  # type: ignore[return-value]
