"""Headings and glossary terms are recognised however a county writes them."""

import pytest

from jiheng.standards.disclosure import chapter_of, chapters, glossary, glossary_term, performance_text_parts


def test_there_are_nine_chapters_numbered_in_order():
    assert [chapter.number for chapter in chapters()] == list(range(1, 10))


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.title)
def test_a_title_opens_its_own_chapter_for_department_and_unit(chapter):
    assert chapter_of(chapter.title) == chapter
    assert chapter_of(chapter.title.replace("部门", "单位")) == chapter


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("一、部门职责及机构设置情况", 1), ("二、单位预算安排的总体情况", 2), ("三、机关运行经费安排情况", 3),
        ("四、财政拨款“三公”经费预算情况及增减变化原因", 4), ('四、财政拨款"三公"经费预算情况', 4),
        ("五、预算绩效 信息", 5), ("六、政府采购预算情况", 6), ("七、国有资产信息", 7), ("八、名词解释", 8),
        ("九、其他需要说明的事项", 9),
    ],
)  # fmt: skip
def test_a_heading_opens_its_chapter(heading, number):
    found = chapter_of(heading)
    assert found is not None and found.number == number


@pytest.mark.parametrize("heading", ["一、政务服务与政务管理", "一、总体绩效目标", "六、综合事务管理", ""])
def test_other_headings_open_none(heading):
    assert chapter_of(heading) is None


def test_the_glossary_has_ten_terms_each_known_by_name_and_alias():
    assert len(glossary()) == 10
    for term in glossary():
        assert glossary_term(term.name) == term
        assert all(glossary_term(alias) == term for alias in term.aliases)


@pytest.mark.parametrize(
    ("text", "name"),
    [("7、“三公”经费", "“三公”经费"), ('"三公"经费', "“三公”经费"), ("机关运行经费", "机关运行费"),
     ("10、事业单位经营支出", "事业单位经营支出")],
)  # fmt: skip
def test_a_term_is_found_as_it_is_printed(text, name):
    found = glossary_term(text)
    assert found is not None and found.name == name


def test_what_is_no_term_is_none():
    assert glossary_term("预算绩效") is None
    assert glossary_term("") is None


def test_the_performance_text_has_two_parts():
    whole, projects = performance_text_parts()
    assert whole.sections == ("总体绩效目标", "分项绩效目标", "工作保障措施")
    assert projects.title == "预算项目绩效目标" and "专项资金绩效目标" in projects.aliases
