"""Zip archives, as sites offer their attachments: every file in it read, each value with the file it stands in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, Protocol

import msgspec

from jiheng.budget import BudgetDocument
from jiheng.errors import DamagedFile, FileTooLarge, ProtectedFile, ReadingError, UnsupportedFormat
from jiheng.reading.blocks import Block, Blocks, Paragraph, Row, Table
from jiheng.reading.coverage import UnreadBlock
from jiheng.reading.result import Reading, ReadingWarning

MAX_MEMBERS: Final = 500
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_MEMBER: Final = 50 * 1024 * 1024
_DEPTH: Final = 2
_CHUNK: Final = 1024 * 1024
_IGNORED: Final = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})


class Member(msgspec.Struct, frozen=True):
    """A file in an archive; ``name`` has its folders."""

    name: str
    data: bytes


def members(data: bytes, name: str, depth: int = 1) -> Iterator[Member]:
    """The files in an archive and in the archives inside it.

    Raises:
        DamagedFile, ProtectedFile: it cannot be opened.
        FileTooLarge: it holds, or unpacks to, more than it should.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise DamagedFile(
            "压缩包已损坏，或没有传完整。", place=name, remedy="请重新压缩或重新下载。"
        ) from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.flag_bits & 1 for entry in entries):
        raise ProtectedFile("压缩包有密码。", place=name, remedy="请解压后直接上传其中的文件。")
    if len(entries) > MAX_MEMBERS:
        raise _too_large(name, f"压缩包中有 {len(entries)} 个文件，超过 {MAX_MEMBERS} 个的上限。")
    unpacked = 0
    for entry in entries:
        called = _name_of(entry)
        parts = PurePosixPath(called).parts
        if any(part.lower() in _IGNORED for part in parts) or parts[-1].startswith(("~$", "._")):
            continue
        content = _unpack(archive, entry, name, min(MAX_MEMBER, MAX_UNPACKED - unpacked))
        unpacked += len(content)
        if called.lower().endswith(".zip") and depth < _DEPTH:
            for inner in members(content, called, depth + 1):
                yield Member(f"{called}/{inner.name}", inner.data)
        elif content:
            yield Member(called, content)


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
    count = 0
    for member in members(data, name):
        try:
            reading = read(member.data, PurePosixPath(member.name).name, member.name)
        except ReadingError as error:
            remedy = f"　{error.remedy}" if error.remedy else ""
            warnings.append(ReadingWarning(f"“{member.name}”未能读取：{error.message}{remedy}"))
            continue
        count += 1
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
    return Reading(name, "zip", documents, unread, warnings, Blocks(tuple(blocks)))


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
    """The name as it was meant: Windows in China writes GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").lstrip("/") or "未命名文件"


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    """The bytes of a member, read in pieces: what the header says of its size may be a lie."""
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as source:
            while piece := source.read(_CHUNK):
                size += len(piece)
                if size > limit:
                    raise _too_large(name, "压缩包解开后过大。")
                pieces.append(piece)
    except ReadingError:
        raise
    except Exception as error:  # zlib.error, BadZipFile, NotImplementedError …
        raise DamagedFile(
            f"压缩包中的“{_name_of(entry)}”已损坏。", place=name, remedy="请重新压缩或重新下载。"
        ) from error
    return b"".join(pieces)


def _too_large(name: str, message: str) -> FileTooLarge:
    return FileTooLarge(message, place=name, remedy="请解压后分别上传需要的文件。")
