"""A taste of ``make fuzz``: broken files of every format, and each is read or refused within bounds."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from fuzz.__main__ import try_suffix
from fuzz.corpus import SEEDS
from fuzz.targets import is_refused
from jiheng.reading import SUFFIXES
from jiheng.reading.isolated import Workers
from tests.conftest import ROOT

PICTURES = (".png", ".tif", ".jpg")
ALIKE = {
    ".text": ".txt", ".tsv": ".csv", ".md": ".txt", ".docm": ".docx", ".dotx": ".docx", ".xlsm": ".xlsx", ".et": ".xls",
    ".htm": ".html", ".xhtml": ".html", ".mhtml": ".mht", ".jpeg": ".jpg", ".tiff": ".tif", ".bmp": ".png", ".webp": ".png",
    ".wps": ".doc", ".dot": ".doc", ".wpt": ".doc", ".odt": ".doc",
}  # fmt: skip
"""Suffixes whose files are read as those of another."""


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "src")]))
        patch.setenv("JIHENG_SOFFICE", os.devnull)
        with Workers("fuzz.targets:one_file") as made:
            yield made


def test_every_format_has_files_to_break():
    assert set(SUFFIXES) <= set(SEEDS) | set(ALIKE)
    assert set(ALIKE.values()) <= set(SEEDS)


@pytest.mark.parametrize("suffix", [suffix for suffix in SEEDS if suffix not in (".doc", ".rtf")])
def test_the_unbroken_are_read(suffix):
    assert not any(is_refused(f"好{suffix}".encode(), data) for data in SEEDS[suffix]())


@pytest.mark.parametrize("suffix", SEEDS)
def test_the_broken_are_read_or_refused(workers, suffix):
    count, broken = try_suffix(workers, suffix, count=2 if suffix in PICTURES else 25, seconds=60, seed=2024)
    assert count > 0
    assert not [error for error, _ in broken]
