"""The table of fields holds: every path leads somewhere, every type of the exchange format is reached."""

from __future__ import annotations

from decimal import Decimal

import pytest

import jiheng.budget
from jiheng.budget import Kind
from jiheng.templates.catalogue import TEXT, WHOLE, entries, owners, types
from jiheng.templates.computed import COMPUTED
from jiheng.templates.forms import ABOUT, in_capitals, is_known
from jiheng.templates.values import follow, plain_text
from tests.writing.filled import filled_document

WHOLE_DOCUMENT = filled_document(Kind.SELF_EVALUATION)
NOT_NAMED = {"schema", "kind", "tables", "headings", "contents"}
"""Of a document: what its layout makes, and tables whose columns differ from file to file."""


def _items(name: str) -> list[object]:
    """Some item of every type."""
    if name == WHOLE:
        return [WHOLE_DOCUMENT]
    found = []
    for owner, one in types().items():
        for listing in one.lists.values():
            if listing.of == name:
                found += [item for above in _items(owner) for item in follow(above, listing.path.split("."))]
    return found


@pytest.mark.parametrize("name", [name for name in types() if name != TEXT])
def test_every_field_has_a_value_in_a_document_that_has_everything(name):
    item = _items(name)[0]
    assert type(item).__name__ == types()[name].type
    for field, found in types()[name].fields.items():
        if found.computed == "heading":
            continue
        value = COMPUTED[found.computed](item) if found.computed else follow(item, found.path.split("."))
        if found.computed not in ("unit_above", "cover_name"):
            assert plain_text(value), field
        assert found.about


def test_every_part_of_a_document_can_be_named():
    named = {
        path.split(".")[0]
        for one in (types()[WHOLE].fields.values(), types()[WHOLE].lists.values())
        for found in one
        if (path := found.path)
    }
    missing = set(jiheng.budget.BudgetDocument.__struct_fields__) - named - NOT_NAMED - {"cells", "title"}
    assert not missing


def test_a_name_means_one_thing():
    for one in types().values():
        names = [
            name for key, found in (*one.fields.items(), *one.lists.items()) for name in (key, *found.also)
        ]
        doubles = {name for name in names if names.count(name) > 1}
        assert doubles <= {"完成情况"}, doubles


def test_what_is_listed_for_a_person_can_be_written():
    listed = list(entries())
    assert len({entry.written for entry in listed}) > 150
    assert all(entry.about for entry in listed)
    assert all(is_known(form) for form in ABOUT)
    assert owners("指标") == ["项目", "专项资金", "整体目标表"]


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "零元整"), ("0.05", "伍分"), ("0.5", "伍角整"), ("1", "壹元整"), ("10", "壹拾元整"), ("105.3", "壹佰零伍元叁角整"),
        ("1001", "壹仟零壹元整"), ("10010.05", "壹万零壹拾元零伍分"), ("100000", "壹拾万元整"), ("1000001", "壹佰万零壹元整"),
        ("20003000", "贰仟万叁仟元整"), ("100000000", "壹亿元整"), ("100010000", "壹亿零壹万元整"),
        ("168000.40", "壹拾陆万捌仟元肆角整"), ("-12.34", "负壹拾贰元叁角肆分"), ("1.999", "壹元玖角玖分"),
        ("10000000000001.01", "壹拾兆零壹元零壹分"),
    ],
)  # fmt: skip
def test_amounts_in_capitals(yuan, words):
    assert in_capitals(Decimal(yuan)) == words
