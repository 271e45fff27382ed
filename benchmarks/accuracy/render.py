"""Blocks as files: the same paragraphs and tables in every format that is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from html import escape

from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_SHORT, _LONG = 9_600, 14_400
"""Width of a table on an upright page and on one lying on its side, in twentieths of a point."""
_WIDE = 8
"""A table with more columns makes an office turn its page."""
_UNBROKEN = re.compile(r"[\dA-Za-z-]{9,}")


def covered(table: Table) -> set[tuple[int, int]]:
    """Row and column of every cell that continues a vertical merge."""
    found = set()
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            found |= {(number + down, cell.column) for down in range(1, cell.rows)}
    return found


def width_of(table: Table) -> int:
    """Columns of a table's grid."""
    return max((cell.column + cell.span for row in table.rows for cell in row.cells), default=1)


def squared(table: Table) -> Table:
    """Every row as wide as the table, for formats that cannot have a shorter one: its cells stand at the right."""
    width = width_of(table)
    rows = []
    for row in table.rows:
        shift = width - max((cell.column + cell.span for cell in row.cells), default=width)
        moved = (Cell(cell.text, cell.place, cell.column + shift, cell.span, cell.rows) for cell in row.cells)
        rows.append(Row((*(Cell("", row.place, at) for at in range(shift)), *moved), row.place))
    return Table(tuple(rows), table.place)


def is_wide(blocks: Sequence[Block]) -> bool:
    """Whether the pages lie on their side."""
    return any(isinstance(block, Table) and width_of(block) > _WIDE for block in blocks)


def shares_of(table: Table) -> list[float]:
    """How much of the page each column gets: by the length of its texts, within reason."""
    lengths = [3.0] * width_of(table)
    for row in table.rows:
        for cell in row.cells:
            if cell.span == 1:
                lengths[cell.column] = max(lengths[cell.column], min(len(cell.text), 13))
    return [length / sum(lengths) for length in lengths]


def text(blocks: Sequence[Block]) -> bytes:
    """A text file: a row a line, cells parted by tabs; lines inside a cell run on."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        for row in squared(block).rows:
            fields = [""] * width_of(block)
            for cell in row.cells:
                fields[cell.column] = " ".join(cell.text.split("\n"))
            lines.append("\t".join(fields))
        lines.append("")
    return "\n".join(lines).encode("gb18030")


def html(blocks: Sequence[Block]) -> bytes:
    """A web page."""
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        hidden = covered(block)
        rows = []
        for number, row in enumerate(block.rows):
            cells = [
                f'<td colspan="{cell.span}" rowspan="{cell.rows}">{escape(cell.text).replace(chr(10), "<br>")}</td>'
                for cell in row.cells
                if (number, cell.column) not in hidden
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        parts.append(f"<table>{''.join(rows)}</table>")
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'.encode()


def docx(blocks: Sequence[Block]) -> bytes:
    """A Word file, written as Word writes merged cells."""
    wide = is_wide(blocks)
    body = "".join(
        _word_paragraph(block.text) if isinstance(block, Paragraph) else _word_table(block, wide)
        for block in blocks
    )
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if wide else 'w:w="11906" w:h="16838"'
    body += f'<w:sectPr><w:pgSz {size}/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def _word_paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_table(table: Table, wide: bool) -> str:
    whole = _LONG if wide else _SHORT
    widths = [round(share * whole) for share in shares_of(table)]
    hidden = covered(table)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = []
    for number, row in enumerate(table.rows):
        cells = []
        for cell in row.cells:
            merge = (
                '<w:vMerge w:val="restart"/>'
                if cell.rows > 1
                else "<w:vMerge/>"
                if (number, cell.column) in hidden
                else ""
            )
            span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
            paragraphs = "".join(_word_paragraph(line) for line in cell.text.split("\n"))
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths[cell.column : cell.column + cell.span])}" w:type="dxa"/>{span}{merge}</w:tcPr>{paragraphs}</w:tc>'
            )
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    layout = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def xlsx(blocks: Sequence[Block]) -> bytes:
    """A workbook: everything on one sheet, captions merged over the width, lines around the cells of tables."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Side

    line = Side("thin")
    frame = Border(line, line, line, line)
    book = Workbook()
    sheet = book.active
    width = max((width_of(block) for block in blocks if isinstance(block, Table)), default=1)
    at = 1
    for block in blocks:
        if isinstance(block, Paragraph):
            sheet.cell(at, 1, block.text)
            if width > 1:
                sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
            at += 1
            continue
        hidden = covered(block)
        for number, row in enumerate(squared(block).rows):
            for cell in row.cells:
                for column in range(cell.column, cell.column + cell.span):
                    sheet.cell(at + number, column + 1).border = frame
                if (number, cell.column) in hidden:
                    continue
                place = sheet.cell(at + number, cell.column + 1, cell.text or None)
                place.number_format = "@"
                place.data_type = "s"  # "=5" is a text here, not a formula
                if cell.span > 1 or cell.rows > 1:
                    sheet.merge_cells(
                        start_row=at + number, start_column=cell.column + 1,
                        end_row=at + number + cell.rows - 1, end_column=cell.column + cell.span,
                    )  # fmt: skip
        at += len(block.rows)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pdf(blocks: Sequence[Block]) -> bytes:
    """A PDF set by Typst."""
    import typst

    wide = is_wide(blocks)
    parts = [
        f'#set page(paper: "a4", flipped: {str(wide).lower()}, margin: 2cm)\n'
        f'#set text(font: "Noto Serif CJK SC", size: {8 if wide else 10}pt, lang: "zh")\n'
    ]
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(f"#par[#text({_quoted(block.text)})]\n\n")
            continue
        hidden = covered(block)
        columns = ", ".join(f"{share:.4f}fr" for share in shares_of(block))
        cells = [
            f"table.cell(colspan: {cell.span}, rowspan: {cell.rows})[{_lines(cell.text)}]"
            for number, row in enumerate(squared(block).rows)
            for cell in row.cells
            if (number, cell.column) not in hidden
        ]
        parts.append(f"#table(columns: ({columns},), align: center + horizon, {', '.join(cells)})\n\n")
    return bytes(typst.compile("".join(parts).encode()))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _lines(text: str) -> str:
    """The lines of a cell; a long code may be broken anywhere, as Word does in a narrow column."""
    if not text:
        return ""
    broken = _UNBROKEN.sub(lambda match: "\u200b".join(match[0]), text)
    return "#linebreak()".join(f"#text({_quoted(line)})" for line in broken.split("\n"))


def with_cells(table: Table, texts: dict[tuple[int, int], str]) -> Table:
    """``table`` with other texts in some cells (by row and column)."""
    rows = [
        Row(
            tuple(
                Cell(
                    texts.get((number, cell.column), cell.text), cell.place, cell.column, cell.span, cell.rows
                )
                for cell in row.cells
            ),
            row.place,
        )
        for number, row in enumerate(table.rows)
    ]
    return Table(tuple(rows), table.place)
