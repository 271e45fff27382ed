"""Answers that every page gives alike: where to go after a change, and with which status and words it fails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from jiheng.errors import JihengError
from jiheng.web.documents.bounded import TooBusy
from jiheng.web.documents.changed import ChangedMeanwhile, DeletedMeanwhile
from jiheng.web.error_pages import refusal

GONE, CONFLICT, UNPROCESSABLE, BUSY = 404, 409, 422, 503


def see_other(url: str) -> HttpResponse:
    """After a change, the page to look at (303)."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def status_of(error: JihengError) -> int:
    """The status of a change that was refused."""
    if isinstance(error, DeletedMeanwhile):
        return GONE
    if isinstance(error, ChangedMeanwhile):
        return CONFLICT
    return BUSY if isinstance(error, TooBusy) else UNPROCESSABLE


def told(error: JihengError) -> str:
    """What happened and what to do, in one line."""
    return f"{error.message}{error.remedy or ''}"


def refused(request: HttpRequest, error: JihengError) -> HttpResponse:
    """The page that says so."""
    return refusal(request, status_of(error), error.message, error.remedy)
