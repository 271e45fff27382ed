"""The fill-in workbook: what it offers, what it lets in, what it locks, and what its formulas say."""

from __future__ import annotations

import io

import openpyxl
import pytest

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Expenditure,
    Indicator,
    IndicatorValue,
    Procurement,
    ProcurementItem,
    ProjectBudget,
    Revenue,
    SpendingPlan,
    replace,
)
from jiheng.budget.fill_in import SHEETS, SINGLES_SHEET
from jiheng.errors import WritingError
from jiheng.reading.formats import libreoffice
from jiheng.writing.fill_in import write_fill_in
from tests.writing.builders import document, project

WRONG = document(
    project(),
    project(2, "差额", budget=ProjectBudget(total="6.00", fiscal="5.00", other="2.00"), plan=SpendingPlan(march="50", june="40", december="90")),
    project(3, "重名", code="A1", goals=[], budget=ProjectBudget(total="十万", fiscal="1")),
    project(4, "重名", purpose=None, plan=None, indicators=[]),
    project(5, "金额计划", plan=SpendingPlan(unit="amount", march="1.50", december="6.00"), indicators=[
        Indicator(level1="产出指标", level2="质量指标", level3="合格率", value=IndicatorValue.parse("≥120%")),
        Indicator(level1="产出指标", level2="质量指标", level3="增长率", value=IndicatorValue.parse("≥120%")),
        Indicator(level1="满意度指标", level3="满意度", value=IndicatorValue.parse("≤120%")),
        Indicator(level1="产出指标", level2="数量指标", description="描述", value=IndicatorValue.parse("≥0 个")),
        Indicator(level1="产出指标", level2="数量指标", value=IndicatorValue.parse("12")),
        Indicator(level3="名称"),
    ]),
    revenue=Revenue(total="10", general_public="8", other="1.5"),
    expenditure=Expenditure(total="10.00", basic="4", project="6", personnel="3", operating="2"),
    procurement=Procurement(items=[
        ProcurementItem(name="服务器", catalog_code="A02010104", quantity="2", price="1.50", total="3.00", general_public="3"),
        ProcurementItem(catalog_code="A0201", quantity="2", price="1.50", total="4.00", own="1"),
        ProcurementItem(name="无此品目", catalog_code="A99999999"),
    ]),
)  # fmt: skip


def opened(data: bytes, **options):
    return openpyxl.load_workbook(io.BytesIO(data), **options)


@pytest.fixture(scope="module")
def book():
    return opened(write_fill_in(WRONG))


def column(sheet, key: str) -> int:
    return next(cell.column for cell in sheet[2] if cell.value == key)


def rule_at(sheet, key: str):
    letter = sheet.cell(4, column(sheet, key)).coordinate
    return next(rule for rule in sheet.data_validations.dataValidation if letter in rule.sqref)


def test_it_has_the_sheets_a_performance_text_needs_and_hides_what_is_not_for_people(book):
    assert book.sheetnames == [
        "说明",
        SINGLES_SHEET,
        *(sheet.title for sheet in SHEETS),
        "选项",
        "采购目录",
        "绩衡数据",
    ]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == [
        "选项",
        "采购目录",
        "绩衡数据",
    ]
    for of in SHEETS:
        sheet = book[of.title]
        assert sheet.row_dimensions[2].hidden and sheet.column_dimensions["A"].hidden
        assert sheet.freeze_panes and sheet.print_title_rows
        assert sheet["A2"].value == "@key"


def test_headings_and_formulas_are_locked_and_cells_to_fill_in_are_not(book):
    for of in SHEETS:
        sheet = book[of.title]
        assert sheet.protection.sheet and not sheet.protection.password
        for each in of.columns:
            at = column(sheet, each.key)
            assert sheet.cell(3, at).protection.locked
            assert sheet.cell(4, at).protection.locked is (each not in of.inputs), each.key
        assert not sheet.protection.sort  # False: it is not forbidden
        # the last row that there is room for can be typed into
        assert not sheet.cell(sheet.max_row, 2).protection.locked
    assert book["说明"].protection.sheet


def test_what_is_sorted_holds_no_locked_cell(book):
    for of in SHEETS:
        sheet = book[of.title]
        first, last = sheet.auto_filter.ref.split(":")
        assert first == "A3"
        cells = sheet[f"A4:{last}"]
        assert not any(cell.protection.locked for row in cells for cell in row)


