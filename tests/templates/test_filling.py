"""A template filled: fields, rows, blocks, merged cells, formats; and what must never happen with a value."""

from __future__ import annotations

import pytest

from jiheng.budget import (
    Assets,
    BudgetDocument,
    CodedName,
    Expenditure,
    Kind,
    NamedAmount,
    ProjectBudget,
    Safeguard,
    replace,
)
from jiheng.errors import InvalidTemplate, WritingError
from jiheng.reading import read
from jiheng.reading.formats.word.names import W
from jiheng.templates import Template, filling
from tests.templates.builders import body_of, filled, p, rows, tbl, tc, texts, tr, word
from tests.writing.builders import document, project
from tests.writing.filled import filled_document

TWO = document(project(1, "清淤", rows=3), project(2, "管网", rows=2))


def told(text: str, found: BudgetDocument = TWO) -> str:
    """The one paragraph ``text`` when filled."""
    (paragraph,) = texts(filled(p(text), found))
    return paragraph


def test_a_field_gets_its_value_and_text_around_it_stays():
    assert told("　{{部门名称}}{{年度}}年（{{ 状态 }}）") == "　安澜县水务局2024年（草案）"


@pytest.mark.parametrize("text", ["｛｛部门名称｝｝", "{{预算年度}}", "{{部门 名称}}", "{{其他事项}}"])
def test_wide_signs_other_names_and_blanks_are_understood(text):
    assert told(text) in ("安澜县水务局", "2024", "")


def test_a_field_that_word_cut_into_runs_keeps_the_look_of_its_first():
    bold = "<w:rPr><w:b/></w:rPr>"
    cut = (
        f"<w:p><w:r><w:t>致</w:t></w:r><w:r>{bold}<w:t>{{</w:t></w:r><w:proofErr w:type='spellStart'/>"
        "<w:r><w:t>{部门</w:t></w:r><w:proofErr w:type='spellEnd'/><w:r><w:rPr><w:i/></w:rPr><w:t>名称}}：</w:t></w:r></w:p>"
    )
    root = filled(cut, TWO)
    assert texts(root) == ["致安澜县水务局："]
    (run,) = [run for run in root.iter(f"{W}r") if "水务局" in "".join(run.itertext())]
    assert run.find(f"{W}rPr/{W}b") is not None
    assert next(root.iter(f"{W}proofErr"), None) is None


def test_a_row_repeats_by_itself_for_the_fields_that_it_holds():
    table = tbl(
        tr("名称", "预算"),
        tr("{{项目.项目名称}}", "{{项目.预算数}}{{项目.金额单位}}"),
        tr("合计", "{{项目支出}}"),
    )
    assert rows(filled(table, replace(TWO, expenditure=Expenditure(project="12.00")))) == [
        ["名称", "预算"], ["清淤", "6.00万元"], ["管网", "6.00万元"], ["合计", "12.00"],
    ]  # fmt: skip


def test_rows_of_one_list_repeat_together_and_so_do_those_merged_with_them():
    table = tbl(
        tr(tc("{{项目.序号}}", merge="restart"), "{{项目.项目名称}}"),
        tr(tc("", merge="continue"), "固定文字"),
        tr(tc("", merge="continue"), "{{项目.资金用途}}"),
    )
    assert rows(filled(table, TWO)) == [
        ["1", "清淤"], ["↑", "固定文字"], ["↑", "用于清理山洪沟淤积物。"],
        ["2", "管网"], ["↑", "固定文字"], ["↑", "用于清理山洪沟淤积物。"],
    ]  # fmt: skip


def test_a_row_of_indicators_repeats_within_its_project():
    body = p("{{#项目}}") + p("{{项目.表题}}") + tbl(tr("{{指标.三级指标}}")) + p("{{/项目}}")
    root = filled(body, TWO)
    assert [text for text in texts(root) if text] == [
        "1.清淤绩效目标表", "指标0", "指标1", "指标2", "2.管网绩效目标表", "指标0", "指标1",
    ]  # fmt: skip


