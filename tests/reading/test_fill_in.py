"""A fill-in workbook is read back as it was filled in, whoever saved it, and every problem stands at its cell."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Indicator,
    IndicatorValue,
    Kind,
    Organization,
    Procurement,
    ProcurementItem,
    Project,
    ProjectBudget,
    Safeguard,
    SpendingPlan,
    SubGoal,
    replace,
)
from jiheng.errors import DamagedFile, ReadingError
from jiheng.merging import merge
from jiheng.reading import read
from jiheng.reading.fill_in import read_fill_in
from jiheng.reading.formats import libreoffice
from jiheng.writing.fill_in import write_fill_in
from tests.reading.fill_in_books import Filled
from tests.writing.builders import document, project
from tests.writing.filled import filled_document
from tests.writing.test_round_trip import VARIANTS as TEXTS

needs_soffice = pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
TWO = document(
    project(code="13990121P005840100019"),
    project(2, "饮水管网改造", code="13990121P005840100027", rows=3),
    fiscal_year=2021,  # of a year whose catalogue is not at hand: quicker
    title="安澜县水务局2021年部门预算绩效文本",
)
EMPTY = BudgetDocument(fiscal_year=2021, department=CodedName("305", "安澜县水务局"))


def told(filled) -> list[str]:
    return [f"{problem.cell} {problem.message}" for problem in filled.problems]


@pytest.mark.parametrize(
    "written",
    [*TEXTS.values(), TWO, EMPTY, *(replace(filled_document(kind), fiscal_year=2024) for kind in Kind)],
    ids=[*TEXTS, "two projects", "nothing yet", *Kind],
)
def test_what_nobody_touched_reads_back_equal(written):
    written = replace(written, fiscal_year=2021)
    filled = read_fill_in(write_fill_in(written), "填报表.xlsx")
    assert filled.document == written
    assert filled.base == written
    assert filled.problems == []


WORDS = st.text("安澜水务清淤，。≥12=+-@\n\t '\"<&\u3000�", max_size=12)
MAYBE = st.none() | WORDS
AMOUNTS = (
    st.none()
    | st.decimals(-10, 10**7, places=2).map(str)
    | st.sampled_from(["6", "0.125", "60000元", "12345678901234567.89"])
)
VALUES = st.none() | st.sampled_from(
    ["120 户", "≥98%", "10月底前", "≤500元", "5", "1,000 份", "提升", "≥90时效高", "95%-100%", "二十个"]
).map(IndicatorValue.parse)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    return Project(
        number=draw(st.none() | st.integers(1, 30)),
        name=draw(MAYBE),
        heading=draw(MAYBE),
        code=draw(MAYBE),
        budget=draw(st.none() | st.builds(ProjectBudget, total=AMOUNTS, fiscal=AMOUNTS, other=AMOUNTS, unit=st.sampled_from(["万元", "元"]))),
        plan=draw(st.none() | st.builds(SpendingPlan, unit=st.sampled_from(["percent", "amount"]), march=AMOUNTS, december=MAYBE, heading=MAYBE)),
        goals=draw(st.lists(WORDS, max_size=3)),
        indicators=draw(st.lists(st.builds(Indicator, level1=MAYBE, level2=MAYBE, level3=MAYBE, value=VALUES, score=MAYBE), max_size=4)),
    )  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        BudgetDocument,
        fiscal_year=st.just(2021),
        title=MAYBE,
        department=st.none() | st.builds(CodedName, MAYBE, MAYBE),
        duties=st.lists(WORDS, max_size=2),
        overall_goal=st.lists(WORDS, max_size=3),
        sub_goals=st.lists(st.builds(SubGoal, title=MAYBE, goal=MAYBE), max_size=2),
        projects=st.lists(projects(), max_size=3),
        special_funds=st.lists(projects(), max_size=2),
    )
)
def test_any_document_reads_back_equal(written):
    filled = read_fill_in(write_fill_in(written), "填报表.xlsx")
    assert told(filled) == []
    assert _without_empty_rows(filled.document) == _without_empty_rows(written)


def _without_empty_rows(found: BudgetDocument) -> BudgetDocument:
    """A row in which nothing stands is none when it is read back: to clear a row is to take it out."""
    goals = [one for one in found.sub_goals if (one.title or "").strip() or (one.goal or "").strip()]
    return replace(found, overall_goal=[one for one in found.overall_goal if one.strip()], sub_goals=goals)


def test_a_workbook_filled_in_by_hand_is_the_document():
    wanted = replace(
        TWO,
        special_funds=[project(1, "水利工程补助", rows=2)],
        organizations=[Organization(name="安澜县水务局本级", nature="行政", rank="正科级", funding="财政拨款")],
        procurement=Procurement(items=[ProcurementItem(name="水泵", catalog_code="A02051228", quantity="2", price="1.50", total="3.00")]),
        status=None,
    )  # fmt: skip
    book = Filled(EMPTY)
    for number, (label, one) in enumerate(
        [("部门项目", wanted.projects[0]), (None, wanted.projects[1]), ("专项资金", wanted.special_funds[0])],
        4,
    ):
        plan = {
            f"plan__{month}": float(getattr(one.plan, month))
            for month in ("march", "june", "october", "december")
        }
        book.put("项目", number, AT_list=label, name=one.name, code=one.code, unit__code="305001", unit__name="安澜县水务局本级", budget__total=6,
                 budget__fiscal="５．００", budget__other="1.00", purpose=one.purpose, goals="\n".join(one.goals), **plan)  # fmt: skip
    number = 4
    for one in (*wanted.special_funds, *wanted.projects):
        for row in one.indicators:
            sign, figure, unit = row.value.operator, row.value.number, row.value.unit
            if figure is None:
                sign, unit = "文字描述", row.value.text
            book.put("绩效指标", number, AT_project=one.name, level1=row.level1, level2=row.level2, level3=row.level3, description=row.description,
                     value__sign=sign, value__number=figure and float(figure), value__unit=unit, basis=row.basis)  # fmt: skip
            number += 1
    for number, text in enumerate(wanted.overall_goal, 4):
        book.put("总体目标", number, AT_text=text)
    book.put("分项目标", 4, title="防汛抗旱", goal="汛期安全度过。", indicators="山洪沟清淤 120 户受益。")
    book.put("保障措施", 4, title="加强领导", text="由分管局长负责，逐月调度。")
    book.put("机构设置", 4, name="安澜县水务局本级", nature="行政", rank="正科级", funding="财政拨款")
    book.put("政府采购", 4, name="水泵", catalog_code="Ａ02051228", quantity=2, price=1.5, total=3)
    for row in book.book["单位信息"].iter_rows(min_row=4):
        typed = {"title": wanted.title, "issuer": wanted.issuer, "reviewer": wanted.reviewer}.get(
            row[0].value
        )
        if typed:
            row[2].value = typed
    filled = book.read()
    assert told(filled) == []

    def bare(found: BudgetDocument) -> BudgetDocument:
        def row(one: Indicator) -> Indicator:
            return replace(one, value=one.value.text.replace(" ", ""))

        def table(one: Project) -> Project:
            same = {
                "budget": ProjectBudget(
                    total=str(float(one.budget.total or 0)), fiscal=one.budget.fiscal, other=one.budget.other
                )
            }
            return replace(
                one, number=None, heading=None, indicators=[row(each) for each in one.indicators], **same
            )

        goals = [replace(one, number=None) for one in found.sub_goals]
        return replace(
            found,
            projects=list(map(table, found.projects)),
            special_funds=list(map(table, found.special_funds)),
            sub_goals=goals,
        )

    assert bare(filled.document) == bare(wanted)


def test_sorting_changes_nothing_but_where_rows_stand():
    book = Filled(TWO)
    rows = [book.row("绩效指标", number) for number in range(4, 14)]
    for number, row in enumerate(reversed(rows), 4):
        book.set_row("绩效指标", number, row)
    first, second = book.row("项目", 4), book.row("项目", 5)
    book.set_row("项目", 4, second)
    book.set_row("项目", 5, first)
    filled = book.read()
    assert filled.document == TWO
    assert told(filled) == []


def test_a_cleared_row_is_taken_out():
    book = Filled(TWO)
    for number in (4, 6):
        book.clear("绩效指标", number)
    filled = book.read()
    assert [row.level3 for row in filled.document.projects[0].indicators] == [
        "指标1",
        "指标3",
        "指标4",
        "指标5",
        "指标6",
    ]
    assert filled.problems == []


def test_a_row_that_was_deleted_altogether_is_taken_out():
    book = Filled(TWO)
    book.book["绩效指标"].delete_rows(4)
    assert book.read().document.projects[0].indicators[0].level3 == "指标1"


def test_a_new_row_stands_below_the_one_above_it_or_where_its_number_says():
    book = Filled(TWO)
    book.put("项目", 6, name="新项目甲", budget__total=3)
    book.put("项目", 7, AT_order=1.5, name="新项目乙", budget__total="4.00")
    book.put(
        "绩效指标",
        20,
        AT_project="新项目甲",
        level1="产出指标",
        level2="数量指标",
        level3="新指标",
        value__sign="≥",
        value__number="１２",
        value__unit="个",
    )
    filled = book.read()
    assert [one.name for one in filled.document.projects] == [
        "山洪沟清淤",
        "新项目乙",
        "饮水管网改造",
        "新项目甲",
    ]
    new = filled.document.projects[3]
    assert new.budget == ProjectBudget(total="3.00")
    assert [row.value for row in new.indicators] == [IndicatorValue("≥12个", "≥", "12", "个")]
    assert filled.origins["projects.3"] == ""
    assert filled.origins["projects.2"] == "projects.1"


def test_a_copied_row_is_a_new_one_and_the_first_stays_what_it_was():
    book = Filled(TWO)
    copied = book.row("绩效指标", 4)
    book.set_row("绩效指标", 30, copied)
    book.put("绩效指标", 30, AT_order=None, level3="复制后改名")
    filled = book.read()
    assert [row.level3 for row in filled.document.projects[0].indicators] == [
        *(f"指标{at}" for at in range(7)),
        "复制后改名",
    ]
    assert filled.document.projects[0].indicators[0] == TWO.projects[0].indicators[0]


def test_a_renamed_project_keeps_its_indicators_and_its_heading_follows():
    book = Filled(TWO)
    book.put("项目", 4, name="沟道清淤", code="13990124P005840100078")
    filled = book.read()
    assert filled.document.projects[0].heading == "1.沟道清淤绩效目标表"
    assert len(filled.document.projects[0].indicators) == 7
    ours = replace(TWO, projects=[replace(TWO.projects[0], purpose="别人改的用途"), TWO.projects[1]])
    merged = merge(filled.base, filled.document, ours, origins=filled.origins)
    assert merged.conflicts == []
    assert (merged.document.projects[0].name, merged.document.projects[0].purpose) == (
        "沟道清淤",
        "别人改的用途",
    )


def test_text_in_a_figure_column_is_kept_as_written_and_named_at_its_cell():
    book = Filled(TWO)
    book.put("项目", 4, budget__total="约 6 万元", plan__march="四分之一")
    book.put("绩效指标", 5, value__number="接近 98")
    filled = book.read()
    first = filled.document.projects[0]
    assert first.budget.total is None
    assert [(one.label, one.text) for one in first.statements] == [("填报表“预算数”", "约 6 万元")]
    assert first.plan.march == "四分之一"
    assert "接近98" in first.indicators[1].value.text.replace(" ", "")
    assert told(filled) == [
        "项目!J4 “约 6 万元”不是金额，没有读入数字，原文另行保留。",
        "项目!O4 “四分之一”不是数字，已照原样保留。",
        "绩效指标!I5 “接近 98”不是数字，已照原样保留。",
    ]
    assert all(problem.remedy.startswith("请") for problem in filled.problems)


def test_a_text_among_the_single_values_is_kept_too():
    book = Filled(TWO)
    sheet = book.book["单位信息"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "revenue.total")
    row[2].value = "待定"
    filled = book.read()
    assert [problem.cell for problem in filled.problems] == [f"单位信息!C{row[2].row}"]
    assert filled.document.remarks[-1].text == "填报表“收入合计”：待定"
    row[2].value = "1,256.77万元"
    assert book.read().document.revenue.total == "1256.77"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(16.8, "16.80"), ("16.80", "16.80"), ("１６．８０", "16.80"), ("1,256.77", "1256.77"), (" 7 ", "7"), ("8万元", "8"), (1234.5678, "1234.5678"), ("80000元", "80000元")],
)  # fmt: skip
def test_amounts_however_they_are_typed(typed, kept):
    book = Filled(TWO)
    book.put("项目", 4, budget__total=typed)
    filled = book.read()
    assert filled.document.projects[0].budget.total == kept
    assert filled.problems == []


def test_percent_signs_and_shares_shown_as_percentages_are_figures():
    book = Filled(TWO)
    book.put("项目", 4, plan__march="30%", plan__june=0.6)
    book.book["项目"].cell(4, book.columns("项目")["plan.june"]).number_format = "0%"
    assert book.read().document.projects[0].plan.figures == ("30", "60", "75", "100")


def test_what_is_typed_beside_the_columns_or_for_no_project_is_named():
    book = Filled(TWO)
    book.book["项目"].cell(5, 30).value = "请领导核对"
    book.put("绩效指标", 40, AT_project="没有的项目", level3="无主指标")
    book.book.create_sheet("草稿")["A1"] = "草稿"
    assert told(book.read()) == [
        "项目!AD5 “请领导核对”写在填报表的栏目之外，没有读入。",
        "绩效指标!C40 “项目”表中没有项目“没有的项目”，这一行没有读入。",
        "工作表“草稿” 工作表“草稿”不是填报表的一部分，其中的内容没有读入。",
    ]


def test_a_hidden_decimal_and_a_failed_formula_are_named():
    book = Filled(TWO)
    cell = book.book["项目"].cell(4, book.columns("项目")["budget.total"])
    cell.value, cell.number_format = 6.127, "0.0"
    found = book.read()
    assert [problem.cell for problem in found.problems] == ["项目!J4"]
    assert "更多的小数" in found.problems[0].message


def test_a_column_or_sheet_that_is_gone_keeps_what_was_there():
    book = Filled(TWO)
    book.book["绩效指标"].delete_cols(book.columns("绩效指标")["basis"])
    del book.book["分项目标"]
    filled = book.read()
    assert filled.document == TWO
    assert len(filled.problems) == 2


def test_every_value_has_the_place_of_its_cell():
    filled = Filled(TWO).read()
    first = filled.document.projects[0]
    assert str(first.place_of("name")) == "工作表“项目” 行4 第4列"
    assert first.budget.place_of("total").column == 10
    assert first.indicators[1].place_of("value").row == 5
    assert filled.document.cells["overall_goal.1"].row == 5


def test_read_takes_it_as_any_other_file_and_names_the_cells():
    book = Filled(TWO)
    book.put("项目", 4, budget__total="六万")
    reading = read(book.data(), name="水务局.xlsx")
    assert reading.documents[0].projects[1] == TWO.projects[1]
    assert [warning.message[:6] for warning in reading.warnings] == ["项目!J4："]


def test_the_workbook_of_one_unit_has_its_projects_alone():
    other = project(3, "水库管护", code="13990124P005840100035", unit=CodedName("305002", "安澜县水库管理处"))
    whole = replace(TWO, projects=[*TWO.projects, other])
    book = Filled(whole, unit="305002")
    assert "总体目标" not in book.book.sheetnames and "单位信息" not in book.book.sheetnames
    book.put("项目", 4, purpose="改了用途")
    book.put("项目", 5, name="新项目", budget__total=1)
    filled = book.read()
    assert filled.document.projects[1].unit == CodedName("305002", "安澜县水库管理处")
    merged = merge(filled.base, filled.document, whole, origins=filled.origins)
    assert merged.conflicts == []
    assert [one.name for one in merged.document.projects] == [
        "山洪沟清淤",
        "饮水管网改造",
        "水库管护",
        "新项目",
    ]
    assert merged.document.projects[2].purpose == "改了用途"
    assert merged.document.overall_goal == whole.overall_goal


def test_last_year_is_where_a_new_cycle_starts():
    filled = read_fill_in(write_fill_in(TWO, year=2022), "填报表.xlsx")
    assert (filled.document.fiscal_year, filled.document.title) == (
        2022,
        "安澜县水务局2022年部门预算绩效文本",
    )
    assert filled.document.projects == TWO.projects
    assert filled.base == filled.document


@needs_soffice
@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_it_reads_the_same_after_another_program_saved_it(form):
    book = Filled(TWO)
    book.put("项目", 4, budget__total="７.５", plan__march=30)
    book.put("项目", 6, name="新项目", purpose="@新")
    book.clear("绩效指标", 5)
    before = book.read()
    saved = libreoffice.convert(book.data(), ".xlsx", form, "填报表.xlsx")
    after = read_fill_in(saved, f"填报表.{form}")
    assert after.document == before.document
    assert told(after) == told(before)
    assert after.origins == before.origins


def test_text_that_looks_like_a_formula_stays_text():
    risky = document(project(name="=HYPERLINK(1)", purpose="+1", goals=["-2", "@x"]))
    data = write_fill_in(risky)
    filled = read_fill_in(data, "填报表.xlsx")
    assert filled.document == risky
    cells = [cell for row in Filled(risky).book["项目"].iter_rows(min_row=4, max_row=4) for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith(("=HYPER", "+1", "-2"))] == [
        "s",
        "s",
        "s",
    ]


def _with_data(change) -> bytes:
    book = Filled(TWO)
    sheet = book.book["绩衡数据"]
    change(sheet)
    return book.data()


@pytest.mark.parametrize(
    "data",
    [
        lambda: b"PK\x03\x04 nothing",
        lambda: b"",
        lambda: write_fill_in(TWO)[:5000],
        lambda: _with_data(lambda sheet: sheet.delete_rows(2)),
        lambda: _with_data(lambda sheet: sheet.delete_rows(3)),
        lambda: _with_data(lambda sheet: sheet.__setitem__("A3", "A" * 400)),
        lambda: _with_data(lambda sheet: sheet.__setitem__("A1", "jiheng-fill-in/9")),
    ],
    ids=["no zip", "empty", "cut", "no digest", "no base", "forged", "another version"],
)  # fmt: skip
def test_a_broken_or_forged_file_is_refused_in_words(data):
    with pytest.raises(ReadingError) as caught:
        read_fill_in(data(), "坏.xlsx")
    assert caught.value.remedy


def test_a_base_that_unpacks_to_more_than_it_should_is_refused(monkeypatch):
    from jiheng.budget.fill_in import payload

    data = write_fill_in(TWO)
    monkeypatch.setattr(payload, "_MOST", 100)
    with pytest.raises(DamagedFile):
        read_fill_in(data, "大.xlsx")


def test_an_ordinary_workbook_is_none():
    from jiheng.writing import write

    with pytest.raises(DamagedFile, match="不是绩衡的填报表"):
        read_fill_in(write(TWO, "xlsx"), "数据.xlsx")
    assert zipfile.is_zipfile(io.BytesIO(write(TWO, "xlsx")))


def test_safeguards_keep_their_own_order():
    two = replace(TWO, safeguards=[Safeguard(title="乙", text="二"), Safeguard(title="甲", text="一")])
    book = Filled(two)
    book.put("保障措施", 4, AT_order=3)
    assert [one.title for one in book.read().document.safeguards] == ["甲", "乙"]
