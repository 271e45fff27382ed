"""Tables of Word files: merges whole and broken, nested tables, tables in several parts, changes of rows and cells."""

from __future__ import annotations

import pytest

from jiheng.reading.blocks import Table
from tests.reading.formats.ooxml import cell, p, read, row, run, seen, table

BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def wide(twips: int) -> str:
    return f'<w:tcW w:w="{twips}" w:type="dxa"/>'


def grid_of(body: str) -> list[list[tuple[str, int, int, int]]]:
    (found,) = [block for block in read(body).blocks if isinstance(block, Table)]
    return [[(c.text, c.column, c.span, c.rows) for c in line.cells] for line in found.rows]


@pytest.mark.parametrize(
    ("body", "grid"),
    [
        (  # a merge that nothing begins is begun by its first cell
            table(row(cell("产出", GOES_ON), cell("1")), row(cell("", GOES_ON), cell("2"))),
            [[("产出", 0, 1, 2), ("1", 1, 1, 1)], [("", 0, 1, 1), ("2", 1, 1, 1)]],
        ),
        (  # goes on under a wider cell: with a text of its own it is a cell
            table(row(cell("甲", span(2) + BEGINS), cell("1")), row(cell("乙", GOES_ON), cell("x"), cell("2"))),
            [[("甲", 0, 2, 1), ("1", 2, 1, 1)], [("乙", 0, 1, 1), ("x", 1, 1, 1), ("2", 2, 1, 1)]],
        ),
        (  # the begin is missing, the rest is empty
            table(row(cell("甲"), cell("1")), row(cell("", GOES_ON), cell("2"))),
            [[("甲", 0, 1, 2), ("1", 1, 1, 1)], [("", 0, 1, 1), ("2", 1, 1, 1)]],
        ),
        (  # merges across, as old Word writes them
            table(row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("1")), row(cell("乙"), cell("丙"), cell("2"))),
            [[("甲", 0, 2, 1), ("1", 2, 1, 1)], [("乙", 0, 1, 1), ("丙", 1, 1, 1), ("2", 2, 1, 1)]],
        ),
        (  # a merge of tracked changes
            table(row(cell("甲", '<w:cellMerge w:vMerge="rest"/>')), row(cell("", '<w:cellMerge w:vMerge="cont"/>'))),
            [[("甲", 0, 1, 2)], [("", 0, 1, 1)]],
        ),
        (  # spans that are missing are told from the widths
            table(row(cell("项目名称", wide(2000)), cell("水表更换", wide(6010))), row(cell("一", wide(2000)), cell("二", wide(3000)), cell("三", wide(3000)))),
            [[("项目名称", 0, 1, 1), ("水表更换", 1, 2, 1)], [("一", 0, 1, 1), ("二", 1, 1, 1), ("三", 2, 1, 1)]],
        ),
        (  # widths that do not end at the same place tell nothing
            table(row(cell("甲", wide(2000)), cell("乙", wide(2000))), row(cell("一", wide(2000)), cell("二", wide(3000)), cell("三", wide(3000)))),
            [[("甲", 0, 1, 1), ("乙", 1, 1, 1)], [("一", 0, 1, 1), ("二", 1, 1, 1), ("三", 2, 1, 1)]],
        ),
        (  # absurd spans
            table(row(cell("甲", span(10**12)), cell("乙", span(-3)))),
            [[("甲", 0, 1, 1), ("乙", 1, 1, 1)]],
        ),
        (
            table(row(cell("甲", span(100_000)))),
            [[("甲", 0, 200, 1)]],
        ),
    ],
)  # fmt: skip
def test_merges_whole_and_broken(body, grid):
    assert grid_of(body) == grid


def test_three_rows_of_a_merge_and_a_new_one_below():
    body = table(
        row(cell("甲", BEGINS), cell("1")), row(cell("", GOES_ON), cell("2")), row(cell("", GOES_ON), cell("3")),
        row(cell("乙", BEGINS), cell("4")), row(cell("", GOES_ON), cell("5")),
    )  # fmt: skip
    assert [line[0][3] for line in grid_of(body)] == [3, 1, 1, 2, 1]


