"""Names of indicators tell by their ends what they count and where they belong."""

from __future__ import annotations

import pytest

from jiheng.budget import Dimension
from jiheng.standards.datafile import toml_table
from jiheng.standards.indicator_framework import is_level2
from jiheng.standards.indicator_words import belonging_of, subject_of


@pytest.mark.parametrize(
    ("name", "key"),
    [("护井员人数", "persons"), ("培训人次", "visits"), ("巡查次数（次）", "times"), ("检修合格率", "rate"), ("硬化面积", "area")],
)  # fmt: skip
def test_the_end_of_a_name_says_what_it_counts(name, key):
    found = subject_of(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("name", ["机井", "服务对象", "投资占比", ""])
def test_what_cannot_be_told_is_not(name):
    assert subject_of(name) is None


def test_a_satisfaction_belongs_under_its_own_level():
    found = belonging_of("灌溉农户满意度")
    assert found is not None
    assert found.belongs == "服务对象满意度指标"
    assert belonging_of("机井检修") is None


def test_levels_and_dimensions_of_the_lists_are_known():
    table = toml_table("indicator_words.toml")
    for place in table["place"]:
        assert all(map(is_level2, [place["belongs"], *place["wrong"], *place["doubtful"]]))
        assert place["belongs"] not in place["wrong"] + place["doubtful"]
    assert {subject["dimension"] for subject in table["subject"]} <= {one.value for one in Dimension}
