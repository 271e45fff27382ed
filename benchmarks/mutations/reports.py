"""Sound reports: a self-evaluation (绩效自评表) and a mid-year monitoring (绩效运行监控表)."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.texts import performance_text
from jiheng.budget import BudgetDocument, FundingLine, Indicator, IndicatorValue, Kind, Project, replace

_WEIGHTS = ("15", "15", "10", "10", "20", "10", "10")
_LEVEL1 = {"产出指标": "50", "效益指标": "30", "满意度指标": "10"}


def approved(seed: int, offset: int) -> BudgetDocument:
    """The budget that a report is about; the two kinds of reports are of different ones."""
    return performance_text(seed + offset)


def self_evaluation(seed: int) -> BudgetDocument:
    """Every project with what was spent and reached; one indicator of each falls short, with its reason."""
    chance = Chance(f"mutations report {seed}")
    document = approved(seed, 100)
    return BudgetDocument(
        kind=Kind.SELF_EVALUATION, fiscal_year=document.fiscal_year, division=document.division,
        department=document.department, projects=[_evaluated(chance, one) for one in document.projects],
    )  # fmt: skip


def _evaluated(chance: Chance, project: Project) -> Project:
    assert project.budget is not None
    total = Decimal(project.budget.total or 0)
    own, left = _part(total, 10), _part(total, 50)
    fiscal = total - own
    spent, spent_fiscal = total - left, fiscal - left
    rate = (spent * 100 / total).quantize(Decimal("0.01"))
    points = (spent * 10 / total).quantize(Decimal("0.01"))
    funding = [
        FundingLine(label="年度资金总额", source="total", initial=f"{total:.2f}", adjusted=f"{total:.2f}",
                    executed=f"{spent:.2f}", rate=f"{rate}", weight="10", score=f"{points}"),
        FundingLine(label="其中：本年财政拨款", source="fiscal", initial=f"{fiscal:.2f}", adjusted=f"{fiscal:.2f}",
                    executed=f"{spent_fiscal:.2f}"),
        FundingLine(label="其他资金", source="other", initial=f"{own:.2f}", adjusted=f"{own:.2f}",
                    executed=f"{own:.2f}"),
    ]  # fmt: skip
    indicators = [_reached(one, weight) for one, weight in zip(project.indicators, _WEIGHTS, strict=True)]
    short = chance.choice((1, 4))
    indicators[short] = _missed(indicators[short])
    score = points + sum((Decimal(one.score or 0) for one in indicators), Decimal(0))
    return replace(  # type: ignore[no-any-return]
        project, number=None, heading=None, code=None, plan=None, purpose=None, funding=funding, indicators=indicators,
        budget=replace(project.budget, fiscal=f"{fiscal:.2f}", other=f"{own:.2f}"), score=f"{score}", grade="优",
        results=["年内各项任务均已实施，所列工作逐项验收；一项指标未达到年初目标，原因已说明。"],
    )  # fmt: skip


def _part(total: Decimal, parts: int) -> Decimal:
    """One of so many equal parts, in whole cents: however small a project, its money and its spending are sound."""
    return (total / parts).quantize(Decimal("0.01"))


def _reached(indicator: Indicator, weight: str) -> Indicator:
    assert indicator.value is not None
    actual = IndicatorValue.parse(indicator.value.text.removeprefix("≥").replace("月底前", "月底"))
    return replace(  # type: ignore[no-any-return]
        indicator,
        basis=None,
        actual=actual,
        weight=weight,
        score=weight,
        level1_weight=_LEVEL1[indicator.level1 or ""],
    )


def _missed(indicator: Indicator) -> Indicator:
    """A tenth below the target, and a tenth of the points."""
    assert indicator.value is not None
    reached = Decimal(indicator.value.number or 0) * 9 / 10
    return replace(  # type: ignore[no-any-return]
        indicator, actual=IndicatorValue.parse(f"{reached.normalize():f}%"), reason="雨季较长，部分工作推迟，已加派人员。",
        score=f"{Decimal(indicator.weight or 0) * 9 / 10:.1f}",
    )  # fmt: skip


def monitoring(seed: int) -> BudgetDocument:
    """The same projects at the end of July."""
    document = approved(seed, 200)
    return BudgetDocument(
        kind=Kind.MONITORING, fiscal_year=document.fiscal_year, division=document.division,
        department=document.department, projects=[_monitored(one) for one in document.projects],
    )  # fmt: skip


def _monitored(project: Project) -> Project:
    assert project.budget is not None
    total = Decimal(project.budget.total or 0)
    own = _part(total, 10)
    lines = []
    for label, source, amount, spent in (
        ("年度资金总额", "total", total, (total - own) * 3 / 5 + own),
        ("其中：财政拨款", "fiscal", total - own, (total - own) * 3 / 5),
        ("其他资金", "other", own, own),
    ):
        executed = spent.quantize(Decimal("0.01"))
        lines.append(FundingLine(
            label=label, source=source, initial=f"{amount:.2f}", executed=f"{executed}", forecast=f"{amount:.2f}", through=7,
            rate=f"{(executed * 100 / amount).quantize(Decimal('0.01'))}",
        ))  # fmt: skip
    indicators = [replace(one, basis=None, forecast=one.value) for one in project.indicators]
    return replace(  # type: ignore[no-any-return]
        project, number=None, heading=None, code=None, plan=None, purpose=None, funding=lines, indicators=indicators,
        budget=replace(project.budget, fiscal=f"{total - own:.2f}", other=f"{own}"),
    )  # fmt: skip
