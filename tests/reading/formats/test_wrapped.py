"""Text that was wrapped at a fixed width is made whole; text that was not stays as it is."""

from __future__ import annotations

from jiheng.reading.formats.text import read_text
from jiheng.reading.formats.wrapped import unwrapped

WRAPPED = """四、财政拨款收支预算情况说明
2024 年财政拨款收支总预算 3,057,486.18 元。收入包
括：一般公共预算拨款 3,034,418.94 元、上年结转结余
23,067.24 元；支出包括：教育支出 2,806,105.16 元、社会
保障和就业支出 251,381.02 元。
五、一般公共预算支出情况说明
（一）一般公共预算支出按支出功能分类科目划分。
初中教育支出 2,065,405.42 元，其中：基本支出
2,065,405.42 元，项目支出 0 元。主要用于初中教职工工
资福利支出、按统一规定的开支标准安排的办公费、差旅
费等日常公用经费支出。
（二）政府采购预算安排情况说明。
""".splitlines()


def test_paragraphs_are_made_whole_in_their_first_line():
    found = unwrapped(WRAPPED)
    assert len(found) == len(WRAPPED)
    assert found[1] == (
        "2024 年财政拨款收支总预算 3,057,486.18 元。收入包括：一般公共预算拨款 3,034,418.94 元、上年结转结余"
        "23,067.24 元；支出包括：教育支出 2,806,105.16 元、社会保障和就业支出 251,381.02 元。"
    )
    assert found[2:5] == ["", "", ""]
    assert found[5:7] == WRAPPED[5:7]


def test_no_sign_is_lost():
    assert "".join(unwrapped(WRAPPED)).replace(" ", "") == "".join(WRAPPED).replace(" ", "")


def test_a_word_that_did_not_fit_tells_that_a_short_line_was_cut():
    assert unwrapped(WRAPPED)[7].startswith("初中教育支出 2,065,405.42 元，其中：基本支出2,065,405.42 元")


def test_the_place_is_the_first_line():
    places = [block.place.line for block in read_text("\n".join(WRAPPED).encode(), "a.txt").blocks]
    assert places == [1, 2, 6, 7, 8, 12]


def test_text_with_long_lines_is_not_wrapped():
    lines = [*WRAPPED, "本段没有折行，" * 12]
    assert unwrapped(lines) == lines


def test_a_list_of_names_is_not_wrapped():
    lines = [
        f"安澜县柳河镇第{number}村民委员会卫生室及文化活动中心联合服务站" for number in "一二三四五六七八九十"
    ]
    assert unwrapped(lines) == lines


def test_tables_and_short_texts_stay():
    assert unwrapped([*WRAPPED, "合计\t20"]) == [*WRAPPED, "合计\t20"]
    assert unwrapped(WRAPPED[:5]) == WRAPPED[:5]
