"""Fill-in workbooks as people change them: cells by the key of their column, whatever stands where."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from jiheng.budget import BudgetDocument
from jiheng.budget.fill_in import KEY
from jiheng.reading.fill_in import FilledIn, read_fill_in
from jiheng.writing.fill_in import write_fill_in


class Filled:
    """A workbook of ``document`` in somebody's hands."""

    def __init__(self, document: BudgetDocument, **options: Any) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(write_fill_in(document, **options)))

    def columns(self, title: str) -> dict[str, int]:
        """The number of each column of a sheet by its key, counted from 1."""
        return {str(cell.value): cell.column for cell in self.book[title][2] if cell.value}

    def put(self, sheet: str, row: int, /, **values: Any) -> None:
        """Type values into a row counted from 1; "__" in a name stands for a point, "AT_" for "@"."""
        columns = self.columns(sheet)
        for name, value in values.items():
            key = name.replace("__", ".").replace("AT_", "@")
            column = columns.get(key) or columns[f"{key}[]"]
            self.book[sheet].cell(row, column).value = value

    def row(self, title: str, row: int) -> list[Any]:
        """Everything in a row."""
        return [cell.value for cell in self.book[title][row]]

    def set_row(self, title: str, row: int, values: list[Any]) -> None:
        """Put a whole row, as pasting and sorting do; formulas stay where they are."""
        checks = {
            column
            for key, column in self.columns(title).items()
            if key in ("@check", "@difference", "@catalogue")
        }
        for column, value in enumerate(values, 1):
            if column not in checks:
                self.book[title].cell(row, column).value = value

    def clear(self, title: str, row: int) -> None:
        """Clear a row as a person does, who does not see the key."""
        key = self.columns(title)[KEY]
        self.set_row(
            title, row, [value if at == key else None for at, value in enumerate(self.row(title, row), 1)]
        )

    def data(self) -> bytes:
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()

    def read(self) -> FilledIn:
        return read_fill_in(self.data(), "填报表.xlsx")
