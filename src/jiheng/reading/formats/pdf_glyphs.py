"""The signs of a PDF page as runs of text."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from jiheng.reading.formats.page.model import Run
from jiheng.reading.formats.pdf_view import View

_GAP: Final = 0.55
"""A gap of this share of a sign's size ends a run; less is a space between letters, or nothing."""
_SPACE: Final = 0.18
_BACK: Final = 0.6
_GARBAGE: Final = 0.15
"""A page with a larger share of signs that mean nothing has a font without a proper encoding."""
# Radicals that fonts map to instead of the characters that look the same; NFKC knows only some of them.
_RADICALS: Final = dict(
    zip(
        "⺁⺄⺆⺈⺌⺍⺕⺘⺙⺝⺟⺠⺡⺣⺥⺧⺩⺪⺫⺬⺭⺮⺯⺳⺶⺷⺸⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻳",
        "厂乙冂勹小小彐手攴月母民水火爪牛王疋目示示竹糸网羊羊羊肉臼艸艸艸虍衣覀西见角讠贝足车辶辶辶邑钅長镸长门阜阜雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾齐齿龍龙龟",
        strict=True,
    )
)


def runs_on(text: pypdfium2.PdfTextPage, view: View) -> list[Run]:
    """The runs of a page, in the order of the file; strings printed twice (for boldness) once."""
    builder = _Runs()
    raw = text.raw
    # the loose box is as wide as the sign's advance; the tight one ends at its ink
    rectangle = pdfium.FS_RECTF()
    where = ctypes.byref(rectangle)
    unicode, box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    size_of, generated = pdfium.FPDFText_GetFontSize, pdfium.FPDFText_IsGenerated
    high = 0
    for index in range(text.count_chars()):
        code = unicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0x0D, 0x0A) or generated(raw, index) == 1:
            builder.pause()
            continue
        if box(raw, index, where):
            seen = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            builder.add(_sign(code), seen, size_of(raw, index))
    return builder.finish()


def is_garbage(runs: Sequence[Run]) -> bool:
    """Whether the signs of a page mean nothing: a font without a mapping to Unicode."""
    signs = "".join(run.text for run in runs)
    bad = sum(_is_bad(sign) for sign in signs)
    return len(signs) > 20 and bad > _GARBAGE * len(signs)


def _is_bad(sign: str) -> bool:
    code = ord(sign)
    return (
        code < 0x20
        or code in (0xFFFD, 0xFFFE, 0xFFFF)
        or 0xE000 <= code <= 0xF8FF
        or code >= 0xF0000
        or unicodedata.category(sign) == "Cn"
    )


def _sign(code: int) -> str:
    sign = chr(code)
    if 0x2E80 <= code <= 0x2EFF:
        return _RADICALS.get(sign, unicodedata.normalize("NFKC", sign))
    if (
        0x2F00 <= code <= 0x2FDF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
        or 0xFB00 <= code <= 0xFB06
    ):
        return unicodedata.normalize("NFKC", sign)
    if code in (0xA0, 0x2002, 0x2003, 0x2009):
        return " "
    if code == 0x02:
        return "-"  # pdfium's mark for a hyphen at the end of a line
    return "" if code in (0xAD, 0x200B, 0xFEFF) else sign


class _Runs:
    """Collects signs into runs."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._seen: set[tuple[str, int, int]] = set()
        self._text: list[str] = []
        self._edges: list[float] = []
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._size = 0.0
        self._wide = 0.0
        self._space = False

    def pause(self) -> None:
        """A space or line end that pdfium put in: the geometry decides."""
        self._space = False

    def add(self, sign: str, box: tuple[float, float, float, float], size: float) -> None:
        """The next sign of the file."""
        left, top, right, bottom = box
        if not sign:
            return
        if sign.isspace():
            self._space = True
            return
        size = self._size_of(size, bottom - top, right - left)
        key = (sign, round(left / max(1.0, size * 0.15)), round(top / max(1.0, size * 0.15)))
        if key in self._seen:
            return
        self._seen.add(key)
        if self._text and not self._goes_on(left, top, right, bottom, size):
            self._end()
        if not self._text:
            self._box, self._size = box, size
        elif self._needs_space(sign, left, size):
            self._text.append(" ")
            self._edges.append(self._box[2])
        self._space = False
        self._text.append(sign)
        self._edges.append(left)
        self._box = (
            min(self._box[0], left),
            min(self._box[1], top),
            max(self._box[2], right),
            max(self._box[3], bottom),
        )
        self._size = max(self._size, size)

    @staticmethod
    def _size_of(size: float, height: float, width: float) -> float:
        """The size as drawn: font sizes of 1 are scaled by a matrix; then the box tells."""
        drawn = max(height, width)
        return size if drawn * 0.5 <= size <= drawn * 6 and size > 2 else drawn * 1.1

    def _goes_on(self, left: float, top: float, right: float, bottom: float, size: float) -> bool:
        box = self._box
        middle = (top + bottom) / 2
        reference = max(size, self._size)
        if not (box[1] - reference * 0.45 <= middle <= box[3] + reference * 0.45):
            return False
        if abs(bottom - box[3]) > reference * 0.6 and abs(top - box[1]) > reference * 0.6:
            return False
        gap = left - box[2]
        return -_BACK * reference < gap < _GAP * reference

    def _needs_space(self, sign: str, left: float, size: float) -> bool:
        """A space of the file is kept; a gap alone is one between Latin words and figures only."""
        before = self._text[-1]
        if before.isspace():
            return False
        if self._space:
            return left - self._box[2] > _SPACE / 2 * size
        return left - self._box[2] > _SPACE * size and before.isascii() and sign.isascii()

    def _end(self) -> None:
        text = "".join(self._text)
        if text.strip():
            left, top, right, bottom = self._box
            self._runs.append(Run(text, left, top, right, bottom, self._size, None, tuple(self._edges)))
        self._text, self._edges = [], []

    def finish(self) -> list[Run]:
        """All runs."""
        if self._text:
            self._end()
        return self._runs
