"""The name that a person typed last in this browser, so that it need not be typed again."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

_COOKIE: Final = "jiheng_who"
_LONGEST: Final = 40
_YEAR: Final = 31_536_000
"""Seconds."""


def who_of(request: HttpRequest) -> str:
    """The name typed last time; a cookie that was tampered with is none."""
    try:
        return request.COOKIES.get(_COOKIE, "").encode("ascii").decode("unicode_escape")[:_LONGEST]
    except (UnicodeDecodeError, UnicodeEncodeError):
        return ""


def remember(response: HttpResponse, who: str) -> None:
    """Keeps the name in the browser for the next time."""
    name = who.strip()[:_LONGEST].encode("unicode_escape").decode()
    response.set_cookie(_COOKIE, name, max_age=_YEAR, httponly=True, samesite="Strict")
