"""Text files: their encodings, and tables with a row or a cell a line, or values parted by signs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.errors import DamagedFile, ReadingError, UnsupportedFormat
from jiheng.reading.blocks import Blocks
from jiheng.reading.formats.encoding import decode, lost_characters
from jiheng.reading.formats.text import read_text
from tests.reading.formats.workbooks import paragraphs, tables

PLAIN = "甲县部门预算绩效文本\r\n项目\t金额\r\n水表更换\t16.80\r\n"
CHINESE = st.text(
    alphabet=st.one_of(st.sampled_from("项目金额万元甲乙一二三，。（）1234567890.% \n"), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)),
    min_size=1, max_size=60,
)  # fmt: skip


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_of_offices(encoding):
    blocks = read_text(PLAIN.encode(encoding), "a.txt")
    assert paragraphs(blocks) == ["甲县部门预算绩效文本"]
    assert tables(blocks) == [[["项目", "金额"], ["水表更换", "16.80"]]]
    assert not blocks.warnings


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["项目 一", "一一一一 1", "合计\t16.80", "一、二、三（2024年）"])
def test_wide_text_without_a_mark_or_a_line_end(encoding, text):
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


def test_characters_of_four_bytes():
    text = "村名：㐀㘎𠮷𬱖（生僻字），地名：䶮。" * 3
    data = text.encode("gb18030")
    assert len(data) > 2 * len(text)
    assert decode(data, "a.txt") == (text, "gb18030")


@settings(max_examples=200, deadline=None)
@given(CHINESE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_any_chinese_text_comes_back(text, encoding):
    # beside enough of other text, so that the encoding shows
    whole = "甲县部门预算绩效文本，共二十三个项目。\n" + text
    assert decode(whole.encode(encoding), "a.txt")[0] == whole


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["utf-8", "gb18030"]), st.sampled_from([0xFF, 0x80]))
def test_a_broken_byte_costs_no_more_than_what_stands_beside_it(place, encoding, byte):
    lines = [f"{number}、更换水表，改造管网，金额{number}.80万元。" for number in range(60)]
    data = bytearray("\n".join(lines).encode(encoding))
    data[place % len(data)] = byte
    text, found = decode(bytes(data), "a.txt")
    assert found == encoding
    kept = set(text.split("\n"))
    assert sum(line not in kept for line in lines) <= 2


def test_what_could_not_be_read_is_said():
    data = "第一行\n第二行\n" + "甲县部门预算绩效目标表。" * 20
    blocks = read_text(data.encode().replace("二".encode(), b"\xff"), "a.txt")
    assert blocks.warnings == ("有 1 个字符无法识别，已用“�”代替，第一个在第 2 行，请与原件核对。",)
    assert lost_characters("甲") is None


def test_the_bytes_of_a_program_are_no_text():
    with pytest.raises(UnsupportedFormat):
        read_text(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x03\x00>\x00" * 50, "a.txt")
    with pytest.raises(DamagedFile):
        read_text(b"\xff\xfe" + "甲乙丙".encode("utf-16-le") + b"\x00", "a.txt")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.csv", "a.tsv"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        assert isinstance(read_text(data, name), Blocks)
    except ReadingError as error:
        assert error.remedy


# --- values parted by signs ---


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_values_parted_by_signs(sign, encoding):
    lines = [
        "甲县项目支出表",
        f"项目{sign}金额",
        f'"水表{sign}二""期""\n续"{sign}16.80',
        "",
        f"{sign}",
        f"合计{sign}",
    ]
    blocks = read_text("\r\n".join(lines).encode(encoding), "a.csv")
    assert paragraphs(blocks) == ["甲县项目支出表"]
    assert tables(blocks) == [[["项目", "金额"], [f'水表{sign}二"期"\n续', "16.80"], ["合计", ""]]]
    assert blocks.blocks[1].place.line == 2


def test_captions_with_all_the_commas_of_the_table():
    blocks = read_text("支出表,,\n单位：万元,,\n项目,上年,本年\n水表,1,2\n小计,,\n".encode(), "a.csv")
    assert paragraphs(blocks) == ["支出表", "单位：万元"]
    assert tables(blocks) == [[["项目", "上年", "本年"], ["水表", "1", "2"], ["小计", "", ""]]]


def test_a_field_without_an_end_is_lines():
    text = '项目,金额\n水表,1\n"没有结束' + "的引号，内容很长" * 20_000
    blocks = read_text(text.encode(), "a.csv")
    found = "".join(text for text, _ in blocks.texts())
    assert found.count("引号") == 20_000
    assert tables(blocks)[0][:2] == [["项目", "金额"], ["水表", "1"]]


# --- rows and cells by line ---


def test_a_cell_a_line():
    text = "支出表\n\t项目\n\t金额\n\n\t水表\n\t16.80\n\n\n表外\n"
    blocks = read_text(text.encode(), "a.txt")
    assert tables(blocks) == [[["项目", "金额"], ["水表", "16.80"]]]
    assert paragraphs(blocks) == ["支出表", "表外"]


def test_every_kind_of_line_end_and_lines_of_a_contents():
    blocks = read_text("目录\r一、概况……………3\r\n二、收支.......12\n\n正文\f次页".encode(), "a.txt")
    assert paragraphs(blocks, "toc") == ["一、概况……………3", "二、收支.......12"]
    assert paragraphs(blocks) == ["目录", "正文", "次页"]
