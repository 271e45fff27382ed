"""Word files (.docx): paragraphs and tables straight from the XML of the body, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Block, Blocks, Cell, Paragraph, Row, Table
from jiheng.reading.formats.container import Container, damaged, open_zip

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BODY_PART: Final = "word/document.xml"
# Children that hold content of their parent's kind: content controls, insertions, hyperlinks …
_TRANSPARENT: Final = frozenset(
    f"{_W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)  # fmt: skip


def read_docx(data: bytes, name: str) -> Blocks:
    """The blocks of a Word file. Deleted text is left out, inserted text taken; field codes are not text.

    A cell that continues a vertical merge is present and empty, as in every format. Places count
    tables, rows and grid columns, and paragraphs.

    Raises:
        DamagedFile, ProtectedFile, UnsupportedFormat, FileTooLarge: see ``container``.
    """
    container = open_zip(data, name)
    root = container.xml(_BODY_PART)
    body = root.find(f"{_W}body")
    if body is None:
        raise damaged(name)
    reader = _BodyReader(_style_kinds(container))
    return Blocks(tuple(reader.blocks(body)))


def _style_kinds(container: Container) -> dict[str, str]:
    """Style id -> "toc", "heading" or "title", by the style's name, which is the same in every language."""
    kinds: dict[str, str] = {}
    if "word/styles.xml" not in container:
        return kinds
    for style in container.xml("word/styles.xml").iterfind(f"{_W}style"):
        label = style.find(f"{_W}name")
        called = (label.get(f"{_W}val", "") if label is not None else "").lower()
        key = style.get(f"{_W}styleId", "")
        if called.startswith("toc ") or called == "toc heading":
            kinds[key] = "toc"
        elif called.startswith("heading "):
            kinds[key] = "heading"
        elif called == "title":
            kinds[key] = "title"
    return kinds


class _BodyReader:
    """Walks the body once, counting paragraphs and tables."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self._kinds = kinds
        self._paragraphs = 0
        self._tables = 0
        self._nested: list[Block] = []
        """Tables and text boxes met inside a cell or paragraph; they follow it."""

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
        return "".join(pieces)

    def _collect(self, element: etree._Element, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                pieces.append(child.text or "")
            elif tag == f"{_W}tab":
                pieces.append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            elif tag == f"{_W}noBreakHyphen":
                pieces.append("-")
            elif tag == f"{_W}txbxContent":
                waiting, self._nested = self._nested, []
                inside = list(self.blocks(child))
                self._nested = waiting + inside
            elif tag == f"{_MC}AlternateContent":
                # The same text box twice, for new and for old programs: the first is enough.
                choice = child.find(f"{_MC}Choice")
                self._collect(choice if choice is not None else child, pieces)
            elif tag in (f"{_W}pPr", f"{_W}rPr"):
                continue
            elif isinstance(tag, str) and tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"):
                self._collect(child, pieces)

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
        return Table(tuple(rows), Place(table=number, paragraph=first))

    def _cells(self, row: etree._Element, table: int, number: int) -> Iterator[Cell]:
        column = _number(row, f"{_W}trPr/{_W}gridBefore", 0)
        for element in _content(row):
            if element.tag != f"{_W}tc":
                continue
            span = max(1, _number(element, f"{_W}tcPr/{_W}gridSpan", 1))
            place = Place(table=table, row=number, column=column + 1, paragraph=self._paragraphs + 1)
            text = self._cell_text(element)
            yield Cell("" if _continues(element) else text, place, column, span)
            column += span

    def _cell_text(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for child in _content(cell):
            if child.tag == f"{_W}p":
                lines.append(self._paragraph_text(child).strip())
            elif child.tag == f"{_W}tbl":
                self._nested.append(self._table(child))
        return "\n".join(lines).strip()


def _content(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of ``parent``, content controls and insertions opened."""
    for child in parent:
        if child.tag in _TRANSPARENT:
            yield from _content(child)
        elif isinstance(child.tag, str):
            yield child


def _number(element: etree._Element, path: str, default: int) -> int:
    found = element.find(path)
    value = found.get(f"{_W}val", "") if found is not None else ""
    return int(value) if value.isdigit() else default


def _continues(cell: etree._Element) -> bool:
    """Whether ``cell`` continues a vertical merge (``vMerge`` without ``restart``)."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"
