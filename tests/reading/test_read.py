"""What ``read`` refuses, how it finds out what a file is, and that no bytes make it crash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.budget import BudgetDocument, Project, exchange
from jiheng.errors import DamagedFile, FileTooLarge, ReadingError, UnsupportedFormat
from jiheng.reading import LeftOver, read


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "空.txt", DamagedFile),
        (b" \n \n", "空白.txt", DamagedFile),
        (b"\x00\x01\x02\x03binary", "图.txt", UnsupportedFormat),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "照片.jpg", DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "旧.doc", DamagedFile),
        (b"PK\x03\x04junk", "压缩.zip", DamagedFile),
        (b"hello", "表.dbf", UnsupportedFormat),
        (b"[{", "数据.json", DamagedFile),
        (b'[{"rule": "SUM-001", "message": "x"}]', "问题.json", DamagedFile),
        (b"\xff\xfe\x41", "残.txt", DamagedFile),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, name, error):
    with pytest.raises(error) as caught:
        read(data, name=name)
    assert caught.value.remedy
    assert name in str(caught.value)


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(FileTooLarge, match="50 MB"):
        read(path)
    with pytest.raises(FileTooLarge):
        read(b"x" * (50 * 1024 * 1024 + 1), name="大.txt")


def test_a_missing_file_is_a_reading_error(tmp_path):
    with pytest.raises(ReadingError, match="无法打开"):
        read(tmp_path / "没有.txt")


def test_text_that_is_no_budget_document_is_kept_and_shown():
    reading = read("会议通知\n请各单位于周五前报送材料。\n".encode(), name="通知.txt")
    assert reading.documents == []
    assert [block.text for block in reading.unread] == ["会议通知", "请各单位于周五前报送材料。"]
    assert all(block.kind is LeftOver.UNKNOWN for block in reading.unread)


def test_json_of_the_exchange_format_is_read_whatever_its_name():
    document = BudgetDocument(projects=[Project(name="水表更换")])
    data = exchange.dumps([document])
    assert read(data, name="数据.json").documents == [document]
    assert read(data, name="数据.txt").documents == [document]


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=2000),
    st.sampled_from(
        [
            ".txt",
            ".docx",
            ".xlsx",
            ".xls",
            ".pdf",
            ".json",
            ".html",
            ".csv",
            ".zip",
            ".ofd",
            ".png",
            ".doc",
            "",
        ]
    ),
)
def test_random_bytes_are_read_or_refused_but_never_crash(data, suffix):
    try:
        reading = read(data, name=f"随机{suffix}")
    except ReadingError as error:
        assert error.message
    else:
        assert isinstance(reading.documents, list)


_WORDS = ["一级指标", "二级指标", "三级指标", "指标值", "产出指标", "数量指标", "项目编码", "项目名称", "预算数", "绩效目标", "1.甲 2.乙",
          "资金支出计划（%）", "3月底", "6月底", "100%", "≥95%", "单位：万元", "203001某单位", "1、某项目绩效目标表", "一、总体绩效目标",
          "2024年部门预算绩效文本", "2、支出说明", "项目支出735.37万元", "", "\t", "合计", "5", "第二部分 预算项目绩效目标"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(_WORDS), max_size=8), max_size=25),
    st.sampled_from(["\t", "\n\t", "\n"]),
)
def test_forms_in_any_disorder_never_crash_and_lose_nothing(lines, separator):
    text = "\n".join(separator.join(line) for line in lines)
    if not text.strip():
        return
    reading = read(text.encode(), name="乱.txt")
    exchange.loads(exchange.dumps(reading.documents))
