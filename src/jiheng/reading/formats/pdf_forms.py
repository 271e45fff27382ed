"""What was filled in or written onto a PDF page afterwards: form fields, text boxes, comments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from jiheng.reading.formats.page.model import Run
from jiheng.reading.formats.pdf_view import Box, View

_MAX: Final = 5_000
_LARGEST: Final = 12.0
"""Font size (points) that is assumed for a field; less where the field is lower."""
_LONGEST: Final = 100_000
_TICK: Final = "√"


def filled_in(page: pypdfium2.PdfPage, view: View) -> tuple[list[Run], list[Run]]:
    """The values of form fields and text boxes, which are part of the page; and comments, which are not."""
    content: list[Run] = []
    comments: list[Run] = []
    form = page.formenv.raw if page.formenv else None
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MAX)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if pdfium.FPDFAnnot_GetFlags(annotation) & pdfium.FPDF_ANNOT_FLAG_HIDDEN:
                continue
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                content += _runs(_value(form, annotation), _box(annotation, view))
            elif kind == pdfium.FPDF_ANNOT_FREETEXT:
                content += _runs(_text(annotation, b"Contents"), _box(annotation, view))
            elif kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
                comments += _runs(_text(annotation, b"Contents"), _box(annotation, view))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return content, comments


def _box(annotation: Any, view: View) -> Box:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rectangle)
    return view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _value(form: Any, annotation: Any) -> str:
    """What a field holds; a tick for a box that is ticked."""
    if form is None:
        return _text(annotation, b"V")
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return _TICK if pdfium.FPDFAnnot_IsChecked(form, annotation) else ""
    if kind in (
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
    ):
        return _string(
            lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size)
        )
    return ""


def _text(annotation: Any, key: bytes) -> str:
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _string(get: Callable[[Any, int], int]) -> str:
    """A UTF-16 string that pdfium writes into a buffer of the size that it asks for."""
    size = get(None, 0)
    if not 2 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _runs(text: str, box: Box) -> Iterator[Run]:
    """The lines of ``text`` from the top of ``box``."""
    left, top, right, bottom = box
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = max(1.0, min(_LARGEST, (bottom - top) / max(1, len(lines))))
    for number, line in enumerate(lines):
        if line.strip():
            width = min(right - left, size * len(line.strip()))
            start = top + number * size
            yield Run(line.strip(), left, start, left + width, start + size, size)
