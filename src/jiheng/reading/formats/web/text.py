"""Texts of elements as a browser shows them: what is hidden, what breaks a line, what a field holds."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

SILENT: Final = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg"})
"""Elements that show no text of their own."""
BLOCKS: Final = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "section", "article",
     "header", "footer", "nav", "main", "aside", "form", "fieldset", "blockquote", "pre", "center", "figure", "hr",
     "address", "body", "html", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "textarea"}
)  # fmt: skip
"""Elements that begin a line."""
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_INVISIBLE: Final = re.compile("[\u200b-\u200d\u2060\ufeff]")
_UNSEEN_FIELDS: Final = frozenset({"hidden", "submit", "button", "image", "reset", "file", "password"})


def squeezed(text: str) -> str:
    """Runs of white space are one space; characters without width are nothing."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def plain_text(node: html.HtmlElement) -> str:
    """All text below ``node``, hidden or not, but for comments."""
    return "".join(str(text) for text in node.itertext(tag=etree.Element))


def is_hidden(node: html.HtmlElement) -> bool:
    """Whether a browser does not show the element."""
    return _HIDDEN.search(node.get("style") or "") is not None or node.get("hidden") is not None


def field_text(node: html.HtmlElement) -> str:
    """What a field of a form shows: what is written in it, chosen or ticked."""
    if node.tag == "select":
        chosen = [option for option in node.iter("option") if option.get("selected") is not None]
        return " ".join(squeezed(plain_text(option)) for option in chosen or list(node.iter("option"))[:1])
    kind = (node.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if node.get("checked") is not None else "□"
    return "" if kind in _UNSEEN_FIELDS else node.get("value") or ""


def cell_text(cell: html.HtmlElement, hidden: list[str]) -> str:
    """The lines of a cell: paragraphs and line breaks part them. Hidden texts are added to ``hidden``."""
    pieces: list[str] = []
    stack: list[tuple[html.HtmlElement, bool]] = [(cell, False)]
    while stack:
        node, is_leaving = stack.pop()
        is_inside = node is not cell
        is_element = isinstance(node.tag, str)
        if is_leaving or not is_element or node.tag in SILENT:
            pieces.append("\0" if is_element and node.tag in BLOCKS and is_inside else "")
        elif is_inside and is_hidden(node):
            hidden.append(squeezed(plain_text(node)))
        elif node.tag in ("select", "input"):
            pieces.append(field_text(node))
        else:
            pieces.append("\0" if is_inside and (node.tag in BLOCKS or node.tag == "br") else "")
            pieces.append(node.text or "")
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
            continue
        if is_inside:
            pieces.append(node.tail or "")
    lines = (squeezed(line) for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line)
