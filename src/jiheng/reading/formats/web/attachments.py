"""Files that a page offers for download or shows inside itself: the document is often only there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from lxml import html

_FILE: Final = re.compile(
    r"([^/\\?=&#]*\.(?:docx?|wps|rtf|odt|pdf|xlsx?|et|ods|csv|zip|rar|7z|ofd))(?:$|[?#&])", re.IGNORECASE
)
_POINTERS: Final = {"a": "href", "iframe": "src", "embed": "src", "object": "data"}
_NAMELESS: Final = re.compile(
    r"^(?:点击|点此|在线)?(?:下载|查看|附件下载|预览|打开)?(?:附件|此处|这里|文件)?$"
)
_NAMED: Final = 20
"""So many are named; a list of all files of a site is not what the page is about."""


def attachments(root: html.HtmlElement) -> list[str]:
    """A warning for each file that the page points to, by its label, or by its name where the label tells nothing."""
    labels = list(dict.fromkeys(_labels(root)))
    found = [f"网页中有附件“{label}”，内容可能在附件里，请下载后一并上传。" for label in labels[:_NAMED]]
    if len(labels) > _NAMED:
        found.append(f"网页中另有 {len(labels) - _NAMED} 个附件，没有逐一列出。")
    return found


def _labels(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter(*_POINTERS):
        target = element.get(_POINTERS[element.tag]) or ""
        match = _FILE.search(target)
        if match is None:
            continue
        label = " ".join("".join(element.itertext()).split()) or (element.get("title") or "").strip()
        if _NAMELESS.match(label):
            label = posixpath.basename(unquote(match[1], errors="replace")) or label
        yield label or target[:100]
