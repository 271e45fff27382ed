"""Two versions of a document become one, and where they disagree both are shown."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.budget import BudgetDocument, IndicatorValue, Project, ProjectBudget, exchange, replace
from jiheng.merging import Prefer, merge
from tests.writing.builders import document, project
from tests.writing.filled import filled_document

BASE = document(
    project(1, "山洪沟清淤", code="A1"), project(2, "水表更换", code="A2"), project(3, "水质检测", code="A3")
)


def with_projects(*projects: Project) -> BudgetDocument:
    return replace(BASE, projects=list(projects))


def names(found: BudgetDocument) -> list[str | None]:
    return [one.name for one in found.projects]


ONE, TWO, THREE = BASE.projects


def test_changes_of_different_values_are_both_taken():
    theirs = with_projects(replace(ONE, purpose="新的用途"), TWO, THREE)
    ours = replace(
        with_projects(replace(ONE, budget=replace(ONE.budget, total="7.00")), TWO, THREE), status="定稿"
    )
    found = merge(BASE, theirs, ours)
    assert found.conflicts == []
    assert found.document.status == "定稿"
    assert found.document.projects[0].purpose == "新的用途"
    assert found.document.projects[0].budget == ProjectBudget(total="7.00", fiscal="5.00", other="1.00")


def test_the_same_change_on_both_sides_is_no_conflict():
    both = with_projects(replace(ONE, purpose="新的用途"), TWO)
    found = merge(BASE, both, both)
    assert (found.document, found.conflicts) == (both, [])


def test_different_changes_of_one_value_are_a_conflict_in_words():
    theirs = with_projects(replace(ONE, budget=replace(ONE.budget, total="7.00")), TWO, THREE)
    ours = with_projects(replace(ONE, budget=replace(ONE.budget, total="8.00")), TWO, THREE)
    found = merge(BASE, theirs, ours)
    (conflict,) = found.conflicts
    assert conflict.path == "projects.0.budget.total"
    assert (conflict.base, conflict.theirs, conflict.ours) == ("6.00", "7.00", "8.00")
    assert conflict.message == "项目 “山洪沟清淤” 预算 预算数：原为 6.00，填报表改为 7.00，现行文件改为 8.00"
    assert found.document == ours
    assert merge(BASE, theirs, ours, prefer=Prefer.THEIRS).document == theirs


def test_an_indicator_value_is_one_value():
    rows = ONE.indicators
    theirs = with_projects(
        replace(ONE, indicators=[replace(rows[0], value=IndicatorValue.parse("≥130 户")), *rows[1:]]),
        TWO,
        THREE,
    )
    ours = with_projects(
        replace(ONE, indicators=[replace(rows[0], value=IndicatorValue.parse("≥140 人")), *rows[1:]]),
        TWO,
        THREE,
    )
    (conflict,) = merge(BASE, theirs, ours).conflicts
    assert conflict.path == "projects.0.indicators.0.value"
    assert "原为 120 户，填报表改为 ≥130 户，现行文件改为 ≥140 人" in conflict.message


def test_what_one_side_took_out_is_taken_out():
    found = merge(BASE, with_projects(ONE, THREE), BASE)
    assert names(found.document) == ["山洪沟清淤", "水质检测"]
    assert found.conflicts == []


def test_taken_out_here_and_changed_there_is_a_conflict_and_stays():
    changed = with_projects(ONE, replace(TWO, purpose="改了"), THREE)
    for theirs, ours in ((with_projects(ONE, THREE), changed), (changed, with_projects(ONE, THREE))):
        found = merge(BASE, theirs, ours)
        assert names(found.document) == names(BASE)
        (conflict,) = found.conflicts
        assert conflict.path == "projects.1"
        assert "已保留" in conflict.message


def test_new_items_of_both_sides_stand_where_each_put_them():
    theirs = with_projects(ONE, project(9, "新甲", code="B1"), TWO, THREE)
    ours = with_projects(ONE, TWO, THREE, project(9, "新乙", code="B2"))
    found = merge(BASE, theirs, ours)
    assert names(found.document) == ["山洪沟清淤", "新甲", "水表更换", "水质检测", "新乙"]


def test_the_same_new_item_comes_once_and_its_values_are_compared():
    theirs = with_projects(ONE, TWO, THREE, project(4, "新甲", code="B1"))
    ours = with_projects(ONE, TWO, THREE, project(4, "新甲", code="B1", purpose="另一用途"))
    found = merge(BASE, theirs, ours)
    assert names(found.document)[3:] == ["新甲"]
    assert [conflict.path for conflict in found.conflicts] == ["projects.3.purpose"]


def test_a_new_order_is_taken_and_two_new_orders_are_a_conflict():
    moved = with_projects(THREE, ONE, TWO)
    changed = with_projects(replace(ONE, purpose="改了"), TWO, THREE)
    assert names(merge(BASE, moved, changed).document) == names(moved)
    assert names(merge(BASE, changed, moved).document) == names(moved)
    found = merge(BASE, moved, with_projects(TWO, ONE, THREE))
    assert names(found.document) == ["水表更换", "山洪沟清淤", "水质检测"]
    assert ["顺序" in conflict.what for conflict in found.conflicts] == [True]


def test_a_project_renamed_and_recoded_is_known_by_its_origin():
    theirs = with_projects(replace(ONE, name="全新名称", code="Z9", purpose="p"), TWO, THREE)
    ours = with_projects(replace(ONE, goals=["新目标"]), TWO, THREE)
    found = merge(
        BASE, theirs, ours, origins={f"projects.{number}": f"projects.{number}" for number in range(3)}
    )
    assert found.conflicts == []
    assert names(found.document)[0] == "全新名称"
    assert found.document.projects[0].goals == ["新目标"]


def test_lines_of_text_are_merged_one_by_one():
    theirs = replace(BASE, overall_goal=["1.守住防汛安全底线，零伤亡。", "2.改善农村饮水条件。"])
    ours = replace(BASE, overall_goal=["1.守住防汛安全底线。", "2.改善农村饮水条件。", "3.节水。"])
    found = merge(BASE, theirs, ours)
    assert found.document.overall_goal == ["1.守住防汛安全底线，零伤亡。", "2.改善农村饮水条件。", "3.节水。"]


FILLED = filled_document()
NAMES = st.sampled_from(["甲", "乙", "丙", "丁", "戊"])


@st.composite
def small_projects(draw: st.DrawFn) -> Project:
    name = draw(NAMES)
    return project(
        1,
        name,
        rows=draw(st.integers(0, 3)),
        code=draw(st.sampled_from([None, "A1", "A2", "A3", "A4", "A5", "A6"])),
        purpose=draw(st.sampled_from([None, "用途一", "用途二"])),
        goals=draw(st.lists(st.sampled_from(["一", "二", "三"]), max_size=3)),
    )


@st.composite
def versions(draw: st.DrawFn) -> tuple[BudgetDocument, BudgetDocument, BudgetDocument]:
    """A base, and two versions of it with projects changed, moved, left out and added."""
    old = draw(st.lists(small_projects(), max_size=4))

    def version() -> BudgetDocument:
        kept = [one for one in old if draw(st.integers(0, 4))]
        changed = [
            replace(one, purpose=draw(st.sampled_from(["用途一", "用途三", None])))
            if draw(st.booleans())
            else one
            for one in kept
        ]
        if draw(st.integers(0, 3)) == 0:
            changed = list(draw(st.permutations(changed)))
        for new in draw(st.lists(small_projects(), max_size=2)):
            changed.insert(draw(st.integers(0, len(changed))), new)
        return with_projects(*changed)

    return with_projects(*old), version(), version()


@settings(max_examples=150, deadline=None)
@given(versions())
def test_without_a_change_on_one_side_the_other_is_the_result(three):
    base, one, _ = three
    assert merge(base, one, base).document == one
    assert merge(base, base, one).document == one
    assert merge(base, one, one).document == one
    assert not merge(base, one, base).conflicts


@settings(max_examples=300, deadline=None)
@given(versions())
def test_both_sides_count_alike(three):
    base, one, other = three
    here = merge(base, one, other)
    there = merge(base, other, one, prefer=Prefer.THEIRS)
    assert here.document == there.document
    assert [(one.path, one.theirs, one.ours) for one in here.conflicts] == [
        (one.path, one.ours, one.theirs) for one in there.conflicts
    ]


@settings(max_examples=300, deadline=None)
@given(versions())
def test_nothing_that_a_side_changed_or_added_is_lost(three):
    base, one, other = three
    found = merge(base, one, other)
    old = texts(msgspec.to_builtins(base))
    left = texts(msgspec.to_builtins(found.document)) | {
        text for each in found.conflicts for text in texts([each.base, each.theirs, each.ours])
    }
    for side in (one, other):
        assert texts(msgspec.to_builtins(side)) - old <= left


def test_every_field_of_every_type_is_merged():
    plain = exchange.to_builtins([FILLED])[0]
    for path in leaves(plain):
        changed = msgspec.convert(with_leaf(plain, path), BudgetDocument)
        found = merge(FILLED, changed, FILLED)
        assert (found.document, found.conflicts) == (changed, []), path
        elsewhere = replace(FILLED, other_matters="别处的改动")
        if path != ("other_matters",):
            merged = merge(FILLED, changed, elsewhere)
            assert merged.document == replace(changed, other_matters="别处的改动"), path
            assert not merged.conflicts


def texts(node: Any) -> set[str]:
    if isinstance(node, dict):
        return set().union(*(texts(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(texts(value) for value in node))
    return {node} if isinstance(node, str) else set()


def leaves(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Some of the paths of texts: the first item of every list is enough."""
    if isinstance(node, dict):
        skipped = {"schema", "kind", "cells", "place", "operator", "contents", "headings"}
        return [
            each for key, value in node.items() if key not in skipped for each in leaves(value, (*path, key))
        ]
    if isinstance(node, list):
        return [each for key, value in enumerate(node[:1]) for each in leaves(value, (*path, key))]
    return [path] if isinstance(node, str) and node.startswith("文字") else []


def with_leaf(node: Any, path: tuple[Any, ...]) -> Any:
    if not path:
        return "改过的文字"
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = with_leaf(node[path[0]], path[1:])
    return copy
