"""The page on which a finding is explained, all of its rule with it, or an explanation is changed or taken back."""

from __future__ import annotations

import re
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jiheng.budget import Finding
from jiheng.errors import JihengError
from jiheng.web.documents import explanations, selectors
from jiheng.web.documents.answers import CONFLICT, GONE, see_other, status_of, told
from jiheng.web.documents.models import Upload
from jiheng.web.documents.selectors import Stored
from jiheng.web.documents.who import remember, who_of

_PLACE: Final = re.compile(r"c\d{1,4}[A-Za-z0-9_-]{0,200}|waived")


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks for reason and name; a POST keeps them, or takes an explanation back."""
    sent = request.POST if request.method == "POST" else request.GET
    key, rule = sent.get("key", ""), sent.get("rule", "")
    stored = selectors.stored_by_public_id(public_id)
    finding = _finding(stored, key, rule) if stored is not None else None
    if stored is None or finding is None:
        if request.method != "POST":
            raise Http404
        return _too_late(request, stored)
    if request.method != "POST":
        return _ask(request, stored, finding)
    try:
        who, said = _kept(request, stored, finding)
    except JihengError as error:
        return _ask(request, stored, finding, told(error), status_of(error))
    messages.success(request, said)
    response = see_other(back_to(stored.upload, sent.get("at", "")))
    remember(response, who)
    return response


def back_to(upload: Upload, place: str) -> str:
    """The page of a file, at the place where the reader was."""
    return upload.get_absolute_url() + (f"#{place}" if _PLACE.fullmatch(place) else "")


def _kept(request: HttpRequest, stored: Stored, finding: Finding) -> tuple[str, str]:
    """Does what the form asks for; gives the name and what to tell."""
    sent = request.POST
    if "take-back" in sent:
        who = explanations.take_back(finding=finding, who=sent.get("who", ""))
        return who, "已取消说明，问题重新计入；原来的说明留有记录。"
    chosen = _of_rule(stored, finding) if "all" in sent else _same(stored, finding)
    who = explanations.explain(findings=chosen, reason=sent.get("reason", ""), who=sent.get("who", ""))
    return who, f"已记下理由，{len(chosen)} 个问题不再计入。"


def _ask(
    request: HttpRequest, stored: Stored, finding: Finding, failed: str = "", status: int = 200
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    waiver = next((one.waiver for one in stored.waived if one.finding is finding), None)
    context = {
        "upload": stored.upload,
        "reading": stored.upload.reading,
        "finding": finding,
        "waiver": waiver,
        "same": len(_same(stored, finding)),
        "of_rule": 0 if waiver else len(_of_rule(stored, finding)),
        "is_all": "all" in sent,
        "ended": explanations.history([finding]),
        "at": sent.get("at", ""),
        "reason": sent.get("reason", waiver.reason if waiver else ""),
        "who": request.POST.get("who") or who_of(request),
        "told": failed,
    }
    return render(request, "documents/explain.html", context, status=status)


def _too_late(request: HttpRequest, stored: Stored | None) -> HttpResponse:
    """The finding is gone: it was mended, or the file was read anew or deleted. What was typed stays to be copied."""
    context = {"upload": stored.upload if stored else None, "reason": request.POST.get("reason", "")}
    return render(request, "documents/explain_gone.html", context, status=CONFLICT if stored else GONE)


def _finding(stored: Stored, key: str, rule: str) -> Finding | None:
    every = [*stored.findings, *(waived.finding for waived in stored.waived)]
    return next((found for found in every if found.key and (found.key, found.rule) == (key, rule)), None)


def _same(stored: Stored, finding: Finding) -> list[Finding]:
    """The findings for which the same explanation holds: the same thing in several places."""
    every = [*stored.findings, *(waived.finding for waived in stored.waived)]
    return [found for found in every if (found.key, found.rule) == (finding.key, finding.rule)]


def _of_rule(stored: Stored, finding: Finding) -> list[Finding]:
    """All findings of its rule that nobody has explained."""
    return [found for found in stored.findings if found.rule == finding.rule and found.key]
