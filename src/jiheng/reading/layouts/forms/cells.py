"""Looking at cells: figures, dashes, help texts, and what stands beside or below a label."""

from __future__ import annotations

import re
from typing import Final

from jiheng.budget import AmountText, is_blank, join_lines, normalise, tidy
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.forms.labels import HELP

_FIGURE: Final = re.compile(r"^-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?(?:万元|元)?$")
_NOTHING: Final = re.compile(r"^(?:[-—–/\\]+|\.{2,}|…+)$")
_TICKED: Final = "☑■√✓✔☒●"
_OPEN: Final = "□☐○"
# An option behind its box ("☑延续"), or before it ("延续（√）"): what the text begins with tells which.
_BOX_FIRST: Final = re.compile(rf"[{_TICKED}]\s*([^{_TICKED}{_OPEN}\s]{{1,20}})")
_BOX_LAST: Final = re.compile(rf"([^{_TICKED}{_OPEN}\s(（)）]{{1,20}})\s*[(（]?\s*[{_TICKED}]")
_BOX: Final = re.compile(r"[□☐○☑■✓✔☒]|√(?=\s*[)）\u4e00-\u9fff])")


def text_of(cell: Cell | None) -> str:
    """The words of a cell on one line, help texts taken out; "" for a dash or an empty cell."""
    if cell is None or is_blank(cell.text):
        return ""
    text = HELP.sub("", tidy(join_lines(cell.text.split("\n")))).strip()
    return "" if _NOTHING.match(normalise(text)) else text


def lines_of(cell: Cell) -> list[str]:
    """The paragraphs of a cell, help texts taken out."""
    return [line for part in cell.text.split("\n") if (line := HELP.sub("", tidy(part)).strip())]


def is_figure(text: str) -> bool:
    """Whether ``text`` is an amount."""
    return _FIGURE.match(normalise(text)) is not None


def figure(text: str) -> AmountText | None:
    """The digits of an amount; ``None`` when it is none."""
    plain = normalise(text)
    if not is_figure(plain):
        return None
    digits = plain.replace(",", "").replace("，", "").replace("．", ".")
    return digits.removesuffix("万元") if digits.endswith("万元") else digits


def chosen(text: str) -> str:
    """Of options with boxes the one that is ticked; other text as it stands."""
    box = _BOX.search(text)
    if box is None:
        return text
    # "☑延续" and "02☑延续" have the option behind the box, "延续☑" before it
    before = text[: box.start()].rstrip()
    pattern = _BOX_LAST if before and not re.search(r"[\d\s.、]$", before) else _BOX_FIRST
    found = pattern.findall(text)
    return "、".join(option.strip("：:，,；; ") for option in found) if found else text


def below(rows: list[Row], index: int, cell: Cell) -> Cell | None:
    """The cell under ``cell`` (in row ``index``), below all rows that it covers."""
    at = index + cell.rows
    return rows[at].at(cell.column) if at < len(rows) else None


def filled(row: Row) -> list[Cell]:
    """The cells of a row that say something."""
    return [cell for cell in row.cells if not is_blank(cell.text)]
