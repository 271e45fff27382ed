"""The pages: hand in files, look at a reading, delete, read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

import jiheng
from jiheng.auditing.review import project_reviews, reviews
from jiheng.budget import BudgetDocument, Kind
from jiheng.errors import FileTooLarge, JihengError, UnsupportedFormat
from jiheng.reading import MemberResult
from jiheng.templates.printing import can_print
from jiheng.web.documents import (
    archives,
    candidates,
    failures,
    letters,
    mends,
    rule_settings,
    selectors,
    services,
    word_templates,
)
from jiheng.web.documents.answers import UNPROCESSABLE, see_other, status_of, told
from jiheng.web.documents.forms import FilterForm
from jiheng.web.documents.listing import context_of
from jiheng.web.documents.models import Failure, Upload
from jiheng.web.documents.names import safe_name, safe_path
from jiheng.web.documents.page.build import Counts, build
from jiheng.web.documents.page.coverage import sentence
from jiheng.web.documents.page.findings import families_of, faults_of
from jiheng.web.documents.portions import portion
from jiheng.web.documents.who import who_of
from jiheng.web.error_pages import refusal, wants_json

_REPORT_FORMS = (("html", "网页"), ("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"))
_CREATED = 201
_SEARCHED = 100
"""So many signs the list is searched for."""


class MemberSaid(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one file of an archive that is a record of its own; see ``MemberResult``."""

    name: str
    documents: int = 0
    message: str | None = None
    remedy: str | None = None
    url: str | None = None


class Result(msgspec.Struct, frozen=True):
    """What became of one file that was handed in."""

    name: str
    status: int
    url: str | None = None
    message: str = ""
    remedy: str | None = None
    counts: dict[str, int] = {}
    members: Sequence[MemberResult | MemberSaid] = ()
    """Of an archive: what became of each file in it."""


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The first page: where files are handed in, and those handed in before."""
    if request.method == "POST":
        return _receive(request)
    return _index(request)


def _index(request: HttpRequest, results: list[Result] | None = None, status: int = 200) -> HttpResponse:
    context = {**context_of(request), "results": results or []}
    return render(request, "documents/index.html", context, status=status)


def _receive(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("files")
    oversized = [safe_name(name) for name in getattr(request, "oversized_files", [])]
    # browsers send the bare name of a file; our script says beside it in which folder it lay
    paths = [safe_path(path) for path in request.POST.getlist("path")]
    results = [_oversized(*_path_of(name, paths)) for name in oversized]
    results += [_received(file, *_path_of(safe_name(file.name or ""), paths)) for file in files]
    if not results:
        results = [Result("", UNPROCESSABLE, message="没有收到文件。", remedy="请先选择要审核的文件。")]
    status = next((result.status for result in results if not result.url), _CREATED)
    if wants_json(request):
        return JsonResponse({"results": msgspec.to_builtins(results)}, status=status)
    if all(result.url for result in results):
        if len(results) == 1:
            return see_other(str(results[0].url))
        messages.success(request, f"{len(results)} 个文件已读取完毕，列在下面。")
        return see_other(reverse("documents:index"))
    return _index(request, results, status)


def _path_of(name: str, paths: list[tuple[str, str]]) -> tuple[str, str]:
    """Folder and name of the file called ``name``; each path is of one file."""
    found = next((path for path in paths if path[1] == name), None)
    if found is None:
        return "", name
    paths.remove(found)
    return found


def _oversized(folder: str, name: str) -> Result:
    error = services.too_large(name)
    failures.keep(name=name, folder=folder, size=None, content=b"", error=error)
    return _refused(error)


def _received(file: UploadedFile, folder: str, name: str) -> Result:
    try:
        found = archives.receive(name=name, folder=folder, content=file.read())
    except JihengError as error:
        return _refused(error, name)
    return _done(found.whole) if found.whole else _opened(name, found)


def _opened(name: str, found: archives.Handed) -> Result:
    """Of an archive whose files became records of their own."""
    members = [
        MemberSaid(
            part.name,
            part.upload.reading.document_count if part.upload else 0,
            part.error.message if part.error else None,
            part.error.remedy if part.error else None,
            part.upload.get_absolute_url() if part.upload else None,
        )
        for part in found.parts
    ]
    read = sum(part.upload is not None for part in found.parts)
    said = f"压缩包中有几个单位或几个年度的文件，各成一条记录：读成 {read} 个，没有读成 {len(members) - read} 个。"
    return Result(name, _CREATED, archive_url(found.folder), said, members=members)


def archive_url(folder: str) -> str:
    """The list of an archive's files."""
    return f"{reverse('documents:index')}?{urlencode({'q': folder[-_SEARCHED:]})}"


def _done(found: services.Received) -> Result:
    reading = found.upload.reading
    counts = {"error": reading.error_count, "warning": reading.warning_count, "notice": reading.notice_count}
    again = "" if found.is_new else f"内容与以前上传的“{found.upload.path}”完全相同，已打开原来的记录。"
    members = selectors.members_of(found.upload)
    url = found.upload.get_absolute_url()
    return Result(found.upload.name, _CREATED, url, again, counts=counts, members=members)