def test_one_row_may_hold_fields_of_a_list_and_of_the_list_inside_it():
    table = tbl(tr("{{项目.项目名称|合并}}", "{{指标.三级指标}}"))
    assert rows(filled(table, TWO)) == [
        ["清淤", "指标0"], ["↑", "指标1"], ["↑", "指标2"], ["管网", "指标0"], ["↑", "指标1"],
    ]  # fmt: skip


def test_a_row_of_a_project_may_be_followed_by_the_rows_of_its_indicators():
    table = tbl(
        tr(tc("{{项目.项目名称}}", merge="restart"), "指标"),
        tr(tc("", merge="continue"), "{{指标.三级指标}}"),
    )
    assert rows(filled(table, TWO)) == [
        ["清淤", "指标"], ["↑", "指标0"], ["↑", "指标1"], ["↑", "指标2"],
        ["管网", "指标"], ["↑", "指标0"], ["↑", "指标1"],
    ]  # fmt: skip


def test_equal_neighbours_are_merged_on_request_and_not_across_a_merged_column_to_the_left():
    found = project(rows=7)
    table = tbl(tr("{{指标.一级指标|合并}}", "{{指标.确定依据|合并}}", "{{指标.三级指标}}"))
    body = p("{{#项目}}") + table + p("{{/项目}}")
    assert rows(filled(body, document(found))) == [
        ["产出指标", "工程方案", "指标0"], ["↑", "↑", "指标1"], ["↑", "↑", "指标2"], ["↑", "↑", "指标3"],
        ["效益指标", "工程方案", "指标4"], ["↑", "↑", "指标5"],
        ["满意度指标", "工程方案", "指标6"],
    ]  # fmt: skip


def test_a_label_merged_over_heading_and_repeated_rows_stays_one_cell():
    table = tbl(
        tr(tc("绩效指标", merge="restart"), "名称"),
        tr(tc("", merge="continue"), "{{项目.项目名称}}"),
        tr("完", "完"),
    )
    assert rows(filled(table, TWO)) == [["绩效指标", "名称"], ["↑", "清淤"], ["↑", "管网"], ["完", "完"]]


def test_a_merged_cell_whose_first_row_is_left_out_begins_in_the_next():
    table = tbl(
        tr("{{?专项资金}}", ""), tr(tc("标签", merge="restart"), "甲"), tr("{{/专项资金}}", ""),
        tr(tc("标签", merge="continue"), "乙"), tr(tc("", merge="continue"), "丙"),
    )  # fmt: skip
    assert rows(filled(table, TWO)) == [["标签", "乙"], ["↑", "丙"]]


def test_blocks_nest_and_are_shown_only_with_something_in_them():
    body = (
        p("{{?专项资金}}") + p("有专项资金") + p("{{/专项资金}}") + p("{{!专项资金}}") + p("无专项资金") + p("{{/专项资金}}")
        + p("{{#项目}}") + p("{{项目.项目名称}}") + p("{{#绩效目标}}") + p("（{{绩效目标.序号}}）{{绩效目标}}") + p("{{/绩效目标}}")
        + p("{{/项目}}")
    )  # fmt: skip
    goals = ["（1）清理淤积，保证汛期行洪。", "（2）减少沿沟农户的损失。"]
    assert texts(filled(body, TWO)) == ["无专项资金", "清淤", *goals, "管网", *goals]


def test_a_paragraph_that_is_one_block_goes_with_it_and_one_inside_a_sentence_leaves_the_sentence():
    body = p("{{?审核单位}}{{审核单位}}审核{{/审核单位}}") + p("{{部门名称}}{{?状态}}（{{状态}}）{{/状态}}。")
    assert texts(filled(body, TWO)) == ["安澜县财政局审核", "安澜县水务局（草案）。"]
    assert texts(filled(body, replace(TWO, status=None, reviewer=None))) == ["安澜县水务局。"]


