"""Names of the XML of Word files (ECMA-376 and Microsoft's additions), in the notation of lxml."""

from __future__ import annotations

from typing import Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V: Final = "{urn:schemas-microsoft-com:vml}"
O: Final = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that every file uses

VAL: Final = f"{W}val"
TRANSPARENT: Final = frozenset(
    f"{W}{tag}"
    for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)  # fmt: skip
"""Children that hold content of their parent's kind: content controls, insertions, hyperlinks …"""
_OFF: Final = frozenset({"0", "false", "off", "none"})


def is_on(value: str | None) -> bool:
    """What a switch says: absent means on (``<w:vanish/>``)."""
    return value is None or value.lower() not in _OFF


def number(value: str | None, default: int = 0) -> int:
    """A whole number of an attribute; ``default`` for anything else."""
    if value is None:
        return default
    text = value.strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else default
