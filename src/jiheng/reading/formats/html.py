"""Web pages (.html, .htm, and .mht): headings, paragraphs and tables of a saved government page."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

from jiheng.errors import DamagedFile, FileTooLarge
from jiheng.reading.blocks import Block, Blocks, Paragraph
from jiheng.reading.formats.encoding import decode, lost_characters
from jiheng.reading.formats.web.archive import pages_in
from jiheng.reading.formats.web.attachments import attachments
from jiheng.reading.formats.web.page import PageReader

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_INLINE: Final = re.compile(r"</?(?:font|span|b|i|u|s|em|strong|small|big|o:p)\b[^<>]*>", re.IGNORECASE)
"""Tags that only say how a text looks."""
_ARCHIVES: Final = (".mht", ".mhtml")
_HEADS: Final = (b"mime-version:", b"from: ")
_LITTLE: Final = 100
"""Characters; a page with pictures and so little text most likely shows a scan."""


def read_html(data: bytes, name: str) -> Blocks:
    """The blocks of a web page. What belongs to the site (menus, footers) and hidden text is furniture.

    Raises:
        DamagedFile: nothing in it can be read as a page.
        FileTooLarge: its tables have more cells than are read, or it is nested too deep.
    """
    is_archive = name.lower().endswith(_ARCHIVES) or data[:200].lower().startswith(_HEADS)
    found: list[Block] = []
    warnings: list[str] = []
    encoding = None
    reader = PageReader(name)
    for page, charset in pages_in(data, name) if is_archive else [(data, None)]:
        text, encoding = decode(page, name, charset or declared(page))
        if lost := lost_characters(text):
            warnings.append(lost)
        root = _parsed(_DECLARATION.sub("", text), name)
        if title := " ".join((root.findtext(".//head/title") or "").split()):
            reader.furnish(title)
        body = root.find("body")
        reader.walk(body if body is not None else root)
        warnings += attachments(root)
        if not is_archive and next(root.iter("frameset"), None) is not None:
            warnings.append(
                "网页由几个框架组成，内容在别的文件里；请用浏览器打开后保存为单个文件（mht）再上传。"
            )
    found = reader.finish()
    characters = sum(len(one.text) if isinstance(one, Paragraph) else _LITTLE for one in found)
    if reader.pictures and characters < _LITTLE:
        warnings.append("网页中的内容可能是图片，图片里的文字没有读取；请另存图片后单独上传。")
    return Blocks(tuple(found), encoding, tuple(dict.fromkeys([*reader.warnings, *warnings])))


def declared(data: bytes) -> str | None:
    """The encoding that a page says it has, in the first bytes of it."""
    match = re.search(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,20})""", data[:4096], re.IGNORECASE)
    return match[1].decode("ascii", "replace") if match else None


def _parsed(text: str, name: str) -> html.HtmlElement:
    """The page as a tree. Tags that are never closed nest deeper and deeper: without them it may still be read."""
    for content in (text, None):
        parser = html.HTMLParser(huge_tree=True, no_network=True)
        try:
            root = html.document_fromstring(
                _INLINE.sub("", text) if content is None else content, parser=parser
            )
        except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
            raise DamagedFile(
                "网页没有可读的内容。",
                place=name,
                remedy="请用浏览器重新保存网页，或下载其中的附件后上传。",
            ) from error
        if not any("depth" in entry.message for entry in parser.error_log):
            return root
    raise FileTooLarge(
        "网页的标签嵌套过深，无法完整读取。",
        place=name,
        remedy="请在浏览器中打开后复制内容到 Word，或下载其中的附件后上传。",
    )
