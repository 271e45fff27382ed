"""Web pages (.html, .htm, and .mht): headings, paragraphs and tables of a saved government page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from typing import Final

from lxml import etree, html

from jiheng.budget import Place, is_blank
from jiheng.errors import DamagedFile, FileTooLarge
from jiheng.reading.blocks import Block, Blocks, Cell, Paragraph, Row, Table
from jiheng.reading.formats.encoding import decode

_SILENT: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select"}
)
_BLOCKS: Final = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "section", "article",
     "header", "footer", "nav", "main", "aside", "form", "fieldset", "blockquote", "pre", "center", "figure", "hr",
     "address", "body", "html", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"}
)  # fmt: skip
_CHROME: Final = frozenset({"nav", "footer", "header", "aside"})
_CHROME_NAMES: Final = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|footer|foot|header|breadcrumb|crumb|sidebar|share|toolbar|copyright|links|position|location|dqwz|wz)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ATTACHMENT: Final = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|zip|rar|ofd)(?:$|[?#])", re.IGNORECASE)
_MAX_SPAN: Final = 1_000
_MAX_CELLS: Final = 400_000
_SPACES: Final = re.compile(r"[ \t\r\n\f\u00a0]+")


def read_html(data: bytes, name: str) -> Blocks:
    """The blocks of a web page. What belongs to the site (menus, footers) and hidden text is furniture.

    Raises:
        DamagedFile: nothing in it can be read as a page.
        FileTooLarge: its tables have more cells than are read.
    """
    if name.lower().endswith((".mht", ".mhtml")) or data[:200].lower().startswith(
        (b"mime-version:", b"from: ")
    ):
        data = _page_in(data, name)
    text, encoding = decode(data, name)
    # a declared encoding is right for the bytes, not for the text that they have become
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(
            "网页没有可读的内容。", place=name, remedy="请用浏览器重新保存网页，或下载其中的附件后上传。"
        ) from error
    reader = _PageReader(name)
    body = root.find("body")
    reader.walk(body if body is not None else root)
    return Blocks(tuple(reader.finish()), encoding, tuple(reader.warnings))


def _page_in(data: bytes, name: str) -> bytes:
    """The page inside a web archive (MIME multipart/related)."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    return payload
    except (MessageError, ValueError, LookupError) as error:
        raise DamagedFile("网页归档已损坏。", place=name, remedy="请用浏览器重新保存为网页。") from error
    raise DamagedFile("网页归档中没有网页。", place=name, remedy="请用浏览器重新保存为网页。")