def test_a_list_in_a_sentence_with_what_stands_between_its_items():
    spent = Expenditure(projects=[NamedAmount(name="甲", amount="6.00"), NamedAmount(name="乙")])
    text = (
        "主要为{{#支出项目}}{{支出项目.名称}}{{?支出项目.金额}}{{支出项目.金额}}万元{{/支出项目.金额}}"
        "{{!支出项目.末项}}，{{/支出项目.末项}}{{/支出项目}}。"
    )
    assert told(text, replace(TWO, expenditure=spent)) == "主要为甲6.00万元，乙。"


def test_any_of_several_is_enough_for_a_condition():
    assert told("有{{?专项资金、项目}}项目{{/专项资金}}") == "有项目"
    assert told("有{{!专项资金、项目}}空{{/专项资金、项目}}") == "有"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{支出合计|万元}}", "1256.778"), ("{{支出合计|元}}", "12567780.00"), ("{{支出合计|亿元}}", "0.1256778"),
        ("{{支出合计|千分}}", "1,256.7780"), ("{{支出合计|元|千分}}", "12,567,780.00"),
        ("{{支出合计|大写}}", "壹仟贰佰伍拾陆万柒仟柒佰捌拾元整"), ("{{资产截止日期|日期}}", "2023年12月31日"),
        ("{{年度|中文}}", "2024"), ("{{总体绩效目标|顿号}}", "1.守住防汛安全底线。、2.改善农村饮水条件。"),
        ("{{基本支出|空=无}}", "无"), ("{{支出合计|空=无}}", "1256.7780"), ("{{基本支出|空＝／}}", "／"), ("{{基本支出|大写}}", ""),
        ("{{项目个数}}", "2"), ("{{上年度}}", "2023"), ("{{文件种类}}", "部门预算绩效文本"),
    ],
)  # fmt: skip
def test_how_a_value_is_written(text, expected):
    found = replace(TWO, expenditure=Expenditure(total="1256.7780"), assets=Assets(as_of="2023-12-31"))
    assert told(text, found) == expected


def test_amounts_go_by_the_unit_of_their_table():
    found = document(project(budget=ProjectBudget(total="60000", unit="元")))
    assert rows(filled(tbl(tr("{{项目.预算数|万元}}", "{{项目.预算数|大写}}")), found)) == [
        ["6.00", "陆万元整"]
    ]


def test_numbers_of_one_name_count_on_and_others_for_themselves():
    body = p("{{编号.章|中文}}、甲") + p("{{编号.章|中文}}、乙") + p("{{编号.节}}")
    assert texts(filled(body, TWO)) == ["一、甲", "二、乙", "1"]


def test_lines_become_breaks_or_paragraphs_with_the_look_of_theirs():
    found = replace(TWO, safeguards=[Safeguard(text="一是调度。\n二是检查。")])
    body = p("{{#保障措施}}") + p("措施：{{保障措施.内容}}完") + p("{{/保障措施}}")
    assert texts(filled(body, found)) == ["措施：一是调度。\n二是检查。完"]
    apart = (
        p("{{#保障措施}}")
        + p("措施：{{保障措施.内容|分段}}完", look='<w:jc w:val="center"/>')
        + p("{{/保障措施}}")
    )
    root = filled(apart, found)
    assert texts(root) == ["措施：一是调度。", "二是检查。完"]
    assert len(list(root.iter(f"{W}jc"))) == 2


def test_a_value_is_text_whatever_it_looks_like():
    nasty = "<w:p/>&amp; {{审核单位}} {{#项目}}\x00\x0b\ufffe\ud800\t]]>"
    root = filled(p("{{部门名称}}"), replace(TWO, department=CodedName(None, nasty)))
    assert texts(root) == ["<w:p/>&amp; {{审核单位}} {{#项目}}\t]]>"]


