"""One error each in the disclosure tables of a clean budget or final account, or in the sentences about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from conformance.making.paper import Paper, Pen, Wrong
from conformance.making.tables import budget, final_account

ERROR, WARNING, NOTICE = "error", "warning", "notice"
_SEED: Final = 1
_MORE: Final = Decimal("5.55")
_MONEY: Final = "万元"


class Spot(NamedTuple):
    """Figures of one row that are raised together; ``row`` is its code or name, "" the first."""

    table: str
    row: str
    columns: tuple[str, ...]


_IN_TABLES: Final = (
    ("table-row-sum", Spot("expenditure", "2050803", ("total",)), ()),
    ("table-class-sum", Spot("expenditure", "213", ("total", "basic")), ("expenditure",)),
    ("table-economic-sum", Spot("basic_expenditure", "301", ("total", "personnel")), ("basic_expenditure",)),
    ("table-total-row", Spot("expenditure", "合计", ("total", "project")), ("expenditure",)),
    ("table-sources-sum", Spot("revenue_expenditure", "一、一般公共预算拨款收入", ("budget",)), ("revenue_expenditure",)),
    ("table-spending-sum", Spot("revenue_expenditure", "一、教育支出", ("budget",)), ("revenue_expenditure",)),
    ("table-grand-total", Spot("revenue_expenditure", "上年结转结余", ("budget",)), ("revenue_expenditure",)),
    ("table-carried-forward", Spot("revenue_expenditure", "年终结转结余", ("budget",)), ("revenue_expenditure",)),
    ("table-balance", Spot("revenue_expenditure", "收入总计", ("budget",)), ("revenue_expenditure",)),
    ("table-three-public", Spot("three_public", "", ("total",)), ("three_public",)),
    ("table-procurement-product", Spot("procurement", "", ("total",)), ()),
    ("tables-revenue", Spot("revenue", "合计", ("total", "general_public")), ("revenue", "revenue_expenditure", "fiscal_revenue_expenditure")),
    ("tables-expenditure", Spot("fiscal_revenue_expenditure", "一、教育支出", ("total", "general_public")), ("fiscal_revenue_expenditure", "general_public_expenditure")),
    ("tables-basic", Spot("basic_expenditure", "合计", ("total", "personnel")), ("basic_expenditure", "general_public_expenditure")),
    ("tables-projects", Spot("project_expenditure", "", ("total", "general_public")), ("project_expenditure", "expenditure")),
    ("tables-item", Spot("general_public_expenditure", "2130314", ("total", "project")), ("expenditure", "general_public_expenditure", "revenue")),
)  # fmt: skip
"""Kind, what is raised, and the tables in which the error may be named; none but its own row where that is empty."""

_IN_SENTENCES: Final = (
    ("told-revenue", ("revenue.total", "revenue.general_public"), ("revenue",)),
    ("told-expenditure", ("expenditure.total", "expenditure.basic"), ("expenditure",)),
    ("told-three-public", ("three_public.total", "three_public.reception"), ("three_public",)),
    ("told-item", ("expenditure_items.0.amount",), ("expenditure_items.0",)),
)


def papers() -> Iterator[Paper]:
    """Every error of this file in the same budget and the same final account."""
    clean = budget(_SEED)
    for kind, spot, tables in _IN_TABLES:
        pen = Pen(clean)
        at, figures = _raise(pen, spot)
        severity = WARNING if kind == "tables-projects" else ERROR  # not every table lists every project
        yield pen.paper(f"budget-{kind}", Wrong(kind, severity, _places(pen, at, tables), *figures, _MONEY))
    for kind, paths, places in _IN_SENTENCES:
        yield _told(clean, f"budget-{kind}", kind, paths, (*places, "tables"))
    yield from _others(clean)
    yield from _finals(final_account(_SEED))


def _row(pen: Pen, table: str, row: str) -> tuple[int, int]:
    for at, one in enumerate(pen.document().tables):
        if one.kind == table:
            for index, found in enumerate(one.rows):
                if row in ("", found.code, found.name):
                    return at, index
    raise LookupError(f"{table} {row}")


def _path(pen: Pen, spot: Spot, column: str) -> str:
    at, index = _row(pen, spot.table, spot.row)
    keys = [one.key for one in pen.document().tables[at].columns]
    return f"tables.{at}.rows.{index}.values.{keys.index(column)}"


def _raise(pen: Pen, spot: Spot) -> tuple[str, tuple[str, str]]:
    """The row's path, and its first figure with what it was."""
    figures = []
    for column in spot.columns:
        path = _path(pen, spot, column)
        before = pen.value(path)
        after = f"{Decimal(before) + _MORE:.2f}"
        pen.put(path, after)
        figures.append((after, before))
    return path.partition(".values")[0], figures[0]


def _places(pen: Pen, row: str, tables: Sequence[str]) -> tuple[str, ...]:
    kinds = [one.kind for one in pen.document().tables]
    return (row, *(f"tables.{at}" for at, kind in enumerate(kinds) if kind in tables))


