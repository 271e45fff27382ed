"""Word files made by hand, so that a test says exactly which XML it means."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from jiheng.reading.blocks import Block, Blocks, Paragraph, Table
from jiheng.reading.formats.docx import read_docx

SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{''.join(content)}</w:p>"


def cell(text: str = "", properties: str = "", content: str | None = None) -> str:
    """A cell with a paragraph, or with ``content``."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text)) if content is None else content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, grid: tuple[int, ...] = ()) -> str:
    """A table; ``grid`` are the widths of its columns."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def part(tag: str, content: str) -> str:
    """The XML of a part: styles, numbering, hdr …"""
    return f"<w:{tag} {SPACES}>{content}</w:{tag}>"


def relations(**targets: str) -> str:
    """Relations of the body: id = "kind:target"."""
    found = "".join(
        f'<Relationship Id="{key}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for key, (kind, _, target) in ((key, value.partition(":")) for key, value in targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'


def package(body: str, parts: dict[str, str | bytes] | None = None, main: str = "word/document.xml") -> bytes:
    """A Word file with this body."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(main, part("document", f"<w:body>{body}</w:body>"))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(body: str, parts: dict[str, str | bytes] | None = None) -> Blocks:
    """What is read from a Word file with this body."""
    return read_docx(package(body, parts), "文.docx")


def seen(blocks: Blocks) -> list[object]:
    """Blocks in short: the text of plain paragraphs, (style, text) of others, rows of texts of tables."""
    return [_short(block) for block in blocks.blocks]


def _short(block: Block) -> object:
    if isinstance(block, Table):
        return [[cell.text for cell in row.cells] for row in block.rows]
    assert isinstance(block, Paragraph)
    return (block.style, block.text) if block.style else block.text