def test_headers_and_text_boxes_are_filled_as_well():
    box = (
        "<w:p><w:r><w:t>框外{{年度}}</w:t></w:r><w:r><w:pict><w:txbxContent>"
        f"{p('{{部门名称}}')}{p('{{?专项资金}}')}{p('x')}{p('{{/专项资金}}')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    data = Template(word(box, header=p("{{标题}}"))).fill(TWO)
    assert texts(body_of(data))[1:] == ["安澜县水务局"]
    assert texts(body_of(data, "word/header1.xml")) == [TWO.title]


def test_what_held_nothing_but_a_block_keeps_the_paragraph_that_word_asks_for():
    body = (
        tbl(tr(tc("{{?专项资金}}", "x", "{{/专项资金}}")))
        + p("{{?专项资金}}")
        + tbl(tr("{{部门名称}}"))
        + p("{{/专项资金}}")
    )
    assert rows(filled(body, TWO)) == [[""]]
    assert [child.tag for child in filled(tbl(tr("{{专项资金.项目名称}}")), TWO).find(f"{W}body")] == [
        f"{W}sectPr"
    ]


def test_a_section_or_page_break_in_the_paragraph_of_a_mark_is_kept():
    body = p("{{#项目}}") + p("{{项目.项目名称}}") + p("{{/项目}}", look="<w:sectPr/>")
    assert len(list(filled(body, TWO).iter(f"{W}sectPr"))) == 3
    page = (
        '<w:p><w:r><w:t>{{#项目}}</w:t><w:br w:type="page"/></w:r></w:p>'
        + p("{{项目.项目名称}}")
        + p("{{/项目}}")
    )
    assert len(list(filled(page, TWO).iter(f"{W}br"))) == 2


def test_bookmarks_and_links_to_them_are_told_apart_in_copies():
    mark = '<w:bookmarkStart w:id="7" w:name="_t"/><w:r><w:t>{{项目.项目名称}}</w:t></w:r><w:bookmarkEnd w:id="7"/>'
    link = '<w:hyperlink w:anchor="_t"><w:r><w:t>{{项目.序号}}</w:t></w:r></w:hyperlink>'
    body = (
        p("{{#项目}}")
        + f"<w:p>{link}</w:p>"
        + p("{{/项目}}")
        + p("{{#项目}}")
        + f"<w:p>{mark}</w:p>"
        + p("{{/项目}}")
    )
    root = filled(body, TWO)
    anchors = [one.get(f"{W}anchor") for one in root.iter(f"{W}hyperlink")]
    assert anchors == [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")] == ["_t_1", "_t_2"]
    assert [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")] == ["1", "2"]


def test_every_kind_of_document_can_be_written_by_a_template():
    names = (
        p("{{#整体目标表}}")
        + tbl(tr("{{任务.任务名称}}", "{{任务.执行数}}"))
        + tbl(tr("{{指标.实际完成值}}"))
        + p("{{/整体目标表}}")
    )
    for kind in Kind:
        assert rows(filled(names, filled_document(kind)))


def test_nothing_of_ours_is_left_and_the_same_document_gives_the_same_file():
    template = Template(
        word(
            p("{{#项目}}") + tbl(tr("{{指标.一级指标|合并}}")) + p("{{项目.绩效目标|分段}}") + p("{{/项目}}")
        )
    )
    data = template.fill(TWO)
    assert b"jiheng" not in b"".join(body_of(data).tag.encode() for _ in "x") + _xml(data)
    assert data == template.fill(TWO)


def _xml(data: bytes) -> bytes:
    from lxml import etree

    return etree.tostring(body_of(data))


def test_a_filled_file_reads_as_a_word_file():
    reading = read(Template(word(p("{{标题}}") + tbl(tr("{{项目.项目名称}}")))).fill(TWO), name="文本.docx")
    assert reading.format == "docx"


def test_a_template_with_problems_is_not_filled():
    with pytest.raises(InvalidTemplate, match=r"部们名称.*部门名称"):
        Template(word(p("{{部们名称}}"))).fill(TWO)


def test_a_file_that_would_grow_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(filling, "_MOST", 10)
    with pytest.raises(WritingError, match="过大"):
        filled(tbl(tr("{{项目.项目名称}}")), TWO)
