"""EVAL: evaluations by departments and the treasury, and what a disclosure says of all evaluations together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.forms import Report, base_of, is_told, points, rate_of, reports
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import number
from jiheng.budget import BudgetDocument, Dimension, Kind, PerformanceManagement, Severity, normalise

_RESULTS: Final = ("产出", "效益", "效果", "满意")
_RATES: Final = frozenset({"预算执行率", "资金执行率", "预算资金执行率", "年度预算执行率"})
_GRADES: Final = ("excellent", "good", "fair", "poor")
_LEAST: Final = {"excellent": 90, "good": 80, "fair": 60, "poor": 0}
_MOST: Final = {"excellent": 100, "good": 90, "fair": 90, "poor": 60}
"""The points of a grade. 合格 stands for 中 in some places and reaches as far as 良."""


def _weights(report: Report) -> list[tuple[str, Decimal]] | None:
    """Level one and points of every indicator; ``None`` where a row has no points of its own."""
    found = [(normalise(row.indicator.level1), row.weight) for row in report.rows]
    known = [(level, weight) for level, weight in found if weight is not None]
    return known if known and len(known) == len(found) else None


@rule(
    "EVAL-001", title="产出和效益的权重不低于 60%", severity=Severity.WARNING, basis="mof-2020-10", article=14,
    checks=("R23",),
)  # fmt: skip
def results_weigh_at_least_60(document: BudgetDocument) -> Iterator[Gap]:
    """In an evaluation 产出 and 效益, with 满意度, have at least 60 of the 100 points."""
    if document.kind is not Kind.EVALUATION:
        return
    for report in reports(document):
        weights = _weights(report)
        whole = sum((weight for _, weight in weights), Decimal(0)) if weights else Decimal(0)
        if weights is None or whole != 100 or any(not level for level, _ in weights):
            continue
        addends = [weight for level, weight in weights if level.startswith(_RESULTS)]
        share = sum(addends, Decimal(0))
        if share >= number("evaluation", "results_at_least"):
            continue
        yield Gap(
            path=f"{report.path}.indicators",
            message=f"产出、效益（含满意度）指标的分值 {' + '.join(f'{each:f}' for each in addends) or '0'} = {share:f} 分，"
            f"不到 {number('evaluation', 'results_at_least'):f} 分",
            remedy="提高产出和效益指标的权重；项目实施期间的评价说明理由",
            stated=f"{share:f}",
            computed=f"{number('evaluation', 'results_at_least'):f}",
            unit="分",
            related=tuple(
                f"{row.path}.weight"
                for row, (level, _) in zip(report.rows, weights, strict=True)
                if level.startswith(_RESULTS)
            ),
        )


@rule(
    "EVAL-002", title="评价指标的分值合计 100 分", severity=Severity.WARNING, basis="mof-2020-10", article=14,
    checks=("R23",),
)  # fmt: skip
def an_evaluation_s_points_are_100(document: BudgetDocument) -> Iterator[Gap]:
    """The points of a frame of evaluation nobody has scored yet are 100 together; of a scored one SCORE-002 says so."""
    if document.kind is not Kind.EVALUATION:
        return
    for report in reports(document):
        weights = _weights(report)
        if weights is None or report.is_scored:
            continue
        computed = sum((weight for _, weight in weights), Decimal(0))
        if computed == 100 or (computed == 90 and report.form.funding):
            continue
        yield Gap(
            path=f"{report.path}.indicators",
            message=f"各指标分值合计 {' + '.join(f'{weight:f}' for _, weight in weights[:12])}"
            f"{' + …' if len(weights) > 12 else ''} = {computed:f} 分，应为 100 分",
            remedy="调整分值，使合计为 100 分",
            stated=f"{computed:f}",
            computed="100",
            difference=f"{abs(computed - 100):f}",
            unit="分",
            related=tuple(f"{row.path}.weight" for row in report.rows),
        )


@rule(
    "EVAL-003", title="预算执行率指标与资金执行情况一致", severity=Severity.WARNING, basis="mof-2020-10",
    article="自评内容", checks=("R12",),
)  # fmt: skip
def the_indicator_of_the_rate_is_the_rate(document: BudgetDocument) -> Iterator[Gap]:
    """Where a form has 预算执行率 among its indicators, its result is what the amounts give, within half a point."""
    for report in reports(document):
        total = report.total
        is_known = total is not None and total.line.executed is not None and base_of(total)
        rate = rate_of(total) if total and is_known else None
        if total is None or rate is None:
            continue
        for row in report.rows:
            actual = row.indicator.actual
            if normalise(row.indicator.level3) not in _RATES or actual is None or actual.number is None:
                continue
            stated = Decimal(actual.number)
            is_share = actual.dimension in (Dimension.SHARE, Dimension.UNKNOWN)
            if not is_share or abs(stated - rate) <= number("execution", "rate_room") or stated <= 2:
                continue
            yield Gap(
                path=f"{row.path}.actual",
                message=f"{row.label}实际完成“{actual.text}”，按资金执行情况计算是 {rate:.2f}%，"
                f"相差 {abs(stated - rate):.2f} 个百分点",
                remedy="两处改为一致；按实际到位资金计算的，注明口径",
                stated=f"{stated:f}",
                computed=f"{rate:.2f}",
                difference=f"{abs(stated - rate):.2f}",
                unit="%",
                related=(f"{total.path}.executed",),
            )


@rule(
    "EVAL-004", title="各等级的项目数不多于评价的项目数", severity=Severity.ERROR, basis="mof-2020-10",
    article="评价等级", checks=("R20",),
)  # fmt: skip
def graded_projects_are_evaluated_ones(document: BudgetDocument) -> Iterator[Gap]:
    """The projects of all grades are as many as were evaluated.

    Which kind of evaluation the grades are of is not always said: more than the larger count is wrong in any case,
    fewer only where all four grades are stated and only one count is.
    """
    node = document.performance_management
    if node is None:
        return
    counts = {
        field: found
        for field in ("self_evaluated_projects", "evaluated_projects")
        if (found := _count(node, field)) is not None
    }
    grades = _grades(node)
    if not counts or not grades:
        return
    computed, most = sum(grades.values()), max(counts.values())
    is_whole = len(grades) == len(_GRADES) and len(counts) == 1
    if computed > most or (computed < most and is_whole):
        field = max(counts, key=lambda name: counts[name])
        yield Gap(
            path=f"performance_management.{field}",
            message=f"各等级的项目 {' + '.join(map(str, grades.values()))} = {computed} 个，评价的项目是 {most} 个，"
            f"相差 {abs(computed - most)} 个",
            remedy="核对评价项目数和各等级的项目数",
            stated=str(most),
            computed=str(computed),
            difference=str(abs(computed - most)),
            unit="个",
            related=tuple(f"performance_management.{name}" for name in grades),
        )


@rule(
    "EVAL-005", title="平均得分与等级分布相符", severity=Severity.WARNING, basis="mof-2020-10", article="评价等级",
    checks=("R20",),
)  # fmt: skip
def the_mean_score_fits_the_grades(document: BudgetDocument) -> Iterator[Gap]:
    """The mean of all scores lies between the lowest and the highest that the grades allow."""
    node = document.performance_management
    mean = points(node.mean_score) if node else None
    grades = _grades(node) if node else {}
    total = sum(grades.values())
    if (
        node is None
        or mean is None
        or not total
        or total not in (_count(node, "self_evaluated_projects"), _count(node, "evaluated_projects"))
    ):
        return
    low, high = (
        Decimal(sum(bounds[grade] * count for grade, count in grades.items())) / total
        for bounds in (_LEAST, _MOST)
    )
    if low <= mean <= high:
        return
    yield Gap(
        path="performance_management.mean_score",
        message=f"平均得分 {mean:f} 分，按各等级的项目数（{'、'.join(map(str, grades.values()))} 个）应在 {low:.2f} 至 {high:.2f} 分之间",
        remedy="核对平均得分和各等级的项目数",
        stated=f"{mean:f}",
        computed=f"{low if mean < low else high:.2f}",
        unit="分",
        related=tuple(f"performance_management.{name}" for name in grades),
    )


@rule(
    "EVAL-006", title="发现的问题等于已整改与正在整改之和", severity=Severity.ERROR, basis="hebei-2019-performance",
    article="结果应用", checks=("R25",),
)  # fmt: skip
def every_problem_found_is_solved_or_open(document: BudgetDocument) -> Iterator[Gap]:
    """Problems found are those solved and those still open; silent unless all three are stated."""
    node = document.performance_management
    if node is None:
        return
    found, solved, still_open = (_count(node, f"problems_{name}") for name in ("found", "solved", "open"))
    if found is None or solved is None or still_open is None or found == solved + still_open:
        return
    yield Gap(
        path="performance_management.problems_found",
        message=f"已完成整改 {solved} 个，正在整改 {still_open} 个，{solved} + {still_open} = {solved + still_open} 个，"
        f"与发现的问题 {found} 个相差 {abs(found - solved - still_open)} 个",
        remedy="核对问题数和整改数",
        stated=str(found),
        computed=str(solved + still_open),
        difference=str(abs(found - solved - still_open)),
        unit="个",
        related=("performance_management.problems_solved", "performance_management.problems_open"),
    )


@rule(
    "EVAL-007", title="列出的问题都有整改措施", severity=Severity.WARNING, basis="mof-2020-10", article="结果应用",
    checks=("R25",),
)  # fmt: skip
def every_problem_has_a_remedy(document: BudgetDocument) -> Iterator[Gap]:
    """In a list of evaluations a row with problems has what is done about them, where other rows have it."""
    told = [
        (path, project, {each.topic for each in project.statements if is_told(each.text)})
        for path, project in document.goal_tables()
    ]
    if len(told) < 2 or not any("improvement" in topics for _, _, topics in told):
        return
    for path, project, topics in told:
        if "problems" in topics and "improvement" not in topics:
            at, problem = next(
                (at, each) for at, each in enumerate(project.statements) if each.topic == "problems" and is_told(each.text)
            )  # fmt: skip
            yield Gap(
                path=f"{path}.statements.{at}.text",
                message=f"“{project.label}”列有问题“{problem.text}”，没有写整改措施",
                remedy="补写整改措施、责任人和完成时限",
                stated=problem.text,
            )


def _count(node: PerformanceManagement, field: str) -> int | None:
    text = getattr(node, field)
    return int(text) if text is not None and text.isdecimal() else None


def _grades(node: PerformanceManagement) -> dict[str, int]:
    return {grade: found for grade in _GRADES if (found := _count(node, grade)) is not None}
