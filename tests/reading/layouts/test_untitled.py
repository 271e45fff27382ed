"""Disclosures without a title or without headings: notices, excerpts, sentences that stand alone."""

from __future__ import annotations

import pytest

from jiheng.budget import Kind, Place
from jiheng.reading import read
from jiheng.reading.blocks import Paragraph
from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.layouts.prose.chapters import Topic
from jiheng.reading.layouts.prose.titles import looks_like_body, parse_lines, parse_title
from jiheng.reading.layouts.prose.untitled import parse_notice, topic_of_sentence

NOTICE = """安澜县柳河镇人民政府
2022年度“三公”经费决算汇总情况
现将柳河镇2022年度“三公”经费决算情况公布如下：
2022年度“三公”经费决算6.5万元，因公出国（境）费0万元，公务接待费1.5万元，公务用车运行维护费5万元。与2021年决算数相比减少0.4万元。
2022年国内公务接待18批次，150人次。
（联系电话：000-00000000。）
"""
EXCERPT = """二、收入决算情况说明
2021年本年收入合计376.5万元，其中：一般公共预算财政拨款收入300万元，占79.68%；事业收入76.5万元，占20.32%。
三、支出决算情况说明
2021年本年支出合计370万元，其中：基本支出270万元，占72.97%；项目支出100万元，占27.03%。
"""


def blocks_of(text: str) -> list[Paragraph]:
    return [Paragraph(line, Place(line=number)) for number, line in enumerate(text.splitlines(), 1)]


def document_in(text: str):
    documents, unread, _ = read_documents(blocks_of(text))
    assert [block.text for block in unread if block.kind is LeftOver.UNKNOWN] == []
    (document,) = documents
    return document


def test_a_notice_with_its_title_in_two_lines():
    found = document_in(NOTICE)
    assert (found.kind, found.fiscal_year) == (Kind.FINAL_ACCOUNTS, 2022)
    assert found.department.name == "安澜县柳河镇人民政府"
    assert found.title == "安澜县柳河镇人民政府2022年度“三公”经费决算汇总情况"
    assert (found.three_public.total, found.three_public.change) == ("6.5", "-0.4")


def test_what_follows_the_first_sentence_stays_with_it():
    found = document_in(NOTICE)
    assert {remark.section for remark in found.remarks if "批次" in remark.text} == {"three_public"}


def test_one_sentence_alone():
    found = document_in("2024年一般公共预算“三公”经费支出预算为14.1万元，与2023年预算相比减少2万元。")
    assert (found.kind, found.fiscal_year) == (Kind.DEPARTMENT_DISCLOSURE, 2024)
    assert (found.three_public.total, found.three_public.change) == ("14.1", "-2")


def test_an_excerpt_says_its_kind_and_year_in_its_sentences():
    found = document_in(EXCERPT)
    assert (found.kind, found.fiscal_year) == (Kind.FINAL_ACCOUNTS, 2021)
    assert (found.revenue.total, found.expenditure.project) == ("376.5", "100")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023年“三公”经费支出预算为9万元，2023年实际支出“三公经费”决算为7万元。", Kind.FINAL_ACCOUNTS),
        ("2023年“三公”经费支出31万元，比上年累计支出33万元减少2万元。", Kind.FINAL_ACCOUNTS),
        ("绩效运行监控报告\n# 2023年项目支出预算19万元，1-6月实际支出3万元。", Kind.MONITORING),
        ("项目绩效自评报告\n# 2023年项目支出预算19万元，全年支出19万元。", Kind.SELF_EVALUATION),
    ],
)
def test_what_was_spent_and_what_reports_call_themselves_tell_the_kind(text, kind):
    assert document_in(text).kind is kind


def test_a_paragraph_in_another_s_chapter_may_begin_with_its_topic():
    found = document_in(
        "安澜县体育局2023年部门预算公开\n一、“三公”经费情况说明\n"
        "2023年，本部门机关运行经费安排31.2万元，比上年增加1.5万元，主要原因是办公用房增加。\n"
        "2023年本部门安排“三公”经费2.9万元，比上年增加0.5万元。\n"
    )
    assert found.operating_funds.total == "31.2"
    assert (found.three_public.total, found.three_public.change) == ("2.9", "0.5")
    assert found.three_public.reasons is None


