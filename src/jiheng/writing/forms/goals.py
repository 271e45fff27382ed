"""The goals of a form: of the medium term and the year, and what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiheng.budget import DepartmentGoals, Project
from jiheng.writing.forms.identity import LABEL
from jiheng.writing.forms.ruling import Strip, label, words

_SIDE = 25.0


def numbered(goals: Sequence[str]) -> str:
    """Goals in one cell, each with its number where there are several."""
    if len(goals) == 1:
        return goals[0]
    return "\n".join(f"{number}.{goal}" for number, goal in enumerate(goals, 1))


def declared(part: Project | DepartmentGoals, width: float, *, has_whole: bool) -> Iterator[Strip]:
    """Goals as they are declared: of the medium term beside those of the year, or those of the year alone."""
    if not (has_whole or part.mid_term_goals):
        yield _wide("年度总体目标", part.goals, width)
    else:
        period = f"（{part.period}）" if part.period and len(part.period) < 20 else ""
        yield from _beside(
            "总体目标", (f"中期目标{period}", part.mid_term_goals), ("年度目标", part.goals), width
        )
    if part.results:
        yield _wide("实际完成情况", part.results, width)


def reported(part: Project | DepartmentGoals, width: float) -> Iterator[Strip]:
    """Goals as they are reported on: what was expected beside what was reached."""
    if part.mid_term_goals:
        yield _wide("中期目标", part.mid_term_goals, width)
    yield from _beside("年度总体\n目标", ("预期目标", part.goals), ("实际完成情况", part.results), width)


def watched(part: Project | DepartmentGoals, width: float) -> Iterator[Strip]:
    """Goals as they are watched during the year: those of the year alone."""
    yield from declared(part, width, has_whole=False)


def _wide(name: str, goals: Sequence[str], width: float) -> Strip:
    return [(LABEL, label(name)), (width - LABEL, words(numbered(goals)))]


def _beside(
    side: str, left: tuple[str, Sequence[str]], right: tuple[str, Sequence[str]], width: float
) -> Iterator[Strip]:
    half = (width - _SIDE) / 2
    yield [(_SIDE, label(side, 2)), (half, label(left[0])), (half, label(right[0]))]
    yield [(_SIDE, None), (half, words(numbered(left[1]))), (half, words(numbered(right[1])))]
