"""Work on files within bounds: in processes of their own, with a limit of time and of memory; see ``reading.isolated``."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache

import msgspec
from django.conf import settings as configured

from jiheng.auditing import Settings, Waived
from jiheng.budget import BudgetDocument, Finding
from jiheng.errors import JihengError
from jiheng.mending import Change
from jiheng.reading.isolated import Bounds, Workers
from jiheng.reading.turn import Turn
from jiheng.templates import Problem
from jiheng.web.documents.outcome import Audited
from jiheng.web.documents.worker import LetterHead, Packed, Revised, Task, ToFill, ToReport


class TooBusy(JihengError):
    """As many tasks as may run at once are running."""


def read_and_audit(
    name: str, content: bytes, previous: Sequence[BudgetDocument] = (), settings: Settings | None = None
) -> Audited:
    """The reading of a file and its findings.

    Args:
        previous: earlier documents that it is held against.
        settings: what the office has set for the audit.
    Raises:
        ReadingError: the file cannot be read, or not within the bounds.
        TooBusy: too many others are being read.
    """
    task = Task("read", name, previous=list(previous), settings=settings)
    return msgspec.json.decode(_run(task, content), type=Audited)


def unpack(name: str, content: bytes, start: int) -> Packed:
    """The files of an archive from the one numbered ``start``, or some of them. Raises ``ReadingError``, ``TooBusy``."""
    return msgspec.json.decode(_run(Task("unpack", name, str(start)), content), type=Packed)


def page_picture(name: str, content: bytes, number: int, turn: Turn) -> bytes:
    """A page of a file as a PNG, turned as it was read, within bounds. Raises ``ReadingError``, ``TooBusy``."""
    return _run(Task("page", name, str(number), turn=turn), content)


def write_documents(documents: Sequence[BudgetDocument], form: str, name: str) -> bytes:
    """``jiheng.writing.write``, within bounds. Raises ``WritingError``, ``TooBusy``."""
    return _run(Task("write", name, form), msgspec.json.encode(documents))


def write_achievement(document: BudgetDocument, form: str, name: str) -> bytes:
    """``jiheng.writing.write_achievement``, within bounds. Raises ``MissingPart``, ``WritingError``, ``TooBusy``."""
    return _run(Task("achievement", name, form), msgspec.json.encode([document]))


def write_report(
    documents: Sequence[BudgetDocument],
    findings: Sequence[Finding],
    form: str,
    name: str,
    waived: Sequence[Waived] = (),
) -> bytes:
    """``jiheng.writing.write_report``, within bounds. Raises ``WritingError``, ``TooBusy``."""
    parts = ToReport(list(documents), list(findings), list(waived))
    return _run(Task("report", name, form), msgspec.json.encode(parts))


def write_opinion(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], form: str, head: LetterHead
) -> bytes:
    """``jiheng.writing.write_opinion``, within bounds. Raises ``WritingError``, ``TooBusy``."""
    return _run(
        Task("opinion", head.office, form, head=head),
        msgspec.json.encode(ToReport(list(documents), list(findings))),
    )


def revise_word(name: str, content: bytes, changes: Sequence[Change]) -> Revised:
    """A Word file with tracked changes, within bounds. Raises ``ReadingError``, ``TooBusy``."""
    return msgspec.json.decode(_run(Task("revise", name, changes=list(changes)), content), type=Revised)


def check_template(name: str, content: bytes) -> list[Problem]:
    """What is wrong with a template, within bounds. Raises ``ReadingError`` when a bound is reached, ``TooBusy``."""
    return msgspec.json.decode(_run(Task("check", name), content), type=list[Problem])


def fill_template(name: str, template: bytes, document: BudgetDocument, form: str) -> bytes:
    """The template filled with ``document`` as "docx" or "pdf", within bounds.

    Raises:
        InvalidTemplate: it has problems.
        ConverterMissing: a PDF needs LibreOffice.
        WritingError, ReadingError, TooBusy: as for the others.
    """
    return _run(Task("fill", name, form), msgspec.json.encode(ToFill(template, document)))


@cache
def _places() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(configured.WORK_AT_ONCE)


@cache
def _workers() -> Workers:
    return Workers("jiheng.web.documents.worker:perform")


def rest() -> None:
    """Ends the processes that this one started; the next task starts others."""
    _workers().close()
    _workers.cache_clear()


def _run(task: Task, body: bytes) -> bytes:
    if not _places().acquire(timeout=configured.WORK_SECONDS / 2):
        raise TooBusy("正在处理的文件太多。", place=task.name, remedy="请稍等片刻再试。")
    try:
        bounds = Bounds(configured.WORK_SECONDS, configured.WORK_MEMORY_BYTES)
        return _workers().run(msgspec.json.encode(task), body, name=task.name, bounds=bounds)
    finally:
        _places().release()
