"""RES: what was reached against what was promised, and whether points and reasons follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from jiheng.auditing.attainment import Attainment
from jiheng.auditing.forms import FormRow, Report, is_told, reports
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import number as bound
from jiheng.budget import BudgetDocument, Dimension, IndicatorValue, Kind, Severity, normalise
from jiheng.standards.indicator_words import extent_of

_AT_MOST_ALL: Final = re.compile(r"满意|合格率|达标率|优良率|及格率|及时率|准确率")
_FULL: Final = re.compile(
    r"^(?:已|全部|全面|均已?|按期|已全部)?(?:达成|完成|实现|达到)(?:预期)?(?:年度)?(?:指标|目标)?(?:任务)?$"
)
_PART: Final = re.compile(
    r"^部分(?:达成|完成|实现|达到)(?:预期)?(?:指标|目标)?(?:并|且|,|，)?(?:具有一定效果)?$"
)
_NOT: Final = re.compile(
    r"^(?:未|没有)(?:达成|完成|实现|达到)(?:预期)?(?:指标|目标)?(?:且|并|,|，)?(?:效果较差)?$"
)
_NEARLY: Final = re.compile(r"^基本(?:达成|完成|实现|达到)(?:预期)?(?:年度)?(?:指标|目标)?$")
_SOMEWHAT: Final = re.compile(r"^(?:有所|略有|逐步|有一定)(?:改善|提高|提升|增强|好转|改进|完善)$")
_CLEARLY: Final = re.compile(r"^(?:明显|显著|有效|大幅|大力|持续|不断)")
_BANDS: Final = (
    (_FULL, Decimal("0.8"), Decimal(1), "达成"),
    (_NEARLY, Decimal("0.6"), Decimal("0.9"), "基本达成"),
    (_PART, Decimal("0.6"), Decimal("0.8"), "部分达成"),
    (_NOT, Decimal(0), Decimal("0.6"), "未达成"),
)
_ONLY_DONE: Final = re.compile(
    r"^(?:年度|全年|年初)?(?:总体|预期)?(?:绩效)?(?:目标|任务|工作)?(?:已|均已|全部|已全部|均已全部|按期|按时|圆满|已圆满)?"
    r"(?:完成|达成|实现)了?(?:年度|全年|年初)?(?:总体|预期)?(?:绩效)?(?:各项)?(?:目标|任务|工作|目标任务|工作任务)?[。.]?$"
)
_DONE: Final = re.compile(r"已经|已|完成了")
"""What makes of a goal a report that says no more: 已更换路灯 40 盏."""
_PUNCTUATION: Final = re.compile(r"[\s，。；、,.;:：]")


class _Scored(NamedTuple):
    """An indicator with the points that it has and may have."""

    report: Report
    row: FormRow
    score: Decimal
    weight: Decimal

    @property
    def found(self) -> Attainment | None:
        """How far the result reaches the target."""
        return self.row.attained

    @property
    def is_explained(self) -> bool:
        """Whether a reason stands beside it, or in the form."""
        return self.report.explains(self.row)

    @property
    def texts(self) -> str:
        """Target and result as written."""
        value, actual = self.row.indicator.value, self.row.indicator.actual
        return f"目标值“{value.text if value else ''}”，实际完成“{actual.text if actual else ''}”"

    def gap(self, *, message: str, remedy: str, due: Decimal | None, severity: Severity | None = None) -> Gap:
        """A gap at the points; ``due`` are the points that the figures give, where they give any."""
        return Gap(
            path=f"{self.row.path}.score",
            message=message,
            remedy=remedy,
            stated=f"{self.score:f}",
            computed=None if due is None else _short(due),
            difference=None if due is None else _short(abs(self.score - due)),
            unit="分",
            related=tuple(f"{self.row.path}.{field}" for field in ("value", "actual", "weight")),
            severity=severity,
        )


def _short(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01')).normalize():f}"


def _rows(document: BudgetDocument) -> Iterator[tuple[Report, FormRow]]:
    return ((report, row) for report in reports(document) for row in report.rows)


def _scored(document: BudgetDocument) -> Iterator[_Scored]:
    """Every indicator with points that can be right: neither below nothing nor above what it may have."""
    for report, row in _rows(document):
        if row.score is not None and row.weight and 0 <= row.score <= row.weight:
            yield _Scored(report, row, row.score, row.weight)


@rule(
    "RES-001", title="没有完成的指标不得满分", severity=Severity.ERROR, basis="mof-2020-10", article=16,
    checks=("R14", "R15"),
)  # fmt: skip
def what_was_not_reached_has_not_full_points(document: BudgetDocument) -> Iterator[Gap]:
    """A target that is a figure, and that the result does not reach, does not earn full points."""
    for each in _scored(document):
        score, weight = each.score, each.weight
        if each.found is None or each.found.reached or score < weight:
            continue
        due = None if each.found.ratio is None else weight * each.found.ratio
        yield each.gap(
            message=f"{each.row.label}{each.texts}，没有达到，却得满分 {score:f} 分{_proportion(each, weight)}",
            remedy="按完成比例扣分并写明偏差原因，或更正实际完成值",
            due=due,
        )


def _proportion(each: _Scored, weight: Decimal) -> str:
    ratio = each.found.ratio if each.found else None
    return "" if ratio is None else f"；按比例 {weight:f} × {ratio * 100:.2f}% = {weight * ratio:.2f} 分"


@rule(
    "RES-002", title="没有完成的指标按比例计分", severity=Severity.ERROR, basis="mof-2020-10", article=16,
    checks=("R14",),
)  # fmt: skip
def what_was_not_reached_is_scored_in_proportion(document: BudgetDocument) -> Iterator[Gap]:
    """Points for a target that was not reached are at most 分值 × actual / target (target / actual where less is better).

    Half a point is left for rounding. A warning where the form has a scoring standard of its own, and for
    satisfaction, which may be scored in steps.
    """
    for each in _scored(document):
        score, weight = each.score, each.weight
        if each.found is None or each.found.reached or each.found.ratio is None or score >= weight:
            continue
        due = weight * each.found.ratio
        if score <= due + bound("execution", "score_room"):
            continue
        own_way = (
            is_told(each.row.indicator.scoring) or "满意" in f"{each.row.indicator.level1}{each.row.label}"
        )
        yield each.gap(
            message=f"{each.row.label}{each.texts}，得 {score:f} 分{_proportion(each, weight)}，多得 {score - due:.2f} 分",
            remedy="按完成比例重新计分；另有评分标准的，注明标准",
            due=due,
            severity=Severity.WARNING if own_way else None,
        )


@rule(
    "RES-003", title="完成的指标扣分有原因", severity=Severity.WARNING, basis="mof-2020-10", article=16, checks=("R15",),
)  # fmt: skip
def what_was_reached_has_full_points(document: BudgetDocument) -> Iterator[Gap]:
    """A target that was reached earns full points, unless a reason says why not."""
    for each in _scored(document):
        score, weight = each.score, each.weight
        if each.found is not None and each.found.reached and score < weight and not each.is_explained:
            yield each.gap(
                message=f"{each.row.label}{each.texts}，已经达到，得 {score:f} 分，少于分值 {weight:f} 分，没有写原因",
                remedy="完成指标值的记满分；确需扣分的写明原因",
                due=weight,
            )


@rule(
    "RES-004", title="扣分的指标写明偏差原因", severity=Severity.ERROR, basis="form-self-evaluation", article="偏差原因",
    checks=("R18",),
)  # fmt: skip
def lost_points_have_a_reason(document: BudgetDocument) -> Iterator[Gap]:
    """An indicator of a self-evaluation that lost points has a reason; one that was reached is RES-003.

    A warning where no row of the form has a reason: the form may not ask for any.
    """
    if document.kind is Kind.EVALUATION:
        return  # evaluators give their reasons in a report
    for each in _scored(document):
        score, weight = each.score, each.weight
        if score >= weight or each.is_explained or (each.found is not None and each.found.reached):
            continue
        has_column = any(is_told(row.reason) for row in each.report.form.indicators)
        yield each.gap(
            message=f"{each.row.label}得 {score:f} 分，比分值 {weight:f} 分少 {weight - score:f} 分，没有写偏差原因",
            remedy="写明偏差原因和改进措施",
            due=weight,
            severity=None if has_column else Severity.WARNING,
        )


@rule(
    "RES-005", title="超额完成过多的说明原因", severity=Severity.WARNING, basis="mof-2020-10", article=16,
    checks=("R16",),
)  # fmt: skip
def far_more_than_promised_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """More than 130 per cent of a target has a reason: the target may have been set too low.

    For an upper bound the same holds of money that was saved; less waste, delay or complaint needs no reason.
    """
    most = bound("results", "explain_above")
    for report, row in _rows(document):
        found = row.attained
        value, actual = row.indicator.value, row.indicator.actual
        if found is None or not found.reached or found.ratio is None or value is None or actual is None:
            continue
        if found.is_reverse and value.dimension is not Dimension.MONEY:
            continue
        if found.ratio <= most or report.explains(row):
            continue
        yield Gap(
            path=f"{row.path}.actual",
            message=f"{row.label}目标值“{value.text}”，实际完成“{actual.text}”，"
            f"{'只用了' if found.is_reverse else '是目标值的'} "
            f"{(1 / found.ratio if found.is_reverse else found.ratio) * 100:.2f}%，没有说明原因",
            remedy="分析偏离的原因；目标值定得过低的，按偏离程度扣分并调整以后年度的目标值",
            stated=actual.text,
            computed=value.text,
            related=(f"{row.path}.value",),
        )


@rule(
    "RES-006", title="定性指标按三档计分", severity=Severity.WARNING, basis="mof-2020-10", article=16, checks=("R17",),
)  # fmt: skip
def results_in_words_are_scored_in_their_band(document: BudgetDocument) -> Iterator[Gap]:
    """达成 earns 80 to 100 per cent of the points, 部分达成 60 to 80, 未达成 less than 60; other words are not judged.

    基本达成 stands between the first two and is at least not all. 有所改善 is a part where 明显改善 was promised.
    """
    for each in _scored(document):
        score, weight = each.score, each.weight
        actual = each.row.indicator.actual
        if actual is None or actual.number is not None:
            continue
        text = normalise(actual.text).rstrip("。")
        band = next((band for band in _BANDS if band[0].match(text)), None)
        value = each.row.indicator.value
        if value is not None and _SOMEWHAT.match(text) and _CLEARLY.match(normalise(value.text)):
            band = _BANDS[2]
        if band is None:
            continue
        _, low, high, name = band
        share = score / weight
        if low <= share <= high:
            continue
        nearest = weight * (low if share < low else high)
        yield each.gap(
            message=f"{each.row.label}实际完成“{text}”，属“{name}”一档，应得 {weight * low:f} 至 {weight * high:f} 分，"
            f"所得 {score:f} 分",
            remedy="按达成、部分达成、未达成三档重新计分，或更正完成情况",
            due=nearest,
        )


@rule(
    "RES-007", title="实际完成情况不照抄预期目标", severity=Severity.WARNING, basis="form-self-evaluation",
    article="完成情况", checks=("R19",),
)  # fmt: skip
def results_are_not_the_goals_again(document: BudgetDocument) -> Iterator[Gap]:
    """实际完成情况 is neither the goal word for word, “已” before it or not, nor just "completed"; nor is it left empty.

    An empty cell is told where another form of the document is filled in, which shows that there is one.
    """
    found = reports(document)
    is_printed = any(report.form.results for report in found)
    for report in found:
        results = _DONE.sub("", _PUNCTUATION.sub("", normalise("".join(report.form.results))))
        goals = _DONE.sub("", _PUNCTUATION.sub("", normalise("".join(report.form.goals))))
        if not report.form.results:
            if is_printed and goals and report.is_scored:
                yield Gap(
                    path=f"{report.path}.results",
                    message="没有填写实际完成情况",
                    remedy="对照目标逐项写实际完成的数量、质量和效果",
                    related=(f"{report.path}.goals.0",),
                )
            continue
        is_bare = bool(_ONLY_DONE.match(_PUNCTUATION.sub("", normalise("".join(report.form.results)))))
        if is_bare or (results == goals and len(results) >= bound("results", "shortest_copy")):
            yield Gap(
                path=f"{report.path}.results.0",
                message=f"实际完成情况只写“{report.form.results[0]}”，没有写结果"
                if is_bare
                else f"实际完成情况与预期目标{'一字不差' if report.form.results == report.form.goals else '除“已”字外没有不同'}",
                remedy="对照目标逐项写实际完成的数量、质量和效果",
                stated=report.form.results[0],
                related=tuple(f"{report.path}.goals.{index}" for index in range(len(report.form.goals))),
            )


@rule(
    "RES-008", title="打分的指标有实际完成值", severity=Severity.WARNING, basis="form-self-evaluation", article="完成值",
    checks=("R14",),
)  # fmt: skip
def points_rest_on_a_result(document: BudgetDocument) -> Iterator[Gap]:
    """An indicator with points has a result, in forms where others have."""
    for report in reports(document):
        if not any(row.actual for row in report.form.indicators):
            continue
        for row in report.rows:
            if row.indicator.actual is None and row.score is not None and row.score > 0:
                yield Gap(
                    path=f"{row.path}.actual",
                    message=f"{row.label}得 {row.score:f} 分，没有填实际完成值",
                    remedy="补填实际完成值",
                    related=(f"{row.path}.score",),
                )


@rule(
    "RES-009", title="满意度、合格率的实际值不超过 100%", severity=Severity.ERROR, basis="form-self-evaluation",
    article="完成值", checks=("R14",),
)  # fmt: skip
def shares_reached_are_at_most_all(document: BudgetDocument) -> Iterator[Gap]:
    """A result that is a share of a whole (满意度, 合格率 …) is not more than 100 per cent."""
    for _, row in _rows(document):
        if not _AT_MOST_ALL.search(normalise(row.indicator.level3)):
            continue
        for field in ("actual", "forecast"):
            result = getattr(row.indicator, field)
            if result is None or result.number is None or result.dimension is not Dimension.SHARE:
                continue
            interval = result.interval
            share = interval.low if interval else None
            if share is None or share <= 100:
                continue
            yield Gap(
                path=f"{row.path}.{field}",
                message=f"{row.label}的完成值“{result.text}”超过 100%",
                remedy="更正完成值",
                stated=f"{share:f}",
                computed="100",
                difference=f"{share - 100:f}",
                unit="%",
            )


@rule(
    "RES-010", title="实际完成值与目标值同一单位", severity=Severity.WARNING, basis="form-self-evaluation",
    article="完成值", checks=("R14",),
)  # fmt: skip
def a_result_measures_what_its_target_does(document: BudgetDocument) -> Iterator[Gap]:
    """A result is of the same kind as its target: money, share, count or length of time, where both are known.

    Of what is counted, lengths and areas are kinds of their own: 42 公里 is no answer to 40 盏.
    """
    kinds = {Dimension.MONEY, Dimension.SHARE, Dimension.COUNT, Dimension.DURATION}
    for _, row in _rows(document):
        value, actual = row.indicator.value, row.indicator.actual
        if value is None or actual is None:
            continue
        if value.dimension is actual.dimension and _extent(value) == _extent(actual):
            continue
        if {value.dimension, actual.dimension} <= kinds and not actual.meaning.tail:
            yield Gap(
                path=f"{row.path}.actual",
                message=f"{row.label}目标值“{value.text}”与实际完成值“{actual.text}”不是同一种量，无法对照",
                remedy="用目标值的单位填写实际完成值",
                stated=actual.text,
                computed=value.text,
                related=(f"{row.path}.value",),
            )


def _extent(value: IndicatorValue) -> str | None:
    unit = value.meaning.unit
    return extent_of(unit.base) if unit is not None else None


@rule(
    "RES-011", title="没有完成的指标写明偏差原因", severity=Severity.ERROR, basis="form-self-evaluation",
    article="偏差原因", checks=("R18",),
)  # fmt: skip
def what_was_not_reached_has_a_reason(document: BudgetDocument) -> Iterator[Gap]:
    """In a form without points a target that was not reached has a reason; with points it is RES-001 and RES-004.

    A warning where no row of the form has a reason: the form may not ask for any.
    """
    if document.kind is not Kind.SELF_EVALUATION:
        return
    for report, row in _rows(document):
        found = row.attained
        if found is None or found.reached or row.score is not None or report.explains(row):
            continue
        value, actual = row.indicator.value, row.indicator.actual
        if value is not None and actual is not None:
            yield Gap(
                path=f"{row.path}.reason",
                message=f"{row.label}目标值“{value.text}”，实际完成“{actual.text}”，没有达到，没有写偏差原因",
                remedy="写明偏差原因和改进措施",
                stated=actual.text,
                computed=value.text,
                related=(f"{row.path}.value", f"{row.path}.actual"),
                severity=None
                if any(is_told(each.reason) for each in report.form.indicators)
                else Severity.WARNING,
            )
