"""优 良 中 差: the grade that points come to (财预〔2020〕10号; integer bands read as half-open intervals)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

GRADES: Final = (("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(60)), ("差", Decimal(0)))
"""Grade and the points from which it is given, the best first."""


def grade_of(points: Decimal) -> str:
    """The grade of ``points`` from 0 to 100: 89.5 is 良. Less than nothing is 差."""
    return next((name for name, least in GRADES if points >= least), "差")
