"""The number in front of a paragraph."""

from __future__ import annotations

import pytest

from jiheng.reading.layouts.heading import Marker


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.2024年档案扫描", 2),
        ("2、档案扫描", 2),
        ("10．档案", 10),
        ("2.5万元的设备", None),
        ("1.2024", None),
    ],
)
def test_a_year_behind_a_number_is_no_fraction(text: str, number: int | None):
    marker = Marker.parse(text)
    assert (marker.number if marker else None) == number
