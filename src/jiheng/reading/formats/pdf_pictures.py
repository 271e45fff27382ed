"""Text that a PDF page shows only as a picture: what has to be recognised, and how far an invisible text layer is sound."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from math import sqrt
from typing import Final

import msgspec
import numpy as np
import pypdfium2
from PIL import Image

from jiheng.reading.formats.page.model import Page, Run
from jiheng.reading.formats.pdf_glyphs import is_bad, is_garbage
from jiheng.reading.formats.pdf_lines import Drawn, Picture
from jiheng.reading.formats.pdf_runs import Painted
from jiheng.reading.formats.pdf_view import Box

_DPI: Final = 200
_MAX_PIXELS: Final = 20_000_000
"""Of a page as a picture: A3 at 200 dpi has 8 million."""
_SCAN: Final = 0.5
"""A picture that covers this share of the page makes it a scan, where hardly any text stands."""
_HARDLY: Final = 30
_PART: Final = 0.06
"""A picture of at least this share of the page may hold text; smaller ones are seals and signs."""
_SIDE: Final = 50.0
_WORDS: Final = 8
_SURE: Final = 0.6
"""What is recognised in a picture on a page of text counts from so many signs, and so sure: a photograph has none."""
_SAMPLES: Final = 10
_SOUND: Final = 0.85
"""So much of a sample of an invisible text layer must be what the picture shows."""


def picture_of(page: pypdfium2.PdfPage) -> Image.Image:
    """The page as it is shown, at a size at which characters are well read and memory is bounded."""
    return page.render(scale=scale_of(page)).to_pil()  # type: ignore[no-any-return]


def _upright(page: pypdfium2.PdfPage, found: Page) -> Image.Image:
    """The picture, turned as ``found`` was to be read."""
    return picture_of(page).rotate(-90 * found.turn.quarters, expand=True)


def scale_of(page: pypdfium2.PdfPage) -> float:
    """Pixels for a point."""
    width, height = max(1.0, page.get_width()), max(1.0, page.get_height())
    return min(_DPI / 72, sqrt(_MAX_PIXELS / (width * height)))


def is_scan(found: Page, painted: Painted, drawn: Drawn) -> bool:
    """Whether the page is a picture of text: a large image, and hardly any sign that can be seen."""
    if not drawn.pictures or _covered(drawn.pictures, found) <= _SCAN:
        return False
    visible = sum(len(run.text) for run in painted.runs) - painted.hidden
    return visible <= _HARDLY or all(picture.texts == drawn.texts for picture in drawn.pictures)


def has_layer(found: Page) -> bool:
    """Whether a scan carries text behind its picture that means something."""
    return sum(len(run.text) for run in found.runs) > _HARDLY and not is_garbage(found.runs)


def _covered(pictures: Sequence[Picture], found: Page) -> float:
    """Scans are often stored in strips or tiles: together they count."""
    area = sum(
        max(0.0, min(box[2], found.width) - max(box[0], 0.0))
        * max(0.0, min(box[3], found.height) - max(box[1], 0.0))
        for box in (picture.box for picture in pictures)
    )
    return area / (found.width * found.height)


def with_layer(page: pypdfium2.PdfPage, found: Page) -> Page | None:
    """A scan read by its text layer and the ruled lines of its picture; ``None`` where the layer is not sound.

    A sample of the layer is recognised anew. How far both agree is how sure every value is.
    """
    from jiheng.reading.formats.ocr.page import rulings_of_picture

    picture = _upright(page, found)
    agreement = _agreement(picture, found)
    if agreement < _SOUND:
        return None
    rulings = rulings_of_picture(picture, found.width, found.height)
    if rulings is None:
        return None
    runs = [msgspec.structs.replace(run, confidence=round(agreement, 2)) for run in found.runs]
    note = f"第{found.number}页是扫描图像，文字取自文件自带的识别结果（抽查一致率 {agreement:.0%}），请核对。"
    return msgspec.structs.replace(found, runs=runs, rulings=rulings, warnings=[note])


def _agreement(picture: Image.Image, found: Page) -> float:
    longest = sorted(found.runs, key=lambda run: len(run.text), reverse=True)[: 4 * _SAMPLES]
    sample = [run for run in longest[:: max(1, len(longest) // _SAMPLES)] if len(run.text) >= 2][:_SAMPLES]
    if not sample:
        return 0.0
    read = _recognised(picture, sample, found)
    return sum(
        SequenceMatcher(None, "".join(run.text.split()), "".join(text.split())).ratio()
        for run, (text, _) in zip(sample, read, strict=True)
    ) / len(sample)


def mended(page: pypdfium2.PdfPage, found: Page) -> Page:
    """The page with every run that has signs without a meaning recognised from its picture."""
    broken = [run for run in found.runs if any(is_bad(sign) for sign in run.text)]
    if not broken:
        return found
    read = _recognised(_upright(page, found), broken, found)
    better = {
        id(run): Run(text.strip(), run.left, run.top, run.right, run.bottom, run.size, round(score, 2))
        for run, (text, score) in zip(broken, read, strict=True)
        if text.strip()
    }
    note = f"第{found.number}页有{len(broken)}处文字的字体没有正确的编码，已改用图像识别，请核对。"
    runs = [better.get(id(run), run) for run in found.runs]
    return msgspec.structs.replace(found, runs=runs, warnings=[*found.warnings, note])


def _recognised(picture: Image.Image, runs: Sequence[Run], found: Page) -> list[tuple[str, float]]:
    """The text of each run as the picture of its page shows it, and how sure that is."""
    from jiheng.reading.formats.ocr.engine import recognise

    pixels = np.asarray(picture.convert("RGB"))
    x, y = pixels.shape[1] / found.width, pixels.shape[0] / found.height
    pieces = []
    for run in runs:
        rim = 0.12 * run.height
        top, bottom = max(0, int((run.top - rim) * y)), int((run.bottom + rim) * y) + 1
        left, right = max(0, int((run.left - rim) * x)), int((run.right + rim) * x) + 1
        piece = pixels[top:bottom, left:right]
        pieces.append(piece if piece.size else np.full((32, 32, 3), 255, np.uint8))
    return [(read.text, read.least) for read in recognise(pieces)]


def pictures_with_text(found: Page, drawn: Drawn) -> list[Box]:
    """Pictures large enough to hold text, over which no text stands: a scanned table on a page of words."""
    area = found.width * found.height
    boxes = []
    for picture in drawn.pictures:
        left, top, right, bottom = picture.box
        box = max(left, 0.0), max(top, 0.0), min(right, found.width), min(bottom, found.height)
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) < _SIDE or wide * high < _PART * area:
            continue
        inside = sum(
            len(run.text)
            for run in found.runs
            if box[0] < (run.left + run.right) / 2 < box[2] and box[1] < run.middle < box[3]
        )
        if inside <= 2:
            boxes.append(box)
    return boxes


def with_pictures(page: pypdfium2.PdfPage, found: Page, boxes: Sequence[Box]) -> Page:
    """The page with the text and the ruled lines in its pictures, where these are pictures of text."""
    from jiheng.reading.formats.image import page_of_picture

    whole = _upright(page, found).convert("RGB")
    x, y = whole.width / found.width, whole.height / found.height
    # nothing but the pictures, each in its place: lines and characters keep their size
    alone = Image.new("RGB", whole.size, "white")
    for left, top, right, bottom in boxes:
        corner = int(left * x), int(top * y)
        alone.paste(whole.crop((*corner, int(right * x), int(bottom * y))), corner)
    read = page_of_picture(alone, found.number, found.width, found.height)
    signs = sum(len(run.text) for run in read.runs)
    sure = sum(len(run.text) * (run.confidence or 0.0) for run in read.runs)
    if signs < _WORDS or sure < _SURE * signs or read.turn.quarters:
        return found
    note = f"第{found.number}页有图片，其中的文字由识别得到，请核对。"
    return msgspec.structs.replace(
        found,
        runs=[*found.runs, *read.runs],
        rulings=[*found.rulings, *read.rulings],
        warnings=[*found.warnings, note, *read.warnings],
    )
