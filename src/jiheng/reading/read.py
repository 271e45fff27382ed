"""``read``: which reader a file needs, and its result."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from jiheng.budget import exchange
from jiheng.errors import DamagedFile, InvalidDocument, UnsupportedFormat
from jiheng.reading import sniff
from jiheng.reading.blocks import Blocks
from jiheng.reading.doubts import doubts
from jiheng.reading.layouts import workbook
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.load import load, refuse_too_large
from jiheng.reading.result import Reading, ReadingWarning

SUFFIXES: Final = sniff.SUFFIXES
"""What ``read`` accepts."""


class _Format(NamedTuple):
    name: str
    module: str
    function: str


# Suffixes -> reader; modules are loaded when they are needed.
_FORMATS: Final = (
    (sniff.TEXT, _Format("text", "text", "read_text")),
    (sniff.WORD, _Format("docx", "docx", "read_docx")),
    (sniff.CONVERTED, _Format("converted", "converted", "read_converted")),
    (sniff.SHEETS, _Format("sheets", "sheets", "read_sheets")),
    (sniff.HTML, _Format("html", "html", "read_html")),
    (sniff.IMAGES, _Format("image", "image", "read_image")),
    (frozenset({".pdf"}), _Format("pdf", "pdf", "read_pdf")),
    (sniff.OFD, _Format("ofd", "ofd", "read_ofd")),
)


def read(source: str | Path | bytes, *, name: str | None = None) -> Reading:
    """The documents in a file, with the place of every value.

    Args:
        source: a path, or the bytes of a file.
        name: the file's name, needed with bytes; its suffix says which format to expect.
    Raises:
        ReadingError: one of ``UnsupportedFormat``, ``DamagedFile``, ``ProtectedFile``, ``FileTooLarge``,
            ``ConverterMissing``, ``TookTooLong``.
    """
    if isinstance(source, bytes):
        data, name = source, name or "未命名文件"
    else:
        name = name or Path(source).name
        data = load(Path(source), name)
    refuse_too_large(len(data), name)
    if not data.strip():
        raise DamagedFile("文件是空的。", place=name, remedy="请确认文件已保存且传输完整，再重新上传。")
    suffix = sniff.suffix_of(data, name)
    if suffix == ".json":
        return _read_json(data, name)
    if suffix == ".zip":
        from jiheng.reading.archive import read_archive

        return read_archive(data, name, _read_member)
    if suffix == ".pdf" and (attached := _attached(data, name)) is not None:
        return attached
    blocks = _blocks(data, name, suffix)
    return _filled_in(data, name, suffix, blocks) or _understand(blocks, name, suffix)


def _filled_in(data: bytes, name: str, suffix: str, blocks: Blocks) -> Reading | None:
    """A fill-in workbook of ours: data already, with what is wrong at its cells as warnings; ``None`` for any other."""
    from jiheng.reading.fill_in import read_fill_in, recognises

    if suffix not in sniff.SHEETS or not recognises(blocks.blocks):
        return None
    filled = read_fill_in(data, name)
    warnings = [
        ReadingWarning(f"{problem.cell}：{problem.message}{problem.remedy}", problem.place)
        for problem in filled.problems
    ]
    return Reading(name, suffix.lstrip("."), [filled.document], [], warnings)


def _blocks(data: bytes, name: str, suffix: str) -> Blocks:
    """The file as paragraphs and tables, by the reader of its format."""
    chosen = next(chosen for suffixes, chosen in _FORMATS if suffix in suffixes)
    reader: Callable[[bytes, str], Blocks] = getattr(
        import_module(f"jiheng.reading.formats.{chosen.module}"), chosen.function
    )
    return reader(data, name)


def _read_member(data: bytes, name: str, member: str) -> Reading:
    """A file inside an archive; every place says in which."""
    from jiheng.reading.archive import within

    suffix = sniff.suffix_of(data, name)
    if suffix == ".json":
        return _read_json(data, name)
    if suffix == ".zip":
        raise UnsupportedFormat("压缩包套得太深。", place=member, remedy="请解压后上传。")
    if suffix == ".pdf" and (attached := _attached(data, name)) is not None:
        return attached
    blocks = _blocks(data, name, suffix)
    return _filled_in(data, name, suffix, blocks) or _understand(within(blocks, member), name, suffix)


def _understand(blocks: Blocks, name: str, suffix: str) -> Reading:
    """The documents in the blocks of a file."""
    form = "text" if suffix in sniff.TEXT else suffix.lstrip(".")
    notes = [ReadingWarning(text) for text in blocks.warnings]
    if workbook.recognises(blocks.blocks):
        documents, warnings = workbook.read_workbook(blocks.blocks)
        unread = workbook.left_over(blocks.blocks)
        return Reading(name, form, documents, unread, [*notes, *warnings], blocks)
    documents, unread, warnings = read_documents(blocks.blocks)
    return Reading(name, form, documents, unread, [*notes, *warnings, *doubts(documents)], blocks)


def _attached(data: bytes, name: str) -> Reading | None:
    """What a PDF of ours carries with it; ``None`` for any other."""
    from jiheng.reading.formats.pdf_attachment import read_attachment

    found = read_attachment(data, name)
    if found is None:
        return None
    documents, warnings = found
    return Reading(name, "pdf", documents, [], [ReadingWarning(text) for text in warnings])


def _read_json(data: bytes, name: str) -> Reading:
    try:
        # findings and other data have none of the fields, and every field may be absent
        if b'"jiheng/' not in data:
            raise InvalidDocument(
                "这是 JSON 数据，但不是绩衡的交换格式：没有写明 schema。",
                remedy="请上传由 jiheng read --json 生成的文件，或上传原来的文件。",
            )
        return Reading(name, "json", exchange.loads(data), [], [])
    except InvalidDocument as error:
        raise DamagedFile(
            error.message, place=f"{name} {error.place or ''}".strip(), remedy=error.remedy
        ) from error
