"""``read``: which reader a file needs, and its result."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from jiheng.budget import exchange
from jiheng.errors import DamagedFile, FileTooLarge, InvalidDocument, ReadingError, UnsupportedFormat
from jiheng.reading.blocks import Blocks
from jiheng.reading.layouts import workbook
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.result import Reading, ReadingWarning

MAX_BYTES: Final = 50 * 1024 * 1024
"""Larger files are refused."""


class _Format(NamedTuple):
    name: str
    module: str
    function: str


# Suffix -> reader; modules are loaded when they are needed. JSON and our PDF hold documents, not blocks.
_FORMATS: Final = {
    ".txt": _Format("text", "text", "read_text"),
    ".text": _Format("text", "text", "read_text"),
    ".docx": _Format("docx", "docx", "read_docx"),
    ".xlsx": _Format("xlsx", "xlsx", "read_xlsx"),
}
SUFFIXES: Final = (*_FORMATS, ".pdf", ".json")
"""What ``read`` accepts."""

# How a file begins, for files whose suffix is missing or wrong.
_SIGNATURES: Final = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".zip"), (b"\xd0\xcf\x11\xe0", ".ole"))
_OLD: Final = {
    ".doc": "Word 97-2003",
    ".xls": "Excel 97-2003",
    ".wps": "WPS 文字",
    ".et": "WPS 表格",
    ".ole": "旧版 Office",
}


def read(source: str | Path | bytes, *, name: str | None = None) -> Reading:
    """The documents in a file, with the place of every value.

    Args:
        source: a path, or the bytes of a file.
        name: the file's name, needed with bytes; its suffix says which format to expect.
    Raises:
        ReadingError: one of ``UnsupportedFormat``, ``DamagedFile``, ``ProtectedFile``, ``FileTooLarge``.
    """
    if isinstance(source, bytes):
        data, name = source, name or "未命名文件"
    else:
        data, name = _load(Path(source)), name or Path(source).name
    if len(data) > MAX_BYTES:
        raise FileTooLarge(
            f"文件有 {len(data) / 1024 / 1024:.1f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限。",
            place=name,
            remedy="请拆分文件，或删去其中的图片后重试。",
        )
    if not data.strip():
        raise DamagedFile("文件是空的。", place=name, remedy="请确认文件已保存且传输完整，再重新上传。")
    suffix = _suffix(data, name)
    if suffix == ".json":
        return _read_json(data, name)
    if suffix == ".pdf":
        return _read_pdf(data, name)
    chosen = _FORMATS[suffix]
    reader: Callable[[bytes, str], Blocks] = getattr(
        import_module(f"jiheng.reading.formats.{chosen.module}"), chosen.function
    )
    blocks = reader(data, name)
    if workbook.recognises(blocks.blocks):
        documents, warnings = workbook.read_workbook(blocks.blocks)
        return Reading(name, chosen.name, documents, [], warnings, blocks)
    documents, unread, warnings = read_documents(blocks.blocks)
    notes = [ReadingWarning(text) for text in blocks.warnings]
    return Reading(name, chosen.name, documents, unread, notes + warnings, blocks)


def _load(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileTooLarge(
                f"文件超过 {MAX_BYTES // 1024 // 1024} MB 的上限。",
                place=path.name,
                remedy="请拆分文件后重试。",
            )
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(
            f"无法打开文件：{error.strerror}。", place=str(path), remedy="请检查路径和权限。"
        ) from error


def _suffix(data: bytes, name: str) -> str:
    """The format of a file: what it begins with goes before what it is called."""
    called = Path(name.lower()).suffix
    found = next((suffix for mark, suffix in _SIGNATURES if data.startswith(mark)), None)
    if found == ".zip" and called not in (".docx", ".xlsx"):
        found = _office_suffix(data)
    elif found == ".zip":
        found = called
    elif found == ".ole" and called in (".docx", ".xlsx"):
        found = called  # an encrypted docx is an OLE file: its reader says so
    if found is None and called in SUFFIXES and called not in (".txt", ".text", ".json"):
        return called  # damaged, or mislabelled: its reader says so
    if found is None:
        begins = data.lstrip()[:1]
        found = ".json" if called == ".json" or (begins in (b"[", b"{") and b'"jiheng/1"' in data) else ".txt"
        if called not in ("", ".txt", ".text", ".json") and found == ".txt":
            raise UnsupportedFormat(f"暂不支持 {called} 文件。", place=name, remedy=_accepted())
    if found in SUFFIXES:
        return found
    kind = _OLD.get(called) or _OLD.get(found)
    if kind:
        raise UnsupportedFormat(
            f"暂不支持{kind}格式。", place=name, remedy="请用 Word、Excel 或 WPS 另存为 docx 或 xlsx 后重试。"
        )
    raise UnsupportedFormat("暂不支持这种文件。", place=name, remedy=_accepted())


def _office_suffix(data: bytes) -> str:
    head = data[:4096] + data[-65536:]
    if b"word/" in head:
        return ".docx"
    return ".xlsx" if b"xl/" in head else ".zip"


def _accepted() -> str:
    return f"请上传 {'、'.join(suffix.lstrip('.') for suffix in SUFFIXES if suffix != '.text')} 文件。"


def _read_pdf(data: bytes, name: str) -> Reading:
    from jiheng.reading.formats.pdf import read_pdf

    documents, warnings = read_pdf(data, name)
    return Reading(name, "pdf", documents, [], [ReadingWarning(text) for text in warnings])


def _read_json(data: bytes, name: str) -> Reading:
    try:
        return Reading(name, "json", exchange.loads(data), [], [])
    except InvalidDocument as error:
        raise DamagedFile(
            error.message, place=f"{name} {error.place or ''}".strip(), remedy=error.remedy
        ) from error
