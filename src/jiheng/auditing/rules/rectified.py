"""EVAL: what is done about the problems that an evaluation found: who, until when, and whether it was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.budget import BudgetDocument, Rectification, Severity, normalise

_DATE: Final = re.compile(r"(20\d{2})[年.\-/](\d{1,2})[月.\-/](?:(\d{1,2})日?)?")
_DONE: Final = re.compile(
    r"^(?:已|全部)?(?:完成|整改完成|整改到位|完成整改|销号|办结|整改)(?:完毕)?$|已(?:全部)?(?:完成|整改|销号|办结)"
)
_OPEN: Final = re.compile(r"未|正在|尚|部分|基本|推进|持续")
_FIELDS: Final = (("measure", "整改措施"), ("owner", "责任人"), ("deadline", "整改时限"))
_AFTERWARDS: Final = (("done_on", "完成时间"), ("evidence", "佐证材料"))


def _day(text: str | None) -> date | None:
    """The day that ``text`` names; a month alone counts from its first day."""
    match = _DATE.search(normalise(text)) if text else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


def _is_done(row: Rectification) -> bool:
    state = normalise(row.state)
    return _DONE.search(state) is not None and _OPEN.search(state) is None


def _label(row: Rectification, index: int) -> str:
    return f"第 {index + 1} 项“{row.problem or row.project or ''}”"


@rule(
    "EVAL-008", title="整改台账各栏填写完整", severity=Severity.WARNING, basis="hebei-2019-performance",
    article="结果应用", checks=("R25",),
)  # fmt: skip
def every_problem_has_measure_owner_and_deadline(document: BudgetDocument) -> Iterator[Gap]:
    """A problem has its measure, owner and deadline; one that is done, the day and the evidence.

    Silent for a column that the list does not have, or that is empty in all its rows.
    """
    rows = document.rectifications
    kept = {field for field, _ in (*_FIELDS, *_AFTERWARDS) if any(getattr(row, field) for row in rows)}
    for index, row in enumerate(rows):
        wanted = [*_FIELDS, *(_AFTERWARDS if _is_done(row) else ())]
        absent = [(field, name) for field, name in wanted if field in kept and not getattr(row, field)]
        if row.problem and absent:
            names = "、".join(name for _, name in absent)
            yield Gap(
                path=f"rectifications.{index}.{absent[0][0]}",
                message=f"{_label(row, index)}{'已完成整改，' if _is_done(row) else ''}没有填写{names}",
                remedy=f"补填{names}",
            )


@rule(
    "EVAL-009", title="整改完成不早于问题发现", severity=Severity.WARNING, basis="hebei-2019-performance",
    article="结果应用", checks=("R25",),
)  # fmt: skip
def a_problem_is_solved_after_it_was_found(document: BudgetDocument) -> Iterator[Gap]:
    """The day on which a problem was solved, and the day until which it is to be, come after the day it was found."""
    for index, row in enumerate(document.rectifications):
        found = _day(row.found_on)
        for field, name in (("done_on", "完成时间"), ("deadline", "整改时限")):
            day = _day(getattr(row, field))
            if found is not None and day is not None and day < found:
                yield Gap(
                    path=f"rectifications.{index}.{field}",
                    message=f"{_label(row, index)}的{name} {getattr(row, field)} 早于发现时间 {row.found_on}",
                    remedy="核对日期",
                    stated=getattr(row, field),
                    related=(f"rectifications.{index}.found_on",),
                )
