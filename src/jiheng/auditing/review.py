"""Points and a grade for what declares goals, as 绩效目标审核表 weighs them; every point that is missing is explained.

A first judgement for the reviewer, not the review: what only a person can see takes no points here. Source: 财预〔2015〕88号.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from jiheng.auditing.scope import declared
from jiheng.budget import BudgetDocument, Deduction, Finding, ItemScore, Review

_STEP, _TOTAL_STEP = Decimal("0.01"), Decimal("0.1")


class _Item(msgspec.Struct, frozen=True):
    name: str
    aspect: str
    points: Decimal
    families: list[str]
    rules: list[str]


def review(document: BudgetDocument, findings: Iterable[Finding]) -> Review | None:
    """The score of a whole document: that of its projects on the average, less what bears on none of them.

    ``None`` where it declares no goals for projects.

    Args:
        findings: of this document; those that were explained are left out before.
    """
    projects = project_reviews(document, own := list(findings))
    if not projects:
        return None
    rest = [finding for finding in own if _project_of(finding) is None]
    items = []
    for index, item in enumerate(_items()):
        scores = [project.items[index] for project in projects]
        average = sum((score.points for score in scores), Decimal(0)) / len(scores)
        deductions = _deductions(item, rest)
        points = max(Decimal(0), average - sum((one.points for one in deductions), Decimal(0)))
        every = [one for score in scores for one in score.deductions]
        items.append(
            ItemScore(
                item.name,
                item.aspect,
                item.points,
                _rounded(points),
                [*_added(every, len(scores)), *deductions],
            )
        )
    return _graded(items)


def reviews(documents: Sequence[BudgetDocument], findings: Sequence[Finding]) -> list[Review | None]:
    """``review`` of each document of a file."""
    return [
        review(document, [finding for finding in findings if finding.document == index])
        for index, document in enumerate(documents)
    ]


def project_reviews(document: BudgetDocument, findings: Sequence[Finding]) -> list[Review]:
    """The score of every goal table, in the order of the document; none where goals were declared elsewhere."""
    if not declared(document):
        return []
    by_project: dict[str, list[Finding]] = {}
    for finding in findings:
        project = _project_of(finding)
        if project is not None:
            by_project.setdefault(project, []).append(finding)
    return [
        _graded([_scored(item, by_project.get(path, [])) for item in _items()], project.label)
        for path, project in document.goal_tables()
    ]


def _project_of(finding: Finding) -> str | None:
    """The path of the goal table that a finding is about."""
    steps = (finding.path or "").split(".")
    is_table = len(steps) > 1 and steps[0] in {"projects", "special_funds"} and steps[1].isdigit()
    return ".".join(steps[:2]) if is_table else None


def _scored(item: _Item, findings: Sequence[Finding]) -> ItemScore:
    deductions = _deductions(item, findings)
    points = max(Decimal(0), item.points - sum((one.points for one in deductions), Decimal(0)))
    return ItemScore(item.name, item.aspect, item.points, points, deductions)


def _deductions(item: _Item, findings: Sequence[Finding]) -> list[Deduction]:
    shares = _shares()
    found: dict[str, Deduction] = {}
    for finding in findings:
        if item_of(finding.rule) != item.name:
            continue
        before = found.get(finding.rule, Deduction(finding.rule, _fault(finding), 0, Decimal(0)))
        points = before.points + item.points * shares[finding.severity.value] * _weight(finding.rule)
        found[finding.rule] = Deduction(
            finding.rule, _fault(finding), before.count + 1, min(points, item.points)
        )
    return list(found.values())


def _fault(finding: Finding) -> str:
    """What is wrong, not what must hold: it says why points were taken."""
    return finding.fault or finding.title


def _added(deductions: Iterable[Deduction], projects: int) -> list[Deduction]:
    """The deductions of all projects, a rule's together, as they lower the average."""
    counts: Counter[str] = Counter()
    points: dict[str, Decimal] = {}
    titles: dict[str, str] = {}
    for one in deductions:
        counts[one.rule] += one.count
        points[one.rule] = points.get(one.rule, Decimal(0)) + one.points
        titles[one.rule] = one.title
    return [Deduction(rule, titles[rule], counts[rule], _rounded(points[rule] / projects)) for rule in points]


def _graded(items: list[ItemScore], project: str | None = None) -> Review:
    total = sum((item.points for item in items), Decimal(0)).quantize(_TOTAL_STEP, ROUND_HALF_UP)
    grade = next(name for name, least in _stored()["grades"].items() if total >= least)
    return Review(total, grade, items, project)


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(_STEP, ROUND_HALF_UP)


def most_of(name: str) -> Decimal | None:
    """The points that the form lays down for an item; ``None`` for one that it does not have."""
    return next((item.points for item in _items() if item.name == name), None)


@cache
def item_of(rule: str) -> str:
    """The item that findings of ``rule`` bear on; the first one for a family that the table does not know."""
    items = _items()
    named = next((item.name for item in items if rule in item.rules), None)
    family = rule.partition("-")[0]
    return named or next((item.name for item in items if family in item.families), items[0].name)


@cache
def _weight(rule: str) -> Decimal:
    """How much of its share a finding takes."""
    light = _stored()["light"]
    return Decimal(light["factor"]) if rule.partition("-")[0] in light["families"] else Decimal(1)


@cache
def _items() -> list[_Item]:
    return msgspec.convert(_stored()["item"], list[_Item], strict=False)


@cache
def _shares() -> dict[str, Decimal]:
    return {name: Decimal(share) for name, share in _stored()["share"].items()}


@cache
def _stored() -> dict[str, Any]:
    with Path(__file__).with_name("review.toml").open("rb") as file:
        return tomllib.load(file)
