"""RATE: growth, shares and completion in sentences and tables follow from the amounts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from jiheng.auditing.equations import balance_gap, gaps
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rounding import disagreement
from jiheng.auditing.sentences import Sentences, Share, completions, growths, sentences, shares
from jiheng.auditing.sheets import Sheet, sheets
from jiheng.auditing.thresholds import number
from jiheng.budget import BudgetDocument, Money, Severity, money_sum

_NOW: Final = ("total_budget", "total_final", "total", "budget", "expenditure", "final")
_BEFORE: Final = ("previous_year", "total_previous")
_PERCENT: Final = re.compile(r"^(-?\d+(?:\.\d+)?)%?$")
_GROWS: Final = re.compile(r"增|减|变动")


def _near(stated: Decimal, computed: Decimal) -> bool:
    return abs(stated - computed) <= number("rates", "may_differ")


def _percent(part: Money, whole: Money) -> Decimal | None:
    return (part.yuan / whole.yuan * 100).quantize(Decimal("0.01")) if whole else None


def _columns(sheet: Sheet) -> tuple[int, int] | None:
    """The columns of this year and of the year before; ``None`` without one of them."""
    now = next((sheet.keys[key] for key in _NOW if key in sheet.keys), None)
    before = next((sheet.keys[key] for key in _BEFORE if key in sheet.keys), None)
    return (now, before) if now is not None and before is not None else None


@rule(
    "RATE-001", title="增减额等于本年数减上年数", severity=Severity.ERROR, basis="form-disclosure-tables", article="增减",
    checks=("D10", "D09"),
)  # fmt: skip
def a_change_is_this_year_less_the_year_before(document: BudgetDocument) -> Iterator[Gap]:
    """In a table with last year's figures, the column of the change is the difference; an empty cell is nought."""
    for sheet in sheets(document):
        columns = _columns(sheet)
        if columns is None or "change" not in sheet.keys:
            continue
        for row in range(len(sheet.table.rows)):
            change, now, before = (sheet.at(row, at) for at in (sheet.keys["change"], *columns))
            if change is not None and (now is not None or before is not None):
                income, spent = [now] if now is not None else [], [before] if before is not None else []
                yield from gaps(balance_gap(change, income, spent, "核对本年数、上年数和增减额"))


@rule(
    "RATE-002", title="增减率等于增减额除以上年数", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="增减", checks=("D10",),
)  # fmt: skip
def a_rate_of_change_follows_from_both_years(document: BudgetDocument) -> Iterator[Gap]:
    """In a table with last year's figures, the column of the rate is the change in percent of last year's figure."""
    for sheet in sheets(document):
        columns, at = _columns(sheet), sheet.keys.get("rate")
        if columns is None or at is None or not _GROWS.search(sheet.table.columns[at].label):
            continue
        for row, found in enumerate(sheet.table.rows):
            now, before = (sheet.at(row, column) for column in columns)
            match = _PERCENT.match((found.values[at] or "").strip())
            if now is None or before is None or match is None or not before.money:
                continue
            stated = Decimal(match[1])
            computed = _percent(now.money - before.money, before.money)
            if computed is not None and not _near(stated, computed):
                yield Gap(
                    path=f"{sheet.path}.rows.{row}.values.{at}",
                    message=f"（{now.money.text} − {before.money.text}）÷ {before.money.text} = {computed}%，"
                    f"与{sheet.name}{sheet.row_name(row)}增减率 {stated}% 不符",
                    remedy="按本年数和上年数重新计算增减率",
                    stated=match[1],
                    computed=str(computed),
                    difference=str(abs(stated - computed)),
                    unit="%",
                    related=(now.path, before.path),
                )


