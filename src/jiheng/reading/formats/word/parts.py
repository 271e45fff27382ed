"""The parts of a Word file beside its body: headers, footers, notes, comments, drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Block, Paragraph
from jiheng.reading.formats.word.body import BodyReader
from jiheng.reading.formats.word.names import A, C
from jiheng.reading.formats.word.package import Package

_IMAGES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
_SMALL: Final = 20_000
"""Smaller pictures (bytes) are logos and stamps."""
Reader = Callable[[etree._Element], BodyReader]
"""Makes a reader for a part."""


def furniture(package: Package, reader: Reader) -> Iterator[Paragraph]:
    """Headers and footers, each text once."""
    seen: set[str] = set()
    for part in (*package.related("header", "header"), *package.related("footer", "footer")):
        for text, _ in _texts(package, part, reader):
            if text not in seen:
                seen.add(text)
                yield Paragraph(text, Place(), "furniture")


def notes(package: Package, reader: Reader) -> Iterator[Paragraph]:
    """Footnotes, endnotes and comments."""
    for kind in ("footnotes", "endnotes", "comments"):
        for part in package.related(kind, kind):
            for text, style in _texts(package, part, reader):
                yield Paragraph(text, Place(), "deleted" if style == "deleted" else "note")


def is_page(package: Package, part: str) -> bool:
    """Whether a part is a picture large enough to be a page."""
    return part.lower().endswith(_IMAGES) and len(package.read(part)) > _SMALL


def drawing(package: Package, part: str) -> list[Block]:
    """The text in a diagram (SmartArt), shape by shape, or in a chart, as one note: title, names and figures."""
    root = package.xml(part)
    if root is None:
        return []
    if root.tag == f"{C}chartSpace":
        words = [piece.text or "" for piece in root.iter(f"{A}t", f"{C}v")]
        text = " ".join(word.strip() for word in words if not is_blank(word))
        return [Paragraph(text, Place(), "note")] if text else []
    texts = ("".join(piece.text or "" for piece in line.iter(f"{A}t")) for line in root.iter(f"{A}p"))
    return [Paragraph(text.strip(), Place()) for text in texts if not is_blank(text)]


def _texts(package: Package, part: str, reader: Reader) -> Iterator[tuple[str, str]]:
    root = package.xml(part)
    if root is None:
        return
    walker = reader(root)
    # footnotes lie one below the other; a header is one
    parents = [root] if root.tag.endswith(("}hdr", "}ftr")) else list(root)
    for parent in parents:
        for block in walker.blocks(parent):
            if isinstance(block, Paragraph):
                yield block.text, block.style
            else:
                yield from (
                    (cell.text, "") for row in block.rows for cell in row.cells if not is_blank(cell.text)
                )