def test_sentences_above_a_table_are_read_with_it():
    table = (
        "<p>2023年区本级“三公”经费支出预算为44.2万元，与2022年预算基本持平，其中：公务接待费3.2万元。</p>"
        "<p>2023年区本级“三公”经费预算支出表</p><p>单位：万元</p><table><tr><td>项目</td><td>预算数</td></tr>"
        "<tr><td>合计</td><td>44.2</td></tr><tr><td>1.因公出国（境）费用</td><td>0</td></tr>"
        "<tr><td>2.公务接待费</td><td>3.2</td></tr><tr><td>3.公务用车购置及运行维护费</td><td>41</td></tr></table>"
    )
    found = read(f"<html><body>{table}</body></html>".encode(), name="a.html").documents[0]
    assert (found.kind, found.fiscal_year) == (Kind.DEPARTMENT_DISCLOSURE, 2023)
    assert (found.three_public.total, found.three_public.change) == ("44.2", "0")
    assert len(found.tables) == 1


@pytest.mark.parametrize(
    "text",
    [
        "项目支出绩效自评表（2022年度）项目名称 河道清淤 年度资金总额 90万元 其中财政拨款90万元 一级指标 二级指标",
        "财政部门有关负责人表示，改革取得进展。\n"
        + "各地加快推进，公开范围逐年扩大，内容不断细化。" * 12
        + "\n“三公”经费支出3亿元。",
    ],
)
def test_forms_that_lost_their_lines_and_news_are_no_disclosures_and_stay_left_over(text):
    documents, unread, _ = read_documents(blocks_of(text))
    assert documents == []
    assert "".join(block.text for block in unread) == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "安澜县司法局2022年“三公”经费预算情况",
            (Kind.DEPARTMENT_DISCLOSURE, 2022, "安澜县司法局"),
        ),
        (
            "安澜县农业农村局2022年度“三公”经费决算情况说明",
            (Kind.FINAL_ACCOUNTS, 2022, "安澜县农业农村局"),
        ),
        (
            "安澜县审计局2022年预算“三公”经费情况说明",
            (Kind.DEPARTMENT_DISCLOSURE, 2022, "安澜县审计局"),
        ),
        ("六、2022年度“三公”经费决算情况说明", None),
        ("表七 2022年“三公”经费预算", None),
    ],
)
def test_titles_of_notices(text, expected):
    assert parse_notice(text) == expected


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("政府采购支出总额88万元。", Topic.PROCUREMENT),
        ("本部门机关运行经费支出12万元。", Topic.OPERATING_FUNDS),
        ("基本支出预算7,034,418.94元，项目支出0元。", Topic.OVERVIEW),
        ("政府采购工作规范有序。", None),
        ("粮食产量创造产值8万元。", None),
    ],
)
def test_what_a_sentence_is_about(text, topic):
    assert topic_of_sentence(text) is topic


@pytest.mark.parametrize("name", ["安澜市第一幼儿园", "安澜县第二中学", "安澜县农业农村厅", "柳河乡党政办"])
def test_schools_and_offices_are_bodies(name):
    assert looks_like_body(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("安澜县柳河镇人民政府2023年部门预算及“三公”经费预算公开说明", "安澜县柳河镇人民政府"),
        ("安澜县教育局关于2023年度部门决算的说明", "安澜县教育局"),
        ("安澜县统计局2023年部门决算公开信息", "安澜县统计局"),
    ],
)
def test_wordings_of_titles(text, name):
    assert parse_title(text).name == name


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("安澜县农垦局2023年度", "部门决算", "安澜县农垦局"),
        ("2023年度", "柳河镇人民政府部门决算", "柳河镇人民政府"),
        ("2023年度", "2024年部门预算", None),
        ("安澜县农垦局", "部门决算", None),
    ],
)
def test_a_title_in_two_lines(first, second, name):
    found = parse_lines(first, second)
    assert (found.name if found else None) == name


def test_a_document_with_its_title_in_two_lines():
    found = document_in(
        "安澜县农垦局2023年度\n部门决算\n第一部分 部门概况\n一、主要职责\n1.管理农场。\n"
        "第二部分 2023年度部门决算情况说明\n一、收入决算情况说明\n2023年度收入合计50.5万元。\n"
    )
    assert (found.kind, found.fiscal_year) == (Kind.FINAL_ACCOUNTS, 2023)
    assert (found.title, found.department.name) == ("安澜县农垦局2023年度部门决算", "安澜县农垦局")
    assert found.revenue.total == "50.5"


@pytest.mark.parametrize(
    "title", ["安澜县水务局2024年部门预算信息公开情况说明", "安澜县水务局2024年部门预算公开说明"]
)
def test_the_line_that_dates_a_publication_is_kept(title):
    told = "批复日期：2024年2月1日　公开日期：2024年2月18日"
    document = document_in(f"{title}\n{told}\n一、部门职责及机构设置情况\n部门职责：\n负责水利工程建设。\n")
    assert [(remark.section, remark.text) for remark in document.remarks] == [("introduction", told)]
