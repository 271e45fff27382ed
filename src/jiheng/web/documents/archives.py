"""Files as they are handed in: an archive of one body stays one record, several bodies' files become records of their own.

An archive as sites offer it holds one body's text, tables and units' parts, which the audit holds against each other. One
that somebody packed of a whole county holds what must never come into one letter. Which of the two it is, is seen when
its files are read: only where each that holds documents names its body, all the same, and no two years, it is one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

import msgspec
from django.conf import settings

from jiheng.budget import BudgetDocument
from jiheng.errors import DamagedFile, JihengError, TookTooLong
from jiheng.reading.sniff import PACKED
from jiheng.web.documents import bounded, failures, selectors, services
from jiheng.web.documents.bodies import bodies_apart
from jiheng.web.documents.models import Upload
from jiheng.web.documents.names import safe_path
from jiheng.web.documents.outcome import Audited
from jiheng.web.documents.rule_settings import read_and_audit
from jiheng.web.documents.worker import PackedMember

_TIMES: Final = 2
"""An archive may take so many times what one file may."""


class Part(msgspec.Struct, frozen=True):
    """A file of an archive: the upload that it became, or why it could not be read."""

    name: str
    """With its folders inside the archive."""
    upload: Upload | None = None
    error: JihengError | None = None


class Handed(msgspec.Struct, frozen=True):
    """What became of a file that was handed in: one record, or, of an archive, one for each of its files.

    Attributes:
        folder: under which the files of an archive are listed.
    """

    whole: services.Received | None = None
    parts: list[Part] = []
    folder: str = ""


class _Read(msgspec.Struct, frozen=True):
    """A member that was read, and is not kept yet."""

    member: PackedMember
    audited: Audited | None = None
    error: JihengError | None = None


def receive(*, name: str, content: bytes, folder: str = "") -> Handed:
    """Reads and keeps a file; see ``services.receive_file``.

    Raises:
        ReadingError: the file is refused; of an archive, all of it.
        TooBusy: too many files are being read.
    """
    if not _may_be_archive(name, content) or selectors.known_digests([failures.digest_of(content)]):
        return Handed(services.receive_file(name=name, content=content, folder=folder))
    try:
        members = _unpacked(name, content)
    except JihengError as error:
        failures.keep(name=name, folder=folder, size=len(content), content=content, error=error)
        raise
    deadline = time.monotonic() + _TIMES * settings.WORK_SECONDS
    read = _read_until_apart(members, deadline) or []
    if not read:
        return Handed(services.receive_file(name=name, content=content, folder=folder))
    inside = f"{folder}/{name}" if folder else name
    parts = [_kept(inside, found) for found in read]
    parts += [_received(inside, member, deadline) for member in members[len(read) :]]
    failures.forget(name=name, folder=folder, content=content)
    return Handed(parts=parts, folder=inside)


def _may_be_archive(name: str, content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and PurePath(name.lower()).suffix not in PACKED


def _unpacked(name: str, content: bytes) -> list[PackedMember]:
    """The files in the archive, a portion at a time; none where it is something else or holds a single file."""
    found: list[PackedMember] = []
    start: int | None = 0
    while start is not None:
        packed = bounded.unpack(name, content, start)
        found += packed.members
        start = packed.next
    return found if sum(bool(member.data) for member in found) > 1 else []


def _read_until_apart(members: Sequence[PackedMember], deadline: float) -> list[_Read] | None:
    """The members read up to where two are seen not to belong together; ``None`` when all do."""
    read: list[_Read] = []
    firsts: list[BudgetDocument] = []
    for member in members:
        found = _read(member, deadline)
        read.append(found)
        documents = found.audited.outcome.documents if found.audited else []
        firsts += documents[:1]
        years = {one.fiscal_year for one in firsts if one.fiscal_year}
        is_slow = isinstance(found.error, TookTooLong)  # then reading all at once is slower still
        if is_slow or len(years) > 1 or bodies_apart(documents) or bodies_apart(firsts, has_each_to_say=True):
            return read
    return None


def _read(member: PackedMember, deadline: float) -> _Read:
    if not member.data:
        return _Read(member, error=_refusal(member))
    if time.monotonic() > deadline:
        return _Read(member, error=_too_long())
    try:
        return _Read(member, read_and_audit(PurePath(member.name).name, member.data))
    except JihengError as error:
        return _Read(member, error=error)


def _kept(inside: str, read: _Read) -> Part:
    member = read.member
    folder, name = safe_path(f"{inside}/{member.name}")
    if read.audited is None:
        error = read.error or _refusal(member)
        size = len(member.data) if member.data else None
        failures.keep(name=name, folder=folder, size=size, content=member.data, error=error)
        return Part(member.name, error=error)
    received = services.receive_file(name=name, folder=folder, content=member.data, audited=read.audited)
    return Part(member.name, received.upload)


def _received(inside: str, member: PackedMember, deadline: float) -> Part:
    if not member.data or time.monotonic() > deadline:
        return _kept(inside, _read(member, deadline))
    folder, name = safe_path(f"{inside}/{member.name}")
    try:
        return Part(member.name, services.receive_file(name=name, folder=folder, content=member.data).upload)
    except JihengError as error:
        return Part(member.name, error=error)


def _refusal(member: PackedMember) -> JihengError:
    return DamagedFile(member.message, place=member.name, remedy=member.remedy)


def _too_long() -> JihengError:
    return TookTooLong(
        "压缩包中的文件太多，没有轮到这个文件。", remedy="请在列表中“再试一次”，或解压后上传。"
    )
