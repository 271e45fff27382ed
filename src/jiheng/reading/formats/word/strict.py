"""Strict OOXML (ISO/IEC 29500 strict) read as the transitional kind: only its namespaces differ here."""

from __future__ import annotations

from typing import Final

from lxml import etree

_STRICT: Final = "http://purl.oclc.org/ooxml/"
_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/"
_DRAWING: Final = "http://purl.oclc.org/ooxml/drawingml/"
_OURS: Final = "http://schemas.openxmlformats.org/"
_NAMES: Final = {
    f"{_STRICT}wordprocessingml/main": f"{_OURS}wordprocessingml/2006/main",
    f"{_OFFICE}math": f"{_OURS}officeDocument/2006/math",
    f"{_OFFICE}relationships": f"{_OURS}officeDocument/2006/relationships",
    f"{_DRAWING}main": f"{_OURS}drawingml/2006/main",
    f"{_DRAWING}chart": f"{_OURS}drawingml/2006/chart",
    f"{_DRAWING}diagram": f"{_OURS}drawingml/2006/diagram",
    f"{_DRAWING}picture": f"{_OURS}drawingml/2006/picture",
    f"{_DRAWING}wordprocessingDrawing": f"{_OURS}drawingml/2006/wordprocessingDrawing",
}


def transitional(root: etree._Element) -> etree._Element:
    """``root`` with strict names replaced; other files come back as they are."""
    if _STRICT not in str(root.tag):
        return root
    for element in root.iter("*"):
        element.tag = _renamed(str(element.tag))
        for name, value in list(element.attrib.items()):
            renamed = _renamed(str(name))
            if renamed != name:
                del element.attrib[name]
                element.set(renamed, str(value))
    return root


def _renamed(name: str) -> str:
    space, brace, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    return f"{{{_NAMES[space]}}}{local}" if brace and space in _NAMES else name
