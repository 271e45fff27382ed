"""A text inside the runs of Word paragraphs: found whatever runs it is cut into, and replaced as a tracked change."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from lxml import etree

from jiheng.budget import is_blank
from jiheng.mending.pieces import Piece, pieces
from jiheng.reading.formats.word.names import W

_RUN, _TEXT, _LOOK = f"{W}r", f"{W}t", f"{W}rPr"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_APART: Final = "\x00"
"""Stands for what is no text, so that nothing is found across it."""
_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_NUMBER: Final = re.compile(r"^-?\d+(?:\.\d+)?$")


class Spot(NamedTuple):
    """A stretch of text: the runs that hold it, and where it begins in the first and ends in the last of them.

    Without runs it is an empty paragraph, which a text is put into.
    """

    paragraph: etree._Element
    runs: list[etree._Element]
    begin: int
    end: int


class Tracked(NamedTuple):
    """The attributes (id, author, date) of the two tracked changes that a replacement is."""

    deletion: Mapping[str, str]
    insertion: Mapping[str, str]


class Comment(NamedTuple):
    """Where the range of a comment begins, where it ends, and the run that refers to it."""

    begin: etree._Element
    end: etree._Element
    reference: etree._Element


def find(paragraphs: Iterable[etree._Element], text: str | None) -> list[Spot]:
    """Where ``text`` stands in ``paragraphs``; for ``None`` the place for a text where there is none yet.

    A number is found with separators and wide digits, and never inside a longer one.
    """
    found = list(paragraphs)
    if text is None:
        is_empty = all(is_blank("".join(_shown(runs))) for runs in map(_runs, found))
        return [Spot(found[0], [], 0, 0)] if found and is_empty else []
    pattern = _pattern(text)
    return [spot for paragraph in found for spot in _in_paragraph(paragraph, pattern)]


def replace(spot: Spot, text: str, marks: Iterator[Tracked], comment: Comment | None = None) -> None:
    """Marks what changes at ``spot`` as deleted, and what ``text`` has instead as inserted behind it.

    ``comment`` is put to the first change.
    """
    parts = pieces(_stored(spot), text) if spot.runs else [Piece(0, 0, text)]
    for number, piece in reversed(list(enumerate(parts))):  # what stands before a change keeps its place
        _replace(_within(spot, piece), piece.text, next(marks), None if number else comment)


def _stored(spot: Spot) -> str:
    """The text at ``spot`` as it is stored."""
    texts = _texts(spot.runs)
    texts[-1] = texts[-1][: spot.end]
    return "".join(texts)[spot.begin :]


def _within(spot: Spot, piece: Piece) -> Spot:
    """The part of ``spot`` that ``piece`` is."""
    if not spot.runs:
        return spot
    lengths = [len(text) for text in _shown(spot.runs)]
    starts = [sum(lengths[:at]) for at in range(len(lengths))]
    begin, end = spot.begin + piece.begin, spot.begin + piece.end
    first = max(at for at, start in enumerate(starts) if start <= begin)
    last = min(at for at, start in enumerate(starts) if start + lengths[at] >= end)
    return Spot(spot.paragraph, spot.runs[first : last + 1], begin - starts[first], end - starts[last])


def _replace(spot: Spot, text: str, tracked: Tracked, comment: Comment | None) -> None:
    inserted = etree.Element(f"{W}ins", dict(tracked.insertion))
    runs = _cut_out(spot)
    run = etree.SubElement(inserted, _RUN)
    if runs and (look := runs[-1].find(_LOOK)) is not None:
        run.append(copy.deepcopy(look))
    _set_text(etree.SubElement(run, _TEXT), text)
    shown = [inserted] if text else []
    marks = shown if comment is None else [*shown, comment.end, comment.reference]
    if not runs:
        spot.paragraph.extend(marks if comment is None else [comment.begin, *marks])
        return
    if comment is not None:
        runs[0].addprevious(comment.begin)
    deleted = etree.Element(f"{W}del", dict(tracked.deletion))
    last = runs[-1]
    for mark in (deleted, *marks):
        last.addnext(mark)
        last = mark
    for gone in runs:
        deleted.append(gone)
        for piece in gone.iterchildren(_TEXT):
            piece.tag = f"{W}delText"


def _in_paragraph(paragraph: etree._Element, pattern: re.Pattern[str]) -> Iterator[Spot]:
    runs = list(_runs(paragraph))
    shown = _shown(runs)
    whole = "".join(shown)
    starts = [0]
    for text in shown:
        starts.append(starts[-1] + len(text))
    for match in pattern.finditer(whole):
        first = next(at for at in range(len(runs)) if starts[at + 1] > match.start())
        last = next(at for at in range(len(runs)) if starts[at + 1] >= match.end())
        inside = runs[first : last + 1]
        parents = {id(run.getparent()) for run in inside}
        if len(parents) == 1:  # a text that is partly inside a link or an insertion cannot be marked as one
            yield Spot(paragraph, inside, match.start() - starts[first], match.end() - starts[last])


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs that are shown, inside links and insertions too."""
    for child in paragraph:
        if child.tag == _RUN:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _runs(child)


def _shown(runs: Iterable[etree._Element]) -> list[str]:
    """The text of each run, every sign in its plain form; what is no text is ``_APART``."""
    return [_plain(text) for text in _texts(runs)]


def _texts(runs: Iterable[etree._Element]) -> list[str]:
    """The text of each run, sign for sign as it is stored; what is no text is ``_APART``."""
    return [
        "".join((piece.text or "" if piece.tag == _TEXT else _APART) for piece in run if piece.tag != _LOOK)
        for run in runs
    ]


def _plain(text: str) -> str:
    """Every sign in its plain form, as many as before."""
    if text.isascii():
        return text
    folded = (unicodedata.normalize("NFKC", sign) for sign in text)
    return "".join(plain if len(plain) == 1 else sign for plain, sign in zip(folded, text, strict=True))


def _pattern(text: str) -> re.Pattern[str]:
    signs = [re.escape(sign) for sign in _plain("".join(text.split()))]
    if _NUMBER.match(text):
        return re.compile(r"(?<![\d.,])" + r"[,\s]*".join(signs) + r"(?!\d|[.,]\d)")
    return re.compile(r"\s*".join(signs))


def _cut_out(spot: Spot) -> list[etree._Element]:
    """The runs of ``spot`` cut so that they hold its text and nothing else."""
    runs = list(spot.runs)
    if runs:
        _parted(runs[-1], spot.end)
        if spot.begin:
            runs[0] = _parted(runs[0], spot.begin)
    return runs


def _parted(run: etree._Element, at: int) -> etree._Element:
    """Cuts ``run`` behind ``at`` signs; gives the second part, or the run where nothing follows."""
    pieces = [piece for piece in run if piece.tag != _LOOK]
    lengths = [len(piece.text or "") if piece.tag == _TEXT else 1 for piece in pieces]
    if at >= sum(lengths):
        return run
    rest = etree.Element(_RUN)
    if (look := run.find(_LOOK)) is not None:
        rest.append(copy.deepcopy(look))
    run.addnext(rest)
    passed = 0
    for piece, length in zip(pieces, lengths, strict=True):
        if passed >= at:
            rest.append(piece)
        elif passed + length > at:
            text = piece.text or ""
            _set_text(piece, text[: at - passed])
            _set_text(etree.SubElement(rest, _TEXT), text[at - passed :])
        passed += length
    return rest


def _set_text(element: etree._Element, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")
