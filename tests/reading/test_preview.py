"""Pictures of pages: turned as the page was turned to be read, so that every place lies on its ink."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from jiheng.budget import Box
from jiheng.errors import DamagedFile, FileTooLarge, ProtectedFile, UnsupportedFormat
from jiheng.reading import preview, read
from jiheng.reading.blocks import Blocks
from jiheng.reading.turn import Turn

FONTS = sorted(Path("/usr/share/fonts").rglob("NotoSerifCJK-Regular.ttc"))
VALUE = "63517.42"
BLUE = (0, 0, 205)
needs_font = pytest.mark.skipif(not FONTS, reason="no Chinese font to draw a scan with")


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """A4 at 150 dpi: a heading, sentences, and a ruled table whose one blue figure stands right of the middle."""
    picture = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(picture)

    def text(x: int, y: int, words: str, size: int = 30, colour: tuple[int, int, int] = (0, 0, 0)) -> None:
        draw.text((x, y), words, colour, ImageFont.truetype(str(FONTS[0]), size))

    text(380, 130, "安澜县水务局收支预算总表", 40)
    for line in range(4):
        text(140, 240 + 60 * line, "本表反映全县水利工程维修养护和供水保障的各项资金安排情况", 30)
    columns, rows = (140, 420, 700, 1100), (560, 640, 720, 800, 880)
    names = (
        ("项目", "编码", "金额"),
        ("河道清淤", "213", VALUE),
        ("堤防加固", "214", "9150.00"),
        ("水质监测", "215", "3.60"),
    )
    for y in rows:
        draw.line((columns[0], y, columns[-1], y), "black", 3)
    for x in columns:
        draw.line((x, rows[0], x, rows[-1]), "black", 3)
    for y, row in zip(rows, names, strict=False):
        for x, words in zip(columns, row, strict=False):
            text(x + 20, y + 18, words, 30, BLUE if words == VALUE else (0, 0, 0))
    return picture


def png(picture: Image.Image) -> bytes:
    return saved(picture, "PNG")


def scanned_pdf(picture: Image.Image) -> bytes:
    return saved(picture, "PDF", resolution=150)


def saved(picture: Image.Image, form: str, **how: float) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **how)
    return buffer.getvalue()


def text_pdf(matrix: str, rotate: int, trailer: str = "") -> bytes:
    """A page of 400 × 600 points with three lines of text that stand as ``matrix`` says, the second one blue."""
    lines = ("Water bureau budget table of the year", VALUE, "Maintenance of dykes and rivers")
    content = "".join(
        f"q {matrix} cm BT /F1 12 Tf {'0 0 0.8' if line == VALUE else '0 0 0'} rg 60 {120 - 30 * at} Td ({line}) Tj ET Q\n"
        for at, line in enumerate(lines)
    )
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Rotate {rotate}/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{part}endobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    tail = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(parts) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()


def blocks_of(data: bytes, name: str) -> Blocks:
    blocks = read(data, name=name).blocks
    assert blocks is not None
    return blocks


def shown(data: bytes, name: str, blocks: Blocks) -> Image.Image:
    picture = preview.page_picture(data, name, 1, blocks.turns.get(1, Turn()))
    return Image.open(io.BytesIO(picture)).convert("RGB")


def ink(picture: Image.Image) -> Box:
    """Where the blue ink lies, in fractions of the picture."""
    red, green, blue = (np.asarray(picture).astype(int)[:, :, channel] for channel in range(3))
    rows, columns = np.nonzero((blue - np.maximum(red, green)) > 60)
    height, width = red.shape
    return Box(
        columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height
    )


def assert_covers(place: Box | None, seen: Box) -> None:
    assert place is not None
    slack = 0.006
    assert place.left - slack <= seen.left < seen.right <= place.right + slack
    assert place.top - slack <= seen.top < seen.bottom <= place.bottom + slack
    assert (place.right - place.left) * (place.bottom - place.top) < 0.05


TURNS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "upright": lambda page: page,
    "on its right side": lambda page: page.transpose(Image.Transpose.ROTATE_270),
    "upside down": lambda page: page.transpose(Image.Transpose.ROTATE_180),
    "on its left side": lambda page: page.transpose(Image.Transpose.ROTATE_90),
    "askew": lambda page: page.rotate(3, Image.Resampling.BICUBIC, fillcolor="white"),
    "askew the other way": lambda page: page.rotate(-3, Image.Resampling.BICUBIC, fillcolor="white"),
    "sideways and askew": lambda page: page.transpose(Image.Transpose.ROTATE_90).rotate(
        3, Image.Resampling.BICUBIC, fillcolor="white"
    ),
}


QUICK = (("on its left side", "png"), ("askew", "pdf"))


@needs_font
@pytest.mark.parametrize(
    ("way", "kind"),
    [
        pytest.param(way, kind, marks=() if (way, kind) in QUICK else pytest.mark.slow)
        for way in TURNS
        for kind in ("png", "pdf")
    ],
)
def test_the_place_of_a_scanned_value_lies_on_its_ink(page: Image.Image, way: str, kind: str):
    data = (png if kind == "png" else scanned_pdf)(TURNS[way](page))
    blocks = blocks_of(data, f"扫描.{kind}")
    place = next(place for text, place in blocks.texts() if text == VALUE)
    picture = shown(data, f"扫描.{kind}", blocks)
    assert picture.height > picture.width
    assert_covers(place.box, ink(picture))
    assert bool(blocks.turns) is (way != "upright")


UPRIGHT, LEFT, RIGHT = "1 0 0 1 0 300", "0 1 -1 0 200 0", "0 -1 1 0 100 600"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", [UPRIGHT, LEFT, RIGHT])
def test_the_place_of_a_printed_value_lies_on_its_ink_however_page_and_text_are_turned(
    matrix: str, rotate: int
):
    data = text_pdf(matrix, rotate)
    blocks = blocks_of(data, "横排.pdf")
    place = next(place for text, place in blocks.texts() if VALUE in text)
    assert_covers(place.box, ink(shown(data, "横排.pdf", blocks)))


@needs_font
def test_a_picture_is_no_larger_than_a_screen_needs(page: Image.Image):
    large = page.resize((4000, 5658))
    picture = preview.page_picture(png(large), "大.png", 1)
    assert max(Image.open(io.BytesIO(picture)).size) <= 3_200
    assert Image.open(io.BytesIO(picture)).width <= 1_600


@pytest.mark.parametrize(
    ("data", "name", "number", "error"),
    [
        (text_pdf(UPRIGHT, 0), "一页.pdf", 2, DamagedFile),
        (text_pdf(UPRIGHT, 0), "一页.pdf", 0, DamagedFile),
        (b"%PDF-1.7 nothing", "坏.pdf", 1, DamagedFile),
        (png(Image.new("RGB", (40, 40))), "一页.png", 2, DamagedFile),
        (png(Image.new("RGB", (40, 40)))[:60], "半张.png", 1, DamagedFile),
        ("一、收入".encode(), "文本.txt", 1, UnsupportedFormat),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_remedy(
    data: bytes, name: str, number: int, error: type[Exception]
):
    with pytest.raises(error) as refused:
        preview.page_picture(data, name, number)
    assert refused.value.remedy  # type: ignore[attr-defined]
    assert name in str(refused.value.place)  # type: ignore[attr-defined]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    huge = png(Image.new("1", (20_000, 20_000)))
    with pytest.raises(FileTooLarge):
        preview.page_picture(huge, "巨大.png", 1)


def test_a_locked_pdf_asks_for_its_password_to_be_taken_off():
    key = "41" * 32
    locked = text_pdf(
        UPRIGHT,
        0,
        f"/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>/ID[<{key[:32]}><{key[:32]}>]",
    )
    with pytest.raises(ProtectedFile):
        preview.page_picture(locked, "加密.pdf", 1)
