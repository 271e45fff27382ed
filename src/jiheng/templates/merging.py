"""Cells merged downwards, put right after rows were repeated or left out, and merged on request."""

from __future__ import annotations

from lxml import etree

from jiheng.templates.elements import MERGE, P_LOOK, TBL, P, Placed, place_cells, remove, rows_of, set_merge


class _Cell:
    """A cell in its grid columns; ``kind`` is what it will be: "restart", "continue" or ``None``."""

    __slots__ = ("element", "key", "kind", "place", "was")

    def __init__(self, placed: Placed) -> None:
        self.place = (placed.column, placed.span)
        self.element = placed.cell
        self.key = placed.cell.get(MERGE)
        self.was = placed.merge
        self.kind = self.was if self.key is None else None


def settle(table: etree._Element) -> None:
    """Merges the cells of which it was asked, and lets every merged cell begin where it is seen first."""
    above: dict[tuple[int, int], _Cell] = {}
    found: list[_Cell] = []
    for row in rows_of(table):
        cells = [_Cell(placed) for placed in place_cells(row)]
        _join(cells, above)
        above = {cell.place: cell for cell in cells}
        found += [cell for cell in cells if cell.kind or cell.was or cell.key is not None]
    for cell in found:
        if cell.key is not None:
            del cell.element.attrib[MERGE]
        if cell.kind != cell.was:
            set_merge(cell.element, cell.kind)
        if cell.key is not None and cell.kind == "continue":
            _empty(cell.element)


def _join(cells: list[_Cell], above: dict[tuple[int, int], _Cell]) -> None:
    """Joins the cells of a row to those above.

    A marked cell joins an equal one, where marked cells to its left join as well. A cell that goes on one which is
    not shown begins; one that begins, with none to go on, stands alone.
    """
    is_same_so_far = True
    for cell in cells:
        before = above.get(cell.place)
        if cell.key is not None:
            is_same_so_far = is_same_so_far and before is not None and before.key == cell.key
            if before is None or not is_same_so_far:
                continue
            cell.kind = "continue"
        if cell.kind != "continue":
            continue
        if before is None or (cell.key is None and before.was is None):
            cell.kind = "restart"
        elif before.kind is None:
            before.kind = "restart"


def _empty(cell: etree._Element) -> None:
    """Leaves one paragraph without text: what stands in a merged cell below the first is not seen."""
    first, *others = cell.iterchildren(P, TBL)
    for other in others:
        remove(other)
    for child in list(first):
        if child.tag != P_LOOK:
            remove(child)
