"""Figures in sentences, in the wordings of different provinces: which amount belongs to what."""

from __future__ import annotations

import pytest

from jiheng.budget import Money, Place
from jiheng.reading.blocks import Paragraph
from jiheng.reading.layouts.document import read_documents
from jiheng.reading.layouts.prose import statements
from jiheng.reading.layouts.sections import passages
from tests.reading.layouts.grids import blocks_of


def said(*lines: str):
    return passages([Paragraph(text, Place(line=number)) for number, text in enumerate(lines, 1)])


class TestThreePublic:
    def test_what_was_planned_is_not_what_was_spent(self):
        told = statements.read_three_public(
            said(
                "安澜县商务局2023年度一般公共预算财政拨款“三公”经费支出预算为61,300.00元，支出决算为58,200.50元，完成预算的95%。"
            )
        )
        assert told.total == "58200.50元"

    def test_spent_may_be_said_in_a_clause_with_its_own_year(self):
        told = statements.read_three_public(
            said(
                "2022年度“三公”经费财政拨款支出预算为31.2万元，2022年实际支出“三公经费”决算为18.4万元。其中公务接待费为6.1万元。"
            )
        )
        assert (told.total, told.reception) == ("18.4", "6.1")

    def test_a_plan_held_against_last_year_s_account_stays(self):
        told = statements.read_three_public(said("“三公”经费支出预算为24万元，比上年决算数减少3万元。"))
        assert (told.total, told.change) == ("24", "-3")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "公车购置费，公车运行费（“三公”经费）决算总额88.1万元。",
                {"total": "88.1"},
            ),
            (
                "2024年度“三公”经费预算总计14.5万元，其中：因公出国（境）经费2万元，公务接待4.5万元，公务用车运行费用8万元。",
                {"total": "14.5", "abroad": "2", "reception": "4.5", "vehicle_operation": "8"},
            ),
            (
                "公务用车购置及运行维护费30万元（包括：公务用车运行维护费12万元、公务用车购置18万元）。",
                {"vehicle_operation": "12", "vehicle_purchase": "18"},
            ),
            ("因公出国（境）经费决算3.2万元，比上年增长9.1%。", {"abroad": "3.2"}),
        ],
    )
    def test_wordings(self, text, expected):
        told = statements.read_three_public(said(text))
        assert {field: getattr(told, field) for field in expected} == expected

    @pytest.mark.parametrize(
        ("text", "change"),
        [
            (
                "“三公”经费决算7万元。其中公务接待费5万元，与2022年度预算相比，减少0.2万元。",
                None,
            ),
            (
                "“三公”经费预算50万元，与2022年预算持平：因公出国（境）费20万元，与2022年预算相比增加20万元。",
                "0",
            ),
            (
                "机关运行经费安排90万元，比上年增加8万元。安排“三公”经费12万元，比上年减少0.5万元。",
                "-0.5",
            ),
            ("公务接待费4万元。比上年减少1万元。", None),
            ("“三公”经费8万元，其中公务接待费4万元。比上年减少1万元。", "-1"),
        ],
    )
    def test_the_change_in_all_is_not_that_of_a_part(self, text, change):
        assert statements.read_three_public(said(text)).change == change

    def test_a_reason_begins_behind_the_words_that_announce_it(self):
        told = statements.read_three_public(said("公务接待费4万元，下降原因主要是压缩开支。"))
        assert told.reasons == "压缩开支"


class TestIncomeAndExpenditure:
    def test_money_of_the_general_budget_is_not_all_money_from_the_treasury(self):
        told = statements.read_revenue(
            said("本年收入合计80万元，其中：一般公共预算财政拨款收入60万元，事业收入20万元。")
        )
        assert (told.general_public, told.fiscal) == ("60", None)

    def test_a_body_s_own_income_before_its_treasury_money(self):
        told = statements.read_revenue(
            said(
                "2022年度，本单位收入为95.5万元，其中：财政拨款收入80万元，占83.77%。",
                "2022年度，本单位财政拨款收入总计80万元，与上年相比减少3万元。",
            )
        )
        assert (told.total, told.fiscal) == ("95.5", "80")

    @pytest.mark.parametrize(
        ("text", "total"),
        [
            ("项目支出预算6.5万元，占支出总预算的4%。", None),
            ("工资福利支出预算201万元，占基本支出预算81%。", None),
            ("本年一般公共预算支出108万元。其中：基本支出100万元，项目支出8万元。", None),
            ("2025年支出预算310.2万元。", "310.2"),
            ("安澜县档案馆支出预算310.2万元。", "310.2"),
            ("本单位支出为77万元。", "77"),
        ],
    )
    def test_the_whole_is_not_one_of_its_parts(self, text, total):
        told = statements.read_expenditure(said(text))
        assert (told.total if told else None) == total


class TestChanges:
    @pytest.mark.parametrize(
        ("text", "year", "total"),
        [
            ("2023年收、支总计71万元。与2022年相比，收、支总计增加3万元。", 2022, "3"),
            ("2023年收支总预算71万元，比上年预算减少2.5万元，主要原因是人员调出。", None, "-2.5"),
            ("2023年度收入支出总计71万元，与上年度相比各增加1万元。", None, "1"),
        ],
    )
    def test_against_a_year_or_the_last(self, text, year, total):
        found = statements.read_changes(said(text))
        assert (found.previous_year, found.total) == (year, total)

    @pytest.mark.parametrize(
        "text",
        ["工资福利支出预算20万元，比上年增加1万元。", "“三公”经费2万元，比上年减少1万元。"],
    )
    def test_the_change_of_a_part_is_not_of_the_whole(self, text):
        assert statements.read_changes(said(text)) is None


