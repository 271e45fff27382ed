"""PDF files: the characters and lines of their pages, straight from pdfium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from jiheng.errors import DamagedFile, ProtectedFile
from jiheng.reading.blocks import Blocks
from jiheng.reading.formats.page.blocks import blocks_of
from jiheng.reading.formats.page.model import Page
from jiheng.reading.formats.pdf_forms import filled_in
from jiheng.reading.formats.pdf_glyphs import is_bad, is_garbage
from jiheng.reading.formats.pdf_lines import Drawn, drawn_on
from jiheng.reading.formats.pdf_pictures import (
    has_layer,
    is_scan,
    mended,
    picture_of,
    pictures_with_text,
    with_layer,
    with_pictures,
)
from jiheng.reading.formats.pdf_repair import with_trailer
from jiheng.reading.formats.pdf_runs import Painted, runs_on
from jiheng.reading.formats.pdf_view import View
from jiheng.reading.turn import Turn

MAX_PAGES: Final = 2_000
_MAX_SCANS: Final = 300
"""Pictures are recognised on so many pages; more would take hours."""

Recogniser = Callable[[pypdfium2.PdfPage, Page], Page]
"""Completes a page from its picture."""


def read_pdf(data: bytes, name: str) -> Blocks:
    """The paragraphs and tables on the pages of a PDF; scanned pages are recognised.

    Of a file with more than ``MAX_PAGES`` pages the first are read, with a warning.

    Raises:
        ProtectedFile: it asks for a password.
        DamagedFile: it cannot be opened, or has no page.
    """
    document = open_pdf(data, name)
    try:
        count = len(document)
        if count == 0:
            raise DamagedFile("PDF 中没有页面。", place=name, remedy="请重新导出后上传。")
        blocks = blocks_of(_pages(document, name))
    except PdfiumError as error:
        raise _damaged(name) from error
    finally:
        document.close()
    if count <= MAX_PAGES:
        return blocks
    cut = f"PDF 有 {count} 页，只读取了前 {MAX_PAGES} 页。请拆分成几个文件后重新上传，以免遗漏。"
    return msgspec.structs.replace(blocks, warnings=(cut, *blocks.warnings))


def open_pdf(data: bytes, name: str) -> pypdfium2.PdfDocument:
    """An open PDF; one that was cut off is opened as far as it goes. Raises ``ProtectedFile``, ``DamagedFile``."""
    try:
        document = _opened(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise ProtectedFile("PDF 有密码保护。", place=name, remedy="请取消密码后重新保存。") from error
        mended_data = with_trailer(data)
        if mended_data is None:
            raise _damaged(name) from error
        try:
            document = _opened(mended_data)
        except PdfiumError:
            raise _damaged(name) from error
    return document


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument(data)
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    return document


def _damaged(name: str) -> DamagedFile:
    return DamagedFile("PDF 已损坏，或没有传完整。", place=name, remedy="请重新导出或重新上传。")


def _pages(document: pypdfium2.PdfDocument, name: str) -> Iterator[Page]:
    scans = broken = 0
    count = min(len(document), MAX_PAGES)
    for index in range(count):
        try:
            page = document[index]
        except PdfiumError as error:
            broken += 1
            if broken == count:
                raise _damaged(name) from error
            # one broken page does not cost the others
            yield Page(index + 1, 595.0, 842.0, [], [], [f"第{index + 1}页已损坏，未能读取。"])
            continue
        try:
            found, pictures = _page(page, index + 1)
            if pictures is not None:
                scans += 1
                found = pictures(page, found) if scans <= _MAX_SCANS else _skipped(found)
            yield found
        finally:
            page.close()


def _page(page: pypdfium2.PdfPage, number: int) -> tuple[Page, Recogniser | None]:
    """A page as its file tells it, and what has to be recognised from its picture, if anything."""
    text = page.get_textpage()
    try:
        view = View.of(page, text)
        turn = Turn((view.turns - page.get_rotation() // 90) % 4)
        painted = runs_on(text, view)
    finally:
        text.close()
    drawn = drawn_on(page, view)
    content, comments = filled_in(page, view)
    warnings = [f"第{number}页的字太多，有{painted.left_out}个没有读取。"] if painted.left_out else []
    found = Page(
        number, view.width, view.height, painted.runs + content, drawn.rulings, warnings, turn, painted.aside + comments
    )  # fmt: skip
    return found, _recogniser(found, painted, drawn)


def _recogniser(found: Page, painted: Painted, drawn: Drawn) -> Recogniser | None:
    """How the text of a page that its file does not tell is to be had; ``None`` when all of it is told."""
    if is_garbage(found.runs):
        reason = f"第{found.number}页的字体没有正确的文字编码，已改用图像识别。"
        return lambda page, known: _recognised(page, known, reason)
    if is_scan(found, painted, drawn):
        reason = f"第{found.number}页是扫描图像，文字由识别得到，请核对。"
        if has_layer(found):
            return lambda page, known: with_layer(page, known) or _recognised(page, known, reason)
        return lambda page, known: _recognised(page, known, reason)
    if any(is_bad(sign) for run in found.runs for sign in run.text):
        return mended
    boxes = pictures_with_text(found, drawn)
    return (lambda page, known: with_pictures(page, known, boxes)) if boxes else None


def _recognised(page: pypdfium2.PdfPage, found: Page, reason: str) -> Page:
    from jiheng.reading.formats.image import page_of_picture

    # the picture is of the page as the file shows it, before the text on it was turned upright
    read = page_of_picture(picture_of(page), found.number, page.get_width(), page.get_height())
    return msgspec.structs.replace(read, warnings=[reason, *read.warnings], aside=found.aside)


def _skipped(found: Page) -> Page:
    warning = f"扫描页超过 {_MAX_SCANS} 页，第{found.number}页起没有识别。"
    return msgspec.structs.replace(found, warnings=[warning])
