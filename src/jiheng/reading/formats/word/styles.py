"""The styles of a Word file: what they are called, which hide their text, which letters they draw as signs."""

from __future__ import annotations

from typing import Final

import msgspec
from lxml import etree

from jiheng.reading.formats.word.names import VAL, W, is_on
from jiheng.reading.formats.word.symbols import is_symbol_font

_PARAGRAPH_STYLE: Final = f"{W}pPr/{W}pStyle"
_RUN_STYLE, _FONTS, _VANISH = f"{W}rStyle", f"{W}rFonts", f"{W}vanish"


class Look(msgspec.Struct, frozen=True):
    """How a run looks, as far as its text depends on it."""

    is_hidden: bool = False
    font: str | None = None
    """The symbol font of its letters, if any."""


_PLAIN: Final = Look()


class Styles:
    """What is known of the styles, by their ids."""

    def __init__(self, root: etree._Element | None = None) -> None:
        self._kinds: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        self.placeholders: set[str] = set()
        """Character styles of the hints in empty content controls."""
        for style in root.iter(f"{W}style") if root is not None else ():
            self._add(style, style.get(f"{W}styleId", ""))

    @property
    def changes_text(self) -> bool:
        """Whether any style hides its text or draws its letters as signs."""
        return bool(self._looks)

    def kind(self, paragraph: etree._Element) -> str:
        """ "toc", "heading", "title" or "", by the name of the paragraph's style."""
        style = paragraph.find(_PARAGRAPH_STYLE)
        return self._kinds.get(style.get(VAL, ""), "") if style is not None else ""

    def hides(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph's style hides its text."""
        if not self._looks:
            return False
        style = paragraph.find(_PARAGRAPH_STYLE)
        return style is not None and self._looks.get(style.get(VAL, ""), _PLAIN).is_hidden

    def look(self, properties: etree._Element, is_hidden: bool) -> Look:
        """How a run with these properties (w:rPr) looks in a paragraph whose style hides its text, or does not."""
        font: str | None = None
        for child in properties:
            if child.tag == _FONTS:
                named = child.get(f"{W}ascii") or child.get(f"{W}hAnsi")
                font = named if is_symbol_font(named) else None
            elif child.tag == _VANISH:
                is_hidden = is_on(child.get(VAL))
            elif child.tag == _RUN_STYLE:
                known = self._looks.get(child.get(VAL, ""))
                if known is not None:
                    is_hidden, font = is_hidden or known.is_hidden, font or known.font
        return Look(is_hidden, font) if is_hidden or font else _PLAIN

    def _add(self, style: etree._Element, key: str) -> None:
        label = style.find(f"{W}name")
        called = (label.get(VAL, "") if label is not None else "").lower().replace(" ", "")
        if called.startswith(("toc", "目录")):
            self._kinds[key] = "toc"
        elif called.startswith(("heading", "标题")) and called[-1:].isdigit():
            self._kinds[key] = "heading"
        elif called in ("title", "标题"):
            self._kinds[key] = "title"
        elif called in ("placeholdertext", "占位符文本"):
            self.placeholders.add(key)
        properties = style.find(f"{W}rPr")
        if properties is not None and (look := self.look(properties, is_hidden=False)) is not _PLAIN:
            self._looks[key] = look
