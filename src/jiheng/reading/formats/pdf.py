"""PDF files: the characters and lines of their pages, straight from pdfium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from jiheng.errors import DamagedFile, FileTooLarge, ProtectedFile
from jiheng.reading.blocks import Blocks
from jiheng.reading.formats.page.blocks import blocks_of
from jiheng.reading.formats.page.model import Page
from jiheng.reading.formats.pdf_glyphs import is_garbage, runs_on
from jiheng.reading.formats.pdf_lines import is_picture_page, rulings_on
from jiheng.reading.formats.pdf_view import View
from jiheng.reading.turn import Turn

MAX_PAGES: Final = 2_000
_MAX_SCANS: Final = 300
"""Pictures are recognised on so many pages; more would take hours."""
_DPI: Final = 200


def read_pdf(data: bytes, name: str) -> Blocks:
    """The paragraphs and tables on the pages of a PDF; scanned pages are recognised.

    Raises:
        ProtectedFile: it asks for a password.
        DamagedFile: it cannot be opened, or has no page.
        FileTooLarge: it has more pages than are read.
    """
    document = open_pdf(data, name)
    try:
        count = len(document)
        if count == 0:
            raise DamagedFile("PDF 中没有页面。", place=name, remedy="请重新导出后上传。")
        if count > MAX_PAGES:
            raise FileTooLarge(
                f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限。",
                place=name,
                remedy="请拆分成几个文件后重试。",
            )
        return blocks_of(_pages(document, name))
    except PdfiumError as error:
        raise _damaged(name) from error
    finally:
        document.close()


def open_pdf(data: bytes, name: str) -> pypdfium2.PdfDocument:
    """An open PDF. Raises ``ProtectedFile``, ``DamagedFile``."""
    try:
        document = pypdfium2.PdfDocument(data)
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
        return document
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise ProtectedFile("PDF 有密码保护。", place=name, remedy="请取消密码后重新保存。") from error
        raise _damaged(name) from error


def _damaged(name: str) -> DamagedFile:
    return DamagedFile("PDF 已损坏，或没有传完整。", place=name, remedy="请重新导出或重新上传。")


def _pages(document: pypdfium2.PdfDocument, name: str) -> Iterator[Page]:
    scans = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except PdfiumError:
            # one broken page does not cost the others
            yield Page(index + 1, 595.0, 842.0, [], [], [f"第{index + 1}页已损坏，未能读取。"])
            continue
        try:
            found = _page(page, index + 1)
            reason = _why_a_picture(page, found)
            if reason is not None:
                scans += 1
                found = _recognised(page, found, reason) if scans <= _MAX_SCANS else _skipped(found)
            yield found
        finally:
            page.close()


def _page(page: pypdfium2.PdfPage, number: int) -> Page:
    text = page.get_textpage()
    try:
        view = View.of(page, text)
        turn = Turn((view.turns - page.get_rotation() // 90) % 4)
        return Page(number, view.width, view.height, runs_on(text, view), rulings_on(page, view), turn=turn)
    finally:
        text.close()


def _why_a_picture(page: pypdfium2.PdfPage, found: Page) -> str | None:
    """Why the text of a page has to be recognised from its picture; ``None`` when it need not."""
    if is_garbage(found.runs):
        return f"第{found.number}页的字体没有正确的文字编码，已改用图像识别。"
    if is_picture_page(page, found):
        return f"第{found.number}页是扫描图像，文字由识别得到，请核对。"
    return None


def _recognised(page: pypdfium2.PdfPage, found: Page, reason: str) -> Page:
    from jiheng.reading.formats.image import page_of_picture

    picture = page.render(scale=_DPI / 72).to_pil()
    # the picture is of the page as the file shows it, before the text on it was turned upright
    read = page_of_picture(picture, found.number, page.get_width(), page.get_height())
    return msgspec.structs.replace(read, warnings=[reason])


def _skipped(found: Page) -> Page:
    warning = f"扫描页超过 {_MAX_SCANS} 页，第{found.number}页起没有识别。"
    return msgspec.structs.replace(found, warnings=[warning])
