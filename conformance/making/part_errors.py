"""One thing each that the disclosures of a department and of its one unit say differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from conformance.making.disclosures import both_parts
from conformance.making.paper import Paper, Pen, Wrong

ERROR, WARNING = "error", "warning"
_SEED: Final = 1
_MONEY: Final = "万元"

_SUMS: Final = (
    ("parts-total", ("revenue.general_public", "revenue.total", "expenditure.total", "expenditure.basic", "expenditure.personnel"), "6.00",
     ("revenue", "expenditure")),
    ("parts-project-amount", ("projects.0.budget.total", "projects.0.budget.fiscal", "expenditure.projects.0.amount", "expenditure.project"), "1.50",
     ("projects.0", "expenditure.projects")),
)  # fmt: skip
"""Kind, the figures that are raised in the unit's part so that its own sums agree, and by how much."""


def papers() -> Iterator[Paper]:
    """Every error of this file in the second part of the same file."""
    clean = both_parts(_SEED)
    for kind, paths, by, places in _SUMS:
        pen = Pen(clean, part=1)
        before, after = _raised(pen, paths, by)
        if kind == "parts-project-amount":
            for path in ("expenditure.basic", "expenditure.personnel"):
                pen.put(path, f"{Decimal(pen.value(path)) - Decimal(by):.2f}")
        yield pen.paper(f"two-parts-{kind}", *_either(Wrong(kind, ERROR, places, after, before, _MONEY)))
    pen = Pen(clean, part=1)
    pen.put("projects.0.indicators.6.value", "≥96%")
    yield pen.paper("two-parts-indicator", *_either(Wrong("parts-indicator", ERROR, ("projects",))))

    code = clean.record[1]["projects"][0]["code"]
    pen = Pen(clean, part=1)
    pen.put("projects.0.code", code[:10] + ("O" if code[10] == "0" else "0") + code[11:])
    yield pen.paper("two-parts-code", *_either(Wrong("parts-code", ERROR, ("projects",))))

    name = clean.record[1]["projects"][0]["name"]
    pen = Pen(clean, part=1)
    pen.put("projects.0.name", f"{name}经费")
    yield pen.paper("two-parts-name", *_either(Wrong("parts-name", WARNING, ("projects",))))


def _raised(pen: Pen, paths: Sequence[str], by: str) -> tuple[str, str]:
    """The first figure as it was and as it is."""
    first = pen.value(paths[0])
    for path in paths:
        pen.put(path, f"{Decimal(pen.value(path)) + Decimal(by):.2f}")
    return first, pen.value(paths[0])


def _either(wrong: Wrong) -> tuple[Wrong, ...]:
    """Which of the two parts is wrong cannot be told: the error may be named in either."""
    return (wrong._replace(document=None),)
