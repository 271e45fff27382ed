"""What reading a fill-in workbook gives back."""

from __future__ import annotations

import msgspec

from jiheng.budget import BudgetDocument, Place, Severity
from jiheng.budget.fill_in import cell_name


class CellProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Something at a cell that could not be taken in as it stands, or should be looked at.

    Attributes:
        severity: ``ERROR`` where a value was not taken in, ``WARNING`` where it was and may not be what was meant.
        text: what stands in the cell, as written.
        remedy: what to do.
    """

    place: Place
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    text: str = ""

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it: "项目!F7"."""
        return cell_name(self.place)


class FilledIn(msgspec.Struct, frozen=True, kw_only=True):
    """A fill-in workbook that was read.

    Attributes:
        document: as it was filled in; every value that is shown has the place of its cell.
        base: the document that the workbook was made from.
        problems: in the order of the sheets, each at its cell.
        origins: path of an item in ``document`` -> its path in ``base``, "" for a new one (see ``merging.merge``).
        year, department, unit: for whom the workbook is; ``unit`` is ``None`` for a whole department.
    """

    document: BudgetDocument
    base: BudgetDocument
    problems: list[CellProblem]
    origins: dict[str, str]
    year: int | None = None
    department: str | None = None
    unit: str | None = None