@rule(
    "RATE-003", title="文中的增减幅度与增减额相符", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="表文一致", checks=("D10",),
)  # fmt: skip
def told_growth_follows_from_the_amounts(document: BudgetDocument) -> Iterator[Gap]:
    """A rate beside a change is the change in percent of what was before, for some amount of the same paragraph.

    This year's own figure is none of them: to divide by it is the usual slip. Silent where no amount stands right
    before the change: it is of something told elsewhere.
    """
    for paragraph in sentences(document):
        for found in growths(paragraph):
            own = paragraph.compared(found)
            if own is None or found.contradicts:
                continue
            change, stated = found.signed(), abs(found.rate)
            others = [one for one in paragraph.amounts() if one != own]
            bases = [own - change, *(one - change for one in paragraph.amounts()), *others]
            fits = (_percent(found.amount, base) for base in bases if base.number > 0)
            if any(computed is not None and _near(stated, abs(computed)) for computed in fits):
                continue
            base = own - change
            computed = _percent(found.amount, base)
            if base.number <= 0 or computed is None:
                continue
            yield _of_rate(
                paragraph, stated, computed,
                f"“{found.text}”：由 {own.text} 和{found.word} {found.amount}，上年为 {base}，"
                f"幅度应为 {found.amount.text} ÷ {base.text} = {computed}%",
            )  # fmt: skip

    yield from _told_apart(document)


def _told_apart(document: BudgetDocument) -> Iterator[Gap]:
    """The rates beside the change in all and beside that of the “三公”经费, whose sentences are in fields."""
    kept = {
        found.rate
        for paragraph in sentences(document)
        for found in growths(paragraph)
        if paragraph.compared(found) is not None
    }
    for path, what, change, rate, totals in _changes(document):
        stated = abs(rate)
        bases = [total - change for total in totals if (total - change).number > 0]
        found = [computed for base in bases if (computed := _percent(abs(change), base)) is not None]
        if stated in kept or not found or any(_near(stated, computed) for computed in found):
            continue
        word = "减少" if change.number < 0 else "增加"
        yield Gap(
            path=path,
            message=f"{what} {totals[0].text}，{word} {abs(change)}，上年为 {bases[0]}，"
            f"幅度应为 {abs(change).text} ÷ {bases[0].text} = {found[0]}%，写的是 {stated}%",
            remedy="按金额重新计算百分比，或更正金额",
            stated=str(stated),
            computed=str(found[0]),
            difference=str(abs(stated - found[0])),
            unit="%",
        )


def _changes(document: BudgetDocument) -> Iterator[tuple[str, str, Money, Decimal, list[Money]]]:
    """Path of a rate, what it is of, the change beside it, the rate, and the amounts that may have changed so."""
    changes, public = document.changes, document.three_public
    wholes = [getattr(node, "total", None) for node in (document.expenditure, document.revenue)]
    for path, what, node, change, totals in (
        ("changes.rate", "预算", changes, changes.total if changes else None, wholes),
        (
            "three_public.rate",
            "“三公”经费",
            public,
            public.change if public else None,
            [public.total if public else None],
        ),
    ):
        money = Money.parse(change)
        if node is not None and node.rate is not None and money:
            known = [total for text in totals if (total := Money.parse(text)) is not None]
            if known:
                yield path, what, money, Decimal(node.rate), known


def _of_rate(paragraph: Sentences, stated: Decimal, computed: Decimal, message: str) -> Gap:
    return Gap(
        path=paragraph.path,
        message=message,
        remedy="按金额重新计算百分比，或更正金额",
        stated=str(stated),
        computed=str(computed),
        difference=str(abs(stated - computed)),
        unit="%",
    )


@rule(
    "RATE-004", title="增减用语前后一致", severity=Severity.ERROR, basis="form-disclosure", article="增减变化",
    checks=("D08", "D10"),
)  # fmt: skip
def words_of_change_agree(document: BudgetDocument) -> Iterator[Gap]:
    """What "增加" by an amount does not "下降" by a rate, and the other way round."""
    for paragraph in sentences(document):
        for found in growths(paragraph):
            if found.contradicts:
                yield Gap(
                    path=paragraph.path,
                    message=f"“{found.text}”：前面是{found.word}，后面是{found.again}",
                    remedy="核对增减方向，更正用语",
                    stated=found.again,
                    computed=found.word,
                )
    for path, what, change, rate, _ in _changes(document):
        if rate and (rate < 0) is not (change.number < 0):
            word, again = ("减少", "增长") if change.number < 0 else ("增加", "下降")
            yield Gap(
                path=path,
                message=f"{what}{word} {abs(change)}，而幅度写的是{again} {abs(rate)}%",
                remedy="核对增减方向，更正用语",
                stated=again,
                computed=word,
            )


