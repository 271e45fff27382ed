"""What the processes do that read and write for the web: see ``bounded``. They know no Django and no database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from jiheng.auditing import Settings, Waived
from jiheng.budget import BudgetDocument, Finding
from jiheng.mending import Change
from jiheng.reading.turn import Turn
from jiheng.web.documents.outcome import Audited, Outcome

_AUTHOR: Final = "绩衡"
"""Of tracked changes that nobody is named for."""
_PORTION: Final = 32 * 1024 * 1024
"""Of an archive, so many bytes are given back at once."""


class LetterHead(msgspec.Struct, frozen=True):
    """From which office a letter is, its number, and its day; today's where none is given."""

    office: str
    number: str = ""
    on: date | None = None


class Task(msgspec.Struct, frozen=True):
    """What to do with the bytes that follow.

    Attributes:
        verb: "read" a file, "unpack" an archive, show a "page", "write" documents, write an "achievement" report, write a "report" or an "opinion", "revise" a Word file,
            "check" a template or "fill" it.
        name: of the file.
        form: to write in; the number of the page to show, or of the first file of an archive to give.
        turn: of the page to show.
        changes: to be put into the Word file.
        previous: earlier documents that an audit holds the file against.
        settings: of the audit.
        head: of a letter.
    """

    verb: str
    name: str
    form: str = ""
    turn: Turn = Turn()
    changes: list[Change] = []
    previous: list[BudgetDocument] = []
    settings: Settings | None = None
    head: LetterHead | None = None


class Revised(msgspec.Struct, frozen=True):
    """A Word file with tracked changes, what could not be put into it, in words, and how many changes were."""

    data: bytes
    left: list[str]
    count: int


class PackedMember(msgspec.Struct, frozen=True):
    """A file of an archive, or why it could not be taken out."""

    name: str
    data: bytes = b""
    message: str = ""
    remedy: str | None = None


class Packed(msgspec.Struct, frozen=True):
    """Some of the files of an archive, and the number of the first of the others, where there are any."""

    members: list[PackedMember]
    next: int | None = None


class ToReport(msgspec.Struct, frozen=True):
    """What a report is made of."""

    documents: list[BudgetDocument]
    findings: list[Finding]
    waived: list[Waived] = []


class ToFill(msgspec.Struct, frozen=True):
    """A template, and the document that it is filled with."""

    template: bytes
    document: BudgetDocument


def perform(task: bytes, body: bytes) -> bytes:
    """The one task, a ``Task`` as JSON, done with ``body``."""
    decoded = msgspec.json.decode(task, type=Task)
    return _VERBS[decoded.verb](decoded, body)


def _read(task: Task, body: bytes) -> bytes:
    from jiheng.auditing import audit
    from jiheng.reading import read

    reading = read(body, name=task.name)
    result = audit(reading.documents, previous=task.previous, settings=task.settings)
    outcome = Outcome.of(reading, [str(failure) for failure in result.failed_rules])
    answer = msgspec.json.encode(Audited(outcome, result.findings))
    msgspec.json.decode(answer, type=Audited)  # what cannot be read again must not be stored
    return answer


def _unpack(task: Task, body: bytes) -> bytes:
    """A portion of an archive's files, so that no answer holds all of them."""
    from jiheng.reading.archive import members
    from jiheng.reading.sniff import suffix_of

    start, size = int(task.form), 0
    found: list[PackedMember] = []
    if suffix_of(body, task.name) != ".zip":
        return msgspec.json.encode(Packed([]))
    for number, member in enumerate(members(body, task.name)):
        if number < start:
            continue
        if size > _PORTION:
            return msgspec.json.encode(Packed(found, number))
        size += len(member.data)
        error = member.error
        said = (error.message, error.remedy) if error else ("", None)
        found.append(PackedMember(member.name, member.data, *said))
    return msgspec.json.encode(Packed(found))


def _page(task: Task, body: bytes) -> bytes:
    from jiheng.reading.preview import page_picture

    return page_picture(body, task.name, int(task.form), task.turn)


def _write(task: Task, body: bytes) -> bytes:
    from jiheng.writing import write

    return write(msgspec.json.decode(body, type=list[BudgetDocument]), task.form)


def _achievement(task: Task, body: bytes) -> bytes:
    from jiheng.writing import write_achievement

    (document,) = msgspec.json.decode(body, type=list[BudgetDocument])
    return write_achievement(document, task.form)


def _report(task: Task, body: bytes) -> bytes:
    from jiheng.writing import Explained, write_report

    parts = msgspec.json.decode(body, type=ToReport)
    explained = [
        Explained(one.finding, one.waiver.reason, one.waiver.who, one.waiver.made_on) for one in parts.waived
    ]
    return write_report(
        parts.documents, parts.findings, task.form, source_name=task.name, explained=explained
    )


def _opinion(task: Task, body: bytes) -> bytes:
    from jiheng.auditing.review import reviews
    from jiheng.writing import Letter, write_opinion

    parts = msgspec.json.decode(body, type=ToReport)
    head = task.head or LetterHead(task.name)
    on = head.on or datetime.now().astimezone().date()
    letter = Letter(head.office, on, head.number, reviews(parts.documents, parts.findings))
    return write_opinion(parts.documents, parts.findings, task.form, letter)


def _revise(task: Task, body: bytes) -> bytes:
    from jiheng.mending import revised

    made_at = datetime.now().astimezone()
    done = revised(body, task.name, task.changes, author=_AUTHOR, made_at=made_at)
    left = [
        f"{f'{change.place}　' if change.place else ''}{change.before or '空'} → {change.after or '空'}：{why}"
        for change, why in done.left
    ]
    return msgspec.json.encode(Revised(done.data, left, len(done.done)))


def _check(task: Task, body: bytes) -> bytes:
    from jiheng.templates import check_template

    return msgspec.json.encode(check_template(body, task.name))


def _fill(task: Task, body: bytes) -> bytes:
    from jiheng.templates import fill
    from jiheng.templates.printing import printed

    parts = msgspec.json.decode(body, type=ToFill)
    filled = fill(parts.template, parts.document, task.name)
    return printed(filled, task.name) if task.form == "pdf" else filled


_VERBS = {
    "read": _read,
    "unpack": _unpack,
    "page": _page,
    "write": _write,
    "achievement": _achievement,
    "report": _report,
    "opinion": _opinion,
    "revise": _revise,
    "check": _check,
    "fill": _fill,
}
