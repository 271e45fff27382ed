"""The page on which an earlier file is chosen that the audit holds a file against."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jiheng.errors import JihengError
from jiheng.web.documents import candidates, selectors, services
from jiheng.web.documents.answers import UNPROCESSABLE, see_other, status_of, told
from jiheng.web.documents.models import Upload
from jiheng.web.documents.views import upload_or_404

_LONGEST = 100


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lists the files that may be chosen; a POST audits the file again against one of them, or against none."""
    upload = upload_or_404(public_id)
    if request.method != "POST":
        return _ask(request, upload)
    chosen = request.POST.get("earlier", "")
    earlier = selectors.upload_by_public_id(chosen) if chosen else None
    if chosen and (earlier is None or earlier.pk == upload.pk):
        return _ask(request, upload, "没有这份文件，请重新选择。", UNPROCESSABLE)
    try:
        compared = services.hold_against(upload=upload, earlier=earlier)
    except JihengError as error:
        return _ask(request, upload, told(error), status_of(error))
    said = (
        f"已与“{earlier.reading.title or earlier.path}”对照，重新审核。对上的有：{compared}。"
        if earlier
        else "不再对照，已重新审核。"
    )
    messages.success(request, said)
    return see_other(upload.get_absolute_url())


def _ask(request: HttpRequest, upload: Upload, failed: str = "", status: int = 200) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:_LONGEST]
    context = {
        "upload": upload,
        "reading": upload.reading,
        "candidates": candidates.earlier(upload, search),
        "search": search,
        "told": failed,
    }
    return render(request, "documents/against.html", context, status=status)
