"""Word files (.docx): paragraphs and tables straight from the XML of the body, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Block, Blocks, Cell, Paragraph, Row, Table
from jiheng.reading.formats.container import Container, damaged, open_zip
from jiheng.reading.formats.word.numbering import Numbering
from jiheng.reading.formats.word.parts import furniture, notes, pictures, style_kinds
from jiheng.reading.formats.word.strict import transitional
from jiheng.reading.formats.word.symbols import symbol
from jiheng.reading.formats.word.tables import joined

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BODY_PART: Final = "word/document.xml"
# Children that hold content of their parent's kind: content controls, insertions, hyperlinks …
_TRANSPARENT: Final = frozenset(
    f"{_W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)  # fmt: skip
_CELL, _CELL_PROPERTIES, _VAL = f"{_W}tc", f"{_W}tcPr", f"{_W}val"
_SPAN, _MERGE = f"{_W}gridSpan", f"{_W}vMerge"
_TEXT, _RUN, _PARAGRAPH, _PROPERTIES = f"{_W}t", f"{_W}r", f"{_W}p", frozenset({f"{_W}pPr", f"{_W}rPr"})
_SILENT: Final = frozenset(
    f"{_W}{tag}"
    for tag in ("instrText", "delText", "delInstrText", "softHyphen", "fldData", "sdtPr", "ffData")
)
_PICTURES: Final = 30
"""A file with pictures and fewer characters than this is a scan pasted into Word."""


def read_docx(data: bytes, name: str) -> Blocks:
    """The blocks of a Word file.

    Inserted text is taken; what a tracked change deleted follows its paragraph as a block of style "deleted".
    Numbers that Word makes stand in front of their paragraphs. Field codes are not text. A cell that continues a
    vertical merge is present and empty, its origin carries ``rows``. Headers, footers, notes and comments come last.

    Raises:
        DamagedFile, ProtectedFile, UnsupportedFormat, FileTooLarge: see ``container``.
    """
    container = open_zip(data, name)
    root = transitional(container.xml(_BODY_PART))
    body = root.find(f"{_W}body")
    if body is None:
        raise damaged(name)
    reader = _BodyReader(style_kinds(container), Numbering.of(container))
    blocks = [*joined(list(reader.blocks(body))), *notes(container), *furniture(container)]
    warnings = _warnings(container, reader)
    found = list(pictures(container))
    if found and sum(len(text.strip()) for text, _ in Blocks(tuple(blocks)).texts()) < _PICTURES:
        return _from_pictures(container, found, blocks, warnings, name)
    return Blocks(tuple(blocks), warnings=tuple(warnings))


def _warnings(container: Container, reader: _BodyReader) -> list[str]:
    warnings = []
    if "word/vbaProject.bin" in container:
        warnings.append("文件带有宏，宏没有运行，只读取了文字。")
    if reader.deleted:
        warnings.append(f"文件中有修订：{reader.deleted} 处删除的文字没有读入，已列在未读内容中。")
    return warnings


def _from_pictures(
    container: Container, found: list[str], blocks: list[Block], warnings: list[str], name: str
) -> Blocks:
    """The text of a scan that was pasted into Word, picture by picture."""
    from jiheng.reading.formats.image import read_image

    for part in found:
        blocks += read_image(container.read(part), name).blocks
    note = "文件的内容是图片，文字由图像识别得到，请核对。"
    return Blocks(tuple(blocks), warnings=(*warnings, note))


class _BodyReader:
    """Walks the body once, counting paragraphs and tables."""

    def __init__(self, kinds: dict[str, str], numbering: Numbering) -> None:
        self._kinds = kinds
        self._numbering = numbering
        self.deleted = 0
        self._paragraphs = 0
        self._tables = 0
        self._nested: list[Block] = []
        """Tables, text boxes and deleted text met inside a cell or paragraph; they follow it."""

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks below ``parent``."""
        for child in _content(parent):
            if child.tag == f"{_W}p":
                text = self._paragraph_text(child)
                if not is_blank(text):
                    yield Paragraph(text.strip(), Place(paragraph=self._paragraphs), self._style(child))
            elif child.tag == f"{_W}tbl":
                yield self._table(child)
            nested, self._nested = self._nested, []
            yield from nested

    def _style(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._kinds.get(style.get(f"{_W}val", ""), "") if style is not None else ""

    def _paragraph_text(self, paragraph: etree._Element) -> str:
        self._paragraphs += 1
        pieces: list[str] = []
        self._collect(paragraph, pieces)
        text = "".join(pieces)
        number = "" if is_blank(text) else self._numbering.next(paragraph)
        return f"{number}{text.lstrip()}" if number else text

    def _collect(self, element: etree._Element, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._collect(child, pieces)
            elif tag == _TEXT:
                pieces.append(child.text or "")
            elif tag in _PROPERTIES:
                continue
            elif tag == f"{_W}tab":
                pieces.append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            elif tag == f"{_W}noBreakHyphen":
                pieces.append("-")
            elif tag == f"{_W}sym":
                pieces.append(symbol(child.get(f"{_W}font", ""), child.get(f"{_W}char", "")))
            elif tag == f"{_M}t":
                pieces.append(child.text or "")
            elif tag == f"{_W14}checkbox":
                continue
            elif tag == f"{_W}ruby":
                base = child.find(f"{_W}rubyBase")
                self._collect(base if base is not None else child, pieces)
            elif tag in (f"{_W}del", f"{_W}moveFrom"):
                self._delete(child)
            elif tag == f"{_W}txbxContent":
                waiting, self._nested = self._nested, []
                inside = list(self.blocks(child))
                self._nested = waiting + inside
            elif tag == f"{_MC}AlternateContent":
                # The same text box twice, for new and for old programs: the first is enough.
                choice = child.find(f"{_MC}Choice")
                self._collect(choice if choice is not None else child, pieces)
            elif isinstance(tag, str) and tag not in _SILENT:
                self._collect(child, pieces)

    def _delete(self, element: etree._Element) -> None:
        """Text that a tracked change took out: listed, so that nothing disappears."""
        text = "".join(
            part.text or ""
            for part in element.iter(f"{_W}delText", f"{_W}t")
            if element.tag == f"{_W}del" or part.tag == f"{_W}delText"
        )
        if not is_blank(text):
            self.deleted += 1
            self._nested.append(Paragraph(text.strip(), Place(paragraph=self._paragraphs), "deleted"))

    def _table(self, table: etree._Element) -> Table:
        self._tables += 1
        number = self._tables
        first = self._paragraphs + 1
        rows: list[Row] = []
        for element in _content(table):
            if element.tag != f"{_W}tr":
                continue
            place = Place(table=number, row=len(rows) + 1, paragraph=self._paragraphs + 1)
            rows.append(Row(tuple(self._cells(element, number, len(rows) + 1)), place))
        return Table(tuple(_with_heights(rows)), Place(table=number, paragraph=first))

    def _cells(self, row: etree._Element, table: int, number: int) -> Iterator[Cell]:
        column = _columns_before(row)
        for element in _content(row):
            if element.tag != _CELL:
                continue
            span, continues = _merge_of(element)
            place = Place(table=table, row=number, column=column + 1, paragraph=self._paragraphs + 1)
            text = self._cell_text(element)
            # rows = 0 marks a continuation until the heights are counted
            yield Cell("" if continues else text, place, column, span, 0 if continues else 1)
            column += span

    def _cell_text(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for child in _content(cell):
            if child.tag == f"{_W}p":
                lines.append(self._paragraph_text(child).strip())
            elif child.tag == f"{_W}tbl":
                self._nested.append(self._table(child))
        return "\n".join(lines).strip()


def _with_heights(rows: list[Row]) -> list[Row]:
    """The rows, every cell with the number of rows that its vertical merge covers."""
    heights: dict[int, int] = {}
    counted: list[Row] = []
    for row in reversed(rows):
        above: dict[int, int] = {}
        cells = []
        for cell in row.cells:
            below = heights.get(cell.column, 0)
            if cell.rows == 0:
                above[cell.column] = below + 1
                cells.append(msgspec.structs.replace(cell, rows=1))
            else:
                cells.append(msgspec.structs.replace(cell, rows=1 + below) if below else cell)
        heights = above
        counted.append(Row(tuple(cells), row.place))
    return counted[::-1]


def _content(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of ``parent``, content controls and insertions opened."""
    for child in parent:
        if child.tag in _TRANSPARENT:
            yield from _content(child)
        elif isinstance(child.tag, str):
            yield child


def _columns_before(row: etree._Element) -> int:
    """Grid columns that a row leaves free at its left."""
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    value = before.get(_VAL, "") if before is not None else ""
    return int(value) if value.isdigit() else 0


def _merge_of(cell: etree._Element) -> tuple[int, bool]:
    """How many columns a cell covers, and whether it continues the one above (``vMerge`` without ``restart``)."""
    properties = cell[0] if len(cell) else None
    if properties is None or properties.tag != _CELL_PROPERTIES:
        return 1, False
    span, continues = 1, False
    for child in properties:
        if child.tag == _SPAN:
            value = child.get(_VAL, "")
            span = max(1, int(value)) if value.isdigit() else 1
        elif child.tag == _MERGE:
            continues = child.get(_VAL, "continue") == "continue"
    return span, continues
