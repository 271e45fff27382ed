"""SCORE: a form of review of a goal gives points within bounds and sums them up; its grade is held by SCORE-005."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.forms import points
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.review import most_of
from jiheng.budget import BudgetDocument, Kind, Project, Severity, normalise

_ITEMS: Final = 8
_ADMITTED: Final = ("同意", "进入下一步", "进入预算", "安排预算", "列入预算")
_REFUSED: Final = re.compile(r"不(?:予|得|同意|能|宜)|暂不|退回|未通过")
_GRADES: Final = ("优", "良", "中", "差")


def _reviewed(document: BudgetDocument) -> bool:
    return document.kind is Kind.REVIEW


def _grade(project: Project) -> str | None:
    """The grade that a form gives; ``None`` where none is written or several are."""
    found = [grade for grade in _GRADES if grade in normalise(project.grade)]
    return found[0] if len(found) == 1 else None


@rule(
    "SCORE-010", title="审核得分不超过分值", severity=Severity.ERROR, basis="mof-2015-88", article="审核内容",
    checks=("R01",), applies=_reviewed,
)  # fmt: skip
def points_of_a_review_are_within_their_maximum(document: BudgetDocument) -> Iterator[Gap]:
    """Points of an item are between nought and its maximum, which is the one that the form lays down."""
    for path, project in document.goal_tables():
        for index, item in enumerate(project.review):
            most, given, laid = points(item.most), points(item.points), most_of(item.name)
            where = f"{path}.review.{index}"
            if most is not None and laid is not None and most != laid:
                yield Gap(
                    path=f"{where}.most",
                    message=f"“{item.name}”的分值是 {most:f} 分，审核表规定为 {laid:f} 分",
                    remedy="按审核表改正分值",
                    stated=f"{most:f}",
                    computed=f"{laid:f}",
                )
            bound = laid if laid is not None else most
            if given is not None and bound is not None and not 0 <= given <= bound:
                yield Gap(
                    path=f"{where}.points",
                    message=f"“{item.name}”得 {given:f} 分，应在 0 到 {bound:f} 分之间",
                    remedy="更正得分",
                    stated=f"{given:f}",
                    computed=f"{bound:f}",
                )


@rule(
    "SCORE-011", title="审核总分等于各项得分之和", severity=Severity.ERROR, basis="mof-2015-88", article="审核内容",
    checks=("R01",), applies=_reviewed,
)  # fmt: skip
def the_score_of_a_review_is_the_sum_of_its_items(document: BudgetDocument) -> Iterator[Gap]:
    """The score is the sum of the eight items; silent where one of them has no points."""
    for path, project in document.goal_tables():
        given = [points(item.points) for item in project.review]
        known = [one for one in given if one is not None]
        stated = points(project.score)
        if stated is None or len(known) < len(given) or len(given) != _ITEMS:
            continue
        computed = sum(known, Decimal(0))
        if stated != computed:
            yield Gap(
                path=f"{path}.score",
                message=f"各项得分 {' + '.join(f'{one:f}' for one in known)} = {computed:f} 分，总分写的是 {stated:f} 分",
                remedy="核对各项得分，更正总分",
                stated=f"{stated:f}",
                computed=f"{computed:f}",
                difference=f"{abs(stated - computed):f}",
                mends=((f"{path}.score", f"{computed:f}"),),
                related=tuple(f"{path}.review.{index}.points" for index in range(len(given))),
            )


@rule(
    "SCORE-012", title="审核为差的不进入预算安排", severity=Severity.ERROR, basis="mof-2015-88", article=25,
    checks=("R02",), applies=_reviewed,
)  # fmt: skip
def what_was_reviewed_as_poor_is_not_admitted(document: BudgetDocument) -> Iterator[Gap]:
    """A goal that was graded 差 is not said to go on to the budget."""
    for path, project in document.goal_tables():
        grade = _grade(project)
        for index, statement in enumerate(project.statements):
            text = normalise(statement.text)
            if grade != "差" or not any(word in text for word in _ADMITTED) or _REFUSED.search(text):
                continue
            yield Gap(
                path=f"{path}.statements.{index}.text",
                message=f"等级为“{grade}”，而意见写“{statement.text}”；审核为差的不得进入预算安排",
                remedy="核对等级和审核意见",
                stated=statement.text,
                related=(f"{path}.grade",),
            )
