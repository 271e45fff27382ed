"""One thing each that does not agree with an earlier document: last year's disclosure, or the goals that were approved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from conformance.making.disclosures import disclosure
from conformance.making.paper import Paper, Pen, Wrong
from conformance.making.reports import report

ERROR, WARNING, NOTICE = "error", "warning", "notice"
_MONEY: Final = "万元"
_I: Final = "projects.0.indicators"


def papers() -> Iterator[Paper]:
    """Every error of this file, and the sound documents beside them."""
    clean = disclosure(1)._replace(name="years-disclosure", previous="disclosure-1-earlier")
    yield clean
    yield from _disclosures(clean)
    clean = report("self-evaluation", 0)._replace(name="years-self-evaluation", previous="declaration-1")
    yield clean
    yield from _reports(clean)


def _moved(pen: Pen, path: str, by: str) -> tuple[str, str]:
    """A figure that is raised, without its sign in the sentence: as it is, and as it was."""
    before = pen.value(path)
    after = f"{Decimal(before) + Decimal(by):.2f}"
    pen.reword(f"{before.lstrip('-')}万元，主要", f"{after.lstrip('-')}万元，主要", path)
    return after, before


def _disclosures(clean: Paper) -> Iterator[Paper]:
    pen = Pen(clean)
    _moved(pen, "changes.project", "6.00")
    before = pen.value("changes.total")
    after = f"{Decimal(before) + 6:.2f}"
    pen.put("changes.total", after)
    wrong = Wrong("earlier-total", ERROR, ("changes", "expenditure"), after, before, _MONEY)
    yield pen.paper("years-total", wrong)

    pen = Pen(clean)
    figures = _moved(pen, "changes.project", "0.40")
    _moved(pen, "changes.basic", "-0.40")
    yield pen.paper("years-parts", Wrong("earlier-parts", WARNING, ("changes",), *figures, _MONEY))

    pen = Pen(clean)
    change = clean.record[0]["three_public"]["change"].lstrip("-")
    after = f"{Decimal(change) + Decimal('0.60'):.2f}"
    pen.reword(f"相比减少{change}万元", f"相比减少{after}万元", "three_public.change")
    wrong = Wrong("earlier-three-public", WARNING, ("three_public",), after, change, _MONEY)
    yield pen.paper("years-three-public", wrong)

    codes = [project["code"] for project in clean.record[0]["projects"]]
    pen = Pen(clean)
    pen.put("projects.0.code", codes[1])
    pen.put("projects.1.code", codes[0])
    yield pen.paper("years-code", Wrong("earlier-code", WARNING, ("projects.0", "projects.1")))

    pen = Pen(clean)
    pen.put(f"{_I}.6.value", "≥72%")
    yield pen.paper("years-target", Wrong("earlier-target", WARNING, (_I,)))


def _reports(clean: Paper) -> Iterator[Paper]:
    pen = Pen(clean)
    pen.put(f"{_I}.5.level3", "设施移交率")
    yield pen.paper("years-indicator", Wrong("approved-indicator", ERROR, (_I, "projects.0")))

    pen = Pen(clean)
    pen.put(f"{_I}.1.value", "≥90%")
    yield pen.paper("years-value", Wrong("approved-value", ERROR, (f"{_I}.1",)))

    pen = Pen(clean)
    pen.put("projects.0.funding.0.initial", "44.00")
    pen.put("projects.0.funding.1.initial", "39.00")
    figures = ("44.00", "40.00", _MONEY)
    yield pen.paper("years-budget", Wrong("approved-budget", WARNING, ("projects.0.funding",), *figures))
