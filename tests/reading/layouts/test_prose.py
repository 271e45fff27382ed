"""Disclosures told in chapters of sentences: budgets and final accounts of any county, and projects told under headings."""

from __future__ import annotations

from typing import Any

import pytest

from jiheng.budget import BudgetDocument, Kind, Place
from jiheng.reading.blocks import Paragraph
from jiheng.reading.coverage import LeftOver
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.layouts.prose.chapters import Topic, topic_of
from jiheng.reading.layouts.prose.project_notes import topic_of_label
from jiheng.reading.layouts.prose.titles import looks_like_body, parse_body, parse_title
from jiheng.reading.result import ReadingWarning
from tests.conftest import ROOT
from tests.reading.layouts.grids import blocks_of

TEXTS = ROOT / "tests" / "data" / "prose"


def understood(text: str) -> tuple[BudgetDocument, list[ReadingWarning]]:
    """The one document in ``text``; every sign of it is placed or known to be furniture."""
    documents, unread, warnings = read_documents(blocks_of(text))
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    (document,) = documents
    return document, warnings


def load(name: str) -> BudgetDocument:
    return understood((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))[0]


def stated(node: Any, *fields: str) -> list[str | None]:
    return [getattr(node, field) for field in fields]


class TestFinalAccount:
    @pytest.fixture
    def document(self):
        return load("final-account")

    def test_whose_and_of_which_year(self, document):
        assert document.kind is Kind.FINAL_ACCOUNTS
        assert document.fiscal_year == 2024
        assert document.title == "安澜区水务局2024年度部门决算"
        assert document.department.name == "安澜区水务局"

    def test_duties_and_bodies(self, document):
        assert len(document.duties) == 2
        assert [body.name for body in document.organizations] == ["安澜区水务局（本级）", "安澜区河道管理所"]

    def test_income_is_the_year_s_own_without_what_was_carried_over(self, document):
        assert stated(document.revenue, "total", "fiscal", "other") == ["4700.00", "4650.00", "50.00"]

    def test_expenditure(self, document):
        fields = ("total", "basic", "personnel", "operating", "project")
        assert stated(document.expenditure, *fields) == [
            "4720.14",
            "3365.38",
            "2949.02",
            "416.36",
            "1354.76",
        ]

    def test_the_change_and_why(self, document):
        assert stated(document.changes, "previous_year", "total", "reasons") == [
            2023,
            "90.09",
            "河道整治项目增加",
        ]

    def test_items_of_the_functional_classification(self, document):
        fields = ("function_class", "section", "item", "amount", "initial", "final", "uses", "reasons")
        assert [stated(item, *fields) for item in document.expenditure_items] == [
            [
                "社会保障和就业支出",
                "行政事业单位养老支出",
                "行政单位离退休",
                "51.98",
                "51.50",
                "51.98",
                "机关退休人员补贴",
                "年中人员退休",
            ],
            ["农林水支出", "水利", "防汛", None, "120.00", "104.50", "汛期值守和物资储备", "汛情较轻"],
        ]

    def test_the_three_public_expenses_are_what_was_spent_and_not_what_was_planned(self, document):
        fields = ("total", "abroad", "vehicle_purchase", "vehicle_operation", "reception", "change")
        assert stated(document.three_public, *fields) == ["16.95", "0.00", "0", "16.45", "0.50", "5.07"]

    def test_how_projects_were_judged_with_a_grade_that_none_has(self, document):
        found = document.performance_management
        assert stated(found, "goal_projects", "goal_amount", "mean_score") == ["12", "1480.00", "93.5"]
        assert stated(found, "monitored_projects", "self_evaluated_projects", "self_evaluated_amount") == [
            "12",
            "12",
            "1354.76",
        ]
        assert stated(found, "excellent", "good", "fair", "poor") == ["9", "2", "1", "0"]

    def test_other_matters(self, document):
        assert stated(document.operating_funds, "total", "uses") == ["88.20", "办公费和维修费"]
        assert document.procurement.total == "320.50"
        assert [term.term for term in document.glossary] == ["财政拨款收入", "年初结转和结余"]
        assert [remark.section for remark in document.remarks if "车辆9辆" in remark.text] == ["assets"]