@pytest.mark.parametrize(
    "written", ["三十八万四千元", "38万4千元", "38.40万", "38.40（万元）", "叁拾捌万肆仟元整"]
)
def test_amounts_in_words_are_amounts(written: str):
    text = f"""
# 安澜县水务局2024年部门预算信息公开情况说明
# 二、部门预算安排的总体情况
# 2、支出说明
# 2024年支出预算300.19万元，其中基本支出261.79万元，项目支出{written}，主要为河道清淤项目30万元，水质检测项目八万四千元。
"""
    (document,), _, _ = read_documents(blocks_of(text))
    spent = document.expenditure
    assert spent is not None
    assert Money.parse(spent.project) == Money.parse("38.4")
    assert [(item.name, Money.parse(item.amount)) for item in spent.projects] == [
        ("河道清淤", Money.parse("30")),
        ("水质检测", Money.parse("8.4")),
    ]


@pytest.mark.parametrize(
    ("listed", "listing", "projects"),
    [
        (
            "主要为河道清淤项目10万元、水质检测费20万元等。",
            "some",
            [("河道清淤", "10"), ("水质检测费", "20")],
        ),
        ("主要为河道清淤、水质检测等项目。", "some", [("河道清淤", None), ("水质检测", None)]),
        ("其中：河道清淤10万元，水质检测20万元。", "all", [("河道清淤", "10"), ("水质检测", "20")]),
        ("其中：一般公共预算10万元，政府性基金20万元。", None, []),
        ("主要为河道清淤10万元。", None, [("河道清淤", "10")]),
    ],
)
def test_a_list_of_projects_says_whether_there_are_others(listed, listing, projects):
    text = f"""
# 安澜县水务局2024年部门预算信息公开情况说明
# 二、部门预算安排的总体情况
# 2、支出说明
# 2024年支出预算100万元，其中基本支出70万元，项目支出30万元，{listed}
"""
    (document,), _, _ = read_documents(blocks_of(text))
    spent = document.expenditure
    assert spent.listing == listing
    assert [(item.name, item.amount) for item in spent.projects] == projects


@pytest.mark.parametrize(
    ("told", "change", "reasons"),
    [
        ("公务用车运行维护费8万元，与2023年相比减少1万元，原因是压减用车；公务接待费2万元，与2023年相比增加1万元。", None, "压减用车"),
        ("公务用车运行维护费8万元，公务接待费2万元。与2023年相比减少1万元，原因是压减用车。", "-1", "压减用车。"),
    ],
)  # fmt: skip
def test_the_change_of_one_expense_is_not_of_all(told, change, reasons):
    text = f"""
# 安澜县水务局2024年部门预算信息公开情况说明
# 四、财政拨款“三公”经费预算情况及增减变化原因
# 2024年，我部门财政拨款“三公”经费预算安排10万元。{told}
"""
    (document,), _, _ = read_documents(blocks_of(text))
    public = document.three_public
    assert (public.change, public.reasons) == (change, reasons)
    assert [remark.text for remark in document.remarks] == ([told] if change is None else [])


def test_a_part_of_the_income_is_not_the_whole():
    told = statements.read_revenue(
        said("一般公共预算财政拨款收入300万元。", "2024年政府性基金预算收入20万元，比上年增加2万元。")
    )
    assert (told.total, told.general_public, told.government_fund) == (None, "300", "20")


def test_the_income_in_all_goes_before_that_of_the_year():
    told = statements.read_revenue(
        said("部门财务总收入180万元。", "财政拨款收入180万元，其中：本年收入合计160万元。")
    )
    assert told.total == "180"


@pytest.mark.parametrize(("fiscal", "personnel"), [("90", None), ("100", "80")])
def test_the_parts_of_basic_expenditure_from_fiscal_funds_are_not_those_of_the_whole(fiscal, personnel):
    told = statements.read_expenditure(
        said(
            "本年支出合计150万元，其中：基本支出100万元，项目支出50万元。",
            f"一般公共预算财政拨款基本支出{fiscal}万元，其中：人员经费80万元，公用经费10万元。",
        )
    )
    assert (told.basic, told.personnel) == ("100", personnel)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("“三公”经费5万元，比上年减少1万元，下降17%。主要是从严控制接待。", "从严控制接待"),
        ("“三公”经费5万元，比上年减少1万元，主要是用于公务接待。", None),
        ("“三公”经费5万元，比上年减少1万元。“三公”经费主要是指三项经费。", None),
    ],
)
def test_a_reason_need_not_be_called_one(text, reasons):
    assert statements.read_three_public(said(text)).reasons == reasons


def test_the_total_line_of_the_purchases_keeps_its_sources():
    text = """
# 安澜县水务局2024年部门预算信息公开情况说明
# 六、政府采购预算情况
# 2024年，我部门安排政府采购预算4.50万元。
政府采购项目来源 {2} | 采购物品名称 {1x2} | 政府采购目录序号 {1x2} | 计量单位 {1x2} | 数量 {1x2} | 单价 {1x2} | 政府采购金额（当年部门预算安排资金） {3}
项目名称 | 预算资金 | 合计 | 一般公共预算拨款 | 单位资金
合计 | | | | | | | 4.50 | 2.50 | 2.00
办公运转 | 94.09 | 台式计算机 | A02010105 | 台 | 5 | 0.50 | 2.50 | 2.50 |
办公运转 | 94.09 | 打印机 | A02021003 | 台 | 4 | 0.50 | 2.00 | | 2.00
"""
    (document,), _, _ = read_documents(blocks_of(text))
    bought = document.procurement
    row = bought.total_row
    assert (bought.table_total, row.total, row.general_public, row.own) == ("4.50", None, "2.50", "2.00")
    assert set(row.cells) == {"general_public", "own"}
    assert [item.total for item in bought.items] == ["2.50", "2.00"]
