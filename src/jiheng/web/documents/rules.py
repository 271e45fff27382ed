"""The catalogue of rules as a page."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiheng.auditing.catalogue import Entry, entries
from jiheng.budget import normalise

_LONGEST = 60


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every rule, or those with the words looked for, by family."""
    words = [normalise(word) for word in request.GET.get("q", "")[:_LONGEST].split()]
    every = entries()
    found = [entry for entry in every if all(word in _text(entry) for word in words)]
    families = [(name, list(rules)) for name, rules in groupby(found, key=lambda entry: entry.family)]
    context = {
        "families": families,
        "count": len(found),
        "total": len(every),
        "looked_for": request.GET.get("q", "")[:_LONGEST],
    }
    return render(request, "documents/rules.html", context)


def _text(entry: Entry) -> str:
    rule = entry.rule
    return normalise(f"{rule.id}{rule.title}{rule.severity.label}{entry.family}{entry.basis}{entry.example}")
