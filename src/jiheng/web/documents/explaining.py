"""The page on which a finding is explained, or an explanation is taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jiheng.budget import Finding
from jiheng.errors import JihengError
from jiheng.web.documents import explanations, selectors
from jiheng.web.documents.answers import see_other, status_of, told
from jiheng.web.documents.selectors import Stored
from jiheng.web.documents.who import remember, who_of


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks for reason and name; a POST keeps them, or takes an explanation back."""
    sent = request.POST if request.method == "POST" else request.GET
    key, rule = sent.get("key", ""), sent.get("rule", "")
    stored = selectors.stored_by_public_id(public_id)
    finding = _finding(stored, key, rule) if stored is not None else None
    if stored is None or finding is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, stored, finding)
    if "take-back" in sent:
        explanations.take_back(finding=finding)
        messages.success(request, "已取消说明，这个问题重新计入。")
        return see_other(stored.upload.get_absolute_url())
    try:
        made = explanations.explain(finding=finding, reason=sent.get("reason", ""), who=sent.get("who", ""))
    except JihengError as error:
        return _ask(request, stored, finding, told(error), status_of(error))
    messages.success(request, "已记下理由，这个问题不再计入。")
    response = see_other(stored.upload.get_absolute_url())
    remember(response, made.who)
    return response


def _ask(
    request: HttpRequest, stored: Stored, finding: Finding, failed: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "upload": stored.upload,
        "reading": stored.upload.reading,
        "finding": finding,
        "reason": request.POST.get("reason", ""),
        "who": request.POST.get("who") or who_of(request),
        "told": failed,
    }
    return render(request, "documents/explain.html", context, status=status)


def _finding(stored: Stored, key: str, rule: str) -> Finding | None:
    every = [*stored.findings, *(waived.finding for waived in stored.waived)]
    return next((found for found in every if found.key and (found.key, found.rule) == (key, rule)), None)
