"""What is written is read back equal, in every form."""

from __future__ import annotations

import pytest

from jiheng.budget import (
    CodedName,
    DisclosureTable,
    IndicatorValue,
    Kind,
    ProjectBudget,
    SpendingPlan,
    TableRow,
    replace,
)
from jiheng.errors import MissingPart, WritingError
from jiheng.reading import read
from jiheng.writing import FORMS, write
from tests.conftest import seed_path
from tests.writing.builders import document, project
from tests.writing.filled import filled_document


def back(data: bytes, form: str):
    reading = read(data, name=f"文本.{form}")
    assert reading.unknown == []
    assert [warning.message for warning in reading.warnings] == []
    return reading.documents


@pytest.mark.parametrize("form", FORMS)
def test_a_document_reads_back_equal(form):
    written = document(project(), project(2, "饮水管网改造"))
    assert back(write(written, form), form) == [written]


VARIANTS = {
    "a special fund": document(special_funds=[project(1, "水利工程补助", code="000-9999-JSN-D0X6")]),
    "no budget": document(project(budget=None, purpose=None)),
    "amounts in the plan": document(
        project(plan=SpendingPlan(unit="amount", march="1.50", december="6.00", heading="资金支出计划（%）"))
    ),
    "an empty plan": document(project(plan=SpendingPlan(heading="资金支出计划（%）"))),
    "money in 元": document(project(budget=ProjectBudget(total="60000", fiscal="60000", unit="元"))),
    "a department and a period": document(
        project(
            department=CodedName("305", "水务"),
            unit=CodedName("305001", "安澜县水务局本级"),
            period="2024年-2026年",
        )
    ),
    "a budget year": document(project(period="2024")),
    "no goals": document(project(goals=[])),
    "no indicators": document(project(indicators=[])),
    "only goals of the whole department": document(projects=[], department=CodedName(None, "安澜县水务局")),
    "no cover": document(status=None, issuer=None, reviewer=None),
    "blank cells": document(
        project(indicators=[replace(row, level3=None, basis=None) for row in project().indicators])
    ),
    "points": document(project(indicators=[replace(row, scoring="≥6次") for row in project().indicators])),
    "values in words and dates": document(
        project(
            indicators=[
                replace(row, value=IndicatorValue.parse(text))
                for row, text in zip(
                    project().indicators,
                    [
                        "提升",
                        "7*24小时",
                        "2024年12月底前",
                        "300元/亩",
                        "三-5个工作日",
                        "<=12.00 12月31日",
                        "≥90时效高",
                    ],
                    strict=True,
                )
            ]
        )
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_reads_back_equal(name, form):
    written = VARIANTS[name]
    assert back(write(written, form), form) == [written]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_over_several_pages_reads_back_equal(form):
    long = project(rows=60, goals=["逐村清理淤积物并登记造册，" * 12 + "按月公示。"] * 4)
    written = document(long, project(2, "饮水管网改造"))
    assert back(write(written, form), form) == [written]


@pytest.mark.parametrize("form", FORMS)
def test_the_real_performance_texts_read_back_equal(form):
    for number, title in (
        ("002", None),
        ("003", "巨鹿县官亭镇人民政府2023年部门预算绩效文本"),
        ("004", "定州市人民政府办公室部门预算绩效文本"),
    ):
        found = read(seed_path(number)).documents[0]
        written = replace(found, title=title) if title else found
        assert read(write(written, form), name=f"文本.{form}").documents == [written]


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_the_real_disclosures_read_back_equal_as_data(form):
    for number in ("000", "001"):
        documents = read(seed_path(number)).documents
        assert read(write(documents, form), name=f"数据.{form}").documents == documents


def test_what_cannot_be_written_is_refused():
    with pytest.raises(MissingPart):
        write(document(projects=[], overall_goal=[], sub_goals=[]), "docx")
    with pytest.raises(WritingError, match=r"一个 pdf"):
        write([document(), document()], "pdf")
    with pytest.raises(WritingError, match="odt"):
        write(document(), "odt")


def test_a_changed_cell_of_the_workbook_is_what_counts(tmp_path):
    import openpyxl

    path = tmp_path / "文本.xlsx"
    path.write_bytes(write(document(), "xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["项目"]
    keys = [cell.value for cell in sheet[2]]
    sheet.cell(3, keys.index("budget.total") + 1).value = "7.50"
    book.save(path)
    assert read(path).documents[0].projects[0].budget.total == "7.50"


def test_a_workbook_with_a_wrong_value_is_refused_with_a_warning(tmp_path):
    import openpyxl

    path = tmp_path / "文本.xlsx"
    path.write_bytes(write(document(), "xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["项目"]
    sheet.cell(3, [cell.value for cell in sheet[2]].index("budget.total") + 1).value = "约六万"
    book.save(path)
    reading = read(path)
    assert reading.documents == []
    assert "有误" in reading.warnings[0].message


@pytest.mark.parametrize("form", ["xlsx", "json"])
@pytest.mark.parametrize("kind", Kind)
def test_data_keeps_every_field_of_every_kind_of_document(form, kind):
    written = filled_document(kind)
    assert back(write([written, document()], form), form) == [written, document()]


GAPS = [[None, None], [None, "3.50"], ["3.50", None], [None], [], ["一行\n两行", None, "0"]]


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_figures_of_a_table_keep_their_columns_where_some_are_absent(form):
    table = DisclosureTable(title="收入表", rows=[TableRow(name="收入", values=values) for values in GAPS])
    written = document(kind=Kind.DEPARTMENT_DISCLOSURE, tables=[table])
    assert [row.values for row in back(write(written, form), form)[0].tables[0].rows] == GAPS


def test_only_our_own_keys_are_hidden_without_a_word(tmp_path):
    import openpyxl

    path = tmp_path / "文本.xlsx"
    path.write_bytes(write(document(), "xlsx"))
    book = openpyxl.load_workbook(path)
    own = book.create_sheet("我的说明")
    own["A1"], own["A2"] = "说明", "另附材料"
    own.row_dimensions[2].hidden = True
    book.save(path)
    warnings = [warning.message for warning in read(path).warnings]
    assert warnings == ["工作表“我的说明”隐藏了第 2 行，也已读取，请核对。"]


def test_data_that_a_person_broke_in_the_workbook_costs_that_cell_and_no_more(tmp_path):
    import openpyxl

    path = tmp_path / "公开.xlsx"
    row = TableRow(name="收入", attributes={"备注": "新增"}, values=["3.50"])
    path.write_bytes(write(document(tables=[DisclosureTable(title="收入表", rows=[row])]), "xlsx"))
    book = openpyxl.load_workbook(path)
    (cell,) = [
        cell for sheet in book for line in sheet for cell in line if str(cell.value).startswith('{"备注"')
    ]
    cell.value = "新增"
    book.save(path)
    reading = read(path)
    (found,) = reading.documents[0].tables[0].rows
    assert (found.attributes, found.values) == ({}, ["3.50"])
    assert "{栏名: 内容}" in reading.warnings[0].message


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("kind", [Kind.SELF_EVALUATION, Kind.PROJECT_GOALS, Kind.FINAL_ACCOUNTS])
def test_a_kind_without_a_layout_is_refused_rather_than_cut(form, kind):
    with pytest.raises(WritingError) as refusal:
        write(document(kind=kind), form)
    assert "JSON" in (refusal.value.remedy or "")
