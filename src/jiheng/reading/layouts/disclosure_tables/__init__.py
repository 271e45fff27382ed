"""收支总表 and the other tables of a disclosed budget or final account, recognised by title and headings.

A ``TableReader`` (see ``layouts.claimed``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jiheng.reading.blocks import Block, Paragraph, Table
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.ledger import Ledger


def claims(table: Table, before: Sequence[Block]) -> bool:
    """Whether ``table`` is such a table."""
    return False


def caption_length(before: Sequence[Paragraph]) -> int:
    """How many lines above belong to it."""
    return 0


def note_length(after: Sequence[Paragraph]) -> int:
    """How many lines below belong to it."""
    return 0


def read(tables: Sequence[ClaimedTable], ledger: Ledger) -> dict[str, Any]:
    """The typed tables."""
    return {}
