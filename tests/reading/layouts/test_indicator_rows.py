"""The head of an indicator table: what each of its columns holds."""

from __future__ import annotations

from jiheng.budget import Place
from jiheng.reading.blocks import Cell, Row
from jiheng.reading.layouts.indicator_rows import Columns


def row(*cells):
    return Row(tuple(Cell(text, Place(), column, span) for text, column, span in cells), Place())


def test_the_columns_of_a_value_may_span_several_of_the_grid():
    columns = Columns()
    columns.learn(
        row(
            ("二级指标", 0, 1),
            ("三级指标", 1, 2),
            ("指标值", 3, 1),
            ("", 4, 3),
            ("", 7, 2),
            ("指标值确定依据", 9, 1),
        )
    )
    columns.learn(
        row(("", 0, 1), ("", 1, 2), ("符号", 3, 1), ("值", 4, 3), ("单位（文字描述）", 7, 2), ("", 9, 1))
    )
    assert columns.fields == {0: "level2", 1: "level3", 3: "sign", 4: "number", 7: "unit", 9: "basis"}


def test_columns_behind_the_value_make_room_for_its_three_below():
    columns = Columns()
    columns.learn(row(("二级指标", 0, 1), ("三级指标", 1, 1), ("指标值", 2, 1), ("指标值确定依据", 3, 1)))
    columns.learn(row(("", 0, 1), ("", 1, 1), ("符号", 2, 1), ("值", 3, 1), ("单位（文字描述）", 4, 1)))
    assert columns.fields == {0: "level2", 1: "level3", 2: "sign", 3: "number", 4: "unit", 5: "basis"}
