"""The page of mends: what findings propose as values, accepted one by one or by rule, and the revised Word file."""

from __future__ import annotations

from pathlib import PurePath

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiheng.budget import Finding
from jiheng.errors import JihengError
from jiheng.mending import is_printed
from jiheng.web.documents import mends, selectors
from jiheng.web.documents.answers import UNPROCESSABLE, refused, see_other, status_of, told
from jiheng.web.documents.downloads import attachment
from jiheng.web.documents.explaining import back_to
from jiheng.web.documents.models import Correction, Upload
from jiheng.web.documents.selectors import Stored
from jiheng.web.documents.views import upload_or_404
from jiheng.web.documents.who import remember, who_of
from jiheng.web.documents.worker import Revised
from jiheng.web.error_pages import refusal


class Choice(msgspec.Struct, frozen=True):
    """A finding whose mends can be accepted."""

    key: str
    finding: Finding

    @property
    def changes(self) -> list[tuple[str, str]]:
        """What stands there and what would, as the page shows it."""
        return [(mend.before or "（空）", mend.after) for mend in self.finding.mends if is_printed(mend.path)]


class Group(msgspec.Struct, frozen=True):
    """The choices of one rule."""

    rule: str
    title: str
    basis: str
    choices: list[Choice]


class Made(msgspec.Struct):
    """Corrections that were made together for one reason."""

    first: Correction
    changes: list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lists what can be mended; a POST accepts what was chosen, or all of a rule, or puts all of a rule back."""
    if request.method == "POST":
        return _change(request, public_id)
    return _show(request, public_id)


def _show(request: HttpRequest, public_id: str, *, failed: str = "", status: int = 200) -> HttpResponse:
    stored = selectors.stored_by_public_id(public_id)
    if stored is None:
        raise Http404
    made = [found for found in selectors.corrections_of(stored.upload) if is_printed(found.path)]
    context = {
        "upload": stored.upload,
        "reading": stored.upload.reading,
        "groups": _groups(mends.mendable(stored)),
        "made": _together(made),
        "made_count": mends.changed_count(stored.upload),
        "undoable": mends.undoable(stored.upload).items(),
        "is_word": mends.is_word(stored.upload),
        "revision": _revision(stored) if made else None,
        "chosen": request.POST.getlist("mend"),
        "who": request.POST.get("who") or who_of(request),
        "told": failed,
    }
    return render(request, "documents/mends.html", context, status=status)


def _revision(stored: Stored) -> Revised | None:
    """What the revised file would hold and leave out; ``None`` where there can be none now."""
    try:
        return mends.revision(stored)
    except JihengError:
        return None  # the download itself says why


def _groups(findings: list[Finding]) -> list[Group]:
    groups: dict[str, Group] = {}
    for finding in findings:
        empty = Group(finding.rule, finding.fault or finding.title, finding.basis_text, [])
        groups.setdefault(finding.rule, empty).choices.append(Choice(mends.key_of(finding), finding))
    return list(groups.values())


def _together(made: list[Correction]) -> list[Made]:
    """Corrections, newest first, those of one finding as one."""
    found: list[Made] = []
    for correction in made:
        change = (correction.before or "（空）", correction.after or "（空）")
        last = found[-1].first if found else None
        if (
            last is not None
            and correction.reason
            and (correction.reason, correction.who) == (last.reason, last.who)
        ):
            found[-1].changes.insert(0, change)
        else:
            found.append(Made(correction, [change]))
    return found


def _change(request: HttpRequest, public_id: str) -> HttpResponse:
    upload = upload_or_404(public_id)
    sent = request.POST
    try:
        said = _undone(upload, sent) if sent.get("undo") else _accepted(upload, sent)
    except JihengError as error:
        return _show(request, public_id, failed=told(error), status=status_of(error))
    messages.success(request, said)
    place = _one(sent)[0]
    response = see_other(back_to(upload, place) if place else reverse("documents:mends", args=[public_id]))
    remember(response, sent.get("who", ""))
    return response


def _one(sent: QueryDict) -> tuple[str, str]:
    """From the page of a reading: the place there, and the one finding whose mends are accepted."""
    place, _, key = sent.get("accept", "").partition(" ")
    return place, key


def _accepted(upload: Upload, sent: QueryDict) -> str:
    _, one = _one(sent)
    keys = {one} if one else set(sent.getlist("mend"))
    done = mends.accept(upload=upload, who=sent.get("who", ""), keys=keys, rule=sent.get("rule", ""))
    return f"已采用 {done.findings} 个问题的改正，改了 {done.values} 个值，并重新审核。"


def _undone(upload: Upload, sent: QueryDict) -> str:
    rule = sent.get("undo", "")
    count = mends.undo(upload=upload, who=sent.get("who", ""), rule=rule)
    return f"已撤销 {rule} 的改正，{count} 个值改回原样，并重新审核。"


@require_safe
def revision(request: HttpRequest, public_id: str) -> HttpResponse:
    """The Word file as it was handed in, with every correction as a tracked change.

    What cannot be put into it stands on the page of mends beside the link. A file without a single change would be
    taken for a mended one, and is refused.
    """
    stored = selectors.stored_by_public_id(public_id)
    if stored is None:
        raise Http404
    try:
        revised = mends.revision(stored)
    except JihengError as error:
        return refused(request, error)
    if not revised.count:
        return refusal(
            request,
            UNPROCESSABLE,
            f"{len(revised.left)} 处更正都没有在原文件中找到唯一的位置，修订稿与原文件会完全一样，因此没有生成。",
            "请按“直接改正”页上列出的各处，在 Word 中手工改正。",
        )
    return attachment(revised.data, f"{PurePath(stored.upload.name).stem}-修订.docx", "docx")
