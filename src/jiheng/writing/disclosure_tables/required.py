"""The tables that a disclosure must have: what a document lacks is added as an empty form that says why it is empty.

财预〔2016〕143号 has a table without data published all the same, with a note. A note says that there is no such
spending only where the document itself shows it; elsewhere it says that the table was not filled in. No figure is
ever made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from jiheng.budget import BudgetDocument, DisclosureTable, Kind, Node, TableKind, normalise, replace
from jiheng.writing.disclosure_tables.official import REQUIRED, official_form

_MONEY: Final = {TableKind.GOVERNMENT_FUND: "政府性基金预算", TableKind.STATE_CAPITAL: "国有资本经营预算"}
_UNFILLED: Final = "注：本表没有填报数据，请核对补充。"
_HAN: Final = "一二三四五六七八九"


def with_required_tables(document: BudgetDocument) -> BudgetDocument:
    """``document`` with an empty table for each required kind that it has none of, in the official order."""
    present = {table.kind for table in document.tables}
    missing = [kind for kind in REQUIRED if kind not in present]
    if not missing:
        return document
    is_final = _is_final(document)
    tables = list(document.tables)
    for kind in missing:
        tables.insert(_place_of(kind, tables), _empty(kind, document, is_final=is_final))
    found: BudgetDocument = replace(document, tables=tables)
    return found


def _is_final(document: BudgetDocument) -> bool:
    if document.tables:
        return 2 * sum(table.is_final for table in document.tables) > len(document.tables)
    return document.kind is Kind.FINAL_ACCOUNTS


def _place_of(kind: TableKind, tables: Sequence[DisclosureTable]) -> int:
    """Behind the last table that comes before ``kind``."""
    before = set(REQUIRED[: REQUIRED.index(kind)])
    return max((index + 1 for index, table in enumerate(tables) if table.kind in before), default=0)


def _empty(kind: TableKind, document: BudgetDocument, *, is_final: bool) -> DisclosureTable:
    form = official_form(kind, is_final=is_final)
    like = next((table for table in document.tables if table.issuer), None)
    name = (document.department.name if document.department else None) or document.issuer
    return DisclosureTable(
        kind=kind,
        title=form.title,
        number=_number(kind, document.tables, is_final=is_final),
        issuer=like.issuer if like else normalise(name) if name else None,
        issuer_code=like.issuer_code if like else None,
        fiscal_year=document.fiscal_year,
        is_final=is_final,
        columns=list(form.columns),
        notes=[_note(kind, document, is_final=is_final)],
    )


def _number(kind: TableKind, tables: Sequence[DisclosureTable], *, is_final: bool) -> str | None:
    """The number of ``kind`` in the official order; ``None`` where the others are not numbered in this way."""
    series = {
        one: f"公开{index:02}表" if is_final else f"表{_HAN[index - 1]}"
        for index, one in enumerate(REQUIRED, 1)
    }
    known = [table for table in tables if table.kind in series]
    fits = all(table.kind is not None and table.number == series[table.kind] for table in known)
    return series[kind] if fits else None


def _note(kind: TableKind, document: BudgetDocument, *, is_final: bool) -> str:
    if not _is_known_to_be_nought(kind, document):
        return _UNFILLED
    we = "本单位" if document.kind is Kind.UNIT_DISCLOSURE else "本部门"
    year = f"{document.fiscal_year}年{'度' if is_final else ''}" if document.fiscal_year else "本年"
    if kind is TableKind.THREE_PUBLIC:
        return f"注：{we}{year}没有财政拨款安排的“三公”经费，本表无数据。"
    return f"注：{we}{year}没有{_MONEY[kind]}财政拨款安排的支出，本表无数据。"


def _is_known_to_be_nought(kind: TableKind, document: BudgetDocument) -> bool:
    """Whether the document tells of this money, and never of more than nothing."""
    if kind is TableKind.THREE_PUBLIC:
        told: list[str | None] = [document.three_public.total] if document.three_public else []
    elif kind in _MONEY:
        told = list(_amounts_of(kind, document))
    else:
        return False
    return bool(told) and not any(_is_more_than_nothing(amount) for amount in told)


def _amounts_of(kind: TableKind, document: BudgetDocument) -> Iterator[str | None]:
    """What sentences and tables say of one of the budgets; an empty cell under its heading says nothing is there."""
    key = kind.value
    if document.revenue is not None and (stated := _stated(document.revenue, key)) is not None:
        yield stated
    for table in document.tables:
        columns = [index for index, column in enumerate(table.columns) if (column.key or "").startswith(key)]
        for row in table.rows:
            values = row.values if _MONEY[kind].removesuffix("预算") in (row.name or "") else []
            yield from values
            yield from (row.values[index] for index in columns if index < len(row.values))


def _stated(node: Node, field: str) -> str | None:
    value: str | None = getattr(node, field)
    return value


def _is_more_than_nothing(amount: str | None) -> bool:
    """Whether ``amount`` is a figure other than nought, or words that say more than a figure."""
    if not amount:
        return False
    try:
        return Decimal(amount.rstrip("元万千百亿%")) != 0
    except InvalidOperation:
        return True
