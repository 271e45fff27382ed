"""The starter gives the pages of our own layout, and what it is filled with reads back equal."""

from __future__ import annotations

import time

import pytest

from jiheng.budget import replace
from jiheng.reading import read
from jiheng.templates import Template, check_template, starter
from jiheng.writing import write
from tests.conftest import seed_path
from tests.templates.builders import body_of, texts
from tests.writing.builders import document, project
from tests.writing.test_round_trip import VARIANTS


@pytest.fixture(scope="module")
def template() -> Template:
    return Template(starter())


def back(data: bytes):
    reading = read(data, name="文本.docx")
    assert reading.unknown == []
    return reading.documents


def test_it_has_no_problems_and_is_the_same_each_time():
    assert check_template(starter()) == []
    assert starter() == starter()


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_reads_back_equal(name, template):
    assert back(template.fill(VARIANTS[name])) == [VARIANTS[name]]


def test_several_tables_of_both_lists_read_back_equal(template):
    written = document(
        project(), project(2, "饮水管网改造", rows=60), special_funds=[project(1, "补助"), project(2, "奖励")]
    )
    assert back(template.fill(written)) == [written]


def test_the_real_performance_texts_read_back_equal(template):
    for number, title in (
        ("002", None),
        ("003", "巨鹿县官亭镇人民政府2023年部门预算绩效文本"),
        ("004", "定州市人民政府办公室部门预算绩效文本"),
    ):
        found = read(seed_path(number)).documents[0]
        written = replace(found, title=title) if title else found
        assert read(template.fill(written), name="文本.docx").documents == [written]


@pytest.mark.parametrize("name", VARIANTS)
def test_its_text_is_that_of_our_own_layout(name, template):
    def shown(data: bytes) -> list[str]:
        found = [text for text in texts(body_of(data)) if text]
        return found[found.index("目　录") + 1 :]

    own, filled = shown(write(VARIANTS[name], "docx")), shown(template.fill(VARIANTS[name]))
    # entries of our own table of contents have a page number, which Word counts for the other
    assert [text.partition("\t")[0] for text in own] == [text.partition("\t")[0] for text in filled]


def test_a_text_of_thirty_five_projects_is_filled_at_once(template):
    written = document(*[project(number, f"项目{number}", rows=10) for number in range(1, 36)])

    def seconds() -> float:
        begin = time.process_time()
        template.fill(written)
        return time.process_time() - begin

    # 0.2 on a machine with nothing else to do; the same work takes longer beside others
    assert min(seconds() for _ in range(5)) < 0.4
