"""The ruled lines on a PDF page, and whether the page is nothing but a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from jiheng.reading.formats.page.model import Page, Ruling
from jiheng.reading.formats.pdf_view import View

_THIN: Final = 3.0
"""A filled shape thinner than this (points) is a ruled line."""
_STRAIGHT: Final = 1.0
_DEEP: Final = 4
_SCAN: Final = 0.5
"""A picture that covers this share of the page makes it a scan, where hardly any text stands."""
_HARDLY: Final = 30
_MAX_OBJECTS: Final = 200_000

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def rulings_on(page: pypdfium2.PdfPage, view: View) -> list[Ruling]:
    """Every straight horizontal or vertical line that is drawn, as stroke or as thin filled box."""
    found: list[Ruling] = []
    for item, matrix in _objects(page.raw, _IDENTITY, 0):
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH:
            found += _of_path(item, matrix, view)
    return found


def is_picture_page(page: pypdfium2.PdfPage, found: Page) -> bool:
    """Whether the page is a picture of text: a large image, and hardly any sign."""
    if sum(len(run.text) for run in found.runs) > _HARDLY:
        return False
    area = found.width * found.height
    covered = 0.0
    drawn = False
    for item, matrix in _objects(page.raw, _IDENTITY, 0):
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        drawn = True
        left, bottom, right, top = _bounds(item, matrix)
        covered += abs(right - left) * abs(top - bottom)
    # scans are often stored in strips or tiles: together they count
    return drawn and covered > _SCAN * area


def _objects(parent: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """The objects of a page, forms opened, each with the matrix that it is drawn by."""
    if depth == 0:
        count, get = pdfium.FPDFPage_CountObjects(parent), pdfium.FPDFPage_GetObject
    else:
        count, get = pdfium.FPDFFormObj_CountObjects(parent), pdfium.FPDFFormObj_GetObject
    for index in range(min(count, _MAX_OBJECTS)):
        item = get(parent, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEP:
                yield from _objects(item, _multiplied(_matrix(item), matrix), depth + 1)
        else:
            yield item, matrix


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
