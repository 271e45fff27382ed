"""The page on which the office switches rules off, changes severities and bounds, for all or for a division."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiheng.auditing.catalogue import bounds, entries
from jiheng.auditing.thresholds import threshold_titles
from jiheng.errors import InvalidSettings, JihengError
from jiheng.web.documents import rule_settings
from jiheng.web.documents.answers import see_other, status_of, told
from jiheng.web.documents.downloads import attachment
from jiheng.web.documents.models import RuleSettings
from jiheng.web.documents.settings_text import CHOICES, with_bound, with_rule
from jiheng.web.documents.who import remember, who_of

_SECONDS: Final = 5.0
"""How long one request audits files anew; the page asks again until none is left."""
_SHOWN: Final = 20


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Shows what is set; a POST sets something else, or audits files by it that were audited before."""
    if request.method != "POST":
        return _show(request)
    sent = request.POST
    try:
        if sent.get("action") == "audit":
            return _audited()
        rule_settings.keep(**_wanted(sent), who=sent.get("who", ""), version=_number(sent.get("version", "")))
    except JihengError as error:
        return _show(request, failed=told(error), status=status_of(error))
    count = rule_settings.outdated().count()
    more = f"有 {count} 份文件还按原来的设置审核，请按“重新审核”。" if count else ""
    messages.success(request, f"已保存，以后的审核按新的设置。{more}")
    response = see_other(reverse("documents:settings"))
    remember(response, sent.get("who", ""))
    return response


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The settings as a file, for the command line and other offices."""
    return attachment(rule_settings.in_force().text.encode(), "审核设置.toml", "toml")


def _audited() -> HttpResponse:
    left = rule_settings.audit_outdated(seconds=_SECONDS)
    return see_other(reverse("documents:settings") + ("?auditing=1" if left else "?audited=1"))


def _wanted(sent: QueryDict) -> dict[str, str]:
    """The text of the settings that a form asks for, and in words what it changes."""
    text, division = rule_settings.in_force().text, sent.get("division", "").strip()
    where = f"（{division}）" if division else ""
    match sent.get("action"):
        case "rule":
            rule, choice = sent.get("rule", "").split(" ")[0].strip().upper(), sent.get("choice", "")
            changed = with_rule(text, rule, choice, division)
            return {"text": changed, "said": f"{rule} {CHOICES.get(choice, '')}{where}"}
        case "bound":
            family, _, name = sent.get("bound", "").partition(".")
            value = sent.get("value", "")
            titles = threshold_titles().get(family, {})
            said = f"{titles.get(name, name)}：{value.strip() or '按默认'}{where}"
            return {"text": with_bound(text, family, name, value, division), "said": said}
        case "text":
            return {"text": sent.get("text", ""), "said": "改写整份设置"}
    raise InvalidSettings("没有看懂要改什么。", remedy="请刷新页面再试。")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else -1


def _show(request: HttpRequest, *, failed: str = "", status: int = 200) -> HttpResponse:
    held = rule_settings.in_force()
    sent = request.POST
    every = groupby(bounds(), key=lambda bound: bound.family)
    context: dict[str, Any] = {
        "held": held,
        "text": sent.get("text", held.text) if sent.get("action") == "text" else held.text,
        "rules": entries(),
        "choices": CHOICES.items(),
        "bounds": [(family, list(found)) for family, found in every],
        "rule": sent.get("rule") or request.GET.get("rule", "")[:20],
        "sent": sent,
        "who": sent.get("who") or who_of(request),
        "outdated": rule_settings.outdated().count(),
        "is_auditing": "auditing" in request.GET,
        "is_audited": "audited" in request.GET,
        "made": RuleSettings.objects.all()[:_SHOWN],
        "told": failed or held.problem,
    }
    return render(request, "documents/settings.html", context, status=status)
