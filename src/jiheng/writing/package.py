"""The parts of a Word file, written back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree


def as_part(root: etree._Element) -> bytes:
    """``root`` as Word stores a part."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with some parts replaced or added; the others are copied as they are, in their order."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            after.writestr(entry, parts.get(entry.filename) or before.read(entry))
        for name in parts.keys() - set(before.namelist()):
            after.writestr(name, parts[name])
    return target.getvalue()
