"""A PDF file that was cut off has lost its end, which says where everything stands: what is left can still be read."""

from __future__ import annotations

import re
from typing import Final

_CATALOG: Final = re.compile(rb"(\d{1,9})\s+(\d{1,5})\s+obj\s*<<[^>]{0,400}?/Type\s*/Catalog\b")


def with_trailer(data: bytes) -> bytes | None:
    """``data`` with an end that names its catalog, so that pdfium looks for the objects itself.

    ``None`` when there is no catalog in it, or its streams are encrypted (the key is lost with the end).
    """
    catalogs = list(_CATALOG.finditer(data))
    if not catalogs or b"/Encrypt" in data:
        return None
    found = catalogs[-1]
    root = f"{int(found[1])} {int(found[2])} R"
    return data + f"\nendstream\nendobj\ntrailer<</Root {root}>>\nstartxref\n0\n%%EOF\n".encode()
