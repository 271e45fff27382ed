"""One error each in the sentences and small tables of a clean disclosure in chapters."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from conformance.making.disclosures import disclosure
from conformance.making.paper import Paper, Pen, Wrong

ERROR, WARNING, NOTICE = "error", "warning", "notice"
_SEED: Final = 1
_MONEY: Final = "万元"

_FIGURES: Final = (
    # kind, value that is changed, by how much, where the error may be named besides
    ("revenue-sum", "revenue.total", "7.00", ("revenue",)),
    ("revenue-sum-source", "revenue.other", "5.00", ("revenue",)),
    ("basic-sum", "expenditure.personnel", "9.90", ("expenditure.basic", "expenditure.personnel", "expenditure.operating")),
    ("expenditure-sum", "expenditure.total", "11.00", ("expenditure",)),
    ("named-projects-sum", "expenditure.projects.0.amount", "1.00", ("expenditure.project", "expenditure.projects")),
    ("three-public-sum", "three_public.total", "0.80", ("three_public",)),
    ("operating-funds", "operating_funds.total", "3.00", ("operating_funds", "expenditure.operating")),
    ("change-sum", "changes.total", "2.00", ("changes",)),
    ("procurement-product", "procurement.items.0.total", "1.00", ("procurement.items.0",)),
    ("procurement-sources", "procurement.items.0.general_public", "0.30", ("procurement.items.0",)),
    ("procurement-total", "procurement.total", "6.00", ("procurement.total", "procurement.table_total", "procurement.items")),
    ("assets-sum", "assets.table_total", "40.00", ("assets",)),
    ("assets-told", "assets.total", "12.00", ("assets.total", "assets.table_total")),
    ("assets-part", "assets.items.0.of_which.0.value", "200.00", ("assets.items.0",)),
)  # fmt: skip


def papers() -> Iterator[Paper]:
    """Every error of this file in the same disclosure."""
    clean = disclosure(_SEED)
    for name, path, by, places in _FIGURES:
        pen = Pen(clean)
        before = pen.value(path)
        after = f"{Decimal(before) + Decimal(by):.2f}"
        pen.put(path, after)
        kind = name.removesuffix("-source")
        figures = (after, before, _MONEY) if name in _TOLD_TWICE else (None, None, None)
        yield pen.paper(f"disclosure-{name}", Wrong(kind, ERROR, (*places, path), *figures))
    yield from _together(clean)
    yield from _worded(clean)
    yield from _private(clean)
    yield from _missing(clean)


_TOLD_TWICE: Final = frozenset({name for name, *_ in _FIGURES} - {"assets-part"})
"""Kinds whose two figures differ by what was changed, from whichever side they are told."""


def _more(pen: Pen, path: str, by: str) -> tuple[str, str]:
    """The value and what it was."""
    before = pen.value(path)
    after = f"{Decimal(before) + Decimal(by):.2f}"
    pen.put(path, after)
    return after, before


def _together(clean: Paper) -> Iterator[Paper]:
    """Figures that must change together for one thing only to be wrong."""
    pen = Pen(clean)
    figures = _more(pen, "revenue.general_public", "8.00"), _more(pen, "revenue.total", "8.00")
    wrong = Wrong("revenue-expenditure", ERROR, ("revenue.total", "expenditure.total"), *figures[1], _MONEY)
    yield pen.paper("disclosure-revenue-expenditure", wrong)

    pen = Pen(clean)
    _more(pen, "projects.1.budget.fiscal", "4.00")
    total = _more(pen, "projects.1.budget.total", "4.00")
    wrong = Wrong("goal-tables-total", ERROR, ("expenditure.project", "projects"), *total, _MONEY)
    yield pen.paper("disclosure-goal-tables-total", wrong)

    pen = Pen(clean)
    first = _more(pen, "expenditure.projects.0.amount", "-0.70")
    _more(pen, "expenditure.projects.1.amount", "0.70")
    wrong = Wrong("project-told", ERROR, ("expenditure.projects", "projects"), *first, _MONEY)
    yield pen.paper("disclosure-project-told", wrong)

    pen = Pen(clean)
    for index in range(3):
        pen.put(f"procurement.items.{index}.project_budget", "1.00")
    bought = clean.record[0]["procurement"]["total"]
    wrong = Wrong("procurement-over-project", ERROR, ("procurement.items",), bought, "1.00", _MONEY)
    yield pen.paper("disclosure-procurement-over-project", wrong)


def _worded(clean: Paper) -> Iterator[Paper]:
    year = clean.record[0]["fiscal_year"]
    pen = Pen(clean)
    pen.reword(f"较{year - 1}年预算", f"较{year - 2}年预算", "changes.previous_year")
    wrong = Wrong("comparison-year", ERROR, ("changes",), str(year - 2), str(year - 1))
    yield pen.paper("disclosure-comparison-year", wrong)

    pen = Pen(clean)
    pen.reword(f"截止时间：{year - 1}年12月31日", f"截止时间：{year}年12月31日", "assets.as_of")
    yield pen.paper("disclosure-assets-date", Wrong("assets-date", ERROR, ("assets",)))

    pen = Pen(clean)
    saved = clean.record[0]["three_public"]["change"].lstrip("-")
    pen.reword(
        f"相比减少{saved}万元，减少的主要原因是压缩接待批次",
        f"相比增加{saved}万元",
        "three_public.change",
        "three_public.reasons",
    )
    yield pen.paper(
        "disclosure-three-public-reason", Wrong("three-public-reason", WARNING, ("three_public",))
    )

    first = clean.record[0]["expenditure"]["projects"][0]
    pen = Pen(clean)
    pen.reword(f"{first['name']}项目{first['amount']}万元", f"{first['name']}项目", "expenditure.projects.0")
    wrong = Wrong("named-amount-missing", ERROR, ("expenditure",), first["amount"], "0", _MONEY)
    yield pen.paper("disclosure-named-amount-missing", wrong)

    pen = Pen(clean)
    pen.reword("9、上年结转：", "9、基本支出：", "glossary")
    yield pen.paper("disclosure-term-twice", Wrong("term-twice", WARNING, ("glossary",)))

    pen = Pen(clean)
    pen.reword(
        f"{first['name']}项目{first['amount']}",
        f"水质化验设备项目{first['amount']}",
        "expenditure.projects.0.name",
    )
    wrong = Wrong("project-without-table", WARNING, ("expenditure.projects", "projects"))
    yield pen.paper("disclosure-project-without-table", wrong)

    pen = Pen(clean)
    planned = clean.record[0]["assets"]["planned_purchase"]
    after = f"{Decimal(planned) + 2:.2f}"
    pen.put("assets.planned_purchase", after)
    wrong = Wrong("planned-purchase", WARNING, ("assets", "procurement"), after, planned, _MONEY)
    yield pen.paper("disclosure-planned-purchase", wrong)

    pen = Pen(clean)
    pen.put("assets.items.2.quantity", "9")
    yield pen.paper("disclosure-device-value", Wrong("device-value", WARNING, ("assets.items.2",)))

    pen = Pen(clean)
    pen.cell("行政", "正科级", "", "organizations")
    yield pen.paper("disclosure-organization-blank", Wrong("organization-blank", WARNING, ("organizations",)))

    pen = Pen(clean)
    pen.cell("台式计算机", "A02010105", "A02010104", "procurement.items.0.catalog_code")
    yield pen.paper("disclosure-catalogue", Wrong("catalogue", WARNING, ("procurement.items.0",)))


def _private(clean: Paper) -> Iterator[Paper]:
    """What must not be published, after the first duty; numbers are invented."""
    for kind, text in (
        ("identity-number", "联系人身份证号139901198001010016。"),
        ("mobile-number", "联系人手机13900000001。"),
        ("bank-account", "补助打入账号6227000000123456785。"),
        ("secret-mark", "（秘密★1年）"),
    ):
        pen = Pen(clean)
        pen.reword("组织实施。", f"组织实施。{text}", "duties.0")
        yield pen.paper(f"disclosure-{kind}", Wrong(kind, ERROR, ("duties.0",)))


def _missing(clean: Paper) -> Iterator[Paper]:
    pen = Pen(clean)
    pen.drop("三、机关运行经费", f"{clean.record[0]['fiscal_year']}年，我部门机关运行经费")
    pen.changed.append("operating_funds")
    yield pen.paper(
        "disclosure-chapter-missing", Wrong("chapter-missing", ERROR, ("operating_funds", "title", ""))
    )

    pen = Pen(clean)
    pen.drop("9、上年结转")
    pen.changed.append("glossary")
    yield pen.paper("disclosure-term-missing", Wrong("term-missing", WARNING, ("glossary",)))
