"""The body of a Word file, or any part built like one, as blocks in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec
from lxml import etree

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import BESIDE, Block, Paragraph, Row, Table
from jiheng.reading.formats.word.geometry import Box, on_grid, settled
from jiheng.reading.formats.word.inline import Beside, Inline
from jiheng.reading.formats.word.names import TRANSPARENT, VAL, W, is_on, number
from jiheng.reading.formats.word.numbering import Numbering
from jiheng.reading.formats.word.plain import RawCell, RawRow, is_plain, rows_of
from jiheng.reading.formats.word.styles import Styles
from jiheng.reading.formats.word.tables import Shape

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_CHUNK: Final = f"{W}altChunk"
_ROW_PROPERTIES, _CELL_LOOK = f"{W}trPr", f"{W}tcPr"
_SPAN, _MERGE, _MERGE_LEFT, _MERGE_CHANGED = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}cellMerge"
_WIDTH: Final = f"{W}tcW"
_MOST_COLUMNS: Final = 200
"""Word draws 63; a larger span is a broken one."""
Foreign = Callable[[Beside], list[Block]]
"""What stands for an object, a picture, a chart … of a paragraph."""


class BodyReader:
    """Walks a part once, counting paragraphs and tables.

    Attributes:
        deleted: how many deletions of tracked changes were met.
        shapes: table number -> how its heads and columns are marked.
        counted: the paragraphs in the order in which places count them, where ``keeps_count`` asked for them.
    """

    def __init__(
        self,
        root: etree._Element,
        styles: Styles,
        numbering: Numbering,
        foreign: Foreign | None = None,
        *,
        keeps_count: bool = False,
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._foreign = foreign
        # most files have no changes to look for in every paragraph and cell
        self._inline = Inline(styles, moves=next(root.iter(f"{W}moveTo"), None) is not None)
        self._has_changes = next(root.iter(f"{W}del", f"{W}cellDel"), None) is not None
        self.deleted = 0
        self.shapes: dict[int, Shape] = {}
        self._keeps_count = keeps_count
        self.counted: list[etree._Element] = []
        self._paragraphs = 0
        self._tables = 0
        self._nested: list[Block] = []
        """Tables, text boxes and deleted text met inside a cell or paragraph; they follow it."""

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks below ``parent``."""
        carried = ""
        for tag, child in contents(parent):
            if tag == _PARAGRAPH:
                line, carried = self._line(child, carried)
                if line is not None and not is_blank(line):
                    yield Paragraph(line, Place(paragraph=self._paragraphs), self._styles.kind(child))
            elif tag == _TABLE:
                table = self._table(child)
                if table.rows:
                    yield table
            elif tag == _CHUNK:
                self._beside([Beside("chunk", child)])
            nested, self._nested = self._nested, []
            yield from nested
        if not is_blank(carried):
            yield Paragraph(carried.strip(), Place(paragraph=self._paragraphs))

    def _line(self, paragraph: etree._Element, carried: str) -> tuple[str | None, str]:
        """The line that a paragraph ends; ``None`` and what the next one goes on with where its end was taken out."""
        text = carried + self._text(paragraph)
        if self._has_changes and _runs_on(paragraph):
            return None, text
        return self._numbered(paragraph, text).strip(), ""

    def _text(self, paragraph: etree._Element) -> str:
        self._paragraphs += 1
        if self._keeps_count:
            self.counted.append(paragraph)
        text, beside = self._inline.read(paragraph)
        if beside:
            self._beside(beside)
        return text

    def _numbered(self, paragraph: etree._Element, text: str) -> str:
        mark = self._numbering.next(paragraph)
        return f"{mark}{text.lstrip()}" if mark else text

    def _beside(self, found: list[Beside]) -> None:
        """Makes blocks of what stands beside the text; they follow the paragraph."""
        place = Place(paragraph=self._paragraphs)
        for piece in found:
            if piece.kind == "box" and not isinstance(piece.content, str):
                waiting, self._nested = self._nested, []
                inside = list(self.blocks(piece.content))
                self._nested = waiting + inside
            elif (not piece.kind or piece.kind in BESIDE) and isinstance(piece.content, str):
                self.deleted += piece.kind == "deleted"
                self._nested.append(Paragraph(piece.content.strip(), place, piece.kind))
            elif self._foreign is not None:
                self._nested += [self._placed(block) for block in self._foreign(piece)]

    def _placed(self, block: Block) -> Block:
        """A block of a file inside this one, at the place where that stands; sheets and pages keep their own."""
        if block.place.sheet is not None or block.place.page is not None:
            return block
        here = Place(paragraph=self._paragraphs)
        if isinstance(block, Paragraph):
            return msgspec.structs.replace(block, place=here)
        self._tables += 1
        moved = [_in_table(row, self._tables, self._paragraphs) for row in block.rows]
        return Table(tuple(moved), Place(table=self._tables, paragraph=self._paragraphs))

    def _table(self, table: etree._Element) -> Table:
        self._tables += 1
        at = self._tables
        first = self._paragraphs + 1
        places: list[Place] = []
        boxes: list[list[Box]] = []
        heads = 0
        for row in self._rows(table):
            place = Place(table=at, row=len(boxes) + 1, paragraph=row.paragraph + 1)
            properties = row.element.find(_ROW_PROPERTIES)
            found = self._row(row, properties, place)
            if properties is not None:
                if self._has_changes and _is_marked(properties, "del"):
                    self._strike(found)
                    continue
                heads += heads == len(boxes) and _is_marked(properties, "tblHeader")
            boxes.append(found)
            places.append(place)
        grid = tuple(number(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
        rows, hidden = settled(on_grid(boxes))
        self._nested += [Paragraph(text, place, "hidden") for text, place in hidden]
        self.shapes[at] = Shape(heads, grid)
        cells = zip(rows, places, strict=True)
        return Table(tuple(Row(row, place) for row, place in cells), Place(table=at, paragraph=first))

    def _rows(self, table: etree._Element) -> Iterable[RawRow]:
        if self._styles.changes_text or not is_plain(table):
            return self._rows_with_anything(table)
        rows, self._paragraphs = rows_of(table, self._numbering, self._paragraphs)
        if self._keeps_count:
            self.counted += table.iterdescendants(_PARAGRAPH)
        return rows

    def _rows_with_anything(self, table: etree._Element) -> Iterator[RawRow]:
        for tag, element in contents(table):
            if tag == _ROW:
                yield RawRow(element, self._paragraphs, self._cells(element))

    def _cells(self, row: etree._Element) -> Iterator[RawCell]:
        for tag, element in contents(row):
            if tag == _CELL:
                before = self._paragraphs
                yield RawCell(element, self._cell_text(element), before)

    def _row(self, row: RawRow, properties: etree._Element | None, at: Place) -> list[Box]:
        column, left = (0, 0) if properties is None else _room_before(properties)
        boxes: list[Box] = []
        for element, text, paragraph in row.cells:
            place = Place(table=at.table, row=at.row, column=column + 1, paragraph=paragraph + 1)
            box = Box(text, place, column, offset=left if not boxes else 0)
            look = element[0] if len(element) and element[0].tag == _CELL_LOOK else element.find(_CELL_LOOK)
            if look is not None:
                _measure(box, look)
                if self._has_changes and look.find(f"{W}cellDel") is not None:
                    self._strike([box])
                    continue
            if box.goes_on_left and boxes:
                boxes[-1].span += box.span
                boxes[-1].more += box.width
                if not is_blank(box.text):
                    self._nested.append(Paragraph(box.text, place, "hidden"))
            else:
                boxes.append(box)
            column += box.span
        return boxes

    def _strike(self, boxes: list[Box]) -> None:
        """Rows and cells that a tracked change took out."""
        for box in boxes:
            if not is_blank(box.text):
                self.deleted += 1
                self._nested.append(Paragraph(box.text, box.place, "deleted"))

    def _cell_text(self, cell: etree._Element) -> str:
        lines: list[str] = []
        carried = ""
        for tag, child in contents(cell):
            if tag == _PARAGRAPH:
                line, carried = self._line(child, carried)
                if line is not None:
                    lines.append(line)
            elif tag == _TABLE:
                waiting, self._nested = self._nested, []
                table = self._table(child)
                self._nested = [*waiting, *([table] if table.rows else []), *self._nested]
            elif tag == _CHUNK:
                self._beside([Beside("chunk", child)])
        return "\n".join([*lines, carried]).strip()


def _room_before(properties: etree._Element) -> tuple[int, int]:
    """Columns, and their width, that a row leaves free at its left."""
    before, width = properties.find(f"{W}gridBefore"), properties.find(f"{W}wBefore")
    columns = number(before.get(VAL)) if before is not None else 0
    return min(_MOST_COLUMNS, max(0, columns)), number(width.get(f"{W}w")) if width is not None else 0


def contents(parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The tags and children of ``parent``, content controls and insertions opened."""
    for child in parent:
        tag = child.tag
        if tag in TRANSPARENT:
            yield from contents(child)
        elif isinstance(tag, str):
            yield tag, child


def _runs_on(paragraph: etree._Element) -> bool:
    """Whether a tracked change took out the end of a paragraph: the next one follows on the same line."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _is_marked(properties: etree._Element, name: str) -> bool:
    mark = properties.find(f"{W}{name}")
    return mark is not None and is_on(mark.get(VAL))


def _measure(box: Box, look: etree._Element) -> None:
    """What the properties of a cell say of its width and of the cells that it is one with."""
    for child in look:
        tag = child.tag
        if tag == _WIDTH:
            box.measured = child
        elif tag == _SPAN:
            box.span = min(_MOST_COLUMNS, max(1, number(child.get(VAL), 1)))
        elif tag == _MERGE:
            box.merge = child.get(VAL, "continue")
        elif tag == _MERGE_LEFT:
            box.goes_on_left = child.get(VAL, "continue") == "continue"
        elif tag == _MERGE_CHANGED:
            box.merge = {"cont": "continue", "rest": "restart"}.get(child.get(f"{W}vMerge", ""), box.merge)


def _in_table(row: Row, table: int, paragraph: int) -> Row:
    def here(place: Place) -> Place:
        return msgspec.structs.replace(place, table=table, paragraph=paragraph)

    cells = tuple(msgspec.structs.replace(cell, place=here(cell.place)) for cell in row.cells)
    return Row(cells, here(row.place))
