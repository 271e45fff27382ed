"""The fill-in workbook of a unit and a cycle: drop-downs, input checks that mirror the audit, locked headings.

Belongs here: how the workbook looks and what it checks while it is filled in. Does not: which value stands in which
column (``budget.fill_in``), or reading it back (``reading.fill_in``).
"""

from jiheng.writing.fill_in.start import started
from jiheng.writing.fill_in.write import write_fill_in

__all__ = ["started", "write_fill_in"]
