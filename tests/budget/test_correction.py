"""Putting a value right: every kind of value, and what cannot stand where it is put."""

from __future__ import annotations

from typing import Any

import pytest

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    DisclosureTable,
    Indicator,
    IndicatorValue,
    Place,
    Project,
    Revenue,
    TableColumn,
    TableRow,
    corrected,
    value_at,
)
from jiheng.budget.correction import LONGEST
from jiheng.errors import InvalidCorrection


def documents() -> list[BudgetDocument]:
    rows = [
        TableRow(
            name="行政运行",
            code="2010301",
            attributes={"1.备注": "甲"},
            values=["12.50", None, "详见说明"],
            cells={"values.0": Place(page=2)},
        )
    ]
    columns = [TableColumn("total", "合计"), TableColumn("basic", "基本支出"), TableColumn(None, "说明")]
    indicator = Indicator(level3="清淤长度", value=IndicatorValue.parse("≥12公里"), weight="20")
    return [
        BudgetDocument(
            title="安澜县水务局2024年预算",
            department=CodedName("301", "安澜县水务局"),
            overall_goal=["保障供水。\n保障防洪。"],
            revenue=Revenue(total="100.00"),
            projects=[Project(name="清淤", indicators=[indicator])],
            tables=[DisclosureTable(title="收支总表", columns=columns, rows=rows)],
        )
    ]


ROW = "0.tables.0.rows.0"


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        ("0.title", "安澜县水务局2025年预算", "安澜县水务局2025年预算"),
        ("0.fiscal_year", "2025", "2025"),
        ("0.fiscal_year", "２０２５", "2025"),
        ("0.department.name", "安澜县水利局", "安澜县水利局"),
        ("0.department.code", "302", "302"),
        ("0.overall_goal.0", "保障供水。", "保障供水。"),
        ("0.revenue.total", " 1,280.50 ", "1280.50"),
        ("0.revenue.total", "１２", "12"),
        ("0.revenue.total", "", None),
        ("0.revenue.other", "3.20", "3.20"),
        ("0.projects.0.indicators.0.value", "≥15公里", "≥15公里"),
        ("0.projects.0.indicators.0.actual", "14公里", "14公里"),
        ("0.projects.0.indicators.0.weight", "25", "25"),
        ("0.tables.0.rows.0.values.0", "1,250.00", "1250.00"),
        ("0.tables.0.rows.0.values.0", "", None),
        ("0.tables.0.rows.0.values.1", "7", "7"),
        ("0.tables.0.rows.0.values.2", "详见附件", "详见附件"),
        ("0.tables.0.rows.0.attributes.1.备注", "乙", "乙"),
        ("0.tables.0.rows.0.code", "2010302", "2010302"),
    ],
)
def test_a_value_is_put_right_and_nothing_else_changes(path: str, text: str, kept: str | None):
    before = documents()
    after = corrected(before, path, text)
    assert value_at(after, path) == kept
    assert after[0].tables[0].rows[0].cells == before[0].tables[0].rows[0].cells
    old = value_at(before, path)
    if old is not None:
        assert corrected(after, path, old) == before


def test_an_indicator_value_is_understood_anew():
    after = corrected(documents(), "0.projects.0.indicators.0.value", "≤3次")
    value: Any = after[0].projects[0].indicators[0].value
    assert (value.operator, value.number, value.unit) == ("≤", "3", "次")


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("0.revenue.total", "约十八万", "金额请只写数字"),
        ("0.revenue.total", "12.5.3", "金额请只写数字"),
        ("0.fiscal_year", "去年", "请写整数"),
        ("0.fiscal_year", "9" * 30, "请写整数"),
        (f"{ROW}.values.0", "十二万五", "请只写数字"),
        ("0.projects.0.indicators.0.weight", "二十", "请只写数字"),
        ("0.title", "甲\x00乙", "普通文字"),
        ("0.title", "长" * (LONGEST + 1), "普通文字"),
        ("0.title", "\ud800", "普通文字"),
        ("0.tables.0.unit", "", "不能空着"),
    ],
)
def test_nonsense_is_refused_with_what_can_stand_there(path: str, text: str, words: str):
    with pytest.raises(InvalidCorrection) as refused:
        corrected(documents(), path, text)
    assert words in f"{refused.value.message}{refused.value.remedy}"
    assert refused.value.place == path


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "0", "0.", "1.title", "-1.title", "0.title.", "0..title", "0.cells", f"{ROW}.cells.values.0", "0.schema", "0.projects",
        "0.projects.0", "0.projects.7.name", "0.projects.x.name", f"{ROW}.values.9", f"{ROW}.values.٣", f"{ROW}.attributes", "0.__class__",
        f"{ROW}.attributes.没有", "0.projects.0.indicators.0.value.text", "0.projects.0.indicators.0.is_core", "9" * 400, "0.title.lower",
        "0.department",
    ],
)  # fmt: skip
def test_what_is_no_single_value_is_refused(path: str):
    for attempt in (lambda: value_at(documents(), path), lambda: corrected(documents(), path, "甲")):
        with pytest.raises(InvalidCorrection) as refused:
            attempt()
        assert refused.value.remedy
        assert len(refused.value.place or "") <= 80
