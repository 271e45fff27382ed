"""TXT: the chapters of the laid down form follow one another as it has them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import disclosure, provincial_text
from jiheng.budget import BudgetDocument, Place, Severity

_CHAPTERS: Final = (
    ("expenditure", "预算安排的总体情况"), ("operating_funds", "机关运行经费"), ("three_public", "“三公”经费"),
    ("overall_goal", "预算绩效信息"), ("procurement", "政府采购预算"), ("assets", "国有资产信息"),
    ("glossary", "名词解释"), ("other_matters", "其他需要说明的事项"),
)  # fmt: skip


@rule(
    "TXT-011", title="各章按规定的次序", severity=Severity.ERROR, basis="form-disclosure", article="章节", checks=("D01",),
    applies=lambda document: disclosure(document) and provincial_text(document),
)  # fmt: skip
def chapters_stand_in_their_order(document: BudgetDocument) -> Iterator[Gap]:
    """Each chapter begins after the one before it; silent where it is not known where one was read."""
    found = [
        (field, name, begins) for field, name in _CHAPTERS if (begins := _begins(document, field)) is not None
    ]
    if len({len(begins) for *_, begins in found}) > 1:
        return
    for (_, before, first), (field, name, then) in pairwise(found):
        if then < first:
            yield Gap(
                path=field,
                message=f"“{name}”写在“{before}”之前",
                remedy="按规定的九章次序排列，并核对章节序号",
                stated=name,
                computed=before,
            )


def _begins(document: BudgetDocument, field: str) -> tuple[int, ...] | None:
    """Where a chapter begins: line, paragraph or page of the first sentence that was read; ``None`` where not known."""
    node = getattr(document, field)
    if not node:
        return None
    if isinstance(node, list):
        places = [getattr(node[0], "place", None) or document.cells.get(f"{field}.0")]
    elif isinstance(node, str):
        places = [document.cells.get(field)]
    else:
        places = list(node.cells.values())
    known = [at for place in places if isinstance(place, Place) and (at := _at(place)) is not None]
    return min(known) if known else None


def _at(place: Place) -> tuple[int, ...] | None:
    if place.line is not None:
        return (place.line,)
    if place.table is not None:
        return None
    if place.paragraph is not None:
        return (place.paragraph, 0)
    return None if place.page is None else (place.page, 0, 0)
