"""What Word, WPS and Excel are given is valid, opens elsewhere, and looks as it looked when a person approved of it.

Pages are compared with pictures in ``pictures/``, small and grey, so that a line more or less, a column that has moved or
a table that runs out of its page shows, and a glyph drawn otherwise does not. After a wanted change renew them with
``--update-golden`` and look at them.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.writing.builders import need_fonts
from tests.writing.everything import PRINTED, WORKBOOKS

PICTURES = Path(__file__).with_name("pictures")
SIZE = 210
"""The longer side of a page in a picture: a pixel is about 1.4 mm."""
SPOT = 30
"""The side of the squares that are compared."""
MOST = 16.0
"""Of 255: so far a square may be from its picture, in root mean square."""


@pytest.mark.parametrize("name", PRINTED)
def test_word_files_are_valid(name: str, tmp_path: Path):
    assert complaints(PRINTED[name]("docx"), tmp_path / "a.docx") == []


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbooks_are_valid(name: str, tmp_path: Path):
    assert complaints(WORKBOOKS[name]("xlsx"), tmp_path / "a.xlsx") == []


def test_an_invalid_word_file_would_be_noticed(tmp_path: Path):
    import io
    import zipfile

    given = zipfile.ZipFile(io.BytesIO(PRINTED["approval"]("docx")))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name).replace(b"<w:tblGrid>", b"<w:tblGrid><w:p/>"))
    assert complaints(changed.getvalue(), tmp_path / "a.docx") != []


def complaints(data: bytes, path: Path) -> list[str]:
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


@pytest.mark.parametrize("name", PRINTED)
def test_pages_look_as_approved(name: str, update_golden: bool):
    compare(PRINTED[name]("pdf"), PICTURES / f"{name}.png", update_golden)


@pytest.mark.slow
def test_word_files_open_in_libreoffice_and_look_as_approved(tmp_path: Path, update_golden: bool):
    for name, pages in in_libreoffice(
        {name: write("docx") for name, write in PRINTED.items()}, tmp_path
    ).items():
        compare(pages, PICTURES / f"{name}-word.png", update_golden)


def in_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files as LibreOffice sets them, as PDF; all in one call, as starting it is what takes time."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    sources = [str(folder / f"{name}.docx") for name in files]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def compare(pdf: bytes, picture: Path, update: bool) -> None:
    need_fonts("Noto Serif CJK SC", "Liberation Serif")
    found = strip(pdf)
    if update:
        found.save(picture, optimize=True)
        return
    approved = Image.open(picture).convert("L")
    assert found.size == approved.size, f"{picture.name}: another number of pages, or a page has turned"
    difference = ImageChops.difference(blurred(found), blurred(approved))
    worst = max(
        (spot(difference, left, top), left, top)
        for left in range(0, found.width, SPOT)
        for top in range(0, found.height, SPOT)
    )
    off, left, top = worst
    place = f"page {left // SIZE + 1}, {left % SIZE} to the right and {top} down"
    assert off < MOST, f"{picture.name}: off by {off:.0f} on {place}"


def spot(difference: Image.Image, left: int, top: int) -> float:
    """How far a square of the pages is from the picture, in root mean square."""
    return ImageStat.Stat(difference.crop((left, top, left + SPOT, top + SPOT))).rms[0]


def strip(pdf: bytes) -> Image.Image:
    """The pages beside one another, each in a square, small and grey."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=SIZE * 2 / max(page.get_size())).to_pil().convert("L")
        image.thumbnail((SIZE, SIZE))
        pages.append(image)
    joined = Image.new("L", (SIZE * len(pages), SIZE), 255)
    for number, image in enumerate(pages):
        joined.paste(image, (number * SIZE, 0))
    return joined.quantize(16).convert("L")


def blurred(image: Image.Image) -> Image.Image:
    """Without what differs between two ways to draw a glyph."""
    return image.filter(ImageFilter.GaussianBlur(1))
