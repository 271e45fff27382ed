"""Templates made by hand: Word files of a few lines of XML, and what a filled one says."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from lxml import etree

from jiheng.budget import BudgetDocument
from jiheng.reading.formats.word.names import VAL, W
from jiheng.templates import Template

_DOCUMENT = (
    f'<w:document xmlns:w="{W[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<w:body>{}<w:sectPr/></w:body></w:document>"
)
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(
    body: str,
    *,
    header: str = "",
    relations: str = "",
    parts: dict[str, str | bytes] | None = None,
    main_type: str = f"{TYPES}.document.main+xml",
) -> bytes:
    """A .docx with ``body``; ``relations`` are further ones of the body, ``parts`` further parts."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": _DOCUMENT.replace("{}", body),
        "word/_rels/document.xml.rels": _relations(
            (f'<Relationship Id="h1" Type="{RELATIONS}/header" Target="header1.xml"/>' if header else "")
            + relations
        ),
        **(parts or {}),
    }
    if header:
        files["word/header1.xml"] = f'<w:hdr xmlns:w="{W[1:-1]}">{header}</w:hdr>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def p(*runs: str, look: str = "") -> str:
    """A paragraph; every text is a run of its own."""
    parts = "".join(f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' for text in runs)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{parts}</w:p>"


def tc(*texts: str, merge: str = "", span: int = 1) -> str:
    """A cell with a paragraph for every text; ``merge`` is "restart" or "continue"."""
    look = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{''.join(map(p, texts or ('',)))}</w:tc>"


def tr(*cells: str) -> str:
    """A row of cells, or of texts."""
    return f"<w:tr>{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def filled(body: str, document: BudgetDocument, **parts: str) -> etree._Element:
    """The body of the template with ``body``, filled."""
    return body_of(Template(word(body, **parts)).fill(document))


def body_of(data: bytes, part: str = "word/document.xml") -> etree._Element:
    """A part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def texts(root: etree._Element) -> list[str]:
    """The text of every paragraph; a break is a line, cells are paragraphs."""
    return [
        "".join(
            "\n" if part.tag == f"{W}br" else "\t" if part.tag == f"{W}tab" else part.text or ""
            for part in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        )
        for paragraph in root.iter(f"{W}p")
    ]


def rows(root: etree._Element) -> list[list[str]]:
    """The cells of every row: text, "↑" for what goes on from above."""
    return [
        [
            "↑"
            if (merge := cell.find(f"{W}tcPr/{W}vMerge")) is not None and merge.get(VAL) != "restart"
            else "\n".join(texts(cell))
            for cell in row.iter(f"{W}tc")
        ]
        for row in root.iter(f"{W}tr")
    ]
