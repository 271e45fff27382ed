"""Rows of the published tables that rules look up by their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jiheng.budget import BudgetDocument, Money, TableKind, normalise


def summary_amounts(
    document: BudgetDocument, columns: Collection[str], *, only_final: bool = False
) -> Iterator[tuple[str, str, Money]]:
    """Every row of the 收支总表 that has a figure, by its normalised name, with its first amount and that one's path.

    Args:
        columns: keys of the columns that count; one that is not known counts too.
        only_final: only tables of final accounts.
    """
    for at, table in enumerate(document.tables):
        if table.kind is not TableKind.REVENUE_EXPENDITURE or (only_final and not table.is_final):
            continue
        for index, row in enumerate(table.rows):
            for column, value in enumerate(row.values):
                key = table.columns[column].key if column < len(table.columns) else None
                if key is not None and key not in columns:
                    continue
                money = Money.parse(value, table.unit)
                if money is not None:
                    yield normalise(row.name), f"tables.{at}.rows.{index}.values.{column}", money
                    break
