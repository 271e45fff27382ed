"""What is done with several files of the list at once: their letters in one archive, or deleting them."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import PurePath
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jiheng.errors import JihengError
from jiheng.web.documents import letters, selectors, services
from jiheng.web.documents.answers import GONE, UNPROCESSABLE, see_other, told
from jiheng.web.documents.downloads import attachment
from jiheng.web.documents.models import Upload
from jiheng.web.documents.worker import LetterHead
from jiheng.web.error_pages import refusal

MOST: Final = 100
"""So many files at once."""


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Does with the chosen files what the button says."""
    ids = list(dict.fromkeys(request.POST.getlist("chosen")))
    if not ids:
        return refusal(request, UNPROCESSABLE, "没有选中文件。", "请先在列表中勾选。")
    if len(ids) > MOST:
        return refusal(request, UNPROCESSABLE, f"一次最多 {MOST} 份文件。", "请分几次选。")
    uploads = list(selectors.recent_uploads().filter(public_id__in=ids))
    if not uploads:
        return refusal(request, GONE, "选中的文件已经被删除。", "请从首页重新打开。")
    match request.POST.get("action"):
        case "letters":
            return _letters(request, uploads)
        case "delete":
            return _delete(request, uploads)
    return refusal(request, UNPROCESSABLE, "没有看懂要做什么。", "请从首页重新打开。")


def _delete(request: HttpRequest, uploads: list[Upload]) -> HttpResponse:
    if "confirmed" not in request.POST:
        return render(request, "documents/delete_several.html", {"uploads": uploads})
    for upload in uploads:
        services.delete_upload(upload=upload)
    messages.success(request, f"已删除 {len(uploads)} 份文件。")
    return see_other(reverse("documents:index"))


def _letters(request: HttpRequest, uploads: list[Upload]) -> HttpResponse:
    """The letters in a zip; what could not be written is named in it."""
    head = letters.head_of(request, {})
    deadline = time.monotonic() + settings.WORK_SECONDS
    packed = io.BytesIO()
    refused: list[str] = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, upload in enumerate(uploads, 1):
            try:
                content = _letter(upload, head, deadline)
            except JihengError as error:
                refused.append(f"{upload.path}：{told(error)}")
                continue
            archive.writestr(f"{number:03}-审核意见书-{PurePath(upload.name).stem}.docx", content)
        if refused:
            archive.writestr("没有生成意见书的文件.txt", "\r\n".join(refused).encode("utf-8-sig"))
    if len(refused) == len(uploads):
        return refusal(request, UNPROCESSABLE, "选中的文件都不能生成审核意见书。", "；".join(refused[:5]))
    return attachment(packed.getvalue(), f"审核意见书-{len(uploads) - len(refused)}份.zip", "zip")


def _letter(upload: Upload, head: LetterHead, deadline: float) -> bytes:
    stored = selectors.stored_by_public_id(upload.public_id)
    if stored is None:
        raise JihengError("已经被删除。")
    if time.monotonic() > deadline:
        raise JihengError("没有轮到这一份。", remedy="请少选几份再试。")
    return letters.letter(stored, "docx", head)
