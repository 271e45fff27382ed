"""What recognition confuses because two signs look alike, put right by the signs beside them.

Only the width of punctuation is settled silently: both spellings mean the same. Where a sign is exchanged for
another one the text counts as unsure, so that a person looks at it.
"""

from __future__ import annotations

import re
from typing import Final

from jiheng.reading.formats.ocr.engine import Reading

DOUBTFUL: Final = 0.8
"""No text in which a sign was exchanged is surer than this."""
_HAN: Final = r"\u3400-\u9fff\u3007"
_WIDE: Final = {":": "：", ",": "，", ";": "；", "?": "？", "!": "！"}
_MARK: Final = re.compile(rf"(?<=[{_HAN}）”])([:,;?!])(?![/\\])")
_PAIR: Final = re.compile(r"（([^（）()]*)\)|\(([^（）()]*)）")
# The other half of the pair stands on another line of the cell.
_OPENS: Final = re.compile(rf"\((?=[{_HAN}])")
_CLOSES: Final = re.compile(rf"(?<=[{_HAN}])\)")
# Traditional forms that the engine knows beside the simplified ones; documents of offices are written in the latter.
_TRADITIONAL: Final = str.maketrans(
    "減項個數萬標務費預過於與為無產業縣區會計總體經濟國際實際應該義農機構設備質量車輛採購員財政資層級績補貼審帳號",
    "减项个数万标务费预过于与为无产业县区会计总体经济国际实际应该义农机构设备质量车辆采购员财政资层级绩补贴审账号",
)
_IN_FIGURES: Final = re.compile(r"(?<=\d)[OoＯ](?=[\d.,%％万元]|$)|(?<=[\d.])[lI|](?=\d)")
_FIGURES: Final = {"O": "0", "o": "0", "Ｏ": "0", "l": "1", "I": "1", "|": "1"}
_SPECKS: Final = frozenset(".:：,，'`·、。-_|丨一!！;；~^*\"")
_BLANKS: Final = frozenset("-_一")
"""What stands for nothing in a cell is a value."""
_SPECK: Final = 0.5
"""Surer signs at the ends of a line are signs."""
_LETTERS: Final = re.compile(r"[A-HJ-NP-Za-kmnp-z]")
"""Letters that look like no figure: a text with one of them may mean its O and l."""


def settled(reading: Reading) -> tuple[str, float]:
    """The text of ``reading`` with widths of punctuation made one and signs that cannot stand there exchanged.

    Returns:
        The text, and how sure it is (0 to 1): that of its least sure sign, at most ``DOUBTFUL`` where one was exchanged.
    """
    text, scores, was_cut = _without_specks(reading)
    score = min(scores, default=0.0)
    text = text.strip().replace("％", "%")
    text = _MARK.sub(lambda match: _WIDE[match[1]], text)
    text = _PAIR.sub(lambda match: f"（{match[1] if match[1] is not None else match[2]}）", text)
    text = _OPENS.sub("（", text) if ")" not in text else text
    text = _CLOSES.sub("）", text) if "(" not in text else text
    mended = text.translate(_TRADITIONAL)
    if not _LETTERS.search(mended):
        mended = _IN_FIGURES.sub(lambda match: _FIGURES[match[0]], mended)
    return mended, score if mended == text and not was_cut else min(score, DOUBTFUL)


def is_speck(reading: Reading) -> bool:
    """Whether a reading is nothing but dots and strokes that mean nothing by themselves, and not even sure."""
    return bool(reading.text) and set(reading.text) <= _SPECKS - _BLANKS and reading.least < DOUBTFUL


def _without_specks(reading: Reading) -> tuple[str, tuple[float, ...], bool]:
    """A dot or stroke at either end that the engine itself hardly believes in is dirt, or what is left of a ruled line."""
    text, scores = reading.text, reading.scores
    if len(text) != len(scores):
        return text, scores, False
    start, end = 0, len(text)
    while end - start > 2 and text[end - 1] in _SPECKS and scores[end - 1] < _SPECK:
        end -= 1
    while end - start > 2 and text[start] in _SPECKS and scores[start] < _SPECK:
        start += 1
    return text[start:end], scores[start:end], end - start < len(text)
