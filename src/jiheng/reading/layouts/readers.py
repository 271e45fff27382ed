"""Who reads whole tables, and what their tables add to a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jiheng.reading.layouts import (
    disclosure_tables,
    forms,
    rectification,
    registers,
    reviews,
)
from jiheng.reading.layouts.claimed import ClaimedTable, TableReader
from jiheng.reading.layouts.ledger import Element, Ledger

READERS: tuple[TableReader, ...] = (disclosure_tables, reviews, rectification, registers, forms)
"""Who is asked first whether a table is theirs; what nobody claims is read with the text around it."""
_SAME: dict[TableReader, tuple[TableReader, ...]] = {
    disclosure_tables: (disclosure_tables, disclosure_tables.OTHERS)
}


def add_claimed(fields: dict[str, Any], elements: Iterable[Element | ClaimedTable], ledger: Ledger) -> None:
    """What whole tables add to ``fields``: lists grow, other fields are set where nothing is known yet."""
    claimed = [element for element in elements if isinstance(element, ClaimedTable)]
    for reader in READERS:
        has_kind = "kind" in fields
        tables = [table for table in claimed if table.reader in _SAME.get(reader, (reader,))]
        for field, value in (reader.read(tables, ledger) if tables else {}).items():
            if isinstance(value, list):
                fields[field] = [*fields.get(field, []), *value]
            elif field != "title" or not has_kind:  # a form inside a disclosure does not name it
                fields.setdefault(field, value)
