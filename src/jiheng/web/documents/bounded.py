"""Work on files within bounds: each task in a process of its own, with a limit of time and of memory.

A file that makes the reader hang, crash or swell takes down that process and nothing else.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cache

import msgspec
from django.conf import settings

import jiheng.errors
from jiheng.budget import BudgetDocument, Finding
from jiheng.errors import JihengError, ReadingError, TookTooLong, WritingError
from jiheng.web.documents.outcome import Audited
from jiheng.web.documents.worker import REFUSED, Refusal, Task, ToReport

_log = logging.getLogger(__name__)


class Crashed(ReadingError, WritingError):
    """The process ended without an answer: our fault, or a file made to do harm."""


class TooBusy(JihengError):
    """As many tasks as may run at once are running."""


def read_and_audit(name: str, content: bytes) -> Audited:
    """The reading of a file and its findings.

    Raises:
        ReadingError: the file cannot be read, or not within the bounds.
        TooBusy: too many others are being read.
    """
    return msgspec.json.decode(_run(Task("read", name), content), type=Audited)


def page_picture(name: str, content: bytes, number: int) -> bytes:
    """A page of a file as a PNG, within bounds. Raises ``ReadingError``, ``TooBusy``."""
    return _run(Task("page", name, str(number)), content)


def write_documents(documents: Sequence[BudgetDocument], form: str, name: str) -> bytes:
    """``jiheng.writing.write``, within bounds. Raises ``WritingError``, ``TooBusy``."""
    return _run(Task("write", name, form), msgspec.json.encode(documents))


def write_report(
    documents: Sequence[BudgetDocument], findings: Sequence[Finding], form: str, name: str
) -> bytes:
    """``jiheng.writing.write_report``, within bounds. Raises ``WritingError``, ``TooBusy``."""
    return _run(Task("report", name, form), msgspec.json.encode(ToReport(list(documents), list(findings))))


@cache
def _places() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(settings.WORK_AT_ONCE)


def _run(task: Task, body: bytes) -> bytes:
    if not _places().acquire(timeout=settings.WORK_SECONDS / 2):
        raise TooBusy("正在处理的文件太多。", place=task.name, remedy="请稍等片刻再试。")
    try:
        return _run_now(msgspec.structs.replace(task, memory=settings.WORK_MEMORY_BYTES), body)
    finally:
        _places().release()


def _run_now(task: Task, body: bytes) -> bytes:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "jiheng.web.documents.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        answer, complaint = process.communicate(
            msgspec.json.encode(task) + b"\n" + body, timeout=settings.WORK_SECONDS
        )
    except subprocess.TimeoutExpired:
        _log.warning("a task took longer than %s s: %s", settings.WORK_SECONDS, task.verb)
        raise TookTooLong(
            f"处理这个文件超过了 {settings.WORK_SECONDS} 秒，已停止。",
            place=task.name,
            remedy="请拆分文件，或另存为 docx、xlsx 后重试。",
        ) from None
    finally:
        _end(process)
    if process.returncode == 0:
        return answer
    if process.returncode == REFUSED:
        raise _error(msgspec.json.decode(answer, type=Refusal))
    _log.error(
        "a task crashed (status %s): %s", process.returncode, complaint.decode(errors="replace")[-2000:]
    )
    raise Crashed(
        "处理这个文件时程序出错，已停止。",
        place=task.name,
        remedy="其他文件不受影响。请另存一份后重试；仍不成功时，请把文件交给维护人员。",
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and whatever it started."""
    if process.poll() is None:
        try:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        except ProcessLookupError:
            pass
        process.communicate()


def _error(refusal: Refusal) -> JihengError:
    """The error that the worker met, of the class that it had there."""
    known = getattr(jiheng.errors, refusal.error, None)
    family = known if isinstance(known, type) and issubclass(known, JihengError) else Crashed
    return family(refusal.message, place=refusal.place, remedy=refusal.remedy)
