"""What of a text changes: a slip in a long sentence is marked as the sign that it is, not as the whole sentence."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final, NamedTuple

_SHORT: Final = 8
"""Figures, codes and names of fewer signs are replaced whole: that is how people read them."""
_MOST: Final = 0.5
"""Where more than this share of the signs changes, the pieces would be harder to read than the whole."""
_NEAR: Final = 2
"""Pieces with fewer signs between them are one."""


class Piece(NamedTuple):
    """Signs ``begin`` to ``end`` of the old text, and what stands in their place."""

    begin: int
    end: int
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The parts of ``before`` that differ in ``after``, from left to right; none of them is empty."""
    whole = [Piece(0, len(before), after)]
    if len(before) < _SHORT or not after:
        return whole
    found: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, begin, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        if found and begin - found[-1].end < _NEAR:
            between = before[found[-1].end : begin]
            found[-1] = Piece(found[-1].begin, end, found[-1].text + between + after[first:last])
        else:
            found.append(Piece(begin, end, after[first:last]))
    if sum(piece.end - piece.begin + len(piece.text) for piece in found) > 2 * _MOST * len(before):
        return whole
    return [_with_neighbour(piece, before) for piece in found]


def _with_neighbour(piece: Piece, before: str) -> Piece:
    """A piece that only puts something in takes the sign beside it along, so that it has a place."""
    if piece.end > piece.begin:
        return piece
    if piece.begin:
        return Piece(piece.begin - 1, piece.end, before[piece.begin - 1] + piece.text)
    return Piece(piece.begin, piece.end + 1, piece.text + before[piece.end])
