"""The signs of a PDF page as runs of text, whichever way they are turned and in whatever order they are painted."""

from __future__ import annotations

import ctypes
from math import hypot, pi
from typing import Final, NamedTuple

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from jiheng.reading.formats.page.model import Run
from jiheng.reading.formats.pdf_glyphs import is_private, sign_of, symbol_of
from jiheng.reading.formats.pdf_view import Box, View

_GAP: Final = 0.55
"""A gap of this share of a sign's size ends a run; less is a space between letters, or nothing."""
_SPACE: Final = 0.18
_BACK: Final = 0.6
_SLANT: Final = 0.06
"""Text turned by more than this share of a quarter turn from the upright is a watermark or a stamp."""
_LEVEL: Final = (0, False)
"""The way of text at no angle: by far the most."""
_OTHER_SIZE: Final = 2.0
"""Signs that differ more in size belong to different texts; a raised figure is smaller by less."""
_LINE: Final = 6.0
"""Points by which runs are sorted into lines while they are compared."""
_TWIN: Final = 0.1
"""The same sign again, moved by less than this share of its size, is one sign painted twice (for boldness)."""
MAX_SIGNS: Final = 200_000
"""Of one page: a full page of small print has 10,000."""

_INVISIBLE: Final = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


class Painted(NamedTuple):
    """The text of a page."""

    runs: list[Run]
    """In the order of the file; strings painted twice are there once."""
    aside: list[Run]
    """What does not belong to the content: slanted text, and text beyond the edge of the page."""
    hidden: int
    """How many of the signs are invisible."""
    left_out: int
    """How many signs were not read, because there are too many."""


def runs_on(text: pypdfium2.PdfTextPage, view: View) -> Painted:
    """The runs of a page."""
    lines = _Strings(text, view)
    upright: list[tuple[int, Run]] = []
    aside: list[tuple[int, Run]] = []
    for (turns, is_slanted), builder in lines.read().items():
        own = view.turned(turns)
        for index, run in _untangled(builder.finish()):
            if turns != view.turns:
                left, top, right, bottom = view.seen(own, (run.left, run.top, run.right, run.bottom))
                run = Run(run.text, left, top, right, bottom, run.size)  # noqa: PLW2901 - the same run, seen from the page
            found = (
                aside if is_slanted or not view.shows(run.left, run.top, run.right, run.bottom) else upright
            )
            found.append((index, run))
    return Painted(_ordered(upright), _ordered(aside), lines.hidden, lines.left_out)


def _untangled(found: list[tuple[int, Run]]) -> list[tuple[int, Run]]:
    """Runs with a gap into which another one was painted later, cut at their gaps."""
    gapped = [run for _, run in found if " " in run.text]
    if not gapped:
        return found
    lines: dict[int, list[Run]] = {}
    for _, run in found:
        lines.setdefault(round(run.middle / _LINE), []).append(run)
    cut: list[tuple[int, Run]] = []
    for index, run in found:
        line = round(run.middle / _LINE)
        near = [other for at in (line - 1, line, line + 1) for other in lines.get(at, ())]
        if " " in run.text and any(_is_inside(other, run) for other in near):
            cut += [(index, part) for part in _parts(run)]
        else:
            cut.append((index, run))
    return cut


def _is_inside(other: Run, run: Run) -> bool:
    """Whether ``other`` fills a gap of ``run``."""
    middle = (other.left + other.right) / 2
    return (
        other is not run
        and run.left < middle < run.right
        and abs(other.middle - run.middle) < 0.3 * run.height
        and any(
            sign == " " and run.edges[at] - 1 <= other.left and other.right <= run.edges[at + 1] + 1
            for at, sign in enumerate(run.text[:-1])
        )
    )


def _parts(run: Run) -> list[Run]:
    parts, start = [], 0
    for at, sign in enumerate(run.text + " "):
        if sign == " ":
            part = run.part(start, at)
            # the edge of the space is where the sign before it ends
            parts.append(msgspec.structs.replace(part, right=run.edges[at]) if at < len(run.text) else part)
            start = at + 1
    return [part for part in parts if part.text]


def _ordered(found: list[tuple[int, Run]]) -> list[Run]:
    return [run for _, run in sorted(found, key=lambda piece: piece[0])]


