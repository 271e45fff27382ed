"""The fill-in workbook (填报表) as those who write it and those who read it agree on it: sheets, columns, cells, base.

Belongs here: which value stands in which column, and how it looks in a cell. Does not: Excel files themselves.
"""

from jiheng.budget.fill_in.cells import cell_text, is_same, shown, singles_of, value_cells
from jiheng.budget.fill_in.payload import MARK, FillIn, pack, unpack
from jiheng.budget.fill_in.rows import Row, labels_of, rows_of
from jiheng.budget.fill_in.sheets import (
    DATA_SHEET,
    HEADING,
    KEY,
    LIST,
    LIST_NAMES,
    ORDER,
    PLAN_UNITS,
    PROJECT,
    SHEETS,
    SINGLES,
    SINGLES_SHEET,
    TEXT,
    VALUE,
    Column,
    Input,
    Sheet,
    Single,
    cell_name,
)

__all__ = [
    "DATA_SHEET", "HEADING", "KEY", "LIST", "LIST_NAMES", "MARK", "ORDER", "PLAN_UNITS", "PROJECT", "SHEETS", "SINGLES", "SINGLES_SHEET", "TEXT",
    "VALUE", "Column", "FillIn", "Input", "Row", "Sheet", "Single", "cell_name", "cell_text", "is_same", "labels_of",
    "pack", "rows_of", "shown", "singles_of", "unpack", "value_cells",
]  # fmt: skip
