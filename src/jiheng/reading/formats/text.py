"""Text files, as Word and websites save them: tables with a row a line, or with a cell a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Block, Blocks, Cell, Paragraph, Row, Table
from jiheng.reading.formats.encoding import decode, lost_characters
from jiheng.reading.formats.wrapped import unwrapped

# What Word leaves in saved text: bookmarks, and the TC fields of a table of contents.
_BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")
_TC_FIELD = re.compile(r"\s*\bTC\s+.*?\\f\s+\w+(?:\s+\\l\s+\d+)?\s*$")
_OTHER_FIELD = re.compile(r"\s*\b(?:PAGEREF|HYPERLINK|TOC)\s+[\\\w\"].*?\\[a-z]\b\s*")
# A line of a table of contents: leaders and a page number.
_CONTENTS = re.compile(r"(?:[.．。…·]{3,}|\t)\s*\d{1,4}\s*$")
_SHORT = 2
"""A lone value as short as this may be a label whose value is empty."""
_LEADERS = re.compile(r"[.．…·]{3,}")


def read_text(data: bytes, name: str) -> Blocks:
    """The blocks of a text file in any of the usual encodings.

    Raises:
        UnsupportedFormat, DamagedFile: see ``encoding.decode``.
    """
    text, encoding = decode(data, name)
    lost = lost_characters(text)
    if name.lower().endswith(".csv"):
        return Blocks(tuple(_separated(text)), encoding, (lost,) if lost else ())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    residues = 0
    for number, line in enumerate(lines):
        cleaned = _without_residue(line)
        if cleaned != line:
            residues += 1
            lines[number] = cleaned
    parse = _cells_by_line if _has_a_cell_a_line(lines) else _rows_by_line
    lines = unwrapped(lines)
    warnings = (f"去除了 {residues} 行中 Word 书签和目录域的残留代码。",) if residues else ()
    return Blocks(tuple(parse(lines)), encoding, (*warnings, lost) if lost else warnings)


def _separated(text: str) -> Iterator[Block]:
    """Values parted by commas, semicolons or tabs, quoted where they hold one: captions, then a table."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for fields in reader:
            filled = [field for field in fields if not is_blank(field)]
            if len(filled) == 1 and not rows and len(filled[0].strip()) > _SHORT:
                yield _paragraph(filled[0], reader.line_num)
            elif filled:
                rows.append(_row(fields, reader.line_num, 1, len(rows) + 1))
    except csv.Error:
        # an endless field: the lines as they stand, after those that were understood
        done = reader.line_num - 1
        yield from _table_of(rows)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        yield from (
            _paragraph(line, number)
            for number, line in enumerate(lines, 1)
            if number > done and not is_blank(line)
        )
        return
    yield from _table_of(rows)


def _table_of(rows: list[Row]) -> Iterator[Table]:
    if rows:
        yield Table(tuple(rows), Place(table=1, line=rows[0].place.line))


def _delimiter(text: str) -> str:
    """What parts the values: whichever of the usual signs most of the first lines have, and have most often."""
    lines = [line for line in text[:8192].splitlines() if line.strip()][:20]
    return max(
        ",\t;",
        key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)),
    )


def _without_residue(line: str) -> str:
    if "[bookmark" in line:
        line = _BOOKMARK.sub("", line)
    if "\\" in line:
        line = _OTHER_FIELD.sub("", _TC_FIELD.sub("", line))
    return line


def _has_a_cell_a_line(lines: list[str]) -> bool:
    """Whether tables are written with a cell a line: then a line that starts with a tab has no other tab."""
    single = several = 0
    for line in lines:
        if line.startswith("\t"):
            if "\t" in line[1:].rstrip("\t "):
                several += 1
            else:
                single += 1
    return single > several * 3


def _paragraph(line: str, number: int) -> Paragraph:
    is_contents = _LEADERS.search(line) is not None and _CONTENTS.search(line) is not None
    return Paragraph(line.strip(), Place(line=number), "toc" if is_contents else "")


def _rows_by_line(lines: list[str]) -> Iterator[Block]:
    """A line with tabs is a row; consecutive rows are a table; a cell's grid column is its field number."""
    rows: list[Row] = []
    tables = 0
    for number, line in enumerate(lines, 1):
        is_row = "\t" in line and _LEADERS.search(line) is None
        if is_row:
            rows.append(_row(line.split("\t"), number, tables + 1, len(rows) + 1))
            continue
        if rows:
            tables += 1
            yield Table(tuple(rows), Place(table=tables, line=rows[0].place.line))
            rows = []
        if not is_blank(line):
            yield _paragraph(line, number)
    if rows:
        yield Table(tuple(rows), Place(table=tables + 1, line=rows[0].place.line))


def _row(fields: list[str], line: int, table: int, row: int) -> Row:
    cells = tuple(
        Cell(text.strip(), Place(table=table, row=row, column=column + 1, line=line), column)
        for column, text in enumerate(fields)
    )
    return Row(cells, Place(table=table, row=row, line=line))


class _CellWriter:
    """Collects cells, rows and tables from text with a cell a line."""

    def __init__(self) -> None:
        self.table = 0
        self.rows: list[Row] = []
        self.cells: list[tuple[list[str], int]] = []

    def cell(self, text: str, line: int) -> None:
        self.cells.append(([text], line))

    def more(self, text: str, blanks: int) -> None:
        """Another line of the last cell, after ``blanks`` empty ones."""
        self.cells[-1][0].extend([""] * blanks)
        self.cells[-1][0].append(text)

    def end_row(self) -> None:
        if not self.cells:
            return
        row = len(self.rows) + 1
        cells = []
        for column, (parts, line) in enumerate(self.cells):
            text = "\n".join(parts).strip()
            cells.append(
                Cell(text, Place(table=self.table + 1, row=row, column=column + 1, line=line), column)
            )
        self.rows.append(Row(tuple(cells), Place(table=self.table + 1, row=row, line=self.cells[0][1])))
        self.cells = []

    def end_table(self) -> Table | None:
        self.end_row()
        if not self.rows:
            return None
        self.table += 1
        table = Table(tuple(self.rows), Place(table=self.table, line=self.rows[0].place.line))
        self.rows = []
        return table


def _cells_by_line(lines: list[str]) -> Iterator[Block]:
    """A line that starts with a tab is a cell; a blank line ends the row, two of them the table.

    A cell may have several paragraphs: lines that follow it without a tab. After one blank line such
    a line still belongs to the cell (an empty paragraph inside it); after two it stands below the table.
    """
    writer = _CellWriter()
    blanks = 0
    for number, line in enumerate(lines, 1):
        if line.startswith("\t"):
            if blanks:
                writer.end_row()
            writer.cell(line[1:].strip(), number)
            blanks = 0
        elif is_blank(line):
            blanks += 1
        else:
            if writer.cells and blanks < 2:
                writer.more(line.strip(), blanks)
            else:
                if (table := writer.end_table()) is not None:
                    yield table
                yield _paragraph(line, number)
            blanks = 0
    if (table := writer.end_table()) is not None:
        yield table
