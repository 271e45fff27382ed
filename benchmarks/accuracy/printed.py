"""The tables of a disclosed budget or final account, as printed and as they must be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from benchmarks.accuracy.accounts import Accounts, Functions, classes, is_operating, whole
from benchmarks.accuracy.words import ECONOMIC

_HAN: Final = "一二三四五六七八九十"
Figures = Sequence[Decimal | None]


class Printed(NamedTuple):
    """A table: its lines in the notation of grids, its record, and the lines below it."""

    title: str
    lines: list[str]
    record: dict[str, Any]
    notes: Sequence[str] = ()


class Style(NamedTuple):
    """How an office prints figures and codes."""

    thousands: bool
    zero: str
    """What stands for nothing: "", "0.00" or "-"."""
    code_columns: bool
    """Whether 类, 款 and 项 have a column each."""

    def figure(self, amount: Decimal | None) -> str:
        """As it stands in a cell."""
        if not amount:
            return self.zero
        return f"{amount:,.2f}" if self.thousands else f"{amount:.2f}"

    def read(self, amount: Decimal | None) -> str | None:
        """As it must be read."""
        if not amount:
            return "0.00" if self.zero == "0.00" else None
        return f"{amount:.2f}"

    def record(self, keys: Sequence[str], figures: Figures) -> dict[str, str]:
        """The figures of a row under the keys of their columns."""
        return {key: text for key, amount in zip(keys, figures, strict=True) if (text := self.read(amount))}


def _code_cells(code: str, style: Style) -> str:
    if not style.code_columns:
        return code
    return f"{code[:3]} | {code[3:5]} | {code[5:7]}"


def by_function(
    title: str, kind: str, head: Sequence[str], keys: Sequence[str], rows: Sequence[Functions], style: Style,
    figures: Callable[[Functions], Figures],
) -> Printed:  # fmt: skip
    """A row for every 类, 款 and 项. ``head`` is the head right of code and name, one or two lines."""
    height, codes = len(head), 3 if style.code_columns else 1
    if codes == 3 and height == 1:
        first = f"类 | 款 | 项 | 科目名称 | {head[0]}"
        lines = [first]
    elif codes == 3:
        lines = [f"科目编码 {{3}} | 科目名称 {{1x2}} | {head[0]}", f"类 | 款 | 项 | {head[1]}"]
    else:
        cell = f" {{1x{height}}}" if height > 1 else ""
        lines = [f"科目编码{cell} | 科目名称{cell} | {head[0]}", *head[1:]]
    lines += [
        f"{_code_cells(row.code, style)} | {row.name} | {' | '.join(style.figure(one) for one in figures(row))}"
        for row in rows
    ]
    total = whole(rows)
    lines.append(f"合计 {{{codes + 1}}} | {' | '.join(style.figure(one) for one in figures(total))}")
    record = [
        {"code": row.code, "name": row.name, "figures": style.record(keys, figures(row))} for row in rows
    ]
    record.append({"name": "合计", "figures": style.record(keys, figures(total))})
    return Printed(title, lines, {"kind": kind, "title": title, "rows": record})


def two_sided(
    title: str, kind: str, head: Sequence[str], income: Sequence[tuple[str, Decimal | None]],
    spent: Sequence[tuple[str, Figures]], keys: tuple[str, Sequence[str]], style: Style,
) -> Printed:  # fmt: skip
    """Income left, expenditure right. ``keys``: of the income's column and of the expenditure's columns."""
    lines, record = list(head), []
    wide = len(keys[1])
    for index in range(max(len(income), len(spent))):
        name, amount = income[index] if index < len(income) else ("", None)
        other, figures = spent[index] if index < len(spent) else ("", [None] * wide)
        shown = style.figure(amount) if name else ""
        right = " | ".join(style.figure(one) if other else "" for one in figures)
        lines.append(f"{name} | {shown} | {other} | {right}")
        if name:
            record.append({"name": name, "side": "revenue", "figures": style.record([keys[0]], [amount])})
        if other:
            record.append({"name": other, "side": "expenditure", "figures": style.record(keys[1], figures)})
    return Printed(title, lines, {"kind": kind, "title": title, "rows": record})


def by_economy(
    title: str, keys: Sequence[str], head: Sequence[str], books: Accounts, style: Style
) -> Printed:
    """一般公共预算基本支出表: 类 and 款 of the economic classification, with personnel and operating apart."""
    lines, record = list(head), []
    for code, name, sections in ECONOMIC:
        rows = [(code, name, sum((books.economy[c] for c, _ in sections), Decimal(0)))]
        rows += [(c, n, books.economy[c]) for c, n in sections]
        for row_code, row_name, amount in rows:
            side = is_operating(code)
            figures = [amount, None if side else amount, amount if side else None]
            lines.append(f"{row_code} | {row_name} | {' | '.join(style.figure(one) for one in figures)}")
            record.append({"code": row_code, "name": row_name, "figures": style.record(keys, figures)})
    total = books.whole
    figures = [total.basic, total.personnel, total.operating]
    lines.append(f"合计 {{2}} | {' | '.join(style.figure(one) for one in figures)}")
    record.append({"name": "合计", "figures": style.record(keys, figures)})
    return Printed(title, lines, {"kind": "basic_expenditure", "title": title, "rows": record})


def numbered(rows: Sequence[Functions]) -> list[tuple[str, Functions]]:
    """The 类 with the Chinese numbers that two-sided tables print before them."""
    return [(f"{_HAN[index]}、{row.name}", row) for index, row in enumerate(classes(rows))]