class TestBudget:
    @pytest.fixture
    def document(self):
        return load("budget")

    def test_whose_and_of_which_year(self, document):
        assert document.kind is Kind.DEPARTMENT_DISCLOSURE
        assert document.fiscal_year == 2025
        assert document.department.name == "安澜市安平区文化馆总馆"

    def test_a_full_width_comma_in_a_figure(self, document):
        assert stated(document.revenue, "total", "fiscal", "business", "other") == [
            "3518.85",
            "3500.00",
            "0",
            "18.85",
        ]
        assert document.expenditure.total == "3518.85"

    def test_items_in_quotation_marks(self, document):
        assert [(item.item, item.amount, item.uses) for item in document.expenditure_items] == [
            ("群众文化", "1128.00", "开展群众文化活动"),
            ("住房公积金", "166.47", "在职人员住房公积金缴费"),
        ]

    def test_the_three_public_expenses(self, document):
        fields = ("total", "abroad", "vehicle_purchase", "vehicle_operation", "reception", "change")
        assert stated(document.three_public, *fields) == ["11.49", "0", "0", "9.38", "2.11", "-1.51"]

    def test_counts_of_goals(self, document):
        found = document.performance_management
        assert stated(found, "goal_projects", "goal_amount") == ["9", "1521.98"]

    def test_a_project_told_under_seven_headings(self, document):
        (project,) = document.projects
        assert project.name == "全民艺术普及"
        assert (project.budget.total, project.budget.unit) == ("86.50", "万元")
        assert project.goals == ["开设课程120班次，参训居民满意度达到95%以上。"]
        assert [found.topic for found in project.statements] == [
            "overview",
            "basis",
            "subject",
            "scheme",
            "period",
            "arrangement",
        ]

    def test_every_amount_has_the_place_of_its_sentence(self, document):
        for node in (document.revenue, document.three_public, document.operating_funds, document.procurement):
            assert node.cells
            assert all(place.paragraph for place in node.cells.values())


NOTE = """
# 安澜区水务局2026年度部门预算
# 一、机构设置
# 安澜区水务局下设两个科室。
# 河道整治项目经费情况说明
# 一、项目概述
# 对四条河道进行整治。
# 六、年度预算安排
# {arrangement}
# 七、绩效目标
# {goal}
"""


@pytest.mark.parametrize(
    ("arrangement", "amount"),
    [
        ("2026年预算安排500万元。", "500"),
        ("本项目总投资13526.06万元。2026年度安排资金1,200.50万元，2025年安排资金5000万元。", "1200.50"),
        ("项目年度预算安排35000元，第一季度用款计划15000元。", "35000"),
    ],
)
def test_the_amount_of_the_year(arrangement, amount):
    document, warnings = understood(NOTE.format(arrangement=arrangement, goal="整治河道四条。"))
    assert document.projects[0].budget.total == amount
    assert warnings == []


def test_last_year_s_amount_in_this_year_s_place_is_not_taken_for_it():
    document, warnings = understood(
        NOTE.format(arrangement="2025年安排建设资金5000万元。", goal="整治河道四条。")
    )
    assert document.projects[0].budget is None
    assert ["2025年" in warning.message and "2026年" in warning.message for warning in warnings] == [True]


def test_a_goal_that_is_said_to_be_in_a_table_is_no_goal():
    document, _ = understood(NOTE.format(arrangement="2026年预算安排500万元。", goal="详见项目绩效目标表"))
    assert document.projects[0].goals == []
    assert document.projects[0].statements[-1].text == "详见项目绩效目标表"


