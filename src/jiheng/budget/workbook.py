"""How the cells of a workbook are named, and how one of ours marks them: written by ``writing``, understood by ``reading``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

PATH: Final = "@path"
"""Key of the column that says where a row belongs; it stands first in the row of keys."""
VALUE: Final = "@value"
"""Key of the column of single values."""
_GAP: Final = "（空）"
_LINE_END: Final = "⏎"


def figures_to_text(figures: Sequence[str | None]) -> str:
    """A list of figures as the text of one cell, a line each.

    An absent one is written out: programs trim cells, and an empty line at either end would be lost.
    """
    return "\n".join(_GAP if one is None else one.replace("\n", _LINE_END) for one in figures)


def figures_from_text(text: str) -> list[str | None]:
    """The list of figures in the text of a cell; an empty line is an absent figure too."""
    if not text:
        return []
    return [None if line in ("", _GAP) else line.replace(_LINE_END, "\n") for line in text.split("\n")]


def letters(column: int) -> str:
    """The name of a column: 0 is "A", 26 is "AA"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
