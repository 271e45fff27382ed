"""Zip archives, as sites offer their attachments: every file in it read, each value with the file it stands in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, Protocol

import msgspec

from jiheng.budget import BudgetDocument
from jiheng.budget.text import printable
from jiheng.errors import DamagedFile, FileTooLarge, ProtectedFile, ReadingError, UnsupportedFormat
from jiheng.reading.blocks import Block, Blocks, Paragraph, Row, Table
from jiheng.reading.coverage import UnreadBlock
from jiheng.reading.result import MemberResult, Reading, ReadingWarning
from jiheng.reading.sniff import is_crowded

MAX_MEMBERS: Final = 500
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_MEMBER: Final = 50 * 1024 * 1024
_DEPTH: Final = 2
_ZIP: Final = b"PK\x03\x04"
_LOCKED: Final = 0x1
_IN_UTF8: Final = 0x800
_CHUNK: Final = 1024 * 1024
_IGNORED: Final = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})


class Member(msgspec.Struct, frozen=True):
    """A file in an archive; ``name`` has its folders. ``error`` says why it could not be taken out."""

    name: str
    data: bytes = b""
    error: ReadingError | None = None


class _Room:
    """What may still be taken out of an archive and of all archives inside it together."""

    def __init__(self) -> None:
        self.members = MAX_MEMBERS
        self.bytes = MAX_UNPACKED


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files in an archive and in the archives inside it.

    Raises:
        DamagedFile, ProtectedFile: it cannot be opened at all.
        FileTooLarge: it holds, or unpacks to, more than it should.
    """
    return _members(data, name, 1, _Room())


def _members(data: bytes, name: str, depth: int, room: _Room) -> Iterator[Member]:
    archive, entries = _opened(data, name)
    room.members -= len(entries)
    if room.members < 0:
        raise _too_large(name, f"压缩包中的文件超过 {MAX_MEMBERS} 个的上限。")
    for entry in entries:
        called = _name_of(entry)
        parts = PurePosixPath(called).parts
        if any(part.lower() in _IGNORED for part in parts) or parts[-1].startswith(("~$", "._")):
            continue
        try:
            content = _unpack(archive, entry, called, room)
        except _OneMember as problem:
            yield Member(called, error=problem.error)
            continue
        if content[:4] == _ZIP and called.lower().endswith(".zip") and depth < _DEPTH:
            yield from _inside(content, called, depth + 1, room)
        elif content:
            yield Member(called, content)


def _inside(content: bytes, called: str, depth: int, room: _Room) -> Iterator[Member]:
    try:
        for inner in _members(content, called, depth, room):
            yield Member(f"{called}/{inner.name}", inner.data, inner.error)
    except (DamagedFile, ProtectedFile) as error:  # an archive inside costs itself only
        yield Member(called, error=error)


def _opened(data: bytes, name: str) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    if is_crowded(data):
        raise _too_large(name, f"压缩包中的文件超过 {MAX_MEMBERS} 个的上限。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # BadZipFile, OSError, ValueError, OverflowError …
        raise DamagedFile(
            "压缩包已损坏，或没有传完整。", place=name, remedy="请重新压缩或重新下载。"
        ) from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if entries and all(entry.flag_bits & _LOCKED for entry in entries):
        raise ProtectedFile("压缩包有密码。", place=name, remedy="请解压后直接上传其中的文件。")
    return archive, entries


class ReadMember(Protocol):
    """Reads one file of an archive."""

    def __call__(self, data: bytes, name: str, member: str) -> Reading:
        """The reading of ``data``, called ``name``, at ``member`` in the archive."""


def read_archive(data: bytes, name: str, read: ReadMember) -> Reading:
    """Everything that can be read in an archive, as one reading; what cannot is named in a warning.

    Raises:
        UnsupportedFormat: nothing in it can be read.
        ReadingError: the archive itself cannot, see ``members``.
    """
    documents: list[BudgetDocument] = []
    unread: list[UnreadBlock] = []
    warnings: list[ReadingWarning] = []
    blocks: list[Block] = []
    results: list[MemberResult] = []
    count = 0
    for member in members(data, name):
        try:
            if member.error is not None:
                raise member.error
            reading = read(member.data, PurePosixPath(member.name).name, member.name)
        except ReadingError as error:
            results.append(MemberResult(member.name, 0, error.message, error.remedy))
            remedy = f"　{error.remedy}" if error.remedy else ""
            warnings.append(ReadingWarning(f"“{member.name}”未能读取：{error.message}{remedy}"))
            continue
        count += 1
        results.append(MemberResult(member.name, len(reading.documents)))
        documents += reading.documents
        unread += reading.unread
        warnings += reading.warnings
        blocks += reading.blocks.blocks if reading.blocks else ()
    if not count:
        why = f"（{warnings[0].message}）" if warnings else ""
        raise UnsupportedFormat(
            f"压缩包中没有可以读取的文件{why}。",
            place=name,
            remedy="请解压后上传其中的 Word、PDF 或 Excel 文件。",
        )
    return Reading(name, "zip", documents, unread, warnings, Blocks(tuple(blocks)), results)


def within(blocks: Blocks, member: str) -> Blocks:
    """``blocks`` with every place naming the file inside the archive."""
    return msgspec.structs.replace(blocks, blocks=tuple(_placed(block, member) for block in blocks.blocks))


def _placed(block: Block, member: str) -> Block:
    place = msgspec.structs.replace(block.place, member=member)
    if isinstance(block, Paragraph):
        return msgspec.structs.replace(block, place=place)
    rows = tuple(
        Row(
            tuple(
                msgspec.structs.replace(cell, place=msgspec.structs.replace(cell.place, member=member))
                for cell in row.cells
            ),
            msgspec.structs.replace(row.place, member=member),
        )
        for row in block.rows
    )
    return Table(rows, place)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: Windows in China writes GBK without saying so. It is shown, never used as a path."""
    name = entry.filename
    if not entry.flag_bits & _IN_UTF8:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in printable(name).replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "未命名文件"


class _OneMember(Exception):
    """A member cannot be taken out; the others can."""

    def __init__(self, error: ReadingError) -> None:
        super().__init__(str(error))
        self.error = error


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, called: str, room: _Room) -> bytes:
    """The bytes of a member, read in pieces: what the header says of its size may be a lie."""
    if entry.flag_bits & _LOCKED:
        raise _OneMember(ProtectedFile("文件有密码。", place=called, remedy="请解压后直接上传。"))
    if entry.file_size > MAX_MEMBER:
        raise _OneMember(_too_large(called, f"文件超过 {MAX_MEMBER // 1024 // 1024} MB 的上限。"))
    pieces: list[bytes] = []
    try:
        with archive.open(entry) as source:
            while piece := source.read(_CHUNK):
                room.bytes -= len(piece)
                if room.bytes < 0:
                    raise _too_large(called, "压缩包解开后过大。")
                pieces.append(piece)
    except (ReadingError, MemoryError):
        raise
    except Exception as error:  # zlib.error, BadZipFile, NotImplementedError …
        problem = DamagedFile("文件已损坏。", place=called, remedy="请重新压缩或重新下载。")
        raise _OneMember(problem) from error
    return b"".join(pieces)


def _too_large(name: str, message: str) -> FileTooLarge:
    return FileTooLarge(message, place=name, remedy="请解压后分别上传需要的文件。")