class _PageReader:
    """Walks a page once; text between two block elements is a paragraph."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._blocks: list[Block] = []
        self._line: list[str] = []
        self._style = ""
        self._chrome = 0
        self._tables = 0
        self._cells = 0
        self.warnings: list[str] = []

    def finish(self) -> list[Block]:
        """All blocks, in the order of the page."""
        self._end()
        return self._blocks

    def walk(self, element: html.HtmlElement) -> None:
        """Take in ``element`` and all below it."""
        # an explicit stack: pages nest deeper than Python's recursion goes
        stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
        while stack:
            node, is_leaving = stack.pop()
            if is_leaving:
                self._leave(node)
                self._text(node.tail)
                continue
            if not isinstance(node.tag, str) or node.tag in _SILENT:
                self._text(node.tail)
                continue
            if _is_hidden(node):
                self._furnish(_plain_text(node))
                self._text(node.tail)
                continue
            if node.tag == "table" and self._is_table(node):
                self._end()
                self._table(node)
                self._text(node.tail)
                continue
            self._enter(node)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))

    def _enter(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag in _BLOCKS:
            self._end()
        if _is_chrome(node):
            self._chrome += 1
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._style = "title" if tag == "h1" else "heading"
        if tag == "br":
            self._end()
        elif tag == "img":
            self._picture(node)
        elif tag == "a" and _ATTACHMENT.search(node.get("href") or ""):
            label = " ".join(_plain_text(node).split()) or (node.get("href") or "")
            self.warnings.append(f"网页中有附件“{label}”，内容可能在附件里，请下载后一并上传。")
        self._text(node.text)

    def _leave(self, node: html.HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self._end()
            self._style = ""
        if _is_chrome(node):
            self._chrome -= 1

    def _picture(self, node: html.HtmlElement) -> None:
        width = node.get("width") or ""
        if (node.get("src") or "").startswith("data:image/") and not (width.isdigit() and int(width) < 100):
            self.warnings.append("网页中有图片，图片里的文字没有读取；请另存图片后单独上传。")

    def _text(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def _end(self) -> None:
        text = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line = []
        if is_blank(text):
            return
        style = "furniture" if self._chrome else self._style
        self._blocks.append(Paragraph(text, Place(paragraph=len(self._blocks) + 1), style))

    def _furnish(self, text: str) -> None:
        text = _SPACES.sub(" ", text).strip()
        if text:
            self._end()
            self._blocks.append(Paragraph(text, Place(paragraph=len(self._blocks) + 1), "furniture"))

    def _is_table(self, node: html.HtmlElement) -> bool:
        """Whether a table holds data; one that frames other tables, or a single cell, only arranges the page."""
        if self._chrome or node.find(".//table") is not None:
            return False
        rows = node.findall(".//tr")
        return len(rows) > 1 or (len(rows) == 1 and len(_cells_of(rows[0])) > 1)

    def _table(self, node: html.HtmlElement) -> None:
        self._tables += 1
        for caption in node.findall("caption"):
            if text := _SPACES.sub(" ", _plain_text(caption)).strip():
                self._blocks.append(Paragraph(text, Place(paragraph=len(self._blocks) + 1), ""))
        rows = list(self._rows(node))
        if rows:
            self._blocks.append(
                Table(tuple(rows), Place(table=self._tables, paragraph=len(self._blocks) + 1))
            )

    def _rows(self, node: html.HtmlElement) -> Iterator[Row]:
        """The rows on a grid, spans resolved as browsers do."""
        pending: dict[int, tuple[int, int]] = {}
        elements = node.findall(".//tr")
        for number, element in enumerate(elements, 1):
            cells: list[Cell] = []
            column = 0
            carried, pending = pending, {}
            waiting = [cell for cell in _cells_of(element) if not _is_hidden(cell)]
            while waiting or any(at >= column for at in carried):
                if column in carried:
                    left, span = carried.pop(column)
                    cells.append(Cell("", self._place(number, column), column, span))
                    if left > 1:
                        pending[column] = (left - 1, span)
                    column += span
                    continue
                if not waiting:
                    column = min(at for at in carried if at >= column)
                    continue
                cell = waiting.pop(0)
                free = min((at for at in carried if at > column), default=column + _MAX_SPAN)
                span = min(_span(cell, "colspan"), free - column)
                rows = min(_span(cell, "rowspan", len(elements) - number + 1), len(elements) - number + 1)
                cells.append(Cell(_cell_text(cell), self._place(number, column), column, span, rows))
                if rows > 1:
                    pending[column] = (rows - 1, span)
                column += span
            self._count(len(cells))
            if cells:
                yield Row(tuple(cells), Place(table=self._tables, row=number))

    def _place(self, row: int, column: int) -> Place:
        return Place(table=self._tables, row=row, column=column + 1)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > _MAX_CELLS:
            raise FileTooLarge(
                f"网页中的表格超过 {_MAX_CELLS} 个单元格。", place=self._name, remedy="请拆分后重试。"
            )


def _cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [child for child in row if child.tag in ("td", "th")]


def _span(cell: html.HtmlElement, name: str, whole: int = 1) -> int:
    """A span; ``rowspan="0"`` reaches to the end of the table."""
    text = (cell.get(name) or "1").strip()
    if not text.isascii() or not text.isdigit():
        return 1
    return max(1, whole) if text == "0" else min(int(text[:5]), _MAX_SPAN)


def _cell_text(cell: html.HtmlElement) -> str:
    """The lines of a cell: paragraphs and line breaks part them."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(cell, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append(node.tail or "")
            continue
        is_break = node is not cell and node.tag in (*_BLOCKS, "br")
        if event == "start":
            if node is not cell and (node.tag in _SILENT or _is_hidden(node)):
                node.text = None
                for child in list(node):
                    node.remove(child)
                continue
            pieces.append("\0" if is_break else "")
            pieces.append(node.text or "")
        elif node is not cell:
            pieces.append("\0" if is_break and node.tag != "br" else "")
            pieces.append(node.tail or "")
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line)


def _plain_text(node: html.HtmlElement) -> str:
    return "".join(text for text in node.itertext() if not isinstance(text, etree._Comment))


def _is_hidden(node: html.HtmlElement) -> bool:
    return _HIDDEN.search(node.get("style") or "") is not None or node.get("hidden") is not None


def _is_chrome(node: html.HtmlElement) -> bool:
    """Whether ``node`` belongs to the site and not to the document."""
    if node.tag in _CHROME or node.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    if node.tag not in ("div", "ul", "section", "table"):
        return False
    return any(_CHROME_NAMES.search(node.get(key) or "") for key in ("class", "id"))
