"""The process that reads and writes: ``python -m jiheng.web.documents.worker``, started for one task by ``bounded``.

It knows no Django and no database. On stdin comes one line of JSON (the task), then bytes; on stdout go bytes. Exit
status 0: they are the result. 3: they are a ``Refusal`` as JSON. Anything else: it crashed.
"""

from __future__ import annotations

import sys

import msgspec

from jiheng.budget import BudgetDocument, Finding
from jiheng.errors import JihengError
from jiheng.web.documents.outcome import Audited, Outcome

REFUSED = 3


class Task(msgspec.Struct, frozen=True):
    """What to do with the bytes that follow.

    Attributes:
        verb: "read" a file, show a "page", "write" documents, or write a "report".
        name: of the file.
        form: to write in; the number of the page to show.
        memory: bytes that the process may use.
    """

    verb: str
    name: str
    form: str = ""
    memory: int = 0


class Refusal(msgspec.Struct, frozen=True):
    """A ``JihengError`` on its way to the other process."""

    error: str
    message: str
    place: str | None = None
    remedy: str | None = None


class ToReport(msgspec.Struct, frozen=True):
    """What a report is made of."""

    documents: list[BudgetDocument]
    findings: list[Finding]


def main() -> int:
    """Does the one task and answers on stdout."""
    source, answer = sys.stdin.buffer, sys.stdout.buffer
    task = msgspec.json.decode(source.readline(), type=Task)
    _bound_memory(task.memory)
    body = source.read()
    try:
        answer.write(_VERBS[task.verb](task, body))
    except MemoryError:
        _refuse(
            Refusal("OutOfMemory", "文件太复杂，超出了处理它的内存上限。", task.name, "请拆分文件后重试。")
        )
        return REFUSED
    except JihengError as error:
        _refuse(Refusal(type(error).__name__, error.message, error.place, error.remedy))
        return REFUSED
    return 0


def _read(task: Task, body: bytes) -> bytes:
    from jiheng.auditing import audit
    from jiheng.reading import read

    reading = read(body, name=task.name)
    result = audit(reading.documents)
    outcome = Outcome.of(reading, [str(failure) for failure in result.failed_rules])
    answer = msgspec.json.encode(Audited(outcome, result.findings))
    msgspec.json.decode(answer, type=Audited)  # what cannot be read again must not be stored
    return answer


def _page(task: Task, body: bytes) -> bytes:
    from jiheng.reading.preview import page_picture

    return page_picture(body, task.name, int(task.form))


def _write(task: Task, body: bytes) -> bytes:
    from jiheng.writing import write

    return write(msgspec.json.decode(body, type=list[BudgetDocument]), task.form)


def _report(task: Task, body: bytes) -> bytes:
    from jiheng.writing import write_report

    parts = msgspec.json.decode(body, type=ToReport)
    return write_report(parts.documents, parts.findings, task.form, source_name=task.name)


_VERBS = {"read": _read, "page": _page, "write": _write, "report": _report}


def _refuse(refusal: Refusal) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(refusal))


def _bound_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time bound still holds
        return
    if limit:
        # the soft limit only: LibreOffice, which we may start, lifts it for itself and is watched another way
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
