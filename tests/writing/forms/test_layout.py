"""How the forms look: what heads them, how wide their columns are, and that nothing of a project is left out."""

from __future__ import annotations

import html
import re
from importlib import import_module
from itertools import groupby

import pytest

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    DepartmentGoals,
    FundingLine,
    Kind,
    Project,
    ReviewItem,
    exchange,
    normalise,
    replace,
)
from jiheng.errors import MissingPart
from jiheng.writing import write
from jiheng.writing.forms import goal_form, needs_lying_pages
from jiheng.writing.forms.ruling import CHARACTER, MARGIN
from jiheng.writing.html import render_html
from jiheng.writing.pages import Grid, Heading, Leaf, Pages, Text, placed
from jiheng.writing.pagination import LYING, STANDING
from jiheng.writing.write import _LAYOUTS
from tests.writing.filled import filled_document, texts_of
from tests.writing.forms.samples import DECLARED, DOCUMENTS, GOALS, document, project

OF_THE_FORM = (Kind.PROJECT_GOALS, Kind.MONITORING, Kind.SELF_EVALUATION)
NOT_TOLD = (
    "number",
    "heading",
    "review",
    "level2_weight",
    "scope",
    "source",
    "topic",
    "term",
    "operator",
    "unit",
)
"""Where a project stands in another document, what stands in the form of the review, and what follows from the rest."""


def laid_out(one):
    return import_module(f"jiheng.writing.{_LAYOUTS[one.kind]}").lay_out(one)


def grids(pages):
    return [block for block in pages.blocks if isinstance(block, Grid)]


@pytest.mark.parametrize("kind", OF_THE_FORM)
def test_everything_that_a_project_says_is_on_its_form(kind):
    full = filled_document(kind)
    (one, _), (part, _) = full.projects, full.department_goals
    page = normalise(html.unescape(write(document(kind, "项目支出绩效目标表", one, part), "html").decode()))
    for node in (one, part):
        told = exchange.to_builtins([document(kind, "表", node)])[0]
        (fields,) = told["projects"] or told["department_goals"]
        assert [text for text in texts_of(_without(fields)) if normalise(text) not in page] == []


