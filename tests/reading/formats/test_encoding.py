"""Texts that a broken transfer cut in the middle of a sign are read up to there, and say so."""

from __future__ import annotations

import pytest

from jiheng.reading.formats.encoding import decode

TEXT = "安澜县水务局2024年部门预算绩效文本，共四个项目。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_within_a_sign_is_read_up_to_there(encoding):
    data = TEXT.encode(encoding)[:-1]
    assert decode(data, "断.txt") == (f"{TEXT[:-1]}\ufffd", encoding)


def test_a_short_text_in_gbk_is_not_taken_for_a_cut_one():
    # the last two bytes alone would begin a sign of UTF-8
    assert decode("ab浣".encode("gbk"), "短.txt") == ("ab浣", "gb18030")
