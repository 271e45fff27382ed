"""Indicator names, units and words are known as both systems and the counties write them."""

import pytest

from jiheng.errors import UnknownCode
from jiheng.standards import indicator_framework as framework
from jiheng.standards.datafile import toml_table
from jiheng.standards.regulations import regulation


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("效果指标", "效益指标"), ("产出", "产出指标"), ("产出 指标", "产出指标"), ("数量", "数量指标"),
        ("服务对象满意度", "服务对象满意度指标"), ("服务对象\n满意度指标", "服务对象满意度指标"),
        ("满意度指标", "满意度指标"), ("环境效益指标", "生态效益指标"), ("可持续影响指标", "可持续影响指标"),
        ("办公费标准", "办公费标准"), ("技术指标", "技术指标"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_has_one_standard_form(written, name):
    assert framework.canonical(written) == name


def test_every_alias_leads_to_a_name_of_the_framework():
    for alias, name in toml_table("indicator_framework.toml")["aliases"].items():
        assert framework.is_level1(name) or framework.is_level2(name), alias
        assert framework.canonical(alias) == name


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("产出指标", True, False), ("效果指标", True, False), ("满意度指标", True, False),
        ("数量指标", False, True), ("成本指标", True, True), ("可持续影响指标", False, True),
        ("服务对象满意度指标", False, True), ("订购份数", False, False), ("技术指标", False, False),
    ],
)  # fmt: skip
def test_the_level_of_a_name(name, first, second):
    assert (framework.is_level1(name), framework.is_level2(name)) == (first, second)


@pytest.mark.parametrize(
    ("level2", "level1"),
    [
        ("数量指标", "产出指标"), ("质量指标", "产出指标"), ("时效指标", "产出指标"),
        ("成本指标", "产出指标"), ("经济成本指标", "成本指标"), ("社会效益", "效益指标"),
        ("可持续影响指标", "效益指标"), ("服务对象满意度指标", "满意度指标"), ("产出指标", None),
        ("订购份数", None),
    ],
)  # fmt: skip
def test_what_stands_above_a_second_level_name(level2, level1):
    assert framework.parent_of(level2) == level1


@pytest.mark.parametrize(
    ("level2", "level1", "expected"),
    [
        ("数量指标", "产出指标", True), ("社会效益指标", "效果指标", True), ("成本指标", "产出指标", True),
        ("经济成本指标", "成本指标", True), ("经济成本指标", "产出指标", True),
        ("社会成本指标", "产出指标", False), ("时效指标", "效益指标", False),
        ("服务对象满意度指标", "效益指标", False), ("订购份数", "产出指标", False),
    ],
)  # fmt: skip
def test_where_a_second_level_name_may_stand(level2, level1, expected):
    assert framework.belongs(level2, level1) is expected


def test_the_systems_say_what_is_obligatory():
    older, newer = framework.layouts()
    assert {one.name for one in older.level1 if one.is_obligatory} == {"产出指标", "效益指标", "满意度指标"}
    assert {one.name for one in newer.level1 if one.is_obligatory} == {"产出指标", "效益指标"}
    assert {name for one in newer.level1 for name in one.obligatory_level2} == {"数量指标", "质量指标"}
    for layout in (older, newer):
        assert regulation(layout.regulation)
        assert all(set(one.obligatory_level2) <= set(one.level2) for one in layout.level1)


def test_a_table_follows_the_system_of_its_first_level():
    assert framework.layout_of(["成本", "产出指标", "效益指标"]).key == "2021"
    assert framework.layout_of(["产出指标", "效果指标", "满意度指标"]).key == "2020"
    with pytest.raises(UnknownCode):
        framework.layout("1999")


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("个", "count"), ("人次", "count"), ("平方米", "count"), ("（个）", "count"), ("天", "time"),
        ("月底前", "time"), ("个 工作日", "time"), ("万元", "money"), ("元/亩", "money"), ("%", "share"),
        ("个百分点", "share"), ("时效高", None), ("", None),
    ],
)  # fmt: skip
def test_what_a_unit_measures(unit, kind):
    assert framework.unit_kind(unit) == kind


def test_no_unit_is_of_two_kinds():
    units = [unit for kind in toml_table("indicator_framework.toml")["units"].values() for unit in kind]
    assert sorted(units) == sorted(set(units))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("提升", ("提升",)), ("工作能力明显提升", ("明显", "提升")), ("效果良好", ("效果良好",)),
        ("逐步完善", ("逐步", "完善")), ("≥90时效高", ("高",)), ("高速公路10公里", ()), ("≥95%", ()),
        ("12月底前", ()), ("", ()),
    ],
)  # fmt: skip
def test_words_without_a_scale_are_found(value, words):
    assert framework.vague_words(value) == words


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("办公费标准", "reverse"), ("人均培训成本", "reverse"), ("成本指标", "reverse"),
        ("网络断点率", "reverse"), ("系统故障率（%）", "reverse"), ("群众投诉次数", "reverse"),
        ("咨询费用", "reverse"), ("任务完成率", "forward"), ("投诉办结率", "forward"),
        ("故障降低率", "forward"), ("群众满意度指标", "forward"), ("成本节约率", "forward"),
        ("公用经费控制率", None), ("订购份数", None), ("事故应急演练次数", None), ("", None),
    ],
)  # fmt: skip
def test_the_direction_that_a_name_tells(name, direction):
    assert framework.direction_of(name) == direction


def test_no_word_tells_two_directions():
    table = toml_table("indicator_framework.toml")["direction"]
    words = [*table["reverse"], *table["forward"], *table["neutral"]]
    assert sorted(words) == sorted(set(words))
