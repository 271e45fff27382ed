"""Tables on PDF pages that a page break cuts: between rows, inside a row, inside a merged cell, inside a head."""

from __future__ import annotations

import pytest

from tests.reading.formats.pdfs import Sheet, furniture, pdf, tables

HEAD = ["科目编码", "科目名称", "合计", "基本支出"]
WIDTHS = [60, 120, 70, 70]
FORM = [70, 120, 70, 120]


def test_a_table_goes_on_over_pages_without_its_repeated_head():
    pages = [
        Sheet().table(50, 100, WIDTHS, [HEAD, [f"20{number}", f"支出{number}", "1.00", "2.00"]])
        for number in range(5)
    ]
    data = pdf(*pages)
    assert tables(data) == [
        [HEAD, *([f"20{number}", f"支出{number}", "1.00", "2.00"] for number in range(5))]
    ]
    assert furniture(data) == HEAD * 4


def test_a_cell_goes_on_over_a_page_break():
    first = Sheet().table(
        50, 760, [60, 125, 70], [["1", "加强水利工程建设提高防洪\n抗旱能力确保人民群众生命", "10"]], height=60
    )
    second = Sheet().table(50, 40, [60, 125, 70], [["", "财产安全", ""], ["2", "其他", "20"]], height=40)
    assert tables(pdf(first, second)) == [
        [["1", "加强水利工程建设提高防洪抗旱能力确保人民群众生命财产安全", "10"], ["2", "其他", "20"]]
    ]


CUT = [70, 60, 60, 60]


def test_every_cell_of_a_row_that_a_page_break_cuts_is_put_together():
    first = Sheet().table(
        50,
        700,
        CUT,
        [
            ["产出指标", "数量指标", "指标内容", "≥30 人次"],
            ["某项成本指", "每个站点年经", "按标准支付", "≤2.88 万"],
        ],
    )
    second = Sheet().table(
        50, 40, CUT, [["标", "费", "维护费", "元"], ["效益指标", "社会效益", "满意率", "90%"]]
    )
    (found,) = tables(pdf(first, second))
    assert found[1:] == [
        ["某项成本指标", "每个站点年经费", "按标准支付维护费", "≤2.88 万元"],
        ["效益指标", "社会效益", "满意率", "90%"],
    ]


def test_a_row_of_its_own_at_the_head_of_a_page_stays_one():
    first = Sheet().table(
        50, 700, CUT, [["单位名称", "性质", "级次", "备注"], ["甲单位", "行政", "一级", "新增"]]
    )
    second = Sheet().table(50, 40, CUT, [["乙单位", "", "", ""], ["丙单位", "行政", "二级", ""]])
    (found,) = tables(pdf(first, second))
    assert found[1:] == [
        ["甲单位", "行政", "一级", "新增"],
        ["乙单位", "", "", ""],
        ["丙单位", "行政", "二级", ""],
    ]


def test_a_table_with_a_title_of_its_own_at_the_head_of_a_page_goes_on_with_none():
    first = Sheet().table(50, 700, CUT, [["科目", "合计", "基本", "项目"], ["水利", "0", "0", "0"]])
    second = Sheet().table(50, 40, [250], [["项目支出预算表"]])
    second.table(50, 60, CUT, [["科目", "项目", "单位", "金额"], ["水利", "普法", "县局", "100"]])
    assert [table[0][0] for table in tables(pdf(first, second))] == ["科目", "项目支出预算表"]


def test_a_list_in_a_cell_counts_on_over_a_page_break():
    widths = [60, 200]
    first = Sheet().table(50, 700, widths, [["项目名称", "河道清淤"], ["绩效目标", "1.按时完工。"]])
    second = Sheet().table(50, 40, widths, [["", "2.群众满意。"], ["备注", "无"]])
    (found,) = tables(pdf(first, second))
    assert found[1:] == [["绩效目标", "1.按时完工。\n2.群众满意。"], ["备注", "无"]]


