"""What a person typed last in this browser, so that it need not be typed again: the name, and the head of letters."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

_WHO: Final = "jiheng_who"
_LONGEST: Final = 60
_YEAR: Final = 31_536_000
"""Seconds."""


def who_of(request: HttpRequest) -> str:
    """The name typed last time."""
    return remembered(request, _WHO)


def remember(response: HttpResponse, who: str) -> None:
    """Keeps the name in the browser for the next time."""
    keep(response, _WHO, who)


def remembered(request: HttpRequest, cookie: str) -> str:
    """The text typed last time; a cookie that was tampered with is none."""
    try:
        return request.COOKIES.get(cookie, "").encode("ascii").decode("unicode_escape")[:_LONGEST]
    except (UnicodeDecodeError, UnicodeEncodeError):
        return ""


def keep(response: HttpResponse, cookie: str, text: str) -> None:
    """Keeps a text in the browser for the next time."""
    kept = text.strip()[:_LONGEST].encode("unicode_escape").decode()
    response.set_cookie(cookie, kept, max_age=_YEAR, httponly=True, samesite="Strict")
