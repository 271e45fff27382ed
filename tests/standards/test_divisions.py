"""The table of divisions hangs together, and the name of a body leads to its division."""

import pytest

from jiheng.errors import UnknownCode
from jiheng.standards.datafile import csv_rows
from jiheng.standards.divisions import division, division_in, find_division, lineage

ROWS = csv_rows("divisions.csv")
CODES = {row[0] for row in ROWS}
ABOVE = {"county": {"city", "province"}, "city": {"province"}, "province": set()}


def test_codes_have_six_digits_and_are_unique():
    assert [row[0] for row in ROWS if not (len(row[0]) == 6 and row[0].isascii() and row[0].isdigit())] == []
    assert len(CODES) == len(ROWS)


def test_every_division_has_a_level_and_hangs_under_one_that_exists_and_is_higher():
    levels = {code: level for code, _, level, _, _ in ROWS}
    for code, name, level, parent, _ in ROWS:
        assert name and level in ABOVE, code
        assert (parent == "") == (level == "province"), code
        assert level == "province" or levels[parent] in ABOVE[level], code
        assert parent == "" or parent[:2] == code[:2], code


def test_the_table_is_whole():
    counts = {level: sum(row[2] == level for row in ROWS) for level in ABOVE}
    assert counts["province"] == 34
    assert counts["city"] > 330
    assert counts["county"] > 2840


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("130000", "河北省", "province", None), ("130500", "邢台市", "city", "130000"),
        ("130529", "巨鹿县", "county", "130500"), ("130433", "馆陶县", "county", "130400"),
        ("130682", "定州市", "county", "130600"), ("133100", "雄安新区", "city", "130000"),
        ("419001", "济源市", "county", "410000"), ("110101", "东城区", "county", "110000"),
        ("441900", "东莞市", "city", "440000"),
    ],
)  # fmt: skip
def test_a_code_leads_to_its_division(code, name, level, parent):
    found = division(code)
    assert (found.name, found.level, found.parent) == (name, level, parent)


@pytest.mark.parametrize("code", ["130599", "13052", "巨鹿县", ""])
def test_an_unknown_code_is_refused(code):
    with pytest.raises(UnknownCode):
        division(code)


def test_counties_run_by_the_province_are_noted():
    assert "省直管" in division("130682").note
    assert "省直管" in division("130181").note


def test_a_name_finds_all_that_bear_it():
    assert [one.code for one in find_division("巨鹿县")] == ["130529"]
    assert [one.code for one in find_division("鼓楼区")] == ["320106", "320302", "350102", "410204"]
    assert find_division("绩衡县") == []


def test_the_lineage_runs_from_the_province_down():
    assert [one.name for one in lineage("130529")] == ["河北省", "邢台市", "巨鹿县"]
    assert [one.name for one in lineage("419001")] == ["河南省", "济源市"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("中共巨鹿县委组织部", "130529"),
        ("定州市人民政府办公室", "130682"),
        ("馆陶县人民政府办公室 2021 年部门预算", "130433"),
        ("巨鹿\n县财政局", "130529"),
        ("邢台市巨鹿县财政局", "130529"),
        ("邢台市财政局", "130500"),
        ("河北省财政厅", "130000"),
        ("石家庄市赵县财政局", "130133"),
        ("赵县人民政府", "130133"),
        ("中共赵县委员会", "130133"),
        ("北京市朝阳区财政局", "110105"),
        ("长春市朝阳区财政局", "220104"),
        ("晋城市城区教育局", "140502"),
        ("镇雄县水利局", "530627"),
        ("雄县水利局", "130638"),
        ("河北雄安新区管理委员会", "133100"),
    ],
)  # fmt: skip
def test_the_name_of_a_body_leads_to_its_division(text, code):
    found = division_in(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize(
    "text",
    ["", "官亭镇人民政府", "朝阳区财政局", "各省和县财政局", "东区派出所", "县委组织部", "城区改造办公室"],
)
def test_no_division_is_guessed(text):
    assert division_in(text) is None
