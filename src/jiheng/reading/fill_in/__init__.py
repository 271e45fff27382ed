"""Reading a fill-in workbook back: the document as it was filled in, and what is wrong, each at its cell.

Belongs here: from the cells of our own fill-in workbook to a document. Does not: how Excel files are built
(``reading.formats``), or merging with what others changed (``merging``).
"""

from jiheng.reading.fill_in.read import read_fill_in, recognises
from jiheng.reading.fill_in.result import CellProblem, FilledIn

__all__ = ["CellProblem", "FilledIn", "read_fill_in", "recognises"]
