"""The parts of a Word file, found as Word finds them: by their relations, and by their usual names where those fail."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator
from typing import Final, Protocol

from lxml import etree

from jiheng.errors import DamagedFile
from jiheng.reading.formats.container import damaged, open_zip, parse_xml
from jiheng.reading.formats.word.names import W
from jiheng.reading.formats.word.strict import transitional
from jiheng.reading.formats.word.word2003 import modern

_PKG: Final = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN: Final = "word/document.xml"
_MAIN_NAME: Final = re.compile(r"(?:^|/)document\d*\.xml$")
_STORE: Final = re.compile(r"^customXml/item\d+\.xml$")
_ITEM_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_2003: Final = "{http://schemas.microsoft.com/office/word/2003/wordml}"


class Parts(Protocol):
    """Where parts come from: a zip, or one XML file that holds them all."""

    def __contains__(self, part: str) -> bool: ...

    @property
    def parts(self) -> list[str]: ...

    def read(self, part: str) -> bytes: ...


class Package:
    """A Word file taken apart.

    Attributes:
        main: the name of the part that holds the body.
        broken: names of parts that could not be understood; the file is read without them.
    """

    def __init__(self, parts: Parts, name: str) -> None:
        self._parts = parts
        self._name = name
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.broken: list[str] = []
        self.main = self._find_main()
        self._folder = posixpath.dirname(self.main)

    @classmethod
    def of(cls, data: bytes, name: str) -> Package:
        """The package in ``data``: a zip, or the XML that Word 2003 and "flat" Word files are.

        Raises:
            DamagedFile, ProtectedFile, UnsupportedFormat, FileTooLarge: see ``container``.
        """
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return cls(open_zip(data, name), name)
        root = parse_xml(data.lstrip(), name)
        if root.tag == f"{_PKG}package":
            return cls(_FlatParts(root, name), name)
        if root.tag == f"{_2003}wordDocument":
            return cls(_OneBody(modern(root)), name)
        raise damaged(name)

    def body(self) -> etree._Element:
        """The body.

        Raises:
            DamagedFile: there is none.
        """
        found = self._xml(self.main).find(f"{W}body")
        if found is None:
            raise damaged(self._name)
        return found

    def xml(self, part: str) -> etree._Element | None:
        """A part that the file can do without; ``None`` when it is missing or broken."""
        if part not in self._parts:
            return None
        try:
            return self._xml(part)
        except DamagedFile:
            self.broken.append(part)
            return None

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises ``DamagedFile``."""
        return self._parts.read(part)

    @property
    def has_macros(self) -> bool:
        """Whether the file carries a program."""
        return any(part.endswith("vbaProject.bin") for part in self._parts.parts)

    def target(self, relation: str, source: str | None = None) -> str | None:
        """The part that ``relation`` (an id) of ``source`` (the body by default) names; ``None`` for what lies outside."""
        return self._related(source or self.main).get(relation, ("", None))[1]

    def related(self, kind: str, usual: str) -> list[str]:
        """The parts of a kind ("styles", "header" …): the body's relations first, then parts named like ``usual``."""
        found = [part for of, part in self._related(self.main).values() if of == kind]
        pattern = re.compile(rf"{re.escape(self._folder)}/?{usual}\d*\.xml$")
        found += [part for part in self._parts.parts if pattern.match(part)]
        return sorted({part for part in found if part in self._parts})

    def stores(self, item: str) -> Iterator[etree._Element]:
        """The data that controls are bound to: the store called ``item`` ({…}) first, then every other."""
        found: list[tuple[bool, str]] = []
        for part in self._parts.parts:
            if _STORE.search(part):
                properties = self.xml(part.replace("item", "itemProps", 1)) if item else None
                is_other = properties is None or properties.get(_ITEM_ID) != item
                found.append((is_other, part))
            elif part in ("docProps/core.xml", "docProps/app.xml"):
                found.append((True, part))
        for _, part in sorted(found):
            root = self.xml(part)
            if root is not None:
                yield root

    def _xml(self, part: str) -> etree._Element:
        if isinstance(self._parts, _OneBody):
            return self._parts.root
        return transitional(parse_xml(self._parts.read(part), self._name))

    def _find_main(self) -> str:
        for kind, part in self._related("").values():
            if kind == "officeDocument" and part in self._parts:
                return part
        if _MAIN in self._parts:
            return _MAIN
        return next((part for part in self._parts.parts if _MAIN_NAME.search(part)), _MAIN)

    def _related(self, source: str) -> dict[str, tuple[str, str]]:
        """Id -> kind and part, of the relations of ``source`` ("" for the whole file)."""
        if source not in self._relations:
            folder, name = posixpath.split(source)
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            found: dict[str, tuple[str, str]] = {}
            for element in root.iter(_RELATION) if root is not None else ():
                if element.get("TargetMode") == "External":
                    continue
                kind = element.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                found[element.get("Id", "")] = (kind, target.lstrip("/"))
            self._relations[source] = found
        return self._relations[source]


class _FlatParts:
    """The parts inside one XML file ("flat OPC", what Word saves as .xml)."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self._name = name
        self._found = {
            element.get(f"{_PKG}name", "").lstrip("/"): element for element in root.iterfind(f"{_PKG}part")
        }

    def __contains__(self, part: str) -> bool:
        return part in self._found

    @property
    def parts(self) -> list[str]:
        return list(self._found)

    def read(self, part: str) -> bytes:
        content = next(iter(self._found[part]), None) if part in self._found else None
        if content is None:
            raise damaged(self._name)
        if content.tag == f"{_PKG}binaryData":
            try:
                return base64.b64decode(content.text or "")
            except binascii.Error as error:
                raise damaged(self._name) from error
        inner = next(iter(content), None)
        if inner is None:
            raise damaged(self._name)
        return etree.tostring(inner)


class _OneBody:
    """A file that is one XML tree, body and styles together."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    @property
    def parts(self) -> list[str]:
        return [_MAIN, "word/styles.xml"]

    def read(self, part: str) -> bytes:
        return etree.tostring(self.root)
