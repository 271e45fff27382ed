"""Of which government a document is: a province's, a city's or a county's."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import BudgetDocument
from jiheng.errors import StandardsError
from jiheng.standards.divisions import division

_COUNTY: Final = re.compile(r"^(?:中共|中国共产党)?([\u4e00-\u9fff]{1,3}县)(?!级)")


def government(document: BudgetDocument) -> tuple[str, str] | None:
    """Name and level of the document's government; ``None`` where neither code nor name tells."""
    if document.division is not None and document.division.code is not None:
        try:
            own = division(document.division.code)
        except StandardsError:
            return None
        return own.name, own.level
    named = _COUNTY.match((document.department.name if document.department else None) or "")
    return (named[1], "county") if named else None
