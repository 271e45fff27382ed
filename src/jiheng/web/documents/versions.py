"""The page that holds a file against an older version: what was put right, what is left, what is new."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiheng.auditing.versions import compared
from jiheng.web.documents import candidates, selectors
from jiheng.web.documents.answers import UNPROCESSABLE
from jiheng.web.documents.bodies import may_be_one
from jiheng.web.documents.models import Reading
from jiheng.web.documents.selectors import Stored

_LONGEST = 100
_SHOWN = 300
"""So many findings of each group are listed."""


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lists likely older versions; ``with`` in the address chooses one."""
    stored = selectors.stored_by_public_id(public_id)
    if stored is None:
        raise Http404
    search = request.GET.get("q", "").strip()[:_LONGEST]
    chosen = request.GET.get("with", "")
    older = selectors.stored_by_public_id(chosen) if chosen else None
    failed = _refusal(stored, older) if chosen else ""
    context: dict[str, Any] = {
        "upload": stored.upload,
        "reading": stored.upload.reading,
        "candidates": candidates.versions(stored.upload, search),
        "search": search,
        "chosen": chosen,
        "told": failed,
        "shown": f":{_SHOWN}",
        "most": _SHOWN,
    }
    if older is not None and not failed:
        found = compared(selectors.every_finding(older), selectors.every_finding(stored))
        context |= {"older": older.upload, "found": found, "waived": _keys(stored)}
    return render(request, "documents/versions.html", context, status=UNPROCESSABLE if failed else 200)


def _refusal(stored: Stored, older: Stored | None) -> str:
    """Why the two are not versions of one document; "" where they may be."""
    if older is None or older.upload.pk == stored.upload.pk:
        return "没有这份文件，请重新选择。"
    now, before = stored.upload.reading, older.upload.reading
    if may_be_one(now, before) is False:
        return f"这两份文件不是同一个单位的（“{now.body}”和“{before.body}”），不能当作两个版本比较。"
    if now.kind != before.kind:
        return f"这两份文件种类不同（{_kind(now)}和{_kind(before)}），不能当作两个版本比较。"
    if now.fiscal_year and before.fiscal_year and now.fiscal_year != before.fiscal_year:
        return f"这两份文件年度不同（{now.fiscal_year}年和{before.fiscal_year}年），请用“与上年对照”。"
    return ""


def _kind(reading: Reading) -> str:
    return reading.kind_name or "没有读到内容"


def _keys(stored: Stored) -> set[str]:
    return {one.finding.key for one in stored.waived if one.finding.key}
