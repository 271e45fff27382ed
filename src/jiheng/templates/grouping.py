"""Which rows of a table repeat together."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from jiheng.templates.catalogue import list_names
from jiheng.templates.elements import place_cells, rows_of
from jiheng.templates.marks import Mark, Sign
from jiheng.templates.resolving import Frame


class Groups:
    """The rows of a table, and which of them are tied by merged cells."""

    def __init__(self, table: etree._Element) -> None:
        self._began: dict[etree._Element, set[int]] = {}
        self._number: dict[etree._Element, int] = {}
        open_: dict[int, int] = {}
        for number, row in enumerate(rows_of(table)):
            self._number[row] = number
            self._began[row] = set()
            for column, _, kind, _ in place_cells(row):
                if kind == "continue" and column in open_:
                    self._began[row].add(open_[column])
                elif kind == "restart":
                    open_[column] = number
                else:
                    open_.pop(column, None)

    def are_merged(self, row: etree._Element, group: Sequence[etree._Element]) -> bool:
        """Whether a cell of ``row`` goes on one that begins in ``group``."""
        return not self._began.get(row, set()).isdisjoint(self._number.get(one, -1) for one in group)


def needed(marks: Sequence[Mark], frames: Sequence[Frame]) -> list[str]:
    """The lists whose fields ``marks`` (of one row) name, neither open around the row nor in it."""
    called = {name for frame in frames for name in (frame.name, *frame.also)}
    inside: list[str] = []
    found: dict[str, None] = {}
    for mark in marks:
        if mark.sign is Sign.END:
            if inside and mark.name == inside[-1]:
                inside.pop()
            continue
        if mark.sign is Sign.EACH:
            inside.append(mark.name)
            continue
        for name in mark.names:
            owner, point, _ = name.partition(".")
            if point and owner in list_names() and owner not in called and owner not in inside:
                found[owner] = None
    return list(found)
