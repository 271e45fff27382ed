"""The page on which the office keeps its own Word templates: hand in, look at one with a real document, choose."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiheng.errors import InvalidTemplate, JihengError
from jiheng.templates import Slot
from jiheng.templates import starter as made_starter
from jiheng.templates.catalogue import POSITIONS, entries
from jiheng.templates.forms import ABOUT
from jiheng.templates.package import MAX_BYTES
from jiheng.templates.printing import can_print
from jiheng.web.documents import bounded, selectors, word_templates
from jiheng.web.documents.answers import refused as refused_page
from jiheng.web.documents.answers import see_other, status_of, told
from jiheng.web.documents.downloads import attachment
from jiheng.web.documents.models import KINDS, WordTemplate
from jiheng.web.documents.who import remember, who_of

_OFFERED: Final = 30
"""So many documents are offered to look at a template with."""


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Shows what is kept; a POST hands in another template, or lets an older one hold."""
    if request.method != "POST":
        return _show(request)
    try:
        said = _used(request) if request.POST.get("action") == "use" else _kept(request)
    except JihengError as error:
        return _show(request, failed=error)
    messages.success(request, said)
    response = see_other(reverse("documents:templates"))
    remember(response, request.POST.get("who", ""))
    return response


@require_safe
def starter(request: HttpRequest) -> HttpResponse:
    """A template equal to our own layout, to be changed."""
    return attachment(made_starter(), "起始模板-部门预算绩效文本.docx", "docx")


@require_safe
def download(request: HttpRequest, number: str) -> HttpResponse:
    """A template as it was handed in."""
    found = _or_404(number)
    return attachment(bytes(found.content), found.name, "docx")


@require_safe
def preview(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """A template filled with the document that ``with`` in the address names."""
    found = _or_404(number)
    stored = selectors.stored_by_public_id(request.GET.get("with", ""))
    if stored is None or not stored.outcome.documents:
        raise Http404
    documents = stored.outcome.documents
    document = next((one for one in documents if one.kind == found.kind), documents[0])
    try:
        content = bounded.fill_template(found.name, bytes(found.content), document, form)
    except JihengError as error:
        return refused_page(request, error)
    return attachment(content, f"预览-{found.name.removesuffix('.docx')}.{form}", form)


def _kept(request: HttpRequest) -> str:
    sent, file = request.POST, request.FILES.get("template")
    slot = word_templates.slot_of(sent.get("kind", ""), sent.get("year", ""), sent.get("division", ""))
    if getattr(request, "oversized_files", []) or (file is not None and (file.size or 0) > MAX_BYTES):
        raise word_templates.too_large()
    if file is None:
        raise InvalidTemplate("没有收到模板。", remedy="请先选择 Word 文件（.docx）。")
    kept = word_templates.keep(
        name=file.name or "",
        content=file.read(),
        slot=slot,
        who=sent.get("who", ""),
        note=sent.get("note", ""),
    )
    return f"“{kept.name}”没有问题，已保存，{_words(slot)}的文件现在用它生成。"


def _used(request: HttpRequest) -> str:
    sent = request.POST
    number, holding = (_number(sent.get(name, "")) for name in ("number", "holding"))
    found = word_templates.use(number=number, who=sent.get("who", ""), holding=holding)
    return f"已换用 {found.made_at:%Y-%m-%d} 上传的“{found.name}”。"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else -1


def _words(slot: Slot) -> str:
    """What a template is for, in words."""
    year = f"{slot.year}年起" if slot.year else "各年度"
    return f"{slot.division or '各地区'}{year}{slot.kind.label}"


def _or_404(number: str) -> WordTemplate:
    found = word_templates.by_number(int(number))
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, failed: JihengError | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "groups": [(_words(group.slot), group) for group in word_templates.groups()],
        "kinds": KINDS.items(),
        "sent": request.POST,
        "who": request.POST.get("who") or who_of(request),
        "told": told(failed) if failed else "",
        "problems": getattr(failed, "problems", []),
        "offered": selectors.recent_uploads().filter(reading__document_count__gt=0)[:_OFFERED],
        "can_print": can_print(),
        "fields": [
            (within, list(found)) for within, found in groupby(entries(), key=lambda entry: entry.within)
        ],
        "positions": POSITIONS.items(),
        "forms": ABOUT.items(),
    }
    return render(
        request, "documents/word_templates.html", context, status=status_of(failed) if failed else 200
    )
