"""PDF files that carry their data: the attachment "jiheng.json" that 绩衡 puts into the PDFs it writes."""

from __future__ import annotations

import pypdfium2
from pypdfium2 import PdfiumError

from jiheng.budget import BudgetDocument, exchange, normalise
from jiheng.errors import DamagedFile, InvalidDocument, ProtectedFile

_ATTACHMENT = "jiheng.json"


def read_attachment(data: bytes, name: str) -> tuple[list[BudgetDocument], list[str]] | None:
    """The documents attached to a PDF, and where its pages do not show what the attachment says.

    ``None`` when it carries no data.

    Raises:
        ProtectedFile, DamagedFile: when the PDF cannot be opened.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise ProtectedFile("PDF 有密码保护。", place=name, remedy="请取消密码后重新保存。") from error
        raise DamagedFile(
            "PDF 已损坏，或没有传完整。", place=name, remedy="请重新导出或重新上传。"
        ) from error
    try:
        attached = _attachment(pdf)
        if attached is None:
            return None
        documents = exchange.loads(attached)
        return documents, _not_shown(documents, _page_text(pdf))
    except InvalidDocument as error:
        raise DamagedFile("PDF 中附带的数据已损坏。", place=name, remedy=error.remedy) from error
    except PdfiumError as error:
        raise DamagedFile(
            "PDF 已损坏，或没有传完整。", place=name, remedy="请重新导出或重新上传。"
        ) from error
    finally:
        pdf.close()


def _attachment(pdf: pypdfium2.PdfDocument) -> bytes | None:
    for index in range(pdf.count_attachments()):
        attachment = pdf.get_attachment(index)
        if attachment.get_name() == _ATTACHMENT:
            return bytes(attachment.get_data())
    return None


def _page_text(pdf: pypdfium2.PdfDocument) -> str:
    return normalise("".join(page.get_textpage().get_text_bounded() for page in pdf))


def _not_shown(documents: list[BudgetDocument], pages: str) -> list[str]:
    """A warning for every project whose code or budget the pages do not show: one of the two was changed."""
    return [
        f"PDF 页面上没有“{project.label}”的“{text}”，与附带的数据不一致，请核对。"
        for document in documents
        for _, project in document.goal_tables()
        for text in (project.code, project.budget.total if project.budget else None)
        if text and normalise(text) not in pages
    ]
