"""How much of two documents can be held against each other."""

from __future__ import annotations

import pytest

from jiheng.auditing.comparable import Comparable, comparable
from jiheng.budget import BudgetDocument, CodedName, DisclosureTable, Expenditure, Project, TableKind


def of(year: int | None, body: str = "安澜县水务局", total: str | None = "100.00") -> BudgetDocument:
    return BudgetDocument(
        department=CodedName(None, body),
        fiscal_year=year,
        expenditure=Expenditure(total=total, basic="60.00"),
        projects=[Project(name="河道清淤经费"), Project(name=f"{year}年项目")],
        tables=[DisclosureTable(kind=TableKind.REVENUE)],
    )


def test_what_stands_in_both_is_counted():
    assert comparable([of(2024)], [of(2023)]) == Comparable(projects=1, figures=2, tables=1)
    assert comparable([of(2024, total=None)], [of(2023)]).figures == 1
    assert str(comparable([of(2024)], [of(2023)])) == "1 个项目、2 个合计数、1 张公开表"


@pytest.mark.parametrize("other", [of(2020), of(None), of(2023, "安澜县教育局")])
def test_another_body_or_a_year_that_does_not_fit_has_nothing(other):
    assert not comparable([of(2024)], [other])
    assert str(Comparable()) == "没有"
