"""The comments of a Word file: the part that holds them, made where there is none, and what points to them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from datetime import datetime
from typing import Final

from lxml import etree

from jiheng.mending.runs import Comment
from jiheng.reading.formats.container import parse_xml
from jiheng.reading.formats.word.names import W
from jiheng.writing.package import as_part

_WORD: Final = W[1:-1]
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_FORBIDDEN: Final = dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], " ")


class Comments:
    """Collects comments for the body ``part`` of the package ``data``.

    Args:
        made_at: with its zone.
    """

    def __init__(self, data: bytes, part: str, *, made_at: datetime) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self._files = {name: package.read(name) for name in _needed(package, part)}
        self._part = part
        self._made_at = made_at
        self._name = self._existing() or posixpath.join(posixpath.dirname(part), "comments.xml")
        stored = self._files.get(self._name)
        self._root = (
            parse_xml(stored, self._name) if stored else etree.Element(f"{W}comments", nsmap={"w": _WORD})
        )
        ids = (comment.get(f"{W}id", "") for comment in self._root)
        self._last = max((int(text) for text in ids if text.isdigit()), default=-1)

    def add(self, text: str, author: str) -> Comment:
        """A comment of ``author`` with ``text``."""
        self._last += 1
        number = str(self._last)
        comment = etree.SubElement(
            self._root,
            f"{W}comment",
            {
                f"{W}id": number,
                f"{W}author": author,
                f"{W}date": self._made_at.isoformat(timespec="seconds"),
                f"{W}initials": author[:1],
            },
        )
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        etree.SubElement(run, f"{W}t").text = text.translate(_FORBIDDEN)
        mark = {f"{W}id": number}
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", mark)
        begin, end = etree.Element(f"{W}commentRangeStart", mark), etree.Element(f"{W}commentRangeEnd", mark)
        return Comment(begin, end, reference)

    def parts(self) -> dict[str, bytes]:
        """The parts of the package that change, or are new."""
        found = {self._name: as_part(self._root)}
        if self._existing() is None:
            relations = self._relations_name
            found[relations] = self._with_relation(self._files.get(relations))
        stored = self._files.get(_CONTENT_TYPES)
        if stored is None:  # Word would not open it before either; other programs do
            return found
        types = parse_xml(stored, _CONTENT_TYPES)
        name = f"/{self._name}"
        if not any(entry.get("PartName") == name for entry in types):
            etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": name, "ContentType": _CONTENT})
            found[_CONTENT_TYPES] = as_part(types)
        return found

    @property
    def _relations_name(self) -> str:
        return _relations_of(self._part)

    def _existing(self) -> str | None:
        stored = self._files.get(self._relations_name)
        if stored is None:
            return None
        for relation in parse_xml(stored, self._relations_name):
            if relation.get("Type") == _KIND:
                target = posixpath.join("/", posixpath.dirname(self._part), relation.get("Target", ""))
                return posixpath.normpath(target).lstrip("/")
        return None

    def _with_relation(self, stored: bytes | None) -> bytes:
        name = self._relations_name
        root = parse_xml(stored, name) if stored else etree.Element(f"{{{_RELATIONS}}}Relationships")
        taken = {relation.get("Id") for relation in root}
        number = next(number for number in range(1, len(taken) + 2) if f"rIdJiheng{number}" not in taken)
        target = posixpath.basename(self._name)
        etree.SubElement(
            root,
            f"{{{_RELATIONS}}}Relationship",
            {"Id": f"rIdJiheng{number}", "Type": _KIND, "Target": target},
        )
        return as_part(root)


def _needed(package: zipfile.ZipFile, part: str) -> list[str]:
    names = set(package.namelist())
    folder = posixpath.dirname(part)
    wanted = {name for name in names if posixpath.dirname(name) == folder and "comments" in name.lower()}
    return sorted((wanted | {_CONTENT_TYPES, _relations_of(part)}) & names)


def _relations_of(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