@rule(
    "RATE-005", title="文中的比重与金额相符", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="表文一致", checks=("D10", "D45"),
)  # fmt: skip
def a_told_share_follows_from_the_amounts(document: BudgetDocument) -> Iterator[Gap]:
    """A share is the amount in percent of the first amount of its paragraph, or of another one there.

    Where the paragraph begins with the shares, the whole is what they make up together.
    """
    for paragraph in sentences(document):
        told = list(shares(paragraph))
        for found in told:
            wholes = paragraph.amounts(0, found.start) and _wholes(paragraph, told, found)
            if not wholes or wholes[0] < found.amount or found.whole:
                continue  # a whole that is named may be told elsewhere
            others = paragraph.amounts()
            fits = (_percent(found.amount, whole) for whole in (*wholes, *others) if whole.number > 0)
            if any(computed is not None and _near(found.rate, computed) for computed in fits):
                continue
            computed = _percent(found.amount, wholes[0])
            if computed is not None:
                yield _of_rate(
                    paragraph, found.rate, computed,
                    f"“{found.text}”：{found.amount.text} ÷ {wholes[0].text} = {computed}%",
                )  # fmt: skip


@rule(
    "RATE-006", title="各部分的比重合计为100%", severity=Severity.WARNING, basis="form-disclosure-tables",
    article="表文一致", checks=("D45", "D10"),
)  # fmt: skip
def shares_of_a_whole_make_a_hundred(document: BudgetDocument) -> Iterator[Gap]:
    """Where the amounts with a share make up the first amount of the paragraph, the shares make 100."""
    for paragraph in sentences(document):
        found = [one for one in shares(paragraph) if not one.whole]
        wholes = paragraph.amounts(0, found[0].start) if len(found) > 1 else []
        if not wholes:
            continue
        parts = [one.amount for one in found]
        if disagreement(wholes[0], money_sum(parts, wholes[0].unit), parts) is not None:
            continue
        total = sum((one.rate for one in found), Decimal(0))
        if abs(total - 100) > _lost(one.rate for one in found):
            spelled = " + ".join(f"{one.rate}%" for one in found)
            yield _of_rate(paragraph, total, Decimal(100), f"各部分的比重 {spelled} = {total}%，应为 100%")


def _wholes(paragraph: Sentences, told: list[Share], found: Share) -> list[Money]:
    """What ``found`` may be a share of: the amounts before it, or the sum of all shares where they are all there is.

    None where the first amount is itself a share and the shares are not of one whole.
    """
    before = paragraph.amounts(0, found.start)
    if any(one.amount for one in told if one.start < found.start) and not paragraph.amounts(0, told[0].start):
        rates = [one.rate for one in told]
        parts = [one.amount for one in told]
        is_whole = abs(sum(rates, Decimal(0)) - 100) <= _lost(rates) and not any(one.whole for one in told)
        return [money_sum(parts, parts[0].unit)] if is_whole else []
    return before


def _lost(rates: Iterable[Decimal]) -> Decimal:
    """What rounding each share may lose: half of its last place."""
    halves = (Decimal(5).scaleb(int(rate.as_tuple().exponent) - 1) for rate in rates)
    return sum(halves, Decimal(0))


@rule(
    "RATE-007", title="文中完成预算的比例与金额相符", severity=Severity.WARNING, basis="budget-law", article=75,
    checks=("D10", "D45"),
)  # fmt: skip
def told_completion_follows_from_the_amounts(document: BudgetDocument) -> Iterator[Gap]:
    """What was spent in percent of its budget is the rate that the sentence states."""
    for paragraph in sentences(document):
        for found in completions(paragraph):
            computed = _percent(found.final, found.budget)
            if computed is not None and not _near(found.rate, computed):
                yield _of_rate(
                    paragraph, found.rate, computed,
                    f"“{found.text}”：{found.final.text} ÷ {found.budget.text} = {computed}%",
                )  # fmt: skip
