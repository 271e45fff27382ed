"""A procurement code means what the catalogue of its year says."""

import pytest

from jiheng.errors import StandardsError
from jiheng.standards.datafile import csv_rows
from jiheng.standards.procurement import edition, item
from jiheng.standards.regulations import regulation

ROWS_2022 = csv_rows("procurement_2022.csv")


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("A02010104", 2021, "台式计算机"),
        ("A02010104", 2022, "台式计算机"),
        ("A02010104", 2023, "服务器"),
        ("A02010104", 2026, "服务器"),
        ("A02010105", 2023, "台式计算机"),
        ("A02010108", 2024, "便携式计算机"),
        ("A02021004", 2024, "A4彩色打印机"),
        ("A0201060199", 2021, "其他打印设备"),
        ("A060299", 2021, "木制台、桌类"),
        ("A060399", 2021, "其他椅凳类"),
        ("C21040000", 2023, "物业管理服务"),
        ("A02021107", 2023, "KVM设备"),
        ("A02321200", 2023, "医用X线诊断设备"),
    ],
)  # fmt: skip
def test_the_year_decides_what_a_code_means(code, year, name):
    found = item(code, year)
    assert found is not None and found.name == name
    assert found.edition == (2013 if year < 2023 else 2022)


def test_a_code_of_the_other_edition_is_unknown():
    assert item("A060299", 2023) is None
    assert item("A02010105", 2021) is None


def test_an_entry_whose_name_the_source_lost_has_none():
    assert item("A03010000", 2023) is not None and item("A03010000", 2023).name is None
    assert item("A07022001", 2023).name is None


def test_the_editions_follow_one_another():
    assert edition(2014).year == edition(2022).year == 2013
    assert edition(2023).year == edition(2040).year == 2022
    assert edition(2021).is_partial and not edition(2024).is_partial
    for year in (2021, 2023):
        assert regulation(edition(year).regulation).in_force(year)
    with pytest.raises(StandardsError, match="2013"):
        edition(2013)


def test_every_code_has_the_shape_of_its_edition():
    groups = {"A", "B", "C"}
    assert [
        row[0] for row in ROWS_2022 if row[0] not in groups and not edition(2023).is_well_formed(row[0])
    ] == []
    assert all(edition(2021).is_well_formed(row[0]) for row in csv_rows("procurement_2013.csv"))
    assert not edition(2023).is_well_formed("A060299")
    assert not edition(2021).is_well_formed("A020106019")


def test_the_2022_catalogue_hangs_together():
    codes = {row[0] for row in ROWS_2022}
    assert len(codes) == len(ROWS_2022) > 4200
    assert {row[2] for row in ROWS_2022} - codes == {""}
    assert [row[0] for row in ROWS_2022 if not row[2]] == ["A", "B", "C"]


def test_no_explanation_is_left_in_a_name():
    suspects = [row[1] for row in ROWS_2022 if " " in row[1] or row[1].startswith(("包括", "——", "指室内"))]
    assert suspects == []
    assert [row[1] for row in ROWS_2022 if row[1].endswith(("，", "；", "。", "、"))] == []


def test_every_entry_without_a_name_says_why():
    assert [row[0] for row in ROWS_2022 if not row[1] and not row[3]] == []
