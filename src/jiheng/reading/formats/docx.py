"""Word files (.docx .docm .dotx, flat XML, Word 2003 XML): paragraphs and tables straight from the XML, in reading order."""

from __future__ import annotations

from typing import Final

from lxml import etree

from jiheng.reading.blocks import Block, Blocks
from jiheng.reading.formats.word.body import BodyReader
from jiheng.reading.formats.word.controls import settle
from jiheng.reading.formats.word.foreign import ForeignParts
from jiheng.reading.formats.word.numbering import Numbering
from jiheng.reading.formats.word.package import Package
from jiheng.reading.formats.word.parts import furniture, notes
from jiheng.reading.formats.word.styles import Styles
from jiheng.reading.formats.word.tables import joined

_FEW: Final = 30
"""A file with pictures and fewer characters than this is a scan pasted into Word."""


def read_docx(data: bytes, name: str) -> Blocks:
    """The blocks of a Word file.

    Inserted text is taken. What Word does not show follows its paragraph as a block of its own style: "deleted" by a
    tracked change, "hidden", or the "placeholder" of an empty content control. Numbers that Word makes stand in
    front of their paragraphs. Field codes are not text. A cell that continues a vertical merge is present and
    empty, its origin carries ``rows``. Headers, footers, notes and comments come last.

    Raises:
        DamagedFile, ProtectedFile, UnsupportedFormat, FileTooLarge: see ``container``.
    """
    return read_within(data, name, 0)


def read_within(data: bytes, name: str, depth: int) -> Blocks:
    """``read_docx`` of a file that lies ``depth`` files deep."""
    package = Package.of(data, name)
    body = package.body()
    roots = [root for part in package.related("styles", "styles") if (root := package.xml(part)) is not None]
    styles = Styles(roots[0] if roots else None)
    settle(body, styles.placeholders, package)
    foreign = ForeignParts(package, name, depth)
    reader = BodyReader(body, styles, Numbering.of(package), foreign.blocks)

    def other(root: etree._Element) -> BodyReader:
        settle(root, styles.placeholders)
        return BodyReader(root, styles, Numbering({}, {}))

    blocks = [
        *joined(list(reader.blocks(body)), reader.shapes),
        *notes(package, other),
        *furniture(package, other),
    ]
    if foreign.unread_pages and _characters(blocks) < _FEW:
        for part in list(foreign.unread_pages):
            blocks += foreign.recognised(part)
    return Blocks(tuple(blocks), warnings=tuple(_warnings(package, reader, foreign)))


def _characters(blocks: list[Block]) -> int:
    return sum(len(text.strip()) for text, _ in Blocks(tuple(blocks)).texts())


def _warnings(package: Package, reader: BodyReader, foreign: ForeignParts) -> list[str]:
    warnings = []
    if package.has_macros:
        warnings.append("文件带有宏，宏没有运行，只读取了文字。")
    if reader.deleted:
        warnings.append(f"文件中有修订：{reader.deleted} 处删除的文字没有读入，已列在未读内容中。")
    if foreign.pages:
        warnings.append("文件的内容是图片，文字由图像识别得到，请核对。")
    if package.broken:
        warnings.append(
            f"文件有 {len(package.broken)} 个部件已损坏，已跳过；如内容不全，请用 Word 另存后重新上传。"
        )
    return [*warnings, *foreign.warnings]