def _refused(error: JihengError, name: str = "") -> Result:
    return Result(
        safe_name(name) if name else error.place or "",
        _status_of_upload(error),
        message=error.message,
        remedy=error.remedy,
    )


def _status_of_upload(error: JihengError) -> int:
    if isinstance(error, FileTooLarge):
        return 413
    if isinstance(error, UnsupportedFormat):
        return 415
    return status_of(error)


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was read in a file, with the findings beside the cells."""
    stored = selectors.stored_by_public_id(public_id)
    if stored is None:
        raise Http404
    chosen = FilterForm(request.GET).chosen()
    documents, findings = stored.outcome.documents, stored.findings
    shown = portion(findings, chosen, request.GET.get("from", ""))
    titles = [services.title_of(document) for document in documents]
    context: dict[str, Any] = {
        "upload": stored.upload,
        "reading": stored.upload.reading,
        "outcome": stored.outcome,
        "parts": build(
            documents,
            findings,
            titles,
            chosen,
            compare=reverse("documents:compare", args=[public_id]),
            numbers=shown.numbers,
        ),
        "portion": shown,
        "coverage": sentence(stored.outcome.coverage),
        "counts": Counts.of(finding.severity for finding in findings),
        "families": families_of(findings),
        "faults": faults_of(findings),
        "chosen": chosen,
        "visible": sum(not chosen.hides(finding) for finding in findings),
        "furniture_count": sum(group.count for group in stored.outcome.furniture),
        "report_forms": _REPORT_FORMS,
        "waived": stored.waived,
        "version_count": candidates.version_count(stored.upload),
        "who": who_of(request),
        "letter": letters.form_of(request),
        "reviews": _scores(stored, titles),
        "by_template": _by_template(documents),
        "can_print": can_print(),
        "has_tables": any(document.tables for document in documents[:1]),
        "is_judged": any(
            document.kind in (Kind.SELF_EVALUATION, Kind.EVALUATION) for document in documents[:1]
        ),
        "mend_count": len(mends.mendable(stored)),
        "is_revisable": mends.is_word(stored.upload) and bool(selectors.corrections_of(stored.upload)),
        "is_outdated": stored.upload.reading.software_version != jiheng.__version__,
        "is_set_otherwise": stored.upload.reading.settings_version != rule_settings.version_in_force(),
    }
    return render(request, "documents/show.html", context)


def _by_template(documents: Sequence[BudgetDocument]) -> set[int]:
    """The numbers (from 1) of the documents to which a template of this office applies."""
    held = word_templates.held_by_slot()
    if not held:
        return set()
    return {number for number, one in enumerate(documents, 1) if word_templates.number_for(one, held)}


def _scores(stored: selectors.Stored, titles: list[str]) -> list[dict[str, Any]]:
    """Of each document that declares goals its points, and those of its projects, the lowest first."""
    documents, findings = stored.outcome.documents, stored.findings
    found = []
    for index, score in enumerate(reviews(documents, findings)):
        if score is not None:
            own = [finding for finding in findings if finding.document == index]
            projects = sorted(project_reviews(documents[index], own), key=lambda review: review.points)
            found.append({"title": titles[index], "score": score, "projects": projects})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, and on confirmation deletes."""
    upload = upload_or_404(public_id)
    if request.method == "POST":
        name = upload.path
        services.delete_upload(upload=upload)
        messages.success(request, f"已删除“{name}”。")
        return see_other(reverse("documents:index"))
    return render(request, "documents/delete.html", {"upload": upload})


@require_POST
def read_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reads a stored file anew."""
    upload = upload_or_404(public_id)
    try:
        services.read_again(upload=upload)
    except JihengError as error:
        return refusal(request, _status_of_upload(error), error.message, error.remedy)
    messages.success(request, "已用当前版本重新读取和审核。")
    return see_other(upload.get_absolute_url())


@require_POST
def try_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reads a file anew that could not be read."""
    failure = _failure_or_404(public_id)
    if failure.content is None:
        return refusal(request, UNPROCESSABLE, "这份文件没有保存，不能再试。", "请改好后重新上传。")
    try:
        found = archives.receive(name=failure.name, folder=failure.folder, content=bytes(failure.content))
    except JihengError as error:
        messages.warning(request, f"“{failure.path}”仍然没有读成：{told(error)}")
        return see_other(reverse("documents:index"))
    messages.success(request, "这次读成了。")
    return see_other(found.whole.upload.get_absolute_url() if found.whole else archive_url(found.folder))


@require_POST
def remove_failure(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a file that could not be read off the list, its bytes with it."""
    failure = _failure_or_404(public_id)
    failure.delete()
    messages.success(request, f"已移除“{failure.path}”。")
    return see_other(reverse("documents:index"))


def _failure_or_404(public_id: str) -> Failure:
    failure = selectors.failure_by_public_id(public_id)
    if failure is None:
        raise Http404
    return failure


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the icon."""
    return redirect(f"{settings.STATIC_URL}jiheng/icon.svg", permanent=True)


def upload_or_404(public_id: str) -> Upload:
    """The upload at this address, without its contents."""
    upload = selectors.upload_by_public_id(public_id)
    if upload is None:
        raise Http404
    return upload
