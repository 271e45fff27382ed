"""RES: what stands beside a result: how it was copied, and what is to be done where it falls short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from jiheng.auditing.forms import FormRow, Report, is_told, reports
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import number
from jiheng.budget import BudgetDocument, Kind, Severity, normalise

_MEASURE: Final = re.compile(
    r"措施|今后|以后|下一步|下步|下年|次年|明年|来年|后续|将|拟|加强|加快|加大|强化|完善|改进|改善|优化|督促|督办|协调|沟通|推进|推动|整改"
    r"|调整|调减|核减|压减|落实|确保|争取|力争|抓紧|尽快|及时|提前|提高|提升|合理|科学|细化|规范|建立|健全|严格|做好|开展|采取|进一步|应|要"
    r"|节约|结余|收回|交回|缴回|暂停|终止|取消|追加|计划|安排|预计|准备|继续|重新|扩大|增加|引导|宣传|培训|考核|跟踪|申请"
)
"""Words of what was or will be done; 节约 and 结余 need no more to be done."""
_BOUNDED: Final = frozenset("≥≤><")


@rule(
    "RES-012", title="实际完成值不照抄目标值的符号", severity=Severity.WARNING, basis="form-self-evaluation",
    article="完成值", checks=("R19",),
)  # fmt: skip
def a_result_is_what_was_reached_not_the_bound(document: BudgetDocument) -> Iterator[Gap]:
    """实际完成值 is a figure, not the target with its ≥ again; all rows of a form are told in one finding."""
    for report in reports(document):
        copied = [row for row in report.rows if _is_copy(row)]
        if copied:
            texts = "、".join(row.indicator.actual.text for row in copied[:3] if row.indicator.actual)
            yield Gap(
                path=f"{copied[0].path}.actual",
                message=f"{'、'.join(row.label for row in copied[:3])}{'等' if len(copied) > 3 else ''} {len(copied)} 个指标的"
                f"实际完成值（{texts}）连同“≥”“≤”照抄目标值，没有写实际的数",
                remedy="填写实际完成的数值",
                stated=texts,
                related=tuple(f"{row.path}.actual" for row in copied[1:]),
            )


def _is_copy(row: FormRow) -> bool:
    value, actual = row.indicator.value, row.indicator.actual
    if value is None or actual is None or actual.number is None or actual.operator not in _BOUNDED:
        return False
    return normalise(value.text) == normalise(actual.text)


def _lacks_measure(row: FormRow, report: Report) -> str | None:
    """The reason beside a row where it is too short to say what is done about it, and nothing else says it."""
    text = normalise(row.indicator.reason)
    if not is_told(row.indicator.reason) or len(text) > number("results", "cause_alone"):
        return None
    told = [text, normalise(row.indicator.remark)]
    told += [normalise(each.text) for each in report.form.statements]
    return None if any(_MEASURE.search(one) for one in told) else text


@rule(
    "RES-013", title="偏差原因之外写明改进措施", severity=Severity.ERROR, basis="form-self-evaluation", article="偏差原因",
    checks=("R18",),
)  # fmt: skip
def a_reason_goes_with_a_measure(document: BudgetDocument) -> Iterator[Gap]:
    """Beside an indicator of a self-evaluation that lost points stands what is done about it, not the cause alone.

    Judged where the text is so short that it can hold nothing but a cause; a warning where no other row of the form
    shows that measures are written here.
    """
    if document.kind is not Kind.SELF_EVALUATION:
        return
    for report in reports(document):
        shows = any(_MEASURE.search(normalise(each.reason)) for each in report.form.indicators)
        for row in report.rows:
            if row.score is None or row.weight is None or row.score >= row.weight:
                continue
            if row.attained is not None and row.attained.reached:
                continue
            cause = _lacks_measure(row, report)
            if cause is not None:
                yield Gap(
                    path=f"{row.path}.reason",
                    message=f"{row.label}得 {row.score:f} 分，少于分值 {row.weight:f} 分，只写了原因“{cause}”，没有改进措施",
                    remedy="补写改进措施",
                    stated=cause,
                    related=(f"{row.path}.score",),
                    severity=None if shows else Severity.WARNING,
                )


@rule(
    "MON-010", title="预计完不成的写明纠偏措施", severity=Severity.WARNING, basis="mof-2019-136", article="纠偏",
    checks=("R09",),
)  # fmt: skip
def a_cause_goes_with_a_correction(document: BudgetDocument) -> Iterator[Gap]:
    """In monitoring, beside an indicator that will fall short stands what is done about it, not the cause alone.

    Judged where the text is so short that it can hold nothing but a cause.
    """
    if document.kind is not Kind.MONITORING:
        return
    for report in reports(document):
        for row in report.rows:
            found = row.projected
            cause = _lacks_measure(row, report) if found is not None and not found.reached else None
            value, forecast = row.indicator.value, row.indicator.forecast
            if cause is not None and value is not None and forecast is not None:
                yield Gap(
                    path=f"{row.path}.reason",
                    message=f"{row.label}目标值“{value.text}”，全年预计完成“{forecast.text}”，只写了原因“{cause}”，没有纠偏措施",
                    remedy="补写纠偏措施",
                    stated=cause,
                    related=(f"{row.path}.forecast",),
                )
