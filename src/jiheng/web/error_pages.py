"""Pages for what went wrong, in Chinese, saying what to do; as JSON for a script that asks for it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

_TITLES = {
    400: "请求有误",
    403: "没有通过安全检查",
    404: "没有这个页面",
    405: "不支持这种操作",
    413: "文件太大",
    415: "不支持这种文件",
    422: "无法完成",
    500: "系统出错了",
    503: "系统正忙",
}


def refusal(request: HttpRequest, status: int, message: str, remedy: str | None = None) -> HttpResponse:
    """A page of ``status`` that says what happened and what to do."""
    if wants_json(request):
        return JsonResponse({"message": message, "remedy": remedy}, status=status)
    context = {"status": status, "title": _TITLES.get(status, "出错了"), "message": message, "remedy": remedy}
    return render(request, "error.html", context, status=status)


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is our script rather than a person's browser."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: among others, more files than one request may bring."""
    if isinstance(exception, TooManyFilesSent):
        return refusal(request, 400, f"一次最多上传 {settings.MAX_FILES} 个文件。", "请分几次上传。")
    return refusal(request, 400, "服务器没有看懂这个请求。", "请返回上一页重试。")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from our own page, or the page was open too long."""
    return refusal(
        request,
        403,
        "这次提交没有通过安全检查，什么都没有改动。",
        "请刷新页面后再提交一次，并允许本站使用 Cookie。",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return refusal(request, 403, "不能进行这项操作。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return refusal(request, 404, "这个地址没有内容，文件可能已被删除，或者链接不完整。", "请从首页重新打开。")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: never a traceback."""
    return refusal(
        request,
        500,
        "系统内部出错，这次操作没有完成，已保存的文件不受影响。",
        "请重试；仍不成功时，请把发生的时间告诉维护人员。",
    )
