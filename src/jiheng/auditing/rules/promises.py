"""REL: what goals and itemised goals promise in figures is what the indicators measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from jiheng.auditing.figures import Figure, counted, figures, keeps, measure, number_of
from jiheng.auditing.kinship import Kinship, telling
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import thresholds
from jiheng.auditing.walk import Row, rows_of
from jiheng.budget import BudgetDocument, Dimension, Interval, Project, Severity, normalise, plain

_COMMON = frozenset({"个", "人", "次", "项", "份", "件", "户", "处", "%"})
"""Measures of many things; an indicator needs more than one of them to be told."""
_ANY = frozenset({"个", "人", "次", "项"})
"""Measures of anything: even the only one in a document may count something else."""
_NOTHING = Decimal(0)


class _Target(NamedTuple):
    """An indicator that states a number."""

    row: Row
    interval: Interval
    dimension: Dimension
    base: str

    @property
    def text(self) -> str:
        value = self.row.indicator.value
        return value.text if value else ""


def _targets(path: str, project: Project) -> list[_Target]:
    found = []
    for row in rows_of(path, project):
        value = row.indicator.value
        interval = value.interval if value is not None else None
        if value is None or interval is None or number_of(interval) is None:
            continue
        unit = value.meaning.unit
        dimension = counted(unit)
        if dimension in (Dimension.COUNT, Dimension.SHARE) and unit is not None and not unit.per:
            base = "块" if unit.text == "块" else measure(unit.base)
            found.append(_Target(row, interval, dimension, base))
    return found


def _likeness(figure: Figure, target: _Target) -> int:
    """How many telling pairs of signs the clause of a figure shares with an indicator; 0 for another measure.

    A share is told by its name alone, which the clause must hold as a whole: every rate is a rate of something.
    """
    if figure.dimension is not target.dimension or figure.base != target.base:
        return 0
    indicator = target.row.indicator
    if figure.dimension is Dimension.SHARE:
        name = normalise(indicator.level3)
        return len(name) if name in figure.clause and telling(name) else 0
    return len(telling(figure.clause) & telling(f"{indicator.level3 or ''}　{indicator.description or ''}"))


def _broken(figure: Figure, targets: Iterable[_Target]) -> _Target | None:
    """The indicator that measures ``figure`` and does not keep it; ``None`` where one does or none is told."""
    targets = list(targets)
    least = thresholds("relevance")["pairs_of_one_thing"]
    if figure.base not in _COMMON and sum(target.base == figure.base for target in targets) == 1:
        least = 1  # the only one that counts in this measure
    scored = [(score, target) for target in targets if (score := _likeness(figure, target)) >= least]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    likest = [target for score, target in scored if score == best]
    if any(keeps(figure.interval, target.interval) for target in likest) or _together(figure, scored):
        return None
    return likest[0]


def _together(figure: Figure, scored: list[tuple[int, _Target]]) -> bool:
    """Whether the indicators that are like the figure make it up when added."""
    numbers = [number_of(target.interval) or Decimal(0) for _, target in scored]
    return len(numbers) > 1 and sum(numbers) == number_of(figure.interval)


def _gap(path: str, whose: str, figure: Figure, target: _Target) -> Gap:
    stated, aimed = number_of(figure.interval), number_of(target.interval)
    return Gap(
        path=path,
        message=f"{whose}写“{figure.text}”，指标{target.row.label}（{target.row.project.label}）的指标值为“{target.text}”，"
        f"两处相差 {plain(abs((stated or _NOTHING) - (aimed or _NOTHING)).normalize() + 0)} {'%' if figure.base == '%' else figure.base}",
        remedy="核对目标与指标，改为同一数值；指标值不应低于目标",
        stated=figure.text,
        computed=target.text,
        related=(f"{target.row.path}.value",),
    )


@rule(
    "REL-001", title="目标中的数量与指标值一致", severity=Severity.WARNING, basis="mof-2015-88", article="相关性",
    checks=("G27",),
)  # fmt: skip
def a_goal_s_figures_are_those_of_its_indicators(document: BudgetDocument) -> Iterator[Gap]:
    """A number in a project's goal or purpose is kept by the indicator that counts the same thing."""
    for path, project in document.goal_tables():
        stated = [
            (f"{path}.goals.{index}", f"第 {index + 1} 条绩效目标", figure)
            for index, goal in enumerate(project.goals)
            for figure in figures(goal)
        ]
        stated += [(f"{path}.purpose", "资金用途", figure) for figure in figures(project.purpose)]
        if not stated:
            continue
        targets = _targets(path, project)
        # of the goals, and of the purpose, one figure is held against an indicator
        broken: dict[tuple[bool, str], list[_Broken]] = defaultdict(list)
        for where, whose, figure in stated:
            target = _broken(figure, targets)
            if target is not None:
                broken[".goals." in where, target.row.path].append(_Broken(where, whose, figure, target))
        for found in broken.values():
            yield _gap(*_the_whole(found))


