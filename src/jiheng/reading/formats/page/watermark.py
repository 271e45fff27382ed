"""Large text printed across a page behind its content: it belongs to no cell and no paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

import msgspec

from jiheng.reading.formats.page.model import Page, Ruling, Run

_LARGE: Final = 2.2
"""A watermark is larger than the usual text by this factor."""
_RULES: Final = 2
"""So many ruled lines run through a watermark; through a title none does."""


def without_watermark(page: Page) -> Page:
    """``page`` with its level watermarks among what stands aside (slanted ones are there already)."""
    if not page.runs:
        return page
    usual = median(run.height for run in page.runs)
    large = [run for run in page.runs if run.height > _LARGE * usual]
    small = [run for run in page.runs if run.height <= _LARGE * usual]
    marks = {id(run) for run in large if _is_behind(run, small, page.rulings)}
    if not marks:
        return page
    return msgspec.structs.replace(
        page,
        runs=[run for run in page.runs if id(run) not in marks],
        aside=[*page.aside, *(run for run in page.runs if id(run) in marks)],
    )


def _is_behind(run: Run, others: Sequence[Run], rulings: Sequence[Ruling]) -> bool:
    """Whether other text, or several ruled lines, are printed across ``run``."""
    rim = 0.2 * run.height
    left, right, top, bottom = run.left + rim, run.right - rim, run.top + rim, run.bottom - rim
    if any(left < (other.left + other.right) / 2 < right and top < other.middle < bottom for other in others):
        return True
    crossing = sum(
        left < rule.right and rule.left < right and top < rule.bottom and rule.top < bottom
        for rule in rulings
    )
    return crossing >= _RULES
