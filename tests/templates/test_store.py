"""Templates of an office in a folder: kept, chosen, made to hold again, never overwritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jiheng.budget import CodedName, Kind, replace
from jiheng.errors import InvalidSettings, InvalidTemplate, JihengError
from jiheng.templates import Slot, Store, applying
from jiheng.templates.store import INDEX, history
from tests.templates.builders import p, word
from tests.writing.builders import document

TEXT = Kind.PERFORMANCE_TEXT
ALWAYS = Slot(TEXT)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def template(text: str) -> bytes:
    return word(p(f"{text}{{{{部门名称}}}}"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "模板库")


def add(store: Store, slot: Slot = ALWAYS, minute: int = 0, text: str = "甲"):
    now = NOON + timedelta(minutes=minute)
    return store.add(template(text), slot, who="周会计", note='按"新"文件\\改', now=now)


def test_an_empty_store_leaves_our_own_layout(store):
    assert store.versions() == []
    assert store.choose(document()) is None


def test_a_version_is_kept_with_who_when_and_why(store, tmp_path):
    kept = add(store, Slot(TEXT, 2024, "130529"))
    assert store.versions() == [kept]
    assert (kept.number, kept.who, kept.note) == (1, "周会计", '按"新"文件\\改')
    assert (tmp_path / "模板库" / kept.file).read_bytes() == template("甲")
    assert store.load(kept).fill(document())


def test_the_newest_holds_until_an_older_one_is_made_to(store, tmp_path):
    first, second = add(store), add(store, minute=1, text="乙")
    assert store.choose(document()) == second
    store.make_current(first.number, who="吴科长", now=NOON + timedelta(minutes=2))
    assert store.choose(document()) == first
    assert [(version.number, holds) for version, holds in history(store)] == [(2, False), (1, True)]
    third = add(store, minute=3, text="丙")
    assert store.choose(document()) == third
    assert len(list((tmp_path / "模板库").glob("*.docx"))) == 3


DOCUMENT = replace(document(), division=CodedName("130529"), fiscal_year=2024)


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ([Slot(TEXT)], Slot(TEXT)),
        ([Slot(TEXT), Slot(TEXT, 2023), Slot(TEXT, 2022)], Slot(TEXT, 2023)),
        ([Slot(TEXT, 2025)], None),
        ([Slot(TEXT, 2024), Slot(TEXT, 0, "130000")], Slot(TEXT, 0, "130000")),
        ([Slot(TEXT, 2024, "130000"), Slot(TEXT, 2021, "130529")], Slot(TEXT, 2021, "130529")),
        ([Slot(TEXT, 0, "130529"), Slot(TEXT, 2024, "130500")], Slot(TEXT, 0, "130529")),
        ([Slot(TEXT, 0, "110000"), Slot(Kind.SELF_EVALUATION)], None),
    ],
)
def test_the_nearest_division_goes_before_the_nearest_year(slots, expected):
    assert applying(slots, DOCUMENT) == expected
    assert applying(slots[::-1], DOCUMENT) == expected


def test_the_division_is_told_by_names_where_no_code_is_given():
    found = replace(document(), department=CodedName(None, "巨鹿县水务局"), division=None)
    assert applying([Slot(TEXT, 0, "130529")], found) == Slot(TEXT, 0, "130529")
    assert applying([Slot(TEXT, 0, "130529")], document()) is None


@pytest.mark.parametrize(
    ("slot", "who", "told"),
    [
        (Slot(TEXT), " ", "是谁"), (Slot(TEXT, 0, "x"), "周", "行政区划代码"), (Slot(TEXT, 24), "周", "年度"),
        (Slot(TEXT, 0, "../../x"), "周", "行政区划代码"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(store, slot, who, told):
    with pytest.raises(JihengError, match=told):
        store.add(template("甲"), slot, who=who)
    assert store.versions() == []


def test_a_template_with_problems_is_not_kept(store, tmp_path):
    with pytest.raises(InvalidTemplate):
        store.add(word(p("{{部们名称}}")), Slot(TEXT), who="周会计")
    assert not (tmp_path / "模板库").exists()


def test_there_is_no_version_of_an_unknown_number(store):
    with pytest.raises(JihengError, match="没有编号为 7"):
        store.make_current(7, who="周会计")


def test_a_file_that_was_changed_and_an_index_that_is_broken_are_told(store, tmp_path):
    kept = add(store)
    (tmp_path / "模板库" / kept.file).write_bytes(b"other")
    with pytest.raises(InvalidSettings, match="被改动过"):
        store.load(kept)
    (tmp_path / "模板库" / INDEX).write_text("[[version", encoding="utf-8")
    with pytest.raises(InvalidSettings, match="索引"):
        store.versions()


def test_a_number_that_somebody_else_just_took_is_left_to_them(store, tmp_path):
    folder = tmp_path / "模板库"
    folder.mkdir()
    (folder / "0001-别人.docx").write_bytes(b"x")
    assert add(store).number == 2


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(JihengError, match="不能写入模板库"):
        add(Store(tmp_path / "文件"))
