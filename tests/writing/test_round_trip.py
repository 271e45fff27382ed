"""What is written is read back equal, in every form."""

from __future__ import annotations

import pytest

from jiheng.budget import (
    Asset,
    AssetPart,
    Assets,
    Changes,
    CodedName,
    DisclosureTable,
    Expenditure,
    GlossaryTerm,
    IndicatorValue,
    Kind,
    NamedAmount,
    OperatingFunds,
    Organization,
    Procurement,
    ProcurementItem,
    ProjectBudget,
    Remark,
    Revenue,
    Safeguard,
    SpendingPlan,
    TableRow,
    ThreePublic,
    exchange,
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


def _without_added_headings(document, written):
    """A table that had no heading gains one in print."""
    projects = [
        replace(found, heading=None, number=None) if before.heading is None else found
        for found, before in zip(document.projects, written.projects, strict=True)
    ]
    return replace(document, projects=projects)


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("number", ["000", "001"])
def test_the_real_disclosures_read_back_equal_as_pages(number, form):
    for written in read(seed_path(number)).documents:
        reading = read(write(written, form), name=f"公开.{form}")
        (found,) = reading.documents
        assert reading.unknown == []
        assert _without_added_headings(found, written) == written


DISCLOSED = replace(
    document(project()),
    kind=Kind.DEPARTMENT_DISCLOSURE, title="安澜县水务局2024年部门预算信息公开情况说明", status=None, issuer=None, reviewer=None,
    division=CodedName("139901", "安澜县"),
    duties=["（一）管理水利工程。"],
    organizations=[Organization(name="安澜县水务局本级", nature="行政", rank="正科级", funding="财政拨款")],
    revenue=Revenue(year=2024, total="106.00", general_public="100.00", government_fund="0", other="6.00"),
    expenditure=Expenditure(
        year=2024, total="106.00", basic="100.00", personnel="80.00", operating="20.00", project="6.00",
        projects=[NamedAmount(name="山洪沟清淤", amount="6.00")],
    ),
    changes=Changes(
        year=2024, rate="-3.6", previous_year=2023, total="-4.00", basic="-10.00", project="6.00",
        reasons="基本支出减少10.00万元，主要是人员退休；项目支出增加6.00万元，主要是新增清淤。",
    ),
    operating_funds=OperatingFunds(year=2024, body="我部门", total="20.00", uses="办公费和差旅费"),
    three_public=ThreePublic(
        year=2024, body="我部门", previous_year=2023, rate="-14.3", total="3.00", abroad="0", vehicle_purchase="0", vehicle_operation="2.00", reception="1.00", change="-0.50",
        reasons="减少接待。",
    ),
    assets=Assets(
        body="安澜县水务局", as_of="2023-12-31", total="90.00", table_total="90.00", planned_purchase="1.00",
        items=[
            Asset(name="房屋（平方米）", quantity="100", value="80.00", of_which=[AssetPart(name="办公用房（平方米）", quantity="60", value="50.00")]),
            Asset(name="其他固定资产", quantity="9", value="10.00"),
        ],
    ),
    procurement=Procurement(
        year=2024, body="我部门", total="1.00",
        items=[ProcurementItem(
            project="公用经费", project_budget="20.00", name="台式计算机", catalog_code="A02010105", measure="台", quantity="2", price="0.50",
            total="1.00", general_public="1.00",
        )],
    ),
    glossary=[GlossaryTerm(term="基本支出", definition="维持机构运转的支出。")],
    other_matters="我部门没有其他需要说明的事项。",
    safeguards=[Safeguard(title="加强管理", text="1、按月调度。2、按季检查。")],
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kind": Kind.UNIT_DISCLOSURE, "title": "安澜县水务局2024年单位预算信息公开情况说明"},
        {"procurement": None, "assets": None, "glossary": []},
        {"changes": None, "three_public": ThreePublic(year=2024, body="我部门", total="0", abroad="0")},
        {"projects": [], "sub_goals": [], "overall_goal": [], "safeguards": []},
        {"remarks": [Remark(section="overview", text="收支包括所属各单位。"), Remark(section="revenue", text="反映本年收入。")]},
    ],
    ids=["whole", "unit", "without tables", "without changes", "without goals", "with remarks"],
)  # fmt: skip
def test_a_disclosure_reads_back_equal(form, changes):
    written = replace(DISCLOSED, **changes)
    (found,) = read(write(written, form), name=f"公开.{form}").documents
    # it gains an introduction
    found = replace(found, remarks=[one for one in found.remarks if one.section != "introduction"])
    plain = [exchange.to_builtins([each]) for each in (found, written)]
    assert _plain(plain[0]) == _plain(plain[1])


_LAID_OUT = ("place", "cells", "division", "headings", "contents")
"""Where things stand, and what follows from the layout."""


def _plain(node):
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items() if key not in _LAID_OUT}
    return [_plain(value) for value in node] if isinstance(node, list) else node


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


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_document_has_pages(kind: Kind):
    try:
        data = write(document(kind=kind), "html")
    except MissingPart as error:
        assert error.remedy
    else:
        assert "安澜县水务局".encode() in data
