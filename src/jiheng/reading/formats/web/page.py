"""A page from top to bottom: paragraphs, tables, and what belongs to the site and not to the document."""

from __future__ import annotations

import re
from typing import Final

from lxml import html

from jiheng.budget import Place, is_blank
from jiheng.reading.blocks import Block, Paragraph, Table
from jiheng.reading.formats.web.grid import CellCount, cells_of, rows_of
from jiheng.reading.formats.web.text import (
    BLOCKS,
    SILENT,
    field_text,
    is_hidden,
    plain_text,
    squeezed,
)

_CHROME: Final = frozenset({"nav", "footer", "header", "aside"})
_CHROME_ROLES: Final = ("navigation", "banner", "contentinfo", "search")
_CHROME_NAMES: Final = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|footer|foot|header|breadcrumb|crumb|sidebar|share|toolbar|copyright|links|position|location|dqwz|wz)(?:$|[-_ ])",
    re.IGNORECASE,
)
_NAMED: Final = frozenset({"div", "ul", "section", "table"})
"""Elements whose class or id may say that they belong to the site."""
_MUCH: Final = 600
"""Characters besides links; nothing that only belongs to the site says so much."""
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PICTURE_FROM: Final = 100
"""Pixels; what is narrower is an ornament."""


class PageReader:
    """Walks a page once; text between two block elements is a paragraph."""

    def __init__(self, name: str) -> None:
        self._count = CellCount(name)
        self._blocks: list[Block] = []
        self._line: list[str] = []
        self._style = ""
        self._chrome: list[html.HtmlElement] = []
        """The elements of the site that we are inside."""
        self._tables = 0
        self.pictures = 0
        self.warnings: list[str] = []

    def finish(self) -> list[Block]:
        """All blocks, in the order of the page."""
        self._end()
        return self._blocks

    def walk(self, element: html.HtmlElement) -> None:
        """Take in ``element`` and all below it.

        Raises:
            FileTooLarge: its tables have more cells than are read.
        """
        # an explicit stack: pages nest deeper than Python's recursion goes
        stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
        while stack:
            node, is_leaving = stack.pop()
            if is_leaving:
                self._leave(node)
            elif not isinstance(node.tag, str) or node.tag in SILENT:
                pass
            elif is_hidden(node):
                self.furnish(plain_text(node))
            elif node.tag in ("select", "input"):
                self._line.append(field_text(node))
            elif node.tag == "table" and self._is_table(node):
                self._table(node)
            else:
                self._enter(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node))
                continue
            self._line.append(node.tail or "")

    def furnish(self, text: str) -> None:
        """A text that is kept, but is no part of the document."""
        if text := squeezed(text):
            self._end()
            self._blocks.append(Paragraph(text, self._place(), "furniture"))

    def _enter(self, node: html.HtmlElement) -> None:
        if node.tag in BLOCKS or node.tag == "br":
            self._end()
        if not self._chrome and _is_chrome(node):
            self._chrome.append(node)
        if node.tag in _HEADINGS:
            self._style = "title" if node.tag == "h1" else "heading"
        elif node.tag == "img":
            self._picture(node)
        self._line.append(node.text or "")

    def _leave(self, node: html.HtmlElement) -> None:
        if node.tag in BLOCKS:
            self._end()
            self._style = ""
        if self._chrome and self._chrome[-1] is node:
            self._chrome.pop()

    def _picture(self, node: html.HtmlElement) -> None:
        width = node.get("width") or ""
        if self._chrome or (width.isascii() and width.isdigit() and int(width[:6]) < _PICTURE_FROM):
            return
        self.pictures += 1
        if (node.get("src") or "").startswith("data:image/"):
            self.warnings.append("网页中有图片，图片里的文字没有读取；请另存图片后单独上传。")

    def _place(self) -> Place:
        return Place(paragraph=len(self._blocks) + 1)

    def _end(self) -> None:
        text = squeezed("".join(self._line))
        self._line = []
        if not is_blank(text):
            self._blocks.append(Paragraph(text, self._place(), "furniture" if self._chrome else self._style))

    def _is_table(self, node: html.HtmlElement) -> bool:
        """Whether a table holds data; one that frames tables or headings, or is one cell wide, arranges the page."""
        if self._chrome or next(node.iterdescendants("table", "h1", "h2"), None) is not None:
            return False
        return any(len(cells_of(row)) > 1 for row in node.iter("tr")) and not _is_chrome(node)

    def _table(self, node: html.HtmlElement) -> None:
        self._end()
        self._tables += 1
        for caption in node.findall("caption"):
            if text := squeezed(plain_text(caption)):
                self._blocks.append(Paragraph(text, self._place()))
        hidden: list[str] = []
        rows = tuple(rows_of(node, self._tables, self._count, hidden))
        if rows:
            self._blocks.append(Table(rows, Place(table=self._tables, paragraph=len(self._blocks) + 1)))
        for text in hidden:
            self.furnish(text)


def _is_chrome(node: html.HtmlElement) -> bool:
    """Whether ``node`` belongs to the site: its name says so, and it is mostly links or says little."""
    is_named = node.tag in _CHROME or node.get("role") in _CHROME_ROLES
    if not is_named and node.tag in _NAMED:
        is_named = any(_CHROME_NAMES.search(node.get(key) or "") for key in ("class", "id"))
    if not is_named or next(node.iter("h1"), None) is not None:
        return False
    linked = sum(len(squeezed(plain_text(link))) for link in node.iter("a"))
    return len(squeezed(plain_text(node))) - linked < _MUCH
