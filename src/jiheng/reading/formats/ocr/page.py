"""A picture of a page to a ``Page``: ruled lines, and runs of text that each lie within one cell."""

from __future__ import annotations

import re
from typing import Final

import cv2
import msgspec
import numpy as np
from PIL import Image as Pictures

from jiheng.reading.formats.image import in_colour
from jiheng.reading.formats.ocr import rules, signs, straighten, wording
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
_DARK: Final = 160
"""Darker (of 255) is ink; thin strokes are greyer than thick ones."""
_GRAIN: Final = 1
"""So many dark pixels in a row are grain of the paper."""
_STROKE: Final = 8
"""Pixels: what is lower is a stroke, no line of text."""
_BARS: Final = 24
"""Pixels between the outer edges of the bars of "=", at most."""
_MAYBE_EQUALS: Final = re.compile(r"[一二](?![^\d.])")
"""The numeral one or two where a figure or nothing follows: rather a sign in front of a value."""
_SURE: Final = 0.35
"""What is recognised with less is a smudge."""


class Piece(msgspec.Struct):
    """A line of text, or the part of it that lies in one cell. ``room`` is from where to where its cell reaches."""

    box: Box
    text: str = ""
    score: float = 0.0
    is_smudge: bool = False
    room: tuple[int, int] | None = None


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
    pieces = _pieces(clean, grids, scale)
    runs = [_run(piece, scale) for piece in pieces if piece.text and not piece.is_smudge]
    smudges = sum(bool(piece.text) and piece.is_smudge for piece in pieces)
    warnings = [f"第{number}页有 {smudges} 处字迹模糊，没有认出，请对照原件。"] if smudges else []
    return Page(number, width, height, runs, rulings, warnings, turn=Turn(-turns % 4, angle))


def rulings_of_picture(image: Pictures.Image, width: float, height: float) -> list[Ruling] | None:
    """The ruled lines in the picture of a page of ``width`` × ``height`` points; ``None`` when it is not straight."""
    picture = _prepared(image)
    if straighten.skew_of(picture):
        return None
    across, down = rules.rules_in(rules.ink_of(picture))
    scale = width / picture.shape[1], height / picture.shape[0]
    return [_ruling(box, scale) for box in (*across, *down)]


def _prepared(image: Pictures.Image) -> Image:
    """Grey, evenly lit, of a size at which characters are well read."""
    colour = np.asarray(in_colour(image))
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


def _pieces(clean: Image, grids: list[Grid], scale: tuple[float, float]) -> list[Piece]:
    """Every line of text, cut at the borders of cells, with what was recognised."""
    colour = cv2.cvtColor(clean, cv2.COLOR_GRAY2RGB)
    pieces = [piece for box in detect(colour) for piece in _within_cells(box, grids, scale)]  # type: ignore[arg-type]
    pieces += _overlooked(clean, pieces, grids, scale)
    pieces = [part for piece in pieces for part in _upright(clean, piece)]
    boxes = [piece.box for piece in pieces]
    for piece in pieces:
        piece.box = signs.whole(clean, piece.box, piece.room, boxes)
    crops = [_crop(colour, piece.box) for piece in pieces]  # type: ignore[arg-type]
    for piece, reading in zip(pieces, recognise(crops), strict=True):
        piece.is_smudge = reading.mean < _SURE or wording.is_speck(reading)
        piece.text, piece.score = wording.settled(reading)
        if _MAYBE_EQUALS.match(piece.text) and signs.is_equals(clean, piece.box):
            piece.text, piece.score = f"={piece.text[1:]}", min(piece.score, wording.DOUBTFUL)
    return pieces


def _run(piece: Piece, scale: tuple[float, float]) -> Run:
    x, y = scale
    box = piece.box
    return Run(
        piece.text,
        box.left * x,
        box.top * y,
        box.right * x,
        box.bottom * y,
        (box.bottom - box.top) * y * 0.8,
        round(piece.score, 3),
    )


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
                room = round(left / x) + _MARGIN, round(right / x) - _MARGIN
                cut = Box(start, max(box.top, round(top / y)), end, min(box.bottom, round(bottom / y)))
                found.append(Piece(cut, room=room))
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
    ink = clean[inner.top : inner.bottom, inner.left : inner.right] < _DARK
    if int(ink.sum()) < _INK:
        return []
    rows = np.flatnonzero(ink.sum(axis=1) > _GRAIN)
    if rows.size == 0:
        return []
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 4) + 1)
    if len(groups) == 2 and rows[-1] - rows[0] < _BARS and max(map(len, groups)) < _STROKE:
        groups = [rows]  # the two bars of "="
    boxes = []
    for group in groups:
        top, bottom = int(group[0]), int(group[-1]) + 1
        columns = np.flatnonzero(ink[top:bottom].any(axis=0))
        if bottom - top < _STROKE or len(columns) < 3:
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