def _without(node):
    if isinstance(node, dict):
        return {
            key: _without(value)
            for key, value in node.items()
            if key not in NOT_TOLD or isinstance(value, dict)
        }
    return [_without(one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_grid_is_as_wide_as_its_page_and_every_label_has_room_for_two_signs(name):
    pages = laid_out(DOCUMENTS[name])
    lies = any(isinstance(block, Leaf) for block in pages.blocks)
    for grid in grids(pages):
        assert sum(grid.widths) == pytest.approx((LYING if lies else STANDING)[0], abs=0.5)
        for _, column, cell in placed(grid.rows):
            if cell.style == "label" and cell.text:
                width = sum(grid.widths[column : column + cell.span])
                assert width >= min(2, len(cell.text)) * CHARACTER + MARGIN - 0.1, cell.text


def test_decimal_points_stand_below_one_another():
    (cells,) = [
        [(cell.text, cell.pad) for row in run for cell in row.cells if cell.style == "figure"]
        for is_money, run in groupby(
            grids(laid_out(GOALS))[0].rows, lambda row: any(c.style == "figure" for c in row.cells)
        )
        if is_money
    ]
    assert cells == [("30.00", 0), ("25.5", 0.5), ("4.50", 0)]


def test_headings_repeat_and_each_project_begins_a_page():
    pages = laid_out(GOALS)
    assert [grid.header_rows for grid in grids(pages)] == [0, 2, 0, 2]
    assert [grid.joined for grid in grids(pages)] == [False, True, False, True]
    assert [block.new_page for block in pages.blocks if isinstance(block, Heading)] == [False, True]


def test_a_monitoring_form_lies_and_names_the_months_of_its_title():
    pages = laid_out(DOCUMENTS["monitoring"])
    assert pages.blocks[0] == Leaf(landscape=True)
    words = {cell.text for grid in grids(pages) for row in grid.rows for cell in row.cells}
    assert {"1—7月执行数", "1—7月执行率", "1—7月执行情况", "完成目标可能性"} <= words
    assert "1—7月执行数" in heads_of(replace(DOCUMENTS["monitoring"], title="绩效运行监控表"))
    unknown = document(Kind.MONITORING, "绩效运行监控表", Project(name="山洪沟清淤"))
    assert "1—X月执行数" in heads_of(unknown)


def heads_of(found: BudgetDocument) -> set[str]:
    return {cell.text for grid in grids(laid_out(found)) for row in grid.rows for cell in row.cells}


def test_more_columns_than_a_page_has_room_for_lie():
    plain, wide = (
        project(),
        project(indicators=[replace(row, **dict.fromkeys(FIELDS, "说明")) for row in DECLARED]),
    )
    assert (needs_lying_pages(plain), needs_lying_pages(wide)) == (False, True)
    assert laid_out(document(Kind.PROJECT_GOALS, "项目支出绩效目标申报表", wide)).blocks[0] == Leaf(
        landscape=True
    )


FIELDS = ("description", "direction", "weight", "standard", "formula", "scoring", "basis", "reason", "remark")


def test_a_form_stands_in_another_document():
    blocks = [Text("附件："), *goal_form(project(), anchor="annex1", year=2024)]
    page = render_html(Pages("批复", tuple(blocks)))
    assert re.search(r'<h1 id="annex1"[^>]*>项目支出绩效目标申报表</h1>', page)
    assert "（2024年度）" in page and "山洪沟清淤长度" in page
    assert isinstance(blocks[1], Heading) and blocks[1].new_page


def test_a_form_that_nobody_has_filled_in_is_the_blank_form():
    blank = document(Kind.SELF_EVALUATION, "项目支出绩效自评表", Project(name="山洪沟清淤"))
    words = [cell.text for grid in grids(laid_out(blank)) for row in grid.rows for cell in row.cells]
    for label in (
        "年度资金总额",
        "上年结转资金",
        "预期目标",
        "数量指标",
        "服务对象满意度指标",
        "总分",
        "偏差原因分析及改进措施",
    ):
        assert label in words
    few = Project(name="山洪沟清淤", review=[ReviewItem(name="规范完整性", aspect="完整性", points="9")])
    words = [
        cell.text
        for grid in grids(laid_out(document(Kind.REVIEW, "审核表", few)))
        for row in grid.rows
        for cell in row.cells
    ]
    assert words.count("规范完整性") == 1 and "条件充分性" in words


def test_an_amount_in_another_unit_says_so():
    lines = [
        FundingLine(label="年度资金总额：", source="total", amount="3.00"),
        FundingLine(label="其他资金", source="other", amount="5000", unit="元"),
    ]
    pages = laid_out(document(Kind.PROJECT_GOALS, "表", project(funding=lines, budget=None)))
    assert "5000元" in {cell.text for grid in grids(pages) for row in grid.rows for cell in row.cells}


def test_the_department_of_the_document_stands_for_a_project_without_one():
    one = document(
        Kind.PROJECT_GOALS, "表", project(department=None), department=CodedName("305", "安澜县水务局")
    )
    assert "305 安澜县水务局" in {cell.text for row in grids(laid_out(one))[0].rows for cell in row.cells}


def test_points_that_may_be_had_are_added_up_where_every_row_states_them():
    (total,) = [
        [cell.text for cell in row.cells]
        for grid in grids(laid_out(DOCUMENTS["self-evaluation"]))
        for row in grid.rows
        if row.cells[0].text == "总分"
    ]
    assert total == ["总分", "100", "99.68", ""]


@pytest.mark.parametrize("name", ["goals", "self-evaluation", "monitoring", "department goals", "project list", "rectification", "review"])  # fmt: skip
def test_a_document_without_anything_to_tell_is_refused(name):
    empty = replace(DOCUMENTS[name], projects=[], department_goals=[], rectifications=[])
    with pytest.raises(MissingPart) as refusal:
        write(empty, "docx")
    assert refusal.value.remedy


def test_the_unit_of_the_amounts_stands_at_the_right_end_of_a_page_that_lies():
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(write(DOCUMENTS["monitoring"], "docx"))) as archive:
        body = archive.read("word/document.xml").decode()
    (line,) = re.findall(r"<w:p>(?:(?!</w:p>).)*填报单位.*?</w:p>", body)
    assert 'w:val="right" w:pos="12756"' in line


def test_the_same_document_gives_the_same_file():
    for name in DOCUMENTS:
        assert write(DOCUMENTS[name], "docx") == write(DOCUMENTS[name], "docx")


def test_a_department_without_money_of_its_own_has_no_table_of_funds():
    (head, _) = grids(
        laid_out(document(Kind.DEPARTMENT_GOALS, "整体支出绩效目标表", DepartmentGoals(name="安澜县水务局")))
    )
    assert not any("项目资金" in cell.text for row in head.rows for cell in row.cells)
