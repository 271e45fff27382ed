"""The original beside the reading: look, and put right what was misread."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from jiheng.budget import value_at
from jiheng.errors import InvalidCorrection, JihengError
from jiheng.mending import is_printed
from jiheng.web.documents import corrections, selectors
from jiheng.web.documents.answers import BUSY, see_other, status_of
from jiheng.web.documents.bounded import TooBusy, page_picture
from jiheng.web.documents.page.compared import compared
from jiheng.web.documents.page.coverage import sentence
from jiheng.web.documents.views import upload_or_404
from jiheng.web.documents.who import remember, who_of
from jiheng.web.error_pages import refusal, wants_json


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Left the original, right every value that was read and what was left over, each pointing to the other."""
    return _show(request, public_id)


def _show(
    request: HttpRequest, public_id: str, *, failed: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    stored = selectors.stored_by_public_id(public_id)
    if stored is None:
        raise Http404
    # a unit that was understood stands in no cell, and goes with its figures
    made = [found for found in selectors.corrections_of(stored.upload) if is_printed(found.path)]
    shown = compared(stored.outcome, made)
    editing = _editing(request, stored, failed)
    context = {
        "upload": stored.upload,
        "reading": stored.upload.reading,
        "outcome": stored.outcome,
        "compared": shown,
        "history": [(found, shown.names.get(found.path, "")) for found in made],
        "coverage": sentence(stored.outcome.coverage),
        "corrections": made,
        "who": who_of(request),
        "failed": failed or {},
        "editing": editing,
    }
    context["form"] = _form(request, context, editing) if editing else ""
    return render(request, "documents/compare.html", context, status=status)


def _editing(request: HttpRequest, stored: selectors.Stored, failed: dict[str, str] | None) -> dict[str, str]:
    """The value whose form is open in a browser without scripts, and what stands in it."""
    if failed:
        return failed
    path = request.GET.get("value", "")
    try:
        return {"path": path, "after": value_at(stored.outcome.documents, path) or ""} if path else {}
    except InvalidCorrection:
        return {}


def _form(request: HttpRequest, context: dict[str, Any], editing: dict[str, str]) -> SafeString:
    """The form of the value that is being corrected, with what was typed and what was wrong with it."""
    try:
        before = value_at(context["outcome"].documents, editing["path"]) or ""
    except InvalidCorrection:
        return SafeString()
    own = {**editing, "before": before, "told": editing.get("message", "") + editing.get("remedy", "")}
    return render_to_string("documents/correct_form.html", {**context, **own}, request)


@require_safe
def page(request: HttpRequest, public_id: str, number: str) -> HttpResponse:
    """A page of the original as a picture."""
    upload = upload_or_404(public_id)
    try:
        turn = selectors.turn_of(upload, int(number))
        picture = page_picture(upload.name, selectors.original_of(upload), int(number), turn)
    except JihengError as error:
        return refusal(request, BUSY if isinstance(error, TooBusy) else 404, error.message, error.remedy)
    response = HttpResponse(picture, content_type="image/png")
    # the bytes of an upload never change; the address of the picture tells one reading from the next
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_POST
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Puts a value right."""
    upload = upload_or_404(public_id)
    sent = {name: request.POST.get(name, "") for name in ("path", "before", "after", "who")}
    try:
        made = corrections.correct(upload=upload, **sent)
    except JihengError as error:
        status = status_of(error)
        if wants_json(request):
            return JsonResponse({"message": error.message, "remedy": error.remedy}, status=status)
        return _show(
            request,
            public_id,
            failed={**sent, "message": error.message, "remedy": error.remedy or ""},
            status=status,
        )
    if wants_json(request):
        response: HttpResponse = JsonResponse({"after": made.after, "who": made.who}, status=201)
    else:
        response = see_other(reverse("documents:compare", args=[public_id]))
    remember(response, made.who)
    return response
