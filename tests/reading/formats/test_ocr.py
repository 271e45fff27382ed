"""Scans and photographs: what is done to the picture, what is done to the reading, and whole pages."""

from __future__ import annotations

import io
import math
import unicodedata
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from benchmarks.accuracy import render
from benchmarks.accuracy.content import forms
from benchmarks.accuracy.fields import Score, compare, plain_documents
from jiheng.reading import read
from jiheng.reading.blocks import Blocks
from jiheng.reading.formats.image import MAX_SIDE, frames_of, in_colour
from jiheng.reading.formats.ocr import signs, straighten
from jiheng.reading.formats.ocr.engine import Box, Reading
from jiheng.reading.formats.ocr.outline import laid_flat
from jiheng.reading.formats.ocr.wording import DOUBTFUL, is_speck, settled

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (225, 30, 40)


def sure(text: str, **less: float) -> Reading:
    """A reading of which every sign is sure but those at the named places (``at3=0.2``)."""
    return Reading(text, tuple(less.get(f"at{index}", 0.99) for index in range(len(text))))


@pytest.mark.parametrize(
    ("read_as", "text"),
    [
        ("≥95％", "≥95%"),
        ("年度资金总额:", "年度资金总额："),
        ("预算数（万元)", "预算数（万元）"),
        ("(万元）", "（万元）"),
        ("预算数(万", "预算数（万"),
        ("元)", "元）"),
        ("10:30", "10:30"),
        ("(2024年度)", "(2024年度)"),
        ("12,345.00", "12,345.00"),
        ("http://x", "http://x"),
    ],
)
def test_the_width_of_punctuation_is_settled_silently(read_as, text):
    assert settled(sure(read_as)) == (text, 0.99)


@pytest.mark.parametrize(
    ("read_as", "text"),
    [("隐患減少", "隐患减少"), ("12O.5万元", "120.5万元"), ("1l5", "115"), ("3O", "30")],
)
def test_a_sign_that_was_exchanged_makes_the_text_doubtful(read_as, text):
    assert settled(sure(read_as)) == (text, DOUBTFUL)


@pytest.mark.parametrize("text", ["H2O", "PM2.5", "13990124T00000001l", "COD", "A4纸", "IOS 10"])
def test_letters_that_mean_themselves_stay(text):
    assert settled(sure(text))[0] == text


def test_a_text_is_as_sure_as_its_least_sure_sign():
    assert settled(sure("数量指标", at2=0.41)) == ("数量指标", 0.41)
    assert settled(Reading("")) == ("", 0.0)


def test_dirt_at_the_ends_is_dropped_and_the_text_is_doubtful():
    assert settled(sure("财政资金:", at4=0.3)) == ("财政资金", DOUBTFUL)
    assert settled(sure("|45.00", at0=0.2)) == ("45.00", DOUBTFUL)
    assert settled(sure("财政资金：")) == ("财政资金：", 0.99)
    assert is_speck(sure(":", at0=0.6))
    assert not is_speck(sure("-", at0=0.6))
    assert not is_speck(sure("1", at0=0.6))


def bars(first: int, second: int, level: int = 0) -> np.ndarray:
    page = np.full((40, 60), 255, np.uint8)
    page[14:16, 10 : 10 + first] = level
    page[24:26, 10 : 10 + second] = level
    return page


@pytest.mark.parametrize(
    ("first", "second", "level", "equal"), [(20, 20, 0, True), (20, 19, 160, True), (14, 22, 0, False)]
)
def test_bars_of_the_same_length_are_an_equals_sign(first, second, level, equal):
    assert signs.is_equals(bars(first, second, level), Box(0, 0, 60, 40)) is equal


def test_a_line_is_followed_to_the_end_of_its_ink_but_not_into_other_text():
    page = np.full((40, 300), 255, np.uint8)
    page[10:30, 20:120:4] = 0
    page[10:30, 160:200:4] = 0
    found = signs.whole(page, Box(40, 8, 100, 32), (5, 290), [])
    assert (found.left, found.right) == (20, 117)
    assert signs.whole(page, Box(40, 8, 100, 32), (30, 110), []).right <= 110
    assert signs.whole(page, Box(40, 8, 100, 32), (5, 290), [Box(104, 8, 120, 32)]).right <= 104


def sheet() -> Image.Image:
    page = Image.new("RGB", (1000, 1400), WHITE)
    draw = ImageDraw.Draw(page)
    for top in range(200, 1200, 40):
        draw.rectangle((100, top, 900, top + 12), fill=BLACK)
    return page


