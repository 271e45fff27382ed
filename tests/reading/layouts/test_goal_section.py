"""The lines above a goal table: its heading, and its unit even where the code of that is miswritten."""

from __future__ import annotations

import pytest

from jiheng.budget import CodedName
from jiheng.reading import read
from tests.conftest import ROOT

SAMPLE = (ROOT / "samples" / "安澜县水务局2024年部门预算绩效文本.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("305001 安澜县水务局本级", CodedName("305001", "安澜县水务局本级")),
        ("30501 安澜县水务局本级", CodedName("30501", "安澜县水务局本级")),
        ("安澜县水务局本级", CodedName(None, "安澜县水务局本级")),
    ],
)
def test_the_line_below_a_complete_heading_is_the_unit(line, unit):
    assert "305001 安澜县水务局本级" in SAMPLE
    text = SAMPLE.replace("305001 安澜县水务局本级", line, 1)
    project = read(text.encode(), name="绩效文本.txt").documents[0].projects[0]
    assert project.heading == "1.山洪沟清淤绩效目标表"
    assert project.unit == unit
