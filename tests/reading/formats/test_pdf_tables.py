"""Tables on PDF pages: however their lines are drawn, or not; over page breaks; with text that leaves its cell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.reading.formats.pdfs import Sheet, furniture, paragraphs, pdf, tables

HEAD = ["科目编码", "科目名称", "合计", "基本支出"]
ROWS = [
    HEAD,
    ["2130301", "行政运行", "1,234.50", "1,200.00"],
    ["2130302", "一般行政管理事务", "34.50", "0.50"],
    ["合计", "", "1,269.00", "1,200.50"],
]
WIDTHS = [60, 120, 70, 70]
KINDS = ["stroked", "filled", "double", "dashed", "pieces", "picture"]


@pytest.mark.parametrize("kind", KINDS)
def test_lines_of_every_kind_make_the_same_table(kind):
    assert tables(pdf(Sheet().table(50, 100, WIDTHS, ROWS, kind=kind))) == [ROWS]


@pytest.mark.parametrize("kind", KINDS)
def test_words_in_lines_of_every_kind_make_a_table(kind):
    words = [["指标", "内容"], ["数量指标", "修建渠道"], ["质量指标", "验收合格"]]
    assert tables(pdf(Sheet().table(50, 100, [100, 200], words, kind=kind))) == [words]


@pytest.mark.parametrize(
    "missing",
    [
        "left right", "top bottom", "left right top bottom", "inner-rows", "inner-columns", "inner-rows inner-columns",
        "left right inner-columns", "left right top bottom inner-rows inner-columns",
    ],
)  # fmt: skip
def test_lines_that_are_missing_are_made_up_from_the_text(missing):
    rows = [*ROWS[:-1], ["2130303", "水利工程建设", "10.00", "1.00"], ROWS[-1]]
    assert tables(pdf(Sheet().table(50, 100, WIDTHS, rows, skip=missing))) == [rows]


def test_a_ruled_head_over_rows_that_no_line_parts():
    sheet = Sheet().table(50, 100, WIDTHS, [HEAD]).table(50, 120, WIDTHS, [[""] * 4], height=100)
    rows = [["201", "公共服务", "207.40", "100.00"], ["20105", "统计", "39.99", "19.99"],
            ["2010507", "普查", "39.99", ""], ["合计", "", "287.38", "119.99"]]  # fmt: skip
    for number, row in enumerate(rows):
        for x, word in zip((53, 113, 233, 303), row, strict=True):
            sheet.text(x, 136 + 22 * number, word)
    assert tables(pdf(sheet)) == [[HEAD, *rows]]


def test_paragraphs_in_one_ruled_cell_stay_in_it():
    rows = [
        ["年度目标", "1.修建渠道三公里。\n2.改造泵站两座。\n3.清淤河道。\n4.巡查。", "100.00"],
        ["说明", "无", "0.00"],
    ]
    assert tables(pdf(Sheet().table(50, 100, [80, 200, 80], rows, height=60))) == [rows]


def unruled(rows: Sequence[Sequence[str]], xs: Sequence[float], figures: Sequence[int]) -> bytes:
    sheet = Sheet().text(200, 60, "收支总表").text(450, 75, "单位：万元")
    for number, row in enumerate(rows):
        for column, word in enumerate(row):
            width = sum(5 if sign.isascii() else 10 for sign in word)
            sheet.text(xs[column] + (60 - width if column in figures else 0), 100 + 18 * number, word)
    return pdf(sheet.text(50, 130 + 18 * len(rows), "注：本表反映部门本年度总收支和年末结转结余情况。"))


def test_income_beside_expenditure_without_any_line():
    rows = [
        ["项目", "金额", "项目", "金额"],
        ["一、一般公共预算拨款收入", "4,733.14", "一、一般公共服务支出", ""],
        ["二、政府性基金预算拨款收入", "", "二、外交支出", ""],
        ["三、事业收入", "12.00", "三、国防支出", ""],
        ["", "", "四、公共安全支出", "471.44"],
        ["", "", "五、教育支出", ""],
        ["", "", "六、科学技术支出", "109.34"],
        ["本年收入合计", "4,745.14", "本年支出合计", "4,745.14"],
        ["总计", "4,745.14", "总计", "4,745.14"],
    ]
    data = unruled(rows, [50, 210, 290, 450], [1, 3])
    assert tables(data) == [rows]
    assert paragraphs(data)[:2] == ["收支总表", "单位：万元"]
    assert paragraphs(data)[2].startswith("注：")


def test_a_name_of_two_lines_around_its_row_without_any_line():
    printed = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["201", "一般公共服务支出", "207.40", "100.00", "107.40"],
        ["20105", "统计信息事务", "39.99", "", "39.99"], ["", "其他文化旅游体育与传媒", "", "", ""],
        ["20799", "", "66.55", "66.55", ""], ["", "支出", "", "", ""], ["合计", "", "313.94", "166.55", "147.39"],
    ]  # fmt: skip
    rows = [*printed[:3], ["20799", "其他文化旅游体育与传媒支出", "66.55", "66.55", ""], printed[-1]]
    assert tables(unruled(printed, [50, 110, 260, 340, 420], [2, 3, 4])) == [rows]


def test_prose_and_contents_lists_without_lines_are_no_tables():
    sheet = Sheet()
    for number in range(8):
        sheet.text(50, 100 + 20 * number, f"{number + 1}.部门收支总表……………………………………………………………{number + 3}")
        sheet.text(
            50, 400 + 20 * number, "本部门 2025 年收入 100.00 万元，支出 90.00 万元，结余 10.00 万元。"
        )
    assert tables(pdf(sheet)) == []


NAMES = [
    "机关事业单位基本养老保\n险缴费支出",
    "机关事业单位职业年金缴\n费支出",
    "其他行政事业单位养老支\n出",
    "抚恤",
    "死亡抚恤",
]
CODES = ["2080505", "2080506", "2080599", "20808", "2080801"]


@pytest.mark.parametrize("order", ["rows", "columns"])
@pytest.mark.parametrize("middle", [False, True])
def test_names_that_leave_their_row_are_given_back(order, middle):
    sheet = Sheet().table(50, 100, [60, 115, 70, 70], [[""] * 4] * 5, height=14)
    painted = []
    for row, (code, name) in enumerate(zip(CODES, NAMES, strict=True)):
        y = 111 + 14 * row
        parts = name.split("\n")
        up = 5.5 * (len(parts) - 1) if middle else 0
        painted.append((row, 0, 53, y, code))
        painted += [(row, 1, 113, y - up + 11 * number, part) for number, part in enumerate(parts)]
        painted += [(row, 2, 240, y, f"{229.67 + row:.2f}"), (row, 3, 310, y, f"{116.59 + row:.2f}")]
    if order == "columns":
        painted.sort(key=lambda piece: piece[1])
    for _, _, x, y, word in painted:
        sheet.text(x, y, word)
    assert tables(pdf(sheet)) == [
        [
            [code, name.replace("\n", ""), f"{229.67 + row:.2f}", f"{116.59 + row:.2f}"]
            for row, (code, name) in enumerate(zip(CODES, NAMES, strict=True))
        ]
    ]


@pytest.mark.parametrize("widths", [[38, 42, 32, 60], [30, 42, 32, 60]])
def test_figures_that_touch_over_a_border_stay_apart(widths):
    rows = [["2010301", "行政运行", "1234.56", "1200.00"], ["2010302", "管理事务", "1234.50", "200.00"]]
    assert tables(pdf(Sheet().table(50, 100, widths, rows))) == [rows]


def test_figures_that_touch_stay_apart_although_painted_sign_by_sign():
    sheet = Sheet().table(50, 100, [38, 42, 35, 60], [["", "", "", ""]] * 2)
    for number, words in enumerate(
        (("2010301", "行政运行", "1234.56", "1200.00"), ("2010302", "管理事务", "1234.50", "200.00"))
    ):
        for x, word in zip((53, 91, 131, 166), words, strict=True):
            at = float(x)
            for sign in word:
                sheet.text(at, 114 + 20 * number, sign)
                at += 5 if sign.isascii() else 10
    assert tables(pdf(sheet)) == [
        [["2010301", "行政运行", "1234.56", "1200.00"], ["2010302", "管理事务", "1234.50", "200.00"]]
    ]


def test_a_long_name_in_a_narrow_column_stays_in_it():
    sheet = Sheet().table(50, 100, [30, 160, 60], [["", "", ""]] * 2)
    sheet.text(53, 114, "水利建设资金").text(193 + 50, 114, "10.00").text(53, 134, "防汛").text(
        243, 134, "5.00"
    )
    assert tables(pdf(sheet)) == [[["水利建设资金", "", "10.00"], ["防汛", "", "5.00"]]]


def test_two_tables_side_by_side_stay_two():
    left, right = [["a", "收入", "1"], ["b", "收入二", "2"]], [["c", "支出", "3"], ["d", "支出二", "4"]]
    sheet = Sheet().text(50, 90, "表一").text(320, 90, "表二")
    sheet.table(50, 100, [60, 80, 50], left).table(320, 100.5, [60, 80, 50], right)
    assert tables(pdf(sheet)) == [left, right]


def test_two_columns_of_text_are_read_one_after_the_other():
    left = [
        "一、部门职责：负责辖区内的水利工程规划建",
        "设和管理，组织实施防汛抗旱工作，承担水资",
        "源管理职责，完成县委县政府交办的事项。",
    ]
    right = [
        "二、机构设置：本部门内设办公室、财务科、",
        "规划科、水政科四个科室，下属事业单位两家",
        "均为财政全额拨款单位，编制共四十二名。",
    ]
    sheet = Sheet().text(200, 60, "示例县水务局部门概况", 16)
    for number in range(3):
        sheet.text(50, 100 + 16 * number, left[number]).text(310, 100 + 16 * number, right[number])
    assert paragraphs(pdf(sheet)) == ["示例县水务局部门概况", "".join(left), "".join(right)]


def test_a_running_head_with_a_page_number_is_furniture():
    words = "一二三四五"
    pages = [
        Sheet().text(50, 40, f"示例县水务局部门预算 第{number}页").text(290, 820, str(number))
        .text(50, 200, f"第{words[number - 1]}段文字写在这里。")
        for number in range(1, 6)
    ]  # fmt: skip
    assert paragraphs(pdf(*pages)) == [f"第{word}段文字写在这里。" for word in words]
    assert len(furniture(pdf(*pages))) == 10