class _Strings:
    """Goes through the signs of a page and hands each to the builder of its direction."""

    def __init__(self, text: pypdfium2.PdfTextPage, view: View) -> None:
        self._raw = text.raw
        self._view = view
        count = text.count_chars()
        self._count = min(count, MAX_SIGNS)
        self.left_out = count - self._count
        self.hidden = 0

    def read(self) -> dict[tuple[int, bool], _Runs]:
        """Quarter turns of the view in which text is upright, and whether it is slanted -> its runs."""
        raw = self._raw
        # the loose box is as wide as the sign's advance; the tight one ends at its ink
        rectangle, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        where, how = ctypes.byref(rectangle), ctypes.byref(matrix)
        unicode, box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
        string_of, address = pdfium.FPDFText_GetTextObject, ctypes.addressof
        generated = pdfium.FPDFText_IsGenerated
        angle_of, size_of, matrix_of = (
            pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetFontSize, pdfium.FPDFText_GetMatrix
        )  # fmt: skip
        view, size, is_hidden = self._view, 10.0, False
        way = (view.turns, False)
        builder = _Runs()
        builders = {way: builder}
        last = high = 0
        for index in range(self._count):
            string = string_of(raw, index)
            if not string:
                # a space or line end that pdfium put in: the geometry decides
                builder.pause()
                continue
            code = unicode(raw, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            if code == 0x20 and generated(raw, index) == 1:
                builder.pause()
                continue
            at = address(string.contents)
            begins = at != last
            if begins:
                last = at
                angle = angle_of(raw, index)
                now = _way(angle) if angle else _LEVEL
                if now != way:
                    way = now
                    builder = builders.setdefault(way, _Runs(is_slanted=way[1]))
                    view = self._view.turned(way[0])
                matrix_of(raw, index, how)
                size = size_of(raw, index) * (hypot(matrix.c, matrix.d) if matrix.c else abs(matrix.d))
                is_hidden = pdfium.FPDFTextObj_GetTextRenderMode(string) in _INVISIBLE
            sign = symbol_of(raw, index, code) if is_private(code) and code != 0xE5E5 else sign_of(code)
            if not sign or not box(raw, index, where):
                continue
            self.hidden += is_hidden
            seen = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            builder.add(index, sign, seen, size, begins)
        return builders


def _way(angle: float) -> tuple[int, bool]:
    """Quarter turns of the view in which text at ``angle`` (radians) is upright, and whether it is slanted."""
    quarters = angle / (pi / 2)
    nearest = round(quarters)
    return -nearest % 4, abs(quarters - nearest) > _SLANT


class _Runs:
    """Collects signs of one direction into runs."""

    def __init__(self, *, is_slanted: bool = False) -> None:
        self._is_slanted = is_slanted
        self._runs: list[tuple[int, Run]] = []
        self._seen: dict[tuple[str, int], list[float]] = {}
        """Sign and height on the page, in steps -> where it was painted from left to right."""
        self._text: list[str] = []
        self._edges: list[float] = []
        self._strings: list[int] = []
        self._left = self._top = self._right = self._bottom = 0.0
        self._size = 0.0
        self._first = 0
        self._space = self._begins = self._is_twin = False

    def pause(self) -> None:
        """A space or line end that is not in the file: the geometry decides."""
        self._space = False

    def add(self, index: int, sign: str, box: Box, size: float, begins: bool) -> None:
        """The next sign of the file. ``begins``: with it begins a string."""
        left, top, right, bottom = box
        self._begins = self._begins or begins
        if sign.isspace():
            self._space = True
            return
        height = bottom - top
        if not (height * 0.3 <= size <= height * 6 and size > 1):
            size = max(height, right - left) * 1.1
        step = size * _TWIN
        row = int(top / step)
        seen = self._seen
        if self._begins or self._is_twin:
            # only a string that begins with a twin can be one
            self._is_twin = False
            for line in (row, row - 1, row + 1):
                for other in seen.get((sign, line), ()):
                    if abs(left - other) < step:
                        self._is_twin = True
            if self._is_twin:
                return
        seen.setdefault((sign, row), []).append(left)
        if self._text and not self._goes_on(left, top, right, bottom, size):
            self._end()
        if not self._text:
            self._left, self._top, self._right, self._bottom = box
            self._size, self._first = size, index
        elif self._needs_space(sign, left, size):
            self._text.append(" ")
            self._edges.append(self._right)
        if self._begins:
            self._strings.append(len(self._edges))
        self._space = self._begins = False
        self._text.append(sign)
        self._edges.append(left)
        for part in range(1, len(sign)):
            self._edges.append(left + (right - left) * part / len(sign))
        self._left = min(self._left, left)
        self._top = min(self._top, top)
        self._right = max(self._right, right)
        self._bottom = max(self._bottom, bottom)
        self._size = max(self._size, size)

    def _goes_on(self, left: float, top: float, right: float, bottom: float, size: float) -> bool:
        if self._is_slanted:
            return max(left - self._right, self._left - right, top - self._bottom, self._top - bottom) < size
        gap = left - self._right
        reference = size if size > self._size else self._size
        if not -_BACK * reference < gap < _GAP * reference:
            return False
        if reference > _OTHER_SIZE * min(size, self._size):
            return False
        middle = (top + bottom) / 2
        if not (self._top - reference * 0.45 <= middle <= self._bottom + reference * 0.45):
            return False
        return abs(bottom - self._bottom) <= reference * 0.6 or abs(top - self._top) <= reference * 0.6

    def _needs_space(self, sign: str, left: float, size: float) -> bool:
        """A space of the file is kept; a gap alone is one between Latin words and figures only."""
        before = self._text[-1]
        if before.isspace():
            return False
        if self._space:
            return left - self._right > _SPACE / 2 * size
        return left - self._right > _SPACE * size and before.isascii() and sign.isascii()

    def _end(self) -> None:
        text = "".join(self._text)
        run = Run(
            text, self._left, self._top, self._right, self._bottom, self._size, None, tuple(self._edges),
            tuple(self._strings),
        )  # fmt: skip
        self._runs.append((self._first, run))
        self._text, self._edges, self._strings = [], [], []

    def finish(self) -> list[tuple[int, Run]]:
        """All runs, each with the number of its first sign."""
        if self._text:
            self._end()
        return self._runs
