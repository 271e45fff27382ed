"""SCORE: the points of a report: what each row may have, what they add up to, and the grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Final

from jiheng.auditing.forms import FormRow, Report, base_of, points, rate_of, reports
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import judged
from jiheng.auditing.thresholds import number, thresholds
from jiheng.budget import BudgetDocument, Indicator, Kind, Severity, normalise, plain
from jiheng.standards.grades import grade_of
from jiheng.standards.indicator_framework import canonical

_TOLD_SCORE: Final = re.compile(
    r"(?:自评|综合|评价|绩效|自评总|评价总)(?:评价)?(?:总)?得分(?:为|是|:)?(\d{1,3}(?:\.\d+)?)分"
)
_AUDITED: Final = re.compile(
    r"(?:审计|巡察|巡视|财会监督|监督检查|专项检查)[^。；;]{0,12}?(?:发现|查出|指出)[^。；;]{2,24}"
)
_NO_FINDING: Final = re.compile(r"(?:未|没有|无)(?:发现|查出|审计)|发现(?:的)?问题0")
_CENT: Final = Decimal("0.01")


def _spelled(addends: list[Decimal]) -> str:
    texts = [plain(addend) for addend in addends]
    return " + ".join(texts if len(texts) <= 12 else [*texts[:6], "…", *texts[-3:]])


@rule(
    "SCORE-001", title="得分不超过分值", severity=Severity.ERROR, basis="form-self-evaluation", article="得分",
    checks=("R13",),
)  # fmt: skip
def no_row_has_more_points_than_it_may(document: BudgetDocument) -> Iterator[Gap]:
    """得分 is between 0 and 分值: of every indicator, of 预算执行率, and of the whole, which may have 100."""
    for report in reports(document):
        total = report.total
        scored: list[tuple[str, str, str | None, str | None]] = [
            (row.path, row.label, row.indicator.score, row.indicator.weight) for row in report.rows
        ]
        if total is not None:
            scored.append((total.path, "预算执行率", total.line.score, total.line.weight))
        scored.append((report.path, "总分", report.form.score, "100"))
        for where, label, score_text, weight_text in scored:
            score, weight = points(score_text), points(weight_text)
            if score is None or weight is None or 0 <= score <= weight:
                continue
            yield Gap(
                path=f"{where}.score",
                message=f"{label}得分 {score:f} 分，{'超过分值' if score > weight else '低于 0 分，分值'} {weight:f} 分",
                remedy="更正得分或分值",
                stated=f"{score:f}",
                computed=f"{weight:f}",
                difference=f"{abs(score - weight):f}",
                unit="分",
                related=() if where == report.path else (f"{where}.weight",),
            )


@rule(
    "SCORE-002", title="分值合计 100 分", severity=Severity.ERROR, basis="mof-2020-10", article=13,
    checks=("R13", "R23"), applies=judged,
)  # fmt: skip
def the_points_to_be_had_are_100(document: BudgetDocument) -> Iterator[Gap]:
    """分值 of all indicators and of 预算执行率 are 100 together.

    Where 分值 of 预算执行率 was not read the indicators may have 90 or 100. Silent where a row has none, as one cell
    may stand for several rows; a warning where the level above, or the total, says that the row was read wrongly.
    """
    for report in reports(document):
        rows = report.rows
        weights = [row.weight for row in rows]
        known = [weight for weight in weights if weight is not None]
        if not rows or len(known) < len(weights) or not report.is_scored:
            continue
        total = report.total
        rate = points(total.line.weight) if total else None
        addends = known if rate is None else [rate, *known]
        computed = sum(addends, Decimal(0))
        allowed = (Decimal(90), Decimal(100)) if rate is None else (Decimal(100),)
        if any(abs(computed - whole) <= _CENT * len(addends) for whole in allowed):
            continue
        if sum(known, Decimal(0)) == 100 and any("执行率" in row.label for row in rows):
            continue  # the rate stands among the indicators as well
        yield Gap(
            path=f"{report.path}.indicators",
            message=f"分值合计 {_spelled(addends)} = {computed:f} 分"
            f"{'（首项为预算执行率）' if rate is not None else ''}，应为 100 分"
            f"{'（不含预算执行率时 90 分）' if rate is None else ''}",
            remedy="调整各指标分值，使预算执行率与各指标合计 100 分",
            stated=f"{computed:f}",
            computed="100",
            difference=f"{abs(computed - 100):f}",
            unit="分",
            related=tuple(f"{row.path}.weight" for row in rows),
            severity=Severity.WARNING if _levels_disagree(rows) else None,
        )


def _levels_disagree(rows: list[FormRow]) -> bool:
    return any(True for field in ("level1", "level2") for _ in _levels(rows, field))


@rule(
    "SCORE-003", title="上一级分值等于下一级之和", severity=Severity.ERROR, basis="form-self-evaluation", article="分值",
    checks=("R13", "R23"), applies=judged,
)  # fmt: skip
def the_points_of_a_level_are_those_of_its_indicators(document: BudgetDocument) -> Iterator[Gap]:
    """The points that a form prints beside a level are those of the indicators in it, taken together."""
    for report in reports(document):
        rows = report.rows
        for field in ("level1", "level2"):
            for name, stated, members in _levels(rows, field):
                addends = [row.weight or Decimal(0) for row in members]
                computed = sum(addends, Decimal(0))
                yield Gap(
                    path=f"{members[0].path}.{field}_weight",
                    message=f"“{name}”的分值 {stated:f} 分，其各项 {_spelled(addends)} = {computed:f} 分，"
                    f"相差 {abs(stated - computed):f} 分",
                    remedy="核对这一级和各指标的分值",
                    stated=f"{stated:f}",
                    computed=f"{computed:f}",
                    difference=f"{abs(stated - computed):f}",
                    unit="分",
                    related=tuple(f"{row.path}.weight" for row in members),
                )


def _levels(rows: list[FormRow], field: str) -> Iterator[tuple[str, Decimal, list[FormRow]]]:
    """The levels whose points are not those of their indicators: name, points, rows."""
    if not any(getattr(row.indicator, f"{field}_weight") for row in rows):
        return

    def key(row: FormRow) -> tuple[str | None, str | None, str | None]:
        indicator = row.indicator
        lower = indicator.level2 if field == "level2" else None
        return indicator.level1, lower, getattr(indicator, f"{field}_weight")

    for (level1, level2, text), group in groupby(rows, key):
        stated, members = points(text), list(group)
        weights = [row.weight for row in members]
        if stated is None or None in weights:
            continue
        if abs(sum((weight or Decimal(0) for weight in weights), Decimal(0)) - stated) > _CENT * len(weights):
            yield level2 or level1 or "", stated, members


@rule(
    "SCORE-004", title="总分等于各项得分之和", severity=Severity.ERROR, basis="form-self-evaluation", article="得分",
    checks=("R20",),
)  # fmt: skip
def the_total_is_the_sum_of_the_points(document: BudgetDocument) -> Iterator[Gap]:
    """总分 is the sum of the points of all indicators and of 预算执行率; where that was not read, it may add up to 10.

    It is asked for where everything else was scored, 预算执行率 as well.
    """
    for report in reports(document):
        stated = points(report.form.score)
        rows = report.rows
        scores = [row.score for row in rows]
        known = [score for score in scores if score is not None]
        if report.form.score is None:
            yield from _no_total(document, report, known)
        if stated is None or not rows or len(known) < len(scores):
            continue
        total = report.total
        rate = points(total.line.score) if total else None
        addends = known if rate is None else [rate, *known]
        computed = sum(addends, Decimal(0))
        room = _CENT * len(addends)
        gap = stated - computed
        if abs(gap) <= room or (rate is None and 0 < gap <= _unread_points(report)):
            continue
        yield Gap(
            path=f"{report.path}.score",
            message=f"各项得分 {_spelled(addends)} = {computed:f} 分{'（首项为预算执行率）' if rate is not None else ''}，"
            f"与总分 {stated:f} 分相差 {abs(gap):f} 分",
            remedy="核对各项得分，更正总分或其中的错项",
            stated=f"{stated:f}",
            computed=f"{computed:f}",
            difference=f"{abs(gap):f}",
            unit="分",
            related=(*((f"{total.path}.score",) if total and rate is not None else ()), *(f"{row.path}.score" for row in rows)),
        )  # fmt: skip


def _no_total(document: BudgetDocument, report: Report, scores: list[Decimal]) -> Iterator[Gap]:
    """A warning: the total may stand where it was not read."""
    rate = points(report.total.line.score) if report.total else None
    if document.kind is not Kind.SELF_EVALUATION or rate is None or len(scores) < max(2, len(report.rows)):
        return
    addends = [rate, *scores]
    yield Gap(
        path=f"{report.path}.score",
        message=f"各项都有得分，没有总分；各项得分 {_spelled(addends)} = {sum(addends, Decimal(0)):f} 分（首项为预算执行率）",
        remedy="补填总分",
        computed=f"{sum(addends, Decimal(0)):f}",
        unit="分",
        related=tuple(f"{row.path}.score" for row in report.rows),
        severity=Severity.WARNING,
    )


def _unread_points(report: Report) -> Decimal:
    """What 预算执行率 may add where its points were not read: what its indicators leave of 100, at most 10."""
    weights = [row.weight for row in report.rows]
    if None in weights:
        return Decimal(10)
    left = 100 - sum((weight or Decimal(0) for weight in weights), Decimal(0))
    return min(max(left, Decimal(0)), Decimal(10))


@rule(
    "SCORE-005", title="等级与得分相符", severity=Severity.ERROR, basis="mof-2020-10", article="评价等级",
    checks=("R20", "R02"),
)  # fmt: skip
def the_grade_follows_the_points(document: BudgetDocument) -> Iterator[Gap]:
    """优 from 90, 良 from 80, 中 from 60, 差 below; grades in other words are not judged."""
    for report in reports(document):
        score, grade = points(report.form.score), normalise(report.form.grade)[:1]
        if score is None or grade not in "优良中差" or not grade or not 0 <= score <= 100:
            continue
        expected = grade_of(score)
        if grade != expected:
            yield Gap(
                path=f"{report.path}.grade",
                message=f"总分 {score:f} 分，按 90、80、60 分的界限应为“{expected}”，所写的等级是“{report.form.grade}”",
                remedy="更正等级或总分",
                stated=report.form.grade,
                computed=expected,
                related=(f"{report.path}.score",),
            )


@rule(
    "SCORE-006", title="一级指标分值按通行比例", severity=Severity.NOTICE, basis="mof-2020-10", article=13,
    checks=("R13",), applies=judged,
)  # fmt: skip
def levels_have_the_usual_points(document: BudgetDocument) -> Iterator[Gap]:
    """产出, 效益 and 满意度 have the usual points in forms that print points beside their levels.

    Other forms leave the points to each place, which gives every row the same as often as not.
    """
    for report in reports(document):
        sums = _sums_of_levels(report.form.indicators)
        if sums is None or not report.is_scored or sum(sums) != 90:
            continue
        if not any(points(row.level1_weight) for row in report.form.indicators):
            continue
        usual = [[Decimal(part) for part in split] for split in thresholds("scores")["usual_splits"]]
        if sums not in usual:
            cost, output, benefit, content = sums
            yield Gap(
                path=f"{report.path}.indicators",
                message=f"成本 {cost:f} 分、产出 {output:f} 分、效益 {benefit:f} 分、满意度 {content:f} 分，不是通行的比例",
                remedy="一般为产出 50、效益 30、满意度 10 分，设成本指标的为成本 20、产出 40、效益 20、满意度 10 分；另有规定的按规定",
                stated=f"{output:f}",
                computed="50" if not cost else "40",
                unit="分",
                related=tuple(f"{row.path}.weight" for row in report.rows),
            )


def _sums_of_levels(indicators: list[Indicator]) -> list[Decimal] | None:
    sums = dict.fromkeys(("成本指标", "产出指标", "效益指标", "满意度指标"), Decimal(0))
    for indicator in indicators:
        level, weight = canonical(indicator.level1 or ""), points(indicator.weight)
        if level not in sums or weight is None:
            return None
        sums[level] += weight
    return list(sums.values()) if indicators else None


@rule(
    "SCORE-007", title="结论中的得分与总分一致", severity=Severity.ERROR, basis="form-self-evaluation", article="得分",
    checks=("R20",),
)  # fmt: skip
def the_conclusion_names_the_total(document: BudgetDocument) -> Iterator[Gap]:
    """A score named in a statement of the form (自评得分 95 分) is its 总分; 评价得分 may be that of others, and warns."""
    for report in reports(document):
        score = points(report.form.score)
        if score is None:
            continue
        for index, statement in enumerate(report.form.statements):
            match = _TOLD_SCORE.search(normalise(statement.text))
            if match is None or Decimal(match[1]) == score:
                continue
            yield Gap(
                path=f"{report.path}.statements.{index}.text",
                message=f"{statement.label}写的是“{match[0]}”，表中总分 {score:f} 分，相差 {abs(Decimal(match[1]) - score):f} 分",
                remedy="两处改为同一得分",
                stated=match[1],
                computed=f"{score:f}",
                difference=f"{abs(Decimal(match[1]) - score):f}",
                unit="分",
                related=(f"{report.path}.score",),
                severity=Severity.WARNING if match[0].startswith(("评价", "绩效")) else None,
            )


@rule(
    "SCORE-008", title="执行率过低或有审计问题而指标全部满分的应核实", severity=Severity.WARNING, basis="mof-2020-10", article=16,
    checks=("R21",),
)  # fmt: skip
def full_points_for_all_need_spending(document: BudgetDocument) -> Iterator[Gap]:
    """Where less than 60 per cent was spent, or an audit found something, not every indicator can have full points."""
    for report in reports(document):
        total = report.total
        is_spent = total is not None and total.line.executed is not None and base_of(total)
        rate = rate_of(total) if total and is_spent else None
        scored = [(row.score, row.weight) for row in report.rows]
        if len(scored) < 2 or any(
            score is None or weight is None or score < weight for score, weight in scored
        ):
            continue
        if (finding := _audit_finding(document, report)) is not None:
            where, told = finding
            yield Gap(
                path=where,
                message=f"写有“{told}”，{len(scored)} 个指标却全部得满分",
                remedy="核实有关指标的完成情况，按问题扣分；问题与指标无关的予以说明",
                stated=told,
                related=(f"{report.path}.indicators",),
            )
        if total is None or rate is None or rate >= number("scores", "doubt_full_below"):
            continue
        yield Gap(
            path=f"{report.path}.indicators",
            message=f"预算执行率只有 {rate:.2f}%，{len(scored)} 个指标却全部得满分",
            remedy="核实各指标的完成情况和佐证材料；节约资金的写明原因",
            stated=f"{rate:.2f}",
            computed=f"{number('scores', 'doubt_full_below'):f}",
            unit="%",
            related=(f"{total.path}.executed",),
        )


def _audit_finding(document: BudgetDocument, report: Report) -> tuple[str, str] | None:
    """Where the form, or the document of a single form, says that an audit found something, and what it says."""
    told = [
        (f"{report.path}.statements.{at}.text", each.text) for at, each in enumerate(report.form.statements)
    ]
    if len(reports(document)) == 1:
        told += [(f"remarks.{at}.text", remark.text) for at, remark in enumerate(document.remarks)]
    for path, text in told:
        match = _AUDITED.search(normalise(text))
        if match is not None and not _NO_FINDING.search(normalise(text)):
            return path, match[0]
    return None


@rule(
    "SCORE-009", title="每个指标都打分", severity=Severity.WARNING, basis="form-self-evaluation", article="得分",
    checks=("R13",),
)  # fmt: skip
def every_indicator_is_scored(document: BudgetDocument) -> Iterator[Gap]:
    """Where indicators have points, each that could have some has been given them; one cell for several rows is no gap."""
    for report in reports(document):
        rows = report.rows
        given = [row for row in rows if row.score is not None]
        missing = [row for row in rows if row.score is None and row.weight]
        if missing and len(given) >= len(missing):
            yield Gap(
                path=f"{missing[0].path}.score",
                message=f"{'、'.join(row.label for row in missing[:3])}{'等' if len(missing) > 3 else ''}"
                f" {len(missing)} 个指标有分值，没有得分",
                remedy="补填得分",
                stated=str(len(given)),
                computed=str(len(rows)),
                related=tuple(f"{row.path}.score" for row in missing[1:]),
            )
