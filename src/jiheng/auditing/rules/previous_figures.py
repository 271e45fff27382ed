"""YEAR: figures of the year before that a document repeats, and what follows from last year's results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from jiheng.auditing.earlier import follows, is_budget, same_year
from jiheng.auditing.forms import Report, base_of, points
from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.rules.previous_projects import least_share, pairs
from jiheng.auditing.thresholds import number
from jiheng.auditing.walk import rows
from jiheng.budget import (
    BudgetDocument,
    DisclosureTable,
    Kind,
    Money,
    Project,
    Severity,
    TableKind,
    normalise,
)

_CENT = Money(Decimal("0.01"))
_JUDGEMENTS = frozenset({Kind.SELF_EVALUATION, Kind.EVALUATION})


@rule(
    "YEAR-018", title="公开表的上年数与上年公开的一致", severity=Severity.WARNING, basis="form-disclosure",
    article="上年对照", checks=("D09",), over_years=True,
)  # fmt: skip
def last_year_s_column_repeats_last_year_s_table(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """上年预算数 of a table is what the table of the year before had, 上年决算数 what its final account had.

    Rows are paired by code, else by a name that each table has once. A warning: last year's may have been put on a new
    footing since.
    """
    if not follows(document, earlier) or document.kind is not earlier.kind:
        return
    before = {table.kind: table for table in earlier.tables if table.kind is not None}
    for index, table in enumerate(document.tables):
        other = before.get(table.kind) if table.kind is not None else None
        column = _previous_column(table)
        main = _main_column(other) if other is not None else None
        if other is None or column is None or main is None or table.is_final is not other.is_final:
            continue
        known = _by_row(other, main)
        for (key, at), stated in _by_row(table, column, with_index=True).items():
            earlier_amount = known.get((key, 0))
            if earlier_amount is None or abs(stated - earlier_amount) <= _CENT:
                continue
            yield Gap.of_money(
                f"tables.{index}.rows.{at}.values.{column}",
                stated,
                earlier_amount,
                message=f"“{table.rows[at].name or key}”的{table.columns[column].label}是 {stated}，上年公开的是 {earlier_amount}，"
                f"相差 {abs(stated - earlier_amount)}",
                remedy="核对上年数；上年数口径有调整的，加注说明",
            )


def _previous_column(table: DisclosureTable) -> int | None:
    """The column of the year before, of the same stage as the table: 预算数 in budgets, 决算数 in final accounts."""
    stage, others = ("决算", ("预算", "执行")) if table.is_final else ("预算", ("决算", "执行"))
    for index, column in enumerate(table.columns):
        label = normalise(column.label)
        if column.key == "previous_year" and stage in label and not any(word in label for word in others):
            return index
    return None


def _main_column(table: DisclosureTable) -> int | None:
    """The only column of the year's own figures."""
    wanted = ("final",) if table.is_final else ("budget", "total")
    found = [index for index, column in enumerate(table.columns) if column.key in wanted]
    return found[0] if len(found) == 1 else None


def _by_row(
    table: DisclosureTable, column: int, *, with_index: bool = False
) -> dict[tuple[tuple[str | None, str], int], Money]:
    """The amounts of a column by side and code or name, each of which stands once."""
    keys = [(row.side, row.code or normalise(row.name)) for row in table.rows]
    counted = Counter(keys)
    found: dict[tuple[tuple[str | None, str], int], Money] = {}
    for at, (key, row) in enumerate(zip(keys, table.rows, strict=True)):
        amount = Money.parse(row.values[column], table.unit) if column < len(row.values) else None
        if key[1] and counted[key] == 1 and amount is not None:
            found[key, at if with_index else 0] = amount
    return found


