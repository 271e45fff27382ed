"""A template as a Word file: opened as a stranger's, refused where it could do harm."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from jiheng.errors import DamagedFile, ReadingError
from jiheng.reading.formats.container import Container, open_zip, parse_xml
from jiheng.reading.formats.word.names import W
from jiheng.templates.problem import Problem

MAX_BYTES: Final = 20 * 1024 * 1024
"""Of a template; ours has some tens of thousands."""
_MAX_PART: Final = 30 * 1024 * 1024
_MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES: Final = "[Content_Types].xml"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LABELS: Final = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_LINKS: Final = ("http://", "https://", "mailto:")
_KINDS: Final = {
    "attachedTemplate": ("引用了别处的模板", "请在 Word 的“开发工具—文档模板”中改回 Normal 后保存。"),
    "image": ("图片在别处，没有存在文件里", "请把图片嵌入文件。"),
    "oleObject": ("链接了别处的对象", "请删去链接，或改为图片。"),
    "frame": ("引用了别处的框架页", "请删去框架。"),
    "subDocument": ("引用了别处的子文档", "请把子文档并入文件。"),
}
_EMBEDDED: Final = (
    (re.compile(r"(^|/)vbaProject[^/]*$", re.IGNORECASE), "带有宏", "请另存为“Word 文档（*.docx）”。"),
    (re.compile(r"(^|/)activeX/", re.IGNORECASE), "带有 ActiveX 控件", "请删去控件。"),
    (
        re.compile(r"(^|/)embeddings/", re.IGNORECASE),
        "带有嵌入的对象",
        "请把嵌入的表格或文件改为普通表格或图片。",
    ),
    (re.compile(r"(^|/)afchunk", re.IGNORECASE), "带有没有并入的外部内容", "请在 Word 中打开后另存。"),
)
_HARMFUL: Final = re.compile(
    r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
_REFUSED: Final = "请用 Word 或 WPS 另存为“Word 文档（*.docx）”。"


class Part(NamedTuple):
    """A part with text: its name in the package, what the person calls it, its XML."""

    name: str
    label: str
    root: etree._Element


class Opened(NamedTuple):
    """The parts of a template, or what is wrong with the file."""

    parts: list[Part]
    problems: list[Problem]


def open_template(data: bytes, name: str) -> Opened:
    """The parts that are filled: body, headers, footers and notes. Never raises: every fault is a problem."""
    if len(data) > MAX_BYTES:
        return Opened(
            [], [Problem("", f"文件超过 {MAX_BYTES // 1024 // 1024} MB。", "请删去其中的图片后再传。")]
        )
    if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return Opened([], [Problem("", "这不是 Word 文件（.docx）。", _REFUSED)])
    try:
        return _opened(open_zip(data, name))
    except ReadingError as error:
        return Opened([], [Problem("", error.message, error.remedy or "")])


def _opened(container: Container) -> Opened:
    problems = list(_harm(container))
    main = _main(container)
    if main is None:
        told = (
            "启用宏的文件或 Word 模板（.docm、.dotx）不能用。"
            if _is_other_word(container)
            else "这不是 Word 文件（.docx）。"
        )
        return Opened([], [*problems, Problem("", told, _REFUSED)])
    parts = [Part(main, "正文", _read(container, main))]
    if parts[0].root.tag != f"{W}document":
        return Opened([], [*problems, Problem("", "这个 Word 文件是 Strict 格式，不能填写。", _REFUSED)])
    for kind, target in _related(container, main):
        if kind in _LABELS and target in container and target not in [part.name for part in parts]:
            parts.append(Part(target, _LABELS[kind], _read(container, target)))
    problems += [found for part in parts for found in _harmful_fields(part)]
    return Opened(parts, problems)


def _read(container: Container, part: str) -> etree._Element:
    """A part as XML. Raises ``DamagedFile``."""
    data = container.read(part)
    if len(data) > _MAX_PART:
        raise DamagedFile("文件内容过大。", remedy="请精简模板。")
    return parse_xml(data, part)


def _main(container: Container) -> str | None:
    """The name of the part with the body; ``None`` where this is no .docx."""
    if _TYPES not in container:
        return None
    for entry in container.xml(_TYPES):
        if entry.get("ContentType") == _MAIN_TYPE:
            found = entry.get("PartName", "").lstrip("/")
            return found if found in container else None
    return None


def _is_other_word(container: Container) -> bool:
    return any(part.startswith("word/") for part in container.parts)


def _relations(container: Container, part: str) -> list[etree._Element]:
    folder, name = posixpath.split(part)
    found = posixpath.join(folder, "_rels", f"{name}.rels")
    return list(container.xml(found).iter(_RELATION)) if found in container else []


def _related(container: Container, part: str) -> Iterator[tuple[str, str]]:
    """Kind and name of the parts that ``part`` refers to."""
    for relation in _relations(container, part):
        if relation.get("TargetMode") != "External":
            target = posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
            yield relation.get("Type", "").rpartition("/")[2], posixpath.normpath(target).lstrip("/")


def _harm(container: Container) -> Iterator[Problem]:
    """What a file that is handed on to others must not carry."""
    for pattern, message, remedy in _EMBEDDED:
        if any(pattern.search(part) for part in container.parts):
            yield Problem("", f"文件{message}。", remedy)
    told: set[str] = set()
    for part in container.parts:
        if not part.endswith(".rels"):
            continue
        for relation in container.xml(part).iter(_RELATION):
            kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
            if kind in ("aFChunk", "vbaProject") and kind not in told:
                told.add(kind)
                yield Problem("", "文件带有宏或没有并入的外部内容。", _REFUSED)
            if relation.get("TargetMode") != "External" or target in told:
                continue
            told.add(target)
            if kind == "hyperlink" and target.lower().startswith((*_LINKS, "#")):
                continue
            message, remedy = _KINDS.get(kind, ("引用了别处的内容", "请删去这个引用。"))
            yield Problem("", f"文件{message}。", remedy, target[:60])


def _harmful_fields(part: Part) -> Iterator[Problem]:
    """Field codes of Word that fetch something or run a program."""
    code = ""
    for element in part.root.iter(f"{W}instrText", f"{W}fldSimple", f"{W}fldChar"):
        if element.tag == f"{W}fldChar":
            if element.get(f"{W}fldCharType") == "begin":
                code = ""
            continue
        code = element.get(f"{W}instr", "") if element.tag == f"{W}fldSimple" else code + (element.text or "")
        if found := _HARMFUL.match(code):
            yield Problem(
                part.label,
                f"有 Word 域 {found[1].upper()}，会取用别处的内容。",
                "请删去这个域。",
                code.strip()[:40],
            )
            code = ""
