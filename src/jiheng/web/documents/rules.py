"""The catalogue of rules as a page."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiheng.auditing.catalogue import Entry, entries
from jiheng.budget import normalise
from jiheng.web.documents import rule_settings

_LONGEST = 60


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every rule, or those with the words looked for, by family."""
    words = [normalise(word).casefold() for word in request.GET.get("q", "")[:_LONGEST].split()]
    every = entries()
    found = [entry for entry in every if all(word in _text(entry) for word in words)]
    said = _said()
    families = [
        (name, [(entry, said.get(entry.rule.id, "")) for entry in rules])
        for name, rules in groupby(found, key=lambda entry: entry.family)
    ]
    context = {
        "families": families,
        "count": len(found),
        "total": len(every),
        "looked_for": request.GET.get("q", "")[:_LONGEST],
    }
    return render(request, "documents/rules.html", context)


def _said() -> dict[str, str]:
    """Rule -> what this office has set for it, in words."""
    settings = rule_settings.in_force().settings
    found: dict[str, list[str]] = {}
    for code, chosen in settings.chosen_by_part():
        where = f"{code} " if code else ""
        for rule in chosen.off:
            found.setdefault(rule, []).append(f"{where}已停用")
        for rule, severity in chosen.severity.items():
            if rule not in chosen.off:
                found.setdefault(rule, []).append(f"{where}作{severity.label}")
    return {rule: "；".join(words) for rule, words in found.items()}


def _text(entry: Entry) -> str:
    rule = entry.rule
    return normalise(
        f"{rule.id}{rule.title}{rule.severity.label}{entry.family}{entry.basis}{entry.example}"
    ).casefold()