def test_chapters_without_a_title_are_read_all_the_same():
    document, _ = understood(
        "# 一、部门主要职能\n# 负责全区水务工作。\n# 二、“三公”经费支出情况说明\n"
        "# 本年“三公”经费支出预算3.00万元，其中：公务接待费1.00万元。\n"
        "# 三、政府采购支出情况\n# 本年政府采购支出总额60.00万元。"
    )
    assert document.duties == ["负责全区水务工作。"]
    assert stated(document.three_public, "total", "reception") == ["3.00", "1.00"]
    assert document.procurement.total == "60.00"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("一、部门主要职责", Topic.DUTIES),
        ("第一部分 安澜县水务局概况", Topic.OVERVIEW),
        ("（三）国有资产占有使用情况", Topic.ASSETS),
        ("八、“三公”经费支出决算情况说明", Topic.THREE_PUBLIC),
        ("十、预算绩效管理情况", Topic.PERFORMANCE),
        ("第四部分 名词解释", Topic.GLOSSARY),
        ("河道整治项目经费情况说明", Topic.PROJECT_NOTE),
        ("（一）贯彻执行水务法规，负责水务工作。", None),
        ("2024年“三公”经费支出决算16.95万元。", None),
        ("3、公务接待费支出0.50万元", None),
    ],
)
def test_headings_and_sentences_are_told_apart(text, topic):
    assert topic_of(text) is topic


@pytest.mark.parametrize(
    ("text", "kind", "year", "name"),
    [
        ("安澜区水务局2024年度部门决算", Kind.FINAL_ACCOUNTS, 2024, "安澜区水务局"),
        ("2025年度部门预算", Kind.DEPARTMENT_DISCLOSURE, 2025, ""),
        ("安澜县第一中学2024年单位预算公开", Kind.UNIT_DISCLOSURE, 2024, "安澜县第一中学"),
        ("2024年度安澜县水务局部门决算", Kind.FINAL_ACCOUNTS, 2024, "安澜县水务局"),
        ("安澜县水务局2024年部门预算编制说明", Kind.DEPARTMENT_DISCLOSURE, 2024, "安澜县水务局"),
    ],
)
def test_titles(text, kind, year, name):
    found = parse_title(text)
    assert found is not None
    assert (found.kind, found.year, found.name) == (kind, year, name)


@pytest.mark.parametrize(
    "words", ["部门预算情况说明", "部门预算说明", "部门预算编制说明", "\n# 部门预算情况说明"]
)
def test_a_title_that_reads_like_the_heading_of_a_chapter_is_a_title(words):
    document, _ = understood(
        f"# 安澜县水务局2024年{words}\n# 一、部门主要职能\n# 负责全县水务工作。\n"
        "# 二、安澜县水务局2024年部门预算情况说明\n# 2024年收入预算60.00万元，支出预算60.00万元。"
    )
    assert document.title == "安澜县水务局2024年" + words.removeprefix("\n# ")
    assert document.department is not None
    assert (document.department.name, document.fiscal_year) == ("安澜县水务局", 2024)
    assert stated(document.expenditure, "total") == ["60.00"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年部门收入预算总表",
        "一、2024年部门预算",
        "2024年“三公”经费预算",
        "本年预算。",
        "2024年项目支出预算",
    ],
)
def test_what_is_no_title(text):
    assert parse_title(text) is None


def test_bodies_on_the_cover():
    assert parse_body("预算主管部门：安澜区水务局") == "安澜区水务局"
    assert parse_body("单位：万元") is None
    assert looks_like_body("安澜区河道管理所")
    assert not looks_like_body("安澜区河道治理")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("三、实施主体", "subject"),
        ("项目绩效目标：", "goals"),
        ("四、实施方案", "scheme"),
        ("年度用款", None),
    ],
)
def test_labels_of_a_project_s_note(text, topic):
    assert topic_of_label(text) == topic


def test_page_furniture_between_chapters_is_no_text():
    lines = [
        Paragraph("安澜区水务局2024年度部门决算", Place(paragraph=1)),
        Paragraph("一、主要职能 ………………… 3", Place(paragraph=2), "toc"),
        Paragraph("- 2 -", Place(paragraph=3), "furniture"),
        Paragraph("一、主要职能", Place(paragraph=4)),
        Paragraph("负责全区水务工作。", Place(paragraph=5)),
    ]
    (document,), unread, _ = read_documents(lines)
    assert document.duties == ["负责全区水务工作。"]
    assert {found.text for found in unread} == {"- 2 -"}
    assert [(entry.number, entry.title, entry.page) for entry in document.contents] == [
        ("一、", "主要职能", 3)
    ]
    assert [(heading.number, heading.title) for heading in document.headings] == [("一、", "主要职能")]
    assert {found.kind for found in unread} == {LeftOver.FURNITURE}
