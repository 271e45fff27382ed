"""Two published budgets of an office, page by page: every table with its figures, as seen on the rendered pages."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from jiheng.reading.blocks import Blocks, Table
from jiheng.reading.formats.pdf import read_pdf
from tests.conftest import ROOT

REAL = ROOT.parent / "shared" / "data" / "real"


@cache
def blocks(year: int) -> Blocks:
    path = REAL / f"wanli-subdistrict-{year}-budget.pdf"
    if not path.exists():
        pytest.skip("the real documents are not at hand")
    return read_pdf(path.read_bytes(), path.name)


def tables(year: int) -> list[Table]:
    return [block for block in blocks(year).blocks if isinstance(block, Table)]


def amounts(table: Table, column: int, rows: slice) -> list[Decimal]:
    texts = [row.at(column).text.replace(",", "") for row in table.rows[rows]]
    return [Decimal(text) for text in texts if text]


@pytest.mark.parametrize(
    ("year", "pages", "found"),
    [
        (2024, 33, [(10, 16), (11, 70), (16, 70), (21, 16), (22, 70), (27, 15), (28, 15), (29, 35), (31, 4)]),
        (2025, 31, [(9, 16), (10, 70), (14, 70), (19, 16), (20, 70), (25, 16), (26, 16), (27, 35), (29, 4)]),
    ],
)
def test_the_nine_tables_stand_on_their_pages_with_all_rows(year, pages, found):
    assert blocks(year).pages == pages
    assert [(table.place.page, len(table.rows)) for table in tables(year)] == found
    assert blocks(year).warnings == ()


@pytest.mark.parametrize(("year", "total"), [(2024, "156211123"), (2025, "189767551")])
def test_the_classes_of_every_table_add_up_to_its_total(year, total):
    overview, income, expenditure, grants, general = tables(year)[:5]
    assert sum(amounts(overview, 3, slice(2, -1))) == Decimal(total)
    assert sum(amounts(grants, 3, slice(2, -1))) == Decimal(total)
    for table in (income, expenditure, general):
        classes = [row for row in table.rows[3:-1] if row.at(0).text and not row.at(1).text]
        items = [row for row in table.rows[3:-1] if row.at(2).text]
        for rows in (classes, items):
            assert sum(Decimal(row.at(4).text.replace(",", "")) for row in rows) == Decimal(total)
        assert amounts(table, 4, slice(-1, None)) == [Decimal(total)]


@pytest.mark.parametrize(("year", "basic"), [(2024, "99706020"), (2025, "101341746")])
def test_basic_expenditure_adds_up_by_economic_class(year, basic):
    table = tables(year)[7]
    items = [row for row in table.rows[3:-1] if row.at(1).text]
    assert sum(Decimal(row.at(3).text.replace(",", "")) for row in items) == Decimal(basic)
    assert amounts(table, 3, slice(-1, None)) == [Decimal(basic)]


@pytest.mark.parametrize(
    ("year", "figures"),
    [
        (2024, ["47.91", "0", "1.35", "46.56", "25", "21.56", "443.18"]),
        (2025, ["37.91", "0", "1.35", "36.56", "15", "21.56", "464.64"]),
    ],
)
def test_the_three_public_expenses(year, figures):
    assert tables(year)[8].rows[-1].texts == figures


def test_a_code_is_kept_as_it_is_printed():
    codes = [row.at(1).text for row in tables(2024)[7].rows[4:8]]
    assert codes == ["01", "2", "7", "08"]
