"""The proof of completeness, sign by sign: what counts as placed must be found in the record.

The ledger says which pieces of a file went into a document. This looks whether they are really there: every run of
letters and characters, and every figure. What is missing is wording (a label, a connecting word: short and without
figures) or lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from jiheng.budget import BudgetDocument, Place, exchange, in_digits, normalise
from jiheng.reading.blocks import Blocks
from jiheng.reading.coverage import Coverage, LeftOver, UnreadBlock, count

_GRAM = 3
"""Signs that must follow one another in the record for a sign to count as found."""
_WORDING = 12
"""A missing run of characters shorter than this is wording: "2021年预算收支安排", "主要用于"."""
_CLAUSE = re.compile(r"[\n。；;]")
_SHORT = 8
"""A clause in a cell that lacks as many signs as this, and a third of itself, is lost: cells hold few labels."""
# A code with letters in it, or characters; figures are looked at apart.
_RUN = re.compile(r"[0-9]*[A-Za-z][0-9A-Za-z]*|[^\W_0-9A-Za-z]+")
_ITEM = re.compile(r"^\d{1,3}\.(?=20\d{2}年)")
"""The number of a paragraph that begins with a year: "1.2024年" is no figure."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SMALL = 100
"""Whole numbers below this number paragraphs, months and rows; they are no figures to be proved."""


class Missing(msgspec.Struct, frozen=True):
    """A run of signs in a piece that was placed, of which the record has no trace."""

    text: str
    """The piece."""
    place: Place
    run: str
    is_lost: bool
    """Longer than wording, or a figure."""


class Record:
    """The text of documents, made ready to be searched."""

    def __init__(self, documents: Sequence[BudgetDocument]) -> None:
        values = [normalise(value).replace(",", "") for value in _values(exchange.to_builtins(documents))]
        self._whole = {signs(value) for value in values}
        self._all = "\n".join(self._whole)
        self._grams = {
            value[start : start + size]
            for value in self._whole
            for size in range(1, _GRAM + 1)
            for start in range(len(value) - size + 1)
        }
        # 类 stands in a column of its own, and its code begins those of 款 and 项
        self._classes = {value[:3] for value in values if value.isdigit() and len(value) in (5, 7)}
        self._numbers = {_plain(number) for value in values for number in _NUMBER.findall(value)}

    def missing(self, text: str, *, in_cell: bool) -> list[tuple[str, bool]]:
        """Runs of ``text`` that are not in the record, each with whether it is lost."""
        plain = normalise(text).replace(",", "")
        if signs(plain) in self._whole:
            return []
        lines = [signs(normalise(line).replace(",", "")) for line in text.split("\n")]
        if len(lines) > 1 and all(not line or line in self._whole for line in lines):
            # a list in one cell: each of its lines is a value
            return []
        lost = self._lost_figures(_ITEM.sub("", plain), in_cell)
        if lost and (spelled := in_digits(plain)) != plain and not self._lost_figures(spelled, in_cell):
            lost = []  # 138万4千元 is in the record as 138.4
        found = [(number, True) for number in lost]
        for clause in _CLAUSE.split(text) if in_cell else [text]:
            found += self._runs(normalise(clause), in_cell)
        return found

    def _lost_figures(self, plain: str, in_cell: bool) -> list[str]:
        return [
            number
            for number in _NUMBER.findall(plain)
            if self._is_figure(number)
            and _plain(number) not in self._numbers
            and not (in_cell and plain in self._classes)
        ]

    def _runs(self, clause: str, in_cell: bool) -> Iterator[tuple[str, bool]]:
        wanted = signs(clause).lstrip("0123456789")
        if not wanted or wanted in self._all:
            return
        runs = [run for part in _RUN.findall(clause) for run in self._uncovered(part)]
        is_lost = in_cell and sum(map(len, runs)) >= max(_SHORT, len(wanted) / 3)
        for run in runs:
            yield run, is_lost or len(run) >= _WORDING

    @staticmethod
    def _is_figure(number: str) -> bool:
        return "." in number or int(number) >= _SMALL

    def _uncovered(self, run: str) -> Iterator[str]:
        if len(run) < _GRAM:
            if run not in self._grams:
                yield run
            return
        covered = [False] * len(run)
        for start in range(len(run) - _GRAM + 1):
            if run[start : start + _GRAM] in self._grams:
                covered[start : start + _GRAM] = [True] * _GRAM
        begin = None
        for index, is_covered in enumerate([*covered, True]):
            if not is_covered and begin is None:
                begin = index
            elif is_covered and begin is not None:
                yield run[begin:index]
                begin = None


def prove(
    blocks: Blocks, documents: Sequence[BudgetDocument], unread: Sequence[UnreadBlock]
) -> list[Missing]:
    """Every run of signs in ``blocks`` that is neither in the documents nor in a piece listed as left over."""
    listed = {(block.text, block.place) for block in unread}
    record = Record(documents)
    return [
        Missing(text, place, run, is_lost)
        for text, place in blocks.texts()
        if (text, place) not in listed
        for run, is_lost in record.missing(text, in_cell=place.table is not None)
    ]


def measure(blocks: Blocks, documents: Sequence[BudgetDocument], unread: Sequence[UnreadBlock]) -> Coverage:
    """Where every character of ``blocks`` went."""
    left = {kind: sum(count(block.text) for block in unread if block.kind is kind) for kind in LeftOver}
    missing = prove(blocks, documents, unread)
    lost = sum(len(piece.run) for piece in missing if piece.is_lost)
    wording = sum(len(piece.run) for piece in missing if not piece.is_lost)
    total = sum(count(text) for text, _ in blocks.texts())
    placed = total - sum(left.values()) - lost - wording
    return Coverage(total, placed, wording, left[LeftOver.FURNITURE], left[LeftOver.UNKNOWN], lost)


def signs(text: str) -> str:
    """Letters, characters and figures of normalised ``text``, without punctuation and spaces."""
    return "".join(sign for sign in text if sign.isalnum())


def _plain(number: str) -> str:
    """A number without idle zeros: "07" and "7.00" are "7"."""
    whole, _, rest = number.partition(".")
    rest = rest.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{rest}" if rest else whole.lstrip("0") or "0"


def _values(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)
    elif node is not None and not isinstance(node, bool):
        yield str(node)