def stamped(page: Image.Image) -> Image.Image:
    """A round red stamp with a star over the text, ink over ink."""
    layer = Image.new("RGB", page.size, WHITE)
    draw = ImageDraw.Draw(layer)
    radius, x, y = page.width * 0.12, page.width * 0.6, page.height * 0.3
    draw.ellipse(
        (x - radius, y - radius, x + radius, y + radius), outline=RED, width=max(6, page.width // 200)
    )
    points = [
        (x + radius * 0.4 * math.cos(turn), y + radius * 0.4 * math.sin(turn))
        for turn in (-math.pi / 2 + corner * 4 * math.pi / 5 for corner in range(5))
    ]
    draw.polygon(points, fill=RED)
    mixed = np.asarray(page).astype(np.float32) * np.asarray(layer).astype(np.float32) / 255
    return Image.fromarray(mixed.astype(np.uint8))


def test_a_stamp_is_taken_off_and_the_text_under_it_stays():
    bare, found = straighten.grey(np.asarray(sheet())), straighten.grey(np.asarray(stamped(sheet())))
    assert np.mean(np.abs(bare.astype(int) - found.astype(int)) > 60) < 0.001


def test_a_red_heading_is_text():
    page = sheet()
    ImageDraw.Draw(page).rectangle((150, 60, 850, 120), fill=RED)
    assert straighten.grey(np.asarray(page))[90, 500] < 140


def photographed(page: Image.Image) -> Image.Image:
    """The page on a dark table, seen at an angle."""
    import cv2

    picture = np.asarray(page)
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = corners * [0.9, 0.9] + [
        [0.05 * width, 0.06 * height],
        [0.06 * width, 0.03 * height],
        [0.09 * width, 0.07 * height],
        [0.02 * width, 0.05 * height],
    ]
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    return Image.fromarray(cv2.warpPerspective(picture, matrix, (width, height), borderValue=(90, 80, 70)))


def test_a_photographed_sheet_is_laid_flat_and_a_scan_is_left_alone():
    flat = laid_flat(np.asarray(photographed(sheet())))
    assert abs(flat.shape[0] / flat.shape[1] - 1.4) < 0.1
    assert flat[5:-5, 5:-5].min(axis=2)[:100].mean() > 240
    whole = np.asarray(sheet())
    assert laid_flat(whole) is whole
    assert laid_flat(np.zeros((300, 200, 3), np.uint8)).shape == (300, 200, 3)


def test_light_that_fades_over_a_page_is_no_edge_of_a_sheet():
    for page in (sheet(), Image.new("RGB", (1000, 1400), WHITE)):
        fading = np.asarray(shaded(page))
        assert laid_flat(fading) is fading


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def deep(page: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 257)


def clear(page: Image.Image) -> Image.Image:
    grey = page.convert("L")
    return Image.merge("RGBA", (*[Image.new("L", page.size, 0)] * 3, grey.point(lambda value: 255 - value)))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (saved(sheet().convert("CMYK"), "JPEG"), "四色.jpg"),
        (saved(sheet().convert("CMYK"), "TIFF"), "四色.tif"),
        (saved(deep(sheet()), "PNG"), "十六位.png"),
        (saved(deep(sheet()), "TIFF"), "十六位.tif"),
        (saved(clear(sheet()), "PNG"), "透明.png"),
        (saved(sheet().convert("P"), "PNG"), "索引.png"),
        (saved(sheet().convert("1"), "TIFF", compression="group4"), "传真.tif"),
        (saved(sheet().convert("LA"), "PNG"), "灰透明.png"),
        (saved(sheet(), "BMP"), "位图.bmp"),
        (saved(sheet(), "WEBP", lossless=True), "网络.webp"),
    ],
)
def test_pictures_of_every_kind_are_black_on_white(data, name):
    (page,) = frames_of(data, name)
    values = np.asarray(page.convert("L"))
    assert values[205, 500] < 40
    assert values[190, 500] > 220
    assert page.mode == "RGB"


def test_a_camera_says_which_way_is_up():
    lying = sheet().rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    (page,) = frames_of(saved(lying, "JPEG", exif=exif), "照片.jpg")
    assert page.size == (1000, 1400)


