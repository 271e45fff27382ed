"""Every character of GB 18030-2022 has a glyph in a free font, and PDF files use it."""

from __future__ import annotations

import subprocess

import pypdfium2
import pytest

from jiheng.writing.pages import Body, Pages, Text
from jiheng.writing.pdf import render_pdf
from tests.writing.builders import need_fonts

REPERTOIRE = {
    "CJK unified ideographs": (0x4E00, 0x9FEF),
    "extension A": (0x3400, 0x4DB5),
    "extension B": (0x20000, 0x2A6D6),
    "extension C": (0x2A700, 0x2B734),
    "extension D": (0x2B740, 0x2B81D),
    "extension E": (0x2B820, 0x2CEA1),
    "extension F": (0x2CEB0, 0x2EBE0),
    "Kangxi radicals": (0x2F00, 0x2FD5),
    "Tibetan": (0x0F00, 0x0F47),
    "Mongolian": (0x1820, 0x1878),
    "Tai Le": (0x1950, 0x196D),
    "New Tai Lue": (0x1980, 0x19AB),
    "Yi": (0xA000, 0xA48C),
    "Lisu": (0xA4D0, 0xA4FF),
    "Hangul": (0xAC00, 0xD7A3),
    "Arabic letters of Uyghur, Kazakh and Kyrgyz": (0x0626, 0x064A),
    "Miao": (0x16F00, 0x16F44),
}
"""The blocks of the standard's third level, by their first and last code point."""


@pytest.fixture(scope="module")
def covered() -> set[int]:
    need_fonts("HanaMinA", "Noto Serif Tibetan")
    told = subprocess.run(
        ["fc-list", "--format", "%{charset}\n"], check=True, capture_output=True, text=True
    ).stdout
    found: set[int] = set()
    for part in told.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


@pytest.mark.parametrize("block", REPERTOIRE)
def test_every_character_has_a_glyph(block: str, covered: set[int]):
    first, last = REPERTOIRE[block]
    assert [hex(code) for code in range(first, last + 1) if code not in covered] == []


def test_rare_characters_of_names_are_printed_and_can_be_copied():
    need_fonts("HanaMinA")
    rare = "㐂𠮷𬌗𮯠䶮"
    page = pypdfium2.PdfDocument(render_pdf(Pages("名", (Body(), Text(f"姓名：{rare}")))))[0]
    assert rare in page.get_textpage().get_text_bounded()
    blank = pypdfium2.PdfDocument(render_pdf(Pages("名", (Body(), Text("姓名：\U0010fffd")))))[0]
    assert ink(page) > ink(blank)


def ink(page: pypdfium2.PdfPage) -> int:
    """So many pixels of the page are dark."""
    return sum(page.render(scale=2).to_pil().convert("L").histogram()[:128])