def test_the_next_form_at_the_head_of_a_page_is_a_table_of_its_own():
    first = Sheet().table(
        50, 700, FORM, [["项目编码", "A01", "项目名称", "水电费"], ["绩效目标", "正常运转", "", ""]]
    )
    second = Sheet().table(
        50, 40, FORM, [["项目编码", "A02", "项目名称", "维护费"], ["绩效目标", "公开透明", "", ""]]
    )
    assert [found[0][3] for found in tables(pdf(first, second))] == ["水电费", "维护费"]


def test_a_table_with_other_columns_between_the_same_margins_is_one_of_its_own():
    first = Sheet().table(50, 700, [80] * 6, [["产出指标", "数量指标", "次数", "≥", "5", "次"]])
    second = Sheet().table(50, 40, [96] * 5, [["效益指标", "社会效益", "保障", "≤", "3"]])
    assert [len(found[0]) for found in tables(pdf(first, second))] == [6, 5]


def test_a_head_that_a_page_break_cuts_keeps_the_columns_below_it():
    first = Sheet().table(50, 760, [60, 120, 240], [["科目编码", "科目名称", "本年收入"]])
    second = Sheet().table(
        50,
        40,
        [60, 120] + [60] * 4,
        [["", "", "小计", "拨款", "事业", "其他"], ["201", "公共服务", "3.00", "1.00", "2.00", ""]],
    )
    (found,) = tables(pdf(first, second))
    assert found == [
        ["科目编码", "科目名称", "本年收入"],
        ["", "", "小计", "拨款", "事业", "其他"],
        ["201", "公共服务", "3.00", "1.00", "2.00", ""],
    ]


def test_a_second_table_on_a_page_is_no_part_of_the_one_that_ends_above_it():
    first = Sheet().table(
        50,
        740,
        FORM,
        [["项目编码", "A01", "项目名称", "水电费"], ["主管部门及代", "政府", "实施单位", "办公室"]],
    )
    second = (
        Sheet()
        .table(50, 40, FORM, [["码", "", "", ""]])
        .table(50, 90, FORM, [["项目绩效模板", "", "", ""], ["绩效目标", "正常运转", "", ""]])
    )
    found = tables(pdf(first, second))
    assert [row[0] for row in found[0]] == ["项目编码", "主管部门及代码"]
    assert [row[0] for row in found[1]] == ["项目绩效模板", "绩效目标"]


def test_rows_that_a_form_has_again_are_not_its_head_repeated():
    form = [
        ["项目编码", "A01", "项目名称", "水电费"],
        ["主管部门", "政府", "实施单位", "办公室"],
        ["绩效目标", "中长期目标", "期限", "两年"],
        ["目标一", "正常运转", "", ""],
    ]
    again = [["项目编码", "A02", "项目名称", "维护费"], ["主管部门", "政府", "实施单位", "县城"]]
    rest = [["绩效目标", "中长期目标", "期限", "两年"], ["目标一", "公开透明", "", ""]]
    data = pdf(Sheet().table(50, 600, FORM, form + again), Sheet().table(50, 40, FORM, rest))
    assert tables(data) == [[*form, *again, *rest]]
    assert furniture(data) == []


@pytest.mark.parametrize(
    ("start", "rest"),
    [
        ("434-0501-YXN-", "8GLB"),
        ("县常务会议纪", "【2015】3 号文"),
        ("解决职工后顾之", "忧。"),
    ],
)
def test_what_had_no_room_on_the_last_line_of_a_page_is_put_to_it(start, rest):
    widths = [60, 92]
    first = Sheet().table(50, 740, widths, [["名称", "经费"], ["", start]])
    second = Sheet().table(50, 40, widths, [["", rest], ["其他", "无"]])
    assert tables(pdf(first, second)) == [[["名称", "经费"], ["", start + rest], ["其他", "无"]]]


