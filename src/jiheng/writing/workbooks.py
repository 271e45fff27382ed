"""What all our Excel workbooks share: that text stays text, and the looks of headings and cells."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter

HEADING: Final = {
    "bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center",
}  # fmt: skip
TEXT: Final = {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}


def open_workbook(buffer: io.BytesIO) -> Any:
    """A workbook to be written into ``buffer``: no cell becomes a formula, a number or a link by what it contains."""
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    return xlsxwriter.Workbook(buffer, options)


def close_workbook(book: Any, title: str) -> None:
    """Puts the workbook into its buffer, under a date that is always the same, as its bytes are then."""
    book.set_properties({"title": title, "created": datetime(2024, 1, 1, tzinfo=UTC)})
    book.close()