def test_every_page_of_a_tiff_is_read_and_an_animation_is_one():
    pages = [sheet(), sheet().rotate(180), sheet().convert("L")]
    tiff = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert len(list(frames_of(tiff, "多页.tif"))) == 3
    moving = saved(pages[0], "WEBP", save_all=True, append_images=pages[1:])
    assert len(list(frames_of(moving, "动.webp"))) == 1


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_huge_picture_is_made_small_at_once(form):
    (page,) = frames_of(saved(Image.new("L", (500, 10_000), 255), form), "大图")
    assert max(page.size) <= 2 * MAX_SIDE
    assert page.size[1] > page.size[0]


def test_values_of_a_floating_picture_are_scaled():
    values = np.linspace(0, 1000, 200, dtype=np.float32).reshape(10, 20)
    found = np.asarray(in_colour(Image.fromarray(values)))
    assert found.min() == 0
    assert found.max() == 255


FORMS = {known.name: known for known in forms(2) if known.name.startswith(("v04", "m4", "v01"))}


def pictures(name: str, dpi: int = 200) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(render.pdf(FORMS[name].blocks))
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def score(name: str, pages: list[Image.Image], form: str = "TIFF") -> Score:
    options = {"save_all": True, "append_images": pages[1:]} if form == "TIFF" else {"quality": 25}
    reading = read(saved(pages[0], form, **options), name=f"扫描.{form.lower()}")
    return compare(folded(FORMS[name].documents), folded(plain_documents(reading.documents)))


def folded(node: Any) -> Any:
    """The same values with punctuation of one width: a picture does not tell （） from () for certain."""
    if isinstance(node, dict):
        return {key: folded(value) for key, value in node.items()}
    if isinstance(node, list):
        return [folded(value) for value in node]
    return unicodedata.normalize("NFKC", node) if isinstance(node, str) else node


def noisy(page: Image.Image, strength: float = 25.0) -> Image.Image:
    values = np.asarray(page).astype(np.float32)
    grain = np.random.default_rng(1).normal(0, strength, values.shape[:2])[..., None]
    return Image.fromarray(np.clip(values + grain, 0, 255).astype(np.uint8))


def shaded(page: Image.Image) -> Image.Image:
    values = np.asarray(page).astype(np.float32)
    light = np.linspace(0.62, 0.95, values.shape[1])[None, :, None]
    return Image.fromarray((values * light).astype(np.uint8))


def test_a_stamped_and_skewed_scan_is_read():
    name = next(name for name in FORMS if name.startswith("m4"))
    pages = [
        stamped(page).rotate(4, fillcolor=WHITE, resample=Image.Resampling.BICUBIC, expand=True)
        for page in pictures(name)
    ]
    found = score(name, pages)
    assert found.share >= 0.98, found.misses


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: page, id="clean"),
        pytest.param(noisy, id="noise"),
        pytest.param(shaded, id="grey"),
        pytest.param(lambda page: page.rotate(-5, fillcolor=WHITE, expand=True, resample=Image.Resampling.BICUBIC), id="skew"),
        pytest.param(lambda page: page.rotate(90, expand=True), id="left"),
        pytest.param(lambda page: page.rotate(180), id="head"),
        pytest.param(lambda page: page.rotate(270, expand=True), id="right"),
        pytest.param(photographed, id="photo"),
        pytest.param(lambda page: page.convert("L").point(lambda value: 255 if value > 150 else 0), id="fax"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", FORMS)
def test_scans_of_every_quality_are_read(name, change):
    found = score(name, [change(page) for page in pictures(name)])
    assert found.share >= 0.95, found.misses


@pytest.mark.slow
def test_a_coarse_photograph_is_read():
    name = next(name for name in FORMS if name.startswith("v04"))
    found = score(name, pictures(name, dpi=150), "JPEG")
    assert found.share >= 0.95, found.misses


@pytest.mark.slow
def test_wrong_values_are_less_sure_than_right_ones():
    """On a page so noisy that mistakes are made."""
    name = next(name for name in FORMS if name.startswith("v01"))
    known = {"".join(text.split()) for text, _ in Blocks(tuple(FORMS[name].blocks)).texts()}
    reading = read(saved(noisy(pictures(name, dpi=110)[0], 45), "PNG"), name="差.png")
    cells = [
        (text, place.confidence) for text, place in reading.blocks.texts() if place.confidence is not None
    ]
    right = [sureness for text, sureness in cells if "".join(text.split()) in known]
    wrong = [sureness for text, sureness in cells if "".join(text.split()) not in known]
    assert right
    assert wrong
    assert np.mean(right) > np.mean(wrong)
