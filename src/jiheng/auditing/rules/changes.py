"""CHG: the comparison with last year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.scope import provincial_text
from jiheng.auditing.told_changes import EXPENSES, changes_of_three, told_changes
from jiheng.budget import BudgetDocument, Money, Severity, ThreePublic, money_sum, normalise

_MORE: Final = re.compile(r"增多|增加|增长|新增|上涨|上升|扩大|购置新?车|新购|添置|更新车辆")
_LESS: Final = re.compile(
    r"减少|压缩|压减|下降|降低|节约|节支|厉行|从严|控制|缩减|取消|报废|核减|未安排|不再|没有安排|无"
)
_SHORT: Final = 40
"""A longer reason tells of several expenses, some of them more and some less."""
_SEVERAL: Final = 2
"""So many changes told one by one are held against the whole."""


@rule(
    "CHG-001", title="增减总额等于基本支出与项目支出增减额之和", severity=Severity.ERROR, basis="form-disclosure",
    article="增减变化", checks=("D08",),
)  # fmt: skip
def total_change_is_basic_and_project_change(document: BudgetDocument) -> Iterator[Gap]:
    """The change against last year equals the changes of basic and of project expenditure together."""
    changes = document.changes
    if changes is None:
        return
    total, basic, project = (Money.parse(getattr(changes, field)) for field in ("total", "basic", "project"))
    if total is None or basic is None or project is None or total == basic + project:
        return
    computed = basic + project
    yield Gap.of_money(
        "changes.total",
        total,
        computed,
        message=f"基本支出变动 {_signed(basic)}、项目支出变动 {_signed(project)}，合计 {_signed(computed)} 万元，"
        f"与所写的总变动 {_signed(total)} 万元相差 {abs(total - computed)}",
        remedy="对照上年预算核对三个增减数",
        related=("changes.basic", "changes.project"),
    )


@rule(
    "CHG-002",
    title="与上一年度比较",
    severity=Severity.ERROR,
    basis="budget-law",
    article=18,
    checks=("D28",),
)
def the_comparison_is_with_the_year_before(document: BudgetDocument) -> Iterator[Gap]:
    """The year compared with is the one before the budget year, in all and for the “三公”经费."""
    if document.fiscal_year is None:
        return
    expected = document.fiscal_year - 1
    for path, told, what in (
        ("changes", document.changes, "预算"),
        ("three_public", document.three_public, "“三公”经费预算"),
    ):
        if told is not None and told.previous_year not in (None, expected):
            yield Gap(
                path=f"{path}.previous_year",
                message=f"{document.fiscal_year} 年{what}与 {told.previous_year} 年比较，应与 {expected} 年比较",
                remedy="更正比较的年度和增减数",
                stated=str(told.previous_year),
                computed=str(expected),
            )


@rule(
    "CHG-003", title="“三公”经费的增减说明原因", severity=Severity.WARNING, basis="mof-2016-143", article="增减说明",
    checks=("D13",),
)  # fmt: skip
def a_change_of_the_three_public_expenses_is_explained(document: BudgetDocument) -> Iterator[Gap]:
    """A change of the “三公”经费 has a reason beside it, which does not tell of the opposite.

    In the laid down form the “三公”经费 are held against the year before; any sentence beside them may do it.
    """
    public = document.three_public
    change = Money.parse(public.change) if public else None
    if public is not None and public.change is None and not public.reasons and provincial_text(document):
        yield from _not_compared(document, public)
    if public is None or change is None or not change:
        return
    if public.reasons:
        yield from _contrary(change, normalise(public.reasons))
        return
    yield Gap(
        path="three_public.change",
        message=f"“三公”经费比上年变动 {_signed(change)} 万元，没有说明原因",
        remedy="补写增减变化的原因",
        stated=public.change,
        unit=change.unit,
    )


def _not_compared(document: BudgetDocument, public: ThreePublic) -> Iterator[Gap]:
    total = Money.parse(public.total)
    if total is None:
        return
    if any(remark.section == "three_public" or "三公" in remark.text for remark in document.remarks):
        return
    yield Gap(
        path="three_public.change",
        message=f"“三公”经费 {total}，没有写比上年增减多少和原因",
        remedy="补写比上年的增减数和原因，没有变化的也应写明",
        related=("three_public.total",),
    )


def _contrary(change: Money, reasons: str) -> Iterator[Gap]:
    """A reason that only tells of more, beside a decrease, or only of less, beside an increase.

    Several reasons are each of another expense, and the sentence does not say of which.
    """
    own, other = (_MORE, _LESS) if change.number > 0 else (_LESS, _MORE)
    match = other.search(reasons)
    if match is None or own.search(reasons) or len(reasons) > _SHORT or re.search(r"[；;]", reasons):
        return
    yield Gap(
        path="three_public.reasons",
        message=f"“三公”经费比上年{'增加' if change.number > 0 else '减少'} {abs(change)}，所写的原因是“{reasons}”，方向相反",
        remedy="核对增减数和原因",
        stated=match[0],
        related=("three_public.change",),
    )


@rule(
    "CHG-004", title="“三公”经费的减少不超过上年", severity=Severity.ERROR, basis="form-disclosure", article="三公经费",
    checks=("D13",),
)  # fmt: skip
def the_three_public_expenses_were_not_negative(document: BudgetDocument) -> Iterator[Gap]:
    """This year's “三公”经费 less its change, last year's, is not negative; nor is that of one of the expenses."""
    yield from _more_than_there_is(document)
    public = document.three_public
    total = Money.parse(public.total) if public else None
    change = Money.parse(public.change) if public else None
    if total is None or change is None or total >= change:
        return
    yield Gap(
        path="three_public.change",
        message=f"“三公”经费 {total}，而比上年增加 {change}，则上年为负数",
        remedy="核对本年数和增减数",
        stated=change.text,
        computed=total.text,
        unit=total.unit,
        related=("three_public.total",),
    )


def _more_than_there_is(document: BudgetDocument) -> Iterator[Gap]:
    """An expense that grew by more than it comes to."""
    public = document.three_public
    for told in told_changes(document) if public is not None else ():
        amount = Money.parse(getattr(public, told.expense, None))
        if amount is None or told.change <= amount:
            continue
        yield Gap(
            path=told.path,
            message=f"{EXPENSES[told.expense]} {amount}，而比上年增加 {told.change}，则上年为负数",
            remedy="核对本年数和增减数",
            stated=told.change.text,
            computed=amount.text,
            unit=amount.unit,
            related=(f"three_public.{told.expense}",),
        )


@rule(
    "CHG-021", title="“三公”经费各项的增减额合计等于总增减额", severity=Severity.WARNING, basis="mof-2016-143",
    article="增减说明", checks=("D13", "D08"),
)  # fmt: skip
def the_changes_of_the_three_make_up_the_whole_change(document: BudgetDocument) -> Iterator[Gap]:
    """The change of the “三公”经费 is the sum of the changes told for each of them.

    Of an expense whose change is not told, the change is at most what is spent on it: where it was not spent on, it
    cannot have grown. So far an untold change may explain a difference.
    """
    public = document.three_public
    total = Money.parse(public.change) if public else None
    told = changes_of_three(document)
    if public is None or total is None or len(told) < _SEVERAL:
        return
    computed = money_sum(told.values(), total.unit)
    rest = total - computed
    if disagreement(total, computed, list(told.values())) is None or _may_explain(public, told, rest):
        return
    spelled = "、".join(f"{EXPENSES[name]} {_signed(money)}" for name, money in told.items())
    yield Gap.of_money(
        "three_public.change",
        total,
        computed,
        message=f"{spelled}，合计 {_signed(computed)} {computed.unit}，"
        f"与“三公”经费的总变动 {_signed(total)} {total.unit}相差 {abs(rest)}",
        remedy="核对各项的增减数和总的增减数",
    )


def _may_explain(public: ThreePublic, told: Mapping[str, Money], rest: Money) -> bool:
    """Whether a change of what is not told may make up for ``rest``: less than the year before, or all that was spent."""
    untold = {"abroad", "reception"} - told.keys()
    if "vehicle" not in told:
        untold |= {"vehicle_purchase", "vehicle_operation"} - told.keys()
    if not untold:
        return False
    whole = Money.parse(public.total)
    if whole is None:
        return True
    known = {"vehicle_purchase", "vehicle_operation"} if "vehicle" in told else set()
    spent = [Money.parse(getattr(public, name)) for name in (known | told.keys()) - {"vehicle"}]
    return rest <= whole - money_sum([one for one in spent if one is not None], whole.unit)


def _signed(money: Money) -> str:
    return f"{'+' if money.number > 0 else ''}{money.text}"