def test_rows_and_cells_that_a_change_took_out_are_listed():
    body = table(
        row(cell("甲"), cell("1"), cell("旧", "<w:cellDel/>"), cell("新", "<w:cellIns/>")),
        row(cell("乙"), cell("2"), properties="<w:del/>"),
        row(cell("丙"), cell("3"), cell("4"), properties="<w:ins/>"),
    )
    found = read(body)
    assert seen(found) == [
        [["甲", "1", "新"], ["丙", "3", "4"]],
        ("deleted", "旧"),
        ("deleted", "乙"),
        ("deleted", "2"),
    ]
    assert "3 处删除" in found.warnings[0]
    assert seen(read(p(run("前")) + table(row(cell("甲"), properties="<w:del/>")))) == [
        "前",
        ("deleted", "甲"),
    ]


HEAD = row(cell("科目"), cell("金额"), cell("备注"), properties="<w:tblHeader/>")
TWO = row(cell("科目", BEGINS), cell("金额", span(2)), properties="<w:tblHeader/>") + row(cell("", GOES_ON), cell("年初"), cell("调整"), properties="<w:tblHeader/>")  # fmt: skip
GRID = (3000, 2000, 2000)


def line(*texts: str) -> str:
    return row(*(cell(text) for text in texts))


def test_a_table_that_repeats_its_head_on_the_next_page_goes_on():
    found = read(table(HEAD, line("甲", "1", "")) + p() + table(HEAD, line("乙", "2", "")))
    assert seen(found) == [
        [["科目", "金额", "备注"], ["甲", "1", ""], ["乙", "2", ""]],
        ("furniture", "科目"), ("furniture", "金额"), ("furniture", "备注"),
    ]  # fmt: skip
    assert [line.place.row for line in found.blocks[0].rows] == [1, 2, 3]


def test_a_head_of_two_rows_is_known_by_its_mark():
    found = seen(read(table(TWO, line("甲", "1", "2")) + p() + table(TWO, line("乙", "3", "4"))))
    assert found[0] == [["科目", "金额"], ["", "年初", "调整"], ["甲", "1", "2"], ["乙", "3", "4"]]
    assert len(found) == 5


def test_a_list_goes_on_without_a_head_where_the_columns_are_the_same():
    first, rest = table(line("科目", "金额", "备注"), line("甲", "1", ""), grid=GRID), line("乙", "2", "")
    assert seen(read(first + p() + table(rest, grid=GRID))) == [
        [["科目", "金额", "备注"], ["甲", "1", ""], ["乙", "2", ""]]
    ]
    assert len(seen(read(first + p() + table(rest, grid=(3000, 1000, 3000))))) == 2
    assert len(seen(read(first + p(run("续表")) + table(rest, grid=GRID)))) == 3
    assert (
        len(seen(read(first + p() + table(line("名称", "数量", "单价"), line("乙", "2", "3"), grid=GRID))))
        == 2
    )


def test_nested_tables_follow_the_cell_that_holds_them():
    deep = table(row(cell("最里")))
    inner = table(row(cell("里"), cell(content=deep + p())))
    outer = table(row(cell(content=p(run("前")) + inner + p(run("后"))), cell("旁")))
    assert seen(read(outer)) == [[["前\n后", "旁"]], [["里", ""]], [["最里"]]]


def test_tables_in_tables_without_end_are_refused_or_read_but_never_crash():
    from jiheng.errors import DamagedFile

    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    with pytest.raises(DamagedFile):
        read(deep)


def test_places_name_table_row_column_and_paragraph():
    body = p(run("甲")) + table(row(cell("一", span(2)), cell("二")))
    (_, found) = read(body).blocks
    place = found.rows[0].cells[1].place
    assert (place.table, place.row, place.column, place.paragraph) == (1, 1, 3, 3)
