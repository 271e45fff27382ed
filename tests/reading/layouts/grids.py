"""Tables in a compact notation, for tests of layouts.

A row is a line, its cells parted by " | ". "文字 {3}" covers three columns, "文字 {2x3}" two columns and three rows;
"⏎" is a line break. Cells that a cell above covers are not written. Lines with "# " are paragraphs.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from jiheng.budget import Place
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table

_SPAN = re.compile(r"\s*\{(\d+)(?:x(\d+))?\}$")


def load(path: Path) -> tuple[list[Block], dict[str, Any]]:
    """The blocks in a file of test data, and behind "===" the paths of the record with their values."""
    grid, _, expected = path.read_text(encoding="utf-8").partition("\n===\n")
    ragged = grid.startswith("ragged\n")
    lines = {}
    for line in expected.splitlines():
        key, _, value = line.partition(" = ")
        lines[key] = tomllib.loads(f"value = {value}")["value"]
    return blocks_of(grid.removeprefix("ragged\n"), ragged=ragged), lines


def at(node: Any, path: str) -> Any:
    """The value at ``path``; "#" gathers it from every item of a list, "" for what is absent."""
    step, _, rest = path.partition(".")
    if step == "#":
        return [at(item, rest) for item in node]
    if node is None:
        return ""
    found = node[int(step)] if isinstance(node, list) else node[step]
    if not rest:
        return "" if found is None else found
    return at(found, rest)


def blocks_of(text: str, *, ragged: bool = False) -> list[Block]:
    """The blocks that ``text`` notes down; an empty line parts two tables."""
    blocks: list[Block] = []
    lines: list[str] = []
    for line in [*text.strip("\n").split("\n"), ""]:
        if line.strip() and not line.startswith("# "):
            lines.append(line)
            continue
        if lines:
            number = sum(isinstance(block, Table) for block in blocks) + 1
            blocks.append(_table(lines, number, ragged))
            lines = []
        if line.startswith("# "):
            blocks.append(Paragraph(line[2:], Place(paragraph=len(blocks) + 1)))
    return blocks


def _table(lines: list[str], number: int, ragged: bool) -> Table:
    rows: list[Row] = []
    covered: dict[int, tuple[int, int]] = {}
    for index, line in enumerate(lines, 1):
        cells: list[Cell] = []
        column = 0
        words = [word.strip() for word in line.split("|")]
        carried, covered = covered, {}
        while words or carried:
            if column in carried and not ragged:
                left, span = carried.pop(column)
                cells.append(Cell("", Place(table=number, row=index, column=column + 1), column, span))
                if left > 1:
                    covered[column] = (left - 1, span)
                column += span
                continue
            if not words:
                break
            word = words.pop(0)
            match = _SPAN.search(word)
            span = int(match[1]) if match else 1
            height = int(match[2] or 1) if match else 1
            text = (word[: match.start()] if match else word).replace("⏎", "\n").strip()
            cells.append(Cell(text, Place(table=number, row=index, column=column + 1), column, span, height))
            if height > 1:
                covered[column] = (height - 1, span)
            column += span
        rows.append(Row(tuple(cells), Place(table=number, row=index)))
    return Table(tuple(rows), Place(table=number))
