"""The parts of a Word file beside its body: styles, headers, footers, notes, comments, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Paragraph
from jiheng.reading.formats.container import Container
from jiheng.reading.formats.word.strict import transitional

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IMAGES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
_SMALL: Final = 20_000
"""Smaller pictures (bytes) are logos and stamps."""


def style_kinds(container: Container) -> dict[str, str]:
    """Style id -> "toc", "heading" or "title", by the style's name, which is the same in every language."""
    kinds: dict[str, str] = {}
    if "word/styles.xml" not in container:
        return kinds
    for style in transitional(container.xml("word/styles.xml")).iterfind(f"{_W}style"):
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


def furniture(container: Container) -> Iterator[Paragraph]:
    """Headers and footers, each text once."""
    seen: set[str] = set()
    for part in sorted(container.parts):
        if part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
            for text in _paragraphs(container, part):
                if text not in seen:
                    seen.add(text)
                    yield Paragraph(text, Place(), "furniture")


def notes(container: Container) -> Iterator[Paragraph]:
    """Footnotes, endnotes and comments."""
    for part in ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"):
        if part in container:
            for text in _paragraphs(container, part):
                yield Paragraph(text, Place(), "note")


def pictures(container: Container) -> Iterator[str]:
    """The parts that hold pictures large enough to be pages."""
    for part in container.parts:
        if (
            part.startswith("word/media/")
            and part.lower().endswith(_IMAGES)
            and len(container.read(part)) > _SMALL
        ):
            yield part


def _paragraphs(container: Container, part: str) -> Iterator[str]:
    for paragraph in transitional(container.xml(part)).iter(f"{_W}p"):
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t")).strip()
        if not is_blank(text):
            yield text
