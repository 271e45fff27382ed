"""Disclosures whose figures agree have no finding; and there is no figure in their tables that can be wrong unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest

from benchmarks.accuracy import disclosure
from jiheng.auditing import all_rules, audit
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.sentences import sentences, shares
from jiheng.auditing.sheets import sheets
from jiheng.auditing.sides import side
from jiheng.budget import BudgetDocument, Money, Severity, TableKind, money_sum, replace
from jiheng.reading.layouts.document import read_documents
from tests.auditing.builders import document as build

SUMS = [rule for rule in all_rules() if rule.family in ("TBL", "ACC", "TOLD", "RATE", "FIN")]
MAKERS = {"budget": disclosure.budgets, "final account": disclosure.final_accounts}


@cache
def made(name: str, seed: int) -> BudgetDocument:
    (known,) = MAKERS[name](seed)
    (document,) = read_documents(list(known.blocks))[0]
    return document


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", MAKERS)
def test_a_sound_disclosure_has_no_finding(name, seed):
    result = audit(made(name, seed), rules=SUMS)
    assert result.failed_rules == []
    assert [(found.rule, found.message) for found in result.findings] == []


def wrong(document: BudgetDocument, by: Decimal) -> Iterator[tuple[str, BudgetDocument]]:
    """The document with one figure of its tables changed, for each of them."""
    for at, table in enumerate(document.tables):
        for index, row in enumerate(table.rows):
            for column, value in enumerate(row.values):
                money = Money.parse(value)
                if money:
                    values = [*row.values[:column], f"{money.number + by}", *row.values[column + 1 :]]
                    rows = [*table.rows[:index], replace(row, values=values), *table.rows[index + 1 :]]
                    tables = [*document.tables[:at], replace(table, rows=rows), *document.tables[at + 1 :]]
                    yield f"tables.{at}.rows.{index}.values.{column}", replace(document, tables=tables)


@pytest.mark.parametrize("by", [Decimal("10"), Decimal("-0.3")], ids=str)
@pytest.mark.parametrize("name", MAKERS)
def test_no_figure_can_be_wrong_unnoticed(name, by):
    unnoticed, checked = [], 0
    for path, document in wrong(made(name, 2), by):
        checked += 1
        found = audit(document, rules=SUMS).findings
        if not any(one.severity is Severity.ERROR for one in found):
            unnoticed.append(path)
    assert checked > 150
    assert unnoticed == []


TOLD = {
    "revenue": ("total", "fiscal", "general_public", "government_fund"),
    "expenditure": ("total", "basic", "project"),
    "three_public": ("total", "abroad", "vehicle_purchase", "vehicle_operation", "reception"),
    "operating_funds": ("total",),
    "procurement": ("total",),
}


@pytest.mark.parametrize("name", MAKERS)
def test_no_figure_can_be_told_otherwise_unnoticed(name):
    document, checked = made(name, 2), 0
    for section, fields in TOLD.items():
        node = getattr(document, section)
        for field in fields:
            money = Money.parse(getattr(node, field)) if node is not None else None
            if money:  # beside an amount of nought the tables have an empty cell
                checked += 1
                other = replace(node, **{field: f"{money.number + 10}"})
                found = audit(replace(document, **{section: other}), rules=SUMS).findings
                assert f"{section}.{field}" in {one.path for one in found}
    for index, item in enumerate(document.expenditure_items):
        money = Money.parse(item.amount)
        assert money is not None
        items = list(document.expenditure_items)
        items[index] = replace(item, amount=f"{money.number + 10}")
        found = audit(replace(document, expenditure_items=items), rules=SUMS).findings
        assert f"expenditure_items.{index}.amount" in {one.path for one in found}
    assert checked >= 8


@pytest.mark.parametrize(
    ("stated", "parts", "expected"),
    [
        ("10.02", ["5.00", "5.00"], None),
        ("10.03", ["5.00", "5.00"], Severity.ERROR),
        ("10.02", ["5.00", "5.00", "0.00", "0.00"], None),
        ("10.03", ["5.00", "5.00", "0.00", "0.00"], Severity.ERROR),
        ("11", ["5", "5"], Severity.NOTICE),
        ("12", ["5", "5"], Severity.ERROR),
        ("11", ["5.00", "5.00"], Severity.ERROR),
        ("11元", ["5元", "5元"], None),
        ("12元", ["5元", "5元"], Severity.ERROR),
    ],
)
def test_what_rounding_may_lose(stated, parts, expected):
    amounts = [Money.parse(part) for part in parts]
    assert disagreement(Money.parse(stated), money_sum(amounts), amounts) is expected


@pytest.mark.parametrize(
    ("stated", "other", "expected"),
    [("100.00", "1000049元", None), ("100", "100.46", Severity.NOTICE), ("100", "100.60", Severity.ERROR)],
)
def test_two_copies_of_one_figure_may_be_rounded_apart(stated, other, expected):
    assert disagreement(Money.parse(stated), Money.parse(other)) is expected


LINES = ["一、本年收入", "（一）一般公共预算拨款", "（二）政府性基金预算拨款", "二、上年结转", "收入总计"]


def test_the_year_s_income_may_stand_above_its_sources():
    rows = [{"side": "revenue", "name": name, "values": ["1"]} for name in LINES]
    table = {"kind": "revenue_expenditure", "columns": [{"key": "budget", "label": "预算数"}], "rows": rows}
    (sheet,) = sheets(build({"tables": [table]}))
    (found,) = side(sheet, "revenue")
    assert [line.name for line in found.items] == ["一般公共预算拨款", "政府性基金预算拨款"]
    assert [line.name for line in found.more] == ["上年结转"]
    assert found.own is not None and found.own.name == "本年收入"
    assert found.grand is not None and found.grand.name == "收入总计"


def test_one_amount_in_yuan_among_those_in_ten_thousand_yuan_is_named():
    rows = [
        {"code": "213", "name": "农林水支出", "values": ["100.00"]},
        {"code": "21301", "name": "农业农村", "values": ["400000"]},
        {"code": "21303", "name": "水利", "values": ["60.00"]},
    ]
    columns = [{"key": "total", "label": "合计"}]
    table = {"kind": TableKind.EXPENDITURE.value, "columns": columns, "rows": rows}
    found = [one for one in audit(build({"tables": [table]}), rules=SUMS).findings if one.rule == "TBL-002"]
    assert len(found) == 1
    assert "“21301农业农村”“合计” 400000 万元若为元，则正好相符" in found[0].message


def test_rounding_is_only_named_where_it_makes_a_gap_milder():
    row = {"name": "合计", "values": ["100", "60", "40"]}
    columns = [{"key": key, "label": key} for key in ("total", "basic", "project")]
    told = {"tables": [{"kind": "expenditure", "columns": columns, "rows": [row]}]}
    (milder,) = audit(build(told | {"expenditure": {"total": "100.40"}}), rules=SUMS).findings
    (notice,) = audit(build(told | {"performance_management": {"goal_amount": "45"}}), rules=SUMS).findings
    assert (milder.severity, notice.severity) == (Severity.NOTICE, Severity.NOTICE)
    assert "四舍五入" in milder.message
    assert "四舍五入" not in notice.message


def test_of_an_endless_paragraph_only_the_beginning_is_worked_out():
    text = "基本支出60.00万元，占65%；" * 5000
    (paragraph,) = sentences(build({"remarks": [{"section": "overview", "text": text}]}))
    assert len(list(shares(paragraph))) < 100
    assert len(paragraph.amounts()) < 100
