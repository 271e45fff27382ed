"""What is done around every request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from jiheng.web.error_pages import refusal

Respond = Callable[[HttpRequest], HttpResponse]


def response_headers(get_response: Respond) -> Respond:
    """Adds the headers that Django has no setting for; keeps pages out of shared caches."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return respond


def explain_a_wrong_method(get_response: Respond) -> Respond:
    """Gives a 405 a page in Chinese instead of an empty one."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = refusal(request, 405, "这个地址不支持这种操作，什么都没有改动。", "请从首页重新打开。")
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return respond


def refuse_an_oversized_body(get_response: Respond) -> Respond:
    """Answers 413 before a body is read that is larger than any lawful upload."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > settings.MAX_BODY_BYTES:
            return refusal(
                request,
                413,
                f"一次上传的文件合计超过 {settings.MAX_BODY_BYTES // 1024 // 1024} MB。",
                "请分几次上传。",
            )
        return get_response(request)

    return respond