def test_second_levels_depend_on_the_first_and_names_and_units_on_the_second(book):
    sheet = book["绩效指标"]
    assert rule_at(sheet, "level1").formula1 == "一级指标选项"
    assert rule_at(sheet, "level2").formula1 == "INDIRECT($D4)"
    assert rule_at(sheet, "level3").formula1 == 'INDIRECT("建议"&$E4)'
    assert rule_at(sheet, "value.unit").formula1 == 'INDIRECT("单位"&$E4)'
    names = {name: found.attr_text for name, found in book.defined_names.items()}

    def offered(name: str) -> list[str]:
        title, area = names[name].replace("'", "").split("!")
        return (
            [cell.value for row in book[title][area.replace("$", "")] for cell in row] if ":" in area else []
        )

    assert "数量指标" in offered("产出指标")
    assert "服务对象满意度指标" in str(
        book["选项"][names["满意度指标"].split("!")[1].split(":")[0].replace("$", "")].value
    )
    assert offered("建议数量指标")[0] == "指标0"
    assert "户数" in offered("建议数量指标")
    assert "人" in offered("单位数量指标") and "%" in offered("单位质量指标")


def test_every_input_says_what_to_type_and_what_was_wrong(book):
    for of in SHEETS:
        for each in of.inputs:
            rule = rule_at(book[of.title], each.key)
            assert rule.prompt, each.key
            assert not rule.showErrorMessage or rule.error, each.key
            assert len(rule.prompt) <= 255 and len(rule.formula1 or "") <= 255


def test_the_project_of_an_indicator_is_chosen_from_the_projects(book):
    rule = rule_at(book["绩效指标"], "@project")
    assert rule.formula1.startswith("项目!$D$4:$D$")
    assert rule.errorStyle in (None, "stop")


def test_figures_are_numbers_and_codes_are_text(book):
    sheet = book["项目"]
    assert sheet.cell(4, column(sheet, "budget.total")).value == 6
    assert sheet.cell(6, column(sheet, "budget.total")).value == "十万"
    assert sheet.cell(4, column(sheet, "code")).value == "13990124P005840100019"
    assert sheet.cell(4, column(sheet, "code")).number_format == "@"


def test_the_checks_say_what_is_wrong():
    book = opened(write_fill_in(WRONG), data_only=True)
    said = {title: _said(book[title]) for title in ("项目", "绩效指标", "政府采购")}
    assert said["项目"] == {
        5: "预算数不等于财政资金加其他资金；支出计划应逐期累计；支出计划年底应达到全部预算；",
        6: "项目名称重复；编码应为 21 位；金额应填数字；没有绩效目标；",
        7: "项目名称重复；没有资金用途；没有支出计划；",
    }
    assert list(said["绩效指标"].values()) == [
        "比率超过 100%；",
        "没有选一级、二级指标；",
        "“≥0”怎样都能达到；",
        "没有指标名称；没有计量单位；",
        "没有选一级、二级指标；没有指标值；",
    ]
    assert said["政府采购"] == {
        5: "没有物品名称；目录序号应为一个字母加 8 位数字；合计不等于数量乘单价；各来源之和不等于合计；",
    }
    catalogue = [
        book["政府采购"].cell(row, column(book["政府采购"], "@catalogue")).value for row in (4, 5, 6)
    ]
    assert catalogue == ["服务器", "目录中没有", "目录中没有"]
    singles = {row[0].value: row[4].value for row in book[SINGLES_SHEET].iter_rows(min_row=4) if row[4].value}
    assert singles == {
        "revenue.total": "不等于下列各项之和；",
        "expenditure.basic": "不等于人员经费加日常公用经费；",
    }


def _said(sheet) -> dict[int, str]:
    at = column(sheet, "@check")
    return {row: text for row in range(4, sheet.max_row + 1) if (text := sheet.cell(row, at).value)}


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_formulas_come_to_what_was_written_beside_them():
    """A spreadsheet program that calculates every formula anew gets what Python put there."""
    data = write_fill_in(WRONG)
    before = opened(data, data_only=True)
    bare = io.BytesIO()
    opened(data).save(bare)  # without results: they are calculated on loading
    after = opened(libreoffice.convert(bare.getvalue(), ".xlsx", "xlsx", "填报表.xlsx"), data_only=True)
    compared = 0
    for sheet in opened(data):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    found = after[sheet.title][cell.coordinate].value
                    expected = before[sheet.title][cell.coordinate].value
                    assert (found or "") == (expected or ""), f"{sheet.title}!{cell.coordinate} {cell.value}"
                    compared += 1
    assert compared > 300


def test_a_new_department_gets_an_empty_workbook():
    empty = BudgetDocument(department=CodedName(None, "安澜县林业局"))
    book = opened(write_fill_in(empty, year=2026))
    assert book["说明"]["B1"].value == "安澜县林业局 2026 年预算绩效填报表"
    assert not any(cell.value for cell in book["项目"][4] if cell.data_type != "f")
    with pytest.raises(WritingError, match="预算年度"):
        write_fill_in(empty)


def test_its_bytes_are_the_same_each_time():
    small = replace(WRONG, fiscal_year=2021)
    assert write_fill_in(small) == write_fill_in(small)
