"""Strict OOXML (ISO/IEC 29500 strict) read as the transitional kind: only its namespaces differ here."""

from __future__ import annotations

from typing import Final

from lxml import etree

_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMES: Final = {
    _STRICT: "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}


def transitional(root: etree._Element) -> etree._Element:
    """``root`` with strict names replaced; other files come back as they are."""
    if _STRICT not in str(root.tag):
        return root
    for element in root.iter("*"):
        element.tag = _renamed(element.tag)
        for name, value in list(element.attrib.items()):
            renamed = _renamed(str(name))
            if renamed != name:
                del element.attrib[name]
                element.set(renamed, str(value))
    return root


def _renamed(name: str) -> str:
    space, brace, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    return f"{{{_NAMES[space]}}}{local}" if brace and space in _NAMES else name
