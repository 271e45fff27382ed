"""The five real documents are read exactly: every count and every sum that is known of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jiheng.budget import BudgetDocument, Kind, Project
from jiheng.reading import Reading, read
from tests.conftest import seed_path

_readings: dict[str, Reading] = {}


def seed(number: str) -> Reading:
    if number not in _readings:
        _readings[number] = read(seed_path(number))
    return _readings[number]


def document(number: str, index: int = 0) -> BudgetDocument:
    return seed(number).documents[index]


def rows(projects: list[Project]) -> int:
    return sum(len(project.indicators) for project in projects)


def total(projects: list[Project]) -> Decimal:
    return sum((Decimal(project.budget.total) for project in projects), Decimal(0))


def project(number: str, code: str) -> Project:
    return next(found for found in document(number).projects if found.code == code)


@pytest.mark.parametrize(
    ("number", "index", "kind", "tables", "indicator_rows"),
    [
        ("000", 0, Kind.DEPARTMENT_DISCLOSURE, 29, 202),
        ("000", 1, Kind.UNIT_DISCLOSURE, 29, 203),
        ("001", 0, Kind.DEPARTMENT_DISCLOSURE, 14, 87),
        ("002", 0, Kind.PERFORMANCE_TEXT, 35, 252),
        ("003", 0, Kind.PERFORMANCE_TEXT, 23, 162),
        ("004", 0, Kind.PERFORMANCE_TEXT, 27, 81),
    ],
)
def test_every_goal_table_and_every_row_is_read(number, index, kind, tables, indicator_rows):
    found = document(number, index)
    assert (found.kind, len(found.projects), rows(found.projects)) == (kind, tables, indicator_rows)


def test_the_budgets_add_up_to_the_known_sums():
    assert total(document("002").projects) == Decimal("7157.01")
    assert total(document("003").projects) == Decimal("629.90")
    special = document("004").special_funds
    assert (len(special), rows(special), total(special)) == (1, 3, Decimal("100.00"))
    assert total(document("004").projects) == Decimal("484.35")


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_only_page_furniture_is_left_over(number):
    assert [(block.text, str(block.place)) for block in seed(number).unknown] == []
    reasons = {block.reason for block in seed(number).unread}
    assert reasons <= {
        "目录", "页码、页眉或页脚", "章节标题", "表头", "表头残字", "表内标题", "栏次", "行号", "合计行", "空格记号",
        "表格线", "计量单位", "表题、编制单位和计量单位", "续页表头",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_indicator_has_lost_its_levels_or_its_value(number):
    for found in seed(number).documents:
        for _, table in found.goal_tables():
            for row in table.indicators:
                assert row.level1 in ("产出指标", "效益指标", "效果指标", "满意度指标"), (table.name, row)
                assert row.level2 and row.level2.endswith("指标"), (table.name, row)
                assert row.value is not None, (table.name, row)
                assert row.place and row.place.line


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_value_stands_in_the_line_that_its_place_names(number):
    lines = seed_path(number).read_text(encoding="utf-8-sig").split("\n")
    for found in seed(number).documents:
        for _, table in found.goal_tables():
            for row in table.indicators:
                place = row.place_of("description")
                first = (row.description or "").split("\n")[0][:4]
                assert place is not None
                assert first.replace(" ", "") in lines[place.line - 1].replace(" ", ""), (
                    table.name,
                    row.description,
                )


def test_the_cover_of_002():
    found = document("002")
    assert found.title == "中共巨鹿县委组织部2024年部门预算绩效文本"
    assert (found.status, found.fiscal_year) == ("草案", 2024)
    assert (found.issuer, found.reviewer) == ("中共巨鹿县委组织部", "巨鹿县财政局")
    assert (found.department.code, found.department.name) == ("203", "中共巨鹿县委组织部")
    assert (found.division.code, found.division.name) == ("130529", "巨鹿县")


def test_a_project_of_002_in_every_field():
    first = document("002").projects[0]
    assert (first.number, first.name) == (1, "2024 年度党刊征订费")
    assert first.heading == "1.2024 年度党刊征订费绩效目标表"
    assert first.code == "13052924P005840120862"
    assert (first.unit.code, first.unit.name) == ("203001", "中共巨鹿县委组织部本级")
    assert (first.budget.total, first.budget.fiscal, first.budget.other) == ("16.80", "16.80", None)
    assert first.purpose == "支付党刊征订费用。"
    assert (first.plan.unit, first.plan.figures) == ("percent", (None, None, None, "100"))
    assert first.goals == [
        "通过经费支出保障党刊征订。",
        "通过党刊征订促进党员干部学习。",
        "通过党刊征订加强思想政治建设。",
    ]
    row = first.indicators[0]
    assert (row.level1, row.level2, row.level3) == ("产出指标", "数量指标", "订购份数")
    assert (row.description, row.value.text, row.basis) == ("全县党刊征订费总份数", "1000 份", "实际测算")


def test_the_spaces_of_line_wrapping_are_gone():
    table = project("002", "13052924P00584012022C")
    assert table.indicators[2].level3 == "支出完成时限"
    assert table.indicators[4].level2 == "社会效益指标"
    assert table.indicators[6].description == "社会对党代表联络工作的满意程度"


def test_the_plan_goes_by_its_headings():
    assert project("002", "13052924P00584012009X").plan.figures == (None, None, None, "100")
    assert project("002", "13052924P005840120353").plan.figures == (None, "100", None, None)


def test_amounts_under_a_percent_heading_stay_amounts():
    plans = [table.plan for table in document("003").projects]
    assert plans[0].unit == "amount"
    assert plans[0].heading == "资金支出计划（%）"
    assert plans[0].figures == ("3.50", "7.00", "10.50", "14.00")
    assert plans[3].unit == "percent"  # 25, 50, 75, 100 of a budget of 100.00: as the heading says


def test_the_template_words_of_003_are_not_part_of_a_goal():
    assert document("003").projects[0].goals[0] == "保障大学生村干部福利待遇"
    assert len(document("003").projects[4].goals) == 3


def test_the_displaced_labels_of_000_do_not_mislead():
    table = next(found for found in document("000").projects if found.number == 17)
    assert table.code == "434-0501-YXN-1PP1"
    assert table.department.code == "434"
    assert [(row.level1, row.level2) for row in table.indicators] == [
        ("产出指标", "数量指标"), ("产出指标", "成本指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"),
        ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"),
    ]  # fmt: skip


def test_headings_that_are_out_of_order_do_not_mislead():
    table = next(found for found in document("000").projects if found.number == 16)
    row = table.indicators[3]
    assert (row.level2, row.scoring, row.value.text, row.basis) == (
        "成本指标",
        "=4 万元",
        "=4.00万元",
        "政府办三定方案",
    )


def test_a_heading_in_a_narrow_column_finds_its_table():
    table = document("000", 1).projects[11]
    assert (table.number, table.heading) == (12, "12.巨鹿宾馆集中供热庭院管网建设工程费用")
    assert table.name == "巨鹿宾馆集中供热庭院管网建设工程费用"


def test_the_heading_of_another_table_stays_what_is_printed():
    table = next(found for found in document("000").projects if found.number == 26)
    assert table.heading == "26. 政府网站软硬件维护、内容信息维护费"
    assert table.name == "政府信息公开平台维护费"


def test_the_two_documents_of_000_hold_the_same_projects():
    department, unit = seed("000").documents
    assert [table.name for table in department.projects if table.number not in (24, None)] == [
        table.name for table in unit.projects if table.number not in (24, None)
    ]
    for left, right in zip(department.projects, unit.projects, strict=True):
        for one, two in zip(left.indicators, right.indicators, strict=False):
            assert (one.level1, one.level2, one.level3, one.value) == (
                two.level1,
                two.level2,
                two.level3,
                two.value,
            )


def test_the_narrative_of_000():
    found = document("000")
    assert len(found.duties) == 20
    assert "及市政府、县政府领导重要指示的执行落实情况" in found.duties[5]
    assert (found.revenue.total, found.revenue.general_public, found.revenue.state_capital) == (
        "1256.77",
        "1256.77",
        None,
    )
    spent = found.expenditure
    assert (spent.total, spent.basic, spent.personnel, spent.operating, spent.project) == (
        "1256.77", "521.4", "460", "61.4", "735.37",
    )  # fmt: skip
    named = {item.name: item.amount for item in spent.projects}
    assert len(named) == 29
    assert sum(Decimal(amount) for amount in named.values() if amount) == Decimal("734.07")
    assert named["政府网站软硬件维护、内容信息维护费"] == "5"
    assert named["军队退役人员公益性岗位满三年 2021 年财政补贴"] is None
    assert (found.changes.total, found.changes.basic, found.changes.project) == ("35.33", "-20.57", "185.98")
    public = found.three_public
    assert (public.total, public.vehicle_operation, public.change) == ("4.85", "4.85", "4.85")
    assert found.procurement.total == "0"
    assert (found.assets.total, found.assets.as_of, found.assets.planned_purchase) == (
        "631.47",
        "2020-12-31",
        "0.00",
    )
    assert found.assets.items[0].of_which[0].value == "313.88"


def test_the_narrative_of_001():
    found = document("001")
    assert (len(found.duties), len(found.organizations), len(found.sub_goals), len(found.glossary)) == (
        21,
        5,
        6,
        10,
    )
    assert found.organizations[2].rank is None
    assert (found.revenue.general_public, found.revenue.government_fund, found.revenue.carried_over) == (
        "692.60", "72.54", "0",
    )  # fmt: skip
    assert [(item.name, item.amount) for item in found.expenditure.projects] == [
        ("电子政务外网", None), ("政务外网维护", None), ("OA办公系统", None),
    ]  # fmt: skip
    assert (found.changes.total, found.changes.basic, found.changes.project) == ("7.01", "-109.3", "115.97")
    assert (found.three_public.reception, found.three_public.vehicle_purchase, found.three_public.change) == (
        "1.2", "0", "-7.2",
    )  # fmt: skip
    items = found.procurement.items
    assert [(item.catalog_code, item.quantity, item.price, item.total) for item in items] == [
        ("A02010104", "5", "0.50", "2.50"), ("A0201060199", "5", "0.20", "1.00"),
        ("A060299", "3", "0.20", "0.60"), ("A060399", "4", "0.10", "0.40"),
    ]  # fmt: skip
    assert (found.procurement.total, found.assets.planned_purchase) == ("4.5", "4.50")
    assert found.glossary[0].term == "一般公共预算拨款收入"
    assert "省级财政" in found.glossary[0].definition


def test_goal_and_indicators_of_an_itemised_goal_are_apart():
    goal = document("002").sub_goals[5]
    assert (goal.number, goal.title) == (6, "政务大数据中心建设")
    assert goal.goal.startswith("为解决群众急难愁盼")
    assert "22.5 万件" in goal.indicators
    office = document("004").sub_goals[0]
    assert (office.title, office.indicators) == ("综合一科", None)
    assert office.goal.startswith("组织起草")


def test_safeguards_have_a_title_and_a_text():
    assert [item.title for item in document("002").safeguards] == [
        "加强组织领导",
        "强化预算执行",
        "健全评价机制",
    ]
    assert [item.title for item in document("000").safeguards] == [
        "坚持改革创新",
        "强化预算管理",
        "加强内部控制",
        "完善绩效管理",
    ]
    assert len(document("003").safeguards) == 6
    assert document("004").safeguards[0].title == "综合科"
    assert all(
        item.text for number in ("000", "001", "002", "003", "004") for item in document(number).safeguards
    )


def test_a_year_that_is_not_stated_is_inferred_with_a_warning_or_left_open():
    assert document("003").fiscal_year == 2023
    assert any("2023" in warning.message for warning in seed("003").warnings)
    assert document("004").fiscal_year is None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
@pytest.mark.parametrize("number", ["001", "002", "004"])
def test_every_encoding_gives_the_same_documents(number, encoding):
    text = seed_path(number).read_text(encoding="utf-8-sig")
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip(f"the text has characters that {encoding} lacks")
    assert read(data, name="文本.txt").documents == seed(number).documents


@pytest.mark.parametrize("number", ["000", "003"])
def test_line_endings_do_not_matter(number):
    data = seed_path(number).read_bytes().replace(b"\n", b"\r\n")
    assert read(data, name="文本.txt").documents == seed(number).documents