@rule(
    "YEAR-019", title="批复的项目都有自评", severity=Severity.WARNING, basis="budget-law", article=57,
    checks=("R22",), over_years=True,
)  # fmt: skip
def every_budgeted_project_is_self_evaluated(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """A file with the self-evaluations of most projects of a budget has those of all of them."""
    if (
        document.kind is not Kind.SELF_EVALUATION
        or not is_budget(earlier)
        or not same_year(document, earlier)
    ):
        return
    approved = [project for _, project in earlier.goal_tables()]
    found = {id(pair.before) for pair in pairs(document, earlier)}
    missing = [project for project in approved if id(project) not in found and project.name]
    if not missing or len(found) < number("years", "share_of_projects") * len(approved):
        return
    names = "、".join(project.label for project in missing[:5])
    yield Gap(
        path="projects",
        message=f"批复的 {len(approved)} 个项目中，{names}{'等' if len(missing) > 5 else ''} {len(missing)} 个没有自评表",
        remedy="补做自评；项目取消或合并的，说明",
        stated=str(len(approved) - len(missing)),
        computed=str(len(approved)),
        difference=str(len(missing)),
        unit="个",
    )


@rule(
    "YEAR-020", title="评价结果差的项目不增加预算", severity=Severity.WARNING, basis="budget-law", article=32,
    checks=("R24",), over_years=True,
)  # fmt: skip
def a_poor_result_does_not_earn_more_money(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """A project that was judged 中 or 差 one or two years before has no more money than it had then."""
    if not is_budget(document) or earlier.kind not in _JUDGEMENTS:
        return
    if document.fiscal_year is None or earlier.fiscal_year is None:
        return
    if not 1 <= document.fiscal_year - earlier.fiscal_year <= 2:
        return
    for pair in pairs(document, earlier):
        verdict = _verdict(pair.before)
        now = pair.now.budget.money("total") if pair.now.budget else None
        total = Report(pair.path, pair.before).total
        before = base_of(total) if total else None
        if not verdict or now is None or before is None or now <= before:
            continue
        yield Gap.of_money(
            f"{pair.path}.budget.total",
            now,
            before,
            message=f"“{pair.now.label}”{earlier.fiscal_year} 年{verdict}，预算从 {before}增加到 {now}，增加 {now - before}",
            remedy="按评价结果压减预算，或写明增加的理由和整改情况",
        )


def _verdict(project: Project) -> str:
    """The grade, or the score that stands for it, where it is 中 or 差."""
    grade, score = normalise(project.grade)[:1], points(project.score)
    if grade:
        return f"评价等级为“{project.grade}”" if grade in "中差" else ""
    return f"评价得分 {score:f} 分" if score is not None and score < 80 else ""


@rule(
    "YEAR-021", title="上年执行数与上年决算一致", severity=Severity.WARNING, basis="budget-law-rules", article=83,
    checks=("D09",), over_years=True,
)  # fmt: skip
def last_year_s_spending_is_that_of_the_final_account(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """The spending of the year before that a budget names for an item is that of the final account.

    Silent where the two lie further apart than a budget may be that was written before the year had ended: then the
    text compares with something else.
    """
    if earlier.kind is not Kind.FINAL_ACCOUNTS or not follows(document, earlier) or not is_budget(document):
        return
    settled = _by_item(earlier, "final")
    for key, (index, stated) in _by_item(document, "previous").items():
        if key not in settled:
            continue
        final = settled[key][1]
        near = final * number("years", "near_final")
        if abs(stated - final) <= _CENT or abs(stated - final) > near:
            continue
        yield Gap.of_money(
            f"expenditure_items.{index}.previous",
            stated,
            final,
            message=f"“{key[-1]}”所写的上年执行数 {stated}，上年决算数 {final}，相差 {abs(stated - final)}",
            remedy="按决算数更正；编制时决算未定的，注明是预计数",
        )


def _by_item(document: BudgetDocument, field: str) -> dict[tuple[str, ...], tuple[int, Money]]:
    keys = [
        tuple(normalise(part) for part in (item.function_class, item.section, item.item))
        for item in document.expenditure_items
    ]
    counted = Counter(keys)
    return {
        key: (index, amount)
        for index, (key, item) in enumerate(zip(keys, document.expenditure_items, strict=True))
        if counted[key] == 1 and key[-1] and (amount := Money.parse(getattr(item, field))) is not None
    }


@rule(
    "YEAR-022", title="目标值不低于表中的上年水平", severity=Severity.WARNING, basis="mof-2021-101", article="取值依据",
    checks=("G32",),
)  # fmt: skip
def targets_are_not_below_the_level_stated_beside_them(document: BudgetDocument) -> Iterator[Gap]:
    """A share to be reached is not far below what its own row states as 上年度实际水平."""
    for row in rows(document):
        if row.indicator.previous is None:
            continue
        target, reached = least_share(row.indicator.value), least_share(row.indicator.previous)
        if target is None or reached is None or reached > 100:
            continue
        if target + number("years", "share_may_fall") >= reached:
            continue
        yield Gap(
            path=f"{row.path}.value",
            message=f"{row.label}的目标值 {target:f}%，低于上年实际水平 {reached:f}%，相差 {reached - target:f} 个百分点",
            remedy="参照上年水平核定目标值；确需降低的写明理由",
            stated=f"{target:f}",
            computed=f"{reached:f}",
            difference=f"{reached - target:f}",
            unit="%",
            related=(f"{row.path}.previous",),
        )


@rule(
    "YEAR-023", title="决算中的年初预算与公开的预算一致", severity=Severity.WARNING, basis="budget-law", article=75,
    checks=("D45", "D46"), over_years=True,
)  # fmt: skip
def a_final_account_starts_from_the_published_budget(
    document: BudgetDocument, earlier: BudgetDocument
) -> Iterator[Gap]:
    """年初预算数 of 支出总计 in a final account is the expenditure of the budget that was published."""
    if document.kind is not Kind.FINAL_ACCOUNTS or not is_budget(earlier) or not same_year(document, earlier):
        return
    published = Money.parse(earlier.expenditure.total) if earlier.expenditure else None
    if published is None or earlier.kind is Kind.UNIT_DISCLOSURE:
        return
    for index, table in enumerate(document.tables):
        if table.kind is not TableKind.REVENUE_EXPENDITURE or not table.is_final:
            continue
        column = next((at for at, each in enumerate(table.columns) if each.key == "initial"), None)
        row = next((at for at, each in enumerate(table.rows) if normalise(each.name) in ("支出总计", "总计")
                    and each.side in (None, "expenditure")), None)  # fmt: skip
        if column is None or row is None or column >= len(table.rows[row].values):
            continue
        stated = Money.parse(table.rows[row].values[column], table.unit)
        if stated is not None and abs(stated - published) > _CENT:
            yield Gap.of_money(
                f"tables.{index}.rows.{row}.values.{column}",
                stated,
                published,
                message=f"决算表的年初预算数 {stated}，公开的预算支出 {published}，相差 {abs(stated - published)}",
                remedy="年初预算数按公开的预算填写，调整写在全年预算数",
            )
