"""Blocks as files: the same paragraphs and tables in every format that is read."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

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
_PAGE_WIDTH = 9_600
"""Of a table in a Word file, in twentieths of a point."""


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
    body = "".join(
        _word_paragraph(block.text) if isinstance(block, Paragraph) else _word_table(block)
        for block in blocks
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def _word_paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_table(table: Table) -> str:
    columns = width_of(table)
    each = _PAGE_WIDTH // columns
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
                f'<w:tc><w:tcPr><w:tcW w:w="{each * cell.span}" w:type="dxa"/>{span}{merge}</w:tcPr>{paragraphs}</w:tc>'
            )
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = f'<w:gridCol w:w="{each}"/>' * columns
    layout = f'<w:tblW w:w="{_PAGE_WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def xlsx(blocks: Sequence[Block]) -> bytes:
    """A workbook: everything on one sheet, captions merged over the width."""
    from openpyxl import Workbook

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
        for number, row in enumerate(block.rows):
            for cell in row.cells:
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

    widest = max((width_of(block) for block in blocks if isinstance(block, Table)), default=1)
    is_wide = widest > 9
    parts = [
        f'#set page(paper: "a4", margin: 2cm, flipped: {str(is_wide).lower()})\n'
        f'#set text(font: "Noto Serif CJK SC", size: {7 if is_wide else 10}pt, lang: "zh")\n'
    ]
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(f"#par[#text({_quoted(block.text)})]\n\n")
            continue
        hidden = covered(block)
        cells = [
            f"table.cell(colspan: {cell.span}, rowspan: {cell.rows})[{_lines(cell.text)}]"
            for number, row in enumerate(block.rows)
            for cell in row.cells
            if (number, cell.column) not in hidden
        ]
        parts.append(
            f"#table(columns: (1fr,) * {width_of(block)}, align: center + horizon, {', '.join(cells)})\n\n"
        )
    return bytes(typst.compile("".join(parts).encode()))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _lines(text: str) -> str:
    return "#linebreak()".join(f"#text({_quoted(line)})" for line in text.split("\n")) if text else ""


def by_libreoffice(data: bytes, target: str, suffix: str = ".docx") -> bytes:
    """A Word file in another format, by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(data)
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--convert-to",
             target, "--outdir", folder, str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (Path(folder) / f"source.{target}").read_bytes()


def scan(data: bytes, *, dpi: int = 200, noise: float = 6.0, skew: float = 0.6, seed: int = 1) -> bytes:
    """The pages of a PDF as a scanner would give them: turned a little, noisy, in a TIFF."""
    random = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        picture = picture.rotate(
            float(random.uniform(-skew, skew)), fillcolor=255, resample=Image.Resampling.BICUBIC
        )
        grain = np.asarray(picture).astype(np.float32) + random.normal(
            0, noise, (picture.height, picture.width)
        )
        pages.append(Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8)))
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate", dpi=(dpi, dpi)
    )
    return buffer.getvalue()


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