class _Broken(NamedTuple):
    """A figure that an indicator contradicts: where it stands, what that is called, and the indicator."""

    where: str
    whose: str
    figure: Figure
    target: _Target


def _the_whole(found: list[_Broken]) -> _Broken:
    """Of several figures held against one indicator the one that adds up the others (共计), or the nearest to it."""
    told = [one for one in found if "共" in one.figure.clause or "总" in one.figure.clause]

    def distance(one: _Broken) -> Decimal:
        numbers = (number_of(one.figure.interval), number_of(one.target.interval))
        return abs((numbers[0] or _NOTHING) - (numbers[1] or _NOTHING))

    return min(told or found, key=distance)


@rule(
    "REL-002", title="分项目标中的数量与项目指标一致", severity=Severity.WARNING, basis="form-performance-text",
    article="分项目标", checks=("G27", "G34"),
)  # fmt: skip
def an_itemised_goal_s_figures_are_those_of_the_projects(document: BudgetDocument) -> Iterator[Gap]:
    """A number of an itemised goal is kept by the indicator of a project that serves it, 万 turned into pieces.

    An indicator is told by the words around the number, or by a rare measure (万件) that only one indicator of
    the document has.
    """
    if not any(figures(text) for goal in document.sub_goals for text in (goal.indicators, goal.goal)):
        return
    tables = list(document.goal_tables())
    kinship = Kinship([project for _, project in tables])
    by_measure: dict[str, list[_Target]] = defaultdict(list)
    by_table = [_targets(path, project) for path, project in tables]
    for targets in by_table:
        for target in targets:
            by_measure[target.base].append(target)
    for index, goal in enumerate(document.sub_goals):
        served = kinship.of(f"{goal.title or ''}　{goal.goal or ''}　{goal.indicators or ''}")
        targets = [target for number in served for target in by_table[number]]
        for field in ("indicators", "goal"):
            for figure in figures(getattr(goal, field)):
                missed = _broken(figure, targets) or _alone(figure, by_measure[figure.base])
                if missed is not None:
                    name = goal.title or f"第 {index + 1} 项"
                    yield _gap(f"sub_goals.{index}.{field}", f"分项绩效目标“{name}”", figure, missed)


def _alone(figure: Figure, targets: list[_Target]) -> _Target | None:
    """The only indicator with a rare measure, whose number is large and near the figure, yet does not keep it."""
    if len(targets) != 1 or figure.dimension is not Dimension.COUNT or figure.base in _ANY:
        return None
    (target,) = targets
    stated, aimed = number_of(figure.interval), number_of(target.interval)
    bounds = thresholds("relevance")
    if not stated or not aimed or min(stated, aimed) < bounds["large_number"]:
        return None
    near = max(stated, aimed) <= bounds["near_number"] * min(stated, aimed)
    return target if near and not keeps(figure.interval, target.interval) else None
