"""What is drawn on a PDF page besides its text: ruled lines and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from jiheng.reading.formats.page.model import Ruling
from jiheng.reading.formats.pdf_view import Box, View

_THIN: Final = 3.0
"""A filled shape or a picture thinner than this (points) is a ruled line."""
_STRAIGHT: Final = 1.0
_DEEP: Final = 4
_MAX_OBJECTS: Final = 200_000
_MAX_RULINGS: Final = 50_000
"""A page with more lines is a drawing."""

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Picture(NamedTuple):
    """A picture on a page."""

    box: Box
    texts: int
    """How many strings were painted before it: it may cover them."""


class Drawn(NamedTuple):
    """Lines and pictures of a page."""

    rulings: list[Ruling]
    """Every straight horizontal or vertical line: stroke, thin filled box or thin picture."""
    pictures: list[Picture]
    texts: int
    """How many strings there are."""


def drawn_on(page: pypdfium2.PdfPage, view: View) -> Drawn:
    """What is drawn on a page; nothing of a drawing with more lines than any table has."""
    rulings: list[Ruling] = []
    pictures: list[Picture] = []
    texts = 0
    for item, kind, matrix in _objects(page.raw, _IDENTITY, 0):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            rulings += _of_path(item, matrix, view)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = view.box(*_bounds(item, matrix))
            width, height = box[2] - box[0], box[3] - box[1]
            if min(width, height) > _THIN:
                pictures.append(Picture(box, texts))
            elif max(width, height) > _THIN:
                rulings.append(Ruling(*box))
    return Drawn(rulings if len(rulings) <= _MAX_RULINGS else [], pictures, texts)


def _objects(parent: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    """The objects of a page, forms opened, each with its kind and the matrix that it is drawn by."""
    if depth == 0:
        count, get = pdfium.FPDFPage_CountObjects(parent), pdfium.FPDFPage_GetObject
    else:
        count, get = pdfium.FPDFFormObj_CountObjects(parent), pdfium.FPDFFormObj_GetObject
    for index in range(min(count, _MAX_OBJECTS)):
        item = get(parent, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEP:
                yield from _objects(item, _multiplied(_matrix(item), matrix), depth + 1)
        else:
            yield item, kind, matrix


def _of_path(item: Any, matrix: Matrix, view: View) -> Iterator[Ruling]:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroked)
    whole = _multiplied(_matrix(item), matrix)
    if stroked.value:
        for start, end in _segments(item, whole):
            (x0, y0), (x1, y1) = view.point(*start), view.point(*end)
            if abs(x0 - x1) <= _STRAIGHT or abs(y0 - y1) <= _STRAIGHT:
                yield Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    elif mode.value:
        yield from _of_filled(item, whole, view)


def _of_filled(item: Any, matrix: Matrix, view: View) -> Iterator[Ruling]:
    """Thin boxes, one by one: a path may hold many of them."""
    corners: list[tuple[float, float]] = []
    for point, is_first in _points(item, matrix):
        if is_first and corners:
            yield from _thin(corners, view)
            corners = []
        corners.append(point)
    if corners:
        yield from _thin(corners, view)


def _thin(corners: list[tuple[float, float]], view: View) -> Iterator[Ruling]:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, top, right, bottom = view.box(min(xs), min(ys), max(xs), max(ys))
    if min(right - left, bottom - top) <= _THIN and max(right - left, bottom - top) > _THIN:
        yield Ruling(left, top, right, bottom)


def _segments(item: Any, matrix: Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    first = before = None
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = _point(segment, matrix)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            yield before, point
        before = point
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None and before is not None:
            yield before, first
            before = first


def _points(item: Any, matrix: Matrix) -> Iterator[tuple[tuple[float, float], bool]]:
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        yield _point(segment, matrix), pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO


def _point(segment: Any, matrix: Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    a, b, c, d, e, f = matrix
    return a * x.value + c * y.value + e, b * x.value + d * y.value + f


def _bounds(item: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    values = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *values)
    left, bottom, right, top = (value.value for value in values)
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(item: Any) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, raw):
        return _IDENTITY
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _multiplied(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