def _told(clean: Paper, name: str, kind: str, paths: Sequence[str], places: tuple[str, ...]) -> Paper:
    pen = Pen(clean)
    befores = [pen.value(path) for path in paths]
    afters = [f"{Decimal(before) + _MORE:.2f}" for before in befores]
    if len(set(befores)) == 1:
        pen.put(paths[0], afters[0], *paths[1:])
    else:
        for path, after in zip(paths, afters, strict=True):
            pen.put(path, after)
    return pen.paper(name, Wrong(kind, ERROR, places, afters[0], befores[0], _MONEY))


def _others(clean: Paper) -> Iterator[Paper]:
    # 机关运行经费 has another extent in some places, so a difference only needs a reason
    for kind, path, severity, times in (
        ("told-operating-funds", "operating_funds.total", WARNING, 0),
        ("told-procurement", "procurement.total", ERROR, 1),
    ):
        pen = Pen(clean)
        before = pen.value(path)
        after = f"{Decimal(before) + _MORE:.2f}"
        pen.put(path, after, *["procurement"] * times)
        section = path.partition(".")[0]
        yield pen.paper(f"budget-{kind}", Wrong(kind, severity, (section, "tables"), after, before, _MONEY))

    pen = Pen(clean)
    spot = Spot("expenditure", "2130314", ("to_superior",))
    path = _path(pen, spot, "to_superior")
    pen.put(path, "-3.00")
    row = path.partition(".values")[0]
    yield pen.paper("budget-table-negative", Wrong("table-negative", WARNING, (row,)))

    pen = Pen(clean)
    for column in ("total", "reception"):
        path = _path(pen, Spot("three_public", "", (column,)), column)
        pen.put(path, f"{Decimal(pen.value(path)) - 500:.2f}")
    row = path.partition(".values")[0]
    wrong = Wrong("three-public-below-basic", WARNING, (row, "tables.5"))
    yield pen.paper("budget-three-public-below-basic", wrong)

    pen = Pen(clean)
    at, index = _row(pen, "revenue", "2130314")
    pen.put(f"tables.{at}.rows.{index}.name", "防灾减灾")
    yield pen.paper("budget-code-name", Wrong("code-name", WARNING, ("tables",)))

    pen = Pen(clean)
    spot = Spot("basic_expenditure", "302", ("personnel", "operating"))
    personnel, operating = (_path(pen, spot, column) for column in spot.columns)
    amount = pen.value(operating)
    pen.put(personnel, amount)
    pen.put(operating, "0.00")
    row = personnel.partition(".values")[0]
    yield pen.paper("budget-economic-side", Wrong("economic-side", WARNING, (row,)))

    pen = Pen(clean)
    pen.put("performance_management.goal_amount", "99999.00")
    yield pen.paper(
        "budget-goal-funds", Wrong("goal-funds", NOTICE, ("performance_management", "expenditure", "tables"))
    )

    pen = Pen(clean)
    pen.drop("七、国有资产占用使用情况说明", "截至上年末")
    wrong = Wrong("chapter-missing", ERROR, ("assets", "title", ""))
    yield pen.paper("budget-chapter-missing", wrong)


def _finals(clean: Paper) -> Iterator[Paper]:
    pen = Pen(clean)
    pen.put("performance_management.excellent", "88")
    yield pen.paper("final-grade-counts", Wrong("grade-counts", ERROR, ("performance_management",)))

    pen = Pen(clean)
    pen.put("performance_management.mean_score", "99.9")
    yield pen.paper("final-mean-score", Wrong("mean-score", WARNING, ("performance_management",)))

    yield _told(
        clean,
        "final-told-revenue",
        "told-revenue",
        ("revenue.total", "revenue.fiscal"),
        ("revenue", "tables"),
    )
    yield _told(
        clean,
        "final-told-expenditure",
        "told-expenditure",
        ("expenditure.total", "expenditure.project"),
        ("expenditure", "tables"),
    )
    yield _told(
        clean, "final-three-public-sum", "three-public-sum", ("three_public.reception",), ("three_public",)
    )
    for kind, spot, tables in (
        ("table-row-sum", Spot("expenditure", _first_item(clean), ("expenditure",)), ()),
        ("table-total-row", Spot("revenue", "合计", ("revenue", "fiscal")), ("revenue",)),
        ("table-three-public", Spot("three_public", "", (_total_column(clean),)), ("three_public",)),
        (
            "three-public-over-budget",
            Spot("three_public", "", ("reception_final", "total_final")),
            ("three_public",),
        ),
    ):
        pen = Pen(clean)
        at, figures = _raise(pen, spot)
        severity, figures = (ERROR, figures) if kind.startswith("table") else (WARNING, (None, None))
        yield pen.paper(f"final-{kind}", Wrong(kind, severity, _places(pen, at, tables), *figures, _MONEY))


def _first_item(clean: Paper) -> str:
    rows = (
        row for table in clean.record[0]["tables"] if table["kind"] == "expenditure" for row in table["rows"]
    )
    return next(row["code"] for row in rows if len(row.get("code", "")) == 7)


def _total_column(clean: Paper) -> str:
    """The column of the total in the table of the three expenses, whatever stage stands behind its key."""
    table = next(one for one in clean.record[0]["tables"] if one["kind"] == "three_public")
    return next(column["key"] for column in table["columns"] if column["key"].startswith("total"))
