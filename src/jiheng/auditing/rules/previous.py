"""YEAR: the totals of a document agree with those of the body's earlier documents."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from jiheng.auditing.earlier import follows, is_budget, last_budget, same_year
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.table_rows import summary_amounts
from jiheng.auditing.told_changes import EXPENSES, told_changes
from jiheng.budget import BudgetDocument, Kind, Money, Severity

_CENT: Final = Money(Decimal("0.01"))
_PARTS = (("basic", "基本支出"), ("project", "项目支出"))
_TOTALS: Final = frozenset({"final", "total"})
_PUBLIC = ("abroad", "vehicle_purchase", "vehicle_operation", "reception")


def _money(node: Any, field: str) -> Money | None:
    return Money.parse(getattr(node, field)) if node is not None else None


def _differ(left: Money, right: Money, addends: int = 2) -> bool:
    """Whether two sums differ by more than their addends may have lost by rounding, 0.01 万元 each."""
    return abs(left - right) > _CENT * addends


def _change_gap(
    what: str, path: str, now: tuple[str, Money | None], change: Money | None, before: Money | None
) -> Iterator[Gap]:
    """A gap where this year's figure, given with its path, less its change is not last year's."""
    total_path, total = now
    if total is None or change is None or before is None or not _differ(total - change, before):
        return
    actual = total - before
    yield Gap.of_money(
        path,
        change,
        actual,
        message=f"{what}本年 {total}，上年文件所写 {before}，"
        f"变动应为 {total.text} - {before.to(total.unit).text} = {actual}，所写的变动是 {change}，相差 {abs(change - actual)}",
        remedy="对照上年预算核对本年数和增减数；上年数口径有调整的，在文中说明",
        related=(total_path,),
    )


@rule(
    "YEAR-001", title="支出总额的增减与上年预算相符", severity=Severity.ERROR, basis="form-disclosure",
    article="上年对照", checks=("D09",), over_years=True,
)  # fmt: skip
def the_change_of_the_total_starts_from_last_year_s(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """This year's 支出 less its change is the 支出 of last year's budget; silent where one of the three is absent."""
    if last_budget(document, earlier):
        yield from _change_gap(
            "预算支出",
            "changes.total",
            ("expenditure.total", _money(document.expenditure, "total")),
            _money(document.changes, "total"),
            _money(earlier.expenditure, "total"),
        )


@rule(
    "YEAR-002", title="基本支出、项目支出的增减与上年预算相符", severity=Severity.WARNING, basis="form-disclosure",
    article="上年对照", checks=("D09",), over_years=True,
)  # fmt: skip
def the_changes_of_the_parts_start_from_last_year_s(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """基本支出 and 项目支出 less their changes are those of last year's budget.

    A warning: what counts as project expenditure may have been drawn anew between the years.
    """
    if not last_budget(document, earlier):
        return
    for field, what in _PARTS:
        yield from _change_gap(
            what,
            f"changes.{field}",
            (f"expenditure.{field}", _money(document.expenditure, field)),
            _money(document.changes, field),
            _money(earlier.expenditure, field),
        )


@rule(
    "YEAR-003", title="“三公”经费的增减与上年预算相符", severity=Severity.WARNING, basis="form-disclosure",
    article="上年对照", checks=("D09", "D13"), over_years=True,
)  # fmt: skip
def the_change_of_the_three_public_expenses_starts_from_last_year_s(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """“三公”经费 less its change is last year's, and so is each expense less its own; a warning, as some compare with
    what was spent.
    """
    if last_budget(document, earlier):
        yield from _changes_of_expenses(document, earlier)
        yield from _change_gap(
            "“三公”经费",
            "three_public.change",
            ("three_public.total", _money(document.three_public, "total")),
            _money(document.three_public, "change"),
            _money(earlier.three_public, "total"),
        )


def _changes_of_expenses(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    for told in told_changes(document):
        if told.expense not in _PUBLIC:
            continue
        field = f"three_public.{told.expense}"
        yield from _change_gap(
            EXPENSES[told.expense],
            told.path,
            (field, _money(document.three_public, told.expense)),
            told.change,
            _money(earlier.three_public, told.expense),
        )


@rule(
    "YEAR-004", title="“三公”经费决算不超过预算", severity=Severity.WARNING, basis="mof-2013-53", article="三公经费",
    checks=("D46",), over_years=True,
)  # fmt: skip
def three_public_expenses_keep_to_their_budget(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """What was spent on the “三公” is not more than the year's budget had for it, unless reasons are given."""
    if document.kind is not Kind.FINAL_ACCOUNTS or not is_budget(earlier) or not same_year(document, earlier):
        return
    public = document.three_public
    spent, planned = _money(public, "total"), _money(earlier.three_public, "total")
    if public is None or public.reasons or spent is None or planned is None or not _differ(spent, planned, 1):
        return
    if spent > planned:
        yield Gap.of_money(
            "three_public.total",
            spent,
            planned,
            message=f"“三公”经费决算 {spent}，大于同年预算 {planned}，超出 {spent - planned}，没有说明原因",
            remedy="核对决算数；确有超支的写明原因和审批情况",
            related=tuple(f"three_public.{field}" for field in _PUBLIC if _money(public, field) is not None),
        )


@rule(
    "YEAR-005", title="年初结转与上年决算的年末结转相符", severity=Severity.WARNING, basis="budget-law-rules",
    article=83, checks=("D47",), over_years=True,
)  # fmt: skip
def what_is_carried_in_is_what_was_carried_out(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """年初结转和结余 of a final account is 年末结转和结余 of the year before; what was put right since is to be explained."""
    is_final = document.kind is earlier.kind is Kind.FINAL_ACCOUNTS
    if not is_final or not follows(document, earlier):
        return
    opening, closing = _carried(document, "年初结转和结余"), _carried(earlier, "年末结转和结余")
    if opening is None or closing is None or not _differ(opening[1], closing[1], 1):
        return
    path, amount = opening
    yield Gap.of_money(
        path,
        amount,
        closing[1],
        message=f"年初结转和结余 {amount}，上年决算的年末结转和结余是 {closing[1]}，相差 {abs(amount - closing[1])}",
        remedy="核对两年决算；年初数经过调整的，说明调整的依据和数额",
    )


def _carried(document: BudgetDocument, name: str) -> tuple[str, Money] | None:
    """The amount of the row ``name`` of 收入支出决算总表, with its path; the first figure of the row is the total."""
    amounts = summary_amounts(document, _TOTALS, only_final=True)
    return next(((path, amount) for row, path, amount in amounts if row.endswith(name)), None)


@rule(
    "YEAR-006", title="上年结转不多于上年没有用完的钱", severity=Severity.WARNING, basis="budget-law-rules", article=50,
    checks=("D47",), over_years=True,
)  # fmt: skip
def no_more_is_carried_over_than_was_left(document: BudgetDocument, earlier: BudgetDocument) -> Iterator[Gap]:
    """上年结转 of a budget is not more than all that last year's budget had."""
    if not last_budget(document, earlier):
        return
    carried, had = _money(document.revenue, "carried_over"), _money(earlier.revenue, "total")
    if carried is None or had is None or carried <= had:
        return
    yield Gap.of_money(
        "revenue.carried_over",
        carried,
        had,
        message=f"上年结转 {carried}，多于上年全部预算收入 {had}，超出 {carried - had}",
        remedy="核对上年结转的数额和单位；年中追加的资金没有用完的，说明来源",
    )
