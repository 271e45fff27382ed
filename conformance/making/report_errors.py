"""One error each in a clean form of reporting, or in a declaration with points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from conformance.making.paper import Paper, Pen, Wrong
from conformance.making.reports import report, summary

ERROR, WARNING, NOTICE = "error", "warning", "notice"
_P: Final = "projects.0"
_F: Final = "projects.0.funding"
_I: Final = "projects.0.indicators"
_POINTS: Final = "分"


class Case(NamedTuple):
    """``puts``: paths below the project with their new texts, all of which one error takes."""

    kind: str
    puts: tuple[tuple[str, str], ...]
    severity: str
    places: tuple[str, ...]
    figures: tuple[str | None, str | None, str | None] = (None, None, None)
    also: tuple[str, ...] = ()
    """Other values that are read from the same cells."""


_SELF_EVALUATION: Final = (
    Case("execution-rate", ((f"{_F}.0.rate", "85.00"),), ERROR, (_F,), ("85.00", "95.00", "%")),
    Case("execution-score", ((f"{_F}.0.score", "8.0"), (f"{_P}.score", "97.0")), ERROR, (_F,), ("8.0", "9.5", _POINTS)),
    Case("funding-sum", ((f"{_F}.1.initial", "33.00"),), ERROR, (_F,), ("33.00", "35.00", "万元")),
    Case("spent-over-budget", (
        (f"{_F}.0.executed", "48.00"), (f"{_F}.0.rate", "120.00"), (f"{_F}.0.score", "10"), (f"{_F}.1.executed", "43.60"),
        (f"{_F}.1.rate", "124.57"), (f"{_P}.score", "99.0")), ERROR, (_F,), ("48.00", "40.00", "万元")),
    Case("score-over-points", ((f"{_I}.0.score", "17"), (f"{_P}.score", "100.5")), ERROR, (f"{_I}.0",), ("17", "15", _POINTS)),
    Case("total-score", ((f"{_P}.score", "99.5"),), ERROR, (f"{_P}.score",), ("99.5", "98.5", _POINTS)),
    Case("unattained-full-score", ((f"{_I}.2.score", "10"), (f"{_P}.score", "99.5")), ERROR, (f"{_I}.2",)),
    Case("unattained-score", ((f"{_I}.2.score", "9.8"), (f"{_P}.score", "99.3")), ERROR, (f"{_I}.2",), ("9.8", "9", _POINTS)),
    Case("actual-over-100", ((f"{_I}.6.actual", "104%"),), ERROR, (f"{_I}.6",)),
    Case("over-attained", ((f"{_I}.0.actual", "90盏"),), WARNING, (f"{_I}.0",)),
    Case("actual-unit", ((f"{_I}.0.actual", "42公里"),), WARNING, (f"{_I}.0",)),
    Case("actual-missing", ((f"{_I}.5.actual", ""),), WARNING, (f"{_I}.5",)),
    Case("lost-points-unexplained", ((f"{_I}.5.score", "12"), (f"{_P}.score", "95.5")), WARNING, (f"{_I}.5",)),
    Case("score-missing", ((f"{_I}.4.score", ""), (f"{_P}.score", "83.5")), WARNING, (f"{_I}.4",)),
    Case("low-rate-unexplained", (
        (f"{_F}.0.executed", "18.00"), (f"{_F}.0.rate", "45.00"), (f"{_F}.0.score", "4.5"), (f"{_F}.1.executed", "13.60"),
        (f"{_F}.1.rate", "38.86"), (f"{_P}.score", "93.5")), WARNING, (_F,)),
)  # fmt: skip

_MONITORING: Final = (
    Case("execution-rate", ((f"{_F}.0.rate", "75.00"),), ERROR, (_F,), ("75.00", "60.00", "%")),
    Case("forecast-below-spent", ((f"{_F}.0.forecast", "30.00"), (f"{_F}.1.forecast", "30.00")), ERROR, (_F,), ("30.00", "36.00", "万元")),
    Case("forecast-over-budget", ((f"{_F}.0.forecast", "75.00"), (f"{_F}.1.forecast", "75.00")), WARNING, (_F,)),
    Case("behind-unexplained", (
        (f"{_F}.0.executed", "9.00"), (f"{_F}.0.rate", "15.00"), (f"{_F}.1.executed", "9.00"), (f"{_F}.1.rate", "15.00")), WARNING, (_F,)),
    Case("shortfall-unexplained", ((f"{_I}.0.forecast", "30盏"),), WARNING, (f"{_I}.0",)),
    Case("forecast-below-done", ((f"{_I}.0.actual", "45盏"),), WARNING, (f"{_I}.0",)),
)  # fmt: skip

_DECLARATION: Final = (
    Case("declared-points", ((f"{_I}.0.weight", "22"),), ERROR, (_I, _P)),
    Case("project-budget-sum", ((f"{_P}.budget.fiscal", "37.00"),), ERROR, (f"{_P}.budget", _F), ("37.00", "35.00", "万元"), (f"{_F}.1.amount",)),
    Case("unit-cost-over-budget", ((f"{_I}.3.value", "95000元"),), WARNING, (f"{_P}.budget", _I)),
)  # fmt: skip

_EVALUATION: Final = (
    Case("score-over-points", ((f"{_I}.2.score", "19"),), ERROR, (f"{_I}.2",), ("19", "15", _POINTS)),
    Case("level-points", ((f"{_I}.2.level1_weight", "40"),), ERROR, (f"{_I}.2", f"{_I}.3"), ("40", "30", _POINTS), (f"{_I}.3.level1_weight",)),
)  # fmt: skip


def papers() -> Iterator[Paper]:
    """Every error of this file, each in the clean form of its kind."""
    for form, cases in (
        ("self-evaluation", _SELF_EVALUATION), ("monitoring", _MONITORING),
        ("declaration", _DECLARATION), ("evaluation", _EVALUATION),
    ):  # fmt: skip
        clean = report(form, 0)
        for case in cases:
            pen = Pen(clean)
            for path, text in case.puts:
                pen.put(path, text)
            pen.changed += case.also
            yield pen.paper(
                f"{form}-{case.kind}", Wrong(case.kind, case.severity, case.places, *case.figures)
            )
    yield from _worded(report("self-evaluation", 0))
    clean = summary()
    pen = Pen(clean)
    pen.put("projects.0.grade", "差")
    yield pen.paper("evaluation-list-grade", Wrong("grade", ERROR, (_P,)))


def _worded(clean: Paper) -> Iterator[Paper]:
    pen = Pen(clean)
    pen.reword("效益指标(30分)", "效益指标(35分)", f"{_I}.4.level1_weight", f"{_I}.5.level1_weight")
    wrong = Wrong("level-points", ERROR, (f"{_I}.4", f"{_I}.5"), "35", "30", _POINTS)
    yield pen.paper("self-evaluation-level-points", wrong)

    pen = Pen(clean)
    pen.reword("满意度指标(10分)", "满意度指标(8分)", f"{_I}.6.level1_weight")
    pen.put(f"{_I}.6.weight", "8")
    pen.put(f"{_I}.6.score", "8")
    pen.put(f"{_P}.score", "96.5")
    yield pen.paper(
        "self-evaluation-points-not-100", Wrong("points-not-100", ERROR, (_I, _P), "98", "100", _POINTS)
    )

    pen = Pen(clean)
    pen.reword("雨季停工，今后提前备料。", "", f"{_I}.2.reason")
    yield pen.paper(
        "self-evaluation-unattained-unexplained", Wrong("unattained-unexplained", WARNING, (f"{_I}.2",))
    )

    goal, result = clean.record[0]["projects"][0]["goals"][0], clean.record[0]["projects"][0]["results"][0]
    pen = Pen(clean)
    pen.reword(result, goal, f"{_P}.results")
    yield pen.paper("self-evaluation-result-copied", Wrong("result-copied", WARNING, (f"{_P}.results",)))
