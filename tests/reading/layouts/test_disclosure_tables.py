"""The disclosure tables of budgets and final accounts, as several provinces print them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jiheng.budget import BudgetDocument, CodedName, Place, normalise
from jiheng.reading import read
from jiheng.reading.blocks import Block, Cell, Paragraph, Table
from jiheng.reading.coverage import LeftOver, UnreadBlock
from jiheng.reading.layouts.document import read_documents
from tests.conftest import ROOT
from tests.reading.layouts.grids import at, blocks_of, load

TABLES = sorted((ROOT / "tests" / "data" / "tables").glob("*.txt"))
REAL = ROOT.parent / "shared" / "data" / "real"
_FIGURE = re.compile(r"\(?-?\d[\d,]*(?:\.\d+)?%?\)?")

each = pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)


def record(blocks: list[Block]) -> tuple[BudgetDocument, list[UnreadBlock]]:
    (document,), unread, _ = read_documents(blocks)
    return document, unread


def grid(blocks: list[Block]) -> dict[tuple[int | None, int | None, int | None], Cell]:
    """Every cell by its place."""
    return {
        key(cell.place): cell
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    }


def key(place: Place) -> tuple[int | None, int | None, int | None]:
    return place.table, place.row, place.column


def digits(text: str) -> str:
    plain = normalise(text).replace(",", "")
    return f"-{plain.strip('()')}" if plain.startswith("(") else plain


@each
def test_tables_are_read(path: Path):
    blocks, expected = load(path)
    document, unread = record(blocks)
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    plain: Any = msgspec.to_builtins(document)
    assert {path: absent_as_blank(at(plain, path)) for path in expected} == expected


def absent_as_blank(value: Any) -> Any:
    if isinstance(value, list):
        return [absent_as_blank(item) for item in value]
    return "" if value is None else value


@each
def test_every_figure_stands_in_its_row_and_under_its_heading(path: Path):
    """By the places alone: the text there, the row of the name, a heading in the same column of the grid."""
    blocks, _ = load(path)
    cells = grid(blocks)
    document, unread = record(blocks)
    placed = set()
    for table in document.tables:
        columns = defaultdict(set)
        for row in table.rows:
            for index, value in enumerate(row.values):
                if value is None:
                    assert f"values.{index}" not in row.cells
                    continue
                place = row.cells[f"values.{index}"]
                cell = cells[key(place)]
                assert digits(cell.text) == value
                assert row.place is not None
                assert place.row == row.place.row
                columns[index].add(cell.column)
                placed.add(key(place))
        for index, found in columns.items():
            label = table.columns[index].label.split("/")[-1]
            for column in found:
                assert any(
                    other.column <= column < other.column + other.span
                    and "".join(other.text.split()) == label
                    for place, other in cells.items()
                    if place[0] == (table.place.table if table.place else None)
                ), label
    beside = {key(found.place) for found in unread}
    for row in (row for table in document.tables for row in table.rows):
        beside |= {key(place) for place in row.cells.values()}
        if row.code and (first := row.cells.get("code")):
            # the parts of a code in columns of their own
            beside |= {(first.table, first.row, (first.column or 0) + at) for at in range(len(row.code) // 2)}
    figures = {place for place, cell in cells.items() if _FIGURE.fullmatch(normalise(cell.text))}
    assert figures <= placed | beside


@each
def test_no_figure_is_taken_for_a_number_of_a_row_or_column(path: Path):
    blocks, _ = load(path)
    _, unread = record(blocks)
    figures = [found for found in unread if re.search(r"\d[.,]\d", found.text)]
    assert [found.text for found in figures if "表题" not in found.reason] == []


def test_a_page_break_parts_a_table_and_repeats_its_head():
    head = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出"
    blocks = blocks_of(
        f"# 支出总表\n# 单位：万元\n{head}\n208 | 社会保障和就业支出 | 80.00 | 80.00 |\n\n"
        f"# - 7 -\n{head}\n213 | 农林水支出 | 20.00 |  | 20.00\n合计 {{2}} | 100.00 | 80.00 | 20.00"
    )
    document, unread = record(blocks)
    (table,) = document.tables
    assert [row.values for row in table.rows] == [
        ["80.00", "80.00", None],
        ["20.00", None, "20.00"],
        ["100.00", "80.00", "20.00"],
    ]
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", "1234.50"),
        ("１，２３４．５０", "1234.50"),
        ("-12.00", "-12.00"),
        ("(1,200.00)", "-1200.00"),
        ("（0.50）", "-0.50"),
        ("0.00", "0.00"),
        ("—", None),
        ("", None),
        ("12.5%", "12.5%"),
        ("详见附件", "详见附件"),
    ],
)
def test_what_a_cell_of_figures_says(cell, value):
    blocks = blocks_of(
        f"# 收入总表\n# 单位：万元\n科目名称 | 合计 | 其他收入\n农林水支出 | 9.00 | {cell}\n教育支出 | 1.00 | 1.00"
    )
    document, _ = record(blocks)
    assert document.tables[0].rows[0].values == ["9.00", value]


@pytest.mark.parametrize(
    ("name", "code", "rest"),
    [
        ("2130314防汛", "2130314", "防汛"),
        ("[30101]基本工资", "30101", "基本工资"),
        ("208-社会保障和就业支出", "208", "社会保障和就业支出"),
        ("300万元以上项目", None, "300万元以上项目"),
        ("2024年防汛", None, "2024年防汛"),
        ("100 个村道路", None, "100 个村道路"),
        ("1.一般公共预算", None, "1.一般公共预算"),
    ],
)
def test_a_code_glued_to_its_name(name, code, rest):
    document, _ = record(
        blocks_of(f"# 支出总表\n# 单位：元\n科目 | 合计 | 项目支出\n{name} | 9.00 | 9.00\n合计 | 9.00 | 9.00")
    )
    row = document.tables[0].rows[0]
    assert (row.code, row.name) == (code, rest)


def test_a_table_of_no_known_kind_keeps_all_its_cells():
    document, unread = record(
        blocks_of(
            "# 水库移民扶持资金分配情况统计表\n# 单位：万元\n乡镇 | 人数 | 金额 | 备注\n东山镇 | 120 | 7.20 | 直补\n西河乡 | 80 | 4.80 |"
        )
    )
    (table,) = document.tables
    assert table.kind is None
    assert [row.values for row in table.rows] == [["120", "7.20"], ["80", "4.80"]]
    assert [row.name for row in table.rows] == ["东山镇", "西河乡"]
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []


@pytest.mark.skipif(not REAL.exists(), reason="the published files are not at hand")
@pytest.mark.parametrize(
    ("year", "total", "three_public"),
    [
        (2024, "156211123", ["47.91", "0", "1.35", "46.56", "25", "21.56", "443.18"]),
        (2025, "189767551", ["37.91", "0", "1.35", "36.56", "15", "21.56", "464.64"]),
    ],
)
def test_a_published_budget_is_read_whole(year, total, three_public):
    reading = read(REAL / f"wanli-subdistrict-{year}-budget.pdf")
    assert reading.coverage is not None
    assert reading.coverage.unknown == reading.coverage.lost == 0
    (document,) = reading.documents
    tables = {table.kind: table for table in document.tables}
    assert len(tables) == len(document.tables) == 9
    assert document.fiscal_year == year
    sums = [row.values for row in tables["revenue_expenditure"].rows if row.name in ("收入总计", "支出总计")]
    assert sums == [[total], [total]]
    assert [row.values for row in tables["three_public"].rows] == [three_public]
    for table in document.tables:
        codes = [row.code for row in table.rows if row.code]
        assert all(re.fullmatch(r"[23]\d{2}(?:\d{2}){0,2}", code) for code in codes)


_BODY = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n213 | 农林水支出 | 9.00 | 4.00 | 5.00\n合计 {2} | 9.00 | 4.00 | 5.00"


@pytest.mark.parametrize(
    ("lines", "title", "number", "issuer", "year"),
    [
        ("附件1-3/部门支出总表/单位：万元", "部门支出总表", "附件1-3", None, None),
        ("附件1-3 部门支出总表/单位：万元", "部门支出总表", "附件1-3", None, None),
        ("表1-1 部门支出总表/金额单位：万元", "部门支出总表", "表1-1", None, None),
        ("部门支出总表/预算01-2表/单位:万元", "部门支出总表", "预算01-2表", None, None),
        ("公开表3/部门支出总表/部门：甲局 2024年 单位：万元", "部门支出总表", "公开表3", "甲局", 2024),
        ("附表2-1：部门支出总表/单位：万元", "部门支出总表", "附表2-1", None, None),
        ("（表五）部门支出总表/单位：万元", "部门支出总表", "表五", None, None),
        ("部门公开表7/部门支出总表/编制单位：甲局/单位：万元", "部门支出总表", "部门公开表7", "甲局", None),
        (
            "三、2024年部门支出总表（草案）/编报单位：甲局 | 单位：万元",
            "2024年部门支出总表（草案）",
            None,
            "甲局",
            2024,
        ),
        (
            "支出预算总表/（2024年度）/填报单位(盖章)：甲局 金额单位：人民币万元",
            "支出预算总表",
            None,
            "甲局",
            2024,
        ),
        (
            "财决公开03表/支出决算表/编制单位：甲局/2024年度/金额单位：万元",
            "支出决算表",
            "财决公开03表",
            "甲局",
            2024,
        ),
        ("支出决算表(财决04表)/单位：万元", "支出决算表", "财决04表", None, None),
        ("3.部门支出总表/单位名称：305001-甲局/单位：万元", "部门支出总表", None, "甲局", None),
        (
            "表三 部门支出总表/填报部门：[305]甲局 单位：万元 保留两位小数",
            "部门支出总表",
            "表三",
            "甲局",
            None,
        ),
        (
            "安澜县水务局2024年部门支出总表/单位：万元",
            "安澜县水务局2024年部门支出总表",
            None,
            "安澜县水务局",
            2024,
        ),
    ],
)
def test_what_stands_above_a_table(lines, title, number, issuer, year):
    caption = "".join(f"# {line}\n" for line in lines.split("/"))
    document, unread = record(blocks_of(caption + _BODY))
    (table,) = document.tables
    assert (table.title, table.number, table.issuer, table.fiscal_year) == (title, number, issuer, year)
    assert table.kind == "expenditure"
    assert table.unit == "万元"
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []


PROJECTS = """
# 表十
# 2024年项目支出表
# 编制单位：安澜县水务局 单位：万元
项目名称 {1x2} | 项目编码 {1x2} | 项目单位 {1x2} | 合计 {1x2} | 本年拨款 {3}
一般公共预算 | 政府性基金预算 | 国有资本经营预算
水质检测 | 13052924P005840120862 | 安澜县水务局 | 10.00 | 6.00 | 4.00 | 0.00
河道清淤 | 13052924P005840120863 | 安澜县水务局 | 20.00 | 20.00 | 0.00 | 0.00
"""


def test_a_list_of_project_expenditure_may_have_a_column_of_codes():
    document, unread = record(blocks_of(PROJECTS))
    (table,) = document.tables
    assert table.kind == "project_expenditure"
    assert [(row.name, row.code, row.unit, row.values[0]) for row in table.rows] == [
        ("水质检测", "13052924P005840120862", "安澜县水务局", "10.00"),
        ("河道清淤", "13052924P005840120863", "安澜县水务局", "20.00"),
    ]
    assert [column.key for column in table.columns] == [
        "total",
        "general_public",
        "government_fund",
        "state_capital",
    ]
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []


def test_codes_of_projects_alone_make_no_disclosure_table():
    library = (
        "# 2024年项目库清单\n序号 | 项目编码 | 项目名称 | 金额\n1 | 13052924P005840120862 | 水质检测 | 10.00"
    )
    document, _ = record(blocks_of(library))
    assert (document.kind, document.tables) == ("project_list", [])


def test_the_name_of_a_worksheet_that_repeats_the_title_is_understood():
    blocks = [Paragraph("支出总表", Place(sheet="支出总表"), "heading")]
    blocks += [
        Paragraph(block.text, Place(sheet="支出总表", row=1)) if isinstance(block, Paragraph) else block
        for block in blocks_of(f"# 2024年支出总表\n# 单位：万元\n{_BODY}")
    ]
    document, unread = record(blocks)
    assert document.tables[0].title == "2024年支出总表"
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
    assert document.remarks == []


def test_a_total_below_one_side_of_an_empty_table_is_a_column_of_figures():
    document, _ = record(
        blocks_of(
            "# 财政拨款收支总表\n# 单位：万元\n收入 {2} | 支出 {4}\n项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算\n"
            " |  |  |  |  | \n# 注：本表无数据。"
        )
    )
    (table,) = document.tables
    assert [column.key for column in table.columns] == [
        "budget",
        "total",
        "general_public",
        "government_fund",
    ]
    assert (table.rows, table.notes) == ([], ["注：本表无数据。"])


def test_a_long_list_of_notes_belongs_to_its_table():
    notes = ["注：1.口径一。", *(f"{number}.口径{number}。" for number in range(2, 8))]
    below = "".join(f"\n# {note}" for note in notes)
    document, unread = record(blocks_of(f"# 部门支出总表\n# 单位：万元\n{_BODY}{below}"))
    assert document.tables[0].notes == notes
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []


def test_tables_in_an_annex_belong_to_no_chapter_and_tell_the_code_of_the_department():
    document, unread = record(
        blocks_of(
            "# 安澜县水务局2024年部门预算信息公开情况说明\n# 九、其他需要说明的事项\n# 我部门没有其他需要说明的事项。\n"
            "# 附件：安澜县水务局2024年部门预算公开表\n"
            f"# 部门支出总表\n# 编制部门：305安澜县水务局 单位：万元\n{_BODY}"
        )
    )
    assert document.other_matters == "我部门没有其他需要说明的事项。"
    assert document.department == CodedName("305", "安澜县水务局")
    assert len(document.tables) == 1
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []


def test_purchases_among_the_tables_of_an_annex_are_one_of_them():
    document, unread = record(
        blocks_of(
            "# 安澜县水务局2024年部门预算信息公开情况说明\n# 九、其他需要说明的事项\n# 没有其他需要说明的事项。\n"
            "# 附件：安澜县水务局2024年部门预算公开表\n# 部门政府采购预算表\n# 单位：万元\n"
            "采购项目 | 采购物品名称 | 数量 | 单价 | 合计\n办公设备更新 | 台式计算机 | 10 | 0.50 | 5.00"
        )
    )
    (table,) = document.tables
    assert table.kind == "procurement"
    assert table.rows[0].attributes == {"采购物品名称": "台式计算机"}
    assert [found.text for found in unread if found.kind is LeftOver.UNKNOWN] == []
