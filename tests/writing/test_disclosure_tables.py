"""Disclosure tables in official look: what is printed reads back equal, and nothing that must be there is missing."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiheng.budget import (
    BudgetDocument,
    Changes,
    DisclosureTable,
    Expenditure,
    ExpenditureItem,
    Kind,
    OperatingFunds,
    PerformanceManagement,
    Procurement,
    Revenue,
    TableKind,
    TableRow,
    ThreePublic,
    replace,
)
from jiheng.errors import MissingPart
from jiheng.reading import read
from jiheng.writing import TABLES_FORM, write
from jiheng.writing.disclosure_tables import with_required_tables
from jiheng.writing.disclosure_tables.form import form_of
from jiheng.writing.disclosure_tables.headings import least_room, set_in
from jiheng.writing.disclosure_tables.measures import grouped
from jiheng.writing.disclosure_tables.official import REQUIRED, official_form
from jiheng.writing.disclosure_tables.widths import layout_of
from jiheng.writing.disclosure_text import lay_out
from jiheng.writing.docx import render_docx
from jiheng.writing.final_accounts import lay_out as lay_out_final
from jiheng.writing.html import render_html
from jiheng.writing.pagination import LYING, STANDING
from jiheng.writing.pdf import render_pdf
from tests.writing.builders import project
from tests.writing.tables import (
    CODED,
    budget_tables,
    disclosure,
    final_account,
    final_tables,
    row,
    sides,
    table,
)

PAGES = ("docx", "html", "pdf")


def printed(document: BudgetDocument, form: str) -> bytes:
    """What stands on the pages, without the data that a PDF of ours carries."""
    pages = (lay_out_final if document.kind is Kind.FINAL_ACCOUNTS else lay_out)(document)
    if form == "pdf":
        return render_pdf(pages)
    return render_docx(pages) if form == "docx" else render_html(pages).encode()


def back(data: bytes, form: str) -> BudgetDocument:
    reading = read(data, name=f"公开.{form}")
    assert reading.unknown == []
    (found,) = reading.documents
    return found


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
@pytest.mark.parametrize("kind", [Kind.DEPARTMENT_DISCLOSURE, Kind.UNIT_DISCLOSURE])
def test_a_disclosure_with_all_its_tables_reads_back_equal(form, kind):
    written = disclosure(kind)
    found = back(write(written, form), form)
    assert found.tables == written.tables
    assert replace(found, division=None) == written


@pytest.mark.parametrize("form", PAGES)
def test_the_pages_alone_show_every_table_whole(form):
    written = disclosure()
    assert back(printed(written, form), form).tables == written.tables


@pytest.mark.parametrize("form", PAGES)
def test_a_final_account_reads_back_equal(form):
    written = with_required_tables(final_account())
    assert replace(back(write(written, form), form), division=None) == written
    assert back(printed(written, form), form).tables == written.tables


def test_tables_of_a_workbook_read_back_equal():
    for written in (disclosure(), with_required_tables(final_account())):
        found = back(write(written, TABLES_FORM), "xlsx")
        assert found.tables == written.tables
        assert (found.kind, found.fiscal_year, found.remarks) == (written.kind, written.fiscal_year, [])


VARIANTS: dict[str, DisclosureTable] = {
    "no number": table("expenditure", "部门支出总体情况表", CODED, [row("合计", "1.00", "1.00", None)]),
    "a number of an unusual form": table(
        "expenditure", "部门支出总体情况表", CODED, [row("合计", "1.00", "1.00", None)], number="财决批复03表"
    ),
    "a year in the title": table("expenditure", "2024年部门支出总体情况表", CODED, [row("合计", "1", "1", None)]),
    "no year at all": table(
        "expenditure", "部门支出总体情况表", CODED, [row("合计", "1.00", "1.00", None)], fiscal_year=None
    ),
    "no issuer": table("expenditure", "部门支出总体情况表", CODED, [row("合计", "1.00", "1.00", None)], issuer=None, issuer_code=None),
    "years in the headings": table(
        "general_public_expenditure", "一般公共预算支出情况表",
        [("previous_year", "2023年预算数"), ("total", "2024年预算数/小计"), ("basic", "2024年预算数/基本支出"),
         ("project", "2024年预算数/项目支出"), ("change", "2024年比2023年增减/增减额"), ("rate", "2024年比2023年增减/增减幅度")],
        [row("农林水支出", "11000000.00", "9200000.00", "9200000.00", None, "-1800000.00", "-16.36%", code="213")], unit="元",
    ),
    "words among figures": table("expenditure", "部门支出总体情况表", CODED, [row("合计", "1.00", "详见附件", "0")]),
    "bodies in the rows": table(
        "three_public", "一般公共预算“三公”经费支出情况表", [("total", "合计"), ("abroad", "因公出国（境）费"), ("reception", "公务接待费")],
        [row("安澜县水务局本级", "3.00", "1.00", "2.00"), row("合计", "3.00", "1.00", "2.00")],
    ),
    "a longer right side": table(
        "revenue_expenditure", "部门收支总体情况表", [("budget", "预算数"), ("change", "比上年增减")],
        [*sides([row("一、财政拨款收入", "9.00", "1.00", side="revenue")],
                [row(f"{number}、农林水支出", "1.00", None, side="expenditure") for number in "一二三四"]),
         row("收入总计", "9.00", "1.00", side="revenue"), row("支出总计", "9.00", None, side="expenditure")],
    ),
    "codes on the right side": table(
        "revenue_expenditure", "部门收支总体情况表", [("budget", "预算数")],
        sides([row("一、财政拨款收入", "9.00", side="revenue")], [row("农林水支出", "9.00", side="expenditure", code="213")]),
    ),
    "one heading over all columns": table(
        "three_public", "一般公共预算“三公”经费支出情况表",
        [("total", "“三公”经费/合计"), ("abroad", "“三公”经费/因公出国（境）费"), ("reception", "“三公”经费/公务接待费")],
        [row(None, "3.00", "1.00", "2.00")],
    ),
    "headings of the provincial table of purchases": table(
        "procurement", "部门政府采购预算表",
        [("budget", "政府采购项目来源/预算资金"), ("quantity", "数量"), ("price", "单价"), ("total", "政府采购金额/总计")],
        [row("办公设备更新", "8.00", "10", "0.50", "5.00", attributes={"采购物品名称": "台式计算机", "政府采购目录序号": "A02010105"})],
    ),
    "more notes than lines are looked at otherwise": table(
        "expenditure", "部门支出总体情况表", CODED, [row("合计", "1.00", "1.00", None)],
        notes=["注：1.口径一。", *(f"{number}.口径{number}。" for number in range(2, 7))],
    ),
    "many pages": table(
        "expenditure", "部门支出总体情况表", CODED, [row("防汛抗旱和农村饮水安全保障支出", "1234.50", None, "1.00", code="2130314")] * 70
    ),
    "more columns than a page is wide": table(
        "expenditure", "部门支出总体情况表",
        [(key, f"{name}/{label}") for key, name, label in
         [(f"{key}_{stage}", name, label) for stage, name in (("initial", "年初预算数"), ("adjusted", "调整预算数"), ("final", "决算数"))
          for key, label in CODED]] + [("rate", "占比")],
        [row("防汛", *["1234567890.12"] * 9, "12.50%", code="2130314")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", [*PAGES, "xlsx"])
@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_of_a_table_reads_back_equal(name, form):
    written = disclosure(tables=[VARIANTS[name]])
    data = write(written, TABLES_FORM, required_tables=False) if form == "xlsx" else printed(written, form)
    assert back(data, form).tables == written.tables


_figures = st.decimals(min_value=1, max_value=9999999, places=2).map(lambda number: f"{number:f}")
_amounts = st.one_of(
    st.none(), _figures, _figures.map(lambda text: f"-{text}"), st.sampled_from(["0", "0.00", "12"])
)


@st.composite
def _tables(draw: st.DrawFn) -> DisclosureTable:
    """A table of some kind with its official columns or some of them, and figures in every row."""
    is_final = draw(st.booleans())
    kind = draw(st.sampled_from([kind for kind in REQUIRED if kind is not TableKind.BASIC_EXPENDITURE]))
    form = official_form(kind, is_final=is_final)
    is_two_sided = bool(form_of(DisclosureTable(kind=kind, columns=list(form.columns))).columns[-1].side)
    rows = draw(_sided_rows(len(form.columns)) if is_two_sided else _coded_rows(len(form.columns)))
    return DisclosureTable(
        kind=kind, title=form.title, number=draw(st.sampled_from([None, "表一", "公开01表", "附件1-2"])),
        issuer="安澜县水务局", fiscal_year=draw(st.sampled_from([None, 2023, 2024])), is_final=is_final,
        unit=draw(st.sampled_from(["万元", "元"])), columns=list(form.columns), rows=rows,
        notes=draw(st.sampled_from([[], ["注：本表按预算安排填列。"]])),
    )  # fmt: skip


@st.composite
def _coded_rows(draw: st.DrawFn, width: int) -> list[TableRow]:
    names = (("213", "农林水支出"), ("21303", "水利"), ("2130314", "防汛"), (None, "合计"))
    found = []
    for number in range(draw(st.integers(1, 6))):
        code, name = draw(st.sampled_from(names if number else names[:3]))
        first = draw(_figures)
        found.append(row(name, first, *(draw(_amounts) for _ in range(width - 1)), code=code))
    return found


@st.composite
def _sided_rows(draw: st.DrawFn, width: int) -> list[TableRow]:
    left = 1 if width > 1 else 0
    found = []
    for name in ("一、甲", "二、乙", "三、丙")[: draw(st.integers(1, 3))]:
        found.append(row(f"{name}收入", draw(_figures), *[None] * (width - 1), side="revenue"))
        amounts = [draw(_figures) for _ in range(width - left)]
        found.append(row(f"{name}支出", *[None] * left, *amounts, side="expenditure"))
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_tables(), min_size=1, max_size=2), st.sampled_from([*PAGES, "xlsx"]))
def test_whatever_figures_a_table_has_it_reads_back_equal(tables, form):
    written = disclosure(tables=tables)
    data = write(written, TABLES_FORM, required_tables=False) if form == "xlsx" else printed(written, form)
    assert back(data, form).tables == written.tables


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("is_final", [False, True])
def test_every_required_table_is_there_though_empty(form, is_final):
    bare = final_account(tables=[]) if is_final else disclosure(tables=[])
    completed = with_required_tables(bare)
    assert [found.kind for found in completed.tables] == list(REQUIRED)
    assert all(not found.rows and len(found.notes) == 1 for found in completed.tables)
    assert [found.number for found in completed.tables][:2] == (
        ["公开01表", "公开02表"] if is_final else ["表一", "表二"]
    )
    found = back(write(bare, form, required_tables=True), form)
    assert found.tables == completed.tables


def test_documents_that_have_tables_get_the_others_and_those_without_do_not():
    some = disclosure(tables=budget_tables()[:1])
    assert back(write(some, "docx"), "docx").tables == with_required_tables(some).tables
    assert back(write(some, "docx", required_tables=False), "docx").tables == some.tables
    assert back(write(disclosure(tables=[]), "docx"), "docx").tables == []
    whole = disclosure()
    assert with_required_tables(whole) is whole


def test_an_added_table_stands_in_its_place_and_is_numbered_as_the_others_are():
    tables = budget_tables()
    completed = with_required_tables(disclosure(tables=[tables[0], *tables[2:]]))
    assert (completed.tables[1].kind, completed.tables[1].number) == (TableKind.REVENUE, "表二")
    renumbered = [replace(found, number=f"附件{index}") for index, found in enumerate(tables[1:4], 1)]
    assert with_required_tables(disclosure(tables=renumbered)).tables[0].number is None


def _note(kind: TableKind, **fields: object) -> str:
    (found,) = [one for one in with_required_tables(disclosure(**fields)).tables if one.kind is kind]
    return found.notes[0]


def test_a_note_says_that_there_is_none_only_where_the_document_shows_it():
    fund = TableKind.GOVERNMENT_FUND
    assert "没有填报" in _note(fund, tables=[])
    assert "没有政府性基金预算" in _note(fund, tables=budget_tables()[:4])
    assert "没有政府性基金预算" in _note(fund, tables=[], revenue=Revenue(total="1.00", government_fund="0"))
    assert "没有填报" in _note(fund, tables=[], revenue=Revenue(total="1.00", government_fund="1.00"))
    assert "没有填报" in _note(TableKind.REVENUE, tables=[])
    three = TableKind.THREE_PUBLIC
    assert "没有财政拨款安排的“三公”经费" in _note(three, tables=[], three_public=ThreePublic(total="0.00"))
    assert "没有填报" in _note(three, tables=[], three_public=ThreePublic(total="1.00"))


def test_wide_tables_lie_and_narrow_ones_stand():
    lying = {found.kind: layout_of(form_of(found)).is_lying for found in budget_tables()}
    assert lying[TableKind.REVENUE] and lying[TableKind.PROJECT_EXPENDITURE]
    assert not lying[TableKind.REVENUE_EXPENDITURE] and not lying[TableKind.THREE_PUBLIC]
    for found in [*budget_tables(), *final_tables(), *VARIANTS.values()]:
        layout = layout_of(form_of(found))
        room = LYING[0] if layout.is_lying else STANDING[0]
        assert sum(layout.widths) == pytest.approx(room, abs=0.2)
        assert min(layout.widths) > 7


def test_income_before_all_expenditure_is_put_side_by_side_with_the_sums_on_one_line():
    left = [
        row("一、甲", "1", side="revenue"),
        row("二、乙", "2", side="revenue"),
        row("收入总计", "3", side="revenue"),
    ]
    right = [row("一、丙", "3", side="expenditure"), row("支出总计", "3", side="expenditure")]
    found = form_of(
        table("revenue_expenditure", "部门收支总体情况表", [("budget", "预算数")], [*left, *right])
    )
    assert [[entry.text for entry in line] for line in found.body] == [
        ["一、甲", "1", "一、丙", "3"],
        ["二、乙", "2", "", ""],
        ["收入总计", "3", "支出总计", "3"],
    ]


def test_headings_break_between_words():
    assert set_in("政府性基金预算", 4) == "政府性\n基金预算"
    assert set_in("对附属单位补助支出", 5.5) == "对附属单位\n补助支出"
    assert set_in("合计", 4) == "合计"
    assert least_room("一般公共预算") == 4
    assert "".join(set_in("公务用车购置及运行费（万元）", 4).split()) == "公务用车购置及运行费（万元）"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1234567.90", "1,234,567.90"), ("-1234", "-1,234"), ("999.5", "999.5"), ("0123", "0123"), ("1234.5%", "1,234.5%"),
        ("详见附件", "详见附件"), ("", ""),
    ],
)  # fmt: skip
def test_thousands_are_parted(text, shown):
    assert grouped(text) == shown


def test_a_worksheet_has_numbers_and_prints_as_a_table():
    book = openpyxl.load_workbook(io.BytesIO(write(disclosure(), TABLES_FORM)))
    sheet = book["部门收入总体情况表"]
    assert sheet["A1"].value == "部门收入总体情况表"
    assert sheet.page_setup.orientation == "landscape"
    assert book["部门收支总体情况表"].page_setup.orientation != "landscape"
    assert sheet.print_title_rows == "$4:$5"
    figures = {
        cell.value: cell.number_format for line in sheet.iter_rows() for cell in line if cell.data_type == "n"
    }
    assert figures[1220.56] == "#,##0.00"
    assert (figures[600], figures[500.5]) == ("#,##0", "#,##0.0")


def test_a_figure_that_a_number_cannot_hold_stays_text():
    amounts = ["12345678901234567.89", "-0.00", "007"]
    written = disclosure(tables=[table("expenditure", "部门支出总体情况表", CODED, [row("合计", *amounts)])])
    found = back(write(written, TABLES_FORM, required_tables=False), "xlsx")
    assert found.tables[0].rows[0].values == amounts


def test_goal_tables_of_a_final_account_are_printed_too():
    found = back(write(final_account(projects=[project()]), "html"), "html")
    assert [one.name for one in found.projects] == ["山洪沟清淤"]


def test_a_document_without_tables_has_no_workbook_of_them():
    with pytest.raises(MissingPart, match="公开表"):
        write(disclosure(tables=[]), TABLES_FORM)
    with pytest.raises(MissingPart, match="决算"):
        write(final_account(tables=[], remarks=[]), "docx")


def test_a_final_account_of_figures_alone_gains_the_sentences_and_no_more():
    written = with_required_tables(
        final_account(
            remarks=[],
            revenue=Revenue(year=2023, total="1885.75", fiscal="1850.25", business="35.50"),
            expenditure=Expenditure(year=2023, total="1885.75", basic="885.75", project="1000.00"),
            changes=Changes(previous_year=2022, total="-20.00", rate="-1.0", reasons="人员退休"),
            three_public=ThreePublic(year=2023, total="11.00", vehicle_operation="10.00", reception="1.00"),
            operating_funds=OperatingFunds(year=2023, total="77.50"),
            procurement=Procurement(year=2023, total="33.00"),
            expenditure_items=[
                ExpenditureItem(function_class="农林水支出", section="水利", item="防汛", initial="900.00", final="1000.00")
            ],
            performance_management=PerformanceManagement(
                self_evaluated_projects="12", self_evaluated_amount="800.00", mean_score="92.5", excellent="10", good="2",
                problems_found="3", problems_solved="2", problems_open="1",
            ),
        )
    )  # fmt: skip
    found = back(printed(written, "docx"), "docx")
    assert {remark.section for remark in found.remarks} == {
        "overview", "three_public", "operating_funds", "procurement", "performance",
    }  # fmt: skip
    assert replace(found, division=None, remarks=[]) == written
    assert back(printed(found, "docx"), "docx") == found
