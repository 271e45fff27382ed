"""What is handed out: the official document, the data, the report of the audit, and the file as it came."""

from __future__ import annotations

from pathlib import PurePath

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from jiheng.errors import JihengError
from jiheng.web.documents import bounded, letters, selectors, word_templates
from jiheng.web.documents.answers import UNPROCESSABLE, refused
from jiheng.web.documents.views import upload_or_404
from jiheng.web.error_pages import refusal
from jiheng.writing import TABLES_FORM

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": _WORKBOOK,
    TABLES_FORM: _WORKBOOK,
    "pdf": "application/pdf",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "sarif": "application/sarif+json",
    "toml": "application/toml",
    "zip": "application/zip",
}
_ONE_AT_A_TIME = ("docx", "pdf", "html", TABLES_FORM)


@require_safe
def document(request: HttpRequest, public_id: str, form: str, number: str = "0") -> HttpResponse:
    """The file's documents in ``form``; Word and PDF hold one, ``number`` (from 1) says which."""
    stored = selectors.stored_by_public_id(public_id)
    if stored is None or int(number) > len(stored.outcome.documents):
        raise Http404
    documents = stored.outcome.documents
    if position := int(number):
        documents = documents[position - 1 : position]
    elif form in _ONE_AT_A_TIME:
        documents = documents[:1]
    if not documents:
        return refusal(
            request, UNPROCESSABLE, "这份文件中没有读到预算绩效内容，无法生成。", "请核对上传的文件。"
        )
    several = position and len(stored.outcome.documents) > 1
    # never the name of the department's own file, beside which it will lie
    stem = f"绩衡-{PurePath(stored.upload.name).stem}{f'-{position}' if several else ''}"
    try:
        content = bounded.write_documents(documents, form, stored.upload.name)
    except JihengError as error:
        return refused(request, error)
    name = f"{stem}-公开表.xlsx" if form == TABLES_FORM else f"{stem}.{form}"
    return attachment(content, name, form)


@require_safe
def achievement(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """绩效自评报告 or 绩效评价报告, from the form of it that the file holds."""
    stored = selectors.stored_by_public_id(public_id)
    if stored is None or not stored.outcome.documents:
        raise Http404
    written = stored.outcome.documents[0]
    try:
        content = bounded.write_achievement(written, form, stored.upload.name)
    except JihengError as error:
        return refused(request, error)
    return attachment(content, f"{PurePath(stored.upload.name).stem}-报告.{form}", form)


@require_safe
def by_template(request: HttpRequest, public_id: str, form: str, number: str = "1") -> HttpResponse:
    """A document of the file (``number`` from 1) by the template of this office that applies to it."""
    stored = selectors.stored_by_public_id(public_id)
    if stored is None or int(number) > len(stored.outcome.documents):
        raise Http404
    written = stored.outcome.documents[int(number) - 1]
    chosen = word_templates.number_for(written, word_templates.held_by_slot())
    template = word_templates.by_number(chosen)
    if template is None:
        return refusal(
            request, UNPROCESSABLE, "没有适用于这份文件的模板。", "请在“模板”页上传，或按内置版式下载。"
        )
    try:
        content = bounded.fill_template(template.name, bytes(template.content), written, form)
    except JihengError as error:
        return refused(request, error)
    several = f"-{number}" if len(stored.outcome.documents) > 1 else ""
    return attachment(content, f"绩衡-{PurePath(stored.upload.name).stem}{several}.{form}", form)


@require_safe
def report(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The report of the audit in ``form``."""
    stored = selectors.stored_by_public_id(public_id)
    if stored is None:
        raise Http404
    try:
        content = bounded.write_report(
            stored.outcome.documents, stored.findings, form, stored.upload.path, stored.waived
        )
    except JihengError as error:
        return refused(request, error)
    return attachment(content, f"审核报告-{PurePath(stored.upload.name).stem}.{form}", form)


@require_safe
def opinion(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """审核意见书 in ``form``; ``office``, ``number`` and ``on`` in the address are its head."""
    stored = selectors.stored_by_public_id(public_id)
    if stored is None:
        raise Http404
    try:
        content = letters.letter(stored, form, letters.head_of(request, request.GET.dict()))
    except JihengError as error:
        return refused(request, error)
    response = attachment(content, f"审核意见书-{PurePath(stored.upload.name).stem}.{form}", form)
    letters.remember_head(response, request.GET.dict())
    return response


@require_safe
def original(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file as it was handed in; never shown by the browser, only saved."""
    upload = upload_or_404(public_id)
    return attachment(selectors.original_of(upload), upload.name, "")


def attachment(content: bytes, name: str, form: str) -> HttpResponse:
    """An answer that the browser saves under ``name``; ``form`` is a suffix."""
    response = HttpResponse(content, content_type=_TYPES.get(form, "application/octet-stream"))
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    response.headers["Content-Length"] = str(len(content))
    return response