def test_a_row_that_stands_whole_elsewhere_is_not_the_rest_of_a_full_cell():
    form = [["项目编码", "A01"], ["主管部门和代码", "政府"], ["项目绩效模板", ""], ["绩效目标", "正常运转"]]
    widths = [76, 120]
    first = (
        Sheet()
        .table(50, 60, widths, form)
        .text(50, 400, "第二个项目")
        .table(50, 740, widths, [["项目代码", "A02"], form[1]])
    )
    second = Sheet().table(50, 40, widths, form[2:])
    assert tables(pdf(first, second))[1] == [["项目代码", "A02"], *form[1:]]


def merged(top: float, label: str, rows: list[list[str]]) -> Sheet:
    """A first cell over all rows, its label in their middle."""
    height = 20 * len(rows)
    sheet = Sheet().table(50, top, [70], [[""]], height=height).table(120, top, [80, 100], rows)
    return sheet.text(53, top + height / 2 + 4, label) if label else sheet


def test_a_label_of_a_cut_merged_cell_is_its_label_from_where_it_begins():
    first = merged(740, "", [["数量指标", "新建泵站"]]).table(
        50, 720, [70, 80, 100], [["一级指标", "二级指标", "三级指标"]]
    )
    second = merged(
        40, "产出指标", [["质量指标", "验收合格"], ["时效指标", "按时完工"], ["成本指标", "不超预算"]]
    )
    (found,) = tables(pdf(first, second))
    assert [row[0] for row in found] == ["一级指标", "产出指标", "", "", ""]


def test_labels_of_a_head_are_not_lifted_over_a_page_break():
    widths = [70, 90, 90, 90]
    first = Sheet().table(
        50, 700, widths, [["项目名称", "补助", "单位", "县委"], ["绩效目标", "按时发放", "", ""]]
    )
    second = Sheet().table(
        50, 40, widths, [["一级指标", "二级指标", "描述", "指标值"], ["产出", "数量", "人数", "30"]]
    )
    (found,) = tables(pdf(first, second))
    assert found[1:3] == [["绩效目标", "按时发放", "", ""], ["一级指标", "二级指标", "描述", "指标值"]]


def test_the_name_of_the_first_row_of_figures_is_not_lifted_into_the_head():
    widths = [40, 100, 80, 80]
    first = Sheet().table(50, 700, widths, [["序号", "项目", "预算数", "增减"], ["", "", "其中", "幅度"]])
    second = Sheet().table(50, 40, widths, [["1", "合计", "2.88", "1.13"], ["2", "接待费", "1.00", "0.00"]])
    (found,) = tables(pdf(first, second))
    assert found[1:3] == [["", "", "其中", "幅度"], ["1", "合计", "2.88", "1.13"]]


def test_a_label_below_cells_that_are_ruled_apart_stays_in_its_row():
    widths = [90, 70, 120]
    first = Sheet().table(
        50,
        660,
        widths,
        [
            ["资金支出计划", "三月", "六月"],
            ["", "25", "50"],
            ["绩效目标", "目标1", "按期上线"],
            ["", "目标2", "查阅方便"],
        ],
    )
    second = Sheet().table(
        50, 40, widths, [["一级指标", "二级指标", "三级指标"], ["产出指标", "数量指标", "办文数量"]]
    )
    (found,) = tables(pdf(first, second))
    assert [row[0] for row in found] == ["资金支出计划", "", "绩效目标", "", "一级指标", "产出指标"]


def test_headings_of_a_head_that_a_page_break_cuts_are_put_together():
    first = Sheet().table(50, 780, [120, 56, 56], [["项目", "上缴上级", "对下补助"]])
    second = (
        Sheet()
        .table(50, 40, [60, 60], [["编码", "名称"], ["类", ""]])
        .table(170, 40, [56, 56], [["支出", "支出"]], height=40)
    )
    second.table(50, 80, [60, 60, 56, 56], [["201", "公共服务", "1.00", "2.00"]])
    (found,) = tables(pdf(first, second))
    assert found[0] == ["项目", "上缴上级支出", "对下补助支出"]
